import { err, ok, type Result } from '../../base/index.ts'
import {
  type CsvFault,
  CsvReader,
  type CsvRow,
  findWidthFault,
  readHeader,
  textAt,
} from '../../withholding/index.ts'
import { PENALTY_ROWS, type PenaltyKind, type PenaltyRow } from './penalty-row.ts'

/** A file of amounts, piece by piece, each row given back as it was with its penalty or interest at the end. */
export interface PenaltyComputer {
  /** @param last whether the file ends with this piece */
  readonly compute: (piece: Uint8Array, last: boolean) => Result<Uint8Array, CsvFault>
  readonly rows: () => number
}

export function penaltyComputer(kind: PenaltyKind): PenaltyComputer {
  const reader = new CsvReader()
  const rule = PENALTY_ROWS[kind]
  const columns = [...rule.needed, ...rule.optional]
  let header: readonly string[] | undefined
  let rows = 0
  let out: Uint8Array[] = []

  function takeHeader(row: CsvRow): CsvFault | undefined {
    const names = readHeader(row)
    if ('code' in names) return names
    const fault = headerFault(rule, names)
    if (fault) return { ...fault, line: row.line }
    header = names
    out.push(reader.mark.slice(), extended(row, rule.added))
    return undefined
  }

  function takeRow(row: CsvRow): CsvFault | undefined {
    if (!header) return takeHeader(row)
    if (row.fields !== header.length) return findWidthFault(row, header)
    const texts: Record<string, string> = {}
    for (const column of columns) {
      const place = header.indexOf(column)
      const text = place < 0 ? '' : textAt(row, place)
      if (text === undefined)
        return { code: 'csv_not_utf8', line: row.line, column, wanted: 'a file saved as UTF-8' }
      texts[column] = text
    }
    const price = rule.price(texts)
    if (!price.ok) return { code: 'value_invalid', line: row.line, ...price.error }
    rows++
    out.push(extended(row, asDollars(price.value)))
    return undefined
  }

  return {
    compute: (piece, last) => {
      out = []
      const fault = reader.read(piece, last, takeRow)
      if (fault) return err(fault)
      if (last && !header)
        return err({ code: 'csv_malformed', line: 1, found: 'an empty file', wanted: 'a header and rows' })
      return ok(joined(out))
    },
    rows: () => rows,
  }
}

function headerFault(
  { needed, optional, added }: PenaltyRow,
  names: readonly string[],
): Omit<CsvFault, 'line'> | undefined {
  if (names.includes(added))
    return {
      code: 'column_twice',
      column: added,
      found: added,
      wanted: 'a file without it: it is the column that is added',
    }
  const twice = [...needed, ...optional].find((name) => names.indexOf(name) !== names.lastIndexOf(name))
  if (twice !== undefined)
    return { code: 'column_twice', column: twice, found: twice, wanted: 'each column once' }
  const missing = needed.find((name) => !names.includes(name))
  if (missing === undefined) return undefined
  return {
    code: 'column_missing',
    column: missing,
    found: names.join(','),
    wanted: `a header with ${needed.join(', ')}`,
  }
}

const encoder = new TextEncoder()

/** The row's own bytes with one field more, ended as it was ended. */
function extended(row: CsvRow, added: string): Uint8Array {
  const end = encoder.encode(`,${added}${row.crlf ? '\r\n' : '\n'}`)
  const line = new Uint8Array(row.end - row.start + end.length)
  line.set(row.bytes.subarray(row.start, row.end))
  line.set(end, row.end - row.start)
  return line
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const asDollars = (amount: bigint): string => {
  const digits = amount.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
