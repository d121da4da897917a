import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { type EdtfDate, spanOf } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import { Kind, LegalTier } from './schema.ts'
import {
  FACET_NAMES,
  type Facet,
  type FacetCount,
  type SearchHit,
  type SearchRequest,
  type SearchResult,
} from './search.ts'
import { type Question, readQuestion } from './search-question.ts'
import { markedOf, START, STOP } from './search-snippet.ts'

/** The records that the words find, or all when no words are asked for. */
const sourceOf = (tsquery: string | null, isRanked: boolean): RawBuilder<unknown> =>
  tsquery === null
    ? sql`(select id, group_id, date_first, spans, 0::float8 as score from registry_search) as found`
    : sql`registry_found(${tsquery}::tsquery, ${isRanked}) as found`

/**
 * Finds records: by words (stemmed, typos corrected, the last word also as a beginning), by filters, or both.
 * The order is total: by rank, then by id; the same request on the same records gives the same answer.
 */
export async function searchRegistry(db: Db | Tx, request: SearchRequest): Promise<SearchResult> {
  const question = await readQuestion(db, request.query)
  const strict = await find(db, request, question, 'all')
  const found = strict.total === 0 && question.terms > 1 ? await find(db, request, question, 'any') : strict
  return {
    query: request.query,
    ...(question.corrected.length > 0 && { corrected: question.corrected }),
    page: request.page,
    limit: request.limit,
    ...found,
  }
}

async function find(
  db: Db | Tx,
  request: SearchRequest,
  question: Question,
  matching: 'all' | 'any',
): Promise<Pick<SearchResult, 'matching' | 'total' | 'results' | 'facets'>> {
  const tsquery = matching === 'all' ? question.all : question.any
  const [results, counts] = await Promise.all([
    findPage(db, request, tsquery),
    countGroups(db, request, tsquery),
  ])
  return { matching, results, ...counts }
}

const Row = z.object({
  id: z.string(),
  kind: Kind,
  title: z.string(),
  title_marked: z.string(),
  summary_marked: z.string(),
  body_marked: z.string(),
  jurisdictions: z.array(z.string()),
  area: z.string(),
  status: z.string(),
  stance: z.string().nullable(),
  party: z.string().nullable(),
  tiers: z.array(z.string()),
  confidence: z.string(),
  date: z.string().nullable(),
  score: z.number(),
})

async function findPage(
  db: Db | Tx,
  request: SearchRequest,
  tsquery: string | null,
): Promise<readonly SearchHit[]> {
  const filters = filterConditions(request)
  const groups =
    filters.length === 0
      ? []
      : [
          sql`group_id in (select id from registry_search_group
            where ${sql.join(
              filters.map(({ condition }) => condition),
              sql` and `,
            )})`,
        ]
  const conditions = [...textConditions(request, tsquery), ...groups]
  const order = orderOf(request, tsquery)
  const offset = (request.page - 1) * request.limit
  const { rows } = await sql`with page as materialized (
      select *, row_number() over () as place from (select found.id, group_id, score
      from ${sourceOf(tsquery, true)} ${request.sort === 'title' ? sql`join registry_search_text using (id)` : sql``}
      where ${sql.join(conditions, sql` and `)} order by ${order} limit ${request.limit} offset ${offset}) as ordered)
    select r.id, g.kind, r.title, r.jurisdictions, g.area, g.status, nullif(g.stance, '') as stance,
      nullif(g.party, '') as party, g.tiers, g.confidence, r.date, page.score,
      ${titleAndSnippet(tsquery)}
    from page join registry_search_text r on r.id = page.id join registry_search_group g on g.id = page.group_id
    order by place`.execute(db)
  return rows.map((row) => hitOf(Row.parse(row)))
}

function hitOf({ title_marked, summary_marked, body_marked, ...row }: z.infer<typeof Row>): SearchHit {
  const tiers = LegalTier.options.filter((tier) => row.tiers.includes(tier))
  return { ...row, tiers, ...marksOf({ title_marked, summary_marked, body_marked }) }
}

/** How well each record that the words find holds them; empty when no word can be searched for. */
export async function loadScores(db: Db | Tx, tsquery: string | null): Promise<ReadonlyMap<string, number>> {
  if (tsquery === null) return new Map()
  const { rows } = await sql<{ id: string; score: number }>`
    select id, score from registry_found(${tsquery}::tsquery, true)`.execute(db)
  return new Map(rows.map(({ id, score }) => [id, score]))
}

export type Marks = Pick<SearchHit, 'title_matches' | 'snippet'>
const MarkRow = Row.pick({ id: true, title_marked: true, summary_marked: true, body_marked: true })
type Marked = Omit<z.infer<typeof MarkRow>, 'id'>

/** Where the found words stand in the records given, and a snippet of each. */
export async function loadMarks(
  db: Db | Tx,
  ids: readonly string[],
  tsquery: string | null,
): Promise<ReadonlyMap<string, Marks>> {
  if (tsquery === null || ids.length === 0) return new Map()
  const { rows } = await sql`select id, ${titleAndSnippet(tsquery)}
    from registry_search_text r where id = any(${ids}::text[])`.execute(db)
  return new Map(rows.map((row) => MarkRow.parse(row)).map(({ id, ...marked }) => [id, marksOf(marked)]))
}

/** The summary says why a record was found; where neither it nor the title does, a piece of the other fields. */
function marksOf({ title_marked, summary_marked, body_marked }: Marked): Marks {
  const isElsewhere = !`${title_marked}${summary_marked}`.includes(START) && body_marked.includes(START)
  const snippet = markedOf(isElsewhere ? `… ${body_marked} …` : summary_marked)
  return { title_matches: markedOf(title_marked).matches, snippet }
}

const titleAndSnippet = (tsquery: string | null): RawBuilder<unknown> => sql`
  ${headline(tsquery, sql`r.title`, true)} as title_marked,
  ${headline(tsquery, sql`r.summary`, true)} as summary_marked,
  ${headline(tsquery, sql`r.body`, false)} as body_marked`

function orderOf(request: SearchRequest, tsquery: string | null): RawBuilder<unknown> {
  if (request.sort === 'title') return sql`title collate "C", id`
  if (request.sort === 'oldest') return sql`date_first nulls last, id`
  if (request.sort === 'newest' || tsquery === null) return sql`date_first desc nulls last, id`
  return sql`score desc, id`
}

/** The text with the found words between two control characters, so that no markup can be mistaken for theirs. */
function headline(tsquery: string | null, text: RawBuilder<unknown>, isWhole: boolean): RawBuilder<unknown> {
  if (tsquery === null) return text
  const options = isWhole ? 'HighlightAll=true' : 'MaxFragments=1, MaxWords=32, MinWords=16'
  return sql`ts_headline('registry_english', ${text}, ${tsquery}::tsquery,
    ${`StartSel=${START}, StopSel=${STOP}, ${options}`})`
}

/** Conditions on the words and the dates; a query without one word that can be searched for finds nothing. */
function textConditions(request: SearchRequest, tsquery: string | null): readonly RawBuilder<unknown>[] {
  const text = tsquery !== null || request.query.trim() === '' ? sql`true` : sql`false`
  const [from, to] = [request.from, request.to].map((date) => date as EdtfDate | undefined)
  if (from === undefined && to === undefined) return [text]
  const [first, last] = [from && spanOf(from).first, to && spanOf(to).last]
  return [text, sql`spans && daterange(${first ?? null}::date, ${last ?? null}::date, '[]')`]
}

interface Filter {
  readonly facet: Facet | 'state'
  readonly condition: RawBuilder<unknown>
}

/** Conditions on the columns of `registry_search_group`. */
function filterConditions(request: SearchRequest): readonly Filter[] {
  const listed: readonly Filter[] = FACET_NAMES.filter((facet) => request[facet].length > 0).map((facet) => ({
    facet,
    condition:
      facet === 'tier'
        ? sql`tiers && ${request.tier}::text[]`
        : sql`${sql.ref(facet)} = any(${request[facet]}::text[])`,
  }))
  return request.jurisdiction.length === 0
    ? listed
    : [...listed, { facet: 'state', condition: sql`places && ${request.jurisdiction}::text[]` }]
}

const FacetRow = z.object({ facet: z.string(), value: z.string(), count: z.bigint() })

/**
 * Counts what is found, and the values of every filter. A value's count is under all filters but its own, so that it
 * says what choosing it would show.
 */
async function countGroups(
  db: Db | Tx,
  request: SearchRequest,
  tsquery: string | null,
): Promise<Pick<SearchResult, 'total' | 'facets'>> {
  const filters = filterConditions(request)
  const passes = (except: string) =>
    sql.join([sql`true`, ...filters.filter((f) => f.facet !== except).map((f) => f.condition)], sql` and `)
  const single = FACET_NAMES.filter((name) => name !== 'tier').map(
    (name) => sql`select ${sql.lit(name)} as facet, ${sql.ref(name)} as value, n from groups
      where ${sql.ref(name)} <> '' and ${passes(name)}`,
  )
  const { rows } = await sql`with groups as materialized (
      select g.*, n from registry_search_group g join (select group_id, count(*) as n
        from ${sourceOf(tsquery, false)} where ${sql.join(textConditions(request, tsquery), sql` and `)} group by group_id) m on m.group_id = g.id)
    select facet, value, sum(n)::bigint as count from (
      ${sql.join(single, sql` union all `)}
      union all select 'tier', value, n from groups, unnest(tiers) as value where ${passes('tier')}
      union all select 'state', value, n from groups, unnest(states) as value where ${passes('state')}
      union all select 'total', '', n from groups where ${passes('')}) as counts group by facet, value`.execute(
    db,
  )
  const counts = rows.map((row) => FacetRow.parse(row))
  const facets = Object.fromEntries(
    [...FACET_NAMES, 'state' as const].map((name) => [name, countsOf(name, counts)]),
  )
  const total = counts.find((row) => row.facet === 'total')?.count ?? 0n
  return { total: Number(total), facets: facets as SearchResult['facets'] }
}

const countsOf = (name: string, rows: readonly z.infer<typeof FacetRow>[]): readonly FacetCount[] =>
  rows
    .filter((row) => row.facet === name)
    .map((row) => ({ value: row.value, count: Number(row.count) }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
