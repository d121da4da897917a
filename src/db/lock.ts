import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { err, ok, type Result } from '../base/index.ts'
import { isStill, lifeOf } from './alive.ts'

/** The lock stayed in another process's hands for as long as we were ready to wait. */
export interface LockError {
  readonly code: 'lock_held'
  readonly file: string
  readonly pid: number
}

/** A file made a moment ago may still be without its words; after this time its writer is gone. */
const UNWRITTEN_MILLIS = 5_000

/** Does `work` while no other process on this machine does the same; a dead owner's lock counts as free. */
export async function underLock<T>(
  file: string,
  work: () => Promise<T>,
  patienceMillis = 60_000,
): Promise<Result<T, LockError>> {
  const until = Date.now() + patienceMillis
  while (!take(file)) {
    breakIfDead(file)
    if (Date.now() > until) return err({ code: 'lock_held', file, pid: readOwner(file)?.pid ?? 0 })
    await sleep(20)
  }
  try {
    return ok(await work())
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid, life: lifeOf(process.pid) }), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Two processes may find the same dead lock: a folder lets one of them remove it, after a second look. */
function breakIfDead(file: string): void {
  if (!isDead(file)) return
  const breaking = `${file}.breaking`
  try {
    mkdirSync(breaking)
  } catch {
    if (ageMillis(breaking) > UNWRITTEN_MILLIS) rmdirSync(breaking)
    return
  }
  if (isDead(file)) rmSync(file, { force: true })
  rmdirSync(breaking)
}

function isDead(file: string): boolean {
  const owner = readOwner(file)
  return owner === undefined ? ageMillis(file) > UNWRITTEN_MILLIS : !isStill(owner.pid, owner.life)
}

function readOwner(file: string): { readonly pid: number; readonly life: string } | undefined {
  try {
    const { pid, life } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; life: string }
    return { pid, life }
  } catch {
    return undefined
  }
}

const ageMillis = (file: string): number =>
  Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
