import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import type { NewEvent } from './schema.ts'
import { append, appendAll } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase({ empty: true })
})
afterAll(() => database.close())

const event = (n: number): NewEvent => ({
  at: '2026-11-22T00:00:00.000Z' as Instant,
  actor: 'test',
  kind: 'registry.record.added',
  subject: `record-${n}`,
  payload: { record_kind: 'measure', version: 1, sha256: 'ab'.repeat(32) },
})

test('numbers start at 0 and follow each other over transactions', async () => {
  const first = await database.db.transaction().execute((tx) => append(tx, event(0)))
  const more = await database.db.transaction().execute((tx) => appendAll(tx, [1, 2, 3].map(event)))
  expect([first, ...more].map((a) => a.seq)).toEqual([0n, 1n, 2n, 3n])
})

test('a transaction that is rolled back leaves nothing and no gap', async () => {
  const failing = database.db.transaction().execute(async (tx) => {
    await append(tx, event(4))
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  const next = await database.db.transaction().execute((tx) => append(tx, event(4)))
  expect(next.seq).toBe(4n)
})

test.each([
  'update audit_event set actor = actor',
  'delete from audit_event',
  'truncate audit_event cascade',
])('the database refuses: %s', async (statement) => {
  await expect(sql.raw(statement).execute(database.db)).rejects.toThrow('append-only')
})
