import { type RawBuilder, sql } from 'kysely'
import type { Instant, IsoDate } from '../base/index.ts'
import type { Db } from '../db/index.ts'
import type { Account } from './schema.ts'
import { type Entry, type Statement, statementOf } from './statement.ts'
import { readAccount, type StoredAccount } from './stored-row.ts'

/** The two clocks: by when it happened, and by when it was recorded. Without one, everything counts. */
export interface When {
  /** The last business date that counts. */
  readonly asOf?: IsoDate | undefined
  /** The last time of recording that counts. */
  readonly knownAt?: Instant | undefined
}

/** The accounts of a book with their balances, in the order of their ids. */
export async function balancesOf(db: Db, book: string, when: When = {}): Promise<readonly Account[]> {
  const isNow = when.asOf === undefined && when.knownAt === undefined
  const { rows } = await (isNow ? currentRows(book) : foldedRows(book, when)).execute(db)
  return rows.map(readAccount)
}

const currentRows = (book: string): RawBuilder<StoredAccount> => sql<StoredAccount>`
  select id, code, normal, "limit", upper, closed_batch is not null as closed,
         debits_pending, debits_posted, credits_pending, credits_posted
  from ledger_account where book = ${book} order by id`

/** Only accounts that were known by then; closed ones, when the closing was. */
const foldedRows = (book: string, when: When): RawBuilder<StoredAccount> => sql<StoredAccount>`
  with fold as (${fold(book, when)})
  select a.id, a.code, a.normal, a."limit", a.upper, coalesce(${isKnown(book, 'closed_batch', when)}, false) as closed,
         coalesce(f.debits_pending, 0) as debits_pending, coalesce(f.debits_posted, 0) as debits_posted,
         coalesce(f.credits_pending, 0) as credits_pending, coalesce(f.credits_posted, 0) as credits_posted
  from ledger_account a left join fold f on f.account = a.id
  where a.book = ${book} and ${isKnown(book, 'opened_batch', when)}
  order by a.id`

const isKnown = (book: string, column: 'opened_batch' | 'closed_batch', { knownAt }: When) =>
  knownAt === undefined
    ? sql`a.${sql.ref(column)} is not null`
    : sql`exists (select 1 from ledger_batch b
                  where b.book = ${book} and b.batch = a.${sql.ref(column)} and b.at <= ${knownAt})`

/** Every account that a transfer touches, with the sums of what was held and moved on each side. */
export const fold = (book: string, { asOf, knownAt }: When): RawBuilder<unknown> => sql`
  select account, sum(debit_held)::bigint as debits_pending, sum(debit_moved)::bigint as debits_posted,
         sum(credit_held)::bigint as credits_pending, sum(credit_moved)::bigint as credits_posted
  from (
    select t.debit, t.credit,
           sum(case t.kind when 'pending' then t.amount when 'posted' then 0 else -t.released end) as held,
           sum(case when t.kind in ('posted', 'post') then t.amount else 0 end) as moved
    from ledger_transfer t
    where t.book = ${book} and ${asOf === undefined ? sql`true` : sql`t.date <= ${asOf}::date`}
      and ${knownAt === undefined ? sql`true` : sql`t.recorded_at <= ${knownAt}::timestamptz`}
    group by t.debit, t.credit
  ) pair
  cross join lateral (values (debit, held, moved, 0, 0), (credit, 0, 0, held, moved))
    as side (account, debit_held, debit_moved, credit_held, credit_moved)
  group by account`

/**
 * An account from one business date to another, by date, then in the order of recording.
 * @returns undefined when the book has no such account
 */
export async function loadStatement(
  db: Db,
  book: string,
  account: string,
  from: IsoDate,
  to: IsoDate,
): Promise<Statement | undefined> {
  const before = (await balancesOf(db, book, { asOf: dayBefore(from) })).find((one) => one.id === account)
  return before && statementOf(before, await loadEntries(db, book, account, from, to), from, to)
}

const dayBefore = (day: IsoDate): IsoDate =>
  new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10) as IsoDate

async function loadEntries(
  db: Db,
  book: string,
  account: string,
  from: IsoDate,
  to: IsoDate,
): Promise<readonly Entry[]> {
  const { rows } = await sql<Entry>`
    select t.id, case when t.debit = ${account} then 'debit' else 'credit' end as side,
           case when t.debit = ${account} then t.credit else t.debit end as other, t.recorded_at as "recordedAt",
           t.amount, t.kind, t.pending, t.released, t.expires, t.date, t.code, t.reverses, t.why
    from ledger_transfer t
    where t.book = ${book} and (t.debit = ${account} or t.credit = ${account})
      and t.date between ${from}::date and ${to}::date
    order by t.date, t.batch, t.place`.execute(db)
  return rows
}
