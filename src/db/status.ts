import { sql } from 'kysely'
import type { Db } from './connect.ts'
import { findMigrations } from './migrate.ts'

export interface DatabaseStatus {
  readonly postgres: string
  readonly size_bytes: bigint
  readonly connections: number
  readonly migrations: {
    readonly done: number
    readonly pending: readonly string[]
    readonly unknown: readonly string[]
  }
  /** Rows as the planner estimates them: counting a large table would take long. */
  readonly tables: readonly {
    readonly name: string
    readonly rows_estimated: bigint
    readonly bytes: bigint
  }[]
}

/** What stands in the database now; changes nothing, and needs no schema of ours to be there. */
export async function statusOf(db: Db): Promise<DatabaseStatus> {
  const about = await sql<{ postgres: string; size_bytes: bigint; connections: number }>`
    select current_setting('server_version') as postgres, pg_database_size(current_database()) as size_bytes,
           (select count(*)::int from pg_stat_activity where datname = current_database()) as connections`.execute(
    db,
  )
  const tables = await sql<{ name: string; rows_estimated: bigint; bytes: bigint }>`
    select relname as name, greatest(reltuples, 0)::bigint as rows_estimated, pg_total_relation_size(oid) as bytes
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
    order by relname collate "C"`.execute(db)
  const has = tables.rows.some((table) => table.name === 'migration')
  const done = has
    ? (await sql<{ name: string }>`select name from migration order by name`.execute(db)).rows
    : []
  const known = findMigrations().map((m) => m.name)
  const run = done.map((row) => row.name)
  return {
    postgres: about.rows[0]?.postgres ?? '',
    size_bytes: about.rows[0]?.size_bytes ?? 0n,
    connections: about.rows[0]?.connections ?? 0,
    migrations: {
      done: run.length,
      pending: known.filter((name) => !run.includes(name)),
      unknown: run.filter((name) => !known.includes(name)),
    },
    tables: tables.rows,
  }
}
