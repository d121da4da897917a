import { netFiscalOf, placesOf } from './horizon.ts'
import { GROUPS, type Group, type Layout } from './layout.ts'
import type { Model } from './model.ts'
import type { Endings } from './state.ts'
import { differenceOf, TOTALS } from './totals.ts'

/** What the horizon changes for a group, with the plan less without it: the net fiscal result, then the totals. */
export const OUTCOMES = ['netFiscal', ...TOTALS] as const
export type Outcome = (typeof OUTCOMES)[number]

/** By group, outcome and draw: what it takes to hold two plans against each other on the same chances. */
export function outcomesOf(
  model: Model,
  layout: Layout,
  endings: Endings,
  totals: Float64Array,
  draws: number,
): Float64Array {
  const values = new Float64Array(GROUPS.length * OUTCOMES.length * draws)
  const places = placesOf(model)
  for (const [g, group] of GROUPS.entries()) {
    const jurisdictions = places.find(({ place }) => place === group)?.jurisdictions ?? []
    values.set(netFiscalOf(model, endings, jurisdictions, draws), g * OUTCOMES.length * draws)
    for (const [t, total] of TOTALS.entries())
      values.set(differenceOf(model, layout, totals, draws, total, g), (g * OUTCOMES.length + 1 + t) * draws)
  }
  return values
}

/** One outcome of a group, by draw. */
export function outcomeOf(
  { outcomes, draws }: { readonly outcomes: Float64Array; readonly draws: number },
  group: Group,
  outcome: Outcome,
): Float64Array {
  const from = (GROUPS.indexOf(group) * OUTCOMES.length + OUTCOMES.indexOf(outcome)) * draws
  return outcomes.subarray(from, from + draws)
}
