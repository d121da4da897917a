import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DivisionId } from '../../base/index.ts'
import { Decimal } from '../schema.ts'
import type { Part, Question } from './source.ts'

/** What was answered before a fetch stopped. It waits in a file, since only a whole series goes into the database. */
const Progress = z.object({
  cursor: z.string(),
  parts: z.array(
    z.object({
      values: z.array(
        z.object({ jurisdiction: DivisionId, category: z.string(), year: z.int(), value: Decimal }),
      ),
      skipped: z.array(z.object({ what: z.string(), why: z.string() })),
      next: z.string().nullable(),
      vintage: z.string().optional(),
    }),
  ),
})

/** One file for each table and question. */
export function progressFile(dataFolder: string, source: string, table: string, question: Question) {
  const asked = `${source} ${table} ${question.year} ${question.state ?? ''}`
  const folder = join(dataFolder, 'fiscal-fetch')
  const file = join(folder, `${source}-${createHash('sha256').update(asked).digest('hex').slice(0, 16)}.json`)
  return {
    /** undefined when nothing was left unfinished, or what was left cannot be read. */
    read: (): { readonly cursor: string; readonly parts: readonly Part[] } | undefined => {
      if (!existsSync(file)) return undefined
      try {
        return Progress.parse(JSON.parse(readFileSync(file, 'utf8')))
      } catch {
        return undefined
      }
    },
    write: (cursor: string, parts: readonly Part[]): void => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${file}.new`, JSON.stringify({ cursor, parts }))
      renameSync(`${file}.new`, file)
    },
    remove: (): void => rmSync(file, { force: true }),
  }
}
