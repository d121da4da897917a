import type { IsoDate } from '../../base/index.ts'
import type { Agreement } from '../agreement.ts'
import { awaited, settledOn, signaturesOn, standingOf, type TrustBook } from '../book.ts'
import { decide, type MissingCondition } from '../decide.ts'
import { itemHash } from '../items.ts'
import type { Cause, Item, Signature, SignedAction } from '../schema.ts'

export const ITEM_STATUSES = ['waiting', 'withdrawn', 'sent', 'settled', 'done'] as const

/** A prepared act: what it is, what people sign, who has signed, and what still stands against it. */
export interface ItemView {
  readonly id: string
  readonly book: string
  readonly action: SignedAction
  readonly member: string
  readonly amount_cents: string
  readonly cause: Cause
  readonly prepared_on: IsoDate
  readonly prepared_by: string
  /** SHA-256 of the item: a signature is for this content and no other. */
  readonly sha256: string
  /** `waiting` for signatures or conditions; `sent` to the bank and not seen; `done` where no payment goes with it. */
  readonly status: (typeof ITEM_STATUSES)[number]
  readonly parts: readonly {
    readonly deposit: string
    readonly payday: string
    readonly agency: string
    readonly cents: string
  }[]
  readonly signatures: readonly Signature[]
  /** Conditions that are missing on the day asked about; only of a waiting item. */
  readonly missing: readonly MissingCondition[]
  /** Offices or roles that can bring what is missing, each once. */
  readonly next: readonly string[]
  /** Whether signatures are all that is missing. */
  readonly wants_signatures: boolean
  readonly executed_on: IsoDate | null
  readonly settled_on: IsoDate | null
  readonly withdrawn: { readonly on: IsoDate; readonly because: readonly string[] } | null
  readonly payments: readonly {
    readonly trace: string
    readonly cents: string
    readonly sent_on: IsoDate
    readonly settled_on: IsoDate | null
    readonly line: string | null
  }[]
}

/** @param day on which it is judged */
export function itemView(agreement: Agreement, book: TrustBook, item: Item, day: IsoDate): ItemView {
  const { id, action, member, amount_cents } = item
  const signatures = signaturesOn(book, id)
  const executed = book.executed.find((one) => one.item === id)
  const withdrawn = book.withdrawn.find((one) => one.item === id)
  const isWaiting = executed === undefined && withdrawn === undefined
  const question = { action, member, amount_cents, item, signatures }
  const missing = isWaiting
    ? decide(agreement, standingOf(book, agreement.document), question, day).missing
    : []
  const { holdings, ...content } = item
  return {
    ...content,
    amount_cents: String(amount_cents),
    sha256: itemHash(item),
    status: statusOf(book, item, executed !== undefined, withdrawn !== undefined),
    parts: holdings.map((part) => {
      const deposit = book.deposits.find((one) => one.id === part.id)
      return {
        deposit: part.id,
        payday: deposit?.payday ?? '',
        agency: deposit?.agency ?? '',
        cents: String(part.cents),
      }
    }),
    signatures,
    missing,
    next: [...new Set(missing.map(({ next }) => next))],
    wants_signatures: isWaiting && missing.every(({ kind }) => kind === 'signature'),
    executed_on: executed?.on ?? null,
    settled_on: settledOn(book, id) ?? null,
    withdrawn: withdrawn ? { on: withdrawn.on, because: withdrawn.because } : null,
    payments: paymentsOf(book, id),
  }
}

function statusOf(
  book: TrustBook,
  { id, action }: Item,
  isExecuted: boolean,
  isWithdrawn: boolean,
): ItemView['status'] {
  if (isWithdrawn) return 'withdrawn'
  if (!isExecuted) return 'waiting'
  if (action === 'wind-up') return 'done'
  return awaited(book).some(({ item }) => item === id) ? 'sent' : 'settled'
}

const paymentsOf = (book: TrustBook, id: string): ItemView['payments'] =>
  book.sent
    .filter(({ item }) => item === id)
    .map(({ trace, amount_cents, sent_on }) => {
      const seen = book.settled.find((one) => one.trace === trace)
      return {
        trace,
        cents: String(amount_cents),
        sent_on,
        settled_on: seen?.on ?? null,
        line: seen?.line ?? null,
      }
    })
