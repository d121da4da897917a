import { measurePosition, uniformAt } from './chances.ts'
import { isFrozen } from './freezes.ts'
import type { Model, Trust } from './model.ts'
import {
  ACCOUNT,
  B,
  CHANNEL_ROOM,
  DEPOSITED,
  type Desk,
  EARNINGS,
  INTEREST,
  P,
  PENALTY,
  QUEUE_LAST,
  QUEUE_THIS,
  REMITTED,
  type State,
} from './state.ts'

/** Failure-to-deposit penalty: 10 percent of what is more than 15 days late, 5 percent of this month's; 26 U.S.C. § 6656(b)(1)(A). */
export const DEPOSIT_PENALTY = 0.1
export const DEPOSIT_PENALTY_THIS_MONTH = 0.05
/** Late-payment penalty: half a percent a month, at most a quarter; 26 U.S.C. § 6651(a)(2). */
export const LATE_PAYMENT_PENALTY = 0.005
export const LATE_PAYMENT_MOST = 0.25

const accountOf = (model: Model, draw: number, trust: number, m: number): number =>
  ((draw * model.trusts.length + trust) * model.members.length + m) * ACCOUNT

/** Step 1 for a trust that a court has stopped: it settles for every member, on what it held a month before. */
export function settleAll(
  model: Model,
  state: State,
  desk: Desk,
  draw: number,
  month: number,
  measure: number,
): void {
  for (const [i, trust] of model.trusts.entries())
    if (trust.measure === measure)
      for (let m = 0; m < model.members.length; m++)
        settle(state, desk, accountOf(model, draw, i, m), m, penaltyIs(desk, trust, month))
}

const penaltyIs = (desk: Desk, trust: Trust, month: number): boolean =>
  uniformAt(measurePosition(month, trust.measure, 1), desk.key0, desk.key1) < desk.penaltyAssessed

/**
 * Held tax goes to the Treasury with the interest due on it and, where they are assessed, the penalties; earnings pay
 * these first. Nothing of a month in which a trust settles was deposited in that month.
 */
function settle(state: State, desk: Desk, account: number, m: number, penalties: boolean): void {
  const { accounts } = state
  const at = (field: number): number => accounts[account + field] as number
  const owed = at(INTEREST) + (penalties ? DEPOSIT_PENALTY * at(P) + at(PENALTY) : 0)
  const rest = at(EARNINGS) - owed
  desk.paid[m] = (desk.paid[m] as number) + owed
  if (rest < 0) desk.shortfall[m] = (desk.shortfall[m] as number) - rest
  else desk.rest[m] = (desk.rest[m] as number) + rest
  accounts[account + REMITTED] = at(REMITTED) + at(P)
  accounts.fill(0, account, account + DEPOSITED)
}

/** Step 4: deposits, settling, and what accrues on what is held. Leaves held and exposure by member on the desk. */
export function runTrusts(model: Model, state: State, desk: Desk, draw: number, month: number): void {
  const M = model.members.length
  const slot = draw * M * CHANNEL_ROOM
  const quarterMonth = (model.quarterMonth + month) % 3
  for (const [i, trust] of model.trusts.entries()) {
    if (desk.active[trust.measure] === 0) continue
    const anyHolds = trust.anyMember && holdsForAny(state, trust, slot, M)
    const penalties = penaltyIs(desk, trust, month)
    for (let m = 0; m < M; m++) {
      if (trust.belongs[m] === 0) continue
      const account = accountOf(model, draw, i, m)
      const holds = trust.anyMember ? anyHolds : holdsFor(state, trust, slot + m * CHANNEL_ROOM)
      const deposit = holds ? desk.compliance * (trust.due[m] as number) : 0
      if (holds) {
        state.accounts[account + P] = (state.accounts[account + P] as number) + deposit
        state.accounts[account + DEPOSITED] = (state.accounts[account + DEPOSITED] as number) + deposit
      } else if ((state.accounts[account + P] as number) > 0) settle(state, desk, account, m, penalties)
      accrue(model, state.accounts, account, deposit, trust.monthlyYield, quarterMonth)
      desk.held[m] = (desk.held[m] as number) + (state.accounts[account + P] as number)
      desk.exposure[m] = (desk.exposure[m] as number) + exposureOf(state.accounts, account, deposit)
    }
  }
}

const holdsFor = (state: State, trust: Trust, slot: number): boolean =>
  trust.holdWhen === 'always' || isFrozen(state, slot, trust.holdWhen === 'while-found-unlawful')

function holdsForAny(state: State, trust: Trust, slot: number, M: number): boolean {
  for (let m = 0; m < M; m++)
    if (trust.belongs[m] === 1 && holdsFor(state, trust, slot + m * CHANNEL_ROOM)) return true
  return false
}

/**
 * A quarter's deposits become interest-bearing together in the second month of the next (the day after the return's
 * due date): 4, 3 or 2 months after the first, second or third month of their quarter.
 */
function accrue(
  model: Model,
  accounts: Float64Array,
  account: number,
  deposit: number,
  monthlyYield: number,
  quarterMonth: number,
): void {
  const at = (field: number): number => accounts[account + field] as number
  accounts[account + EARNINGS] = at(EARNINGS) + at(P) * monthlyYield
  if (quarterMonth === 0) {
    accounts[account + QUEUE_LAST] = at(QUEUE_LAST) + at(QUEUE_THIS)
    accounts[account + QUEUE_THIS] = 0
  }
  accounts[account + QUEUE_THIS] = at(QUEUE_THIS) + deposit
  if (quarterMonth === 1) {
    accounts[account + B] = at(B) + at(QUEUE_LAST)
    accounts[account + QUEUE_LAST] = 0
  }
  accounts[account + INTEREST] = at(INTEREST) + (at(B) + at(INTEREST)) * model.monthlyUnderpaymentRate
  accounts[account + PENALTY] = Math.min(
    at(PENALTY) + LATE_PAYMENT_PENALTY * at(B),
    LATE_PAYMENT_MOST * at(P),
  )
}

function exposureOf(accounts: Float64Array, account: number, deposit: number): number {
  const at = (field: number): number => accounts[account + field] as number
  return (
    DEPOSIT_PENALTY * (at(P) - deposit) + DEPOSIT_PENALTY_THIS_MONTH * deposit + at(PENALTY) + at(INTEREST)
  )
}
