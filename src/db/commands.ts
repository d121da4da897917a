import { basename, resolve } from 'node:path'
import { z } from 'zod'
import { type Command, command, type ExitCode, type Io } from '../base/index.ts'
import { backup } from './backup.ts'
import { connect, type Db, describeUrl } from './connect.ts'
import { liveLeases } from './leases.ts'
import { messageOf, type Trouble } from './messages.ts'
import { isCurrent } from './migrate.ts'
import { type OpenDatabase, openDatabase } from './open.ts'
import { restore } from './restore.ts'
import { dataSettings } from './settings.ts'
import type { Shell } from './shell.ts'
import { statusOf } from './status.ts'

const JSON_OPTION = ['--json', 'print JSON'] as const
const json = z.boolean().default(false)
const file = z.string().min(1, 'wanted: the name of a file')

/** Writes into the log that the database was backed up or restored; the log is on a floor above. */
export type RecordAct = (
  db: Db,
  act: {
    readonly kind: 'database.backed-up' | 'database.restored'
    /** The file's name, without its folders. */
    readonly subject: string
    readonly payload: { readonly sha256: string; readonly tables: number; readonly rows: number }
  },
) => Promise<void>

// These open the database as it is: a backup must not wait for a migration, and a restore must find it empty.
export const databaseCommands = (record: RecordAct): readonly Command<Shell>[] => [
  command({
    name: 'db backup',
    args: '<file>',
    summary: 'write every table as of one moment into one file, beside a running server too',
    options: [['--force', 'replace the file if it is there'], JSON_OPTION],
    input: z.object({ file, force: z.boolean().default(false), json }),
    run: async (input, io) =>
      withDatabase(io, input.json, async (database) => {
        const done = await backup(database.url(), resolve(io.cwd, input.file), {
          replaceFile: input.force,
          progress: progressOn(io, 'Writing'),
        })
        if (!done.ok) return refuse(io, input.json, done.error)
        const { tables, rows, bytes, sha256 } = done.value
        await recordIn(database, record, 'database.backed-up', done.value)
        const words = `${done.value.file}: ${tables} tables, ${rows} rows, ${bytes} bytes, SHA-256 ${sha256}`
        io.out(input.json ? JSON.stringify(done.value) : words)
        return 0
      }),
  }),
  command({
    name: 'db restore',
    args: '<file>',
    summary: 'load a backup into an empty database; refuses a damaged or newer file and changes nothing then',
    options: [['--replace', 'put the backup in place of everything that is there'], JSON_OPTION],
    input: z.object({ file, replace: z.boolean().default(false), json }),
    run: async (input, io) =>
      withDatabase(io, input.json, async (database) => {
        const done = await restore(database.url(), resolve(io.cwd, input.file), {
          replace: input.replace,
          progress: progressOn(io, 'Loading'),
        })
        if (!done.ok) return refuse(io, input.json, done.error)
        const { tables, rows, takenAt, migrated } = done.value
        await recordIn(database, record, 'database.restored', done.value)
        const later = migrated.length > 0 ? ` Brought forward by ${migrated.join(', ')}.` : ''
        const words = `Restored ${tables} tables, ${rows} rows, as of ${takenAt}.${later} Check with: tenth audit verify`
        io.out(input.json ? JSON.stringify(done.value) : words)
        return 0
      }),
  }),
  command({
    name: 'db status',
    summary: 'where the data is, who uses it, its size, and whether its schema is current',
    options: [JSON_OPTION],
    input: z.object({ json }),
    run: async (input, io) =>
      withDatabase(io, input.json, async (database) => {
        const { db } = connect(database.url(), 1)
        const status = await statusOf(db).finally(() => db.destroy())
        const place = placeOf(database)
        if (input.json)
          io.out(
            JSON.stringify({ ...place, ...status }, (_, v) => (typeof v === 'bigint' ? Number(v) : v), 2),
          )
        else {
          const { done, pending, unknown } = status.migrations
          io.out(`Data       ${place.data}`)
          io.out(
            `Database   PostgreSQL ${status.postgres}, ${status.size_bytes} bytes, ${status.connections} connections`,
          )
          for (const user of place.users)
            io.out(`Used by    ${user.role} ${user.pid} ${user.address ?? ''}`.trimEnd())
          io.out(`Schema     ${done} migrations done, ${pending.length} pending, ${unknown.length} unknown`)
          for (const table of status.tables)
            io.out(`  ${table.name.padEnd(40)} about ${table.rows_estimated} rows, ${table.bytes} bytes`)
        }
        return status.migrations.unknown.length > 0 ? 1 : 0
      }),
  }),
]

/** An old or empty schema has no log yet: then there is nothing to write in. */
async function recordIn(
  database: OpenDatabase,
  record: RecordAct,
  kind: 'database.backed-up' | 'database.restored',
  done: { readonly file: string; readonly sha256: string; readonly tables: number; readonly rows: number },
): Promise<void> {
  const { db } = connect(database.url(), 1)
  const { sha256, tables, rows } = done
  try {
    if (await isCurrent(db))
      await record(db, { kind, subject: basename(done.file), payload: { sha256, tables, rows } })
  } finally {
    await db.destroy()
  }
}

async function withDatabase(
  io: Io,
  isJson: boolean,
  work: (database: OpenDatabase) => Promise<ExitCode>,
): Promise<ExitCode> {
  const opened = await openDatabase(dataSettings(process.env), { role: 'command' })
  if (!opened.ok) return refuse(io, isJson, opened.error)
  try {
    return await work(opened.value)
  } finally {
    await opened.value.close()
  }
}

function refuse(io: Io, isJson: boolean, trouble: Trouble): ExitCode {
  const { exit, words } = messageOf(trouble)
  io.err(isJson ? JSON.stringify({ error: { code: trouble.code, detail: words, exit } }) : words)
  return exit
}

const progressOn = (io: Io, verb: string) => (table: string) => {
  if (io.isTerminal) io.err(`${verb} ${table} …`)
}

function placeOf(database: OpenDatabase) {
  const { dataFolder } = dataSettings(process.env)
  if (database.cluster === undefined) return { data: describeUrl(database.url()), users: [] }
  return {
    data: dataFolder,
    users: liveLeases(dataFolder).filter((lease) => lease.pid !== process.pid),
  }
}
