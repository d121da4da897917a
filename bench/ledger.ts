import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Instant } from '../src/base/index.ts'
import { holdCluster } from '../src/db/embedded.ts'
import { connect, type Db, migrate, PACKAGE_ROOT } from '../src/db/index.ts'
import { ledgerFindings } from '../src/ledger/audit-store.ts'
import { balancesOf } from '../src/ledger/balance-store.ts'
import { batchesOf } from '../src/ledger/batches.ts'
import { openBook } from '../src/ledger/book-store.ts'
import type { BookId } from '../src/ledger/index.ts'
import { hledgerFormat } from '../src/ledger/journal-hledger.ts'
import { writeJournal } from '../src/ledger/journal-store.ts'
import { applyCommands, inLedger, MOST_COMMANDS } from '../src/ledger/store.ts'

const HLEDGER = 'hledger'

interface Line {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly note?: string
}
type Emit = (line: Line) => void

/** Accounts that the transfers go between, as many as a large state has agencies and funds. */
const ACCOUNTS = 500
const RUNS = 3
/** How many transfers a run posts, by the size of its batches. */
const SIZES = [
  [8_000, 240_000],
  [100, 40_000],
  [1, 3_000],
] as const
const MANY = Number(process.env.TENTH_BENCH_TRANSFERS ?? 5_000_000)

/** Transfers a second from JSON Lines to committed, beside a bare COPY of the same rows and beside hledger. */
export async function bench(emit: Emit): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenth-bench-'))
  // A real server: what is committed is on the disk.
  const started = await holdCluster(folder, { role: 'command' })
  if (!started.ok) throw new Error(JSON.stringify(started.error))
  try {
    const { db } = connect(started.value.url('postgres'), 4)
    await migrate(db)
    for (const [size, transfers] of SIZES)
      await beside(db, started.value.url('postgres'), folder, size, transfers, emit)
    await compareHledger(db, folder, emit)
    await db.destroy()
  } finally {
    await started.value.release()
    rmSync(folder, { recursive: true, force: true })
  }
  await benchMany(emit)
}

const now = () => ({ at: new Date().toISOString() as Instant, actor: 'bench' })
const pad = (n: number, width: number) => n.toString(16).padStart(width, '0')
const dateOf = (k: number) =>
  `2026-${String((k % 12) + 1).padStart(2, '0')}-${String((k % 28) + 1).padStart(2, '0')}`

/** Ids that rise with time, as a client's UUIDs of version 7 do. */
const idOf = (k: number) => {
  const noise = pad(Math.imul(k, 2_654_435_761) >>> 0, 8)
  return `${pad(0x01970000 + (k >>> 16), 8)}-${pad(k & 0xffff, 4)}-7${noise.slice(0, 3)}-8${noise.slice(3, 6)}-${pad(k, 12)}`
}
const debitOf = (k: number) => `bank:${k % ACCOUNTS}`
const creditOf = (k: number) => `escrow:${(k * 7) % ACCOUNTS}`
const amountOf = (k: number) => (k % 1000) * 100 + 1

const transferLine = (k: number) =>
  `{"op":"transfer","id":"${idOf(k)}","debit":"${debitOf(k)}","credit":"${creditOf(k)}","amount":"${amountOf(k)}","kind":"posted","date":"${dateOf(k)}","code":"401"}\n`

const accountLines = () =>
  Array.from({ length: ACCOUNTS }, (_, i) =>
    [
      `{"op":"account","id":"bank:${i}","code":"1010","normal":"debit","limit":"credits<=debits","upper":null}\n`,
      `{"op":"account","id":"escrow:${i}","code":"2010","normal":"credit","limit":"debits<=credits","upper":null}\n`,
    ].join(''),
  ).join('')

function* fileLines(transfers: number): Generator<string> {
  for (let k = 0; k < transfers; k += 1000) {
    let text = ''
    for (let i = k; i < Math.min(k + 1000, transfers); i++) text += transferLine(i)
    yield text
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

async function best(work: (run: number) => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) times.push(await work(run))
  return Math.min(...times)
}

/** As `tenth ledger apply` does it: the next batch is read while this one is written. */
async function applyFile(
  db: Db,
  book: string,
  source: AsyncIterable<Uint8Array>,
  size: number,
): Promise<void> {
  const batches = batchesOf(source, size, MOST_COMMANDS)
  let next = batches.next()
  for (;;) {
    const { done, value } = await next
    if (done) return
    if (!value.ok) throw new Error(JSON.stringify(value.error))
    next = batches.next()
    const outcomes = await applyCommands(db, book, value.value.commands, now())
    if (outcomes.some((outcome) => outcome.status !== 'ok')) throw new Error('a transfer was not taken')
  }
}

let books = 0
async function newBook(db: Db): Promise<string> {
  const id = `bench-${books++}` as BookId
  await inLedger(db, (tx) => openBook(tx, { id, kind: 'simulation', title: 'A benchmark' }, now()))
  await applyFile(db, id, Readable.from([Buffer.from(accountLines())]), 8_000)
  return id
}

/** Our rate and that of COPY, run in turn, so that a busy moment hits both. */
async function beside(
  db: Db,
  url: string,
  folder: string,
  size: number,
  transfers: number,
  emit: Emit,
): Promise<void> {
  const file = join(folder, 'transfers.jsonl')
  await pipeline(Readable.from(fileLines(transfers)), createWriteStream(file))
  const texts = copyTexts(transfers, size)
  const copied: number[] = []
  const ours = await best(async () => {
    const book = await newBook(db)
    copied.push(await copyInto(db, url, texts))
    return seconds(() => applyFile(db, book, createReadStream(file, { highWaterMark: 1 << 20 }), size))
  })
  const rate = Math.round(transfers / ours)
  const limit = Math.round(transfers / Math.min(...copied))
  const many = size === 1 ? 'one transfer a batch' : `batches of ${size}`
  emit({
    name: `ledger.apply.${size}`,
    value: rate,
    unit: 'transfers/s',
    note: `JSON Lines to committed, ${many}, one client`,
  })
  emit({
    name: `ledger.apply.${size}.limit`,
    value: limit,
    unit: 'rows/s',
    note: `a bare COPY of the same rows into the same table with the same indexes, ${many}`,
  })
  emit({
    name: `ledger.apply.${size}.share`,
    value: round(rate / limit),
    unit: 'of the limit',
    note: 'goal: at least 0.33',
  })
}

function copyTexts(transfers: number, size: number): readonly Buffer[] {
  const texts: Buffer[] = []
  for (let from = 0; from < transfers; from += size) {
    let text = ''
    for (let k = from; k < Math.min(from + size, transfers); k++)
      text += `bench\t${idOf(k)}\t${debitOf(k)}\t${creditOf(k)}\t${amountOf(k)}\tposted\t${dateOf(k)}\t${from}\t${k - from}\t401\t2026-03-01 12:00:00+00\n`
    texts.push(Buffer.from(text))
  }
  return texts
}

/** Each text in a transaction of its own, as a batch is. */
async function copyInto(db: Db, url: string, texts: readonly Buffer[]): Promise<number> {
  await sql`create table bare (like ledger_transfer including all)`.execute(db)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const columns = 'book, id, debit, credit, amount, kind, date, batch, place, code, recorded_at'
  const taken = await seconds(async () => {
    for (const text of texts)
      await pipeline(Readable.from([text]), client.query(copyFrom(`copy bare (${columns}) from stdin`)))
  })
  await client.end()
  await sql`drop table bare`.execute(db)
  return taken
}

/** hledger reads the same transfers, as we export them, and sums them; passed over where it is not installed. */
async function compareHledger(db: Db, folder: string, emit: Emit): Promise<void> {
  const transfers = 100_000
  const file = join(folder, 'hledger.jsonl')
  await pipeline(Readable.from(fileLines(transfers)), createWriteStream(file))
  let book = ''
  const ours = await best(async () => {
    book = await newBook(db)
    return seconds(() => applyFile(db, book, createReadStream(file, { highWaterMark: 1 << 20 }), 8_000))
  })
  if (spawnSync(HLEDGER, ['--version']).status !== 0) return
  const journal = join(folder, 'book.journal')
  const out = createWriteStream(journal)
  await writeJournal(db, book, hledgerFormat, async (text) => {
    if (!out.write(text)) await once(out, 'drain')
  })
  out.end()
  await once(out, 'finish')
  const theirs = await best(() =>
    seconds(async () => {
      const { status, stderr } = spawnSync(HLEDGER, ['-f', journal, 'balance', '-N', '--flat'], {
        encoding: 'utf8',
        maxBuffer: 1e8,
      })
      if (status !== 0) throw new Error(stderr)
    }),
  )
  const version = spawnSync(HLEDGER, ['--version'], { encoding: 'utf8' }).stdout.trim()
  emit({
    name: 'ledger.apply.100k',
    value: Math.round(transfers / ours),
    unit: 'transfers/s',
    note: `${transfers} transfers in batches of 8000`,
  })
  emit({
    name: 'ledger.hledger',
    value: Math.round(transfers / theirs),
    unit: 'transfers/s',
    note: `${version} reads and balances the same journal`,
  })
  emit({ name: 'ledger.hledger.ratio', value: round(theirs / ours), unit: 'times as fast', note: 'goal: 10' })
}

/** The command itself in a process of its own, fed with millions of lines: its memory early and late. */
async function benchMany(emit: Emit): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenth-bench-'))
  const env = { ...process.env, TENTH_DATA: folder }
  const held = await holdCluster(folder, { role: 'command' })
  if (!held.ok) throw new Error(JSON.stringify(held.error))
  try {
    const child = spawn(
      process.execPath,
      ['dist/cli/main.js', 'ledger', 'apply', '-', '--book', 'many', '--json'],
      {
        cwd: PACKAGE_ROOT,
        env,
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    )
    let [answers, early] = [0, 0]
    child.stdout.on('data', (bytes: Buffer) => {
      for (const byte of bytes) if (byte === 10) answers += 1
      if (early === 0 && answers > MANY / 10) early = megabytes(child.pid ?? 0, 'VmHWM')
    })
    const start = performance.now()
    const ended = once(child, 'close')
    child.stdin.write(accountLines())
    for (const text of fileLines(MANY)) if (!child.stdin.write(text)) await once(child.stdin, 'drain')
    // The last lines are still on their way: what the process needed until now is what it needed in all.
    const late = megabytes(child.pid ?? 0, 'VmHWM')
    child.stdin.end()
    const [code] = await ended
    if (code !== 0 || answers !== MANY + 2 * ACCOUNTS)
      throw new Error(`it ended with ${code} after ${answers} answers`)
    const taken = (performance.now() - start) / 1000
    emit({
      name: 'ledger.apply.many',
      value: Math.round(MANY / taken),
      unit: 'transfers/s',
      note: `${MANY} transfers by the command, its start and its answers included`,
    })
    emit({
      name: 'ledger.apply.memory.early',
      value: early,
      unit: 'MB',
      note: 'largest resident size after a tenth of them',
    })
    emit({
      name: 'ledger.apply.memory.late',
      value: late,
      unit: 'MB',
      note: 'largest resident size after all of them; goal: the same',
    })
    await benchReading(held.value.url(), emit)
  } finally {
    await held.value.release()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function benchReading(url: string, emit: Emit): Promise<void> {
  const { db } = connect(url, 2)
  const past = await seconds(() => balancesOf(db, 'many', { asOf: '2026-06-30' as never, knownAt: now().at }))
  emit({
    name: 'ledger.balances.past',
    value: round(past),
    unit: 's',
    note: `every balance as of a past day by both clocks, ${MANY} transfers`,
  })
  const verified = await seconds(async () => {
    for await (const { detail } of ledgerFindings(db)) throw new Error(detail)
  })
  emit({
    name: 'ledger.verify',
    value: round(verified),
    unit: 's',
    note: `${MANY} transfers, every batch and balance`,
  })
  await db.destroy()
}

function megabytes(pid: number, name: string): number {
  try {
    const found = new RegExp(`${name}:\\s*(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Math.round(Number(found?.[1]) / 1024)
  } catch {
    return Number.NaN
  }
}

const round = (n: number): number => Math.round(n * 1000) / 1000
