import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert } from '../base/index.ts'
import { PACKAGE_ROOT } from '../db/index.ts'
import type { Agreement } from './agreement.ts'
import { faultText, readAgreement } from './read.ts'

const FOLDER = join(PACKAGE_ROOT, 'src/trust/agreements')
let shipped: readonly Agreement[] | undefined

/** The agreements that come with the project, in order of their files. */
export function readShippedAgreements(): readonly Agreement[] {
  shipped ??= readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const read = readAgreement(`src/trust/agreements/${name}`, readFileSync(join(FOLDER, name), 'utf8'))
      assert(read.ok, read.ok ? '' : read.error.map(faultText).join('\n'))
      return read.value
    })
  return shipped
}
