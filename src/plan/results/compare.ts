import { type Group, type Outcome, outcomeOf, type Probability, type Results } from '../../scenario/index.ts'
import type { StoredRun } from '../runs/runs.ts'

/** What two plans are held against each other by: people first, then others, then the budget. */
export const COMPARED: readonly { readonly group: Group; readonly outcome: Outcome }[] = [
  { group: 'members', outcome: 'cuts' },
  { group: 'members', outcome: 'gdp' },
  { group: 'members', outcome: 'jobs' },
  { group: 'non-members', outcome: 'gdp' },
  { group: 'non-members', outcome: 'jobs' },
  { group: 'nation', outcome: 'gdp' },
  { group: 'nation', outcome: 'jobs' },
  { group: 'members', outcome: 'netFiscal' },
  { group: 'members', outcome: 'paid' },
  { group: 'members', outcome: 'programmeCost' },
]

/** Of these, less is better. */
const BURDENS: readonly Outcome[] = ['cuts', 'loss', 'paid', 'programmeCost']
const MONTHS_A_YEAR = 12

/** A mean over the draws with its standard error by chance. */
export interface Mean {
  readonly mean: number
  readonly mean_error: number
}

/** One plan less another, draw by draw on the same chances. */
export interface Difference extends Mean {
  readonly q05: number
  readonly q95: number
  /** Share of draws in which the later plan is the better one. */
  readonly better: Probability
  /** Whether the mean lies more than two errors from zero. */
  readonly isClear: boolean
}

export interface ComparedRow {
  readonly group: Group
  readonly outcome: Outcome
  readonly unit: 'USD' | 'job-years'
  /** By plan, with it less without it. */
  readonly plans: readonly Mean[]
  /** By plan after the first: that plan less the first. */
  readonly differences: readonly Difference[]
}

/** In what two runs are not alike, so that a difference is not of the plans alone. */
export type Unlike = 'months' | 'firstMonth' | 'members' | 'assumptions' | 'inputs' | 'facts'

export interface Comparison {
  readonly rows: readonly ComparedRow[]
  readonly unlike: readonly Unlike[]
}

/** Holds runs of the same draws and seed against the first of them. */
export function compareRuns([first, ...others]: readonly [StoredRun, ...StoredRun[]]): Comparison {
  const all = [first, ...others]
  const rows = COMPARED.map(({ group, outcome }): ComparedRow => {
    const isJobs = outcome === 'jobs'
    const values = all.map(({ results }) => {
      const months = outcomeOf(results, group, outcome)
      return isJobs ? months.map((value) => value / MONTHS_A_YEAR) : months
    })
    const base = values[0] ?? new Float64Array()
    return {
      ...{ group, outcome, unit: isJobs ? 'job-years' : 'USD' },
      plans: values.map(meanOf),
      differences: values.slice(1).map((one) => differenceOf(one, base, BURDENS.includes(outcome))),
    }
  })
  return { rows, unlike: [...new Set(others.flatMap((other) => unlikeOf(first, other)))] }
}

function meanOf(values: Float64Array): Mean {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, mean_error: n > 1 ? Math.sqrt(squares / (n - 1) / n) : Number.NaN }
}

function differenceOf(later: Float64Array, first: Float64Array, lessIsBetter: boolean): Difference {
  const off = later.map((value, d) => value - (first[d] ?? 0))
  const { mean, mean_error } = meanOf(off)
  const probability = off.filter((value) => (lessIsBetter ? value < 0 : value > 0)).length / off.length
  const sorted = off.slice().sort()
  return {
    ...{ mean, mean_error, q05: quantile(sorted, 0.05), q95: quantile(sorted, 0.95) },
    better: { probability, error: Math.sqrt((probability * (1 - probability)) / off.length) },
    isClear: Math.abs(mean) > 2 * mean_error,
  }
}

/** Hyndman and Fan's type 7, like every quantile of the model. */
function quantile(sorted: Float64Array, p: number): number {
  const place = (sorted.length - 1) * p
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
  return below + (place - Math.floor(place)) * (above - below)
}

function unlikeOf(a: StoredRun, b: StoredRun): readonly Unlike[] {
  const differs = (of: (run: StoredRun) => unknown): boolean =>
    JSON.stringify(of(a)) !== JSON.stringify(of(b))
  const startOf = ({ ground }: StoredRun) =>
    Object.entries(ground.plan.reserves).sort(([x], [y]) => (x < y ? -1 : 1))
  const months = (results: Results) => results.months
  return [
    ...(months(a.results) !== months(b.results) ? (['months'] as const) : []),
    ...(a.results.firstMonth !== b.results.firstMonth ? (['firstMonth'] as const) : []),
    ...(differs(({ results }) => results.members) ? (['members'] as const) : []),
    ...(differs(({ ground }) =>
      ground.assumptions.map(({ name, distribution }) => [name, Object.entries(distribution).sort()]),
    )
      ? (['assumptions'] as const)
      : []),
    ...(differs(startOf) ? (['inputs'] as const) : []),
    ...(a.ground.facts !== b.ground.facts ? (['facts'] as const) : []),
  ]
}

/** What the comparison says, for programs. */
export const comparisonJson = (runs: readonly StoredRun[], { rows, unlike }: Comparison) => ({
  notice: 'Simulation. Not legal advice.',
  draws: runs[0]?.results.draws,
  seed: runs[0]?.results.seed,
  plans: runs.map(({ key, ground, results }) => ({
    ...{ id: ground.plan.id, title: ground.plan.title, run: key, facts: ground.facts },
    engine_version: results.engineVersion,
  })),
  unlike,
  rows: rows.map(({ plans, differences, ...row }) => ({
    ...row,
    plans,
    differences_from_first: differences,
  })),
})
