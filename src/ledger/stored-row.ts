import { cents, type IsoDate } from '../base/index.ts'
import type { Account, AccountId, Kind, Limit, Side, Transfer, TransferId } from './schema.ts'

/** Whole cents; text where the row came as JSON, whose numbers would round them. */
type Whole = bigint | string

/** A row of `ledger_account`; `closed` is whether a batch closed it. */
export interface StoredAccount {
  readonly id: string
  readonly code: string
  readonly normal: Side
  readonly limit: Limit | null
  readonly upper: Whole | null
  readonly closed: boolean
  readonly debits_pending: Whole
  readonly debits_posted: Whole
  readonly credits_pending: Whole
  readonly credits_posted: Whole
}

export const readAccount = (row: StoredAccount): Account => ({
  id: row.id as AccountId,
  code: row.code,
  normal: row.normal,
  limit: row.limit,
  upper: row.upper === null ? null : cents(BigInt(row.upper)),
  closed: row.closed,
  debitsPending: cents(BigInt(row.debits_pending)),
  debitsPosted: cents(BigInt(row.debits_posted)),
  creditsPending: cents(BigInt(row.credits_pending)),
  creditsPosted: cents(BigInt(row.credits_posted)),
})

/** A row of `ledger_transfer`; its documents are parted by spaces. */
export interface StoredTransfer {
  readonly id: string
  readonly debit: string
  readonly credit: string
  readonly amount: Whole
  readonly kind: Kind
  readonly date: string
  readonly code: string | null
  readonly pending: string | null
  readonly released: Whole | null
  readonly expires: string | null
  readonly reverses: string | null
  readonly why: string | null
  readonly documents: string | null
}

export const readTransfer = (row: StoredTransfer): Transfer => ({
  id: row.id as TransferId,
  debit: row.debit as AccountId,
  credit: row.credit as AccountId,
  amount: cents(BigInt(row.amount)),
  kind: row.kind,
  date: row.date as IsoDate,
  code: row.code,
  pending: row.pending as TransferId | null,
  released: row.released === null ? null : cents(BigInt(row.released)),
  expires: row.expires as IsoDate | null,
  reverses: row.reverses as TransferId | null,
  why: row.why,
  documents: row.documents?.split(' ') ?? [],
})
