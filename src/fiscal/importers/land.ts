import { createHash } from 'node:crypto'
import { canonicalJson, type Instant, type Json, ok, type Result } from '../../base/index.ts'
import type { ReadSeries } from '../own-series.ts'
import { fault, type ShapeFault } from './shape.ts'
import type { Part, Question, Source, Table } from './source.ts'

/** `bea-sainc35-2023-20261122`: what was asked for, and the day, so that a later issue stands beside an earlier one. */
export const seriesId = (source: Source, table: Table, { year, state }: Question, at: Instant): string =>
  [source.name, table.name, year, state?.toLowerCase(), at.slice(0, 10).replaceAll('-', '')]
    .filter((part) => part !== undefined)
    .join('-')

export interface Landed {
  readonly series: ReadSeries
  /** Of the values, so that the same figures have the same hash on any day. */
  readonly sha256: string
}

/** Makes one whole series of the parts that a source answered; an answer without values is none. */
export function land(
  source: Source,
  table: Table,
  question: Question,
  parts: readonly Part[],
  at: Instant,
): Result<Landed, ShapeFault> {
  const id = seriesId(source, table, question, at)
  const values = parts.flatMap((part) => part.values)
  if (values.length === 0) return fault('values', 'none', `figures of ${question.year}`)
  const seen = new Set<string>()
  for (const { jurisdiction, category, year } of values) {
    const key = `${jurisdiction} ${category} ${year}`
    if (seen.has(key)) return fault(key, 'two values', 'one value for a place, category and year')
    seen.add(key)
  }
  const day = at.slice(0, 10)
  const vintage = parts.find((part) => part.vintage !== undefined)?.vintage ?? `as answered on ${day}`
  const present = new Set(values.map(({ category }) => category))
  const categories = table.categories().filter(({ category }) => present.has(category))
  return ok({
    series: {
      series: { id, ...table.about, vintage, source: id },
      source: {
        source_id: id,
        title: table.about.title,
        publisher: table.about.publisher,
        url: table.url,
        published: vintage,
        notes: `Fetched on ${day}: ${source.title}, ${table.name}, ${question.year}${question.state === undefined ? '' : `, ${question.state}`}.`,
      },
      categories: categories.map((category) => ({ series: id, ...category })),
      rows: values.map((value) => ({ ...value, series: id, source: id })),
    },
    sha256: createHash('sha256')
      .update(canonicalJson(values as unknown as Json))
      .digest('hex'),
  })
}
