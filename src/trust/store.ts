import { sql } from 'kysely'
import { append } from '../audit/store.ts'
import { err, type Instant, type IsoDate, ok, type Result, type Usps } from '../base/index.ts'
import type { Db, Shell, Tx } from '../db/index.ts'
import { openBook } from '../ledger/book-store.ts'
import { BookId } from '../ledger/index.ts'
import { applyBatch, inLedger } from '../ledger/store.ts'
import type { Book } from '../registry/index.ts'
import { loadBook } from '../registry/store.ts'
import {
  type PrepareRefused,
  prepareItem,
  recordFact,
  runDay,
  type SignRefused,
  settle,
  signItem,
  takeDeposits,
} from './acts.ts'
import type { Agreement } from './agreement.ts'
import type { StatementLine } from './bank/statement.ts'
import { lastDateOf, type TrustBook } from './book.ts'
import { type Loaded, loadTrust, saveAct } from './book-store.ts'
import { type DayView, dayView } from './day.ts'
import type { Decision } from './decide.ts'
import { openingEntries } from './entries.ts'
import { hashOf } from './evidence.ts'
import { changedActions } from './fact-of-record.ts'
import { itemHash, sha256Of } from './items.ts'
import { type PayingAccount, simulatedAccount } from './payments.ts'
import { type PricedRun, paydayOf } from './payroll.ts'
import { factsOn } from './recorded.ts'
import {
  type Authority,
  type BookKind,
  Fact,
  type Item,
  type Signature,
  type SignedAction,
} from './schema.ts'

/** Who acts: as the log names them. */
export interface By {
  readonly actor: string
}

export type TrustRefused =
  | SignRefused
  | PrepareRefused
  | { readonly code: 'no_such_book'; readonly book: string }
  | { readonly code: 'book_is_there'; readonly book: string }
  | { readonly code: 'book_is_of_other_kind'; readonly book: string }
  | { readonly code: 'authority_missing'; readonly book: string }
  | { readonly code: 'account_missing'; readonly member: string }
  | { readonly code: 'clock_set_back'; readonly last: IsoDate; readonly asked: IsoDate }
  | { readonly code: 'not_today'; readonly today: IsoDate; readonly asked: IsoDate }
  | { readonly code: 'payday_taken'; readonly payday: IsoDate }

export interface Adoption {
  readonly book: string
  readonly kind: BookKind
  readonly agreement: Agreement
  readonly authority: Authority
  /** Bank accounts of the members; a simulation has none. */
  readonly accounts: Readonly<Record<string, PayingAccount>>
}

/** Adopts an agreement in a book of its own. An operating book asks for the enacted law and a bank account for each member. */
export async function adopt(
  shell: Shell,
  { book, kind, agreement, authority, accounts }: Adoption,
  by: By,
): Promise<Result<undefined, TrustRefused>> {
  if (kind === 'operating' && authority.kind !== 'enacted') return err({ code: 'authority_missing', book })
  const without = agreement.document.members.find((member) => accounts[member] === undefined)
  if (kind === 'operating' && without !== undefined) return err({ code: 'account_missing', member: without })
  const meta = { at: shell.now(), actor: by.actor }
  const { document, text } = agreement
  return inLedger(shell.db, async (tx) => {
    const opened = await openBook(tx, { id: BookId.parse(book), kind, title: document.title }, meta)
    if (!opened.ok) return err({ code: 'book_is_of_other_kind', book })
    if (opened.value === 'exists') return err({ code: 'book_is_there', book })
    await applyBatch(tx, book, openingEntries(document), meta)
    await sql`
      insert into trust_book (book, agreement, agreement_text, agreement_sha256, kind, authority, accounts, adopted_at, adopted_by)
      values (${book}, ${document.id}, ${text}, ${sha256Of(text)}, ${kind}, ${JSON.stringify(authority)},
              ${JSON.stringify(accounts)}, ${meta.at}, ${by.actor})`.execute(tx)
    const payload = {
      agreement: document.id,
      agreement_sha256: sha256Of(text),
      kind,
      sha256: hashOf({ authority, accounts }),
    }
    await append(tx, { ...meta, kind: 'trust.book.adopted', subject: book, payload })
    return ok(undefined)
  })
}

interface Acting {
  readonly trust: Loaded
  readonly tx: Tx
  readonly at: Instant
}

/**
 * One act on a book under its lock: what it does is saved whole, and a refusal leaves nothing but its line in the log.
 * An act takes its business date: in an operating book today, in a simulation any day not before the last that was run.
 */
async function acting<T>(
  shell: Shell,
  book: string,
  act: string,
  day: IsoDate | undefined,
  by: By,
  work: (acting: Acting) => Promise<Result<T, TrustRefused>>,
): Promise<Result<T, TrustRefused>> {
  const at = shell.now()
  const done = await inLedger(shell.db, async (tx): Promise<Result<T, TrustRefused>> => {
    const trust = await loadTrust(tx, book, 'to act')
    if (trust === undefined) return err({ code: 'no_such_book', book })
    const wrong = day === undefined ? undefined : wrongDay(trust, day, at)
    return wrong === undefined ? work({ trust, tx, at }) : err(wrong)
  })
  if (!done.ok && done.error.code !== 'no_such_book') await logRefusal(shell, book, act, done.error, by)
  return done
}

function wrongDay({ kind, last_day, rows }: Loaded, day: IsoDate, at: Instant): TrustRefused | undefined {
  const today = at.slice(0, 10) as IsoDate
  if (kind === 'operating' && day !== today) return { code: 'not_today', today, asked: day }
  const last = latest(last_day ?? undefined, lastDateOf(rows))
  if (last !== undefined && day < last) return { code: 'clock_set_back', last, asked: day }
  return undefined
}

const latest = (a: IsoDate | undefined, b: IsoDate | undefined): IsoDate | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a

/**
 * The day that a question without a day is about: today where the money is real; in a simulation the last day of which
 * anything is on record.
 */
export function dayOf({ kind, last_day, rows }: Loaded, today: IsoDate): IsoDate {
  if (kind === 'operating') return today
  const known = rows.facts.map(({ fact }) => fact.on).toSorted()
  return latest(latest(last_day ?? undefined, lastDateOf(rows)), known.at(-1)) ?? today
}

async function logRefusal(
  shell: Shell,
  book: string,
  act: string,
  error: TrustRefused,
  by: By,
): Promise<void> {
  const { code, ...facts } = error
  const detail = JSON.stringify(facts)
  const payload = { act, code, detail }
  const event = {
    at: shell.now(),
    actor: by.actor,
    kind: 'trust.act.refused',
    subject: book,
    payload,
  } as const
  await shell.db.transaction().execute((tx) => append(tx, event))
}

const save = (
  { trust, tx, at }: Acting,
  by: By,
  { book, commands }: { readonly book: TrustBook; readonly commands: Parameters<typeof saveAct>[3] },
) => saveAct(tx, trust.rows, book, commands, { at, actor: by.actor })

/** Records a fact. In an operating book it may lie in the past, never in the future; the ledger books earnings on its day. */
export const record = (
  shell: Shell,
  book: string,
  fact: Fact,
  by: By,
): Promise<Result<{ readonly id: string }, TrustRefused>> =>
  acting(shell, book, `record ${fact.kind}`, undefined, by, async (now) => {
    const today = now.at.slice(0, 10) as IsoDate
    if (now.trust.kind === 'operating' && fact.on > today)
      return err({ code: 'not_today', today, asked: fact.on })
    const id = `fact-${now.trust.rows.facts.length + 1}`
    const recorded = { id, recorded_at: now.at, recorded_by: by.actor, fact: Fact.parse(jsonOf(fact)) }
    await save(now, by, recordFact(now.trust.agreement, now.trust.rows, recorded))
    return ok({ id })
  })

const jsonOf = (fact: Fact): unknown =>
  JSON.parse(JSON.stringify(fact, (_, value) => (typeof value === 'bigint' ? String(value) : value)))

/** Takes the deposits of a payday in, each judged for itself. */
export const takePayday = (shell: Shell, book: string, run: PricedRun, payday: IsoDate, by: By) =>
  acting(shell, book, 'take payday', payday, by, async (now) => {
    const { agreement, rows } = now.trust
    const { deposits, direct_cents } = paydayOf(agreement.document, book, run, payday)
    const isTaken = rows.deposits.some((one) => one.payday === payday && one.payroll_sha256 === run.sha256)
    if (isTaken) return err({ code: 'payday_taken', payday })
    const taken = takeDeposits(agreement, rows, deposits)
    await save(now, by, taken)
    return ok({ decisions: taken.decisions, direct_cents })
  })

export interface Asked {
  readonly action: SignedAction
  readonly member: Usps
  readonly amount_cents: bigint
}

/** Prepares an act by hand. @param person who prepares, as they will be named on the item; they can never sign it */
export const prepare = (
  shell: Shell,
  book: string,
  asked: Asked,
  day: IsoDate,
  person: string,
  by: By,
): Promise<Result<{ readonly item: Item; readonly sha256: string }, TrustRefused>> =>
  acting(shell, book, `prepare ${asked.action}`, day, by, async (now) => {
    const content = { ...asked, prepared_on: day, prepared_by: person }
    const done = prepareItem(now.trust.agreement, now.trust.rows, content)
    if (!done.ok) return done
    await save(now, by, done.value)
    return ok({ item: done.value.item, sha256: itemHash(done.value.item) })
  })

export interface Signed {
  readonly executed: boolean
  readonly missing: Decision['missing']
}

/**
 * Signs an item. The last signature that was missing carries it out, in the same transaction.
 * @param signature names the content by the hash that the person saw
 */
export const sign = (
  shell: Shell,
  book: string,
  item: string,
  signature: Omit<Signature, 'at'>,
  day: IsoDate,
  by: By,
): Promise<Result<Signed, TrustRefused>> =>
  acting(shell, book, `sign ${item}`, day, by, async (now) => {
    const { agreement, rows, accounts, kind } = now.trust
    const member = rows.items.find(({ id }) => id === item)?.member ?? ''
    const account = kind === 'operating' ? accounts[member] : simulatedAccount(member)
    if (account === undefined) return err({ code: 'account_missing', member })
    const done = signItem(agreement, rows, item, { ...signature, at: now.at }, day, account)
    if (!done.ok) return done
    const { executed, decision, ach } = done.value
    await save(now, by, done.value)
    if (ach !== undefined)
      await sql`insert into trust_ach (book, item, text) values (${book}, ${item}, ${ach})`.execute(now.tx)
    return ok({ executed, missing: decision.missing })
  })

/** Settles payments by the lines of a bank statement; what does not match exactly is listed and settles nothing. */
export const settleStatement = (shell: Shell, book: string, lines: readonly StatementLine[], by: By) =>
  acting(shell, book, 'settle', undefined, by, async (now) => {
    const done = settle(now.trust.rows, lines)
    await save(now, by, done)
    return ok(done.matching)
  })

/** Runs one day. A day that was run is run again only if it is the last one; the run never goes back. */
export const runTrustDay = (
  shell: Shell,
  book: string,
  day: IsoDate,
  by: By,
): Promise<Result<DayView, TrustRefused>> =>
  acting(shell, book, `run ${day}`, day, by, async (now) => {
    const { agreement } = now.trust
    const known = withRegistry(now, await loadBook(shell.db, { asOf: day }), day, by)
    const run = runDay(agreement, known, day)
    await save(now, by, run)
    const view = dayView(agreement, run, day)
    await saveDay(now, book, day, view, by)
    return ok(view)
  })

/** What the registry says of the federal actions on record that day: a changed status is recorded as a fact first. */
function withRegistry({ trust, at }: Acting, registry: Book, day: IsoDate, { actor }: By): TrustBook {
  const { rows, agreement } = trust
  return changedActions(registry, factsOn(rows.facts, day), day).reduce((book: TrustBook, fact) => {
    const id = `fact-${book.facts.length + 1}`
    return recordFact(agreement, book, { id, recorded_at: at, recorded_by: actor, fact }).book
  }, rows)
}

async function saveDay({ tx, at }: Acting, book: string, day: IsoDate, view: DayView, by: By): Promise<void> {
  const body = JSON.stringify(view, (_, one) => (typeof one === 'bigint' ? String(one) : one))
  const sha256 = hashOf(view)
  const { rows } = await sql<{ sha256: string }>`
    insert into trust_day (book, day, run_at, body, sha256) values (${book}, ${day}, ${at}, ${body}, ${sha256})
    on conflict (book, day) do update set run_at = excluded.run_at, body = excluded.body, sha256 = excluded.sha256
      where trust_day.sha256 <> excluded.sha256
    returning sha256`.execute(tx)
  if (rows.length === 0) return
  const payload = { state: view.state, sha256 }
  await append(tx, { at, actor: by.actor, kind: 'trust.day.run', subject: `${book} ${day}`, payload })
}

/** The days that were run, oldest first. */
export async function loadDays(db: Db, book: string): Promise<readonly DayView[]> {
  const { rows } = await sql<{ body: unknown }>`
    select body from trust_day where book = ${book} order by day`.execute(db)
  return rows.map(({ body }) => DayViewOf(body))
}

const DayViewOf = (body: unknown): DayView => body as DayView

/** The NACHA file of a release, for its bank. */
export async function loadAch(db: Db, book: string, item: string): Promise<string | undefined> {
  const { rows } = await sql<{ text: string }>`
    select text from trust_ach where book = ${book} and item = ${item}`.execute(db)
  return rows[0]?.text
}
