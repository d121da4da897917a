import { type RawBuilder, sql } from 'kysely'
import type { Finding } from '../audit/index.ts'
import type { Db } from '../db/index.ts'
import { fold } from './balance-store.ts'

const NAME = 'ledger books'

/**
 * Shows that the books say what the log says: each batch has its event, its rows make the hash that was logged, every
 * balance is the sum of its transfers, and each closed period is what it was closed with.
 */
export const ledgerCheck = {
  name: NAME,
  run: (db: Db): AsyncIterable<Finding> => ledgerFindings(db),
}

/** @param book one book only; all of them by default */
export async function* ledgerFindings(db: Db, book?: string): AsyncGenerator<Finding> {
  for (const check of [booksAgainstLog, batchesAgainstLog, rowsAgainstBatches, periodsAgainstLog])
    yield* findings(await check(db, book))
  for (const each of book === undefined ? await bookIds(db) : [book]) {
    yield* findings(await balancesAgainstTransfers(db, each))
    yield* findings(await boundsBroken(db, each))
    yield* findings(await periodsAgainstTransfers(db, each))
  }
}

interface Wrong {
  readonly seq: bigint | null
  readonly what: string
}

function* findings(rows: readonly Wrong[]): Iterable<Finding> {
  for (const { seq, what } of rows) yield { check: NAME, seq, detail: what }
}

const rowsOf = async (db: Db, query: RawBuilder<Wrong>): Promise<readonly Wrong[]> =>
  (await query.execute(db)).rows

const only = (column: string, book: string | undefined) =>
  book === undefined ? sql`true` : sql`${sql.ref(column)} = ${book}`

async function bookIds(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ book: string }>`
    select book from ledger_book union select book from ledger_account union
    select distinct book from ledger_transfer order by 1`.execute(db)
  return rows.map((row) => row.book)
}

const booksAgainstLog = (db: Db, book?: string) =>
  rowsOf(
    db,
    sql<Wrong>`
      with told as (
        select seq, subject, at, actor, payload::jsonb as payload from audit_event
        where kind = 'ledger.book.opened' and ${only('subject', book)}
      ), held as (select * from ledger_book where ${only('book', book)})
      select coalesce(e.seq, b.audit_seq) as seq, 'book ' || coalesce(b.book, e.subject) || ' ' ||
        case when e.seq is null then 'has no event in the log'
             when b.book is null then 'is in the log and not in the table'
             else 'is logged as another kind, title, time or person' end as what
      from held b full join told e on e.seq = b.audit_seq and e.subject = b.book
      where e.seq is null or b.book is null or e.payload ->> 'kind' <> b.kind or e.payload ->> 'title' <> b.title
         or e.at <> b.opened_at or e.actor <> b.opened_by
      order by 1`,
  )

const batchesAgainstLog = (db: Db, book?: string) =>
  rowsOf(
    db,
    sql<Wrong>`
      with told as (
        select seq, subject, at, actor, payload::jsonb as payload from audit_event
        where kind = 'ledger.batch.posted' and ${only('subject', book)}
      ), held as (select * from ledger_batch where ${only('book', book)})
      select coalesce(e.seq, b.audit_seq) as seq,
        'batch ' || coalesce(b.batch::text, e.payload ->> 'batch') || ' of ' || coalesce(b.book, e.subject) || ' ' ||
        case when e.seq is null then 'has no event in the log'
             when b.book is null then 'is in the log and not in the table'
             else 'is not what was logged' end as what
      from held b full join told e on e.seq = b.audit_seq and e.subject = b.book
      where e.seq is null or b.book is null or (e.payload ->> 'batch')::bigint <> b.batch
         or e.payload ->> 'sha256' <> encode(b.sha256, 'hex') or e.at <> b.at or e.actor <> b.actor
         or (e.payload ->> 'accounts')::integer <> b.accounts or (e.payload ->> 'closings')::integer <> b.closings
         or (e.payload ->> 'transfers')::integer <> b.transfers
      order by 1`,
  )

/** The rows of each batch as `canonical.ts` writes them. */
const rowsAgainstBatches = (db: Db, book?: string) =>
  rowsOf(
    db,
    sql<Wrong>`
      with opened as (
        select book, opened_batch as batch, count(*) as n,
               string_agg(concat(e'account\t', id, e'\t', code, e'\t', normal, e'\t', "limit", e'\t', upper, e'\n'),
                          '' order by id) as lines
        from ledger_account where ${only('book', book)} group by 1, 2
      ), closed as (
        select book, closed_batch as batch, count(*) as n,
               string_agg(concat(e'close\t', id, e'\n'), '' order by id) as lines
        from ledger_account where closed_batch is not null and ${only('book', book)} group by 1, 2
      ), moved as (
        select book, batch, count(*) as n, min(place) as first, max(place) as last,
               min(recorded_at) as earliest, max(recorded_at) as latest,
               string_agg(concat(e'transfer\t', id, e'\t', debit, e'\t', credit, e'\t', amount, e'\t', kind, e'\t',
                                 date, e'\t', code, e'\t', pending, e'\t', released, e'\t', expires, e'\t', reverses,
                                 e'\t', why, e'\t', documents, e'\n'), '' order by place) as lines
        from ledger_transfer where ${only('book', book)} group by 1, 2
      ), found as (
        select book, batch, coalesce(o.n, 0) as accounts, coalesce(c.n, 0) as closings, coalesce(m.n, 0) as transfers,
               coalesce(m.last - m.first + 1, 0) as places, coalesce(m.first, 0) as first, m.earliest, m.latest,
               sha256(convert_to(concat(o.lines, c.lines, m.lines), 'UTF8')) as sha256
        from opened o full join closed c using (book, batch) full join moved m using (book, batch)
      )
      select b.audit_seq as seq, 'batch ' || batch || ' of ' || book || ' ' ||
        case when b.audit_seq is null then 'has rows and is not in the table of batches'
             when f.accounts is null then 'has none of its rows any more'
             when f.transfers <> b.transfers then 'holds ' || f.transfers || ' transfers, not the ' || b.transfers || ' that were logged'
             when f.accounts <> b.accounts then 'holds ' || f.accounts || ' new accounts, not the ' || b.accounts || ' that were logged'
             when f.closings <> b.closings then 'closed ' || f.closings || ' accounts, not the ' || b.closings || ' that were logged'
             when f.earliest <> b.at or f.latest <> b.at then 'holds transfers with another time of recording'
             when f.places <> f.transfers or f.first <> 0 then 'holds transfers in places that are not theirs'
             else 'holds rows that are not those that were logged' end as what
      from found f full join (select * from ledger_batch where ${only('book', book)}) b using (book, batch)
      where b.audit_seq is null or f.accounts is null or f.sha256 <> b.sha256 or f.transfers <> b.transfers
         or f.accounts <> b.accounts or f.closings <> b.closings or f.places <> f.transfers or f.first <> 0
         or f.earliest <> b.at or f.latest <> b.at
      order by b.audit_seq nulls last, batch`,
  )

const balancesAgainstTransfers = (db: Db, book: string) =>
  rowsOf(
    db,
    sql<Wrong>`
      with fold as (${fold(book, {})})
      select null::bigint as seq, 'account ' || coalesce(a.id::text, f.account) || ' of ' || ${book}::text || ' ' ||
        case when a.id is null then 'has transfers and is not in the table of accounts'
             else 'does not stand at the sum of its transfers' end as what
      from (select * from ledger_account where book = ${book}) a full join fold f on f.account = a.id
      where a.id is null
         or (a.debits_pending, a.debits_posted, a.credits_pending, a.credits_posted)
            is distinct from
            (coalesce(f.debits_pending, 0), coalesce(f.debits_posted, 0),
             coalesce(f.credits_pending, 0), coalesce(f.credits_posted, 0))
      order by what`,
  )

const boundsBroken = (db: Db, book: string) =>
  rowsOf(
    db,
    sql<Wrong>`
      select null::bigint as seq, 'account ' || id || ' of ' || book || ' stands beyond its limit' as what
      from ledger_account
      where book = ${book} and (
        ("limit" = 'debits<=credits' and debits_posted + debits_pending > credits_posted)
        or ("limit" = 'credits<=debits' and credits_posted + credits_pending > debits_posted)
        or upper < case normal when 'debit' then debits_posted + debits_pending - credits_posted
                               else credits_posted + credits_pending - debits_posted end)
      order by what`,
  )

/** The balances kept with a period make the hash that was logged when it was closed. */
const periodsAgainstLog = (db: Db, book?: string) =>
  rowsOf(
    db,
    sql<Wrong>`
      with told as (
        select seq, subject, at, actor, payload::jsonb as payload from audit_event
        where kind = 'ledger.period.closed' and ${only('subject', book)}
      ), kept as (
        select book, through, count(*) as n, sha256(convert_to(string_agg(concat(account, e'\t', debits_pending, e'\t',
               debits_posted, e'\t', credits_pending, e'\t', credits_posted, e'\n'), '' order by account), 'UTF8')) as sha256
        from ledger_period_balance where ${only('book', book)} group by 1, 2
      ), held as (
        select p.*, coalesce(k.n, 0) as n, coalesce(k.sha256, sha256('')) as sha256
        from ledger_period p left join kept k using (book, through) where ${only('p.book', book)}
      )
      select coalesce(e.seq, p.audit_seq) as seq,
        'period to ' || coalesce(p.through::text, e.payload ->> 'through') || ' of ' || coalesce(p.book, e.subject) || ' ' ||
        case when e.seq is null then 'has no event in the log'
             when p.book is null then 'is in the log and not in the table'
             else 'is not kept as it was closed' end as what
      from held p full join told e on e.seq = p.audit_seq and e.subject = p.book
      where e.seq is null or p.book is null or (e.payload ->> 'through')::date <> p.through
         or e.payload ->> 'sha256' <> encode(p.sha256, 'hex') or (e.payload ->> 'accounts')::integer <> p.n
         or e.at <> p.closed_at or e.actor <> p.closed_by
      order by 1`,
  )

/** What the transfers make of the last closed day now is what it was closed with: nothing was dated into it later. */
async function periodsAgainstTransfers(db: Db, book: string): Promise<readonly Wrong[]> {
  const { rows } = await sql<{ through: string }>`
    select through from ledger_period where book = ${book} order by through`.execute(db)
  const wrong: Wrong[] = []
  for (const { through } of rows) wrong.push(...(await rowsOf(db, periodDrift(book, through))))
  return wrong
}

const periodDrift = (book: string, through: string) => sql<Wrong>`
  with fold as (${fold(book, { asOf: through as never })})
  select p.audit_seq as seq, 'account ' || account || ' of ' || ${book}::text ||
         ' stood otherwise when the period to ' || ${through}::text || ' was closed' as what
  from (select * from ledger_period_balance where book = ${book} and through = ${through}::date) k
  full join fold f using (account)
  cross join (select audit_seq from ledger_period where book = ${book} and through = ${through}::date) p
  where (coalesce(k.debits_pending, 0), coalesce(k.debits_posted, 0), coalesce(k.credits_pending, 0),
         coalesce(k.credits_posted, 0))
     <> (coalesce(f.debits_pending, 0), coalesce(f.debits_posted, 0), coalesce(f.credits_pending, 0),
         coalesce(f.credits_posted, 0))
  order by what`
