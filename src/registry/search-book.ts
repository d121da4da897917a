import type { Db } from '../db/index.ts'
import type { Book } from './book.ts'
import { countFacets, facetValues, listFiltered, mainDate } from './filter.ts'
import type { Rec } from './schema.ts'
import type { SearchHit, SearchRequest, SearchResult } from './search.ts'
import { readQuestion } from './search-question.ts'
import { loadMarks, loadScores, type Marks, searchRegistry } from './search-store.ts'

export interface FoundRecords extends Pick<SearchResult, 'matching' | 'corrected'> {
  /** All that pass, in the order asked for: `page` and `limit` of the request cut nothing off. */
  readonly records: readonly Rec[]
}

/**
 * The records of a book that hold the words of a request and pass its filters. Words are looked up in the records as
 * they are worded now; presence, status and filters are those of the book's day.
 */
export async function findRecords(db: Db, book: Book, request: SearchRequest): Promise<FoundRecords> {
  const { records, matching, corrected } = await look(db, book, request)
  return { records, matching, ...(corrected && { corrected }) }
}

/** A search as `searchRegistry` answers it, on the book of any day. */
export async function searchBook(db: Db, book: Book, request: SearchRequest): Promise<SearchResult> {
  if (book.asOf === undefined && book.knownAt === undefined) return searchRegistry(db, request)
  const { records, matching, corrected, scores, tsquery } = await look(db, book, request)
  const { query, page, limit } = request
  const shown = records.slice((page - 1) * limit, page * limit)
  const marks = await loadMarks(
    db,
    shown.map(({ id }) => id),
    tsquery,
  )
  const everywhere = (Object.values(book.byKind).flat() as readonly Rec[]).filter(
    ({ id }) => scores === undefined || scores.has(id),
  )
  return {
    query,
    ...(corrected && { corrected }),
    matching,
    page,
    limit,
    total: records.length,
    results: shown.map((rec) => hitOf(book, rec, scores?.get(rec.id) ?? 0, marks.get(rec.id))),
    facets: countFacets(book, everywhere, request),
  }
}

interface Look extends FoundRecords {
  /** Scores of all records that hold the words, whatever the filters; undefined when no words were asked for. */
  readonly scores?: ReadonlyMap<string, number>
  readonly tsquery: string | null
}

async function look(db: Db, book: Book, request: SearchRequest): Promise<Look> {
  const listed = listFiltered(book, request)
  if (request.query.trim() === '') return { records: listed, matching: 'all', tsquery: null }
  const { all, any, terms, corrected: words } = await readQuestion(db, request.query)
  const corrected = words.length > 0 && { corrected: words }
  const strict = await loadScores(db, all)
  const isLoose = terms > 1 && !listed.some(({ id }) => strict.has(id))
  const scores = isLoose ? await loadScores(db, any) : strict
  const found = listed.filter(({ id }) => scores.has(id))
  return {
    records: request.sort === 'rank' ? [...found].sort(byScore(scores)) : found,
    matching: isLoose ? 'any' : 'all',
    ...corrected,
    scores,
    tsquery: isLoose ? any : all,
  }
}

const byScore = (scores: ReadonlyMap<string, number>) => (a: Rec, b: Rec) =>
  (scores.get(b.id) ?? 0) - (scores.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1)

function hitOf(book: Book, rec: Rec, score: number, marks: Marks | undefined): SearchHit {
  const { id, kind, title, jurisdictions, policy_area, status, confidence } = rec
  return {
    id,
    kind,
    title,
    title_matches: marks?.title_matches ?? [],
    snippet: marks?.snippet ?? { text: rec.summary, matches: [] },
    jurisdictions,
    area: policy_area,
    status,
    stance: facetValues(book, rec, 'stance')[0] ?? null,
    party: facetValues(book, rec, 'party')[0] ?? null,
    tiers: facetValues(book, rec, 'tier'),
    confidence,
    date: mainDate(rec) ?? null,
    score,
  }
}
