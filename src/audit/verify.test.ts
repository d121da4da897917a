import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canonicalJson, type Instant } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { leafText } from './envelope.ts'
import { openSigner, rotateKey } from './keys.ts'
import { formatSigner, generateSigner } from './note.ts'
import { proveConsistency } from './prove.ts'
import { publish } from './publish.ts'
import { isPlainText, type NewEvent } from './schema.ts'
import { appendAll, loadHead } from './store.ts'
import { verify } from './verify.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
beforeEach(async () => {
  database = await testDatabase({ empty: true })
  const dataFolder = mkdtempSync(join(tmpdir(), 'tenth-audit-'))
  shell = { db: database.db, dataFolder, now: () => '2026-11-22T01:02:03.456Z' as Instant }
})
afterEach(async () => {
  await database.close()
  rmSync(shell.dataFolder, { recursive: true })
})

const event = (n: number): NewEvent => ({
  at: '2026-11-22T00:00:00.000Z' as Instant,
  actor: 'tést “quoted”',
  kind: 'registry.record.added',
  subject: `record/${n}`,
  payload: { version: n, record_kind: 'measure', sha256: 'ab'.repeat(32) },
})
const log = (from: number, count: number) =>
  database.db.transaction().execute((tx) =>
    appendAll(
      tx,
      Array.from({ length: count }, (_, i) => event(from + i)),
    ),
  )

/** Changes a table behind the log's back, as an intruder with the database's own rights would. */
const damage = (statements: string) =>
  sql
    .raw(`alter table audit_event disable trigger user; alter table audit_checkpoint disable trigger user;
      ${statements};
      alter table audit_event enable trigger user; alter table audit_checkpoint enable trigger user`)
    .execute(database.db)

const published = async () => {
  const checkpoint = await publish(shell)
  if (!checkpoint.ok) throw new Error(JSON.stringify(checkpoint.error))
  return checkpoint.value
}

test('an untouched log is clean, and says what it rests on', async () => {
  expect(await verify(database.db)).toMatchObject({ events: 0, found: 0, checkpoints: 0 })
  await log(0, 20)
  await published()
  await log(20, 30)
  await published()
  await log(50, 7)
  const { root } = await loadHead(database.db)
  expect(await verify(database.db)).toMatchObject({
    events: 58,
    unsigned: 7,
    checkpoints: 2,
    findings: [],
    root: Buffer.from(root).toString('hex'),
  })
})

describe('damage is found and named', () => {
  // Event 20 is the key's; the checkpoints stand at 21 and 51.
  test.each([
    {
      why: 'a byte of a payload',
      sql: "update audit_event set payload = replace(payload, 'ion\":5', 'ion\":6') where seq = 5",
      seq: 5n,
      check: 'payload',
    },
    {
      why: 'a payload and its hash',
      sql: "update audit_event set payload = '{}', payload_hash = sha256('{}') where seq = 5",
      seq: 5n,
      check: 'leaf',
    },
    {
      why: 'a payload with a space, hash made anew',
      sql: "update audit_event set payload = payload || ' ', payload_hash = sha256(convert_to(payload || ' ', 'UTF8')) where seq = 5",
      seq: 5n,
      check: 'payload',
    },
    {
      why: 'a byte of the actor',
      sql: "update audit_event set actor = 'test' where seq = 6",
      seq: 6n,
      check: 'leaf',
    },
    {
      why: 'a millisecond',
      sql: "update audit_event set at = at + interval '1 millisecond' where seq = 7",
      seq: 7n,
      check: 'leaf',
    },
    {
      why: 'a bit of a leaf hash',
      sql: 'update audit_event set leaf_hash = set_bit(leaf_hash, 77, 1 - get_bit(leaf_hash, 77)) where seq = 8',
      seq: 8n,
      check: 'leaf',
    },
    {
      why: 'a bit of an inner node',
      sql: 'update audit_event set subtrees = set_bit(subtrees, 300, 1 - get_bit(subtrees, 300)) where seq = 15',
      seq: 15n,
      check: 'tree',
    },
    { why: 'an event dropped', sql: 'delete from audit_event where seq = 9', seq: 9n, check: 'sequence' },
    {
      why: 'the first event dropped',
      sql: 'delete from audit_event where seq = 0',
      seq: 0n,
      check: 'sequence',
    },
    {
      why: 'two events swapped',
      sql: 'update audit_event set seq = 1000 where seq = 10; update audit_event set seq = 10 where seq = 11; update audit_event set seq = 11 where seq = 1000',
      seq: 10n,
      check: 'leaf',
    },
    {
      why: 'the last events cut',
      sql: 'delete from audit_event where seq >= 48',
      seq: 48n,
      check: 'checkpoint',
    },
    { why: 'every event cut', sql: 'delete from audit_event', seq: 0n, check: 'checkpoint' },
    {
      why: 'a checkpoint’s root',
      sql: "update audit_checkpoint set root = sha256('') where size = 51",
      seq: 21n,
      check: 'checkpoint',
    },
    {
      why: 'a checkpoint’s note',
      sql: "update audit_checkpoint set note = replace(note, '51', '52') where size = 51",
      seq: 21n,
      check: 'checkpoint',
    },
  ])('$why', async ({ sql: statements, seq, check }) => {
    await log(0, 20)
    await published()
    await log(20, 30)
    await published()
    await damage(statements)
    const { findings } = await verify(database.db)
    expect(findings[0]).toMatchObject({ seq, check })
  })

  test('a history written anew, every hash right, does not agree with what was signed', async () => {
    await log(0, 20)
    const kept = await published()
    await log(21, 5)
    const { rows } = await sql<{ note: string }>`select note from audit_checkpoint`.execute(database.db)
    await sql
      .raw('alter table audit_event disable trigger user; alter table audit_checkpoint disable trigger user')
      .execute(database.db)
    await sql.raw('delete from audit_event; delete from audit_checkpoint').execute(database.db)
    rmSync(join(shell.dataFolder, 'audit.key'))
    await log(0, 19)
    await log(77, 1)
    await published()
    expect((await verify(database.db)).found).toBe(0)
    const { findings } = await verify(database.db, { kept: [kept] })
    expect(rows).toHaveLength(1)
    expect(findings[0]).toMatchObject({ check: 'checkpoint' })
  })

  test('nothing is signed that does not extend what was signed before', async () => {
    await log(0, 20)
    await published()
    await damage('delete from audit_event where seq >= 15')
    expect(await publish(shell)).toMatchObject({
      ok: false,
      error: { code: 'log_shorter', size: 15, signed: 21 },
    })
    await log(100, 10)
    expect(await publish(shell)).toMatchObject({ ok: false })
  })

  test('a room’s own check of its tables is run and counted', async () => {
    await log(0, 3)
    const finding = { check: 'measures', seq: 2n, detail: 'record/2 differs from what was logged' }
    const checks = [
      {
        name: 'measures',
        run: async function* () {
          yield finding
        },
      },
    ]
    expect(await verify(database.db, { checks })).toMatchObject({
      found: 1,
      findings: [finding],
      tables: ['measures'],
    })
  })
})

describe('the signing key', () => {
  test('is made once, for its owner alone, and logged', async () => {
    const first = await published()
    const file = join(shell.dataFolder, 'audit.key')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toMatch(/^PRIVATE\+KEY\+tenth\.local\/[0-9a-f]{8}\+/)
    expect(await published()).toEqual(first)
    expect((await loadHead(database.db)).size).toBe(1)
  })

  test('two processes that start together agree on one', async () => {
    const [a, b] = await Promise.all([published(), published()])
    expect(a.note).toBe(b.note)
    expect(await verify(database.db)).toMatchObject({ events: 1, found: 0 })
  })

  test('of the same file signs another database’s log under another name', async () => {
    const first = await published()
    const other = await testDatabase({ empty: true })
    const second = await publish({ ...shell, db: other.db })
    await other.close()
    expect(second.ok && second.value.note.split('\n')[0]).toMatch(/^tenth\.local\//)
    expect(second.ok && second.value.note.split('\n')[0]).not.toBe(first.note.split('\n')[0])
    await log(1, 1)
    expect((await published()).size).toBe(2)
  })

  test('that the operator gives is used under its own name', async () => {
    const file = join(shell.dataFolder, 'operator.key')
    writeFileSync(file, `${formatSigner(generateSigner('example.gov/log'))}\n`, { mode: 0o640 })
    const opened = await openSigner(shell, { file, isOperators: true, origin: undefined })
    expect(opened).toMatchObject({ ok: true, value: { name: 'example.gov/log' } })
    expect(await openSigner(shell)).toMatchObject({ ok: false, error: { code: 'key_missing' } })
  })

  test.each([
    { why: 'others may read it', damage: (file: string) => chmodSync(file, 0o644), code: 'key_exposed' },
    {
      why: 'it is another key',
      damage: (file: string) => writeFileSync(file, formatSigner(generateSigner('x'))),
      code: 'key_unknown',
    },
    {
      why: 'it is cut short',
      damage: (file: string) => writeFileSync(file, 'PRIVATE+KEY+x'),
      code: 'key_unreadable',
    },
  ])('is refused where $why', async ({ damage: spoil, code }) => {
    await published()
    spoil(join(shell.dataFolder, 'audit.key'))
    expect(await openSigner(shell)).toMatchObject({ ok: false, error: { code } })
  })

  test('takes its place when a crash came between the event and the file', async () => {
    await published()
    const file = join(shell.dataFolder, 'audit.key')
    const old = readFileSync(file, 'utf8')
    await rotateKey(shell, { actor: 'operator' })
    renameSync(file, `${file}.new`)
    writeFileSync(file, old, { mode: 0o600 })
    expect((await published()).size).toBe(2)
    expect(existsSync(`${file}.new`)).toBe(false)
  })

  test('is rotated by an event that both keys sign; older checkpoints stay good', async () => {
    await log(0, 5)
    await published()
    expect((await rotateKey(shell, { actor: 'operator' })).ok).toBe(true)
    await log(5, 5)
    await published()
    expect(await verify(database.db)).toMatchObject({ found: 0, checkpoints: 2 })
    await damage(
      "update audit_event set payload = replace(payload, 'new signing', 'NEW signing') where kind = 'audit.key.rotated'",
    )
    const { findings } = await verify(database.db)
    expect(findings.map((f) => f.check)).toContain('key')
  })

  test('replaced by two at once: one stands, and it is the one in the file', async () => {
    await published()
    const [a, b] = await Promise.all([rotateKey(shell, { actor: 'a' }), rotateKey(shell, { actor: 'b' })])
    expect([a.ok, b.ok]).toContain(true)
    await log(0, 1)
    await published()
    expect(await verify(database.db)).toMatchObject({ found: 0, checkpoints: 2 })
  })

  test('lost: nothing is signed until it is replaced, and the log says so', async () => {
    await published()
    await log(1, 1)
    rmSync(join(shell.dataFolder, 'audit.key'))
    expect(await publish(shell)).toMatchObject({ ok: false, error: { code: 'key_missing' } })
    expect((await rotateKey(shell, { actor: 'operator' })).ok).toBe(false)
    expect((await rotateKey(shell, { actor: 'operator', lostBecause: 'the disk died' })).ok).toBe(true)
    await published()
    expect(await verify(database.db)).toMatchObject({ found: 0, checkpoints: 2 })
  })
})

test('appends from 8 connections at once leave no gap and one true tree', async () => {
  await Promise.all(
    Array.from({ length: 8 }, async (_, who) => {
      for (let i = 0; i < 10; i++) await log(who * 100 + i, 1 + (i % 3))
    }),
  )
  await published()
  expect(await verify(database.db)).toMatchObject({ events: 8 * 19 + 1, found: 0 })
})

test('law: logging any lists one after another gives the tree of all of them', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      async (lists) => {
        const before = await loadHead(database.db)
        for (const count of lists) await log(0, count)
        const checked = await verify(database.db)
        const head = await loadHead(database.db)
        expect(checked).toMatchObject({
          found: 0,
          events: head.size,
          root: Buffer.from(head.root).toString('hex'),
        })
        expect(await proveConsistency(shell, before.size, head.size)).toMatchObject({ ok: true })
      },
    ),
    { numRuns: 8 },
  ))

test('law: the text of a leaf is the canonical JSON of its envelope', () => {
  const text = fc.string({ unit: 'binary', minLength: 1 }).filter(isPlainText)
  fc.assert(
    fc.property(text, text, fc.nat(), (actor, subject, seq) => {
      const envelope = {
        actor,
        at: '2026-11-22T00:00:00.000Z',
        kind: 'audit.key.created',
        payload_hash: 'ab'.repeat(32),
        seq,
        subject,
      }
      expect(leafText(envelope)).toBe(canonicalJson(envelope))
    }),
  )
})
