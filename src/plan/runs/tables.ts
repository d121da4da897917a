import {
  FIGURE_FIELDS,
  figureOf,
  GROUPS,
  METRICS,
  type Metric,
  OUTCOMES,
  outcomeOf,
  TOTALS,
  VIEWS,
} from '../../scenario/index.ts'
import { decidersOf, monthsOf } from '../results/results.ts'
import type { StoredRun } from './runs.ts'
import { simulationJson } from './simulation-paper.ts'

/** Lines of a CSV file, in parts so that a long one need not be held at once. Amounts are dollars; NaN is empty. */
export type CsvParts = Iterable<string>

const line = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (typeof cell === 'number' && !Number.isFinite(cell) ? '' : String(cell))).join(',')}\r\n`

export interface FigureFilter {
  /** Every place where not given; else a state's code, `members`, `non-members` or `nation`. */
  readonly places?: readonly string[]
  readonly metrics?: readonly Metric[]
}

/** Every figure by place, metric, view and month. */
export function* figuresCsv({ results }: StoredRun, filter: FigureFilter): CsvParts {
  const months = monthsOf(results)
  yield line(['place', 'metric', 'view', 'month', ...FIGURE_FIELDS])
  for (const place of filter.places ?? results.places) {
    let part = ''
    for (const metric of filter.metrics ?? METRICS)
      for (const view of VIEWS)
        for (const [t, month] of months.entries()) {
          const figure = figureOf(results, place, metric, view, t + 1)
          part += line([place, metric, view, month, ...FIGURE_FIELDS.map((field) => figure[field])])
        }
    yield part
  }
}

/** What the months add up to, and the net fiscal result of every place. */
export function* totalsCsv({ results }: StoredRun): CsvParts {
  yield line(['place', 'outcome', 'view', ...FIGURE_FIELDS])
  for (const { place, netFiscal } of results.horizon)
    yield line([place, 'netFiscal', 'difference', ...FIGURE_FIELDS.map((field) => netFiscal[field])])
  for (const { place, totals } of results.totals)
    for (const total of TOTALS)
      for (const view of VIEWS)
        yield line([place, total, view, ...FIGURE_FIELDS.map((field) => totals[total][view][field])])
}

/** What the horizon changes in each draw, with the plan less without it. */
export function* outcomesCsv({ results }: StoredRun): CsvParts {
  yield line(['draw', ...GROUPS.flatMap((group) => OUTCOMES.map((outcome) => `${group}.${outcome}`))])
  const columns = GROUPS.flatMap((group) => OUTCOMES.map((outcome) => outcomeOf(results, group, outcome)))
  for (let d = 0; d < results.draws; d++)
    yield line([d + 1, ...columns.map((values) => values[d] ?? Number.NaN)])
}

/** What decides the members' net fiscal result: swings, and shares of the spread. */
export function* decidesCsv(run: StoredRun): CsvParts {
  const ends = ['bound', 'mean', 'mean_error'] as const
  yield line([
    'parameter',
    ...ends.map((end) => `lowest_third_${end}`),
    ...ends.map((end) => `highest_third_${end}`),
    ...['total_order', 'total_order_error'],
  ])
  for (const { factor, swing, total, error } of decidersOf(run))
    yield line([
      factor,
      ...ends.map((end) => swing?.low[end] ?? ''),
      ...ends.map((end) => swing?.high[end] ?? ''),
      ...[total ?? '', error ?? ''],
    ])
}

/** A run whole: every figure as `plan simulate --json` prints it, what it stands on, and what decides it. */
export const runJson = (run: StoredRun) => ({
  ...simulationJson(run.ground.plan, run.ground, run.ground.facts, run.results),
  key: run.key,
  made_at: run.made_at,
  totals: run.results.totals,
  swings: run.results.swings,
  sensitivity: run.sensitivity ?? null,
  ground: run.ground,
})
