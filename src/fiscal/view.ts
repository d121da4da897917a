import { type DivisionId, divideHalfUp, NATION } from '../base/index.ts'
import {
  balanceOf,
  deficitNeutral,
  type Flows,
  inDollarsOf,
  type PriceLevel,
  perResident,
  perTenThousandOfGdp,
} from './balance.ts'
import type { Figures } from './figures.ts'
import { type Estimate, estimates, METHODS } from './rivals.ts'
import { parseDecimal, toCents } from './units.ts'

/** The switches of the position pages: how one and the same estimate is counted. */
export const VIEWS = ['total', 'per-resident', 'real', 'gdp-share', 'deficit-neutral'] as const
export type View = (typeof VIEWS)[number]

/** Real values are in dollars of this year. */
export const PRICE_YEAR = 2024

/** `value` is in cents, or in ten-thousandths of GDP for `gdp-share`. */
export type Viewed =
  | { readonly ok: true; readonly value: bigint; readonly unit: 'cents' | 'ten-thousandths' }
  | { readonly ok: false; readonly missing: Missing }

/** Why an estimate has no value in a view: a sentence of the page names it. */
export type Missing =
  | 'no-population'
  | 'no-gdp'
  | 'no-price-level'
  | 'many-years'
  | 'one-side-only'
  | 'not-in-source'
  | 'already-neutral'

/** One estimate's balance in a view. What is missing leaves it out by name. */
export function viewBalance(figures: Figures, estimate: Estimate, view: View): Viewed {
  if (view === 'deficit-neutral') return neutralBalance(figures, estimate)
  if (estimate.year_span > 1 && view !== 'total') return { ok: false, missing: 'many-years' }
  return viewAmount(figures, estimate.jurisdiction, estimate.year, estimate.balance, view)
}

/** An amount of one place and year in a view; the deficit-neutral one leaves single amounts as they are. */
export function viewAmount(
  figures: Figures,
  place: DivisionId,
  year: number,
  amount: bigint,
  view: View,
): Viewed {
  const money = (value: bigint): Viewed => ({ ok: true, value, unit: 'cents' })
  if (view === 'total' || view === 'deficit-neutral') return money(amount)
  if (view === 'per-resident') {
    const residents = residentsOf(figures, place, year)
    return residents === undefined
      ? { ok: false, missing: 'no-population' }
      : money(perResident(amount, residents))
  }
  if (view === 'real') {
    const [then, now] = [priceLevel(figures, year), priceLevel(figures, PRICE_YEAR)]
    return then && now ? money(inDollarsOf(amount, then, now)) : { ok: false, missing: 'no-price-level' }
  }
  const gdp = figures.figure(place, 'bea_macro', 'gdp_current', year)
  if (!gdp) return { ok: false, missing: 'no-gdp' }
  const share = perTenThousandOfGdp(amount, toCents(gdp.value, gdp.unit))
  return { ok: true, value: share, unit: 'ten-thousandths' }
}

/** Residents of the year; for a year after the newest count, none: a guess would hide in the figure. */
function residentsOf(figures: Figures, place: DivisionId, year: number): bigint | undefined {
  const figure = figures.figure(place, 'bea_macro', 'population', year)
  return figure && parseDecimal(figure.value).digits
}

/** The nation's implied GDP price level of a calendar year: current over chained dollars (BEA SAGDP1). */
export function priceLevel(figures: Figures, year: number): PriceLevel | undefined {
  const current = figures.figure(NATION, 'bea_macro', 'gdp_current', year)
  const chained = figures.figure(NATION, 'bea_macro', 'gdp_real_2017', year)
  if (!current || !chained) return undefined
  const [a, b] = [parseDecimal(current.value), parseDecimal(chained.value)]
  return { current: a.digits * b.scale, chained: b.digits * a.scale }
}

function neutralBalance(figures: Figures, estimate: Estimate): Viewed {
  if (estimate.id === 'tax_foundation') return { ok: false, missing: 'already-neutral' }
  if (!METHODS.some((method) => method.id === estimate.id)) return { ok: false, missing: 'one-side-only' }
  const flows = neutralFlows(figures, estimate.id).get(estimate.jurisdiction)
  return flows
    ? { ok: true, value: balanceOf(flows), unit: 'cents' }
    : { ok: false, missing: 'one-side-only' }
}

const neutral = new WeakMap<Figures, Map<string, ReadonlyMap<DivisionId, Flows>>>()

/** A method's flows for every state it covers, receipts scaled to spending; kept as long as the figures are. */
export function neutralFlows(figures: Figures, methodId: string): ReadonlyMap<DivisionId, Flows> {
  const known = neutral.get(figures) ?? new Map<string, ReadonlyMap<DivisionId, Flows>>()
  neutral.set(figures, known)
  const made = known.get(methodId)
  if (made) return made
  const nation = new Map<DivisionId, Flows>()
  for (const [place, one] of estimates(figures, methodId)) if (one.flows) nation.set(place, one.flows)
  const scaled = deficitNeutral(nation)
  known.set(methodId, scaled)
  return scaled
}

/** A method's balances for the whole nation in a view, largest balance first; places left out by name. */
export function ranking(
  figures: Figures,
  methodId: string,
  view: View,
): {
  readonly ranked: readonly { readonly estimate: Estimate; readonly value: bigint; readonly rank: number }[]
  readonly leftOut: readonly { readonly jurisdiction: DivisionId; readonly missing: Missing }[]
} {
  const viewed = [...estimates(figures, methodId).values()].map((one) => ({
    one,
    viewed: viewBalance(figures, one, view),
  }))
  const ranked = viewed
    .flatMap(({ one, viewed: v }) => (v.ok ? [{ estimate: one, value: v.value }] : []))
    .sort((a, b) => (a.value === b.value ? 0 : a.value < b.value ? 1 : -1))
    .map((row, _, all) => ({ ...row, rank: 1 + all.filter((other) => other.value > row.value).length }))
  const leftOut = viewed.flatMap(({ one, viewed: v }) =>
    v.ok ? [] : [{ jurisdiction: one.jurisdiction, missing: v.missing }],
  )
  return { ranked, leftOut }
}

/** A part of a place's receipts by one method, scaled as its whole is when the nation balances. */
export function neutralShare(figures: Figures, methodId: string, place: DivisionId, part: bigint): bigint {
  const whole = estimates(figures, methodId).get(place)?.flows?.gives
  const scaled = neutralFlows(figures, methodId).get(place)?.gives
  return whole === undefined || scaled === undefined || whole === 0n
    ? part
    : divideHalfUp(part * scaled, whole)
}
