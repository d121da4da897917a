import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { err, ok, type Result } from '../base/index.ts'
import { commandLineOf, isAlive } from './alive.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { type FolderError, prepareFolder, withFolderErrors } from './folder.ts'
import { answers, initialise, type LaunchError, launch, type Running } from './launch.ts'
import { type Holder, liveLeases, takeLease } from './leases.ts'
import { type LockError, underLock } from './lock.ts'

/** The embedded server of a data folder, held by this process until it releases it. */
export interface Cluster {
  /** The address now: it changes when the server had to be started again. */
  readonly url: (database?: string) => string
  readonly pid: () => number
  /** Starts the server again if it died; done when it answers. */
  readonly revive: () => Promise<Result<true, ClusterError>>
  /** Ends this process's lease; the last to leave stops the server. */
  readonly release: () => Promise<void>
}

export type ClusterError =
  | FolderError
  | LaunchError
  | LockError
  | { readonly code: 'no_binaries'; readonly platform: string }
  | {
      readonly code: 'other_major_version'
      readonly folder: string
      readonly found: string
      readonly wanted: string
    }
  | {
      readonly code: 'server_running'
      readonly folder: string
      readonly pid: number
      readonly address: string
    }

export interface ClusterOptions {
  /** For tests: what is written may be lost with the machine, and is written faster. */
  readonly isThrowaway?: boolean
}

interface Place extends ClusterOptions {
  readonly binaries: Binaries
  readonly dataFolder: string
  /** PostgreSQL's own folder, inside the data folder. */
  readonly folder: string
}

/** Starts the PostgreSQL server of a data folder, or joins the one already running on it. */
export async function holdCluster(
  dataFolder: string,
  holder: Holder,
  options: ClusterOptions = {},
): Promise<Result<Cluster, ClusterError>> {
  const binaries = findBinaries()
  if (binaries === undefined)
    return err({ code: 'no_binaries', platform: `${process.platform}-${process.arch}` })
  const place: Place = {
    ...options,
    binaries,
    dataFolder: resolve(dataFolder),
    folder: join(resolve(dataFolder), 'postgres'),
  }
  const prepared = prepareFolder(place.dataFolder)
  if (!prepared.ok) return prepared
  return flat(await withFolderErrors(place.dataFolder, () => locked(place, () => enter(place, holder))))
}

async function enter(place: Place, holder: Holder): Promise<Result<Cluster, ClusterError>> {
  const server = liveLeases(place.dataFolder).find((lease) => lease.role === 'server')
  if (holder.role === 'server' && server !== undefined)
    return err({
      code: 'server_running',
      folder: place.dataFolder,
      pid: server.pid,
      address: server.address ?? '',
    })
  const lease = takeLease(place.dataFolder, holder)
  const running = await ensureRunning(place)
  if (!running.ok) {
    lease.end()
    return running
  }
  return ok(clusterOf(place, running.value, lease))
}

function clusterOf(place: Place, first: Running, lease: { readonly end: () => void }): Cluster {
  let running = first
  return {
    url: (database) => urlOf(place.dataFolder, running.port, database),
    pid: () => running.pid,
    revive: async () => {
      const again = flat(
        await withFolderErrors(place.dataFolder, () => locked(place, () => ensureRunning(place))),
      )
      if (!again.ok) return again
      running = again.value
      return ok(true)
    },
    release: async () => {
      await locked(place, async () => {
        lease.end()
        const now = await findRunning(place)
        if (now !== undefined && liveLeases(place.dataFolder).length === 0) await stop(now.pid)
        return ok(true)
      })
    },
  }
}

async function ensureRunning(place: Place): Promise<Result<Running, ClusterError>> {
  if (!existsSync(join(place.folder, 'PG_VERSION'))) {
    const made = initialise(place)
    if (!made.ok) return made
  }
  const found = readFileSync(join(place.folder, 'PG_VERSION'), 'utf8').trim()
  const wanted = place.binaries.major
  if (found !== wanted) return err({ code: 'other_major_version', folder: place.dataFolder, found, wanted })
  const running = await findRunning(place)
  if (running === undefined) return launch(place)
  return (await answersSoon(place, running)) ? ok(running) : launch(place)
}

/**
 * The server that postmaster.pid names, if that process is a PostgreSQL of this folder: ids are given out again.
 * Lines of the file: id, folder, start, port … (src/include/utils/pidfile.h in PostgreSQL).
 */
async function findRunning(place: Place): Promise<Running | undefined> {
  const file = join(place.folder, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const running = { pid: Number(lines[0]), port: Number(lines[3]) }
  if (!isAlive(running.pid)) return undefined
  const words = commandLineOf(running.pid)
  return words === undefined || words.includes(place.folder) ? running : undefined
}

/** A server found in the middle of its start or of its recovery gets time to answer. */
async function answersSoon(place: Place, { pid, port }: Running): Promise<boolean> {
  const url = urlOf(place.dataFolder, port, 'postgres')
  for (let tries = 0; tries < 600 && isAlive(pid); tries++) {
    if (await answers(url)) return true
    await sleep(50)
  }
  return false
}

/** Asks the server to end its connections and write a checkpoint (SIGINT); in need, to end at once (SIGQUIT). */
async function stop(pid: number): Promise<void> {
  for (const [name, tries] of [
    ['SIGINT', 280],
    ['SIGQUIT', 40],
  ] as const) {
    if (isAlive(pid)) process.kill(pid, name)
    for (let tried = 0; tried < tries && isAlive(pid); tried++) await sleep(25)
  }
}

const urlOf = (dataFolder: string, port: number, database = 'tenth'): string => {
  const password = readFileSync(join(dataFolder, 'postgres.password'), 'utf8')
  return `postgres://tenth:${password}@127.0.0.1:${port}/${database}`
}

const locked = async <T>(
  place: Place,
  work: () => Promise<Result<T, ClusterError>>,
): Promise<Result<T, ClusterError>> => flat(await underLock(join(place.dataFolder, 'start.lock'), work))

const flat = <T, E, F>(result: Result<Result<T, E>, F>): Result<T, E | F> =>
  result.ok ? result.value : result
