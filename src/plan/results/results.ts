import { canonicalJson, type Json, type Usps } from '../../base/index.ts'
import {
  type Factor,
  type FigureField,
  figureOf,
  type Metric,
  type PlaceHorizon,
  type Results,
  type Swing,
  TOTALS,
  type Total,
  type View,
} from '../../scenario/index.ts'
import { type Lang, stateName } from '../../ui/index.ts'
import { type Month, monthOf, monthText } from '../agenda/calendar.ts'
import { horizonOfGroup } from '../brief/gains.ts'
import type { HeldPlan, StoredRun } from '../runs/runs.ts'
import type { Plan } from '../schema.ts'

/** Figures of one metric by month, each field as a list. */
export type MonthSeries = Readonly<Record<FigureField, readonly number[]>>

export function monthSeries(results: Results, place: string, metric: Metric, view: View): MonthSeries {
  const months = Array.from({ length: results.months }, (_, t) =>
    figureOf(results, place, metric, view, t + 1),
  )
  const field = (name: FigureField) => months.map((figure) => figure[name])
  return {
    ...{ mean: field('mean'), mean_error: field('mean_error') },
    ...{ q05: field('q05'), q25: field('q25'), q50: field('q50'), q75: field('q75'), q95: field('q95') },
    ...{ q05_error: field('q05_error'), q25_error: field('q25_error'), q50_error: field('q50_error') },
    ...{ q75_error: field('q75_error'), q95_error: field('q95_error') },
  }
}

/** Calendar months of a run, `YYYY-MM`. */
export function monthsOf({ firstMonth, months }: Pick<Results, 'firstMonth' | 'months'>): readonly string[] {
  const first: Month = monthOf(firstMonth)
  return Array.from({ length: months }, (_, t) => monthText(first + t))
}

const MOST_TICKS = 6

/** Points of a time axis that are named: the first month, and whole years after it, few enough to be read. */
export function yearPoints(months: number): readonly { readonly at: number; readonly minor: boolean }[] {
  const years = [1, 2, 3, 4, 5].find((step) => (months - 1) / (12 * step) < MOST_TICKS) ?? 5
  const count = Math.floor((months - 1) / (12 * years)) + 1
  return Array.from({ length: count }, (_, i) => ({ at: i * 12 * years, minor: i % 2 === 1 }))
}

/** Sums of the months' means of one year of the plan; years are counted from the first month. */
export interface YearRow {
  readonly from: string
  readonly to: string
  readonly means: Readonly<Record<Total, Readonly<Record<View, number>>>>
}

/** What a group's budget and economy see year by year: means add up, other figures do not. */
export function yearsOf(results: Results, place: string): readonly YearRow[] {
  const months = monthsOf(results)
  return Array.from({ length: Math.ceil(months.length / 12) }, (_, year) => {
    const [from, to] = [year * 12, Math.min(months.length, year * 12 + 12)]
    const sum = (metric: Total, view: View) => {
      let total = 0
      for (let t = from; t < to; t++) total += figureOf(results, place, metric, view, t + 1).mean
      return total
    }
    const means = Object.fromEntries(
      TOTALS.map((metric) => [
        metric,
        {
          with: sum(metric, 'with'),
          without: sum(metric, 'without'),
          difference: sum(metric, 'difference'),
        },
      ]),
    ) as YearRow['means']
    return { from: months[from] ?? '', to: months[to - 1] ?? '', means }
  })
}

/** One cause of the result: how far the mean moves with it, and how much of the spread goes when all else is known. */
export interface Decider {
  readonly factor: Factor
  readonly swing: Swing | undefined
  /** Total-order Sobol index, with its standard error. */
  readonly total: number | undefined
  readonly error: number | undefined
}

const widthOf = ({ swing }: Decider): number => (swing ? Math.abs(swing.high.mean - swing.low.mean) : 0)

/** What decides the members' net fiscal result, the widest swing first; what moves nothing is left out. */
export function decidersOf({ results, sensitivity }: StoredRun): readonly Decider[] {
  const swings = results.swings.find(({ place }) => place === 'members')?.swings ?? []
  const indices = sensitivity?.places.find(({ place }) => place === 'members')?.indices ?? []
  const factors = new Set<Factor>([
    ...swings.map(({ parameter }) => parameter),
    ...indices.filter(({ total }) => total > 0).map(({ factor }) => factor),
  ])
  return [...factors]
    .map((factor): Decider => {
      const index = indices.find((one) => one.factor === factor)
      const swing = swings.find(({ parameter }) => parameter === factor)
      return { factor, swing, total: index?.total, error: index?.error }
    })
    .filter((one) => widthOf(one) > 0 || (one.total ?? 0) > 0)
    .sort((a, b) => widthOf(b) - widthOf(a) || (b.total ?? 0) - (a.total ?? 0))
}

/** Whether any draw differs with the plan from without it, for anyone. */
export const changesAnything = (results: Results): boolean =>
  results.totals.some(({ totals }) =>
    TOTALS.some((total) => {
      const { mean, mean_error, q05, q95 } = totals[total].difference
      return mean !== 0 || mean_error > 0 || q05 !== 0 || q95 !== 0
    }),
  )

/** Money that is held, and what is owed on it if it is judged late, means by month; nothing where none is ever held. */
export function heldOwedOf(
  results: Results,
): readonly { readonly held: number; readonly owed: number }[] | undefined {
  const held = monthSeries(results, 'members', 'held', 'with').mean
  const owed = monthSeries(results, 'members', 'exposure', 'with').mean
  return held.every((value) => value === 0)
    ? undefined
    : held.map((value, i) => ({ held: value, owed: owed[i] ?? 0 }))
}

/** The name of who the plan is for: one state's name, or nothing where there are several. */
export function ownName(members: readonly string[], lang: Lang): string | undefined {
  const [only, ...others] = members
  return only !== undefined && others.length === 0 ? stateName(only as Usps, lang) : undefined
}

/** Members one by one, where there are several. */
export const memberHorizons = ({ members, horizon }: Results): readonly PlaceHorizon[] =>
  members.length < 2 ? [] : horizon.filter(({ place }) => members.includes(place))

/** That the reserve of any member is empty at the end of some month, with the plan and without it. */
export const runwayOf = (results: Results): PlaceHorizon['reserveEmptied'] =>
  horizonOfGroup(results, 'members').reserveEmptied

/** Why a kept run is no longer what a new one would give. */
export type Change = 'plan' | 'facts' | 'engine'

export function changesSince(run: StoredRun, now: HeldPlan, engine: string): readonly Change[] {
  const changes: Change[] = []
  if (contentOf(run.ground.plan) !== contentOf(now.plan)) changes.push('plan')
  if (run.ground.facts !== now.facts.version) changes.push('facts')
  if (run.results.engineVersion !== engine) changes.push('engine')
  return changes
}

const contentOf = (plan: Plan): string => canonicalJson(JSON.parse(JSON.stringify(plan)) as Json)
