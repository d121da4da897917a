import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant, IsoDate } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import { DATA_FOLDER } from './files.ts'
import type { Rec } from './schema.ts'
import { loadBook, loadChanges, loadHistory, loadRevision, syncFiles, writeVersions } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let folder: string
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  folder = mkdtempSync(join(tmpdir(), 'tenth-registry-'))
  cpSync(DATA_FOLDER, folder, { recursive: true })
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.close()
})

const at = (text: string) => text as Instant
const sync = (time: string) => syncFiles(database.db, { at: at(time) }, folder)
const edit = (file: string, from: string, to: string) => {
  const text = readFileSync(join(folder, file), 'utf8')
  expect(text).toContain(from)
  writeFileSync(join(folder, file), text.replace(from, to))
}
const asOperator = (rec: Rec, time: string) =>
  database.db
    .transaction()
    .execute((tx) => writeVersions(tx, [{ rec }], { at: at(time), actor: 'operator', origin: 'operator' }))
const recordOf = async (id: string): Promise<Rec> => {
  const rec = (await loadBook(database.db)).records.get(id)
  if (rec === undefined) throw new Error(`no ${id}`)
  return rec
}

describe.sequential('the files and the store', () => {
  test('a first start takes in every record, and logs each', async () => {
    const synced = await sync('2026-11-22T01:00:00.000Z')
    const events = await sql<{ n: bigint }>`
      select count(*) as n from audit_event where kind = 'registry.record.added'`.execute(database.db)
    expect(synced).toEqual({ ok: true, value: { added: 482, changed: 0, withdrawn: 0, revision: 1 } })
    expect(events.rows[0]?.n).toBe(482n)
  })

  test('a second start on the same files changes nothing', async () => {
    expect(await sync('2026-11-22T02:00:00.000Z')).toMatchObject({
      value: { added: 0, changed: 0, revision: 1 },
    })
  })

  test('the book is the same object until something changes', async () => {
    expect(await loadBook(database.db)).toBe(await loadBook(database.db))
    const day = '2025-06-01' as IsoDate
    expect(await loadBook(database.db, { asOf: day })).toBe(await loadBook(database.db, { asOf: day }))
  })

  test('an edit of a file makes one new version of one record, and the old one stays readable', async () => {
    edit('measures/co.yaml', 'title: Colorado attorney general litigation program', 'title: Colorado suits')
    expect(await sync('2026-11-23T01:00:00.000Z')).toMatchObject({
      value: { added: 0, changed: 1, revision: 2 },
    })
    const history = await loadHistory(database.db, 'm-co-50-suits')
    expect(history.map((v) => [v.version, v.change, v.rec.title])).toEqual([
      [1, 'added', 'Colorado attorney general litigation program'],
      [2, 'correction', 'Colorado suits'],
    ])
    expect(await loadChanges(database.db, { limit: 1 })).toEqual(history.slice(1))
  })

  test('what was known before a version was recorded can still be asked', async () => {
    const before = await loadBook(database.db, { knownAt: at('2026-11-22T12:00:00.000Z') })
    expect(before.records.get('m-co-50-suits')?.title).toBe('Colorado attorney general litigation program')
    const nothing = await loadBook(database.db, { knownAt: at('2026-11-22T00:00:00.000Z') })
    expect(nothing.records.size).toBe(0)
  })

  test('what the operator records is not overwritten by a start, until that record changes in its file', async () => {
    const rec = await recordOf('m-co-sb25-276')
    await asOperator({ ...rec, title: 'By the operator' }, '2026-11-24T01:00:00.000Z')
    edit('measures/co.yaml', 'title: Colorado suits', 'title: Colorado suits again')
    expect(await sync('2026-11-25T01:00:00.000Z')).toMatchObject({ value: { changed: 1 } })
    expect((await recordOf('m-co-sb25-276')).title).toBe('By the operator')
    edit('measures/co.yaml', `title: ${rec.title}`, 'title: By the file')
    expect(await sync('2026-11-26T01:00:00.000Z')).toMatchObject({ value: { changed: 1 } })
    expect((await recordOf('m-co-sb25-276')).title).toBe('By the file')
  })

  test('an operator record that the files later hold alike makes no version, and is then theirs', async () => {
    const rec = await recordOf('m-co-sb25-276')
    await asOperator({ ...rec, title: 'Agreed' }, '2026-11-26T02:00:00.000Z')
    edit('measures/co.yaml', 'title: By the file', 'title: Agreed')
    expect(await sync('2026-11-26T03:00:00.000Z')).toMatchObject({ value: { changed: 0 } })
    await asOperator({ ...rec, title: 'By the operator again' }, '2026-11-26T04:00:00.000Z')
    edit('measures/co.yaml', 'title: Colorado suits again', 'title: Colorado suits once more')
    expect(await sync('2026-11-26T05:00:00.000Z')).toMatchObject({ value: { changed: 1 } })
    expect((await recordOf('m-co-sb25-276')).title).toBe('By the operator again')
  })

  test('a status that changes is a new version in valid time: the day before still shows the old one', async () => {
    const rec = await recordOf('m-co-2026-civil-remedy')
    expect(rec.status).toBe('proposed')
    await asOperator({ ...rec, status: 'defeated' } as Rec, '2026-11-27T01:00:00.000Z')
    const [, second] = await loadHistory(database.db, rec.id)
    expect(second).toMatchObject({ change: 'status', valid_from: '2026-11-27' })
    const statusOn = async (day: string) =>
      (await loadBook(database.db, { asOf: day as IsoDate })).records.get(rec.id)?.status
    expect(await statusOn('2026-11-26')).toBe('proposed')
    expect(await statusOn('2026-11-27')).toBe('defeated')
    expect(await statusOn('2025-12-31')).toBeUndefined()
  })

  test('a record that leaves the files is withdrawn, keeps its link, and comes back when they hold it again', async () => {
    const whole = readFileSync(join(folder, 'measures/gu.yaml'), 'utf8')
    writeFileSync(join(folder, 'measures/gu.yaml'), '[]\n')
    expect(await sync('2026-11-28T01:00:00.000Z')).toMatchObject({ value: { withdrawn: 1 } })
    const book = await loadBook(database.db)
    expect(book.records.get('m-gu-joins-public-health-alliance')?.withdrawn).toEqual({
      on: '2026-11-28',
      why: 'the record is no longer in the files of the registry',
    })
    expect(book.byKind.measure.map((rec) => rec.id)).not.toContain('m-gu-joins-public-health-alliance')
    writeFileSync(join(folder, 'measures/gu.yaml'), whole)
    expect(await sync('2026-11-29T01:00:00.000Z')).toMatchObject({ value: { changed: 1 } })
    expect((await recordOf('m-gu-joins-public-health-alliance')).withdrawn).toBeUndefined()
  })

  test('one fault in one file refuses the start, names it, and leaves the store as it was', async () => {
    const revision = await loadRevision(database.db)
    edit('measures/co.yaml', 'title: Colorado suits once more', 'titel: Colorado suits')
    const synced = await sync('2026-11-30T01:00:00.000Z')
    expect(synced.ok ? [] : synced.error.map((fault) => [fault.file, fault.field])).toEqual([
      ['measures/co.yaml', 'title'],
      ['measures/co.yaml', 'titel'],
    ])
    expect(await loadRevision(database.db)).toBe(revision)
    edit('measures/co.yaml', 'titel: Colorado suits', 'title: Colorado suits once more')
  })

  test('a transaction that fails leaves neither version nor event', async () => {
    const before = await sql<{ n: bigint }>`select count(*) as n from audit_event`.execute(database.db)
    const rec = await recordOf('m-co-sb25-276')
    await expect(
      database.db.transaction().execute(async (tx) => {
        const writer = { at: at('2026-12-01T01:00:00.000Z'), actor: 'operator', origin: 'operator' as const }
        await writeVersions(tx, [{ rec: { ...rec, title: 'Half done' } }], writer)
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    const after = await sql<{ n: bigint }>`select count(*) as n from audit_event`.execute(database.db)
    expect(after.rows).toEqual(before.rows)
    expect((await recordOf('m-co-sb25-276')).title).toBe('By the operator again')
  })
})

describe('the table states its own truth', () => {
  const refused = (statement: string) => sql.raw(statement).execute(database.db)
  const copy = (columns: Readonly<Record<string, string>>) => {
    const names =
      'id, version, kind, valid_from, recorded_at, record, hash, origin, change, reason, revision, audit_seq'
    const values = names.split(', ').map((name) => columns[name] ?? name)
    return `insert into registry_version (${names}) select ${values.join(', ')} from registry_version
            where id = 'm-co-50-suits' order by version desc limit 1`
  }

  test.each([
    ['an update', `update registry_version set reason = 'x'`, /append-only/],
    ['a delete', 'delete from registry_version', /append-only/],
    ['a truncation', 'truncate registry_version', /append-only/],
    ['a hash that is not the record’s', copy({ version: 'version + 1', record: `record || ' '` }), /hash/],
    ['a version out of order', copy({ version: 'version + 2' }), /does not follow/],
    [
      'an earlier recording',
      copy({ version: 'version + 1', recorded_at: `recorded_at - interval '1 day'` }),
      /before/,
    ],
    ['a kind that changes', copy({ version: 'version + 1', kind: `'lawsuit'` }), /changes its kind|check/],
    ['a version without an event', copy({ version: 'version + 1', audit_seq: '999999999' }), /foreign key/],
    ['a padded nonsense date', copy({ version: 'version + 1', valid_from: `'2025-1'` }), /valid_from/],
  ])('%s is refused', async (_, statement, reason) => {
    await expect(refused(statement)).rejects.toThrow(reason)
  })
})
