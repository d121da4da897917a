import { sql } from 'kysely'
import { append } from '../audit/store.ts'
import { err, type Instant, type IsoDate, ok, type Result } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import type { BookId, BookKind } from './schema.ts'

/** Who sends a batch, and when it is recorded: the shell's clock, or that of a simulation. */
export interface Meta {
  readonly at: Instant
  readonly actor: string
}

export interface NewBook {
  readonly id: BookId
  /** A book is one of the two for ever. */
  readonly kind: BookKind
  readonly title: string
}

export interface Book extends NewBook {
  readonly opened_at: Instant
  readonly opened_by: string
}

export interface OtherKind {
  readonly code: 'book_is_of_other_kind'
  readonly kind: BookKind
}

/** Opens a book. One of the same kind that is there already stays as it is; one of the other kind is refused. */
export async function openBook(
  tx: Tx,
  { id, kind, title }: NewBook,
  meta: Meta,
): Promise<Result<'opened' | 'exists', OtherKind>> {
  await lockBook(tx, id)
  const there = await findBook(tx, id)
  if (there !== undefined)
    return there.kind === kind ? ok('exists') : err({ code: 'book_is_of_other_kind', kind: there.kind })
  const event = { ...meta, kind: 'ledger.book.opened' as const, subject: id, payload: { kind, title } }
  const { seq } = await append(tx, event)
  await sql`
    insert into ledger_book (book, kind, title, opened_at, opened_by, audit_seq)
    values (${id}, ${kind}, ${title}, ${meta.at}, ${meta.actor}, ${seq})`.execute(tx)
  return ok('opened')
}

export async function findBook(db: Db, id: string): Promise<Book | undefined> {
  const { rows } = await sql<Book>`
    select book as id, kind, title, opened_at, opened_by from ledger_book where book = ${id}`.execute(db)
  return rows[0]
}

export async function listBooks(db: Db): Promise<readonly Book[]> {
  const { rows } = await sql<Book>`
    select book as id, kind, title, opened_at, opened_by from ledger_book order by book`.execute(db)
  return rows
}

/** Held alone until the transaction ends; batches share it, in the function `ledger_load`. */
export async function lockBook(tx: Tx, book: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`ledger ${book}`}, 0))`.execute(tx)
}

export interface BookState {
  readonly closed_through: IsoDate | null
  readonly last_at: Instant | null
  readonly next_batch: bigint
}

/** The last business date that is closed; undefined where there is no book. */
export async function loadClosedThrough(tx: Tx, book: string): Promise<IsoDate | null | undefined> {
  const { rows } = await sql<{ closed_through: IsoDate | null }>`
    select (select max(through) from ledger_period p where p.book = b.book) as closed_through
    from ledger_book b where b.book = ${book}`.execute(tx)
  return rows[0]?.closed_through
}
