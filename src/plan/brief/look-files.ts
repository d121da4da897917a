import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ASSETS_FOLDER, ASSETS_PATH, asset } from '../../ui/index.ts'

let look: string | undefined

/** The style sheets of a brief with their fonts inside, as they were built. */
export function briefLook(): string {
  look ??= ['tenth.css', 'work.css', 'brief.css'].map(sheet).join('\n').replaceAll('</', '<\\/')
  return look
}

const sheet = (name: string): string =>
  readBuilt(asset(name))
    .toString('utf8')
    // A byte order mark is none of a file's rules once it stands inside of another.
    .replace(/^\uFEFF/, '')
    .replaceAll(
      /url\("?(fonts\/[\w.-]+\.woff2)"?\)/g,
      (_, font: string) =>
        `url(data:font/woff2;base64,${readBuilt(`${ASSETS_PATH}/${font}`).toString('base64')})`,
    )

const readBuilt = (address: string): Buffer =>
  readFileSync(join(ASSETS_FOLDER, address.slice(ASSETS_PATH.length + 1)))
