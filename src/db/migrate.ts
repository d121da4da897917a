import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sql } from 'kysely'
import { err, ok, type Result } from '../base/index.ts'
import type { Db, Tx } from './connect.ts'
import { PACKAGE_ROOT } from './root.ts'

export type MigrateError =
  /** The database holds migrations that this version does not know: it was written by a newer Tenth. */
  { readonly code: 'database_newer'; readonly unknown: readonly string[] }

const LOCK = 7_310_000_001n

export const MIGRATION_TABLE =
  'create table if not exists migration (name text primary key, run_at timestamptz not null default now())'

/**
 * Brings the schema up to this version: every `src/<room>/migrations/*.sql`, in the order of their names
 * (`20261122T0100_audit_log.sql`), each once, all in one transaction under an advisory lock.
 * @returns the names that were run now
 */
export async function migrate(db: Db): Promise<Result<readonly string[], MigrateError>> {
  const migrations = findMigrations()
  if (await isCurrent(db, migrations)) return ok([])
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
    await sql.raw(MIGRATION_TABLE).execute(tx)
    const known = new Set(migrations.map((m) => m.name))
    const { rows } = await sql<{ name: string }>`select name from migration`.execute(tx)
    const unknown = rows.map((row) => row.name).filter((name) => !known.has(name))
    if (unknown.length > 0) return err({ code: 'database_newer', unknown: unknown.sort() })
    const done = new Set(rows.map((row) => row.name))
    const pending = migrations.filter((m) => !done.has(m.name))
    for (const migration of pending) await runMigration(tx, migration)
    return ok(pending.map((m) => m.name))
  })
}

/** One look without a lock, so that a start with nothing to do does not wait for anyone. */
export async function isCurrent(
  db: Db,
  migrations: readonly Migration[] = findMigrations(),
): Promise<boolean> {
  const there = await sql<{ there: boolean }>`select to_regclass('migration') is not null as there`.execute(
    db,
  )
  if (!there.rows[0]?.there) return false
  const { rows } = await sql<{ name: string }>`select name from migration`.execute(db)
  const done = new Set(rows.map((row) => row.name))
  return done.size === migrations.length && migrations.every((m) => done.has(m.name))
}

export interface Migration {
  readonly name: string
  readonly path: string
}

async function runMigration(tx: Tx, migration: Migration): Promise<void> {
  await sql.raw(readFileSync(migration.path, 'utf8')).execute(tx)
  await sql`insert into migration (name) values (${migration.name})`.execute(tx)
}

export function findMigrations(): readonly Migration[] {
  const source = join(PACKAGE_ROOT, 'src')
  return readdirSync(source)
    .map((room) => join(source, room, 'migrations'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((path) => /^\d{8}T\d{4}_\w+\.sql$/.test(basename(path)))
    .map((path) => ({ name: basename(path, '.sql'), path }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
