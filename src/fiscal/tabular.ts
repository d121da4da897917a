import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { CsvError, parse } from 'csv-parse'
import { readSheet } from 'read-excel-file/node'

/** One row of a file with the number of its first line, as a text editor counts. */
export interface FileRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly bytes: number
}

export interface OpenFile {
  readonly rows: AsyncIterable<FileRow>
  readonly size: number
  /** SHA-256 of the file; known when every row was read. */
  readonly sha256: () => string
}

/** Spreadsheets are read whole, so they have a limit; text files have none. */
export const LARGEST_XLSX_BYTES = 40_000_000

/** What a file could not be read for; thrown while reading, since a stream fails in its middle. */
export class UnreadableFile extends Error {}

export function openTable(path: string): OpenFile {
  const { size } = statSync(path)
  const hash = createHash('sha256')
  let digest = ''
  const sha256 = () => {
    digest ||= hash.digest('hex')
    return digest
  }
  const rows = /\.xlsx$/i.test(path)
    ? sheetRows(path, size, (chunk) => hash.update(chunk))
    : csvRows(path, (chunk) => hash.update(chunk))
  return { rows, size, sha256 }
}

async function* csvRows(path: string, see: (chunk: Buffer) => void): AsyncGenerator<FileRow> {
  let bytes = 0
  const source = createReadStream(path, { highWaterMark: 1 << 18 })
  source.on('data', (chunk) => {
    bytes += chunk.length
    see(chunk as Buffer)
  })
  const parser = source.pipe(
    parse({
      bom: true,
      relax_column_count: true,
      info: true,
      skip_empty_lines: true,
      max_record_size: 1 << 20,
    }),
  )
  source.once('error', (error) => parser.destroy(error))
  let last = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: { lines: number }
    }>) {
      const height = record.reduce((sum, cell) => sum + newlines(cell), 0)
      last = info.lines
      yield { line: Math.max(1, info.lines - height), cells: record, bytes }
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new UnreadableFile(`line ${last + 1} or after: ${error.message.split('\n')[0]}`)
    throw error
  } finally {
    source.destroy()
  }
}

const newlines = (cell: string): number => {
  let count = 0
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++
  return count
}

async function* sheetRows(path: string, size: number, see: (chunk: Buffer) => void): AsyncGenerator<FileRow> {
  if (size > LARGEST_XLSX_BYTES)
    throw new UnreadableFile(
      `a spreadsheet of ${size} bytes; wanted: at most ${LARGEST_XLSX_BYTES}, or a CSV file`,
    )
  for await (const chunk of createReadStream(path)) see(chunk as Buffer)
  let sheet: readonly (readonly unknown[])[]
  try {
    sheet = await readSheet(path)
  } catch (error) {
    throw new UnreadableFile(`not a spreadsheet that can be read: ${(error as Error).message}`)
  }
  for (const [at, row] of sheet.entries())
    yield { line: at + 1, cells: row.map((cell) => cellText(cell)), bytes: size }
}

/** A number keeps up to three places, which holds cents and listing numbers; more places stay, to be refused. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  if (typeof cell !== 'number') return String(cell)
  const rounded = Number(cell.toFixed(3))
  return Math.abs(rounded - cell) < 1e-6 ? String(rounded) : String(cell)
}
