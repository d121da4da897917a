import { sql } from 'kysely'
import type { Instant } from '../base/index.ts'
import type { Tx } from '../db/index.ts'
import { plainArray, textArray } from './array-text.ts'
import type { Account, Transfer } from './schema.ts'

export async function insertAccounts(
  tx: Tx,
  book: string,
  batch: bigint,
  accounts: readonly Account[],
  closing: ReadonlySet<string>,
): Promise<void> {
  if (accounts.length === 0) return
  await sql`
    insert into ledger_account (book, opened_batch, id, code, normal, "limit", upper, closed_batch,
                                debits_pending, debits_posted, credits_pending, credits_posted)
    select ${book}, ${batch}, * from unnest(
      ${textArray(accounts.map((a) => a.id))}::text[],
      ${textArray(accounts.map((a) => a.code))}::text[],
      ${textArray(accounts.map((a) => a.normal))}::text[],
      ${textArray(accounts.map((a) => a.limit))}::text[],
      ${plainArray(accounts.map((a) => a.upper))}::bigint[],
      ${plainArray(accounts.map((a) => (closing.has(a.id) ? batch : null)))}::bigint[],
      ${plainArray(accounts.map((a) => a.debitsPending))}::bigint[],
      ${plainArray(accounts.map((a) => a.debitsPosted))}::bigint[],
      ${plainArray(accounts.map((a) => a.creditsPending))}::bigint[],
      ${plainArray(accounts.map((a) => a.creditsPosted))}::bigint[])`.execute(tx)
}

interface NewBatch {
  readonly batch: bigint
  readonly at: Instant
}

/** Transfers and the accounts that they changed, in one statement. */
export async function writeTransfers(
  tx: Tx,
  book: string,
  { batch, at }: NewBatch,
  transfers: readonly Transfer[],
  accounts: readonly Account[],
  closing: ReadonlySet<string>,
): Promise<void> {
  if (accounts.length === 0 && transfers.length === 0) return
  await sql`
    with written as (${insertionOf(book, { batch, at }, transfers)})
    update ledger_account a
    set debits_pending = n.debits_pending, debits_posted = n.debits_posted,
        credits_pending = n.credits_pending, credits_posted = n.credits_posted,
        closed_batch = coalesce(a.closed_batch, n.closed_batch)
    from unnest(
      ${textArray(accounts.map((a) => a.id))}::text[],
      ${plainArray(accounts.map((a) => a.debitsPending))}::bigint[],
      ${plainArray(accounts.map((a) => a.debitsPosted))}::bigint[],
      ${plainArray(accounts.map((a) => a.creditsPending))}::bigint[],
      ${plainArray(accounts.map((a) => a.creditsPosted))}::bigint[],
      ${plainArray(accounts.map((a) => (closing.has(a.id) ? batch : null)))}::bigint[]
    ) as n (id, debits_pending, debits_posted, credits_pending, credits_posted, closed_batch)
    where a.book = ${book} and a.id = n.id`.execute(tx)
}

const insertionOf = (book: string, { batch, at }: NewBatch, transfers: readonly Transfer[]) => sql`
  insert into ledger_transfer (book, batch, recorded_at, place, id, debit, credit, amount, kind, date, code,
                               pending, released, expires, reverses, why, documents)
  select ${book}, ${batch}, ${at}::timestamptz, place - 1, id, debit, credit, amount, kind, date, code,
         pending, released, expires, reverses, why, documents
  from unnest(
    ${textArray(transfers.map((t) => t.id))}::text[],
    ${textArray(transfers.map((t) => t.debit))}::text[],
    ${textArray(transfers.map((t) => t.credit))}::text[],
    ${plainArray(transfers.map((t) => t.amount))}::bigint[],
    ${plainArray(transfers.map((t) => t.kind))}::text[],
    ${plainArray(transfers.map((t) => t.date))}::date[],
    ${textArray(transfers.map((t) => t.code))}::text[],
    ${textArray(transfers.map((t) => t.pending))}::text[],
    ${plainArray(transfers.map((t) => t.released))}::bigint[],
    ${plainArray(transfers.map((t) => t.expires))}::date[],
    ${textArray(transfers.map((t) => t.reverses))}::text[],
    ${textArray(transfers.map((t) => t.why))}::text[],
    ${textArray(transfers.map((t) => t.documents.join(' ') || null))}::text[]
  ) with ordinality as t (id, debit, credit, amount, kind, date, code,
                          pending, released, expires, reverses, why, documents, place)`
