import type { Child, FC } from 'hono/jsx'
import type { Metric } from '../../scenario/index.ts'
import { Fan, Figure, formatCount, formatDate, NumberTable } from '../../ui/index.ts'
import {
  type ChartUnit,
  cellText,
  chartUnit,
  count,
  countAxis,
  scaled,
  usd,
  usdAxis,
} from '../results/format.ts'
import { type MonthSeries, monthSeries, monthsOf } from '../results/results.ts'
import { Csv, type Shown, timeTicks } from './results-parts.tsx'

interface MonthFanProps {
  readonly shown: Shown
  readonly place: 'members' | 'non-members'
  readonly metric: Metric
  readonly title: string
  readonly note: string
  readonly source?: Child
  /** Shows the difference alone, in place of both runs. */
  readonly difference?: boolean
}

const JOBS: ChartUnit = { unit: 'k', scale: 1, digits: 1 }

/** One metric by month as a fan, with the run without the plan dashed, and every number in its table. */
export const MonthFan: FC<MonthFanProps> = (props) => {
  const { shown, place, metric, title, note, difference = false } = props
  const { a, w, run } = shown
  const t = w.months
  const first = monthSeries(run.results, place, metric, difference ? 'difference' : 'with')
  const second = difference ? undefined : monthSeries(run.results, place, metric, 'without')
  const all = [...first.q05, ...first.q95, ...(second ? [...second.q05, ...second.q95] : [])]
  const isJobs = metric === 'jobs'
  const unit = isJobs ? JOBS : chartUnit(all)
  const fields = (series: MonthSeries) => ({
    ...{ q05: scaled(series.q05, unit), q25: scaled(series.q25, unit), q50: scaled(series.q50, unit) },
    ...{ q75: scaled(series.q75, unit), q95: scaled(series.q95, unit) },
  })
  const last = (series: MonthSeries) => {
    const value = series.q50.at(-1) ?? 0
    return isJobs ? count(value) : usd(value, a.lang)
  }
  const finding = second ? t.ends(title, last(first), last(second)) : t.endsDifference(title, last(first))
  return (
    <Figure
      lang={a.lang}
      title={title}
      subtitle={`${isJobs ? t.jobs : t.usd(t.units[unit.unit])} ${note} ${t.band}`}
      source={
        <>
          {t.source(formatCount(run.results.draws), run.results.seed)} {props.source}
          <Csv shown={shown} name={`figures.csv?place=${place}&metric=${metric}`} />
        </>
      }
      table={<MonthTable shown={shown} caption={title} unit={unit} first={first} second={second} />}
    >
      {all.every((value) => value === 0) ? (
        <p class="muted">{t.zero}</p>
      ) : (
        <Fan
          name={finding}
          ticks={timeTicks(shown)}
          axis={isJobs ? countAxis : usdAxis}
          series={fields(first)}
          {...(second && { beside: fields(second) })}
          labels={{
            outer: t.outer,
            inner: t.inner,
            middle: second ? t.middle : t.difference,
            ...(second && { beside: t.beside }),
          }}
        />
      )}
    </Figure>
  )
}

const MonthTable: FC<{
  shown: Shown
  caption: string
  unit: ChartUnit
  first: MonthSeries
  second: MonthSeries | undefined
}> = ({ shown: { a, w, run }, caption, unit, first, second }) => {
  const t = w.months
  const names = ['5%', '25%', t.median, '75%', '95%', t.mean, '±']
  const columns = (series: MonthSeries) => [
    ...[series.q05, series.q25, series.q50, series.q75, series.q95],
    ...[series.mean, series.mean_error],
  ]
  const all = [...columns(first), ...(second ? columns(second) : [])]
  const heads = (of: string) => names.map((name) => (second ? `${of} ${name}` : name))
  return (
    <NumberTable
      caption={caption}
      months
      heads={[t.month, ...heads(t.with), ...(second ? heads(t.withoutShort) : [])]}
      rows={monthsOf(run.results).map((month, i) => [
        formatDate(month, a.lang),
        ...all.map((values) => cellText(values[i] ?? Number.NaN, unit)),
      ])}
    />
  )
}
