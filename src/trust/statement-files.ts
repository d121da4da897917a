import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { err, type Io, ok, type Result } from '../base/index.ts'
import { readBai2 } from './bank/bai2.ts'
import { readStatementCsv, type StatementFault, type StatementLine } from './bank/statement.ts'

const MOST_BYTES = 20_000_000

/** A bank statement from a file: BAI2 where it begins with a file header record, else CSV. */
export function readStatement(path: string, io: Io): Result<readonly StatementLine[], StatementFault> {
  const bytes = readFileSync(resolve(io.cwd, path))
  if (bytes.length > MOST_BYTES)
    return err({ line: 1, field: 'file', found: `${bytes.length} bytes`, wanted: `at most ${MOST_BYTES}` })
  const text = bytes.toString('utf8')
  return statementLines(text)
}

export function statementLines(text: string): Result<readonly StatementLine[], StatementFault> {
  if (!text.startsWith('01,')) return csvLines(text)
  const read = readBai2(text)
  return read.ok ? ok(read.value.flatMap(({ lines }) => lines)) : read
}

function csvLines(text: string): Result<readonly StatementLine[], StatementFault> {
  try {
    const records = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true })
    const rows = records as unknown as readonly { record: readonly string[]; info: { lines: number } }[]
    return readStatementCsv(rows.map(({ record, info }) => ({ line: info.lines, fields: record })))
  } catch (error) {
    const { message, lines } = error as Error & { lines?: number }
    return err({ line: lines ?? 1, field: 'file', found: message, wanted: 'CSV as RFC 4180 has it' })
  }
}
