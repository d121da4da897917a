import { createReadStream, readFileSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { err, ok, type Result } from '../base/index.ts'
import { digestOf } from './backup.ts'
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  BackupHeader,
  FileEnd,
  PLAIN_VALUES,
  SEAL_BYTES,
  sealOf,
  sha256,
  TableEnd,
} from './backup-format.ts'
import { BackupText } from './backup-text.ts'
import { findMigrations, MIGRATION_TABLE, type Migration } from './migrate.ts'
import { listForeignKeys, listMaterializedViews, listTables, listTriggers, quote } from './schema-objects.ts'

export type RestoreError =
  | { readonly code: 'backup_unreadable'; readonly file: string; readonly reason: string }
  /** The file is not, byte for byte, what was written; `found` says how that was seen. */
  | { readonly code: 'backup_damaged'; readonly file: string; readonly found: string }
  | { readonly code: 'backup_newer_format'; readonly file: string; readonly version: unknown }
  | {
      readonly code: 'backup_newer'
      readonly file: string
      readonly unknown: readonly string[]
      readonly tenth: string
    }
  | { readonly code: 'database_not_empty'; readonly tables: readonly string[] }
  | { readonly code: 'database_of_another'; readonly tables: readonly string[] }
  | { readonly code: 'database_in_use' }
  | { readonly code: 'rows_refused'; readonly file: string; readonly table: string; readonly reason: string }

export interface RestoreOptions {
  readonly replace?: boolean
  /** Told the name of each table before its rows. */
  readonly progress?: (table: string) => void
  /** The migrations that this version knows, in their order. */
  readonly migrations?: readonly Migration[]
}

export interface RestoreDone {
  readonly file: string
  readonly takenAt: string
  /** Of the whole file, seal included. */
  readonly sha256: string
  readonly tables: number
  readonly rows: number
  /** Migrations that came after the backup and were run on its rows. */
  readonly migrated: readonly string[]
}

/**
 * Loads a backup into an empty database, or in place of what is there with `replace`: all of it or nothing, in one
 * transaction. An older backup is loaded into the schema of its own migrations, then brought forward by the others.
 */
export async function restore(
  url: string,
  file: string,
  options: RestoreOptions = {},
): Promise<Result<RestoreDone, RestoreError>> {
  const sound = await checkSeal(file)
  if (!sound.ok) return sound
  const client = new pg.Client({ connectionString: url, application_name: 'tenth restore' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(PLAIN_VALUES)
    await client.query(`begin; set local lock_timeout = '10s'`)
    const loaded = await load(client, file, options)
    await client.query(loaded.ok ? 'commit' : 'rollback')
    if (loaded.ok) await client.query('analyze')
    return loaded
  } catch (error) {
    await client.query('rollback').catch(() => {})
    // SQLSTATE 55P03: a lock was not to be had in time.
    if ((error as { code?: string }).code === '55P03') return err({ code: 'database_in_use' })
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

/** Nothing is read before every byte of the file is known to be as it was written. */
async function checkSeal(file: string): Promise<Result<true, RestoreError>> {
  try {
    const { size } = await stat(file)
    if (size < SEAL_BYTES)
      return err({ code: 'backup_damaged', file, found: 'it is too short to be a backup' })
    const handle = await open(file)
    const seal = Buffer.alloc(SEAL_BYTES)
    await handle.read(seal, 0, SEAL_BYTES, size - SEAL_BYTES).finally(() => handle.close())
    const wanted = sealOf(await digestOf(file, size - SEAL_BYTES))
    if (seal.equals(wanted)) return ok(true)
    return err({ code: 'backup_damaged', file, found: 'its bytes do not agree with the seal at its end' })
  } catch (error) {
    return err({ code: 'backup_unreadable', file, reason: (error as Error).message })
  }
}

async function load(
  client: pg.Client,
  file: string,
  options: RestoreOptions,
): Promise<Result<RestoreDone, RestoreError>> {
  const whole = sha256()
  const size = (await stat(file)).size
  const packed = createReadStream(file, { end: size - SEAL_BYTES - 1 })
  const text = new BackupText(packed.pipe(createGunzip()), (bytes) => whole.update(bytes))
  try {
    const known = options.migrations ?? findMigrations()
    const header = readHeader(file, await text.line(), known)
    if (!header.ok) return header
    const before = await clearDatabase(client, options.replace ?? false)
    if (!before.ok) return before
    const [done, later] = split(known, header.value.migrations)
    await runAll(client, done)
    const loaded = await withoutGuards(client, () =>
      loadTables(client, text, file, header.value, options.progress ?? (() => {})),
    )
    if (!loaded.ok) return loaded
    const end = FileEnd.safeParse(parse(await text.line({ isCounted: false })))
    if (!end.success || end.data.sha256 !== whole.digest('hex'))
      return err({ code: 'backup_damaged', file, found: 'the checksum of the whole text does not agree' })
    await finish(client, header.value)
    await runAll(client, later)
    for (const { name } of later) await client.query('insert into migration (name) values ($1)', [name])
    return ok({
      file,
      takenAt: header.value.taken_at,
      sha256: await digestOf(file),
      tables: header.value.tables.length,
      rows: header.value.tables.reduce((sum, table) => sum + table.rows, 0),
      migrated: later.map((m) => m.name),
    })
  } finally {
    packed.destroy()
  }
}

function readHeader(
  file: string,
  line: string | undefined,
  migrations: readonly Migration[],
): Result<BackupHeader, RestoreError> {
  const value = parse(line) as { format?: unknown; version?: unknown } | undefined
  if (value?.format !== BACKUP_FORMAT)
    return err({ code: 'backup_damaged', file, found: 'its first line is not the header of a Tenth backup' })
  if (typeof value.version === 'number' && value.version > BACKUP_VERSION)
    return err({ code: 'backup_newer_format', file, version: value.version })
  const header = BackupHeader.safeParse(value)
  if (!header.success)
    return err({ code: 'backup_damaged', file, found: header.error.issues[0]?.message ?? 'header' })
  const known = new Set(migrations.map((m) => m.name))
  const unknown = header.data.migrations.filter((name) => !known.has(name))
  if (unknown.length > 0) return err({ code: 'backup_newer', file, unknown, tenth: header.data.tenth })
  return ok(header.data)
}

/** Empties the schema: nothing is taken from a database whose tables are not Tenth's. */
async function clearDatabase(client: pg.Client, replace: boolean): Promise<Result<true, RestoreError>> {
  const tables = (await listTables(client)).map((table) => table.name)
  if (tables.length > 0 && !tables.includes('migration')) return err({ code: 'database_of_another', tables })
  const filled = []
  for (const name of tables) {
    if (name === 'migration') continue
    const { rows } = await client.query(`select 1 from ${quote(name)} limit 1`)
    if (rows.length > 0) filled.push(name)
  }
  if (filled.length > 0 && !replace) return err({ code: 'database_not_empty', tables: filled })
  if (tables.length > 0) await client.query('drop schema public cascade; create schema public')
  return ok(true)
}

function split(known: readonly Migration[], names: readonly string[]): readonly [Migration[], Migration[]] {
  const wanted = new Set(names)
  return [known.filter((m) => wanted.has(m.name)), known.filter((m) => !wanted.has(m.name))]
}

async function runAll(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  await client.query(MIGRATION_TABLE)
  for (const { path } of migrations) await client.query(readFileSync(path, 'utf8'))
}

/**
 * Foreign keys and triggers would refuse rows that come table by table, or change them. The keys are made again
 * afterwards, which checks every row; the triggers are switched as they were.
 */
async function withoutGuards(
  client: pg.Client,
  work: () => Promise<Result<true, RestoreError>>,
): Promise<Result<true, RestoreError>> {
  const [keys, triggers] = [await listForeignKeys(client), await listTriggers(client)]
  for (const key of keys)
    await client.query(`alter table ${quote(key.table)} drop constraint ${quote(key.name)}`)
  for (const { table, name } of triggers)
    await client.query(`alter table ${quote(table)} disable trigger ${quote(name)}`)
  const done = await work()
  if (!done.ok) return done
  for (const key of keys)
    await client.query(`alter table ${quote(key.table)} add constraint ${quote(key.name)} ${key.definition}`)
  for (const { table, name, enabled } of triggers) {
    const how = { O: 'enable', A: 'enable always', R: 'enable replica' }[enabled]
    if (how) await client.query(`alter table ${quote(table)} ${how} trigger ${quote(name)}`)
  }
  return done
}

async function loadTables(
  client: pg.Client,
  text: BackupText,
  file: string,
  header: BackupHeader,
  progress: (table: string) => void,
): Promise<Result<true, RestoreError>> {
  const there = new Map((await listTables(client)).map((table) => [table.name, new Set(table.columns)]))
  // Migrations may have put rows in: the backup has them too, as they were when it was taken.
  if (there.size > 0) await client.query(`truncate ${[...there.keys()].map(quote).join(', ')}`)
  for (const table of header.tables) {
    const found = (reason: string) => err({ code: 'backup_damaged' as const, file, found: reason })
    if (!table.columns.every((column) => there.get(table.name)?.has(column)))
      return found(`its table ${table.name} is not what its migrations make`)
    if ((parse(await text.line()) as { table?: string } | undefined)?.table !== table.name)
      return found(`table ${table.name} is not where its header says`)
    progress(table.name)
    const counted = await loadRows(client, text, table)
    if (!counted.ok) return err({ code: 'rows_refused', file, table: table.name, reason: counted.error })
    const end = TableEnd.safeParse(parse(await text.line()))
    if (!end.success || end.data.sha256 !== counted.value.sha256 || table.rows !== counted.value.rows)
      return found(`the rows of table ${table.name} do not agree with their count and checksum`)
  }
  return ok(true)
}

async function loadRows(
  client: pg.Client,
  text: BackupText,
  table: BackupHeader['tables'][number],
): Promise<Result<{ readonly rows: number; readonly sha256: string }, string>> {
  const digest = sha256()
  async function* hashed() {
    for await (const chunk of text.rows()) {
      digest.update(chunk)
      yield chunk
    }
  }
  const into = client.query(
    copyFrom(`copy ${quote(table.name)} (${table.columns.map(quote).join(', ')}) from stdin`),
  )
  try {
    await pipeline(Readable.from(hashed(), { objectMode: false }), into)
    return ok({ rows: into.rowCount, sha256: digest.digest('hex') })
  } catch (error) {
    return err((error as Error).message)
  }
}

async function finish(client: pg.Client, header: BackupHeader): Promise<void> {
  for (const { name, last_value, is_called } of header.sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [quote(name), last_value, is_called])
  for (const view of await listMaterializedViews(client))
    await client.query(`refresh materialized view ${quote(view)}`)
}

function parse(line: string | undefined): unknown {
  try {
    return line === undefined ? undefined : JSON.parse(line)
  } catch {
    return undefined
  }
}
