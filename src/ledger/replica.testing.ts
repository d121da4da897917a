import { spawn } from 'node:child_process'
import {
  chownSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Binaries, findBinaries } from '../db/binaries.ts'
import type { Cluster } from '../db/embedded.ts'
import { answers } from '../db/launch.ts'
import { IS_ROOT, UNPRIVILEGED, unprivileged } from '../db/unprivileged.ts'
import { freePort } from '../server/process.testing.ts'

/*
 * A synchronous replica made from the same programs as the primary, as docs/failover.md tells an operator to make one.
 * The packages hold no pg_basebackup, so the copy is made by hand: PostgreSQL's manual, section 25.3.3.
 */

export interface Replica {
  readonly url: (database: string) => string
  /** Makes it the primary; done when it takes writes. */
  readonly promote: () => Promise<void>
  readonly stop: () => Promise<void>
}

const NAME = 'replica'

/** @param primary a running embedded server; `dataFolder` is where it lies, `target` where the replica will lie */
export async function makeReplica(primary: Cluster, dataFolder: string, target: string): Promise<Replica> {
  const binaries = findBinaries()
  if (binaries === undefined) throw new Error('no PostgreSQL for this system')
  const url = new URL(primary.url('postgres'))
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(`select pg_create_physical_replication_slot('${NAME}', true)`)
  await copyCluster(client, join(dataFolder, 'postgres'), target)
  follow(target, url)
  const port = await freePort()
  const pid = start(binaries, target, port)
  const urlOf = (database: string) => {
    const own = new URL(url.href)
    own.port = String(port)
    own.pathname = `/${database}`
    return own.href
  }
  for (let tries = 0; tries < 600 && !(await answers(urlOf('postgres'))); tries++) await sleep(50)
  await beSynchronous(client)
  await client.end()
  return {
    url: urlOf,
    promote: async () => {
      const own = new pg.Client({ connectionString: urlOf('postgres') })
      await own.connect()
      await own.query(`select pg_promote(true, 60)`)
      // What was asked of the old primary stands in the copied settings; nobody follows the new one yet.
      await own.query(`alter system reset synchronous_standby_names`)
      await own.query('select pg_reload_conf()')
      await own.end()
    },
    stop: async () => {
      process.kill(pid, 'SIGQUIT')
      await sleep(300)
    },
  }
}

/** Everything but the log of writes, which the replica fetches, and what belongs to the running primary. */
async function copyCluster(client: pg.Client, from: string, to: string): Promise<void> {
  await client.query(`select pg_backup_start('${NAME}', true)`)
  rmSync(to, { recursive: true, force: true })
  const left = /^(postmaster\.(pid|opts)|pg_wal\/.*|pg_replslot\/.*)$/
  cpSync(from, to, {
    recursive: true,
    filter: (path) => !left.test(path.slice(from.length + 1)),
  })
  mkdirSync(join(to, 'pg_wal/archive_status'), { recursive: true })
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
  writeFileSync(join(to, 'backup_label'), rows[0]?.labelfile ?? '')
}

function follow(folder: string, primary: URL): void {
  const { hostname, port, username, password } = primary
  const source = `host=${hostname} port=${port} user=${username} password=${password} application_name=${NAME}`
  writeFileSync(
    join(folder, 'postgresql.auto.conf'),
    `primary_conninfo = '${source}'\nprimary_slot_name = '${NAME}'\nhot_standby = on\n`,
  )
  writeFileSync(join(folder, 'standby.signal'), '')
  if (!IS_ROOT) return
  for (const path of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
    chownSync(join(folder, path), UNPRIVILEGED, UNPRIVILEGED)
}

function start(binaries: Binaries, folder: string, port: number): number {
  const log = openSync(`${folder}.log`, 'a')
  const { file, args, ids } = unprivileged(join(binaries.folder, 'bin/postgres'), [
    ...['-D', folder, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
    ...['-c', 'max_connections=100', '-c', 'jit=off'],
  ])
  const child = spawn(file, args, {
    ...ids,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH ?? '', LANG: 'C', TZ: 'UTC' },
  })
  child.unref()
  return child.pid ?? 0
}

/** From here on a commit is answered when the replica has it too, and shows it. */
async function beSynchronous(client: pg.Client): Promise<void> {
  await client.query(`alter system set synchronous_standby_names = '${NAME}'`)
  await client.query(`alter system set synchronous_commit = 'remote_apply'`)
  await client.query('select pg_reload_conf()')
  for (let tries = 0; tries < 600; tries++) {
    const { rows } = await client.query(`select 1 from pg_stat_replication where sync_state = 'sync'`)
    if (rows.length > 0) return
    await sleep(50)
  }
  throw new Error('the replica does not follow')
}

/** Ends a server as a machine that loses its power does: all of its processes at once. */
export function killServer(pid: number): void {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
  for (const id of [pid, ...children.map(Number)])
    try {
      process.kill(id, 'SIGKILL')
    } catch {
      // It has just ended by itself.
    }
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}
