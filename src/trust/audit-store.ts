import { sql } from 'kysely'
import type { Finding } from '../audit/index.ts'
import { canonicalJson, type Json } from '../base/index.ts'
import type { Db } from '../db/index.ts'
import { balancesOf } from '../ledger/balance-store.ts'
import { holdingsOf } from './book.ts'
import { type Loaded, listAdopted, loadTrust } from './book-store.ts'
import { heldOf } from './context.ts'
import { hashOf, traceKey, tracesOf } from './evidence.ts'
import { sha256Of } from './items.ts'

const NAME = 'trust books'

/**
 * Shows that the books of the trust say what the log says: everything recorded has its event and every event its row,
 * the agreement is the one that was adopted, each NACHA file and each day is what was logged, and the ledger holds
 * exactly what is open: on every principal account the balance, the open holds and the deposits are one number.
 */
export const trustCheck = {
  name: NAME,
  async *run(db: Db): AsyncIterable<Finding> {
    const told = await loadTold(db)
    const books = await listAdopted(db)
    for (const { book } of books) {
      const loaded = await loadTrust(db, book)
      if (loaded === undefined) continue
      yield* found(rowsAgainstLog(loaded, told))
      yield* found(adoptionAgainstLog(loaded, told))
      yield* found(await filesAgainstRows(db, loaded))
      yield* found(await daysAgainstLog(db, loaded, told))
      yield* found(await ledgerAgainstRows(db, loaded))
    }
    const names = new Set(books.map(({ book }) => book))
    const gone = told.filter(({ kind, subject }) => kind === 'trust.book.adopted' && !names.has(subject))
    yield* found(
      gone.map(({ seq, subject }) => ({ seq, what: `book ${subject} is in the log and not there` })),
    )
  },
}

interface Told {
  readonly seq: bigint
  readonly kind: string
  readonly subject: string
  readonly payload: { readonly [field: string]: Json }
}
interface Wrong {
  readonly seq: bigint | null
  readonly what: string
}

function* found(rows: readonly Wrong[]): Iterable<Finding> {
  for (const { seq, what } of rows) yield { check: NAME, seq, detail: what }
}

async function loadTold(db: Db): Promise<readonly Told[]> {
  const { rows } = await sql<Omit<Told, 'payload'> & { payload: string }>`
    select seq, kind, subject, payload from audit_event
    where kind like 'trust.%' and kind <> 'trust.act.refused' order by seq`.execute(db)
  return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as Told['payload'] }))
}

const ofBook = (told: readonly Told[], book: string): readonly Told[] =>
  told.filter(({ subject }) => subject === book || subject.startsWith(`${book} `))

function rowsAgainstLog({ book, rows }: Loaded, told: readonly Told[]): readonly Wrong[] {
  const held = new Map(tracesOf(rows).map((trace) => [traceKey(trace), trace]))
  const logged = new Map(
    ofBook(told, book)
      .filter(({ kind }) => kind !== 'trust.book.adopted' && kind !== 'trust.day.run')
      .map((event) => [traceKey(event as unknown as Parameters<typeof traceKey>[0]), event]),
  )
  const unlogged = [...held].filter(([key]) => !logged.has(key))
  const missing = [...logged].filter(([key]) => !held.has(key))
  return [
    ...unlogged.map(([, { kind, subject }]) => ({
      seq: null,
      what: `${subject}: what is there is in no event ${kind}`,
    })),
    ...missing.map(([, { seq, kind, subject }]) => ({
      seq,
      what: `${subject}: what ${kind} tells is not there, or is changed`,
    })),
  ]
}

function adoptionAgainstLog(loaded: Loaded, told: readonly Told[]): readonly Wrong[] {
  const { book, agreement, agreement_sha256, rows, accounts, kind } = loaded
  const event = told.find((one) => one.kind === 'trust.book.adopted' && one.subject === book)
  if (event === undefined) return [{ seq: null, what: `book ${book} has no event of its adoption` }]
  const now = {
    agreement_sha256: sha256Of(agreement.text),
    kind,
    sha256: hashOf({ authority: rows.authority, accounts }),
  }
  const isSame = Object.entries(now).every(([field, value]) => event.payload[field] === value)
  return isSame && agreement_sha256 === now.agreement_sha256
    ? []
    : [{ seq: event.seq, what: `book ${book} is not as it was adopted` }]
}

async function filesAgainstRows(db: Db, { book, rows }: Loaded): Promise<readonly Wrong[]> {
  const { rows: files } = await sql<{ item: string; text: string }>`
    select item, text from trust_ach where book = ${book}`.execute(db)
  const kept = new Map(files.map(({ item, text }) => [item, sha256Of(text)]))
  return rows.executed
    .filter(({ item, ach_sha256 }) => kept.get(item) !== ach_sha256)
    .map(({ item }) => ({
      seq: null,
      what: `${book} ${item}: the payment file is not the one that was logged`,
    }))
}

async function daysAgainstLog(db: Db, { book }: Loaded, told: readonly Told[]): Promise<readonly Wrong[]> {
  const { rows } = await sql<{ day: string; body: Json; sha256: string }>`
    select day, body, sha256 from trust_day where book = ${book} order by day`.execute(db)
  const last = new Map(
    told.filter(({ kind }) => kind === 'trust.day.run').map((event) => [event.subject, event]),
  )
  const wrong = rows.filter(({ day, body, sha256 }) => {
    const event = last.get(`${book} ${day}`)
    return event?.payload.sha256 !== sha256 || sha256Of(canonicalJson(body)) !== sha256
  })
  const days = new Set(rows.map(({ day }) => `${book} ${day}`))
  const gone = [...last.values()].filter(
    ({ subject }) => subject.startsWith(`${book} `) && !days.has(subject),
  )
  return [
    ...wrong.map(({ day }) => ({ seq: null, what: `${book}: the picture of ${day} is not what was logged` })),
    ...gone.map(({ seq, subject }) => ({ seq, what: `${subject}: the day is in the log and not there` })),
  ]
}

/** Money held equals the sum of the open holds, in the rows and in the ledger, on every account. */
async function ledgerAgainstRows(db: Db, { book, rows }: Loaded): Promise<readonly Wrong[]> {
  const wrong: Wrong[] = []
  let held = 0n
  for (const { id, debitsPending, debitsPosted, creditsPosted } of await balancesOf(db, book)) {
    if (!id.startsWith('principal:')) continue
    held += debitsPending
    if (creditsPosted - debitsPosted !== debitsPending)
      wrong.push({
        seq: null,
        what: `${book}: ${id} holds ${creditsPosted - debitsPosted} cents and has holds of ${debitsPending}`,
      })
  }
  const open = heldOf(holdingsOf(rows))
  if (held !== open)
    wrong.push({ seq: null, what: `${book}: the ledger holds ${held} cents, open deposits are ${open}` })
  return wrong
}
