import type { Child, FC } from 'hono/jsx'
import { divisionOfState, STATES, stateOfDivision, type Usps } from '../../base/index.ts'
import {
  DataTable,
  Doubt,
  Figure,
  FilterSelect,
  formatCount,
  formatMoney,
  formatMoneyRange,
  formatPercentRange,
  formatSigned,
  href,
  type Lang,
  MapLegend,
  NET_BALANCE,
  PageHead,
  Section,
  stateName,
  Tabs,
  TileMap,
  type TileValue,
} from '../../ui/index.ts'
import { sideOf } from '../balance.ts'
import type { LeverageRow } from '../position.ts'
import { type Estimate, METHODS } from '../rivals.ts'
import { centsOf, shareOf } from '../units.ts'
import { ranking, VIEWS, type View } from '../view.ts'
import {
  type Asked,
  Downloads,
  derivedPath,
  English,
  FiscalPage,
  figureYear,
  Link,
  methodName,
  nameOfPlace,
  pathOf,
  viewedText,
  yearText,
} from './parts.tsx'

type Ranked = ReturnType<typeof ranking>['ranked'][number]

/** The nation by one method: the map per resident, and the ranking in the view that is asked for. */
export const NationPage: FC<{ a: Asked; basis: string; view: View }> = ({ a, basis, view }) => {
  const t = a.t.nation
  const query = new URLSearchParams({
    ...(basis !== 'rockefeller' && { basis }),
    ...(view !== 'total' && { view }),
  }).toString()
  return (
    <FiscalPage a={a} title={t.title} path={query ? `/position?${query}` : '/position'} description={t.lede}>
      <PageHead
        title={t.h1}
        lede={t.lede}
        meta={
          <>
            <Link a={a} to="/position/leverage">
              {t.leverageLink}
            </Link>{' '}
            ·{' '}
            <Link a={a} to="/position/methods">
              {t.methodsLink}
            </Link>
          </>
        }
      />
      <Section id="map" title={findingOf(a, basis)} rail={<MapRail a={a} basis={basis} view={view} />}>
        <NationMap a={a} basis={basis} />
      </Section>
      <Section id="ranking" title={t.ranking} rail={<p>{t.rankingRail}</p>}>
        <Tabs
          name={a.t.place.views}
          tabs={VIEWS.map((one) => ({
            label: a.t.views[one],
            href: `${href(a.lang, '/position')}?${new URLSearchParams({ basis, view: one })}#ranking`,
            current: one === view,
          }))}
        />
        <Ranking a={a} basis={basis} view={view} />
        <Downloads a={a} path="/balance" query={new URLSearchParams({ basis, view }).toString()} />
      </Section>
    </FiscalPage>
  )
}

/** "39 of 50 states got more than they paid". */
export function findingOf(a: Asked, basis: string): string {
  const { ranked } = ranking(a.figures, basis, 'total')
  return a.t.nation.finding(countOn(ranked, 'gets-more'), ranked.length)
}
const countOn = (ranked: readonly Ranked[], side: ReturnType<typeof sideOf>): number =>
  ranked.filter((row) => sideOf(row.value) === side).length

const MapRail: FC<{ a: Asked; basis: string; view: View }> = ({ a, basis, view }) => (
  <>
    <MapWords a={a} basis={basis} />
    <form class="inline-form" method="get" action={href(a.lang, '/position')}>
      {view !== 'total' && <input type="hidden" name="view" value={view} />}
      <FilterSelect
        name="basis"
        label={a.t.nation.method}
        options={METHODS.map((method) => ({
          value: method.id,
          label: methodName(a, method),
          checked: method.id === basis,
        }))}
      />
      <button type="submit" class="button outline">
        {a.t.nation.count}
      </button>
    </form>
  </>
)

/** The paragraphs beside the map: what it shows, how it is counted, where it is from. */
export const MapWords: FC<{ a: Asked; basis: string; home?: boolean }> = ({ a, basis, home }) => {
  const t = a.t.nation
  const { ranked } = ranking(a.figures, basis, 'total')
  const series = a.figures.series.get(basis === 'irs_less_usaspending' ? 'usaspending_awards' : basis)
  return (
    <>
      <p>
        {basis === 'rockefeller' && t.deficit} {t.even(countOn(ranked, 'pays-more'))}
      </p>
      <p>
        {t.explains} {t.others}{' '}
        <Link a={a} to={home ? '/position' : '/position/methods#ways'}>
          {t.who}
        </Link>
        .
      </p>
      {series && (
        <p>
          <b>{a.t.source}.</b> <English a={a}>{`${series.publisher}, ${series.vintage}.`}</English>{' '}
          {basis === 'rockefeller' ? (
            t.leavesOut
          ) : (
            <>
              {a.t.methods.leavesOut}: <English a={a}>{series.left_out}</English>
            </>
          )}
        </p>
      )}
    </>
  )
}

/** Net balance per resident on the tile grid, with its legend and its table. */
export const NationMap: FC<{ a: Asked; basis: string; children?: Child }> = ({ a, basis }) => {
  const t = a.t.nation
  const { ranked } = ranking(
    a.figures,
    basis,
    basis === 'tax_foundation' || basis === 'irs_less_usaspending' ? 'total' : 'per-resident',
  )
  const perResident = perResidentValues(a, basis)
  const [first] = ranked
  const title = t.mapTitle(
    first ? methodName(a, first.estimate) : '',
    first ? yearText(a.t, first.estimate.year_kind, first.estimate.year) : '',
  )
  return (
    <Figure
      lang={a.lang}
      title={
        basis === 'rockefeller' && first
          ? t.mapTitleShort(yearText(a.t, first.estimate.year_kind, first.estimate.year))
          : title
      }
      subtitle={t.mapSub}
      tableWord={t.whole(ranked.length)}
      table={
        <Ranking a={a} basis={basis} view={Object.keys(perResident).length > 0 ? 'per-resident' : 'total'} />
      }
    >
      <TileMap
        lang={a.lang}
        name={title}
        scale={NET_BALANCE}
        values={perResident}
        link={(usps) => href(a.lang, pathOf(usps))}
      />
      <MapLegend lang={a.lang} scale={NET_BALANCE} />
    </Figure>
  )
}

/** Dollars per resident of each state that the method covers; none where a year has no count of residents. */
function perResidentValues(a: Asked, basis: string): Partial<Record<Usps, TileValue>> {
  const { ranked } = ranking(a.figures, basis, 'per-resident')
  return Object.fromEntries(
    ranked.flatMap((row) => {
      const state = stateOfDivision(row.estimate.jurisdiction)
      if (!state) return []
      const dollars = Math.round(Number(row.value) / 100)
      const size = formatMoney(row.value < 0n ? -row.value : row.value, a.lang, { unit: 'exact' })
      return [
        [
          state.usps,
          { value: dollars, text: formatSigned(dollars), said: a.t.nation.said(size, dollars >= 0) },
        ],
      ]
    }),
  )
}

const Ranking: FC<{ a: Asked; basis: string; view: View }> = ({ a, basis, view }) => {
  const { ranked, leftOut } = ranking(a.figures, basis, view)
  const covered = new Set([
    ...ranked.map((row) => row.estimate.jurisdiction),
    ...leftOut.map((row) => row.jurisdiction),
  ])
  const absent = STATES.map((state) => divisionOfState(state.usps)).filter((place) => !covered.has(place))
  const rows = [
    ...ranked.map((row) => ({
      place: row.estimate.jurisdiction,
      rank: String(row.rank),
      text: viewedText(
        a,
        { ok: true, value: row.value, unit: view === 'gdp-share' ? 'ten-thousandths' : 'cents' },
        view,
      ),
      estimate: row.estimate,
    })),
    ...leftOut.map((row) => ({
      place: row.jurisdiction,
      rank: '',
      text: `${a.t.leftOut}: ${a.t.missing[row.missing]}`,
      estimate: undefined as Estimate | undefined,
    })),
    ...absent.map((place) => ({
      place,
      rank: '',
      text: `${a.t.leftOut}: ${a.t.missing['not-in-source']}`,
      estimate: undefined as Estimate | undefined,
    })),
  ]
  return (
    <DataTable
      lang={a.lang}
      caption={`${a.t.nation.caption}: ${a.t.views[view]}. ${a.t.units[view]} ${a.t.sign}`}
      phone="compact"
      rows={rows}
      columns={[
        {
          key: 'state',
          head: a.t.state,
          rowHead: true,
          cell: ({ place }) => (
            <Link a={a} to={`/position/${stateOfDivision(place)?.usps.toLowerCase() ?? ''}`}>
              {nameOfPlace(place, a.lang)}
            </Link>
          ),
        },
        { key: 'rank', head: a.t.rank, align: 'right', cell: (row) => row.rank },
        {
          key: 'year',
          head: a.t.year,
          cell: (row) => (row.estimate ? yearText(a.t, row.estimate.year_kind, row.estimate.year) : ''),
        },
        { key: 'balance', head: a.t.balance, align: 'right', cell: (row) => row.text },
      ]}
    />
  )
}

/** A value with its year or measure on a line of its own, so that the columns fit the page. */
const Noted: FC<{ value: Child; note: string }> = ({ value, note }) => (
  <>
    {value}
    <span class="note-line">{note}</span>
  </>
)

const RangeCell: FC<{ a: Asked; row: LeverageRow }> = ({ a, row: { leverage, collected, usps } }) => {
  const t = a.t.leverage
  if (!leverage) return <></>
  const range = (
    <Link a={a} to={derivedPath('leverage', usps)}>
      {formatMoneyRange(leverage.low, leverage.high, a.lang)}
    </Link>
  )
  const whole = collected && centsOf(collected)
  return (
    <>
      {whole ? (
        <Noted
          value={range}
          note={t.shareNote(
            formatPercentRange(shareOf(leverage.low, whole), shareOf(leverage.high, whole), 1),
          )}
        />
      ) : (
        range
      )}
      {leverage.grown_by === 'all-state-governments' && (
        <div>
          <Doubt id={`grown-${usps}`} note={t.doubtNote}>
            {t.doubt}
          </Doubt>
        </div>
      )}
    </>
  )
}

/** In the order of the names that the reader sees. */
const byName = (rows: readonly LeverageRow[], lang: Lang): readonly LeverageRow[] =>
  [...rows].sort((a, b) => stateName(a.usps, lang).localeCompare(stateName(b.usps, lang), lang))

/** Usable leverage of every state beside what is collected there and what is at risk. */
export const LeveragePage: FC<{ a: Asked; rows: readonly LeverageRow[] }> = ({ a, rows }) => {
  const t = a.t.leverage
  return (
    <FiscalPage
      a={a}
      title={t.title}
      path="/position/leverage"
      crumbs={[{ label: t.title }]}
      description={t.lede}
    >
      <PageHead title={t.title} lede={t.lede} />
      <p class="under">{t.notCounted}</p>
      <DataTable
        lang={a.lang}
        caption={t.caption}
        rows={byName(rows, a.lang)}
        columns={[
          {
            key: 'state',
            head: a.t.state,
            rowHead: true,
            cell: (row) => (
              <Link a={a} to={pathOf(row.usps)}>
                {stateName(row.usps, a.lang)}
              </Link>
            ),
          },
          {
            key: 'employees',
            head: t.employees,
            align: 'right',
            cell: ({ leverage }) =>
              leverage ? (
                <Noted
                  value={formatCount(leverage.employees)}
                  note={t.payNote(formatMoney(leverage.mean_pay, a.lang, { unit: 'exact' }))}
                />
              ) : (
                a.t.leftOut
              ),
          },
          { key: 'range', head: t.range, align: 'right', cell: (row) => <RangeCell a={a} row={row} /> },
          {
            key: 'employer',
            head: t.employer,
            align: 'right',
            cell: ({ employer }) => employer && formatMoneyRange(employer.low, employer.high, a.lang),
          },
          {
            key: 'collected',
            head: t.collected,
            align: 'right',
            cell: ({ collected }) => (collected ? formatMoney(centsOf(collected), a.lang) : a.t.leftOut),
          },
          {
            key: 'exposure',
            head: t.exposure,
            align: 'right',
            cell: ({ exposure }) =>
              exposure?.inputs[0] ? (
                <Noted value={formatMoney(exposure.total, a.lang)} note={figureYear(a, exposure.inputs[0])} />
              ) : (
                a.t.leftOut
              ),
          },
          {
            key: 'balance',
            head: a.t.balance,
            align: 'right',
            cell: ({ balance }) =>
              balance ? (
                <Noted
                  value={formatMoney(balance.balance, a.lang)}
                  note={yearText(a.t, balance.year_kind, balance.year)}
                />
              ) : (
                a.t.leftOut
              ),
          },
        ]}
      />
      <Downloads a={a} path="/leverage" />

      <Section id="how" title={t.how}>
        <ol class="steps">
          {t.steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        <h3>{t.employerTitle}</h3>
        <ol class="steps">
          {t.employerSteps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
      </Section>
    </FiscalPage>
  )
}
