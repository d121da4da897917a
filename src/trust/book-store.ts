import { sql } from 'kysely'
import { z } from 'zod'
import { appendAll } from '../audit/store.ts'
import { assert, type Instant, type IsoDate } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import type { Command } from '../ledger/index.ts'
import { applyBatch } from '../ledger/store.ts'
import type { Agreement } from './agreement.ts'
import type { TrustBook } from './book.ts'
import { traceKey, tracesOf } from './evidence.ts'
import { itemHash, itemJson, sha256Of } from './items.ts'
import type { PayingAccount } from './payments.ts'
import { readAgreement } from './read.ts'
import { Authority, type BookKind, type Deposit, Fact, Item } from './schema.ts'

/** A book of the trust with the agreement that it was adopted under. */
export interface Adopted {
  readonly book: string
  readonly kind: BookKind
  readonly agreement: Agreement
  readonly agreement_sha256: string
  readonly accounts: Readonly<Record<string, PayingAccount>>
  readonly adopted_at: Instant
  readonly adopted_by: string
  /** The last day that was run; nothing is dated before it any more. */
  readonly last_day: IsoDate | null
}

interface BookRow {
  readonly book: string
  readonly kind: BookKind
  readonly agreement: string
  readonly agreement_text: string
  readonly agreement_sha256: string
  readonly authority: unknown
  readonly accounts: Readonly<Record<string, PayingAccount>>
  readonly adopted_at: Instant
  readonly adopted_by: string
  readonly last_day: IsoDate | null
}

const agreements = new Map<string, Agreement>()

/** Reads the text of an adopted agreement; a text is read once, whatever its row says that its hash is. */
function agreementOf({ agreement, agreement_text }: BookRow): Agreement {
  const key = sha256Of(agreement_text)
  const known = agreements.get(key)
  if (known !== undefined) return known
  const read = readAgreement(agreement, agreement_text)
  assert(read.ok, `the adopted agreement ${agreement} can still be read`)
  agreements.set(key, read.value)
  return read.value
}

const bookRows = sql<BookRow>`
  select b.*, (select max(day) from trust_day d where d.book = b.book) as last_day from trust_book b`

export async function listAdopted(db: Db): Promise<readonly Adopted[]> {
  const { rows } = await sql<BookRow>`${bookRows} order by b.book`.execute(db)
  return rows.map((row) => ({ ...row, agreement: agreementOf(row) }))
}

/** Held until the transaction ends: acts on one book follow one another, so two approvers at once are no matter. */
const lockTrust = (tx: Tx, book: string) =>
  sql`select 1 from trust_book where book = ${book} for update`.execute(tx)

export interface Loaded extends Adopted {
  readonly rows: TrustBook
}

export async function loadTrust(
  db: Db,
  book: string,
  how: 'to read' | 'to act' = 'to read',
): Promise<Loaded | undefined> {
  if (how === 'to act') await lockTrust(db as Tx, book)
  const { rows } = await sql<BookRow>`${bookRows} where b.book = ${book}`.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  const isAdopted = sha256Of(row.agreement_text) === row.agreement_sha256
  assert(
    how === 'to read' || isAdopted,
    `${book} acts on the agreement that was adopted; run \`tenth audit verify\``,
  )
  const authority = Authority.parse(row.authority)
  return { ...row, agreement: agreementOf(row), rows: await loadRows(db, book, row.kind, authority) }
}

const DepositRow = z.object({ amount_cents: z.bigint(), member: z.string(), payday: z.string() })

async function loadRows(db: Db, book: string, kind: BookKind, authority: Authority): Promise<TrustBook> {
  const all = <T>(columns: string, table: string) =>
    sql<T>`select ${sql.raw(columns)} from ${sql.table(table)} where book = ${book} order by seq`
      .execute(db)
      .then(({ rows }) => rows)
  const facts = await all<TrustBook['facts'][number] & { fact: unknown }>(
    'id, recorded_at, recorded_by, fact',
    'trust_fact',
  )
  const deposits = await all<Deposit>(
    'id, book, member, depositor_class, agency, payday, tax, deposit_due, amount_cents, payroll_sha256',
    'trust_deposit',
  )
  const items = await all<{ item: unknown }>('item', 'trust_item')
  const executed = await all<{ item: string; on: IsoDate; ach_sha256: string | null }>(
    'item, on_day as "on", ach_sha256',
    'trust_executed',
  )
  return {
    book,
    kind,
    authority,
    facts: facts.map((row) => ({ ...row, fact: Fact.parse(row.fact) })),
    deposits: deposits.filter((row) => DepositRow.safeParse(row).success),
    items: items.map(({ item }) => Item.parse(item)),
    signatures: await all('item, item_sha256, person, office, at', 'trust_signature'),
    executed: executed.map(({ item, on, ach_sha256 }) => ({
      item,
      on,
      ...(ach_sha256 !== null && { ach_sha256 }),
    })),
    sent: await all('item, trace, amount_cents, sent_on', 'trust_sent'),
    settled: await all('item, trace, amount_cents, on_day as "on", line', 'trust_settled'),
    withdrawn: await all('item, on_day as "on", because', 'trust_withdrawn'),
  }
}

export interface Written {
  readonly at: Instant
  readonly actor: string
}

/**
 * Saves what an act did: its ledger entries first, then what it added to the book, and the log of both last. All of it
 * or nothing: the caller's transaction.
 */
export async function saveAct(
  tx: Tx,
  before: TrustBook,
  after: TrustBook,
  commands: readonly Command[],
  by: Written,
): Promise<void> {
  const outcomes = await applyBatch(tx, before.book, commands, by)
  const refused = outcomes.find(({ status }) => status !== 'ok' && status !== 'exists')
  assert(refused === undefined, `the ledger takes what the trust enters: ${refused?.status}`)
  const { book } = before
  await insertNew(tx, book, before, after)
  const known = new Set(tracesOf(before).map(traceKey))
  const events = tracesOf(after)
    .filter((trace) => !known.has(traceKey(trace)))
    .map((trace) => ({ ...by, ...trace }))
  await appendAll(tx, events)
}

async function insertNew(tx: Tx, book: string, before: TrustBook, after: TrustBook): Promise<void> {
  const added = <
    K extends 'facts' | 'deposits' | 'items' | 'signatures' | 'executed' | 'sent' | 'settled' | 'withdrawn',
  >(
    name: K,
  ) => after[name].slice(before[name].length) as unknown as TrustBook[K]
  const json = (value: unknown) =>
    JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))
  for (const { id, recorded_at, recorded_by, fact } of added('facts'))
    await sql`insert into trust_fact (book, id, recorded_at, recorded_by, fact)
      values (${book}, ${id}, ${recorded_at}, ${recorded_by}, ${json(fact)})`.execute(tx)
  await insertDeposits(tx, book, added('deposits'))
  for (const item of added('items'))
    await sql`insert into trust_item (book, id, item, sha256)
      values (${book}, ${item.id}, ${json(itemJson(item))}, ${itemHash(item)})`.execute(tx)
  for (const { item, item_sha256, person, office, at } of added('signatures'))
    await sql`insert into trust_signature (book, item, item_sha256, person, office, at)
      values (${book}, ${item}, ${item_sha256}, ${person}, ${office}, ${at})`.execute(tx)
  for (const { item, on, ach_sha256 } of added('executed'))
    await sql`insert into trust_executed (book, item, on_day, ach_sha256)
      values (${book}, ${item}, ${on}, ${ach_sha256 ?? null})`.execute(tx)
  for (const { item, trace, amount_cents, sent_on } of added('sent'))
    await sql`insert into trust_sent (book, item, trace, amount_cents, sent_on)
      values (${book}, ${item}, ${trace}, ${amount_cents}, ${sent_on})`.execute(tx)
  for (const { item, trace, amount_cents, on, line } of added('settled'))
    await sql`insert into trust_settled (book, item, trace, amount_cents, on_day, line)
      values (${book}, ${item}, ${trace}, ${amount_cents}, ${on}, ${line})`.execute(tx)
  for (const { item, on, because } of added('withdrawn'))
    await sql`insert into trust_withdrawn (book, item, on_day, because)
      values (${book}, ${item}, ${on}, ${[...because]})`.execute(tx)
}

/** A pay run of many agencies is written in one statement. */
async function insertDeposits(tx: Tx, book: string, deposits: readonly Deposit[]): Promise<void> {
  if (deposits.length === 0) return
  const column = (name: keyof Deposit) => deposits.map((deposit) => String(deposit[name]))
  await sql`
    insert into trust_deposit (book, id, member, depositor_class, agency, payday, tax, deposit_due, amount_cents, payroll_sha256)
    select ${book}, id, member, depositor_class, agency, payday, tax, deposit_due, amount_cents, payroll_sha256
    from unnest(
      ${column('id')}::text[], ${column('member')}::text[], ${column('depositor_class')}::text[],
      ${column('agency')}::text[], ${column('payday')}::date[], ${column('tax')}::text[],
      ${column('deposit_due')}::date[], ${column('amount_cents')}::bigint[], ${column('payroll_sha256')}::text[]
    ) with ordinality as row (id, member, depositor_class, agency, payday, tax, deposit_due, amount_cents, payroll_sha256, place)
    order by place`.execute(tx)
}
