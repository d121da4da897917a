import type { Model } from './model.ts'

/** What is shown by jurisdiction and month; dollars, and jobs. */
export const METRICS = [
  'held',
  'exposure',
  'loss',
  'arrears',
  'replaced',
  'cuts',
  'reserve',
  'paid',
  'programmeCost',
  'gdp',
  'jobs',
  'revenue',
] as const
export type Metric = (typeof METRICS)[number]

export const VIEWS = ['with', 'without', 'difference'] as const
export type View = (typeof VIEWS)[number]

export const GROUPS = ['members', 'non-members', 'nation'] as const
export type Group = (typeof GROUPS)[number]

/** Sums over a group that are kept for each run. */
export const SUMMED = ['loss', 'arrears', 'replaced', 'cuts', 'reserve', 'gdp', 'jobs', 'revenue'] as const
const TRUST_METRICS = ['held', 'exposure', 'paid', 'programmeCost'] as const

/** Where each figure of one draw and month stands in its row. What can be had from another column is not kept. */
export interface Layout {
  readonly width: number
  /** Begin of the figures by jurisdiction, for the runs without and with the plan. */
  readonly runs: readonly [RunColumns, RunColumns]
  /** Begin of the figures by member that only a plan has. */
  readonly held: number
  readonly exposure: number
  readonly paid: number
  readonly programmeCost: number
  /** Their sums over members, in that order. */
  readonly trustSums: number
  /** Sums: by run, then members and non-members, then `SUMMED`. */
  readonly sums: number
}

export interface RunColumns {
  /** With the plan, loss and arrears are kept by member: those of others are the same without. */
  readonly loss: number
  readonly arrears: number
  readonly replaced: number
  readonly cuts: number
  readonly reserve: number
  readonly gdp: number
}

export function layoutOf(model: Model): Layout {
  const [J, M] = [model.jurisdictions.length, model.members.length]
  let width = 0
  const take = (count: number): number => {
    width += count
    return width - count
  }
  const run = (flows: number): RunColumns => ({
    loss: take(flows),
    arrears: take(flows),
    replaced: take(J),
    cuts: take(J),
    reserve: take(J),
    gdp: take(J),
  })
  const runs = [run(J), run(M)] as const
  const [held, exposure, paid, programmeCost] = [take(M), take(M), take(M), take(M)]
  const trustSums = take(TRUST_METRICS.length)
  const sums = take(4 * SUMMED.length)
  return { width, runs, held, exposure, paid, programmeCost, trustSums, sums }
}

/** How a figure is had from the columns of a row: the sum of one or two columns, times a factor; none means zero. */
export interface Source {
  readonly columns: readonly number[]
  readonly factor: number
}

const ZERO: Source = { columns: [], factor: 1 }
const one = (column: number, factor = 1): Source => ({ columns: [column], factor })

/** @param place a jurisdiction, or after the last of them the groups in order */
export function sourceOf(model: Model, layout: Layout, metric: Metric, run: 0 | 1, place: number): Source {
  const J = model.jurisdictions.length
  return place < J
    ? jurisdictionSource(model, layout, metric, run, place)
    : groupSource(layout, metric, run, place - J)
}

function jurisdictionSource(model: Model, layout: Layout, metric: Metric, run: 0 | 1, j: number): Source {
  const m = model.memberOf[j] as number
  const columns = layout.runs[run]
  switch (metric) {
    case 'held':
    case 'exposure':
    case 'paid':
    case 'programmeCost':
      return run === 0 || m < 0 ? ZERO : one(layout[metric] + m)
    case 'loss':
    case 'arrears':
      return run === 1 && m >= 0 ? one(columns[metric] + m) : one(layout.runs[0][metric] + j)
    case 'jobs':
      return one(columns.gdp + j, model.jobs[j])
    case 'revenue':
      return one(columns.gdp + j, model.tax[j])
    default:
      return one(columns[metric] + j)
  }
}

function groupSource(layout: Layout, metric: Metric, run: 0 | 1, group: number): Source {
  const kept = (TRUST_METRICS as readonly Metric[]).indexOf(metric)
  if (kept >= 0) return run === 0 || GROUPS[group] === 'non-members' ? ZERO : one(layout.trustSums + kept)
  const sum = (SUMMED as readonly Metric[]).indexOf(metric)
  const of = (half: number) => layout.sums + (2 * run + half) * SUMMED.length + sum
  return group < 2 ? one(of(group)) : { columns: [of(0), of(1)], factor: 1 }
}
