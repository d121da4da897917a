import { stateOfDivision } from '../../base/index.ts'
import type { Book } from '../book.ts'
import { countFacets, passes } from '../filter.ts'
import type { Kind, Rec } from '../schema.ts'
import { FACET_NAMES, type Facet, type FacetCount, type SearchRequest } from '../search.ts'
import { compareDates, leadingMoment } from './moments.ts'
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
  const filters = { ...request.filters, kind: [] }
  const asked = all.filter(
    (rec) => (found === undefined || place.has(rec.id)) && isOfType(book, rec, request.type),
  )
  const kept = asked.filter((rec) => passes(book, rec, filters))
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
    facets: countFacets(book, asked, filters),
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

/** The filter that only lists have; the others are those of every search. */
const isOfType = (book: Book, rec: Rec, type: ListRequest['type']): boolean =>
  type.length === 0 || type.some((id) => typeIdsOf(book, rec).includes(id))

const typeIdsOf = (book: Book, rec: Rec): readonly string[] =>
  rec.kind === 'measure'
    ? typesOf(book, rec).map(({ id }) => id)
    : rec.kind === 'federal-action'
      ? [rec.action_type]
      : []

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
