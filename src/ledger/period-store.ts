import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { append } from '../audit/store.ts'
import { err, type IsoDate, ok, type Result } from '../base/index.ts'
import type { Tx } from '../db/index.ts'
import { plainArray, textArray } from './array-text.ts'
import { balancesOf } from './balance-store.ts'
import { loadClosedThrough, lockBook, type Meta } from './book-store.ts'
import { canonicalBalances } from './canonical.ts'
import type { Account } from './schema.ts'

export type CloseError =
  | { readonly code: 'book_not_found'; readonly book: string }
  /** A period ends after the one before it. */
  | { readonly code: 'period_already_closed'; readonly through: IsoDate }

export interface ClosedPeriod {
  readonly through: IsoDate
  /** Every account as it stood on that date; it stands so for ever, since no such date is taken any more. */
  readonly balances: readonly Account[]
  readonly sha256: string
}

/** Closes every business date up to `through`, after waiting for the batches that are under way. */
export async function closePeriod(
  tx: Tx,
  book: string,
  through: IsoDate,
  meta: Meta,
): Promise<Result<ClosedPeriod, CloseError>> {
  await lockBook(tx, book)
  const before = await loadClosedThrough(tx, book)
  if (before === undefined) return err({ code: 'book_not_found', book })
  if (before !== null && through <= before) return err({ code: 'period_already_closed', through: before })
  const balances = await balancesOf(tx, book, { asOf: through })
  const sha256 = createHash('sha256').update(canonicalBalances(balances)).digest('hex')
  const { seq } = await append(tx, {
    ...meta,
    kind: 'ledger.period.closed',
    subject: book,
    payload: { through, accounts: balances.length, sha256 },
  })
  await sql`
    insert into ledger_period (book, through, closed_at, closed_by, audit_seq)
    values (${book}, ${through}, ${meta.at}, ${meta.actor}, ${seq})`.execute(tx)
  await insertBalances(tx, book, through, balances)
  return ok({ through, balances, sha256 })
}

async function insertBalances(
  tx: Tx,
  book: string,
  through: IsoDate,
  balances: readonly Account[],
): Promise<void> {
  await sql`
    insert into ledger_period_balance (book, through, account, debits_pending, debits_posted,
                                       credits_pending, credits_posted)
    select ${book}, ${through}, * from unnest(
      ${textArray(balances.map((a) => a.id))}::text[],
      ${plainArray(balances.map((a) => a.debitsPending))}::bigint[],
      ${plainArray(balances.map((a) => a.debitsPosted))}::bigint[],
      ${plainArray(balances.map((a) => a.creditsPending))}::bigint[],
      ${plainArray(balances.map((a) => a.creditsPosted))}::bigint[])`.execute(tx)
}
