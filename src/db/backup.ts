import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
} from 'node:fs'
import { appendFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { err, ok, type Result } from '../base/index.ts'
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupHeader,
  PLAIN_VALUES,
  sealOf,
  sha256,
} from './backup-format.ts'
import { PACKAGE_ROOT } from './root.ts'
import { listSequences, listTables, quote } from './schema-objects.ts'

export type BackupError =
  | { readonly code: 'backup_exists'; readonly file: string }
  | { readonly code: 'backup_folder_missing'; readonly folder: string }

export interface BackupDone {
  readonly file: string
  readonly tables: number
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

/**
 * Writes every table as one transaction sees it; the server may go on writing meanwhile. The file appears under its
 * name when it is whole, readable by its owner only. Memory does not grow with the tables.
 */
export async function backup(
  url: string,
  target: string,
  options: { readonly replaceFile?: boolean; readonly progress?: (table: string) => void } = {},
): Promise<Result<BackupDone, BackupError>> {
  const file = resolve(target)
  if (!existsSync(dirname(file))) return err({ code: 'backup_folder_missing', folder: dirname(file) })
  if (existsSync(file) && !options.replaceFile) return err({ code: 'backup_exists', file })
  const partial = `${file}.partial-${process.pid}`
  const client = new pg.Client({ connectionString: url, application_name: 'tenth backup' })
  await client.connect()
  try {
    await client.query(PLAIN_VALUES)
    await client.query('begin isolation level repeatable read read only')
    const header = await describe(client)
    await pipeline(
      Readable.from(textOf(client, header, options.progress ?? (() => {})), {
        objectMode: false,
        highWaterMark: 1 << 18,
      }),
      createGzip({ level: 6 }),
      createWriteStream(partial, { mode: 0o600 }),
    )
    await client.query('commit')
    const digest = await digestOf(partial)
    await appendFile(partial, sealOf(digest))
    flushToDisk(partial)
    const whole = await digestOf(partial)
    await rename(partial, file)
    const rows = header.tables.reduce((sum, table) => sum + table.rows, 0)
    return ok({ file, tables: header.tables.length, rows, bytes: (await stat(file)).size, sha256: whole })
  } finally {
    await client.end().catch(() => {})
    await rm(partial, { force: true })
  }
}

async function describe(client: pg.Client): Promise<BackupHeader> {
  const tables = []
  for (const { name, columns } of await listTables(client)) {
    const { rows } = await client.query<{ n: string }>(`select count(*)::text as n from ${quote(name)}`)
    tables.push({ name, columns: [...columns], rows: Number(rows[0]?.n) })
  }
  const migrations = await client.query<{ name: string }>(
    'select name from migration order by name collate "C"',
  )
  const about = await client.query<{ version: string; now: Date }>(
    `select current_setting('server_version') as version, now() as now`,
  )
  return {
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    tenth: (JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string })
      .version,
    postgres: about.rows[0]?.version ?? '',
    taken_at: (about.rows[0]?.now ?? new Date(0)).toISOString(),
    migrations: migrations.rows.map((row) => row.name),
    tables,
    sequences: [...(await listSequences(client))],
  }
}

async function* textOf(
  client: pg.Client,
  header: BackupHeader,
  progress: (table: string) => void,
): AsyncGenerator<Buffer> {
  const whole = sha256()
  const line = (value: unknown): Buffer => {
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`)
    whole.update(bytes)
    return bytes
  }
  yield line(header)
  for (const { name, columns, rows } of header.tables) {
    progress(name)
    yield line({ table: name })
    const digest = sha256()
    const list = columns.map(quote).join(', ')
    for await (const chunk of client.query(copyTo(`copy ${quote(name)} (${list}) to stdout`))) {
      digest.update(chunk)
      whole.update(chunk)
      yield chunk
    }
    const end = Buffer.from('\\.\n')
    whole.update(end)
    yield end
    yield line({ table: name, rows, sha256: digest.digest('hex') })
  }
  const sha = whole.digest('hex')
  yield Buffer.from(`${JSON.stringify({ sha256: sha })}\n`)
}

/** SHA-256 of a file's first bytes, all of them by default. */
export async function digestOf(file: string, end?: number): Promise<string> {
  const digest = sha256()
  if (end === 0) return digest.digest('hex')
  for await (const chunk of createReadStream(file, end === undefined ? {} : { end: end - 1 }))
    digest.update(chunk)
  return digest.digest('hex')
}

function flushToDisk(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}
