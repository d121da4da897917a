import { cents, type IsoDate } from '../base/index.ts'
import type { Account, AccountId, Kind, Limit, Side, Transfer, TransferId } from './schema.ts'

/** A row of `ledger_account`; `closed` is whether a batch closed it. */
export interface StoredAccount {
  readonly id: string
  readonly code: string
  readonly normal: Side
  readonly limit: Limit | null
  readonly upper: bigint | null
  readonly closed: boolean
  readonly debits_pending: bigint
  readonly debits_posted: bigint
  readonly credits_pending: bigint
  readonly credits_posted: bigint
}

export const readAccount = (row: StoredAccount): Account => ({
  id: row.id as AccountId,
  code: row.code,
  normal: row.normal,
  limit: row.limit,
  upper: row.upper === null ? null : cents(row.upper),
  closed: row.closed,
  debitsPending: cents(row.debits_pending),
  debitsPosted: cents(row.debits_posted),
  creditsPending: cents(row.credits_pending),
  creditsPosted: cents(row.credits_posted),
})

/** A row of `ledger_transfer`; its documents are parted by spaces. */
export interface StoredTransfer {
  readonly id: string
  readonly debit: string
  readonly credit: string
  readonly amount: bigint
  readonly kind: Kind
  readonly date: string
  readonly code: string | null
  readonly pending: string | null
  readonly released: bigint | null
  readonly expires: string | null
  readonly reverses: string | null
  readonly why: string | null
  readonly documents: string | null
}

export const readTransfer = (row: StoredTransfer): Transfer => ({
  id: row.id as TransferId,
  debit: row.debit as AccountId,
  credit: row.credit as AccountId,
  amount: cents(row.amount),
  kind: row.kind,
  date: row.date as IsoDate,
  code: row.code,
  pending: row.pending as TransferId | null,
  released: row.released === null ? null : cents(row.released),
  expires: row.expires as IsoDate | null,
  reverses: row.reverses as TransferId | null,
  why: row.why,
  documents: row.documents?.split(' ') ?? [],
})
