import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { err, ok, type Result } from '../base/index.ts'
import type { Book } from './book.ts'
import { type Column, columnNames, columnsOfKind } from './columns.ts'
import { dictionary } from './dictionary.ts'
import { type Fault, firstFaults, type TextFile } from './read.ts'
import { Jurisdiction, KINDS, Kind, type Rec } from './schema.ts'

/** What a spreadsheet would take for a formula; such a cell gets an apostrophe before it, and loses it on import. */
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

const escapeCell = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell)
const unescapeCell = (cell: string): string => (/^'/.test(cell) && FORMULA.test(cell) ? cell.slice(1) : cell)

const SEPARATOR = ' | '

/** Rows as CSV by RFC 4180: commas, CRLF, UTF-8, a first line of names, no cell that runs as a formula. */
export const csvText = (names: readonly string[], rows: readonly (readonly string[])[]): string =>
  stringify([[...names], ...rows.map((row) => row.map(escapeCell))], { record_delimiter: '\r\n' })

/**
 * Records as CSV: one row each; lists of words joined by ` | `, lists of fields as JSON.
 * @param of the book that they are from: as of a day, a last column tells what the dates leave uncertain on it, and
 *   keeps such a file from being imported as if it were of today
 */
export function recordsCsv(records: readonly Rec[], of?: Pick<Book, 'asOf' | 'uncertain'>): string {
  const isOfDay = of?.asOf !== undefined
  const names = columnNames([...new Set(records.map((rec) => rec.kind))])
  const cells = records.map((rec) => {
    const row = new Map(columnsOfKind(rec.kind).map((column) => [column.name, cellOf(rec, column)]))
    return [...names.map((name) => row.get(name) ?? ''), ...(isOfDay ? [of.uncertain.get(rec.id) ?? ''] : [])]
  })
  return csvText(isOfDay ? [...names, `uncertain_on_${of.asOf}`] : names, cells)
}

const PLACE_COLUMNS = Object.keys(Jurisdiction.shape) as readonly (keyof Jurisdiction)[]

/** Jurisdictions as CSV, a row each. */
export const jurisdictionsCsv = (rows: readonly Jurisdiction[]): string =>
  csvText(
    PLACE_COLUMNS,
    rows.map((row) => PLACE_COLUMNS.map((name) => String(row[name] ?? ''))),
  )

/** The data dictionary of the kinds given, or of all and of jurisdictions, as CSV. */
export const dictionaryCsv = (kinds?: readonly string[]): string =>
  csvText(
    ['kind', 'field', 'type', 'unit', 'required', 'values', 'meaning'],
    dictionary()
      .filter((row) => kinds === undefined || kinds.includes(row.kind))
      .map((row) => [
        row.kind,
        row.field,
        row.type,
        row.unit ?? '',
        row.required ? 'yes' : 'no',
        (row.values ?? []).join(SEPARATOR),
        row.meaning,
      ]),
  )

function cellOf(rec: Rec, { path, holds }: Column): string {
  const value = path.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], rec)
  if (value === undefined) return ''
  if (holds === 'json') return JSON.stringify(value)
  if (holds !== 'texts') return String(value)
  const texts = value as readonly string[]
  const isPlain = texts.length > 0 && texts.every((text) => !text.includes('|') && !text.startsWith('['))
  return isPlain ? texts.join(SEPARATOR) : JSON.stringify(texts)
}

/** A row of a CSV as a record that nobody has checked yet, and the line on which it stands. */
export interface CsvItem {
  readonly item: unknown
  readonly line: number
}

const MAX_BYTES = 16_777_216
const MAX_ROWS = 20_000
const MAX_ROW_BYTES = 1_048_576

/** Reads records from a CSV of `recordsCsv`'s form; columns may be left out and stand in any order. */
export function readCsv({ path, bytes }: TextFile): Result<readonly CsvItem[], readonly Fault[]> {
  const fault = (line: number, field: string, found: string, wanted: string): Fault => ({
    file: path,
    line,
    field,
    found,
    wanted,
  })
  if (bytes.length > MAX_BYTES)
    return err([fault(1, 'file', `${bytes.length} bytes`, `at most ${MAX_BYTES}: split the file`)])
  let rows: readonly ParsedRow[]
  let header: readonly string[] = []
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    rows = parse(text, {
      bom: true,
      columns: (names: string[]) => {
        header = names
        return names
      },
      info: true,
      skip_empty_lines: true,
      to: MAX_ROWS + 1,
      max_record_size: MAX_ROW_BYTES,
    }) as unknown as ParsedRow[]
  } catch (error) {
    return err([csvFault(error, fault)])
  }
  if (rows.length > MAX_ROWS)
    return err([fault(1, 'file', `more than ${MAX_ROWS} rows`, `at most ${MAX_ROWS}: split the file`)])
  const known = new Set(columnNames(Kind.options))
  const unknown = header.filter((name) => !known.has(name))
  if (unknown.length > 0) {
    const wanted = 'a column of the data dictionary'
    const each = unknown.map((name) =>
      fault(
        1,
        name.slice(0, 60) || 'column',
        `the unknown column ${JSON.stringify(name.slice(0, 60))}`,
        wanted,
      ),
    )
    return err(firstFaults(each))
  }
  if (rows.length === 0)
    return err([fault(1, 'file', 'no row', 'a line of column names and a row for each record')])
  const read = rows.map(({ record, info }) => readRow(record, info.lines, fault))
  const faults = read.flatMap((row) => row.faults)
  return faults.length > 0 ? err(firstFaults(faults)) : ok(read.map(({ item, line }) => ({ item, line })))
}

interface ParsedRow {
  readonly record: Readonly<Record<string, string>>
  readonly info: { readonly lines: number }
}
type MakeFault = (line: number, field: string, found: string, wanted: string) => Fault

function csvFault(error: unknown, fault: MakeFault): Fault {
  if (!(error instanceof Error) || !('code' in error)) throw error
  if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return fault(1, 'file', 'bytes that are not UTF-8', 'UTF-8 text')
  const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1
  return fault(line, 'file', `invalid CSV (${error.message})`, 'a row with a cell for each column')
}

function readRow(cells: Readonly<Record<string, string>>, line: number, fault: MakeFault) {
  const kind = Kind.safeParse(cells.kind)
  if (!kind.success) {
    const wanted = `one of ${Object.keys(KINDS).join(', ')}`
    return { item: cells, line, faults: [fault(line, 'kind', JSON.stringify(cells.kind ?? ''), wanted)] }
  }
  const columns = new Map(columnsOfKind(kind.data).map((column) => [column.name, column]))
  const item: Record<string, unknown> = {}
  const faults: Fault[] = []
  for (const [name, text] of Object.entries(cells)) {
    if (text === '') continue
    const column = columns.get(name)
    const value = column === undefined ? undefined : valueIn(unescapeCell(text), column)
    if (column === undefined)
      faults.push(
        fault(line, name, JSON.stringify(text), `nothing: a ${KINDS[kind.data].one} has no such field`),
      )
    else if (value === undefined) faults.push(fault(line, name, text.slice(0, 60), `${column.holds} in JSON`))
    else setAt(item, column.path, value)
  }
  return { item, line, faults }
}

/** @returns undefined when the cell cannot be read */
function valueIn(text: string, { holds }: Column): unknown {
  if (holds === 'text') return text
  if (holds === 'number') return /^-?\d+$/.test(text) ? Number(text) : text
  if (holds === 'texts' && !text.startsWith('[')) return text.split('|').map((part) => part.trim())
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function setAt(item: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [step, ...rest] = path
  if (step === undefined) return
  if (rest.length === 0) {
    item[step] = value
    return
  }
  const inner = (item[step] ?? {}) as Record<string, unknown>
  item[step] = inner
  setAt(inner, rest, value)
}
