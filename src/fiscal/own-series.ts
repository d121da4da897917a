import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { err, ok, type Result } from '../base/index.ts'
import { type FlowRow, placeOf } from './facts.ts'
import {
  Basis,
  type Category,
  Decimal,
  Direction,
  type Series,
  SeriesId,
  type Source,
  Unit,
  YearKind,
} from './schema.ts'
import { isMoney } from './units.ts'

/** What a user says of an own series, beside its rows. */
export const OwnSeries = z.object({
  id: SeriesId,
  title: z.string().trim().min(1, 'wanted: a title').max(200),
  publisher: z.string().trim().min(1, 'wanted: who made it').max(200),
  url: z.url({ protocol: /^https?$/, error: 'wanted: an address that starts with http' }),
  year_kind: YearKind,
  basis: Basis,
  allocation: z.string().trim().min(1, 'wanted: how it was counted, in words').max(2000),
  left_out: z.string().trim().min(1, 'wanted: what it leaves out, in words').max(2000),
})
export type OwnSeries = z.infer<typeof OwnSeries>

export const OWN_SERIES_COLUMNS = ['usps', 'year', 'direction', 'category', 'unit', 'value'] as const
export const MOST_OWN_ROWS = 100_000

export interface SeriesFault {
  readonly line: number
  readonly column: string
  readonly found: string
  readonly wanted: string
}

export interface ReadSeries {
  readonly series: Series
  readonly source: Source
  readonly categories: readonly Category[]
  readonly rows: readonly FlowRow[]
}

/** Reads a series from a CSV with the columns `usps,year,direction,category,unit,value`. */
export function readOwnSeries(about: OwnSeries, text: string): Result<ReadSeries, readonly SeriesFault[]> {
  const lines = linesOf(text)
  if (!lines.ok) return lines
  const faults: SeriesFault[] = []
  const categories = new Map<string, Category>()
  const seen = new Set<string>()
  const rows = lines.value.flatMap(({ cells, line }) => {
    const read = readRow(about.id, cells, line)
    if (!read.ok) {
      faults.push(read.error)
      return []
    }
    const { category, row } = read.value
    const known = categories.get(category.category)
    const key = `${row.jurisdiction} ${row.category} ${row.year}`
    const fault = (column: string, found: string, wanted: string) =>
      faults.push({ line, column, found, wanted })
    if (seen.has(key)) fault('category', category.category, 'one value for a place, category and year')
    if (known && known.unit !== category.unit) fault('unit', category.unit, `${known.unit}, as above`)
    if (known && known.direction !== category.direction)
      fault('direction', category.direction, `${known.direction}, as above`)
    seen.add(key)
    categories.set(category.category, known ?? category)
    return [row]
  })
  if (faults.length > 0) return err(faults.slice(0, 50))
  return ok({ series: seriesOf(about), source: sourceOf(about), categories: [...categories.values()], rows })
}

type Cells = Readonly<Record<string, string>>
type Line = { readonly cells: Cells; readonly line: number }

function linesOf(text: string): Result<readonly Line[], readonly SeriesFault[]> {
  const fault = (line: number, found: string, wanted: string) =>
    err([{ line, column: 'file', found, wanted }])
  try {
    const records = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true })
    const lines = (records as unknown as { record: Cells; info: { lines: number } }[]).map(
      ({ record, info }) => ({ cells: record, line: info.lines }),
    )
    const missing = OWN_SERIES_COLUMNS.filter((name) => lines[0]?.cells[name] === undefined)
    if (lines.length === 0) return fault(1, 'no rows', `rows under ${OWN_SERIES_COLUMNS.join(',')}`)
    if (missing.length > 0)
      return fault(1, Object.keys(lines[0]?.cells ?? {}).join(','), `the columns ${missing.join(', ')}`)
    return lines.length > MOST_OWN_ROWS
      ? fault(1, `${lines.length} rows`, `at most ${MOST_OWN_ROWS}`)
      : ok(lines)
  } catch (error) {
    return fault(1, (error as Error).message, 'CSV with a cell for each column')
  }
}

function readRow(
  series: string,
  cells: Cells,
  line: number,
): Result<{ readonly category: Category; readonly row: FlowRow }, SeriesFault> {
  const bad = (column: string, wanted: string) => err({ line, column, found: cells[column] ?? '', wanted })
  const jurisdiction = placeOf((cells.usps ?? '').toUpperCase())
  if (!jurisdiction) return bad('usps', 'a postal code such as CO, or US')
  if (!/^(?:19|20)\d{2}$/.test(cells.year ?? '')) return bad('year', 'a year such as 2024')
  const direction = Direction.safeParse(cells.direction)
  if (!direction.success) return bad('direction', Direction.options.join(', '))
  const unit = Unit.safeParse(cells.unit)
  if (!unit.success) return bad('unit', Unit.options.join(', '))
  const isFlow = direction.data === 'gives' || direction.data === 'gets'
  if (isFlow && (!isMoney(unit.data) || unit.data === 'usd_per_person'))
    return bad('unit', 'usd, usd_thousands, usd_millions or usd_billions for what is given or got')
  if (!/^[\w .,()/&-]{1,100}$/.test(cells.category ?? ''))
    return bad('category', 'a name of up to 100 characters')
  const value = Decimal.safeParse(cells.value)
  if (!value.success) return bad('value', 'a decimal number such as 12.5, without separators')
  const name = cells.category ?? ''
  return ok({
    category: { series, category: name, direction: direction.data, unit: unit.data, en: name, es: name },
    row: {
      jurisdiction,
      series,
      category: name,
      year: Number(cells.year),
      value: value.data,
      source: series,
    },
  })
}

const seriesOf = (about: OwnSeries): Series => ({
  id: about.id,
  title: about.title,
  short: about.title.slice(0, 40),
  publisher: about.publisher,
  grade: 'user',
  basis: about.basis,
  year_kind: about.year_kind,
  vintage: 'as uploaded',
  source: about.id,
  allocation: about.allocation,
  left_out: about.left_out,
})

const sourceOf = ({ id, title, publisher, url }: OwnSeries): Source => ({
  source_id: id,
  title,
  publisher,
  url,
  published: '',
  notes: 'Uploaded by a user of this workbench.',
})
