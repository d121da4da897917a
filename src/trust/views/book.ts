import type { IsoDate, Json } from '../../base/index.ts'
import type { Agreement } from '../agreement.ts'
import { heldDeposits, standingOf, type TrustBook } from '../book.ts'
import { bookOn } from '../book-on.ts'
import { capOf, heldOf } from '../context.ts'
import type { DayView } from '../day.ts'
import { decide, stateOn } from '../decide.ts'
import { type DepositExposure, type Exposure, exposureOn } from '../liability/exposure.ts'
import { factsOn, membersOn } from '../recorded.ts'
import type { AgreementState, BookKind } from '../schema.ts'
import { type DecisionView, decisionView } from './decision.ts'
import { type ItemView, itemView } from './item.ts'
import { type StatementView, statementsView } from './statements.ts'

/** What a page or an answer needs to know of an adopted book, beside its rows. */
export interface BookHead {
  readonly book: string
  readonly kind: BookKind
  readonly agreement: Agreement
  readonly adopted_at: string
  readonly adopted_by: string
  readonly last_day: IsoDate | null
}

/** A book of the trust on a day: the balance, the liability beside it, and what waits for whom. Amounts are cents. */
export interface BookView {
  readonly book: string
  readonly kind: BookKind
  readonly agreement: string
  readonly title: string
  readonly title_es: string
  readonly members: readonly string[]
  readonly adopted_at: string
  readonly adopted_by: string
  /** The law that an operating book stands on; null in a simulation. */
  readonly authority: {
    readonly citation: string
    readonly effective: string
    readonly opinion: string
  } | null
  readonly day: IsoDate
  readonly last_day: IsoDate | null
  readonly state: AgreementState
  readonly because: readonly string[]
  readonly held_cents: string
  readonly cap_cents: string | null
  readonly awaiting_cents: string
  readonly earnings_cents: readonly { readonly member: string; readonly cents: string }[]
  /** Null where a rate of a quarter is not carried: then nothing is said about it, and the page says so. */
  readonly exposure: ExposureView | null
  /** May one more cent of the first class be held today? Its missing conditions say why not. */
  readonly holding: DecisionView
  readonly items: readonly ItemView[]
  readonly facts: readonly {
    readonly id: string
    readonly recorded_at: string
    readonly recorded_by: string
    readonly fact: Json
  }[]
  readonly statements: readonly StatementView[]
  /** Balance and liability of every day that was run, oldest first: one picture over time. */
  readonly days: readonly DayView[]
}

export interface ExposureView {
  readonly deposit_penalty_cents: string
  readonly late_payment_cents: string
  readonly interest_cents: string
  readonly owed_cents: string
  readonly deposits: readonly {
    readonly id: string
    readonly held_cents: string
    readonly due_date: IsoDate
    readonly return_due_date: IsoDate
    readonly tier: DepositExposure['tier']
    readonly percent: number
    readonly days_late: number
    readonly months_late: number
    readonly deposit_penalty_cents: string
    readonly late_payment_cents: string
    readonly interest_cents: string
    readonly owed_cents: string
  }[]
}

/** @param whole all that was recorded; what lies after the day is left out */
export function bookView(head: BookHead, whole: TrustBook, days: readonly DayView[], day: IsoDate): BookView {
  const rows = bookOn(whole, day)
  const { agreement } = head
  const { document } = agreement
  const standing = standingOf(rows, document)
  const cap = capOf(document, standing, day)
  const exposure = exposureOn(heldDeposits(rows), day)
  const [depositor_class] = document.depositor_classes
  const [member] = membersOn(factsOn(rows.facts, day), document, day)
  const question = {
    action: 'hold' as const,
    member: member ?? document.members[0] ?? '',
    depositor_class: depositor_class?.id ?? '',
    amount_cents: 1n,
    deposit_due: day,
  }
  const { authority } = rows
  return {
    book: head.book,
    kind: head.kind,
    agreement: document.id,
    title: document.title,
    title_es: document.title_es,
    members: document.members,
    adopted_at: head.adopted_at,
    adopted_by: head.adopted_by,
    authority:
      authority.kind === 'simulation'
        ? null
        : {
            citation: authority.citation,
            effective: authority.effective,
            opinion: `${authority.opinion.title} (${authority.opinion.by}, ${authority.opinion.date})`,
          },
    day,
    last_day: head.last_day,
    ...stateOn(agreement, standing, day),
    held_cents: String(heldOf(standing.holdings)),
    cap_cents: cap === undefined ? null : String(cap),
    awaiting_cents: String(standing.awaiting_cents),
    earnings_cents: [...standing.earnings].map(([whose, cents]) => ({ member: whose, cents: String(cents) })),
    exposure: exposure.ok ? exposureView(exposure.value) : null,
    holding: decisionView(decide(agreement, standing, question, day)),
    items: rows.items.toReversed().map((item) => itemView(agreement, rows, item, day)),
    facts: rows.facts.map(({ id, recorded_at, recorded_by, fact }) => ({
      id,
      recorded_at,
      recorded_by,
      fact: plain(fact),
    })),
    statements: statementsView(rows, document, day),
    days,
  }
}

export const exposureView = (exposure: Exposure): ExposureView => ({
  ...amounts(exposure),
  deposits: exposure.deposits.map((row) => ({
    id: row.id,
    held_cents: String(row.held),
    due_date: row.due_date,
    return_due_date: row.return_due_date,
    tier: row.tier,
    percent: row.percent,
    days_late: row.days_late,
    months_late: row.months_late,
    ...amounts(row),
  })),
})

const amounts = (row: Pick<DepositExposure, 'deposit_penalty' | 'late_payment' | 'interest' | 'owed'>) => ({
  deposit_penalty_cents: String(row.deposit_penalty),
  late_payment_cents: String(row.late_payment),
  interest_cents: String(row.interest),
  owed_cents: String(row.owed),
})

const plain = (value: unknown): Json =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))) as Json
