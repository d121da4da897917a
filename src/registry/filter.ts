import { type DivisionId, type EdtfDate, NATION, spanOf, stateOfDivision } from '../base/index.ts'
import type { Book } from './book.ts'
import { LegalTier, type Rec } from './schema.ts'
import { FACET_NAMES, type Facet, type FacetCount, type SearchRequest, type SearchResult } from './search.ts'

/** How sure the law is: of a playbook type its own tier, of a measure those of its types, the surest first. */
export function tiersOf(book: Book, rec: Rec): readonly LegalTier[] {
  if (rec.kind === 'playbook-type') return [rec.legal_tier]
  if (rec.kind !== 'measure') return []
  const types = (rec.relations?.['is-a'] ?? []).map((id) => book.records.get(id))
  const tiers = new Set(types.flatMap((type) => (type?.kind === 'playbook-type' ? [type.legal_tier] : [])))
  return LegalTier.options.filter((tier) => tiers.has(tier))
}

const MAIN_DATES = [
  'enacted',
  'filed',
  'decided',
  'founded',
  'started',
  'announced',
  'effective',
  'proposed',
  'ended',
] as const

export interface Moment {
  /** Name of the field in `dates`. */
  readonly name: string
  readonly date: EdtfDate
}

/** The event that says when a record came about; those of its preparation and of its end only where there is no other. */
export function mainMoment(rec: Rec): Moment | undefined {
  const dates = ('dates' in rec ? (rec.dates ?? {}) : {}) as Readonly<Record<string, EdtfDate | undefined>>
  return MAIN_DATES.flatMap((name) => {
    const date = dates[name]
    return date === undefined ? [] : [{ name, date }]
  })[0]
}
export const mainDate = (rec: Rec): EdtfDate | undefined => mainMoment(rec)?.date

/** Every date on which something of the record happened: what `from` and `to` are held against. */
export function eventDates(rec: Rec): readonly EdtfDate[] {
  const events = 'dates' in rec ? Object.values(rec.dates ?? {}) : []
  return [...events, ...(rec.history ?? []).map(({ from }) => from)].filter((date) => date !== undefined)
}

/** The divisions of a record and the states that they lie in: who asks for a state gets its counties and cities. */
export function placesOf(rec: Rec): readonly DivisionId[] {
  const states = rec.jurisdictions.map((id) => id.split('/').slice(0, 3).join('/') as DivisionId)
  return [...new Set([...rec.jurisdictions, ...states])].sort()
}

/** Postal codes of the states of a record, and US for the nation. */
export function statesOf(rec: Rec): readonly string[] {
  const codes = rec.jurisdictions.map((id) => stateOfDivision(id)?.usps ?? (id === NATION ? 'US' : ''))
  return [...new Set(codes)].filter((code) => code !== '').sort()
}

/** What a record has to say to a filter; empty where its kind has no such field. */
export function facetValues(book: Book, rec: Rec, facet: Facet): readonly string[] {
  switch (facet) {
    case 'kind':
      return [rec.kind]
    case 'area':
      return [rec.policy_area]
    case 'status':
      return [rec.status]
    case 'stance':
      return 'stance' in rec ? [rec.stance] : []
    case 'party':
      return 'adopted_by_party' in rec ? [rec.adopted_by_party] : []
    case 'tier':
      return tiersOf(book, rec)
    case 'confidence':
      return [rec.confidence]
  }
}

type Filter = Facet | 'state' | 'dates'
const FILTERS: readonly Filter[] = [...FACET_NAMES, 'state', 'dates']

function passesOne(book: Book, rec: Rec, request: SearchRequest, filter: Filter): boolean {
  if (filter === 'dates') return isDatedWithin(request, eventDates(rec))
  const wanted: readonly string[] = filter === 'state' ? request.jurisdiction : request[filter]
  if (wanted.length === 0) return true
  const values = filter === 'state' ? placesOf(rec) : facetValues(book, rec, filter)
  return values.some((value) => wanted.includes(value))
}

/** Whether a record passes the filters of a request; its words are the index's business. @param but a filter to leave out */
export const passes = (book: Book, rec: Rec, request: SearchRequest, but?: Filter): boolean =>
  FILTERS.every((filter) => filter === but || passesOne(book, rec, request, filter))

function isDatedWithin({ from, to }: SearchRequest, dates: readonly EdtfDate[]): boolean {
  if (from === undefined && to === undefined) return true
  const first = from === undefined ? '' : spanOf(from as EdtfDate).first
  const last = to === undefined ? '9999' : spanOf(to as EdtfDate).last
  return dates.map(spanOf).some((span) => span.first <= last && span.last >= first)
}

/**
 * The records of a book that pass the filters of a request, in its order. It decides as the search index does, but
 * for any book: of another day, or as known at another time.
 */
export function listFiltered(book: Book, request: SearchRequest): readonly Rec[] {
  const records = Object.values(book.byKind).flat() as readonly Rec[]
  return records
    .filter((rec) => passes(book, rec, request))
    .map((rec) => ({ rec, first: firstDay(rec) }))
    .sort((a, b) => compare(request.sort, a, b))
    .map(({ rec }) => rec)
}

interface Dated {
  readonly rec: Rec
  readonly first: string | undefined
}

const firstDay = (rec: Rec): string | undefined => {
  const date = mainDate(rec)
  return date === undefined ? undefined : spanOf(date).first
}

function compare(sort: SearchRequest['sort'], a: Dated, b: Dated): number {
  const byId = a.rec.id < b.rec.id ? -1 : 1
  if (sort === 'title') return a.rec.title < b.rec.title ? -1 : a.rec.title > b.rec.title ? 1 : byId
  if (a.first === b.first) return byId
  if (a.first === undefined || b.first === undefined) return a.first === undefined ? 1 : -1
  const older = a.first < b.first ? -1 : 1
  return sort === 'oldest' ? older : -older
}

/**
 * How many of the records given have each value of each filter, most first. A value's count is under all filters but
 * its own, so that it says what choosing it would show.
 */
export function countFacets(
  book: Book,
  records: readonly Rec[],
  request: SearchRequest,
): SearchResult['facets'] {
  const count = (name: Facet | 'state'): readonly FacetCount[] => {
    const counts = new Map<string, number>()
    for (const rec of records.filter((rec) => passes(book, rec, request, name)))
      for (const value of name === 'state' ? statesOf(rec) : facetValues(book, rec, name))
        counts.set(value, (counts.get(value) ?? 0) + 1)
    return [...counts]
      .map(([value, n]) => ({ value, count: n }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  }
  return Object.fromEntries(
    [...FACET_NAMES, 'state' as const].map((name) => [name, count(name)]),
  ) as SearchResult['facets']
}
