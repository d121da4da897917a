import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { prove } from '../src/audit/prove.ts'
import { publish } from '../src/audit/publish.ts'
import type { NewEvent } from '../src/audit/schema.ts'
import { append, appendAll } from '../src/audit/store.ts'
import { verify } from '../src/audit/verify.ts'
import type { Instant } from '../src/base/index.ts'
import { holdCluster } from '../src/db/embedded.ts'
import { connect, migrate, type Shell } from '../src/db/index.ts'

interface Line {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly note?: string
}

const EVENTS = 1_000_000
const BATCH = 50_000

/** Time to log, prove and verify, on a log of a million events of the size that the registry writes. */
export async function bench(emit: (line: Line) => void): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'tenth-bench-'))
  const started = await holdCluster(dataFolder, { role: 'command' }, { isThrowaway: true })
  if (!started.ok) throw new Error(JSON.stringify(started.error))
  try {
    const { db } = connect(started.value.url('postgres'), 8)
    await migrate(db)
    await measure({ db, dataFolder, now: () => new Date().toISOString() as Instant }, emit)
    await db.destroy()
  } finally {
    await started.value.release()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

async function measure(shell: Shell, emit: (line: Line) => void): Promise<void> {
  const { db } = shell
  const batches: number[] = []
  for (let from = 0; from < EVENTS; from += BATCH) {
    const events = Array.from({ length: BATCH }, (_, i) => event(from + i))
    batches.push(await time(() => db.transaction().execute((tx) => appendAll(tx, events))))
  }
  const total = batches.reduce((sum, ms) => sum + ms, 0)
  emit({
    name: 'audit append in bulk',
    value: rounded(EVENTS / (total / 1000)),
    unit: 'events/s',
    note: `${BATCH} a transaction`,
  })
  await sql`vacuum analyze audit_event`.execute(db)

  const singles: number[] = []
  for (let i = 0; i < 500; i++)
    singles.push(await time(() => db.transaction().execute((tx) => append(tx, event(EVENTS + i)))))
  emit({
    name: 'audit append p50',
    value: middle(singles),
    unit: 'ms',
    note: 'one event a transaction, one connection',
  })
  const together = await time(() =>
    Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let i = 0; i < 100; i++) await db.transaction().execute((tx) => append(tx, event(i)))
      }),
    ),
  )
  emit({ name: 'audit append, 8 connections', value: rounded(800 / (together / 1000)), unit: 'events/s' })

  emit({ name: 'audit publish', value: rounded(await time(() => publish(shell))), unit: 'ms' })
  const proofs: number[] = []
  for (let i = 0; i < 200; i++) proofs.push(await time(() => prove(shell, (i * 4_999) % EVENTS)))
  emit({ name: 'audit prove p50', value: middle(proofs), unit: 'ms', note: `tree of ${EVENTS} events` })

  const taken = await time(async () => {
    const { found } = await verify(db)
    if (found > 0) throw new Error(`${found} findings in a log that nobody touched`)
  })
  emit({
    name: 'audit verify',
    value: rounded(taken / 1000),
    unit: 's',
    note: `${EVENTS} events; at most 20`,
  })
}

const event = (n: number): NewEvent => ({
  at: new Date(1_750_000_000_000 + n * 1000).toISOString() as Instant,
  actor: 'operator',
  kind: 'registry.record.added',
  subject: `co-hb-${n}-protections-for-state-courthouses`,
  payload: {
    record_kind: 'measure',
    version: 1,
    sha256: createHash('sha256').update(String(n)).digest('hex'),
  },
})

async function time(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

const rounded = (n: number) => Math.round(n * 100) / 100
const middle = (times: readonly number[]) =>
  rounded(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0)
