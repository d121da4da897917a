import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Whether a process with this id exists now, ours or another's. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const UNSEEN = 'unseen'

/**
 * One life of a process: its id with the time it began, since systems give ids out again.
 * @returns undefined when no such process exists
 */
export function lifeOf(pid: number): string | undefined {
  return isAlive(pid) ? `${pid} ${birthOf(pid)}` : undefined
}

/** Whether the process that wrote `life` about itself still runs. In doubt, it does. */
export function isStill(pid: number, life: string): boolean {
  const now = lifeOf(pid)
  return now !== undefined && (now === life || now.endsWith(UNSEEN) || life.endsWith(UNSEEN))
}

function birthOf(pid: number): string {
  try {
    if (process.platform === 'linux') return linuxBirth(pid)
    if (process.platform === 'win32') return UNSEEN
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim() || UNSEEN
  } catch {
    return UNSEEN
  }
}

/** Field 22 of /proc/PID/stat is the start in clock ticks since boot (proc(5)); the boot has an id. */
function linuxBirth(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return `${ticks} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`
}

/** The command line of a process, or undefined where the system does not tell. */
export function commandLineOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    if (process.platform === 'win32') return undefined
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  } catch {
    return undefined
  }
}
