import { once } from 'node:events'
import { open as openFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { command, type ExitCode, type Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { type BadLine, type Batch, batchesOf } from './batches.ts'
import { openBook } from './book-store.ts'
import type { Outcome } from './evaluate.ts'
import { balancesJson } from './print.ts'
import type { Status } from './refusals.ts'
import { BookId } from './schema.ts'
import { applyCommands, inLedger, MOST_COMMANDS } from './store.ts'

const MOST = 8_000
const WANTED_BATCH = `wanted: a whole number from 1 to ${MOST}`
export const ACTOR = 'tenth ledger'

export const applyCommand = command({
  name: 'ledger apply',
  args: '<file>',
  summary: 'apply accounts and transfers, one JSON object a line; - reads what is piped in',
  options: [
    ['--book <id>', 'the book; one that is not there is opened, as a simulation'],
    ['--batch <n>', `commands in one transaction, 1 to ${MOST} (default: ${MOST})`],
    ['--balances', 'add the balances after each command to its result'],
    ['--json', 'print one result a line, in order'],
  ],
  input: z.object({
    file: z.string(),
    book: BookId,
    batch: z
      .string()
      .regex(/^\d{1,4}$/, WANTED_BATCH)
      .transform(Number)
      .refine((n) => n >= 1 && n <= MOST, WANTED_BATCH)
      .default(MOST),
    balances: z.boolean().default(false),
    json: z.boolean().default(false),
  }),
  run: async (input, io, open: () => Promise<Shell>) => {
    const source = await sourceOf(input.file, io)
    const shell = await open()
    const tally = new Tally()
    let isOpen = false
    for await (const batch of ahead(batchesOf(source, input.batch, MOST_COMMANDS))) {
      if (!batch.ok) return refuseLine(io, input, batch.error)
      isOpen ||= await openSimulation(shell, input.book)
      if (!isOpen) return refuseOperating(io, input)
      const outcomes = await applyCommands(shell.db, input.book, batch.value.commands, {
        at: shell.now(),
        actor: ACTOR,
      })
      tally.add(batch.value, outcomes)
      if (input.json) await print(io, resultsOf(batch.value, outcomes, input.balances))
    }
    if (!input.json) io.out(tally.words())
    return tally.refused === 0 ? 0 : 1
  },
})

interface Asked {
  readonly file: string
  readonly book: string
  readonly json: boolean
}

/** A file that cannot be read is refused before anything is opened for it. */
const sourceOf = async (file: string, io: Io): Promise<AsyncIterable<Uint8Array>> =>
  file === '-'
    ? process.stdin
    : (await openFile(resolve(io.cwd, file))).createReadStream({ highWaterMark: 1 << 20 })

/** @returns whether the book takes commands from a file: operating books take signed acts only */
async function openSimulation({ db, now }: Shell, id: BookId): Promise<boolean> {
  const book = { id, kind: 'simulation' as const, title: id }
  const opened = await inLedger(db, (tx) => openBook(tx, book, { at: now(), actor: ACTOR }))
  return opened.ok
}

/** Lets the next one be read while this one is worked on: the database and this process each have a core. */
async function* ahead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = source.next()
      // Its failure is thrown when it is its turn.
      next.catch(() => {})
      yield value
    }
  } finally {
    await source.return(undefined).catch(() => {})
  }
}

function resultsOf({ lines }: Batch, outcomes: readonly Outcome[], hasBalances: boolean): string {
  const results: string[] = []
  for (const [i, { status, accounts }] of outcomes.entries())
    results.push(
      hasBalances
        ? JSON.stringify({ line: lines[i], status, balances: accounts.map(balancesJson) })
        : `{"line":${lines[i]},"status":"${status}"}`,
    )
  return results.join('\n')
}

/** A reader that is slower than the ledger makes it wait, so that memory stays as it is. */
async function print(io: Io, text: string): Promise<void> {
  io.out(text)
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain')
}

/** How often each status was given, and on which line first. */
class Tally {
  refused = 0
  private readonly counts = new Map<Status, { count: number; readonly line: number }>()

  add({ lines }: Batch, outcomes: readonly Outcome[]): void {
    for (const [i, { status }] of outcomes.entries()) {
      const found = this.counts.get(status)
      if (found === undefined) this.counts.set(status, { count: 1, line: lines[i] ?? 0 })
      else found.count += 1
      if (status !== 'ok' && status !== 'exists') this.refused += 1
    }
  }

  words(): string {
    const of = (status: Status) => this.counts.get(status)?.count ?? 0
    const names = [...this.counts].filter(([status]) => status !== 'ok' && status !== 'exists')
    return [
      `${of('ok')} took effect, ${of('exists')} had before, ${this.refused} were refused`,
      ...names.map(([status, { count, line }]) => `  ${status}: ${count}, first on line ${line}`),
    ].join('\n')
  }
}

function refuseOperating(io: Io, { book, json }: Asked): ExitCode {
  const detail = `${book} holds operating money: its entries come from signed acts of the trust, not from a file.`
  io.err(json ? JSON.stringify({ error: { code: 'book_is_operating', detail, exit: 1 } }) : detail)
  return 1
}

function refuseLine(io: Io, { file, json }: Asked, bad: BadLine): ExitCode {
  const { line, from, field, found, wanted } = bad
  const before = from === 1 ? 'Nothing was applied' : `Lines 1 to ${from - 1} were applied`
  const rest = `${before}; nothing from line ${from} on was. Correct the line and send the whole file again: what was applied answers \`exists\`.`
  const where = field === '' ? `line ${line}` : `line ${line}, ${field}`
  const detail = `${file}, ${where}: found ${found}; wanted: ${wanted}. ${rest}`
  const error = {
    code: 'line_malformed',
    file,
    line,
    field,
    found,
    wanted,
    applied_to: from - 1,
    detail,
    exit: 1,
  }
  io.err(json ? JSON.stringify({ error }) : `tenth ledger apply: ${detail}`)
  return 1
}
