import type { IsoDate, Json } from '../../base/index.ts'
import type { Agreement } from '../agreement.ts'
import { itemHash } from '../items.ts'
import type { Rehearsal, RehearsalDay, RehearsalEvent } from '../rehearse.ts'
import type { AgreementState } from '../schema.ts'
import { decisionView } from './decision.ts'
import { type ItemView, itemView } from './item.ts'
import { type StatementView, statementsView } from './statements.ts'

/** A day of a rehearsal as it is shown and printed. Amounts are cents as decimal strings. */
export interface RehearsalDayView {
  readonly day: IsoDate
  readonly state: AgreementState
  readonly because: readonly string[]
  readonly held_cents: string
  readonly awaiting_cents: string
  readonly earnings_cents: string
  /** Seen at the bank as paid out of the trust. */
  readonly paid_cents: string
  readonly exposure: {
    readonly deposit_penalty_cents: string
    readonly late_payment_cents: string
    readonly interest_cents: string
    readonly owed_cents: string
  } | null
  /** Each has a `kind`: fact, payday, prepared, withdrawn, signed, ach, settled, asked. */
  readonly events: readonly ({ readonly kind: RehearsalEvent['kind'] } & { readonly [field: string]: Json })[]
}

export const rehearsalDays = ({ days }: Rehearsal): readonly RehearsalDayView[] => days.map(dayOf)

/** Every prepared item of the rehearsal as it ended. */
export const rehearsalItems = (agreement: Agreement, { book, days }: Rehearsal): readonly ItemView[] => {
  const last = days.at(-1)?.day
  return last === undefined ? [] : book.items.map((item) => itemView(agreement, book, item, last))
}

export const rehearsalStatements = (
  agreement: Agreement,
  { book, days }: Rehearsal,
): readonly StatementView[] => {
  const last = days.at(-1)?.day
  return last === undefined ? [] : statementsView(book, agreement.document, last)
}

const dayOf = (day: RehearsalDay): RehearsalDayView => ({
  day: day.day,
  state: day.state,
  because: day.because,
  held_cents: String(day.held_cents),
  awaiting_cents: String(day.awaiting_cents),
  earnings_cents: String(day.earnings_cents),
  paid_cents: String(day.paid_cents),
  exposure: day.exposure
    ? {
        deposit_penalty_cents: String(day.exposure.deposit_penalty),
        late_payment_cents: String(day.exposure.late_payment),
        interest_cents: String(day.exposure.interest),
        owed_cents: String(day.exposure.owed),
      }
    : null,
  events: day.events.map(eventOf),
})

function eventOf(event: RehearsalEvent): RehearsalDayView['events'][number] {
  switch (event.kind) {
    case 'asked':
      return { kind: event.kind, decision: plain(decisionView(event.decision)) }
    case 'prepared':
      return {
        kind: event.kind,
        item: event.item.id,
        action: event.item.action,
        member: event.item.member,
        amount_cents: String(event.item.amount_cents),
        cause: event.item.cause,
        sha256: itemHash(event.item),
      }
    default:
      return plain(event) as RehearsalDayView['events'][number]
  }
}

const plain = (value: unknown): Json =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))) as Json
