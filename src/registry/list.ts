import { type EdtfDate, spanOf } from '../base/index.ts'
import type { Book } from './book.ts'
import { tiersOf } from './filter.ts'
import type { Rec } from './schema.ts'
import type { SearchRequest } from './search.ts'
import { searchDocument } from './search-document.ts'

/**
 * The records of a book that pass the filters of a request, in its order. It decides as the search index does, but
 * for any book: of another day, or as known at another time. Words are the index's business; here they are ignored.
 */
export function listFiltered(book: Book, request: SearchRequest): readonly Rec[] {
  const records = Object.values(book.byKind).flat() as readonly Rec[]
  const rows = records.map((rec) => ({ rec, document: searchDocument(rec), tiers: tiersOf(book, rec) }))
  return rows
    .filter(({ document, tiers }) => passes(request, document, tiers))
    .sort((a, b) => compare(request.sort, a.document, b.document))
    .map(({ rec }) => rec)
}

type Document = ReturnType<typeof searchDocument>

function passes(request: SearchRequest, document: Document, tiers: readonly string[]): boolean {
  const isOneOf = (wanted: readonly string[], values: readonly string[]) =>
    wanted.length === 0 || values.some((value) => wanted.includes(value))
  return (
    isOneOf(request.kind, [document.kind]) &&
    isOneOf(request.area, [document.area]) &&
    isOneOf(request.status, [document.status]) &&
    isOneOf(request.stance, [document.stance]) &&
    isOneOf(request.party, [document.party]) &&
    isOneOf(request.confidence, [document.confidence]) &&
    isOneOf(request.tier, tiers) &&
    isOneOf(request.jurisdiction, document.places) &&
    isDatedWithin(request, document.dates)
  )
}

function isDatedWithin({ from, to }: SearchRequest, dates: readonly string[]): boolean {
  if (from === undefined && to === undefined) return true
  const first = from === undefined ? '' : spanOf(from as EdtfDate).first
  const last = to === undefined ? '9999' : spanOf(to as EdtfDate).last
  return dates
    .map((date) => spanOf(date as EdtfDate))
    .some((span) => span.first <= last && span.last >= first)
}

function compare(sort: SearchRequest['sort'], a: Document, b: Document): number {
  const byId = a.id < b.id ? -1 : 1
  if (sort === 'title') return a.title < b.title ? -1 : a.title > b.title ? 1 : byId
  if (a.dateFirst === b.dateFirst) return byId
  if (a.dateFirst === null || b.dateFirst === null) return a.dateFirst === null ? 1 : -1
  const older = a.dateFirst < b.dateFirst ? -1 : 1
  return sort === 'oldest' ? older : -older
}
