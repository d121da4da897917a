import type { Db } from '../db/index.ts'
import { LogCheck, type WantedHead } from './check.ts'
import type { Finding } from './schema.ts'
import { loadCheckpoints, loadStored } from './store.ts'

/** By this a room shows that its tables say what the log says. */
export interface TableCheck {
  /** What is compared, in a few words: `registry versions`. */
  readonly name: string
  readonly run: (db: Db) => AsyncIterable<Finding>
}

export interface VerifyOptions {
  readonly checks?: readonly TableCheck[]
  /** Checkpoints that someone kept elsewhere: the log must extend them. */
  readonly kept?: readonly WantedHead['checkpoint'][]
  readonly onProgress?: (done: number, total: number) => void
}

export interface Verification {
  readonly events: number
  /** Hexadecimal; null where a gap leaves no tree. */
  readonly root: string | null
  readonly checkpoints: number
  /** Events after the last published checkpoint: nobody outside could miss them yet. */
  readonly unsigned: number
  readonly tables: readonly string[]
  /** In the order of the log, then of the tables; at most the first hundred. */
  readonly findings: readonly Finding[]
  readonly found: number
}

const PAGE = 5_000
const SHOWN = 100

/** Recomputes the whole log, on one snapshot of the database, and compares it with what was signed and stored. */
export const verify = (db: Db, options: VerifyOptions = {}): Promise<Verification> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => verifySnapshot(tx, options))

async function verifySnapshot(db: Db, options: VerifyOptions): Promise<Verification> {
  const { checks = [], kept = [] } = options
  const findings: Finding[] = []
  let found = 0
  const report = (finding: Finding) => {
    found += 1
    if (findings.length < SHOWN) findings.push(finding)
  }
  const published = await loadCheckpoints(db)
  const check = new LogCheck(headsBySize(published, kept), report)
  await readLog(db, check, options.onProgress)
  check.end()
  for (const table of checks) for await (const finding of table.run(db)) report(finding)
  return {
    events: check.size,
    root: check.root ? Buffer.from(check.root).toString('hex') : null,
    checkpoints: published.length + kept.length,
    unsigned: Math.max(0, check.size - (published[0]?.size ?? 0)),
    tables: checks.map((table) => table.name),
    findings,
    found,
  }
}

/** The next page is on its way while one is checked: the database and this process each have a core. */
async function readLog(db: Db, check: LogCheck, onProgress: VerifyOptions['onProgress']): Promise<void> {
  const total = await loadSize(db)
  const load = (from: number) => loadStored(db, { from, order: 'asc', limit: PAGE })
  let page = await load(0)
  while (page.length > 0) {
    const next = load(Number(page.at(-1)?.seq ?? 0n) + 1)
    for (const row of page) check.add(row)
    onProgress?.(check.size, total)
    page = await next
  }
}

const loadSize = async (db: Db): Promise<number> =>
  Number((await loadStored(db, { order: 'desc', limit: 1 }))[0]?.seq ?? -1n) + 1

function headsBySize(
  published: readonly WantedHead['checkpoint'][],
  kept: readonly WantedHead['checkpoint'][],
): Map<number, WantedHead[]> {
  const heads = new Map<number, WantedHead[]>()
  const add = (from: WantedHead['from']) => (checkpoint: WantedHead['checkpoint']) =>
    heads.set(checkpoint.size, [...(heads.get(checkpoint.size) ?? []), { from, checkpoint }])
  published.toReversed().forEach(add('table'))
  kept.forEach(add('file'))
  return heads
}
