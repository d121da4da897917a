import {
  FIGURE_FIELDS,
  type Figure,
  figureOf,
  METRICS,
  type Metric,
  type PlaceHorizon,
  type Results,
  VIEWS,
  type View,
} from '../../scenario/index.ts'
import { type Month, monthOf, monthText } from '../agenda/calendar.ts'
import type { CheckedPlan } from '../check.ts'
import type { Plan } from '../schema.ts'

/** Places that a run leaves out, with what they miss. */
interface LeftOut {
  readonly left_out: readonly { readonly usps: string; readonly missing: readonly string[] }[]
}

/** Every figure of a run: by place, metric and view, each field as a list by month. NaN, which JSON has not, is null. */
export function simulationJson(plan: Pick<Plan, 'id'>, checked: LeftOut, facts: string, results: Results) {
  const first: Month = monthOf(results.firstMonth)
  return {
    notice: 'Simulation. Not legal advice.',
    plan: plan.id,
    engine_version: results.engineVersion,
    facts,
    seed: results.seed,
    draws: results.draws,
    months: Array.from({ length: results.months }, (_, t) => monthText(first + t)),
    members: results.members,
    left_out: checked.left_out.map(({ usps, missing }) => ({ usps, missing })),
    horizon: results.horizon,
    figures: Object.fromEntries(
      results.places.map((place) => [
        place,
        Object.fromEntries(
          METRICS.map((metric) => [
            metric,
            Object.fromEntries(VIEWS.map((view) => [view, seriesOf(results, place, metric, view)])),
          ]),
        ),
      ]),
    ),
  }
}

function seriesOf(results: Results, place: string, metric: Metric, view: View) {
  const months = Array.from({ length: results.months }, (_, t) =>
    figureOf(results, place, metric, view, t + 1),
  )
  return Object.fromEntries(
    FIGURE_FIELDS.map((field) => [
      field,
      months.map((figure) => (Number.isFinite(figure[field]) ? figure[field] : null)),
    ]),
  )
}

const sumOfMeans = (results: Results, place: string, metric: Metric, view: View): number => {
  let sum = 0
  for (let month = 1; month <= results.months; month++)
    sum += figureOf(results, place, metric, view, month).mean
  return sum
}

/** Dollars in words; a sum under half a dollar is nothing. */
export function dollarsText(amount: number): string {
  const size = Math.abs(amount)
  if (size < 0.5) return '$0'
  const [value, unit] =
    size >= 1e9
      ? [size / 1e9, ' bn']
      : size >= 1e6
        ? [size / 1e6, ' m']
        : size >= 1e3
          ? [size / 1e3, ' k']
          : [size, '']
  return `${amount < 0 ? '−' : ''}$${value.toFixed(value >= 100 || unit === '' ? 0 : 1)}${unit}`
}

const around = ({ mean, mean_error, q05, q95 }: Figure): string =>
  `mean ${dollarsText(mean)} (by chance ± ${dollarsText(mean_error)}); nine in ten between ${dollarsText(q05)} and ${dollarsText(q95)}`

/** What a run says, in the order of the house: the own people, then others, then what is gained. */
export function simulationText(plan: Plan, checked: CheckedPlan, facts: string, results: Results): string {
  const months = results.months
  const members = results.horizon.find((one) => one.place === 'members')
  const difference = (place: string, metric: Metric) =>
    dollarsText(sumOfMeans(results, place, metric, 'difference'))
  const last = (metric: Metric, view: View) => figureOf(results, 'members', metric, view, months).mean
  const above = members?.netFiscalAboveZero
  const emptied = members?.reserveEmptied
  return [
    `Simulation. Not legal advice. ${plan.title}`,
    `${results.draws} draws, seed ${results.seed}, ${months} months from ${results.firstMonth}; engine ${results.engineVersion}; ${facts}`,
    checked.left_out.length > 0
      ? `Left out for want of an input: ${checked.left_out.map(({ usps, missing }) => `${usps} (${missing.map((what) => what.split(':')[0]).join(', ')})`).join('; ')}`
      : '',
    '',
    `Members' people, with the plan less without, mean over ${months} months:`,
    `  services cut: ${difference('members', 'cuts')} (without the plan ${dollarsText(sumOfMeans(results, 'members', 'cuts', 'without'))})`,
    `  output: ${difference('members', 'gdp')}`,
    `  job-months: ${Math.round(sumOfMeans(results, 'members', 'jobs', 'difference'))
      .toLocaleString('en-US')
      .replace('-', '−')}`,
    'Others, mean:',
    `  output elsewhere: ${difference('non-members', 'gdp')}; services cut elsewhere: ${difference('non-members', 'cuts')}`,
    "Members' budgets:",
    `  penalties and interest paid: ${difference('members', 'paid')}; programme cost: ${difference('members', 'programmeCost')}`,
    `  held at the end ${dollarsText(last('held', 'with'))}, owed on it if judged late ${dollarsText(last('exposure', 'with'))}; reserve at the end ${dollarsText(last('reserve', 'with'))} with, ${dollarsText(last('reserve', 'without'))} without`,
    ...(members ? [`  reserve less cuts, with less without: ${around(members.netFiscal)}`] : []),
    ...(members?.mutualAid ? [pooledText(members.mutualAid)] : []),
    ...(above
      ? [`  better off in ${percent(above.probability)} of draws (by chance ± ${percent(above.error)})`]
      : []),
    ...(emptied
      ? [
          `  a reserve runs out in ${percent(emptied.with.probability)} of draws with, ${percent(emptied.without.probability)} without`,
        ]
      : []),
  ]
    .filter((line, i) => line !== '' || i === 3)
    .join('\n')
}

/** What members pool for one another is in no reserve; what is left of it counts for those who put it in. */
const pooledText = ({ pooled, left }: NonNullable<PlaceHorizon['mutualAid']>): string =>
  `    that counts what is left of the ${dollarsText(pooled)} pooled for mutual aid, ${dollarsText(left.mean)} on average; the reserves above do not hold it`

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
