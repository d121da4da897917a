import { spawnSync } from 'node:child_process'

/** PostgreSQL refuses to run as root; as root it runs under the id of `nobody`, which owns the cluster only. */
export const UNPRIVILEGED = 65534
export const IS_ROOT = process.getuid?.() === 0

const ID = String(UNPRIVILEGED)
const SETPRIV = [
  `--reuid=${ID}`,
  `--regid=${ID}`,
  '--clear-groups',
  '--inh-caps=+dac_read_search',
  '--ambient-caps=+dac_read_search',
  // Without it access(2), by which initdb looks for its other half, would not count that right.
  '--securebits=+no_setuid_fixup',
]

interface Runnable {
  readonly file: string
  readonly args: readonly string[]
  readonly ids: { readonly uid?: number; readonly gid?: number }
}

/**
 * How to run a program so that it is not root. With setpriv (util-linux) it keeps one right, to walk through
 * folders that only root may enter, so that a clone in /root works; without it, it has none.
 */
export function unprivileged(file: string, args: readonly string[]): Runnable {
  if (!IS_ROOT) return { file, args, ids: {} }
  if (hasSetpriv()) return { file: 'setpriv', args: [...SETPRIV, file, ...args], ids: {} }
  return { file, args, ids: { uid: UNPRIVILEGED, gid: UNPRIVILEGED } }
}

let works: boolean | undefined
export function hasSetpriv(): boolean {
  works ??= spawnSync('setpriv', [...SETPRIV, 'true'], { stdio: 'ignore' }).status === 0
  return works
}
