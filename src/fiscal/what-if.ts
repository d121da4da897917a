import { type Cents, cents, divideHalfUp } from '../base/index.ts'
import type { Award } from './schema.ts'

/** A line of an inventory as the question sees it: dollars a year, spread evenly over its months. */
export type Line = Pick<Award, 'line' | 'agency' | 'programme' | 'aln' | 'strength' | 'state_agency'> &
  Pick<Award, 'amount_cents' | 'match_cents' | 'effort_cents'>

export interface Stop {
  readonly months: number
  /** What the jurisdiction holds in reserve at the start, if it has said so. */
  readonly reserve: Cents | undefined
}

export interface StopMonth {
  readonly month: number
  /** Money that does not come in this month, and since the start. */
  readonly lost: Cents
  readonly lost_so_far: Cents
  /** What the reserve would still hold if it replaced all of it; never below zero. */
  readonly reserve_left: Cents | undefined
}

export interface StopEffect {
  readonly months: readonly StopMonth[]
  readonly total: Cents
  readonly lines: readonly { readonly line: Line; readonly lost: Cents }[]
  readonly services: readonly string[]
  readonly state_agencies: readonly string[]
  /** The state's own match for these lines in the same months: it need not be spent while they stand still. */
  readonly match_free: Cents
  /** Months that the reserve lasts, to the tenth, rounded down; undefined without a reserve or a loss. */
  readonly runway_tenths: bigint | undefined
}

/** Longest stop that may be asked about. */
export const MOST_MONTHS = 60

/** A twelfth a month: what is lost after n months is n twelfths of the year, rounded once, so twelve make the year. */
const lostAfter = (yearly: bigint, months: number): bigint => divideHalfUp(yearly * BigInt(months), 12n)

/**
 * What it does to cash when the lines stop for some months and nothing replaces them.
 * @param lines yearly amounts; a line may be negative (a repayment), and then softens the loss
 */
export function stop(lines: readonly Line[], { months, reserve }: Stop): StopEffect {
  const yearly = lines.reduce((sum, line) => sum + line.amount_cents, 0n)
  const rows = Array.from({ length: months }, (_, at) => {
    const soFar = lostAfter(yearly, at + 1)
    const left = reserve === undefined ? undefined : cents(reserve > soFar ? reserve - soFar : 0n)
    return {
      month: at + 1,
      lost: cents(soFar - lostAfter(yearly, at)),
      lost_so_far: cents(soFar),
      reserve_left: left,
    }
  })
  return {
    months: rows,
    total: cents(lostAfter(yearly, months)),
    lines: lines.map((line) => ({ line, lost: cents(lostAfter(line.amount_cents, months)) })),
    services: distinct(lines.map((line) => line.programme)),
    state_agencies: distinct(lines.map((line) => line.state_agency)),
    match_free: cents(
      lostAfter(
        lines.reduce((sum, line) => sum + (line.match_cents ?? 0n), 0n),
        months,
      ),
    ),
    runway_tenths: reserve === undefined || yearly <= 0n ? undefined : runwayTenths(reserve, yearly),
  }
}

/** Months until the reserve is used up, in tenths, rounded down. @param yearly more than zero */
export const runwayTenths = (reserve: bigint, yearly: bigint): bigint => (reserve * 120n) / yearly

const distinct = (words: readonly (string | null)[]): readonly string[] =>
  [...new Set(words.filter((word) => word !== null))].sort()
