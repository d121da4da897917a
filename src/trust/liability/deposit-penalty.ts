import type { Cents, IsoDate } from '../../base/index.ts'
import { AFTER_NOTICE, DEPOSIT_TIERS } from '../data/penalty-rates.ts'
import { addDays, daysBetween } from './days.ts'
import { type Fraction, fraction } from './fraction.ts'

export type DepositTier = 'on_time' | (typeof DEPOSIT_TIERS)[number]['tier'] | typeof AFTER_NOTICE.tier

export interface LateDeposit {
  readonly amount: Cents
  readonly due_date: IsoDate
  /** When it was deposited; for what is still held, the day that is asked about. */
  readonly deposit_date: IsoDate
  /** First delinquency notice for this tax. */
  readonly first_notice_date?: IsoDate | undefined
  /** Notice and demand for immediate payment (jeopardy). */
  readonly demand_date?: IsoDate | undefined
}

export interface DepositPenalty {
  readonly tier: DepositTier
  readonly percent: number
  /** Calendar days after the due date, 0 for a deposit in time. */
  readonly days_late: number
  /** Exact; rounded once by who shows or adds it. */
  readonly penalty: Fraction
}

/**
 * Failure-to-deposit penalty, before any waiver for reasonable cause.
 * Source: 26 U.S.C. § 6656(b). It counts from the deposit's due date, not from that of the return.
 */
export function depositPenalty(deposit: LateDeposit): DepositPenalty {
  const days_late = Math.max(0, daysBetween(deposit.due_date, deposit.deposit_date))
  const { tier, percent } = tierOf(deposit, days_late)
  return { tier, percent, days_late, penalty: fraction(deposit.amount * BigInt(percent), 100n) }
}

function tierOf(deposit: LateDeposit, daysLate: number): { tier: DepositTier; percent: number } {
  const reached = DEPOSIT_TIERS.findLast((row) => daysLate >= row.from_day)
  if (!reached) return { tier: 'on_time', percent: 0 }
  return isAfterNotice(deposit) ? AFTER_NOTICE : reached
}

const isAfterNotice = ({ first_notice_date, demand_date, deposit_date }: LateDeposit): boolean =>
  (first_notice_date !== undefined && deposit_date > addDays(first_notice_date, AFTER_NOTICE.days)) ||
  (demand_date !== undefined && deposit_date > demand_date)
