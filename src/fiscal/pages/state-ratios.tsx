import type { FC } from 'hono/jsx'
import type { Usps } from '../../base/index.ts'
import { DataTable, Doubt, formatMoney, formatPercent, formatPercentRange, Section } from '../../ui/index.ts'
import type { Ratio } from '../ratios.ts'
import { ExposureFigure } from './charts.tsx'
import { type Asked, Link, pathOf, yearText } from './parts.tsx'
import type { StatePageProps } from './state-props.ts'

export const ExposureSection: FC<StatePageProps> = ({ a, position }) => {
  const t = a.t.place
  const { exposure } = position
  if (!exposure) return <></>
  return (
    <Section
      id="exposure"
      title={t.exposure}
      rail={
        <>
          <p>
            {t.exposureRail(
              formatMoney(exposure.total, a.lang),
              yearText(a.t, 'state-fiscal', exposure.year),
            )}
          </p>
          {exposure.inputs.length > 0 && (
            <p>
              <Doubt id="by-function" note={t.byFunctionNote}>
                {t.byFunction}
              </Doubt>
            </p>
          )}
        </>
      }
    >
      <ExposureFigure a={a} position={position} />
    </Section>
  )
}

export const RatiosSection: FC<StatePageProps> = ({ a, position, ranks }) => {
  const t = a.t.place
  return (
    <Section id="ratios" title={t.ratios} rail={<p>{t.ratiosRail}</p>}>
      <DataTable
        lang={a.lang}
        caption={t.ratios}
        rows={position.ratios}
        columns={[
          { key: 'ratio', head: t.ratio, rowHead: true, cell: (ratio) => a.t.ratioNames[ratio.id] },
          {
            key: 'value',
            head: a.t.value,
            align: 'right',
            nowrap: true,
            cell: (ratio) => (ratio.ok ? ratioText(a, ratio) : <span class="muted">{a.t.leftOut}</span>),
          },
          { key: 'rank', head: a.t.rank, cell: (ratio) => rankText(a, ranks, ratio) },
          {
            key: 'inputs',
            head: t.inputsAndYears,
            cell: (ratio) => <RatioInputs a={a} ratio={ratio} usps={position.usps} />,
          },
        ]}
      />
    </Section>
  )
}

const rankText = (a: Asked, ranks: StatePageProps['ranks'], ratio: Ratio): string => {
  const rank = ranks.get(ratio.id)
  return ratio.ok && rank ? a.t.place.ofAll(rank.rank, rank.of) : ''
}

const ratioText = (a: Asked, ratio: Ratio & { readonly ok: true }): string => {
  if (ratio.unit === 'months') return `${ratio.low.toFixed(1)} ${a.t.months}`
  return ratio.low === ratio.high
    ? formatPercent(ratio.low)
    : formatPercentRange(ratio.low, ratio.high, ratio.high < 0.1 ? 1 : 0)
}

const RatioInputs: FC<{ a: Asked; ratio: Ratio; usps: Usps }> = ({ a, ratio, usps }) => {
  if (!ratio.ok)
    return (
      <>
        <Doubt id={`missing-${ratio.id}`}>
          {ratio.missing.map((name) => a.t.missingInputs[name]).join('; ')}
        </Doubt>{' '}
        {ratio.missing.includes('reserve') && (
          <Link a={a} to={pathOf(usps, '/funds#reserve')}>
            {a.t.place.addIt}
          </Link>
        )}
      </>
    )
  const oldest = Math.min(...ratio.inputs.map((input) => input.year))
  return (
    <>
      {ratio.inputs
        .map(
          (input) =>
            `${a.t.place.inputNames[input.name] ?? input.name} ${yearText(a.t, input.year_kind, input.year)}`,
        )
        .join(' ÷ ')}{' '}
      {a.thisYear - oldest > 9 && <Doubt id={`old-${ratio.id}`}>{a.t.yearsOld(a.thisYear - oldest)}</Doubt>}
    </>
  )
}
