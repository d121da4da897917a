import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backup } from './backup.ts'
import { SEAL_BYTES, sealOf, sha256 } from './backup-format.ts'
import type { Db } from './connect.ts'
import { findMigrations, type Migration } from './migrate.ts'
import { restore } from './restore.ts'
import { testDatabase } from './testing.ts'

type TestDatabase = Awaited<ReturnType<typeof testDatabase>>
const folder = mkdtempSync(join(tmpdir(), 'tenth-backup-'))
const file = join(folder, 'all.tenth')
let source: TestDatabase
let target: TestDatabase
let migrations: readonly Migration[]

/** Tables that refer to themselves and to each other, refuse changes, and make columns of their own. */
const STRANGE = `
  create table strange (
    id bigint generated always as identity primary key, "odd ""name" text, words text[], at timestamptz, raw bytea,
    exact numeric, near double precision, twice bigint generated always as (id * 2) stored,
    parent bigint references strange, other bigint);
  create table stranger (id bigint primary key, strange bigint not null references strange);
  alter table strange add foreign key (other) references stranger;
  create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$;
  create trigger never before update or delete or truncate on stranger for each statement execute function refuse();
  create materialized view strangest as select count(*) as n from strange;
  insert into stranger select 0, 0 where false`

// Values that a careless copy would change: the end mark, tabs, line ends, NULL, the empty string, deep numbers.
const ROWS = [
  sql`insert into strange ("odd ""name", words, at, raw, exact, near, parent) values
    (${'\\.'}, array['a', null, ''], '2026-11-22 01:02:03.456789+00', '\\x00ff', 12345678901234567890.123456789, 0.1, 3),
    (${'tab\there\nline\r\nend \\N'}, '{}', 'infinity', '', 'NaN', 'Infinity', 1),
    (null, null, null, null, null, null, null)`,
  sql`insert into stranger values (7, 2)`,
  sql`update strange set other = 7 where id = 1`,
]

beforeAll(async () => {
  source = await testDatabase()
  target = await testDatabase({ empty: true })
  const path = join(folder, '99990101T0000_strange.sql')
  writeFileSync(path, STRANGE)
  migrations = [...findMigrations(), { name: '99990101T0000_strange', path }]
  await sql.raw(STRANGE).execute(source.db)
  await sql`insert into migration (name) values ('99990101T0000_strange')`.execute(source.db)
  for (const rows of ROWS) await rows.execute(source.db)
  const done = await backup(source.url, file)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
})
afterAll(async () => {
  await source.close()
  await target.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Everything that stands in the tables, and where the sequences are, as text. */
async function contents(db: Db): Promise<Record<string, readonly string[]>> {
  const { rows } = await sql<{
    name: string
    kind: string
  }>`select relname as name, relkind::text as kind from pg_class
    where relkind in ('r', 'S') and relnamespace = 'public'::regnamespace order by 1`.execute(db)
  const all: Record<string, readonly string[]> = {}
  for (const { name, kind } of rows) {
    const row = kind === 'S' ? sql`last_value || ' ' || is_called` : sql`to_jsonb(t)::text`
    const found = await sql<{ row: string }>`select ${row} as row from ${sql.ref(name)} t order by 1`.execute(
      db,
    )
    all[name] = found.rows.map((one) => one.row)
  }
  return all
}

test('a round trip leaves every table equal, sequences and strange values too', async () => {
  // Migrations leave rows in some tables, so even a new schema must be told to give way.
  const done = await restore(target.url, file, { migrations, replace: true })
  expect(done).toMatchObject({ ok: true, value: { migrated: [] } })
  expect(await contents(target.db)).toEqual(await contents(source.db))
  const guards = await sql<{ n: bigint }>`select
    (select count(*) from pg_constraint where contype = 'f') + (select count(*) from pg_trigger where tgenabled = 'D')
    as n`.execute(target.db)
  const before = await sql<{
    n: bigint
  }>`select count(*) as n from pg_constraint where contype = 'f'`.execute(source.db)
  expect(guards.rows).toEqual(before.rows)
  await expect(sql`delete from stranger`.execute(target.db)).rejects.toThrow('refused')
  expect((await sql<{ n: bigint }>`select n from strangest`.execute(target.db)).rows).toEqual([{ n: 3n }])
})

test('a database with rows is left as it is, unless it is told to be replaced', async () => {
  await sql`insert into strange ("odd ""name") values ('later')`.execute(target.db)
  const before = await contents(target.db)
  expect(await restore(target.url, file, { migrations })).toMatchObject({
    ok: false,
    error: { code: 'database_not_empty' },
  })
  expect(await contents(target.db)).toEqual(before)
  expect(await restore(target.url, file, { migrations, replace: true })).toMatchObject({ ok: true })
  expect(await contents(target.db)).toEqual(await contents(source.db))
})

test('law: a change of any one byte is refused, and so is any shorter file', async () => {
  const bytes = readFileSync(file)
  const damaged = join(folder, 'damaged.tenth')
  const before = await contents(target.db)
  const refused = async (changed: Uint8Array) => {
    writeFileSync(damaged, changed)
    const result = await restore(target.url, damaged, { migrations, replace: true })
    expect(result).toMatchObject({ ok: false, error: { code: 'backup_damaged' } })
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ flip
      await refused(changed)
    }),
    {
      numRuns: 150,
      examples: [
        [4, 1],
        [9, 1],
        [bytes.length - 1, 128],
        [bytes.length - SEAL_BYTES - 9, 1],
      ],
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), (length) => refused(bytes.subarray(0, length))),
    { numRuns: 30, examples: [[0], [bytes.length - SEAL_BYTES]] },
  )
  expect(await contents(target.db)).toEqual(before)
})

/** The file again with its text changed and a seal that fits: what someone who knows the format could forge. */
function resealed(change: (text: string) => string): string {
  const forged = join(folder, 'forged.tenth')
  const bytes = readFileSync(file)
  const text = gunzipSync(bytes.subarray(0, bytes.length - SEAL_BYTES)).toString('utf8')
  const packed = gzipSync(change(text))
  writeFileSync(forged, Buffer.concat([packed, sealOf(sha256().update(packed).digest('hex'))]))
  return forged
}

test.each([
  { what: 'a row less', change: (t: string) => t.replace(/\n7\t2\n/, '\n'), code: 'backup_damaged' },
  { what: 'another value', change: (t: string) => t.replace('\n7\t2\n', '\n7\t3\n'), code: 'backup_damaged' },
  {
    what: 'a value of another type',
    change: (t: string) => t.replace('\n7\t2\n', '\nx\t2\n'),
    code: 'rows_refused',
  },
  {
    what: 'text cut in a table',
    change: (t: string) => t.slice(0, t.indexOf('\n7\t2\n')),
    code: 'backup_damaged',
  },
  {
    what: 'no last line',
    change: (t: string) => t.replace(/\{"sha256":"\w+"\}\n$/, ''),
    code: 'backup_damaged',
  },
  {
    what: 'a newer format',
    change: (t: string) => t.replace('"version":1', '"version":2'),
    code: 'backup_newer_format',
  },
  { what: 'no header', change: () => 'hello\n', code: 'backup_damaged' },
  { what: 'nothing', change: () => '', code: 'backup_damaged' },
])('refused although its seal fits: $what', async ({ change, code }) => {
  const before = await contents(target.db)
  const result = await restore(target.url, resealed(change), { migrations, replace: true })
  expect(result).toMatchObject({ ok: false, error: { code } })
  expect(await contents(target.db)).toEqual(before)
})

test('a backup with migrations that this version does not know is refused by their names', async () => {
  expect(await restore(target.url, file, { replace: true })).toMatchObject({
    ok: false,
    error: { code: 'backup_newer', unknown: ['99990101T0000_strange'] },
  })
})

test('an older backup is loaded at its schema, then brought forward', async () => {
  const path = join(folder, '99990102T0000_later.sql')
  writeFileSync(path, `alter table stranger add column note text not null default 'moved'`)
  const newer = [...migrations, { name: '99990102T0000_later', path }]
  const done = await restore(target.url, file, { migrations: newer, replace: true })
  expect(done).toMatchObject({ ok: true, value: { migrated: ['99990102T0000_later'] } })
  const { rows } = await sql`select id, note from stranger`.execute(target.db)
  expect(rows).toEqual([{ id: 7n, note: 'moved' }])
})

test('tables of another program are not touched', async () => {
  const other = await testDatabase({ empty: true })
  await sql`drop schema public cascade`.execute(other.db)
  await sql`create schema public`.execute(other.db)
  await sql`create table accounts (id int)`.execute(other.db)
  expect(await restore(other.url, file, { migrations, replace: true })).toEqual({
    ok: false,
    error: { code: 'database_of_another', tables: ['accounts'] },
  })
  await other.close()
})

test('a backup never stands half written under its name, nor takes the place of a file unasked', async () => {
  expect(await backup(source.url, file)).toMatchObject({ ok: false, error: { code: 'backup_exists' } })
  expect(await backup(source.url, join(folder, 'nowhere/x'))).toMatchObject({
    ok: false,
    error: { code: 'backup_folder_missing' },
  })
  expect(await backup(source.url, file, { replaceFile: true })).toMatchObject({ ok: true })
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
})

test('100,000 rows pass through in pieces', async () => {
  const large = await testDatabase({ empty: true })
  const empty = await testDatabase({ empty: true })
  await sql.raw(STRANGE).execute(large.db)
  await sql`insert into migration (name) values ('99990101T0000_strange')`.execute(large.db)
  await sql`insert into strange (words) select array[repeat(md5(n::text), 3)] from generate_series(1, 100000) n`.execute(
    large.db,
  )
  const target = join(folder, 'large.tenth')
  expect(await backup(large.url, target)).toMatchObject({ ok: true })
  expect(await restore(empty.url, target, { migrations, replace: true })).toMatchObject({ ok: true })
  const digest = sql<{ md5: string }>`select md5(string_agg(s::text, ',' order by id)) as md5 from strange s`
  expect((await digest.execute(empty.db)).rows).toEqual((await digest.execute(large.db)).rows)
  await large.close()
  await empty.close()
})
