import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { canonicalJson, type Json } from '../../base/index.ts'
import type { Question } from './service.ts'

/** How far a fetch came: written after each page is in the database, so that no page is lost or asked for twice. */
const Progress = z.object({
  cursor: z.string(),
  pages: z.int(),
  proposed: z.int(),
  seen: z.int(),
})
export type Progress = z.infer<typeof Progress>

/** One file for each service and question. */
export function cursorFile(dataFolder: string, service: string, question: Question) {
  const asked = canonicalJson(JSON.parse(JSON.stringify(question)) as Json)
  const name = `${service}-${createHash('sha256').update(asked).digest('hex').slice(0, 16)}.json`
  const folder = join(dataFolder, 'registry-fetch')
  const file = join(folder, name)
  return {
    /** undefined when nothing was left unfinished, or what was left cannot be read. */
    read: (): Progress | undefined => {
      if (!existsSync(file)) return undefined
      try {
        return Progress.parse(JSON.parse(readFileSync(file, 'utf8')))
      } catch {
        return undefined
      }
    },
    write: (progress: Progress): void => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${file}.new`, JSON.stringify(progress))
      renameSync(`${file}.new`, file)
    },
    remove: (): void => rmSync(file, { force: true }),
  }
}
