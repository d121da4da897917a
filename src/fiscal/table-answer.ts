import type { Context } from 'hono'
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import { problem } from '../base/index.ts'
import { type Cell, dictionaryOf, type Table, type TableColumn, tableCsv, tableJson } from './table.ts'

export const ENDINGS = ['csv', 'json', 'parquet', 'dictionary.csv'] as const
export type Ending = (typeof ENDINGS)[number]

/** `first.csv` → `first` and `csv`. */
export function splitEnding(text: string): { readonly name: string; readonly ending: Ending } | undefined {
  const match = /^(.+?)\.(dictionary\.csv|csv|json|parquet)$/.exec(text)
  return match?.[1] && match[2] ? { name: match[1], ending: match[2] as Ending } : undefined
}

/** A table in the form that the address ends in. */
export function tableAnswer(c: Context, table: Table, ending: Ending): Response {
  const file = (type: string, name: string) => ({
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
  })
  if (ending === 'json') return c.json({ name: table.name, rows: tableJson(table) } as never)
  if (ending === 'csv')
    return c.body(tableCsv(table), 200, file('text/csv; charset=utf-8', `${table.name}.csv`))
  if (ending === 'dictionary.csv')
    return c.body(
      tableCsv(dictionaryOf(table)),
      200,
      file('text/csv; charset=utf-8', `${table.name}-dictionary.csv`),
    )
  return c.body(tableParquet(table), 200, file('application/vnd.apache.parquet', `${table.name}.parquet`))
}

/**
 * A long table as CSV, part by part.
 * @param load the rows after a key, and the key of the last of them; undefined at the end
 */
export function csvStream(
  name: string,
  load: (after: number) => Promise<{ readonly table: Table; readonly next: number } | undefined>,
): Response {
  let after = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = await load(after)
      if (!part) return controller.close()
      const text = tableCsv(part.table)
      controller.enqueue(Buffer.from(after === 0 ? text : text.slice(text.indexOf('\r\n') + 2)))
      after = part.next
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
    },
  })
}

/** Whole numbers as INT64, everything else as text: a decimal keeps every digit that its source printed. */
export function tableParquet({ columns, rows }: Table): ArrayBuffer {
  const columnData = columns.map(
    ({ name, type }, at): ColumnSource => ({
      name,
      type: isWhole(type) ? 'INT64' : 'STRING',
      nullable: true,
      data: rows.map((row) => parquetCell(row[at] ?? null, type)),
    }),
  )
  return parquetWriteBuffer({ columnData })
}

const isWhole = (type: TableColumn['type']): boolean => type === 'integer' || type === 'cents'
const parquetCell = (cell: Cell, type: TableColumn['type']): bigint | string | null =>
  cell === null ? null : isWhole(type) ? BigInt(cell) : String(cell)

/** A refusal by RFC 9457. */
export const refuse = (
  c: Context,
  status: 400 | 404,
  code: string,
  title: string,
  detail: string,
  more: Record<string, unknown> = {},
): Response =>
  c.body(JSON.stringify(problem(status, code, title, detail, more)), status, {
    'content-type': 'application/problem+json',
  })
