import { assert, type Cents, cents, divideHalfUp } from '../base/index.ts'

/** Federal spending in a jurisdiction and federal receipts from it, in the same year and by the same source. */
export interface Flows {
  readonly gets: Cents
  readonly gives: Cents
}

/**
 * The balance of payments: federal spending in the jurisdiction minus federal receipts from it. Positive: it gets
 * more than it pays. Every balance of this project is made here, and nowhere else.
 */
export const balanceOf = ({ gets, gives }: Flows): Cents => cents(gets - gives)

export type Side = 'pays-more' | 'gets-more' | 'even'
export const sideOf = (balance: bigint): Side =>
  balance < 0n ? 'pays-more' : balance > 0n ? 'gets-more' : 'even'

/** @param residents more than zero */
export const perResident = (amount: bigint, residents: bigint): Cents =>
  cents(divideHalfUp(amount, residents))

/** Ten-thousandths of a GDP, halves away from zero. */
export const perTenThousandOfGdp = (amount: bigint, gdp: bigint): bigint =>
  divideHalfUp(amount * 10_000n, gdp)

/** A price level: dollars of the year over chained dollars, both of the nation. */
export interface PriceLevel {
  readonly current: bigint
  readonly chained: bigint
}

/** An amount of one year in dollars of another: times the ratio of the two years' price levels, one rounding. */
export const inDollarsOf = (amount: bigint, then: PriceLevel, now: PriceLevel): Cents =>
  cents(divideHalfUp(amount * now.current * then.chained, now.chained * then.current))

/**
 * Receipts scaled so that the nation balances: each jurisdiction's share of receipts times the nation's spending.
 * What rounding leaves goes cent by cent to the largest remainders, so that the balances add up to exactly zero.
 */
export function deficitNeutral<K>(nation: ReadonlyMap<K, Flows>): ReadonlyMap<K, Flows> {
  const rows = [...nation]
  const spending = rows.reduce((sum, [, flows]) => sum + flows.gets, 0n)
  const receipts = rows.reduce((sum, [, flows]) => sum + flows.gives, 0n)
  assert(receipts > 0n && spending >= 0n, 'a nation has receipts and spending')
  const scaled = rows.map(([place, { gets, gives }], at) => {
    assert(gives >= 0n, 'receipts are never negative')
    return { place, gets, at, whole: (gives * spending) / receipts, rest: (gives * spending) % receipts }
  })
  let missing = spending - scaled.reduce((sum, row) => sum + row.whole, 0n)
  const extra = new Set<number>()
  for (const row of scaled.toSorted((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest < b.rest ? 1 : -1))) {
    if (missing === 0n) break
    extra.add(row.at)
    missing -= 1n
  }
  return new Map(
    scaled.map(({ place, gets, at, whole }) => [
      place,
      { gets, gives: cents(extra.has(at) ? whole + 1n : whole) },
    ]),
  )
}
