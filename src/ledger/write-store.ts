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

/** Transfers and the accounts that they changed, in one round trip. */
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
    select ledger_write(${book}, ${batch}, ${at},
      ${textArray(transfers.map((t) => t.id))},
      ${textArray(transfers.map((t) => t.debit))},
      ${textArray(transfers.map((t) => t.credit))},
      ${plainArray(transfers.map((t) => t.amount))},
      ${plainArray(transfers.map((t) => t.kind))},
      ${plainArray(transfers.map((t) => t.date))},
      ${textArray(transfers.map((t) => t.code))},
      ${textArray(transfers.map((t) => t.pending))},
      ${plainArray(transfers.map((t) => t.released))},
      ${plainArray(transfers.map((t) => t.expires))},
      ${textArray(transfers.map((t) => t.reverses))},
      ${textArray(transfers.map((t) => t.why))},
      ${textArray(transfers.map((t) => t.documents.join(' ') || null))},
      ${textArray(accounts.map((a) => a.id))},
      ${plainArray(accounts.map((a) => a.debitsPending))},
      ${plainArray(accounts.map((a) => a.debitsPosted))},
      ${plainArray(accounts.map((a) => a.creditsPending))},
      ${plainArray(accounts.map((a) => a.creditsPosted))},
      ${plainArray(accounts.map((a) => (closing.has(a.id) ? batch : null)))})`.execute(tx)
}
