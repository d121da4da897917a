import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isStill, lifeOf } from './alive.ts'

/** Who uses the embedded database. There is one server per data folder, and any number of commands. */
export interface Holder {
  readonly role: 'server' | 'command'
  /** Where the server is found, so that a second one can name it. */
  readonly address?: string
}

export interface Lease extends Holder {
  readonly pid: number
  readonly life: string
}

let taken = 0

/** Writes a lease for this process; call it, and `liveLeases`, under the folder's lock. */
export function takeLease(dataFolder: string, holder: Holder): { readonly end: () => void } {
  const folder = join(dataFolder, 'leases')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${process.pid}-${taken++}.json`)
  const lease: Lease = { ...holder, pid: process.pid, life: lifeOf(process.pid) ?? '' }
  writeFileSync(file, JSON.stringify(lease))
  return { end: () => rmSync(file, { force: true }) }
}

/** The leases whose process still lives; the others are removed. */
export function liveLeases(dataFolder: string): readonly Lease[] {
  const folder = join(dataFolder, 'leases')
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder).flatMap((name) => {
    const lease = readLease(join(folder, name))
    if (lease !== undefined && isStill(lease.pid, lease.life)) return [lease]
    rmSync(join(folder, name), { force: true })
    return []
  })
}

function readLease(file: string): Lease | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Lease
  } catch {
    return undefined
  }
}
