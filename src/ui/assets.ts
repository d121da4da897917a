import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with the built look: `tenth.css`, the fonts and `manifest.json` (made by scripts/build-look.mjs). */
export const ASSETS_FOLDER = join(packageRoot(dirname(fileURLToPath(import.meta.url))), 'dist/public')

/** Where the server shows that folder; names carry a hash of the content, so they may be kept for ever. */
export const ASSETS_PATH = '/assets'

let manifest: Record<string, string> | undefined

/**
 * The address of a built file by its plain name; before the first build the plain name itself. An island,
 * `src/<room>/islands/<name>.ts`, is `islands/<room>-<name>.js` (made by scripts/build-islands.mjs).
 */
export function asset(name: string): string {
  manifest ??= { ...readManifest('manifest.json'), ...readManifest('islands/manifest.json') }
  return `${ASSETS_PATH}/${manifest[name] ?? name}`
}

function readManifest(name: string): Record<string, string> {
  const path = join(ASSETS_FOLDER, name)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  return parent === folder ? folder : packageRoot(parent)
}
