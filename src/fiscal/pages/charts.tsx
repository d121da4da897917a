import type { FC } from 'hono/jsx'
import {
  BarRows,
  DataTable,
  DotPlot,
  type EstimateRow,
  Figure,
  type Fill,
  formatMoney,
  formatPercent,
  href,
  OpposedBars,
} from '../../ui/index.ts'
import type { Position, Sides } from '../position.ts'
import type { Estimate } from '../rivals.ts'
import type { Strength } from '../schema.ts'
import { centsOf, shareOf } from '../units.ts'
import { type View, type Viewed, viewBalance } from '../view.ts'
import {
  type Asked,
  axisNumber,
  axisText,
  chartUnit,
  Downloads,
  English,
  figurePath,
  figureYear,
  Link,
  methodName,
  ticksOf,
  viewedText,
  yearText,
} from './parts.tsx'

/** Rival estimates as dots, with the table that says why they differ; what a view leaves out is named under it. */
export const RivalsFigure: FC<{
  a: Asked
  name: string
  estimates: readonly Estimate[]
  view: View
  usps: string
}> = (props) => {
  const { a, name, view } = props
  const t = a.t.place
  const drawn = props.estimates.filter((one) => one.kind !== 'claim')
  const rows = drawn.map((one) => ({ one, viewed: viewBalance(a.figures, one, view) }))
  const dots = rows.flatMap(({ one, viewed }) => (viewed.ok ? [dotOf(a, one, viewed, view)] : []))
  const left = rows.filter(({ viewed }) => !viewed.ok)
  return (
    <Figure
      lang={a.lang}
      title={t.rivalsTitle(name)}
      subtitle={`${a.t.units[view]} ${a.t.sign}`}
      source={
        <>
          {t.dots}{' '}
          <Link a={a} to="/position/methods#ways">
            {t.why}
          </Link>
        </>
      }
      table={<RivalsTable {...props} />}
    >
      {dots.length > 0 && (
        <DotPlot
          lang={a.lang}
          name={`${t.rivalsTitle(name)}: ${dots.map((dot) => `${dot.label} ${dot.text}`).join('; ')}`}
          rows={dots}
          ticks={ticksOf(dots.map((dot) => dot.value)).map((value) => ({
            value,
            text: axisText(a, value, view),
          }))}
        />
      )}
      {left.map(({ one, viewed }) => (
        <p class="under muted">
          {methodName(a, one)}: {viewedText(a, viewed, view)}
        </p>
      ))}
    </Figure>
  )
}

function dotOf(a: Asked, one: Estimate, viewed: Viewed & { readonly ok: true }, view: View): EstimateRow {
  return {
    label: methodName(a, one),
    note: [yearText(a.t, one.year_kind, one.year) || String(one.year), a.t.kinds[one.kind]].join(' · '),
    value: axisNumber(viewed.value, view),
    text: viewedText(a, viewed, view),
    standing: one.kind === 'published' ? 'published' : one.kind === 'illustration' ? 'illustration' : 'own',
  }
}

const RivalsTable: FC<{
  a: Asked
  name: string
  estimates: readonly Estimate[]
  view: View
  usps: string
}> = ({ a, name, estimates, view, usps }) => (
  <>
    <DataTable
      lang={a.lang}
      caption={a.t.place.rivalsTitle(name)}
      rows={estimates.filter((one) => one.kind !== 'claim')}
      columns={[
        {
          key: 'estimate',
          head: a.t.place.estimate,
          rowHead: true,
          cell: (one) => (
            <a
              href={href(
                a.lang,
                one.kind === 'user'
                  ? `/position/methods/${one.id}`
                  : `/position/figures/balance.${one.id}.${usps}`,
              )}
            >
              {methodName(a, one)}
            </a>
          ),
        },
        { key: 'year', head: a.t.year, cell: (one) => yearText(a.t, one.year_kind, one.year) },
        { key: 'kind', head: a.t.kind, cell: (one) => a.t.kinds[one.kind] },
        {
          key: 'balance',
          head: a.t.balance,
          align: 'right',
          cell: (one) => viewedText(a, viewBalance(a.figures, one, view), view),
        },
        { key: 'why', head: a.t.place.why, cell: (one) => <English a={a}>{one.why_it_differs}</English> },
      ]}
    />
    <Downloads a={a} path={`/position/${usps}/estimates`} />
  </>
)

/** What a place gave and got, one source's categories; what it leaves out is a hatched stub. */
export const SidesFigure: FC<{
  a: Asked
  name: string
  sides: Sides
  view: View
  show: (amount: bigint, side: 'gives' | 'gets') => Viewed
}> = (props) => {
  const { a, name, sides, view, show } = props
  const t = a.t.place
  const unit = chartUnit([sides.given, sides.got])
  const side = (of: 'gives' | 'gets') =>
    sides[of].map((figure) => {
      const viewed = show(centsOf(figure), of)
      return {
        label: labelOf(a, figure.series, figure.category),
        value: viewed.ok ? axisNumber(viewed.value, view) : 0,
        text: viewedText(a, viewed, view, unit),
        figure,
      }
    })
  const [gives, gets] = [side('gives'), side('gets')]
  const total = (amount: bigint, of: 'gives' | 'gets') => viewedText(a, show(amount, of), view, unit)
  const titles = { gives: t.gives(total(sides.given, 'gives')), gets: t.gets(total(sides.got, 'gets')) }
  return (
    <Figure
      lang={a.lang}
      title={t.flowsTitle(name, sides.year)}
      subtitle={t.flowsSub(a.t.units[view])}
      source={
        <>
          {t.flowsSource}{' '}
          <Link a={a} to="/position/methods/recon_2018">
            {t.allocation}
          </Link>
        </>
      }
      table={
        <DataTable
          lang={a.lang}
          caption={t.flowsTitle(name, sides.year)}
          rows={[
            ...gives.map((row) => ({ ...row, side: titles.gives })),
            ...gets.map((row) => ({ ...row, side: titles.gets })),
          ]}
          columns={[
            {
              key: 'line',
              head: a.t.methods.categories,
              rowHead: true,
              cell: (row) => (
                <Link a={a} to={figurePath(row.figure)}>
                  {row.label}
                </Link>
              ),
            },
            { key: 'side', head: a.t.kind, cell: (row) => row.side },
            { key: 'year', head: a.t.year, cell: (row) => figureYear(a, row.figure) },
            { key: 'value', head: a.t.amount, align: 'right', cell: (row) => row.text },
          ]}
        />
      }
    >
      <OpposedBars
        lang={a.lang}
        name={`${t.flowsTitle(name, sides.year)}. ${titles.gives}; ${titles.gets}`}
        gives={{ title: titles.gives, rows: gives }}
        gets={{ title: titles.gets, rows: [...gets, { label: t.contracts }] }}
      />
    </Figure>
  )
}

export const labelOf = (a: Asked, series: string, category: string): string =>
  a.figures.categories.get(`${series}/${category}`)?.[a.lang] ?? category

/** Exposure by legal strength, and beside it what is recorded as stopped now. */
export const ExposureFigure: FC<{ a: Asked; position: Position }> = ({ a, position }) => {
  const { exposure, stopped } = position
  const t = a.t.place
  if (!exposure) return <></>
  const own = exposure.inputs.length === 0
  const year = yearText(a.t, 'state-fiscal', exposure.year)
  const total = stopped.reduce((sum, line) => sum + line.amount, 0n)
  const unit = chartUnit([exposure.total])
  const share = (amount: bigint) => formatPercent(shareOf(amount, exposure.total), 0)
  return (
    <Figure
      lang={a.lang}
      title={own ? t.ownExposureTitle : t.exposureTitle}
      subtitle={`${a.t.units.total} ${year}`}
      source={
        <>
          {own ? t.ownExposureSource : t.exposureSource}{' '}
          <Link a={a} to={`/position/${position.usps.toLowerCase()}/funds`}>
            {t.inventoryLink}
          </Link>
        </>
      }
      table={
        <DataTable
          lang={a.lang}
          caption={own ? t.ownExposureTitle : t.exposureTitle}
          rows={exposure.lines}
          columns={[
            {
              key: 'strength',
              head: a.t.funds.strength,
              rowHead: true,
              cell: (line) => a.t.strengths[line.strength],
            },
            {
              key: 'amount',
              head: a.t.amount,
              align: 'right',
              cell: (line) => formatMoney(line.amount, a.lang, { unit: 'exact' }),
            },
            {
              key: 'stopped',
              head: a.t.tracker.stopped,
              align: 'right',
              cell: (line) =>
                formatMoney(stopped.find((s) => s.strength === line.strength)?.amount ?? 0n, a.lang, {
                  unit: 'exact',
                }),
            },
          ]}
        />
      }
    >
      <BarRows
        name={own ? t.ownExposureTitle : t.exposureTitle}
        side
        rows={exposure.lines.map((line) => ({
          label: a.t.strengths[line.strength],
          note: noteOf(a, line.strength, stopped),
          value: Number(line.amount),
          text: formatMoney(line.amount, a.lang, unit ? { unit } : {}),
          share: share(line.amount),
          fill: STRENGTH_FILL[line.strength],
        }))}
      />
      {total > 0n && (
        <p class="under">
          <b>{t.stoppedNow(formatMoney(total, a.lang))}</b>{' '}
          <Link a={a} to={`/position/${position.usps.toLowerCase()}/disruptions`}>
            {t.disruptions}
          </Link>
        </p>
      )}
    </Figure>
  )
}

function noteOf(a: Asked, strength: Strength, stopped: Position['stopped']): string {
  const held = stopped.find((line) => line.strength === strength)
  const note = a.t.strengthNotes[strength]
  return held ? `${note} ${a.t.place.stoppedNow(formatMoney(held.amount, a.lang))}` : note
}

const STRENGTH_FILL: Readonly<Record<Strength, Fill>> = {
  entitlement: 'gets',
  formula: 'gets-mid',
  project: 'gets-light',
  contract: 'ink',
  direct: 'ink',
  not_coded: 'none',
}
