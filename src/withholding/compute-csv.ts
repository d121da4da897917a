import { err, ok, type Result } from '../base/index.ts'
import { formatAmount } from './amounts.ts'
import { type CsvFault, CsvReader, type CsvRow, findWidthFault, readHeader } from './csv.ts'
import { placePaycheck, type RowPricer, rowPricer } from './paycheck-row.ts'
import type { Rounding } from './schema.ts'

/** The column that `withholding compute` adds. */
const ADDED_COLUMN = 'withholding'

/** A file of paychecks, piece by piece, each row given back as it was with its tax added at the end. */
export interface CsvComputer {
  /**
   * @param last whether the file ends with this piece
   * @returns bytes to write, good until the next call
   */
  readonly compute: (piece: Uint8Array, last: boolean) => Result<Uint8Array, CsvFault>
  readonly rows: () => number
}

/** @param rounding for rows without one */
export function csvComputer(rounding: Rounding): CsvComputer {
  const reader = new CsvReader()
  const writer = new RowWriter()
  let names: readonly string[] | undefined
  let pricer: RowPricer | undefined
  let rows = 0

  function takeHeader(row: CsvRow): CsvFault | undefined {
    const header = readHeader(row)
    if ('code' in header) return header
    if (header.includes(ADDED_COLUMN))
      return {
        code: 'column_twice',
        line: row.line,
        column: ADDED_COLUMN,
        wanted: `a file without a column ${ADDED_COLUMN}: it is the one that is added`,
      }
    const places = placePaycheck(header)
    if (!places.ok) return places.error
    names = header
    pricer = rowPricer(places.value, rounding)
    writer.raw(reader.mark)
    writer.text(row, ADDED_COLUMN)
    return undefined
  }

  function takeRow(row: CsvRow): CsvFault | undefined {
    if (names === undefined || pricer === undefined) return takeHeader(row)
    if (row.fields !== names.length) return findWidthFault(row, names)
    const tax = pricer.tax(row)
    if (typeof tax !== 'number') return tax
    rows++
    writer.amount(row, tax)
    return undefined
  }

  return {
    compute: (piece, last) => {
      writer.clear()
      const fault = reader.read(piece, last, takeRow)
      if (fault) return err(fault)
      if (last && names === undefined)
        return err({ code: 'csv_malformed', line: 1, found: 'an empty file', wanted: 'a header and rows' })
      return ok(writer.written())
    },
    rows: () => rows,
  }
}

/** Puts rows and the added field into one block of bytes. */
class RowWriter {
  private block = new Uint8Array(1 << 21)
  private used = 0

  clear(): void {
    this.used = 0
  }

  written(): Uint8Array {
    return this.block.subarray(0, this.used)
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.block.set(bytes, this.used)
    this.used += bytes.length
  }

  text(row: CsvRow, added: string): void {
    this.copy(row, added.length)
    for (let i = 0; i < added.length; i++) this.block[this.used++] = added.charCodeAt(i)
    this.endLine(row)
  }

  /** @param amount whole cents; the largest tax has 17 digits */
  amount(row: CsvRow, amount: number): void {
    if (amount < 1e11) this.digits(row, amount)
    else this.text(row, formatAmount(BigInt(amount)))
  }

  private digits(row: CsvRow, amount: number): void {
    this.copy(row, 20)
    const { block } = this
    let rest = amount
    let places = 3
    for (let limit = 1000; rest >= limit; limit *= 10) places++
    const end = this.used + places + 1
    for (let i = end - 1; i >= this.used; i--) {
      if (i === end - 3) {
        block[i] = 46
        continue
      }
      const tenth = Math.floor(rest / 10)
      block[i] = 48 + rest - tenth * 10
      rest = tenth
    }
    this.used = end
    this.endLine(row)
  }

  private copy(row: CsvRow, added: number): void {
    this.reserve(row.end - row.start + added + 4)
    const { block } = this
    const { bytes, end } = row
    let to = this.used
    for (let i = row.start; i < end; i++) block[to++] = bytes[i] as number
    block[to++] = 44
    this.used = to
  }

  private endLine(row: CsvRow): void {
    if (row.crlf) this.block[this.used++] = 13
    this.block[this.used++] = 10
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.block.length) return
    const larger = new Uint8Array(Math.max(this.block.length * 2, this.used + bytes))
    larger.set(this.block.subarray(0, this.used))
    this.block = larger
  }
}
