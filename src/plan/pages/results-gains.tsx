import type { FC } from 'hono/jsx'
import type { Usps } from '../../base/index.ts'
import type { Results } from '../../scenario/index.ts'
import {
  DataTable,
  Figure,
  formatPercent,
  GainLoss,
  type GainLossPanel,
  NumberTable,
  Section,
  stateName,
} from '../../ui/index.ts'
import { type Change, type Gain, type GainRow, gainsOf, totalsOf, type Verdict } from '../brief/gains.ts'
import { count, countChange, usd, usdChange } from '../results/format.ts'
import { memberHorizons } from '../results/results.ts'
import { Csv, type Shown } from './results-parts.tsx'

/** The own people first, then others, then the budget: in words, as a table, and as a picture. */
export const GainsSection: FC<{ shown: Shown }> = ({ shown }) => {
  const rows = gainsOf(shown.run.results)
  return (
    <Section id="gains" title={shown.w.gains.title} rail={<Finding shown={shown} rows={rows} />}>
      <WideTable shown={shown} rows={rows} />
      <Picture shown={shown} rows={rows} />
    </Section>
  )
}

const find = (rows: readonly GainRow[], gain: Gain): GainRow => {
  const row = rows.find((one) => one.gain === gain)
  if (!row) throw new Error(`assertion failed: ${gain} is among the gains`)
  return row
}

/** Who reads only the rail reads this. */
const Finding: FC<{ shown: Shown; rows: readonly GainRow[] }> = ({ shown: { w, who }, rows }) => {
  const t = w.gains
  const both = (a: Verdict, b: Verdict) => {
    const told = [a, b].filter((one) => one === 'better' || one === 'worse')
    if (told.length === 2 && a !== b) return t.mixed
    return t.verdict[told[0] ?? (a === 'none' && b === 'none' ? 'none' : 'unclear')]
  }
  const [cuts, gdp, net] = [find(rows, 'cuts'), find(rows, 'gdp'), find(rows, 'net')]
  return (
    <>
      <p>
        <b>{t.own(who)}:</b> {both(cuts.members.verdict, gdp.members.verdict)}.
      </p>
      <p>
        <b>{t.others}:</b> {both(cuts.others.verdict, gdp.others.verdict)}.
      </p>
      <p>
        <b>{t.budget}:</b> {t.verdict[net.members.verdict]}.
      </p>
      <p>{t.rail}</p>
    </>
  )
}

interface Line {
  readonly who: string
  readonly what: string
  readonly row: GainRow
  readonly change: Change
  readonly without: number | undefined
}

const WideTable: FC<{ shown: Shown; rows: readonly GainRow[] }> = ({ shown: { a, w, who, run }, rows }) => {
  const t = w.gains
  const line = (whose: string, gain: Gain, group: 'members' | 'others', what: string): Line => {
    const row = find(rows, gain)
    return { who: whose, what, row, change: row[group], without: withoutPlan(run.results, gain, group) }
  }
  const lines = [
    line(t.people(who), 'cuts', 'members', t.rows.cuts),
    line(t.people(who), 'gdp', 'members', t.rows.gdp),
    line(t.people(who), 'jobs', 'members', t.rows.jobs),
    line(t.elsewhere, 'gdp', 'others', t.outputElsewhere),
    line(t.elsewhere, 'jobs', 'others', t.jobsElsewhere),
    line(t.elsewhere, 'cuts', 'others', t.cutsElsewhere),
    line(t.money(who), 'net', 'members', t.rows.net),
    line(t.money(who), 'paid', 'members', t.rows.paid),
    line(t.money(who), 'cost', 'members', t.rows.cost),
  ]
  const plain = (row: GainRow, value: number) => (row.unit === 'USD' ? usd(value, a.lang) : count(value))
  return (
    <DataTable
      lang={a.lang}
      caption={t.table(run.results.months)}
      rows={lines}
      columns={[
        {
          key: 'what',
          head: t.over(run.results.months),
          rowHead: true,
          cell: (one) => (
            <>
              {one.who}: <span class="plain-weight">{one.what}</span>
            </>
          ),
        },
        {
          key: 'without',
          head: t.without,
          align: 'right',
          nowrap: true,
          cell: (one) => (one.without === undefined ? '–' : plain(one.row, one.without)),
        },
        {
          key: 'difference',
          head: t.difference,
          align: 'right',
          nowrap: true,
          cell: (one) => changeText(one.row, one.change.mean, a.lang),
        },
        {
          key: 'range',
          head: t.range,
          align: 'right',
          cell: (one) => <Range row={one.row} change={one.change} lang={a.lang} to={t.to} />,
        },
      ]}
    />
  )
}

/** What freezes alone do, mean; of the net result only a difference has a meaning. */
function withoutPlan(results: Results, gain: Gain, group: 'members' | 'others'): number | undefined {
  if (gain === 'net') return undefined
  const { totals } = totalsOf(results, group === 'members' ? 'members' : 'non-members')
  const { mean } = totals[gain === 'cost' ? 'programmeCost' : gain].without
  return gain === 'jobs' ? mean / MONTHS_A_YEAR : mean
}
const MONTHS_A_YEAR = 12

type Lang = Shown['a']['lang']

const changeText = (row: GainRow, value: number, lang: Lang) =>
  row.unit === 'USD' ? usdChange(value, lang) : countChange(value)

/** The range with each end on one line: nothing breaks between a sign and its figure. */
const Range: FC<{ row: GainRow; change: Change; lang: Lang; to: string }> = ({ row, change, lang, to }) => {
  const [low = '', high] = rangeText(row, change, lang, to).split(` ${to} `)
  return (
    <>
      <span class="nowrap">{low}</span>
      {high !== undefined && (
        <>
          {` ${to} `}
          <span class="nowrap">{high}</span>
        </>
      )}
    </>
  )
}

function rangeText(row: GainRow, { q05, q95 }: Change, lang: Lang, to: string): string {
  const [low, high] = [changeText(row, q05, lang), changeText(row, q95, lang)]
  return low === high ? low : `${low} ${to} ${high}`
}

/** Members, others and the nation in cash, output and work; cash and output on one scale. */
const Picture: FC<{ shown: Shown; rows: readonly GainRow[] }> = ({ shown, rows }) => {
  const { a, w, run, who } = shown
  const t = w.gains
  const panel = (gain: Gain, title: string, note: string, scale: string): GainLossPanel => {
    const row = find(rows, gain)
    const one = (label: string, change: Change) => ({
      label,
      value: change.mean,
      low: change.q05,
      high: change.q95,
      text: changeText(row, change.mean, a.lang),
      range: rangeText(row, change, a.lang, t.to),
    })
    const groups = [
      one(who ?? t.members, row.members),
      one(t.nonMembers, row.others),
      one(t.nation, row.nation),
    ]
    return { title, note, scale, rows: groups }
  }
  const panels = [
    panel('net', t.cash, t.cashNote, 'usd'),
    panel('gdp', t.gdp, t.usdNote, 'usd'),
    panel('jobs', t.jobs, t.jobsNote, 'jobs'),
  ]
  const title = t.picture(run.results.months)
  const said = panels.map(
    ({ title: of, rows: groups }) =>
      `${of}: ${groups.map(({ label, text }) => `${label} ${text}`).join(', ')}`,
  )
  return (
    <Figure
      lang={a.lang}
      title={title}
      subtitle={t.pictureSub}
      source={
        <>
          {t.source}
          <Csv shown={shown} name="totals.csv" />
        </>
      }
      table={<EveryGain shown={shown} rows={rows} title={title} />}
    >
      <GainLoss name={`${title}. ${said.join('; ')}`} panels={panels} loses={t.loses} gains={t.gains} />
    </Figure>
  )
}

const EveryGain: FC<{ shown: Shown; rows: readonly GainRow[]; title: string }> = ({ shown, rows, title }) => {
  const { a, w } = shown
  const t = w.gains
  const groups = [
    [shown.who ?? t.members, 'members'],
    [t.nonMembers, 'others'],
    [t.nation, 'nation'],
  ] as const
  return (
    <NumberTable
      caption={title}
      heads={[t.what, t.who, t.mean, t.error, '5%', '95%']}
      rows={rows.flatMap((row) =>
        groups.map(([label, group]) => [
          t.rows[row.gain],
          label,
          ...[row[group].mean, row[group].mean_error, row[group].q05, row[group].q95].map((value, i) =>
            i === 1
              ? row.unit === 'USD'
                ? usd(value, a.lang)
                : count(value)
              : changeText(row, value, a.lang),
          ),
        ]),
      )}
    />
  )
}

/** Where several are members: each by itself. */
export const MembersSection: FC<{ shown: Shown }> = ({ shown: { a, w, run } }) => {
  const t = w.members
  const members = memberHorizons(run.results)
  if (members.length === 0) return <></>
  return (
    <Section id="members" title={t.title} rail={<p>{t.rail}</p>}>
      <DataTable
        lang={a.lang}
        caption={t.title}
        rows={members}
        columns={[
          {
            key: 'member',
            head: t.member,
            rowHead: true,
            cell: ({ place }) => stateName(place as Usps, a.lang),
          },
          {
            key: 'net',
            head: t.net,
            align: 'right',
            cell: ({ netFiscal }) => usdChange(netFiscal.mean, a.lang),
          },
          {
            key: 'range',
            head: t.range,
            align: 'right',
            cell: ({ netFiscal: { q05, q95 } }) =>
              `${usdChange(q05, a.lang)} ${w.gains.to} ${usdChange(q95, a.lang)}`,
          },
          {
            key: 'worse',
            head: t.worse,
            align: 'right',
            cell: ({ netFiscalBelowZero }) => formatPercent(netFiscalBelowZero.probability),
          },
          {
            key: 'better',
            head: t.better,
            align: 'right',
            cell: ({ netFiscalAboveZero }) => formatPercent(netFiscalAboveZero.probability),
          },
          {
            key: 'empty',
            head: t.empty,
            align: 'right',
            cell: ({ reserveEmptied: { with: own, without } }) =>
              `${formatPercent(own.probability)} (${formatPercent(without.probability)})`,
          },
        ]}
      />
    </Section>
  )
}
