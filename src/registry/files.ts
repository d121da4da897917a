import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../db/index.ts'
import type { TextFile } from './read.ts'

/** The registry's own files, as a person edits them. */
export const DATA_FOLDER = join(PACKAGE_ROOT, 'src', 'registry', 'data')
const JURISDICTIONS = 'jurisdictions.yaml'

/** Every file of records, by paths relative to the folder, in the order of their names. */
export function readDataFiles(folder: string = DATA_FOLDER): readonly TextFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.yaml') && path !== JURISDICTIONS)
    .sort()
    .map((path) => ({ path, bytes: readFileSync(join(folder, path)) }))
}

export const readJurisdictionsFile = (folder: string = DATA_FOLDER): TextFile => {
  const own = join(folder, JURISDICTIONS)
  return {
    path: JURISDICTIONS,
    bytes: readFileSync(existsSync(own) ? own : join(DATA_FOLDER, JURISDICTIONS)),
  }
}
