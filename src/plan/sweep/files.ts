import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { canonicalJson, err, type Json, ok, type Result } from '../../base/index.ts'
import { ENGINE_VERSION } from '../../scenario/index.ts'
import type { ExpandedSweep } from './expand.ts'
import { jobFileText, SUMMARY_COLUMNS, type SweepRow } from './result.ts'
import type { Sweep } from './schema.ts'

/** What a spreadsheet would take for a formula gets an apostrophe before it; numbers are left alone. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/
const cellText = (cell: string | number | undefined | null): string =>
  typeof cell === 'string' ? (FORMULA.test(cell) ? `'${cell}` : cell) : cell == null ? '' : String(cell)

const csv = (rows: readonly (readonly (string | number | undefined | null)[])[]): string =>
  stringify(
    rows.map((row) => row.map(cellText)),
    { record_delimiter: '\r\n' },
  )

export const summaryCsv = (rows: readonly SweepRow[]): string =>
  csv([
    SUMMARY_COLUMNS.map(({ name }) => name),
    ...rows.map((row) => SUMMARY_COLUMNS.map(({ of }) => of(row))),
  ])

const dictionaryCsv = (): string =>
  csv([
    ['column', 'unit', 'meaning'],
    ...SUMMARY_COLUMNS.map(({ name, unit, meaning }) => [name, unit, meaning]),
  ])

/** The same rows for a program. */
export const summaryJson = (sweep: Sweep, { passed_over }: ExpandedSweep, rows: readonly SweepRow[]) => ({
  notice: 'Simulation. Not legal advice.',
  sweep: sweep.id,
  engine_version: ENGINE_VERSION,
  passed_over,
  rows: rows.map((row) => Object.fromEntries(SUMMARY_COLUMNS.map(({ name, of }) => [name, of(row) ?? null]))),
})

export interface OutFolderError {
  readonly code: 'folder_in_use'
  readonly folder: string
}

const MARK = 'sweep.json'

/** Refuses a folder in which something else lies: what a sweep writes, it writes over its own. */
export function checkOutFolder(folder: string): Result<true, OutFolderError> {
  if (!existsSync(folder)) return ok(true)
  const names = readdirSync(folder)
  return names.length === 0 || names.includes(MARK) ? ok(true) : err({ code: 'folder_in_use', folder })
}

/** Writes the files of a finished sweep; the mark comes last, so that a folder with it is whole. */
export function writeSweepFiles(
  folder: string,
  sweep: Sweep,
  expanded: ExpandedSweep,
  rows: readonly SweepRow[],
  results: ReadonlyMap<string, string>,
): void {
  const jobs = join(folder, 'jobs')
  rmSync(join(folder, MARK), { force: true })
  rmSync(jobs, { recursive: true, force: true })
  mkdirSync(jobs, { recursive: true })
  for (const { job } of rows) {
    const result = results.get(job.key)
    if (result !== undefined) writeFileSync(join(jobs, `${job.name}.json`), jobFileText(job, result))
  }
  writeFileSync(join(folder, 'summary.csv'), summaryCsv(rows))
  writeFileSync(join(folder, 'summary-dictionary.csv'), dictionaryCsv())
  const mark = { ...summaryJson(sweep, expanded, rows), document: sweep }
  writeFileSync(join(folder, MARK), `${canonicalJson(JSON.parse(JSON.stringify(mark)) as Json)}\n`)
}
