import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../audit/verify.ts'
import type { Instant } from '../base/index.ts'
import { type Cluster, holdCluster } from '../db/embedded.ts'
import { connect, migrate } from '../db/index.ts'
import { ledgerCheck } from './audit-store.ts'
import { openBook } from './book-store.ts'
import { BOOK, CLIENTS, openingCommands, postUntilTheEnd, readDiary, send } from './posting.testing.ts'
import { killServer, makeReplica } from './replica.testing.ts'
import type { BookId } from './schema.ts'
import { applyCommands, inLedger } from './store.ts'

/** How long the eight clients post before the primary dies; TENTH_FAILOVER_MS for a longer run. */
const LOAD_MS = Number(process.env.TENTH_FAILOVER_MS ?? 1_500)

const folder = mkdtempSync(join(tmpdir(), 'tenth-failover-'))
let cluster: Cluster
beforeAll(async () => {
  const held = await holdCluster(join(folder, 'primary'), { role: 'command' })
  if (!held.ok) throw new Error(JSON.stringify(held.error))
  cluster = held.value
})
afterAll(async () => {
  await cluster.release()
  rmSync(folder, { recursive: true, force: true })
})

// /proc tells which processes belong to a server.
test.runIf(process.platform === 'linux')(
  'the primary dies under load, the replica takes over: nothing acknowledged is lost, and posting goes on',
  async () => {
    const primary = connect(cluster.url('postgres'), CLIENTS)
    await migrate(primary.db)
    const meta = { at: new Date().toISOString() as Instant, actor: 'tester' }
    await inLedger(primary.db, (tx) =>
      openBook(tx, { id: BOOK as BookId, kind: 'simulation', title: 'A trial' }, meta),
    )
    await applyCommands(primary.db, BOOK, openingCommands(), meta)
    const replica = await makeReplica(cluster, join(folder, 'primary'), join(folder, 'replica'))

    const file = join(folder, 'diary')
    const out = openSync(file, 'w')
    const posting = postUntilTheEnd(primary.db, 1, out)
    await sleep(LOAD_MS)
    killServer(cluster.pid())
    await posting
    closeSync(out)
    await primary.db.destroy()
    const diary = readDiary(readFileSync(file, 'utf8'))
    expect(diary.batches).toBeGreaterThan(CLIENTS)

    await replica.promote()
    const { db } = connect(replica.url('postgres'), CLIENTS)
    try {
      const standing = async () => {
        const { rows } = await sql<{
          id: string
        }>`select id from ledger_transfer where book = ${BOOK}`.execute(db)
        return new Set(rows.map((row) => row.id))
      }
      const before = await standing()
      expect(diary.acknowledged.filter((id) => !before.has(id))).toEqual([])
      const known = new Set(diary.acknowledged)
      for (const [client, n] of diary.open) for (const id of await send(db, 1, client, n)) known.add(id)
      for (const id of await send(db, 2, 0, 0)) known.add(id)
      expect(await standing()).toEqual(known)
      const { found, findings } = await verify(db, { checks: [ledgerCheck] })
      expect([found, findings]).toEqual([0, []])
    } finally {
      await db.destroy()
      await replica.stop()
    }
  },
  60_000 + LOAD_MS,
)
