import type { IsoDate } from '../base/index.ts'
import type { DayRun } from './acts.ts'
import type { Agreement } from './agreement.ts'
import { heldDeposits, openItems, standingOf } from './book.ts'
import { capOf, heldOf } from './context.ts'
import { type Exposure, exposureOn } from './liability/exposure.ts'
import type { AgreementState } from './schema.ts'

/** The picture of a day: the balance and, never apart from it, what the holding could cost. Amounts are cents. */
export interface DayView {
  readonly day: IsoDate
  readonly state: AgreementState
  readonly because: readonly string[]
  readonly held_cents: string
  readonly cap_cents: string | null
  readonly awaiting_cents: string
  readonly earnings_cents: string
  readonly waiting_items: number
  readonly prepared: readonly string[]
  readonly withdrawn: readonly string[]
  /** Null where a rate of the quarter is not carried, which `exposure_missing` names. */
  readonly exposure: {
    readonly deposit_penalty: string
    readonly late_payment: string
    readonly interest: string
    readonly owed: string
  } | null
  readonly exposure_missing: string | null
}

export function dayView(agreement: Agreement, run: DayRun, day: IsoDate): DayView {
  const { book, state, because, prepared, withdrawn } = run
  const standing = standingOf(book, agreement.document)
  const exposure = exposureOn(heldDeposits(book), day)
  const cap = capOf(agreement.document, standing, day)
  const earnings = [...standing.earnings.values()].reduce((sum, one) => sum + one, 0n)
  return {
    day,
    state,
    because,
    held_cents: String(heldOf(standing.holdings)),
    cap_cents: cap === undefined ? null : String(cap),
    awaiting_cents: String(standing.awaiting_cents),
    earnings_cents: String(earnings),
    waiting_items: openItems(book).length,
    prepared: prepared.map(({ id }) => id),
    withdrawn: withdrawn.map(({ item }) => item),
    exposure: exposure.ok ? exposureTexts(exposure.value) : null,
    exposure_missing: exposure.ok ? null : JSON.stringify(exposure.error),
  }
}

export const exposureTexts = ({ deposit_penalty, late_payment, interest, owed }: Exposure) => ({
  deposit_penalty: String(deposit_penalty),
  late_payment: String(late_payment),
  interest: String(interest),
  owed: String(owed),
})
