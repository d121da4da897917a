import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../audit/verify.ts'
import type { Instant } from '../base/index.ts'
import { type Cluster, holdCluster } from '../db/embedded.ts'
import { connect, migrate, PACKAGE_ROOT } from '../db/index.ts'
import { ledgerCheck } from './audit-store.ts'
import { openBook } from './book-store.ts'
import { BOOK, CLIENTS, openingCommands, readDiary, send } from './posting.testing.ts'
import type { BookId } from './schema.ts'
import { applyCommands, inLedger } from './store.ts'

/** How often; the long run that a release needs is TENTH_CRASHES=50. */
const CRASHES = Number(process.env.TENTH_CRASHES ?? 5)

const folder = mkdtempSync(join(tmpdir(), 'tenth-crash-'))
const poster = join(PACKAGE_ROOT, `dist/testing/poster-${process.pid}.mjs`)
let cluster: Cluster

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'poster.testing.ts')],
    outfile: poster,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  })
  // A real server: what is committed is on the disk.
  const held = await holdCluster(folder, { role: 'command' })
  if (!held.ok) throw new Error(JSON.stringify(held.error))
  cluster = held.value
  await withDatabase(async (db) => {
    await migrate(db)
    const meta = { at: new Date().toISOString() as Instant, actor: 'tester' }
    await inLedger(db, (tx) =>
      openBook(tx, { id: BOOK as BookId, kind: 'simulation', title: 'A trial' }, meta),
    )
    await applyCommands(db, BOOK, openingCommands(), meta)
  })
})
afterAll(async () => {
  await cluster.release()
  rmSync(folder, { recursive: true, force: true })
  rmSync(poster, { force: true })
})

async function withDatabase<T>(work: (db: ReturnType<typeof connect>['db']) => Promise<T>): Promise<T> {
  const { db } = connect(() => cluster.url('postgres'), CLIENTS)
  return work(db).finally(() => db.destroy())
}

/** Posts from eight clients in a process of its own, and kills it and the database at one moment. */
async function crash(round: number): Promise<string> {
  const child = spawn(process.execPath, [poster, cluster.url('postgres'), String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let diary = ''
  child.stdout.on('data', (bytes) => (diary += bytes))
  const ended = new Promise((done) => child.once('close', done))
  // From the first acknowledgements on, at a moment that nobody chose.
  for (let waited = 0; readDiary(diary).batches < CLIENTS && waited < 2_000; waited++) await sleep(5)
  await sleep(Math.random() * 250)
  const [first, second] = Math.random() < 0.5 ? [child.pid, cluster.pid()] : [cluster.pid(), child.pid]
  process.kill(first ?? 0, 'SIGKILL')
  process.kill(second ?? 0, 'SIGKILL')
  await ended
  return diary
}

test(
  `killed ${CRASHES} times while eight clients post: what was acknowledged is there, and nothing else`,
  async () => {
    const acknowledged = new Set<string>()
    for (let round = 0; round < CRASHES; round++) {
      const diary = readDiary(await crash(round))
      expect(diary.batches).toBeGreaterThan(0)
      for (const id of diary.acknowledged) acknowledged.add(id)
      expect(await cluster.revive()).toEqual({ ok: true, value: true })
      await withDatabase(async (db) => {
        const standing = async () => {
          const { rows } = await sql<{
            id: string
          }>`select id from ledger_transfer where book = ${BOOK}`.execute(db)
          return new Set(rows.map((row) => row.id))
        }
        const before = await standing()
        expect([...acknowledged].filter((id) => !before.has(id))).toEqual([])
        // An answer that was lost on its way is no acknowledgement: the client sends again, and then it knows.
        for (const [client, n] of diary.open)
          for (const id of await send(db, round, client, n)) acknowledged.add(id)
        expect(await standing()).toEqual(acknowledged)
        const { found, findings } = await verify(db, { checks: [ledgerCheck] })
        expect([found, findings]).toEqual([0, []])
      })
    }
  },
  30_000 + CRASHES * 15_000,
)
