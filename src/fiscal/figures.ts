import type { DivisionId } from '../base/index.ts'
import type { Category, Figure, Series, Source } from './schema.ts'

/** Whose series it is: in the project's files, uploaded by a user, or fetched from a public service. */
export type Origin = 'project' | 'user' | 'fetched'

/** Every figure at one revision, ready to be asked; it never changes. */
export interface Figures {
  readonly revision: bigint
  readonly series: ReadonlyMap<string, Series & { readonly origin: Origin }>
  readonly sources: ReadonlyMap<string, Source>
  readonly categories: ReadonlyMap<string, Category>
  readonly categoriesOf: (series: string) => readonly Category[]
  readonly figure: (place: DivisionId, series: string, category: string, year: number) => Figure | undefined
  /** The newest year that the category has for the place, at or before `year` where given. */
  readonly latest: (place: DivisionId, series: string, category: string, year?: number) => Figure | undefined
  readonly all: (series: string, category?: string) => readonly Figure[]
  readonly count: number
}

export interface StoredFlow {
  readonly jurisdiction: string
  readonly series: string
  readonly category: string
  readonly year: number
  readonly value: string
  readonly source: string
}

export const categoryKey = (series: string, category: string): string => `${series}/${category}`

/** @param flows ordered by jurisdiction, series, category and year */
export function indexFigures(
  revision: bigint,
  series: readonly (Series & { readonly origin: Origin })[],
  sources: readonly Source[],
  categories: readonly Category[],
  flows: readonly StoredFlow[],
): Figures {
  const seriesById = new Map(series.map((s) => [s.id, s]))
  const byCategory = new Map(categories.map((c) => [categoryKey(c.series, c.category), c]))
  const timelines = new Map<string, Figure[]>()
  const bySeries = new Map<string, Figure[]>()
  for (const flow of flows) {
    const s = seriesById.get(flow.series)
    const c = byCategory.get(categoryKey(flow.series, flow.category))
    if (!s || !c) continue
    const figure = describe(flow, s, c)
    push(timelines, `${flow.jurisdiction} ${flow.series} ${flow.category}`, figure)
    push(bySeries, flow.series, figure)
  }
  const timeline = (place: DivisionId, s: string, c: string) => timelines.get(`${place} ${s} ${c}`) ?? []
  return {
    revision,
    series: seriesById,
    sources: new Map(sources.map((s) => [s.source_id, s])),
    categories: byCategory,
    categoriesOf: (s) => categories.filter((c) => c.series === s),
    figure: (place, s, c, year) => timeline(place, s, c).find((f) => f.year === year),
    latest: (place, s, c, year = 9999) => timeline(place, s, c).findLast((f) => f.year <= year),
    all: (s, c) => (bySeries.get(s) ?? []).filter((f) => c === undefined || f.category === c),
    count: flows.length,
  }
}

const describe = (flow: StoredFlow, series: Series, category: Category): Figure => ({
  jurisdiction: flow.jurisdiction as DivisionId,
  series: flow.series,
  category: flow.category,
  direction: category.direction,
  year: flow.year,
  year_kind: category.year_kind ?? series.year_kind,
  basis: category.basis ?? series.basis,
  unit: category.unit,
  value: flow.value,
  grade: series.grade,
  source: flow.source,
  vintage: series.vintage,
})

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
