import { assert } from '../base/index.ts'

/** What is wrong with a file of rows, where, and what is wanted; `column` is absent where the fault has none. */
export interface CsvFault {
  readonly code:
    | 'csv_malformed'
    | 'csv_not_utf8'
    | 'column_missing'
    | 'column_refused'
    | 'column_twice'
    | 'value_invalid'
    | 'value_refused'
  readonly line: number
  readonly column?: string
  /** The value as read, absent where it must not be shown. */
  readonly found?: string
  readonly wanted: string
}

/** The row that the reader stands on: positions in `bytes`, valid until the next row. */
export interface CsvRow {
  readonly bytes: Uint8Array
  readonly start: number
  /** After the last byte of the last field, before the line's end. */
  readonly end: number
  /** Line on which the row starts, from 1. */
  readonly line: number
  readonly crlf: boolean
  readonly fields: number
  /** A field's value without its quotes; doubled quotes inside are still doubled. */
  readonly from: Int32Array
  readonly to: Int32Array
}

const LONGEST_ROW = 1 << 20
const MOST_FIELDS = 1024
const [COMMA, QUOTE, LINE_FEED, RETURN] = [44, 34, 10, 13]

// A plain global of Node and of browsers, told to the compiler here because engines are compiled without either.
declare const TextDecoder: new (
  encoding: string,
  options: { readonly fatal: boolean },
) => { decode: (bytes: Uint8Array) => string }

/**
 * Reads RFC 4180 rows from pieces of a file, without making a string for any field. Blank lines are passed over.
 * A quote may open a field only at its start. Rows that begin in one piece and end in the next are put together.
 */
export class CsvReader {
  private rest: Uint8Array = new Uint8Array(0)
  private line = 1
  private atStart = true
  private readonly row = {
    bytes: this.rest,
    start: 0,
    end: 0,
    line: 1,
    crlf: false,
    fields: 0,
    from: new Int32Array(MOST_FIELDS),
    to: new Int32Array(MOST_FIELDS),
  }

  /** Bytes before the first row: a byte order mark or nothing. */
  mark: Uint8Array = this.rest

  /**
   * @param last whether the file ends with this piece
   * @param take called for each row; a fault stops the reading
   */
  read(piece: Uint8Array, last: boolean, take: (row: CsvRow) => CsvFault | undefined): CsvFault | undefined {
    let bytes = this.rest.length === 0 ? piece : joined(this.rest, piece)
    if (this.atStart) {
      if (bytes.length < 3 && !last) {
        this.rest = bytes.slice()
        return undefined
      }
      this.atStart = false
      if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
        return { code: 'csv_not_utf8', line: 1, found: 'UTF-16', wanted: 'a file saved as UTF-8' }
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
        this.mark = bytes.slice(0, 3)
        bytes = bytes.subarray(3)
      }
    }
    return this.readRows(bytes, last, take)
  }

  private readRows(bytes: Uint8Array, last: boolean, take: (row: CsvRow) => CsvFault | undefined) {
    const { row } = this
    row.bytes = bytes
    let at = 0
    while (at < bytes.length) {
      const next = this.scan(bytes, at, last)
      if (typeof next !== 'number') return next
      if (next < 0) break
      const blank = row.fields === 1 && row.start === row.end
      if (!blank) {
        const fault = take(row)
        if (fault) return fault
      }
      at = next
    }
    this.rest = bytes.slice(at)
    return this.rest.length > LONGEST_ROW
      ? this.malformed(
          `a row of more than ${LONGEST_ROW} bytes`,
          'a line end, or the quote that closes a field',
        )
      : undefined
  }

  /** Finds the row that starts at `start`. @returns where the next row starts, or -1 when the piece ends before */
  private scan(bytes: Uint8Array, start: number, last: boolean): number | CsvFault {
    const { row } = this
    const { from, to } = row
    const end = bytes.length
    let fields = 0
    let field = start
    let lines = 1
    let quoteEnd = -1
    let i = start
    for (; i < end; i++) {
      const byte = bytes[i] as number
      if (byte > COMMA) continue
      if (byte === COMMA || byte === LINE_FEED) {
        const crlf = byte === LINE_FEED && i > start && bytes[i - 1] === RETURN
        const stop = crlf && i > field ? i - 1 : i
        if (quoteEnd >= 0 && quoteEnd !== stop)
          return this.malformed('text after a closing quote', 'a comma or the line end')
        from[fields] = quoteEnd >= 0 ? field + 1 : field
        to[fields] = quoteEnd >= 0 ? quoteEnd - 1 : stop
        fields++
        quoteEnd = -1
        field = i + 1
        if (byte === LINE_FEED) return this.finish(fields, start, stop, i + 1, lines, crlf)
      } else if (byte === QUOTE) {
        if (i !== field)
          return this.malformed(
            'a quote inside a field',
            'a field that is quoted from its start, quotes inside doubled',
          )
        i = closing(bytes, i + 1)
        if (i < 0) return last ? this.malformed('a quote that never closes', 'a closing quote') : -1
        quoteEnd = i + 1
        for (let k = field; k < i; k++) if (bytes[k] === LINE_FEED) lines++
      } else if (byte === 0) {
        return {
          code: 'csv_not_utf8',
          line: this.line,
          found: 'a zero byte',
          wanted: 'a file saved as UTF-8',
        }
      }
    }
    if (!last) return -1
    const stop = bytes[end - 1] === RETURN && quoteEnd !== end ? end - 1 : end
    if (quoteEnd >= 0 && quoteEnd !== stop)
      return this.malformed('text after a closing quote', 'a comma or the line end')
    from[fields] = quoteEnd >= 0 ? field + 1 : field
    to[fields] = quoteEnd >= 0 ? quoteEnd - 1 : Math.max(stop, field)
    return this.finish(fields + 1, start, stop, end, lines, stop < end)
  }

  private finish(fields: number, start: number, end: number, next: number, lines: number, crlf: boolean) {
    if (fields > MOST_FIELDS) return this.malformed(`${fields} fields`, `at most ${MOST_FIELDS} fields a row`)
    const { row } = this
    row.fields = fields
    row.start = start
    row.end = end
    row.line = this.line
    row.crlf = crlf
    this.line += lines
    return next
  }

  private malformed(found: string, wanted: string): CsvFault {
    return { code: 'csv_malformed', line: this.line, found, wanted }
  }
}

/** Position of the quote that closes a field, or -1; doubled quotes are passed over. */
function closing(bytes: Uint8Array, start: number): number {
  let i = bytes.indexOf(QUOTE, start)
  while (i >= 0 && bytes[i + 1] === QUOTE) i = bytes.indexOf(QUOTE, i + 2)
  // At the end of a piece a quote may be the first half of a doubled one.
  return i
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** A field as text, or nothing where its bytes are not UTF-8. */
export function textAt(row: CsvRow, field: number): string | undefined {
  const [from, to] = [row.from[field], row.to[field]]
  assert(from !== undefined && to !== undefined, 'the row has this field')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(row.bytes.subarray(from, to))
    return row.bytes[from - 1] === QUOTE ? text.replaceAll('""', '"') : text
  } catch {
    return undefined
  }
}

/** The header's names, each once. */
export function readHeader(row: CsvRow): readonly string[] | CsvFault {
  const names: string[] = []
  for (let i = 0; i < row.fields; i++) {
    const name = textAt(row, i)?.trim()
    if (name === undefined)
      return {
        code: 'csv_not_utf8',
        line: row.line,
        column: `column ${i + 1}`,
        wanted: 'a file saved as UTF-8',
      }
    names.push(name)
  }
  return names
}

/** A row must have as many fields as the header. */
export function findWidthFault(row: CsvRow, names: readonly string[]): CsvFault | undefined {
  if (row.fields === names.length) return undefined
  return {
    code: 'csv_malformed',
    line: row.line,
    column: names[row.fields] ?? `column ${names.length + 1}`,
    found: `${row.fields} fields`,
    wanted: `${names.length} fields, as in the header`,
  }
}
