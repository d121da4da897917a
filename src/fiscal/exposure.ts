import { type Cents, cents, type DivisionId } from '../base/index.ts'
import type { FunctionStrength } from './facts.ts'
import type { Figures } from './figures.ts'
import { type Award, type Figure, STRENGTHS, type Strength } from './schema.ts'
import { centsOf } from './units.ts'

/** Federal money that a jurisdiction's budget depends on, by how firmly the law holds it. */
export interface Exposure {
  readonly total: Cents
  /** In the order of STRENGTHS; strengths with nothing are left out. */
  readonly lines: readonly { readonly strength: Strength; readonly amount: Cents }[]
  /** Figures that it was made from, the published total first. Empty when it comes from an inventory. */
  readonly inputs: readonly Figure[]
  readonly year: number
}

/** Money paid past the budget, to people and firms: shown beside the exposure, never inside it. */
export const isBudgetMoney = (strength: Strength): boolean => strength !== 'contract' && strength !== 'direct'

/**
 * Federal grants to the state government in the newest year of the Census survey, each function judged by our
 * table `strength_by_function.csv`. The total is the published one.
 */
export function exposureByFunction(
  figures: Figures,
  place: DivisionId,
  judged: readonly FunctionStrength[],
): Exposure | undefined {
  const total = figures.latest(place, 'census_grants', 'state_fed_grants_total')
  if (!total) return undefined
  const parts = judged.flatMap(({ category, strength }) => {
    const figure = figures.figure(place, 'census_grants', category, total.year)
    return figure ? [{ strength, figure }] : []
  })
  return {
    total: centsOf(total),
    lines: byStrength(parts.map(({ strength, figure }) => ({ strength, amount: centsOf(figure) }))),
    inputs: [total, ...parts.map((part) => part.figure)],
    year: total.year,
  }
}

/** The exposure that a list of awards shows: budget money of its newest year. */
export function exposureOfAwards(
  awards: readonly Pick<Award, 'year' | 'strength' | 'amount_cents'>[],
): Exposure | undefined {
  const year = awards.reduce((newest, award) => Math.max(newest, award.year), 0)
  const counted = awards.filter((award) => award.year === year && isBudgetMoney(award.strength))
  if (counted.length === 0) return undefined
  const lines = byStrength(counted.map((a) => ({ strength: a.strength, amount: cents(a.amount_cents) })))
  return { total: cents(lines.reduce((sum, line) => sum + line.amount, 0n)), lines, inputs: [], year }
}

function byStrength(parts: readonly { readonly strength: Strength; readonly amount: Cents }[]) {
  return STRENGTHS.flatMap((strength) => {
    const own = parts.filter((part) => part.strength === strength)
    const amount = cents(own.reduce((sum, part) => sum + part.amount, 0n))
    return own.length === 0 || amount === 0n ? [] : [{ strength, amount }]
  })
}
