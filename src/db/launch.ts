import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { err, ok, type Result } from '../base/index.ts'
import { isAlive } from './alive.ts'
import type { Binaries } from './binaries.ts'
import type { FolderError } from './folder.ts'
import { hasSetpriv, IS_ROOT, UNPRIVILEGED, unprivileged } from './unprivileged.ts'

export type LaunchError =
  | FolderError
  | { readonly code: 'root_cannot_step_down'; readonly folder: string }
  | { readonly code: 'user_without_name'; readonly user: string }
  /** PostgreSQL's own last words, and the file that holds them all. */
  | { readonly code: 'start_failed'; readonly log: string; readonly file: string }

export interface Running {
  readonly pid: number
  readonly port: number
}

interface Place {
  readonly binaries: Binaries
  readonly dataFolder: string
  readonly folder: string
  readonly isThrowaway?: boolean
}

/** Makes an empty cluster beside its place and moves it there when it is whole. */
export function initialise(place: Place): Result<true, LaunchError> {
  const { dataFolder, folder } = place
  const password = join(dataFolder, 'postgres.password')
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(password, randomBytes(24).toString('hex'), { mode: 0o600 })
  if (IS_ROOT) for (const path of [password, unfinished]) chownSync(path, UNPRIVILEGED, UNPRIVILEGED)
  const { file, args, ids } = unprivileged(join(place.binaries.folder, 'bin/initdb'), [
    `--pgdata=${unfinished}`,
    '--username=tenth',
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    ...(place.isThrowaway ? ['--no-sync'] : []),
  ])
  const made = spawnSync(file, args, { ...ids, encoding: 'utf8', cwd: '/', env: serverEnvironment() })
  if (made.status === 0) {
    renameSync(unfinished, folder)
    return ok(true)
  }
  rmSync(unfinished, { recursive: true, force: true })
  return failure(place, `${made.stdout ?? ''}${made.stderr ?? ''}${made.error?.message ?? ''}`, '')
}

const TRIES = 5

/** Starts the server on a free port of this machine only, apart from our process group: Ctrl+C is ours to answer. */
export async function launch(place: Place, tries = TRIES): Promise<Result<Running, LaunchError>> {
  forgetForeignPid(place.folder)
  const logFile = join(place.dataFolder, 'postgres.log')
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) rmSync(logFile)
  const log = openSync(logFile, 'a', 0o600)
  const from = fstatSync(log).size
  const port = await freePort()
  const { file, args, ids } = unprivileged(
    join(place.binaries.folder, 'bin/postgres'),
    serverArguments(place, port),
  )
  const child = spawn(file, args, {
    ...ids,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: serverEnvironment(),
  })
  let ended: string | undefined
  child.once('exit', (code) => {
    ended = `PostgreSQL ended with code ${code}`
  })
  child.once('error', (error) => {
    ended = error.message
  })
  child.unref()
  closeSync(log)
  const password = readFileSync(join(place.dataFolder, 'postgres.password'), 'utf8')
  const url = `postgres://tenth:${password}@127.0.0.1:${port}/postgres`
  for (let waited = 0; waited < 4800 && ended === undefined; waited++) {
    if (isReady(place.folder) && (await answers(url))) return ok({ pid: child.pid ?? 0, port })
    await sleep(10)
  }
  const words = `${readFileSync(logFile, 'utf8').slice(from)}${ended ?? 'PostgreSQL did not answer in time'}`
  if (tries > 1 && isPassing(words)) {
    await sleep(500)
    return launch(place, tries - 1)
  }
  return failure(place, words, logFile)
}

export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Another program took the port meanwhile, or a killed server's last children are still ending. */
const isPassing = (log: string): boolean =>
  /could not bind|Address already in use|pre-existing shared memory block|lock file .* already exists/.test(
    log,
  )

/** Line 8 of postmaster.pid turns to `ready` when connections are taken. */
function isReady(folder: string): boolean {
  const file = join(folder, 'postmaster.pid')
  return existsSync(file) && /ready/.test(readFileSync(file, 'utf8').split('\n')[7] ?? '')
}

/**
 * PostgreSQL refuses to start while the id in postmaster.pid is alive, even when it belongs to another program
 * by now. The caller has made sure of that. PostgreSQL takes its parent's id for a left-over one, so we put our
 * own there, and leave the lines by which it finds shared memory that is still in use.
 */
function forgetForeignPid(folder: string): void {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const lines = readFileSync(file, 'utf8').split('\n')
  if (isAlive(Number(lines[0]))) writeFileSync(file, [process.pid, ...lines.slice(1)].join('\n'))
}

function serverArguments(place: Place, port: number): readonly string[] {
  const settings = [
    'max_connections=100',
    'shared_buffers=128MB',
    'jit=off',
    // A refused row may hold what must not be in a log: no statements there.
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    ...(place.isThrowaway ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ]
  const where = ['-D', place.folder, '-p', String(port), '-h', '127.0.0.1', '-k', '']
  return [...where, ...settings.flatMap((setting) => ['-c', setting])]
}

function failure(
  place: Place,
  log: string,
  file: string,
): { readonly ok: false; readonly error: LaunchError } {
  if (/No space left|ENOSPC|Disk quota/.test(log)) return err({ code: 'disk_full', folder: place.dataFolder })
  if (IS_ROOT && !hasSetpriv() && /EACCES|Permission denied/.test(log))
    return err({ code: 'root_cannot_step_down', folder: place.dataFolder })
  const nameless = /could not look up effective user ID (\d+)/.exec(log)?.[1]
  if (nameless !== undefined) return err({ code: 'user_without_name', user: nameless })
  return err({ code: 'start_failed', log: log.trim().split('\n').slice(-12).join('\n'), file })
}

const serverEnvironment = () => ({ PATH: process.env.PATH ?? '', LANG: 'C', TZ: 'UTC' })

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
