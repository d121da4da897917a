import { resolve } from 'node:path'
import { sql } from 'kysely'
import { err, ok, type Result } from '../base/index.ts'
import { connect } from './connect.ts'
import { type ClusterError, startCluster, stopCluster } from './embedded.ts'
import { type MigrateError, migrate } from './migrate.ts'
import { type Shell, systemClock } from './shell.ts'

export type OpenError = ClusterError | MigrateError

/** Opens the workbench's data: the embedded server of `dataFolder`, or the operator's own at `databaseUrl`. */
export async function openShell(settings: {
  readonly dataFolder: string
  readonly databaseUrl?: string | undefined
}): Promise<Result<{ readonly shell: Shell; readonly close: () => Promise<void> }, OpenError>> {
  const { databaseUrl } = settings
  const dataFolder = resolve(settings.dataFolder)
  let url = databaseUrl
  let stop = async () => {}
  if (url === undefined) {
    const started = await startCluster(dataFolder)
    if (!started.ok) return err(started.error)
    url = started.value.url()
    stop = () => stopCluster(started.value)
    await createDatabase(started.value.url('postgres'))
  }
  const { db } = connect(url)
  const close = async () => {
    await db.destroy()
    await stop()
  }
  const migrated = await migrate(db)
  if (!migrated.ok) {
    await close()
    return migrated
  }
  return ok({ shell: { db, dataFolder, now: systemClock }, close })
}

async function createDatabase(url: string): Promise<void> {
  const { db } = connect(url, 1)
  const { rows } = await sql`select 1 from pg_database where datname = 'tenth'`.execute(db)
  if (rows.length === 0) await sql.raw('create database tenth').execute(db)
  await db.destroy()
}
