import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { err, ok, type Result } from '../base/index.ts'
import type { Db, Tx } from './connect.ts'
import { PACKAGE_ROOT } from './root.ts'

export type MigrateError =
  /** The database holds migrations that this version does not know: it was written by a newer Tenth. */
  { readonly code: 'database_newer'; readonly unknown: readonly string[] }

const LOCK = 7_310_000_001n

/**
 * Brings the schema up to this version: every `src/<room>/migrations/*.sql`, in the order of their names
 * (`20261122T0100_audit_log.sql`), each once, all in one transaction under an advisory lock.
 * @returns the names that were run now
 */
export async function migrate(db: Db): Promise<Result<readonly string[], MigrateError>> {
  const migrations = findMigrations()
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
    await sql`create table if not exists migration (
      name text primary key, run_at timestamptz not null default now())`.execute(tx)
    const known = new Set(migrations.map((m) => m.name))
    const { rows } = await sql<{ name: string }>`select name from migration`.execute(tx)
    const unknown = rows.map((row) => row.name).filter((name) => !known.has(name))
    if (unknown.length > 0) return err({ code: 'database_newer', unknown: unknown.sort() })
    const done = new Set(rows.map((row) => row.name))
    const pending = migrations.filter((m) => !done.has(m.name))
    for (const migration of pending) await run(tx, migration)
    return ok(pending.map((m) => m.name))
  })
}

interface Migration {
  readonly name: string
  readonly path: string
}

async function run(tx: Tx, migration: Migration): Promise<void> {
  await sql.raw(readFileSync(migration.path, 'utf8')).execute(tx)
  await sql`insert into migration (name) values (${migration.name})`.execute(tx)
}

export function findMigrations(): readonly Migration[] {
  const source = join(PACKAGE_ROOT, 'src')
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[a-z]+[\\/]migrations[\\/]\d{8}T\d{4}_\w+\.sql$/.test(file))
    .map((file) => ({ name: file.replace(/^.*[\\/]/, '').replace(/\.sql$/, ''), path: join(source, file) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
