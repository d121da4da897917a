import type { FC } from 'hono/jsx'
import type { Total } from '../../scenario/index.ts'
import { DataTable, Figure, formatDate, HeldOwed, NumberTable, Section } from '../../ui/index.ts'
import { horizonOfGroup } from '../brief/gains.ts'
import { type ChartUnit, cellText, chartUnit, shareText, usd, usdAxis } from '../results/format.ts'
import { heldOwedOf, monthSeries, monthsOf, runwayOf, type YearRow, yearsOf } from '../results/results.ts'
import { MonthFan } from './results-months.tsx'
import { Csv, type Shown, timeTicks, whoText } from './results-parts.tsx'

/** Reserve and how long it lasts, then the budget year by year. */
export const BudgetSection: FC<{ shown: Shown }> = ({ shown }) => {
  const { w, run } = shown
  const t = w.reserve
  const runway = runwayOf(run.results)
  return (
    <Section
      id="budget"
      title={t.title}
      rail={<p>{t.rail(shareText(runway.with), shareText(runway.without))}</p>}
    >
      <MonthFan
        shown={shown}
        place="members"
        metric="reserve"
        title={t.picture(whoText(shown))}
        note={t.sub}
        source={
          <>
            <StartNote shown={shown} /> <Pooled shown={shown} />
          </>
        }
      />
      <Runway shown={shown} />
      <Years shown={shown} />
    </Section>
  )
}

/** What the reserve began with, and whether anyone measured it. */
const StartNote: FC<{ shown: Shown }> = ({ shown: { a, w, run } }) => (
  <>
    {w.reserve.own}{' '}
    {run.ground.inputs.slice(0, 7).map(({ usps, lines }, i) => {
      const line = lines.find(({ symbol }) => symbol === 'R0')
      return (
        line && (
          <>
            {i > 0 && '; '}
            {usps} {usd(line.value, a.lang)}, {w.ground.basis[line.basis]}
          </>
        )
      )
    })}
    {run.ground.inputs.length > 7 && ' …'}
  </>
)

const Runway: FC<{ shown: Shown }> = ({ shown: { a, w, who, run } }) => {
  const t = w.reserve
  const months = monthsOf(run.results)
  const runway = runwayOf(run.results)
  const month = (value: number) =>
    t.months(Math.round(value), formatDate(months[Math.round(value) - 1] ?? '', a.lang))
  const rows = [
    { name: t.withPlan, one: runway.with },
    { name: t.without, one: runway.without },
  ]
  return (
    <div class="under">
      <h3>{t.runway}</h3>
      <p class="table-note">{t.runwayOf(who)}</p>
      <DataTable
        lang={a.lang}
        caption={t.runway}
        rows={rows}
        columns={[
          { key: 'run', head: t.run, rowHead: true, cell: ({ name }) => name },
          {
            key: 'probability',
            head: t.probability,
            align: 'right',
            cell: ({ one }) => (one.probability === 0 ? t.never : shareText(one)),
          },
          {
            key: 'when',
            head: t.when,
            align: 'right',
            cell: ({ one }) => (one.month ? month(one.month.q50) : t.never),
          },
          {
            key: 'between',
            head: t.between,
            align: 'right',
            cell: ({ one }) => (one.month ? `${month(one.month.q05)} – ${month(one.month.q95)}` : t.never),
          },
        ]}
      />
    </div>
  )
}

const Pooled: FC<{ shown: Shown }> = ({ shown: { a, w, run } }) => {
  const aid = horizonOfGroup(run.results, 'members').mutualAid
  return <>{aid && <b>{w.reserve.pooled(usd(aid.pooled, a.lang), usd(aid.left.mean, a.lang))}</b>}</>
}

const BUDGET: readonly Total[] = [
  'loss',
  'arrears',
  'replaced',
  'cuts',
  'paid',
  'programmeCost',
  'revenue',
  'gdp',
]

/** Two decimals of a billion, one of a million: a difference must not be lost beside what it differs from. */
function yearUnit(years: readonly YearRow[]): ChartUnit {
  const unit = chartUnit(years.flatMap(({ means }) => BUDGET.map((total) => means[total].with)))
  return { ...unit, digits: unit.unit === 'bn' ? 2 : 1 }
}

/** Rows are what the budget sees, columns the years; ten years and more scroll inside the table. */
const Years: FC<{ shown: Shown }> = ({ shown: { a, w, run } }) => {
  const t = w.reserve
  const years = yearsOf(run.results, 'members')
  const unit = yearUnit(years)
  const cell = (value: number) => cellText(value, unit)
  return (
    <div class="under">
      <h3>{t.years}</h3>
      <p class="table-note">
        {w.months.usd(w.months.units[unit.unit])} {t.yearsSub}
      </p>
      <NumberTable
        caption={t.years}
        heads={[t.year, ...years.map(({ from }) => t.yearFrom(formatDate(from, a.lang)))]}
        rows={BUDGET.map((total) => [
          t.totals[total],
          ...years.map(({ means }) => `${cell(means[total].with)} (${cell(means[total].difference)})`),
        ])}
      />
    </div>
  )
}

/** What is held and what is owed on it, on one axis. */
export const HeldSection: FC<{ shown: Shown }> = ({ shown }) => {
  const { a, w, run } = shown
  const t = w.held
  const points = heldOwedOf(run.results)
  if (!points)
    return (
      <Section id="held" title={t.title} rail={<p>{t.rail}</p>}>
        <p>{t.none}</p>
      </Section>
    )
  const unit = chartUnit(points.map(({ held }) => held))
  const last = points.at(-1) ?? { held: 0, owed: 0 }
  return (
    <Section id="held" title={t.title} rail={<p>{t.rail}</p>}>
      <Figure
        lang={a.lang}
        title={t.picture}
        subtitle={`${w.months.usd(w.months.units[unit.unit])} ${t.sub}`}
        source={
          <>
            {t.source}
            <Csv shown={shown} name="figures.csv?place=members&metric=held,exposure" />
          </>
        }
        table={<HeldTable shown={shown} />}
      >
        <HeldOwed
          name={t.name(usd(last.held, a.lang), usd(last.owed, a.lang))}
          ticks={timeTicks(shown)}
          axis={usdAxis}
          points={points.map(({ held, owed }) => ({ held: held / unit.scale, owed: owed / unit.scale }))}
          held={t.held(usd(last.held, a.lang))}
          owed={t.owed(usd(last.owed, a.lang))}
        />
      </Figure>
    </Section>
  )
}

const HeldTable: FC<{ shown: Shown }> = ({ shown: { a, w, run } }) => {
  const held = monthSeries(run.results, 'members', 'held', 'with')
  const owed = monthSeries(run.results, 'members', 'exposure', 'with')
  const unit = chartUnit(held.mean)
  const columns = [held.mean, held.mean_error, held.q05, held.q50, held.q95, owed.mean, owed.q05, owed.q95]
  const [h, o] = [w.held.held('').split(',')[0] ?? '', w.held.owed('').split(',')[0] ?? '']
  return (
    <NumberTable
      caption={w.held.picture}
      months
      heads={[
        w.months.month,
        ...[`${h} ${w.months.mean}`, '±', `${h} 5%`, `${h} ${w.months.median}`, `${h} 95%`],
        ...[`${o} ${w.months.mean}`, `${o} 5%`, `${o} 95%`],
      ]}
      rows={monthsOf(run.results).map((month, i) => [
        formatDate(month, a.lang),
        ...columns.map((values) => cellText(values[i] ?? Number.NaN, unit)),
      ])}
    />
  )
}
