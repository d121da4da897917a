import { stringify } from 'csv-stringify/sync'
import { dictionary } from './dictionary.ts'
import type { Kind, Rec } from './schema.ts'

/**
 * Writes rows as CSV (RFC 4180, UTF-8). A value that a spreadsheet would take for a formula gets an apostrophe before
 * it. Lists of words are joined by `; `, lists of objects are JSON.
 */
export const csvOf = (columns: readonly string[], rows: readonly object[]): string =>
  stringify(
    rows.map((row) => columns.map((column) => cellOf(valueAt(row, column)))),
    { header: true, columns: [...columns], escape_formulas: true, record_delimiter: 'windows' },
  )

/** A column for each field of the kinds given; the fields of `dates`, `relations` and the like have their own. */
export function columnsOf(kinds: readonly Kind[]): readonly string[] {
  const rows = dictionary().filter(({ kind, field }) => kinds.includes(kind as Kind) && !field.includes('[]'))
  const split = new Set(
    rows
      .map(({ field }) => field)
      .filter((f) => f.includes('.'))
      .map((f) => f.split('.')[0]),
  )
  return [...new Set(rows.map(({ field }) => field).filter((field) => !split.has(field)))]
}

export const recordsCsv = (records: readonly Rec[], kinds: readonly Kind[]): string =>
  csvOf(columnsOf(kinds), records)

const valueAt = (row: object, column: string): unknown =>
  column
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], row)

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value))
    return value.every((item) => typeof item === 'string') ? value.join('; ') : JSON.stringify(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
