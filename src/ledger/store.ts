import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import { append } from '../audit/store.ts'
import { assert } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import type { BookState, Meta } from './book-store.ts'
import { canonicalRows } from './canonical.ts'
import { type Evaluation, evaluate, type Outcome } from './evaluate.ts'
import type { Refusal } from './refusals.ts'
import type { Command } from './schema.ts'
import { lockAndLoad } from './view-store.ts'
import { insertAccounts, writeTransfers } from './write-store.ts'

/** More in one batch would hold its accounts for too long. */
export const MOST_COMMANDS = 20_000

/** How far the clock may lie before the last batch: two machines never agree to the millisecond. */
const CLOCK_SLACK_MS = 5 * 60_000

/**
 * Applies commands in order, in the caller's transaction, and logs what took effect as one event. A refused command
 * changes nothing; the others stand when the transaction does. A transaction that meets another on the same ids is
 * ended by PostgreSQL and can be tried again: `inLedger` does. Apply first and log your own events after it: who holds
 * the log while it waits for an account can be waited for by who holds the account.
 */
export async function applyBatch(
  tx: Tx,
  book: string,
  commands: readonly Command[],
  meta: Meta,
): Promise<readonly Outcome[]> {
  if (commands.length === 0) return []
  assert(commands.length <= MOST_COMMANDS, `at most ${MOST_COMMANDS} commands in a batch`)
  const found = await lockAndLoad(tx, book, commands)
  const refusal = refusalOfBook(found?.state, meta)
  if (refusal !== undefined) return commands.map(() => ({ status: refusal, accounts: [] }))
  assert(found, 'a book that is not refused is there')
  const evaluation = evaluate(found.view, commands)
  await save(tx, book, found.state, evaluation, meta)
  return evaluation.outcomes
}

/** Applies a batch in a transaction of its own. */
export const applyCommands = (
  db: Db,
  book: string,
  commands: readonly Command[],
  meta: Meta,
): Promise<readonly Outcome[]> => inLedger(db, (tx) => applyBatch(tx, book, commands, meta))

/** 40001: serialization; 40P01: deadlock; 23505: the same id was written by another transaction meanwhile. */
const PASSING = new Set(['40001', '40P01', '23505'])
const TRIES = 20

/** Runs a transaction, again where only another at the same moment stood in its way. It takes effect once. */
export async function inLedger<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (tries === TRIES || !PASSING.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

function refusalOfBook(state: BookState | undefined, { at }: Meta): Refusal | undefined {
  if (state === undefined) return 'book_not_found'
  const isBack = state.last_at !== null && Date.parse(at) < Date.parse(state.last_at) - CLOCK_SLACK_MS
  return isBack ? 'clock_set_back' : undefined
}

/** Writes what took effect; nothing at all when nothing did. */
async function save(
  tx: Tx,
  book: string,
  { next_batch: batch, last_at }: BookState,
  evaluation: Evaluation,
  meta: Meta,
): Promise<void> {
  const { opened, closed, transfers, changed } = evaluation
  if (changed.length === 0) return
  const at = last_at !== null && last_at > meta.at ? last_at : meta.at
  const isNew = new Set(opened.map((account) => account.id))
  const closing = new Set(closed)
  const old = changed.filter((account) => !isNew.has(account.id))
  await insertAccounts(tx, book, batch, opened, closing)
  const [sha256] = await Promise.all([
    hashMeanwhile(evaluation),
    writeTransfers(tx, book, { batch, at }, transfers, old, closing),
  ])
  const counts = { accounts: opened.length, closings: closed.length, transfers: transfers.length }
  // The log comes last: who appends makes all others wait until the transaction ends.
  const { seq } = await append(tx, {
    at,
    actor: meta.actor,
    kind: 'ledger.batch.posted',
    subject: book,
    payload: { batch: Number(batch), ...counts, sha256: sha256.toString('hex') },
  })
  await sql`
    insert into ledger_batch (book, batch, at, actor, audit_seq, accounts, closings, transfers, sha256)
    values (${book}, ${batch}, ${at}, ${meta.actor}, ${seq},
            ${counts.accounts}, ${counts.closings}, ${counts.transfers}, ${sha256})`.execute(tx)
}

/** Begins when the query beside it is on its way, so that the database and this process each have work. */
async function hashMeanwhile(evaluation: Evaluation): Promise<Buffer> {
  await nextTurn()
  return createHash('sha256').update(canonicalRows(evaluation)).digest()
}
