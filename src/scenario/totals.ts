import { FIGURE_SIZE, type Figure, figureAt, Summariser, writeConstant } from './figures.ts'
import {
  GROUPS,
  type Group,
  type Layout,
  type Metric,
  type Source,
  sourceOf,
  VIEWS,
  type View,
} from './layout.ts'
import type { Model } from './model.ts'

/** Flows, whose months add up; a stock such as the reserve has no sum. Of `jobs` the sum is in job-months. */
export const TOTALS = [
  'loss',
  'arrears',
  'replaced',
  'cuts',
  'paid',
  'programmeCost',
  'gdp',
  'jobs',
  'revenue',
] as const satisfies readonly Metric[]
export type Total = (typeof TOTALS)[number]

/** What the months of the horizon add up to for a group, draw by draw. */
export interface GroupTotals {
  readonly place: Group
  readonly totals: Readonly<Record<Total, Readonly<Record<View, Figure>>>>
}

/** Columns of a row that are sums over groups: the last ones. */
const columnsOf = ({ width, trustSums }: Layout): number => width - trustSums

/** How many figures are added up in each draw. */
export const totalsSize = (layout: Layout, draws: number): number => columnsOf(layout) * draws

/**
 * Adds the months of some draws, in their order, so that blocks of another length give the same bits.
 * @param columns by month, column of a row and draw
 */
export function addMonths(
  layout: Layout,
  columns: Float64Array,
  months: number,
  totals: Float64Array,
  draws: number,
  first: number,
  count: number,
): void {
  for (let month = 0; month < months; month++)
    for (let column = 0; column < columnsOf(layout); column++) {
      const from = (month * layout.width + layout.trustSums + column) * draws
      const to = column * draws
      for (let draw = first; draw < first + count; draw++)
        totals[to + draw] = (totals[to + draw] as number) + (columns[from + draw] as number)
    }
}

export function totalsOf(
  model: Model,
  layout: Layout,
  totals: Float64Array,
  draws: number,
): readonly GroupTotals[] {
  const summariser = new Summariser(draws)
  return GROUPS.map((place, group) => {
    const of = (metric: Total, run: 0 | 1) =>
      valuesOf(
        layout,
        totals,
        draws,
        sourceOf(model, layout, metric, run, model.jurisdictions.length + group),
      )
    const viewsOf = (metric: Total) => {
      const views = { with: of(metric, 1), without: of(metric, 0) }
      const difference = views.with.map((value, d) => value - (views.without[d] as number))
      return Object.fromEntries(
        VIEWS.map((view) => [view, figureFrom(summariser, { ...views, difference }[view])]),
      )
    }
    return {
      place,
      totals: Object.fromEntries(TOTALS.map((metric) => [metric, viewsOf(metric)])) as GroupTotals['totals'],
    }
  })
}

/** With the plan less without it, by draw. @param group place among the groups */
export function differenceOf(
  model: Model,
  layout: Layout,
  totals: Float64Array,
  draws: number,
  metric: Total,
  group: number,
): Float64Array {
  const place = model.jurisdictions.length + group
  const [without, withPlan] = ([0, 1] as const).map((run) =>
    valuesOf(layout, totals, draws, sourceOf(model, layout, metric, run, place)),
  ) as [Float64Array, Float64Array]
  return withPlan.map((value, d) => value - (without[d] as number))
}

/** By draw; nought in every draw where no column stands for it. */
function valuesOf(layout: Layout, totals: Float64Array, draws: number, { columns }: Source): Float64Array {
  const values = new Float64Array(draws)
  for (const column of columns) {
    const from = (column - layout.trustSums) * draws
    for (let d = 0; d < draws; d++) values[d] = (values[d] as number) + (totals[from + d] as number)
  }
  return values
}

function figureFrom(summariser: Summariser, values: Float64Array): Figure {
  const figure = new Float64Array(FIGURE_SIZE)
  if (values.every((value) => value === 0)) writeConstant(0, figure, 0)
  else summariser.write(values, figure, 0)
  return figureAt(figure, 0)
}
