import type { Context } from 'hono'
import {
  EdtfDate,
  err,
  type Instant,
  type IsoDate,
  ok,
  type Problem,
  problem,
  type Result,
  spanOf,
} from '../../base/index.ts'
import { csvText } from '../csv.ts'
import { type Pairs, parsePairs, parseSearch, type SearchProblem, type SearchRequest } from '../search.ts'
import type { BookQuestion } from '../store.ts'

/** Counts up when the form of an answer changes, so that no cached answer of an older form is taken for it. */
const FORM = 1

/** Codes that this room's operations give, for the list of problems. */
export const REGISTRY_PROBLEMS = [
  {
    code: 'broken_encoding',
    status: 400,
    title: 'Parameter is not text',
    advice: 'Percent-encode it as UTF-8.',
  },
  {
    code: 'unknown_parameter',
    status: 400,
    title: 'Unknown parameter',
    advice: '`wanted` lists those there are.',
  },
  {
    code: 'unknown_value',
    status: 400,
    title: 'Unknown value',
    advice: '`wanted` lists the values there are.',
  },
  {
    code: 'unknown_jurisdiction',
    status: 400,
    title: 'Unknown jurisdiction',
    advice: 'Give a postal code or an Open Civic Data id.',
  },
  { code: 'bad_date', status: 400, title: 'Not a date', advice: 'Give YYYY, YYYY-MM or YYYY-MM-DD.' },
  { code: 'bad_number', status: 400, title: 'Not such a number', advice: '`wanted` gives the range.' },
  { code: 'query_too_long', status: 400, title: 'Query too long', advice: 'Search with fewer words.' },
  { code: 'given_twice', status: 400, title: 'Given twice', advice: 'Give the parameter once.' },
  { code: 'unknown_record', status: 404, title: 'No such record', advice: '`did_you_mean` names near ones.' },
  {
    code: 'unknown_place',
    status: 404,
    title: 'No such jurisdiction',
    advice: 'See /api/v1/jurisdictions for those on record.',
  },
] as const

export type Format = 'json' | 'csv'

/** A problem of what was asked; several at once stand in `errors`, the first also at the top. */
export function badRequest(problems: readonly SearchProblem[]): Problem {
  const [first] = problems
  const title = REGISTRY_PROBLEMS.find(({ code }) => code === first?.code)?.title ?? 'Bad request'
  return problem(
    400,
    first?.code ?? 'bad_request',
    title,
    problems.map((p) => `${p.parameter}: found "${p.found}", wanted ${p.wanted}.`).join(' '),
    { parameter: first?.parameter, found: first?.found, wanted: first?.wanted, errors: problems },
  )
}

export const refuse = (c: Context, refusal: Problem): Response =>
  c.body(JSON.stringify(refusal), refusal.status as 400 | 404, { 'Content-Type': 'application/problem+json' })

/** Unchanged since the reader's copy: 304. Otherwise the answer, with what a cache needs to ask again. */
export function answer(c: Context, revision: number, format: Format, make: () => string): Response {
  const etag = `W/"registry-${FORM}-${revision}-${format}"`
  const headers = {
    ETag: etag,
    'Cache-Control': 'public, no-cache',
    Vary: 'Accept',
    Link: '</api/v1/dictionary>; rel="describedby"',
  }
  const held = (c.req.header('If-None-Match') ?? '').split(',').map((tag) => tag.trim())
  if (held.includes(etag) || held.includes('*')) return c.body(null, 304, headers)
  const type =
    format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8'
  return c.body(make(), 200, { ...headers, 'Content-Type': type })
}

/** Objects as CSV, a row each; lists of words are joined by ` | ` as in the CSV of records. */
export const csvOf = (columns: readonly string[], rows: readonly object[]): string =>
  csvText(
    columns,
    rows.map((row) => columns.map((column) => cellOf((row as Record<string, unknown>)[column]))),
  )
const cellOf = (value: unknown): string =>
  Array.isArray(value) ? value.join(' | ') : value === null || value === undefined ? '' : String(value)

export const json = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner))

/** By the ending of the address; else by Accept, where CSV must be asked for by name. */
export function formatOf(c: Context): Format {
  const path = c.req.path
  if (path.endsWith('.csv')) return 'csv'
  if (path.endsWith('.json')) return 'json'
  return /\btext\/csv\b/i.test(c.req.header('Accept') ?? '') ? 'csv' : 'json'
}

export const pairsOf = (c: Context): Result<Pairs, readonly SearchProblem[]> =>
  parsePairs(/\?(.*)$/s.exec(c.req.url.replace(/#.*$/s, ''))?.[1] ?? '')

/** A day or an instant that the registry is asked to go back to. */
export interface Asked extends BookQuestion {
  readonly pairs: Pairs
}

/** Reads `as_of` (a day: the world of that day) and `known_at` (an instant: what the registry then knew). */
export function readAsked(c: Context, known: readonly string[]): Result<Asked, readonly SearchProblem[]> {
  const pairs = pairsOf(c)
  if (!pairs.ok) return pairs
  const problems: SearchProblem[] = []
  for (const [name] of pairs.value)
    if (!known.includes(name))
      problems.push({
        code: 'unknown_parameter',
        parameter: name.slice(0, 60),
        found: name.slice(0, 60),
        wanted: known.length === 0 ? 'no parameter' : `one of ${known.join(', ')}`,
      })
  const one = (name: string) => oneOf(pairs.value, name, problems)
  const asOf = readDay(one('as_of'), problems)
  const knownAt = readInstant(one('known_at'), problems)
  if (problems.length > 0) return err(problems)
  return ok({ pairs: pairs.value, ...(asOf && { asOf }), ...(knownAt && { knownAt }) })
}

export function oneOf(pairs: Pairs, name: string, problems: SearchProblem[]): string | undefined {
  const values = pairs.filter(([key, value]) => key === name && value !== '').map(([, value]) => value)
  if (values.length > 1)
    problems.push({
      code: 'given_twice',
      parameter: name,
      found: values.join(' and ').slice(0, 120),
      wanted: 'one value',
    })
  return values[0]
}

/** A year or a month stands for its last day: all that happened in it. */
function readDay(text: string | undefined, problems: SearchProblem[]): IsoDate | undefined {
  if (text === undefined) return undefined
  const date = EdtfDate.safeParse(text)
  if (date.success) return spanOf(date.data).last
  problems.push({
    code: 'bad_date',
    parameter: 'as_of',
    found: text.slice(0, 120),
    wanted: 'a date as YYYY-MM-DD (or a month or year, which stands for its last day)',
  })
  return undefined
}

function readInstant(text: string | undefined, problems: SearchProblem[]): Instant | undefined {
  if (text === undefined) return undefined
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && EdtfDate.safeParse(text).success
  if (isDay) return `${text}T23:59:59.999Z` as Instant
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/.test(text)
  if (isInstant && !Number.isNaN(Date.parse(text)) && EdtfDate.safeParse(text.slice(0, 10)).success)
    return new Date(text).toISOString() as Instant
  problems.push({
    code: 'bad_date',
    parameter: 'known_at',
    found: text.slice(0, 120),
    wanted: 'a UTC instant such as 2026-01-31T12:00:00Z, or a day, which stands for its end',
  })
  return undefined
}

export const SEARCH_NAMES = [
  'kind',
  'area',
  'status',
  'stance',
  'party',
  'tier',
  'confidence',
  'state',
  'jurisdiction',
  'from',
  'to',
  'sort',
  'page',
  'limit',
] as const

/** The filters, without `as_of` and `known_at`. */
export const readFilters = (pairs: Pairs): Result<SearchRequest, readonly SearchProblem[]> =>
  parseSearch(pairs.filter(([name]) => name !== 'as_of' && name !== 'known_at'))
