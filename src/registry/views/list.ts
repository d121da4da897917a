import { type DivisionId, isLocal, spanOf, stateOfDivision } from '../../base/index.ts'
import type { Book } from '../book.ts'
import type { Kind, Rec } from '../schema.ts'
import { FACET_NAMES, type Facet, type FacetCount, type SearchRequest } from '../search.ts'
import { compareDates, leadingMoment, momentsOf } from './moments.ts'
import { byText } from './places.ts'
import { typesOf } from './state.ts'

/** How a list can be ordered; `rank` only where words are searched for. */
export const LIST_SORTS = ['newest', 'oldest', 'place', 'area', 'title', 'rank'] as const
export type ListSort = (typeof LIST_SORTS)[number]

export const ROWS_PER_PAGE = 25

export interface ListRequest {
  readonly kind: Kind
  /** Filters; `kind`, `query`, `sort` and `page` of it are not read here. */
  readonly filters: SearchRequest
  readonly sort: ListSort
  readonly page: number
  /** Playbook type of measures, or type of federal action. */
  readonly type: readonly string[]
}

export interface ListFacts {
  readonly all: number
  readonly total: number
  /** Those of the page. */
  readonly rows: readonly Rec[]
  /** All that pass, in order. */
  readonly sorted: readonly Rec[]
  readonly page: number
  readonly pages: number
  readonly facets: Readonly<Record<Facet | 'state', readonly FacetCount[]>>
  readonly filtersSet: number
}

/** The filters that mean something for a kind, in the order in which a list offers them. */
export const FACETS_OF: Readonly<Record<Kind, readonly Facet[]>> = {
  measure: ['area', 'status', 'stance', 'party', 'tier', 'confidence'],
  'federal-action': ['area', 'status', 'confidence'],
  lawsuit: ['area', 'status', 'confidence'],
  alliance: ['area', 'status', 'confidence'],
  doctrine: ['area', 'status', 'confidence'],
  'playbook-type': ['tier', 'stance', 'area', 'confidence'],
}

/** @param found ids that the words found, best first; undefined when no words were asked for */
export function listOf(book: Book, request: ListRequest, found?: readonly string[]): ListFacts {
  const place = new Map(found?.map((id, i) => [id, i]))
  const all: readonly Rec[] = book.byKind[request.kind]
  const asked = all.filter((rec) => found === undefined || place.has(rec.id))
  const kept = asked.filter((rec) => FILTERS.every((name) => passes(book, rec, request, name)))
  const sorted = [...kept].sort(orderOf(request.sort, place))
  const pages = Math.max(1, Math.ceil(sorted.length / ROWS_PER_PAGE))
  const page = Math.min(request.page, pages)
  return {
    all: all.length,
    total: sorted.length,
    rows: sorted.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE),
    sorted,
    page,
    pages,
    facets: facetsOf(book, asked, request),
    filtersSet: countFilters(request),
  }
}

export const countFilters = ({ filters, type }: Pick<ListRequest, 'filters' | 'type'>): number =>
  FACET_NAMES.filter((name) => name !== 'kind').reduce((sum, name) => sum + filters[name].length, 0) +
  filters.jurisdiction.length +
  type.length +
  Number(filters.from !== undefined) +
  Number(filters.to !== undefined) +
  Number(filters.query !== '')

type Filter = Facet | 'state' | 'dates' | 'type'
const FILTERS: readonly Filter[] = [
  ...FACET_NAMES.filter((name) => name !== 'kind'),
  'state',
  'dates',
  'type',
]

function passes(book: Book, rec: Rec, { filters, type }: ListRequest, name: Filter): boolean {
  if (name === 'state')
    return filters.jurisdiction.length === 0 || filters.jurisdiction.some((id) => liesIn(rec, id))
  if (name === 'dates') return isWithin(rec, filters.from, filters.to)
  if (name === 'type') return type.length === 0 || type.some((id) => typeIdsOf(book, rec).includes(id))
  const asked = filters[name]
  return asked.length === 0 || valuesOf(book, rec, name).some((value) => asked.includes(value))
}

const typeIdsOf = (book: Book, rec: Rec): readonly string[] =>
  rec.kind === 'measure'
    ? typesOf(book, rec).map(({ id }) => id)
    : rec.kind === 'federal-action'
      ? [rec.action_type]
      : []

/** A state holds its counties and cities. */
const liesIn = (rec: Rec, id: DivisionId): boolean =>
  rec.jurisdictions.some((own) => own === id || (!isNation(id) && own.startsWith(`${id}/`)))
const isNation = (id: DivisionId) => stateOfDivision(id) === undefined && !isLocal(id)

function isWithin(rec: Rec, from: string | undefined, to: string | undefined): boolean {
  if (from === undefined && to === undefined) return true
  const first = from === undefined ? '0000' : spanOf(from as never).first
  const last = to === undefined ? '9999' : spanOf(to as never).last
  return momentsOf(rec).some(({ date }) => spanOf(date).last >= first && spanOf(date).first <= last)
}

function valuesOf(book: Book, rec: Rec, facet: Facet): readonly string[] {
  switch (facet) {
    case 'kind':
      return [rec.kind]
    case 'area':
      return [rec.policy_area]
    case 'status':
      return [rec.status]
    case 'confidence':
      return [rec.confidence]
    case 'stance':
      return 'stance' in rec ? [rec.stance] : []
    case 'party':
      return rec.kind === 'measure' ? [rec.adopted_by_party] : []
    case 'tier':
      if (rec.kind === 'playbook-type') return [rec.legal_tier]
      return rec.kind === 'measure' ? [...new Set(typesOf(book, rec).map((type) => type.legal_tier))] : []
  }
}

/** A value's count is under all filters but its own, so that it says what choosing it would show. */
function facetsOf(book: Book, recs: readonly Rec[], request: ListRequest): ListFacts['facets'] {
  const names = [...FACET_NAMES, 'state'] as const
  const count = (name: Facet | 'state'): readonly FacetCount[] => {
    const counts = new Map<string, number>()
    for (const rec of recs) {
      if (!FILTERS.every((other) => other === name || passes(book, rec, request, other))) continue
      const values = name === 'state' ? statesOf(rec) : valuesOf(book, rec, name)
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    return [...counts]
      .map(([value, n]) => ({ value, count: n }))
      .sort((a, b) => b.count - a.count || byText(a.value, b.value))
  }
  return Object.fromEntries(names.map((name) => [name, count(name)])) as ListFacts['facets']
}

const statesOf = (rec: Rec): readonly string[] => [
  ...new Set(rec.jurisdictions.map((id) => stateOfDivision(id)?.usps ?? 'US')),
]

function orderOf(sort: ListSort, place: ReadonlyMap<string, number>): (a: Rec, b: Rec) => number {
  const byId = (a: Rec, b: Rec) => byText(a.id, b.id)
  const byDate = (a: Rec, b: Rec) => {
    const [x, y] = [leadingMoment(a), leadingMoment(b)]
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined)
    return sort === 'oldest' ? compareDates(x.date, y.date) : compareDates(y.date, x.date)
  }
  switch (sort) {
    case 'rank':
      return (a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0) || byId(a, b)
    case 'place':
      return (a, b) => byText(firstPlace(a), firstPlace(b)) || byDate(a, b) || byId(a, b)
    case 'area':
      return (a, b) => byText(a.policy_area, b.policy_area) || byDate(a, b) || byId(a, b)
    case 'title':
      return (a, b) => byText(a.title, b.title) || byId(a, b)
    case 'newest':
    case 'oldest':
      return (a, b) => byDate(a, b) || byId(a, b)
  }
}

const firstPlace = (rec: Rec): string => {
  const own = rec.jurisdictions.find((id) => stateOfDivision(id) !== undefined)
  return own === undefined ? '' : (stateOfDivision(own)?.name ?? '')
}
