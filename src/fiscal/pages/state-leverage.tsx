import type { FC } from 'hono/jsx'
import { BarRows, DataTable, Figure, formatMoneyRange, formatPercent, Note, Section } from '../../ui/index.ts'
import { centsOf, shareOf } from '../units.ts'
import { neutralShare, viewAmount } from '../view.ts'
import { labelOf, SidesFigure } from './charts.tsx'
import { derivedPath, English, figureYear, Link, viewedText, yearText } from './parts.tsx'
import type { Named } from './state-props.ts'
import { rangeText } from './state-rivals.tsx'

export const LeverageSection: FC<Named> = ({ a, position, view, name }) => {
  const t = a.t.place
  const { leverage, collected, exposure, usps, jurisdiction } = position
  const shown = view === 'deficit-neutral' ? 'total' : view
  const amount = (cents: bigint, year: number) => viewAmount(a.figures, jurisdiction, year, cents, shown)
  const bar = (label: string, cents: bigint, year: number, fill: 'gives' | 'exposure') => {
    const viewed = amount(cents, year)
    return { label, value: viewed.ok ? Number(viewed.value) : 0, text: viewedText(a, viewed, shown), fill }
  }
  const low = leverage && amount(leverage.low, leverage.tax_year)
  const high = leverage && amount(leverage.high, leverage.tax_year)
  const rows = [
    ...(collected
      ? [bar(t.collected(name, figureYear(a, collected)), centsOf(collected), collected.year, 'gives')]
      : []),
    ...(exposure
      ? [
          bar(
            (exposure.inputs.length > 0 ? t.grants : t.ownGrants)(
              yearText(a.t, 'state-fiscal', exposure.year),
            ),
            exposure.total,
            exposure.year,
            'exposure',
          ),
        ]
      : []),
    ...(leverage && low?.ok && high?.ok
      ? [
          {
            label: t.usable(leverage.tax_year),
            low: Number(low.value),
            value: Number(high.value),
            text: rangeText(a, low.value, high.value, shown),
            fill: 'plan' as const,
          },
        ]
      : []),
  ]
  if (rows.length === 0) return <></>
  return (
    <Section
      id="leverage"
      title={t.leverage}
      rail={
        <>
          <p>{t.leverageRail}</p>
          <p>{t.leverageYears}</p>
          {view === 'deficit-neutral' && <p class="muted">{t.neutralNote}</p>}
        </>
      }
    >
      <Figure
        lang={a.lang}
        title={t.leverageTitle}
        subtitle={a.t.units[shown]}
        source={
          <>
            {t.leverageSource(collected ? figureYear(a, collected) : '')}{' '}
            <Link a={a} to={derivedPath('leverage', usps)}>
              {t.formulaLink}
            </Link>
          </>
        }
        table={
          <DataTable
            lang={a.lang}
            caption={t.leverageTitle}
            rows={rows}
            columns={[
              { key: 'what', head: a.t.methods.categories, rowHead: true, cell: (row) => row.label },
              { key: 'amount', head: a.t.amount, align: 'right', cell: (row) => row.text },
            ]}
          />
        }
      >
        <BarRows name={t.leverageTitle} rows={rows} />
      </Figure>
      {position.employer && (
        <p class="under">
          {t.employer(formatMoneyRange(position.employer.low, position.employer.high, a.lang))}{' '}
          <Link a={a} to={`${derivedPath('leverage', usps)}#employer`}>
            {a.t.leverage.coverage}
          </Link>
        </p>
      )}
      {position.sponsor.map((said) => (
        <Note title={t.sponsor}>
          <a href={said.url}>
            {t.sponsorSaid(
              said.who,
              said.bill,
              formatMoneyRange(BigInt(said.low_usd) * 100n, BigInt(said.high_usd) * 100n, a.lang, {
                digits: 0,
              }),
            )}
          </a>{' '}
          {leverage &&
            position.state_only &&
            t.sponsorOurs(
              formatMoneyRange(leverage.low, leverage.high, a.lang),
              formatMoneyRange(position.state_only.low, position.state_only.high, a.lang),
            )}{' '}
          <English a={a}>{said.why_it_differs}</English>
        </Note>
      ))}
    </Section>
  )
}

export const FlowsSection: FC<Named> = ({ a, position, view, name }) => {
  const { sides, jurisdiction } = position
  const t = a.t.place
  const [top] = sides?.gives ?? []
  if (!sides || !top) return <></>
  const show = (amount: bigint, side: 'gives' | 'gets') =>
    viewAmount(
      a.figures,
      jurisdiction,
      sides.year,
      view === 'deficit-neutral' && side === 'gives'
        ? neutralShare(a.figures, 'recon_2018', jurisdiction, amount)
        : amount,
      view,
    )
  return (
    <Section
      id="flows"
      title={t.flows}
      rail={
        <>
          <p>
            {t.flowsRail(
              labelOf(a, top.series, top.category),
              formatPercent(shareOf(centsOf(top), sides.given), 0),
              name,
            )}
          </p>
          <Note title={t.gapTitle}>{t.gap}</Note>
        </>
      }
    >
      <SidesFigure a={a} name={name} sides={sides} view={view} show={show} />
    </Section>
  )
}
