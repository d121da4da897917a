import { basename } from 'node:path'
import { type Cents, cents, err, ok, type Result, type UspsCode } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { type Columns, FORMATS, findColumns, wantedColumns } from './award-columns.ts'
import { namesAgency, parseRow, type RowContext, type RowFault } from './award-row.ts'
import { type AwardWriter, writeAwards } from './awards-store.ts'
import { readListingStrengths } from './facts.ts'
import { type PersonalColumn, personalColumns } from './personal-columns.ts'
import type { Award, Inventory, InventoryFormat } from './schema.ts'
import { type FileRow, type OpenFile, openTable, UnreadableFile } from './tabular.ts'

export type ImportError =
  | { readonly code: 'file_unreadable'; readonly file: string; readonly reason: string }
  | { readonly code: 'personal_columns'; readonly file: string; readonly columns: readonly PersonalColumn[] }
  | { readonly code: 'columns_missing'; readonly file: string; readonly wanted: readonly string[] }
  | {
      readonly code: 'rows_bad'
      readonly file: string
      readonly faults: readonly RowFault[]
      /** Faults after the first ones listed. */
      readonly more: number
    }
  | {
      readonly code: 'total_differs'
      readonly file: string
      readonly line: number
      readonly sum: Cents
      readonly stated: Cents
    }
  | { readonly code: 'year_missing'; readonly file: string }
  | { readonly code: 'no_awards'; readonly file: string }
  | { readonly code: 'already_imported'; readonly file: string; readonly inventory: string }
  | { readonly code: 'cancelled'; readonly file: string }

export interface ImportRequest {
  readonly path: string
  /** The name the user knows the file by; else that of the path. */
  readonly file_name?: string
  readonly usps: UspsCode
  readonly format: InventoryFormat
  readonly year?: number | undefined
  readonly title?: string | undefined
  /** Judges the file and writes nothing. */
  readonly dry_run?: boolean
  readonly actor: string
}

export interface Imported {
  readonly inventory: Inventory
  /** Whether the file's own total row was there to tie to. */
  readonly ties_to_total: boolean
  readonly subtotals: number
  readonly elsewhere: number
}

export interface ImportWatch {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: {
    readonly awards: number
    readonly bytes: number
    readonly size: number
  }) => void
}

const MOST_FAULTS = 50
const AWARDS_PER_WRITE = 4_000
/** Titles and notes may stand above the headings of a schedule. */
const MOST_LINES_ABOVE = 30

/**
 * Reads a list of awards as a stream and keeps it as one inventory: all of it in one transaction, or nothing.
 * A bad row does not end the reading, so that every fault (up to 50) is named at once.
 */
export async function importAwards(
  shell: Shell,
  request: ImportRequest,
  watch: ImportWatch = {},
): Promise<Result<Imported, ImportError>> {
  const file = request.file_name ?? basename(request.path)
  try {
    const table = openTable(request.path)
    return await writeAwards(shell, { ...request, file_name: file }, (writer) =>
      readAll(table, { ...request, file_name: file }, writer, watch),
    )
  } catch (error) {
    if (error instanceof UnreadableFile) return err({ code: 'file_unreadable', file, reason: error.message })
    if (isSystemError(error)) return err({ code: 'file_unreadable', file, reason: error.message })
    throw error
  }
}

export interface ReadSummary {
  readonly sha256: string
  readonly awards: number
  readonly total: Cents
  readonly ties_to_total: boolean
  readonly subtotals: number
  readonly elsewhere: number
}

async function readAll(
  table: OpenFile,
  request: ImportRequest & { readonly file_name: string },
  writer: AwardWriter,
  watch: ImportWatch,
): Promise<Result<ReadSummary, ImportError>> {
  const file = request.file_name
  const reader = new AwardReader(request)
  for await (const row of table.rows) {
    if (watch.signal?.aborted) return err({ code: 'cancelled', file })
    const refused = reader.take(row)
    if (refused) return err(refused)
    if (reader.waiting.length >= AWARDS_PER_WRITE) {
      await writer(reader.drain())
      watch.onProgress?.({ awards: reader.count, bytes: row.bytes, size: table.size })
    }
  }
  if (watch.signal?.aborted) return err({ code: 'cancelled', file })
  const refused = reader.end()
  if (refused) return err(refused)
  await writer(reader.drain())
  watch.onProgress?.({ awards: reader.count, bytes: table.size, size: table.size })
  return ok({
    sha256: table.sha256(),
    awards: reader.count,
    total: cents(reader.sum),
    ties_to_total: reader.tied,
    subtotals: reader.subtotals,
    elsewhere: reader.elsewhere,
  })
}

/** What has been understood of a file so far. */
class AwardReader {
  waiting: Award[] = []
  count = 0
  sum = 0n
  tied = false
  subtotals = 0
  elsewhere = 0
  private columns: Columns | undefined
  private agency: string | undefined
  private readonly faults: RowFault[] = []
  private more = 0
  private above = 0
  private readonly strengthOf = readListingStrengths()

  private readonly request: ImportRequest & { readonly file_name: string }

  constructor(request: ImportRequest & { readonly file_name: string }) {
    this.request = request
  }

  /** @returns the reason to stop reading at once */
  take(row: FileRow): ImportError | undefined {
    if (this.columns) return this.takeBelow(row, this.columns)
    const { format, file_name: file } = this.request
    const unread = FORMATS[format].unread
    this.columns = findColumns(format, row.cells)
    const looksLikeHeadings = this.columns !== undefined || row.cells.length > 2
    const personal = looksLikeHeadings
      ? personalColumns(row.cells, (name) => unread?.test(name) ?? false)
      : []
    if (personal.length > 0) return { code: 'personal_columns', file, columns: personal }
    this.above++
    if (this.columns && !this.knowsYear(this.columns)) return { code: 'year_missing', file }
    return this.columns === undefined && this.above >= MOST_LINES_ABOVE
      ? { code: 'columns_missing', file, wanted: wantedColumns(format) }
      : undefined
  }

  private knowsYear({ at }: Columns): boolean {
    return at.year !== undefined || at.date !== undefined || this.request.year !== undefined
  }

  private takeBelow(row: FileRow, columns: Columns): ImportError | undefined {
    const { format, usps, year } = this.request
    const context: RowContext = {
      format,
      columns,
      usps,
      year,
      agency: this.agency,
      strengthOf: this.strengthOf,
    }
    const parsed = parseRow(row.line, row.cells, context)
    if (!parsed.ok) this.note(parsed.error)
    else if (parsed.value.kind === 'award') this.add(parsed.value.award)
    else if (parsed.value.kind === 'subtotal') this.subtotals++
    else if (parsed.value.kind === 'elsewhere') this.elsewhere++
    else if (parsed.value.kind === 'heading' && namesAgency(parsed.value.text))
      this.agency = parsed.value.text
    else if (parsed.value.kind === 'total') return this.compare(row.line, parsed.value.amount)
    return undefined
  }

  private note(fault: RowFault): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push(fault)
    else this.more++
  }

  private add(award: Award): void {
    this.count++
    this.sum += award.amount_cents
    if (this.faults.length === 0) this.waiting.push(award)
  }

  private compare(line: number, stated: Cents): ImportError | undefined {
    const { file_name: file } = this.request
    if (this.faults.length > 0) return undefined
    if (stated !== this.sum) return { code: 'total_differs', file, line, sum: cents(this.sum), stated }
    this.tied = true
    return undefined
  }

  end(): ImportError | undefined {
    const { format, file_name: file } = this.request
    if (!this.columns) return { code: 'columns_missing', file, wanted: wantedColumns(format) }
    if (this.faults.length > 0) return { code: 'rows_bad', file, faults: this.faults, more: this.more }
    return this.count === 0 ? { code: 'no_awards', file } : undefined
  }

  drain(): readonly Award[] {
    const awards = this.faults.length === 0 ? this.waiting : []
    this.waiting = []
    return awards
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string'
