import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { IsoDate } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import type { Meta } from './book-store.ts'
import type { Outcome } from './evaluate.ts'
import type { Transfer, TransferCommand, TransferId } from './schema.ts'
import { applyBatch } from './store.ts'
import { readTransfer, type StoredTransfer } from './stored-row.ts'

/** Holds that did not end yet, oldest first. */
export async function openHolds(
  db: Db,
  book: string,
  {
    account,
    lastDayBefore,
    limit = 1_000_000,
  }: {
    /** Only those on this account, on either side. */
    readonly account?: string
    /** Only those that can no longer be posted on this date. */
    readonly lastDayBefore?: IsoDate
    readonly limit?: number
  } = {},
): Promise<readonly Transfer[]> {
  const { rows } = await sql<StoredTransfer>`
    select id, debit, credit, amount, kind, date, code, pending, released, expires, reverses, why, documents
    from ledger_transfer t
    where book = ${book} and kind = 'pending'
      and ${account === undefined ? sql`true` : sql`(debit = ${account} or credit = ${account})`}
      and ${lastDayBefore === undefined ? sql`true` : sql`expires < ${lastDayBefore}::date`}
      and not exists (select 1 from ledger_transfer e where e.book = t.book and e.pending = t.id)
    order by batch, place limit ${limit}`.execute(db)
  return rows.map(readTransfer)
}

const BATCH = 8_000

/**
 * Ends the holds whose last day lies before this business date, in the caller's transaction. Their ids are made from
 * those of the holds, so that the same run sent twice ends each once.
 */
export async function expireHolds(
  tx: Tx,
  book: string,
  date: IsoDate,
  meta: Meta,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (;;) {
    const holds = await openHolds(tx, book, { lastDayBefore: date, limit: BATCH })
    const done = await applyBatch(
      tx,
      book,
      holds.map((hold) => expiryOf(hold, date)),
      meta,
    )
    outcomes.push(...done)
    if (holds.length < BATCH || done.some((outcome) => outcome.status !== 'ok')) return outcomes
  }
}

export const expiryOf = (hold: Transfer, date: IsoDate): TransferCommand => ({
  op: 'transfer',
  id: `x-${createHash('sha256').update(`expire ${hold.id}`).digest('hex').slice(0, 32)}` as TransferId,
  debit: hold.debit,
  credit: hold.credit,
  amount: hold.amount,
  kind: 'expire',
  pending: hold.id,
  linked: false,
  expires: null,
  date,
  code: hold.code,
  reverses: null,
  why: null,
  documents: [],
})
