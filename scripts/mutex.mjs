// One process at a time installs or builds in this clone, whoever comes first; the others wait for it.
import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A lock file is written a moment after it is made; without words after this time, its owner is gone. */
const UNWRITTEN_MILLIS = 5_000

/**
 * Does `work` while no other process does; a dead owner's lock counts as free.
 * @param file the lock, removed afterwards, also when this process ends in the middle
 * @param waiting told the owner's id once, if there is one to wait for
 */
export async function alone(file, work, waiting = () => {}) {
  for (let told = false; !take(file); ) {
    breakIfDead(file)
    const owner = readOwner(file)
    if (!told && owner !== undefined) {
      waiting(owner)
      told = true
    }
    await sleep(100)
  }
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Two processes may find the same dead lock: a folder lets one of them remove it, after a second look. */
function breakIfDead(file) {
  if (!isDead(file)) return
  const breaking = `${file}.breaking`
  try {
    mkdirSync(breaking)
  } catch {
    if (age(breaking) > UNWRITTEN_MILLIS) rmdirSync(breaking)
    return
  }
  if (isDead(file)) rmSync(file, { force: true })
  rmdirSync(breaking)
}

function isDead(file) {
  const owner = readOwner(file)
  return owner === undefined ? age(file) > UNWRITTEN_MILLIS : !isAlive(owner)
}

function readOwner(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

const age = (file) => Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
