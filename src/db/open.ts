import pg from 'pg'
import { ok, type Result } from '../base/index.ts'
import { connect, type Db } from './connect.ts'
import { type Cluster, type ClusterError, type ClusterOptions, holdCluster } from './embedded.ts'
import { type FolderError, withFolderErrors } from './folder.ts'
import type { Holder } from './leases.ts'
import { type MigrateError, migrate } from './migrate.ts'
import { type ReachError, reach } from './reach.ts'
import type { DataSettings } from './settings.ts'
import { type Shell, systemClock } from './shell.ts'

export type OpenError = ClusterError | ReachError | MigrateError

/** A database that answers, whatever its schema. */
export interface OpenDatabase {
  readonly url: () => string
  readonly postgresVersion: string
  /** The embedded server; undefined with DATABASE_URL, where the server is another's to start. */
  readonly cluster: Cluster | undefined
  readonly close: () => Promise<void>
}

/** Reaches the operator's own database at `databaseUrl`, or starts or joins the embedded one of `dataFolder`. */
export async function openDatabase(
  settings: DataSettings,
  holder: Holder,
  options: ClusterOptions = {},
): Promise<Result<OpenDatabase, OpenError>> {
  const { databaseUrl } = settings
  if (databaseUrl !== undefined) {
    const reached = await reach(databaseUrl)
    if (!reached.ok) return reached
    return ok({
      url: () => databaseUrl,
      postgresVersion: reached.value,
      cluster: undefined,
      close: async () => {},
    })
  }
  const held = await holdCluster(settings.dataFolder, holder, options)
  if (!held.ok) return held
  const cluster = held.value
  const reached = await reachEmbedded(cluster, settings.dataFolder).catch(async (error: unknown) => {
    await cluster.release()
    throw error
  })
  if (!reached.ok) {
    await cluster.release()
    return reached
  }
  return ok({ url: () => cluster.url(), postgresVersion: reached.value, cluster, close: cluster.release })
}

async function reachEmbedded(
  cluster: Cluster,
  folder: string,
): Promise<Result<string, ReachError | FolderError>> {
  const first = await reach(cluster.url())
  if (first.ok || first.error.code !== 'database_missing') return first
  const made = await withFolderErrors(folder, () => createDatabase(cluster.url('postgres')))
  return made.ok ? reach(cluster.url()) : made
}

/** SQLSTATE 42P04 and 23505: another process made it at the same moment. */
async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('create database tenth')
  } catch (error) {
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end()
  }
}

/** Opens the workbench's data at this version's schema. */
export async function openShell(
  settings: DataSettings,
  holder: Holder = { role: 'command' },
): Promise<Result<{ readonly shell: Shell; readonly close: () => Promise<void> }, OpenError>> {
  const opened = await openDatabase(settings, holder)
  if (!opened.ok) return opened
  const { db } = connect(opened.value.url)
  const close = async () => {
    await db.destroy()
    await opened.value.close()
  }
  const migrated = await migrateOrClose(db, settings.dataFolder, close)
  if (!migrated.ok) return migrated
  return ok({
    shell: { db, dataFolder: settings.dataFolder, now: systemClock, url: opened.value.url },
    close,
  })
}

async function migrateOrClose(
  db: Db,
  folder: string,
  close: () => Promise<void>,
): Promise<Result<readonly string[], OpenError>> {
  try {
    const done = await withFolderErrors(folder, () => migrate(db))
    const migrated = done.ok ? done.value : done
    if (!migrated.ok) await close()
    return migrated
  } catch (error) {
    await close()
    throw error
  }
}
