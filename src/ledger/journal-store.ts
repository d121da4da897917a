import { sql } from 'kysely'
import type { Instant } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import { balancesOf } from './balance-store.ts'
import type { JournalFormat, JournalRow } from './journal-row.ts'
import { readTransfer, type StoredTransfer } from './stored-row.ts'

const PAGE = 5_000

/** Writes a book's journal piece by piece, as of one moment; memory does not grow with the book. */
export const writeJournal = (
  db: Db,
  book: string,
  format: JournalFormat,
  write: (text: string) => Promise<void>,
): Promise<void> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const accounts = await balancesOf(tx, book)
      const { first, last } = await daysOf(tx, book)
      await write(format.head(book, accounts, first))
      for await (const page of pages(tx, book)) await write(page.map(format.row).join(''))
      await write(format.foot(accounts, last))
    })

/** A book without transfers has no days: any will do for its accounts. */
async function daysOf(tx: Tx, book: string) {
  const { rows } = await sql<{ first: string; last: string }>`
    select coalesce(min(date), '2000-01-01')::text as first, coalesce(max(date), '2000-01-01')::text as last
    from ledger_transfer where book = ${book}`.execute(tx)
  return rows[0] ?? { first: '2000-01-01', last: '2000-01-01' }
}

interface StoredRow extends StoredTransfer {
  readonly batch: bigint
  readonly place: number
  readonly recorded_at: Instant
}

/** By business date, then in the order of recording. */
async function* pages(tx: Tx, book: string): AsyncGenerator<readonly JournalRow[]> {
  await sql`
    declare ledger_journal no scroll cursor for
    select t.* from ledger_transfer t where t.book = ${book} order by t.date, t.batch, t.place`.execute(tx)
  for (;;) {
    const { rows } = await sql<StoredRow>`fetch ${sql.lit(PAGE)} from ledger_journal`.execute(tx)
    if (rows.length === 0) return
    yield rows.map((row) => ({
      ...readTransfer(row),
      batch: row.batch,
      place: row.place,
      recordedAt: row.recorded_at,
    }))
  }
}
