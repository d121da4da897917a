import { type Cents, cents, type IsoDate, ok, type Result } from '../../base/index.ts'
import type { Quarter } from './days.ts'
import { type DepositTier, depositPenalty } from './deposit-penalty.ts'
import { returnDueDate } from './depositor.ts'
import { type Fraction, fraction, plus, toCents } from './fraction.ts'
import { businessDayFrom } from './holidays.ts'
import { interest, type RateMissing } from './interest.ts'
import { latePayment, monthsLate } from './late-payment.ts'

/** Tax that a trust holds instead of depositing it. What was released is no longer held, and stays counted until its day. */
export interface HeldDeposit {
  readonly id: string
  /** Tax that was held at first. */
  readonly amount: Cents
  /** Due date of the deposit that was not made. */
  readonly due_date: IsoDate
  /** Quarter of the pay date: its Form 941 due date starts interest and the late-payment penalty. */
  readonly quarter: Quarter
  /** What has since reached the Treasury, and when; what went elsewhere than to the Treasury is still owed. */
  readonly paid: readonly { readonly date: IsoDate; readonly amount: Cents }[]
  readonly first_notice_date?: IsoDate | undefined
  readonly demand_date?: IsoDate | undefined
}

/** What one deposit has cost, or would if a court judged it late, on a day. Penalties may be waived for reasonable cause. */
export interface DepositExposure {
  readonly id: string
  /** Not yet with the Treasury. */
  readonly held: Cents
  readonly due_date: IsoDate
  readonly return_due_date: IsoDate
  /** Tier of what is still held; of what was paid last where nothing is. */
  readonly tier: DepositTier
  readonly percent: number
  /** Calendar days after the deposit's due date. */
  readonly days_late: number
  /** Months and parts of months after the return's due date. */
  readonly months_late: number
  readonly deposit_penalty: Cents
  readonly late_payment: Cents
  readonly interest: Cents
  readonly owed: Cents
}

export interface Exposure {
  readonly as_of: IsoDate
  readonly deposits: readonly DepositExposure[]
  readonly held: Cents
  readonly deposit_penalty: Cents
  readonly late_payment: Cents
  readonly interest: Cents
  /** The three together; never the tax itself. */
  readonly owed: Cents
}

/** Exposure of every deposit and of all on a day, as if what is still held were paid on that day. */
export function exposureOn(deposits: readonly HeldDeposit[], asOf: IsoDate): Result<Exposure, RateMissing> {
  const rows: DepositExposure[] = []
  for (const deposit of deposits) {
    const row = depositExposure(deposit, asOf)
    if (!row.ok) return row
    rows.push(row.value)
  }
  const sum = (key: 'held' | 'deposit_penalty' | 'late_payment' | 'interest' | 'owed') =>
    cents(rows.reduce((total, row) => total + row[key], 0n))
  return ok({
    as_of: asOf,
    deposits: rows,
    held: sum('held'),
    deposit_penalty: sum('deposit_penalty'),
    late_payment: sum('late_payment'),
    interest: sum('interest'),
    owed: sum('owed'),
  })
}

function depositExposure(deposit: HeldDeposit, asOf: IsoDate): Result<DepositExposure, RateMissing> {
  const pieces = piecesOn(deposit, asOf)
  const due = returnDueDate(deposit.quarter)
  let [penalty, late, cost] = [fraction(0n), fraction(0n), fraction(0n)]
  for (const piece of pieces) {
    penalty = plus(penalty, penaltyOf(deposit, piece).penalty)
    // Paid on the business day that follows a return's due date on a holiday counts as in time (26 U.S.C. § 7503).
    if (piece.until <= businessDayFrom(due)) continue
    late = plus(late, latePayment(piece.amount, monthsLate(due, piece.until)))
    const accrued = interest(piece.amount, due, piece.until)
    if (!accrued.ok) return accrued
    cost = plus(cost, accrued.value)
  }
  return ok(rowOf(deposit, pieces, due, asOf, [penalty, late, cost]))
}

interface Piece {
  readonly amount: Cents
  /** The day it was paid, or the day that is asked about. */
  readonly until: IsoDate
}

/** What was paid by the day, each part for itself, and the rest. */
function piecesOn({ amount, paid }: HeldDeposit, asOf: IsoDate): readonly Piece[] {
  const done = paid
    .filter((payment) => payment.date <= asOf)
    .map((payment) => ({ amount: payment.amount, until: payment.date }))
  const rest = amount - done.reduce((sum, piece) => sum + piece.amount, 0n)
  return rest > 0n ? [...done, { amount: cents(rest), until: asOf }] : done
}

const penaltyOf = ({ due_date, first_notice_date, demand_date }: HeldDeposit, { amount, until }: Piece) =>
  depositPenalty({ amount, due_date, deposit_date: until, first_notice_date, demand_date })

function rowOf(
  deposit: HeldDeposit,
  pieces: readonly Piece[],
  returnDue: IsoDate,
  asOf: IsoDate,
  owed: readonly [Fraction, Fraction, Fraction],
): DepositExposure {
  const last = pieces.at(-1) ?? { amount: cents(0n), until: asOf }
  const { tier, percent, days_late } = penaltyOf(deposit, last)
  const [deposit_penalty, late_payment, interestOwed] = owed.map(toCents) as [Cents, Cents, Cents]
  const paid = deposit.paid.reduce((sum, payment) => sum + (payment.date <= asOf ? payment.amount : 0n), 0n)
  return {
    id: deposit.id,
    held: cents(deposit.amount > paid ? deposit.amount - paid : 0n),
    due_date: deposit.due_date,
    return_due_date: returnDue,
    tier,
    percent,
    days_late,
    months_late: last.until <= businessDayFrom(returnDue) ? 0 : monthsLate(returnDue, last.until),
    deposit_penalty,
    late_payment,
    interest: interestOwed,
    owed: cents(deposit_penalty + late_payment + interestOwed),
  }
}
