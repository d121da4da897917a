import type { Context } from 'hono'
import {
  EdtfDate,
  err,
  type Instant,
  type IsoDate,
  ok,
  type Problem,
  type Result,
  spanOf,
} from '../../base/index.ts'
import { csvText } from '../csv.ts'
import { type Pairs, parsePairs, parseSearch, type SearchProblem, type SearchRequest } from '../search.ts'
import type { BookQuestion } from '../store.ts'

/** Counts up when the form of an answer changes, so that no cached answer of an older form is taken for it. */
const FORM = 2

/** Codes that this room's operations give beside those of every operation, for the list of problems. */
export const REGISTRY_PROBLEMS = [
  { code: 'unknown_record', status: 404, title: 'No such record', advice: '`did_you_mean` names near ones.' },
  {
    code: 'unknown_jurisdiction',
    status: 404,
    title: 'No such jurisdiction',
    advice: 'See /api/v1/jurisdictions for those on record.',
  },
] as const

export type Format = 'json' | 'csv'

export const refuse = (c: Context, refusal: Problem): Response =>
  c.body(JSON.stringify(refusal), refusal.status as 400 | 404, { 'Content-Type': 'application/problem+json' })

/** Unchanged since the reader's copy: 304. Otherwise the answer, with what a cache needs to ask again. */
export async function answer(
  c: Context,
  revision: number,
  format: Format,
  make: () => string | Promise<string>,
): Promise<Response> {
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
  return c.body(await make(), 200, { ...headers, 'Content-Type': type })
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

export const TIME_NAMES = ['as_of', 'known_at'] as const
export const SEARCH_NAMES = [
  'q',
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

export interface AskedSearch extends Asked {
  readonly request: SearchRequest
}

/** Reads words, filters and times; every fault of the filters is named at once. */
export function readSearch(c: Context): Result<AskedSearch, readonly SearchProblem[]> {
  const asked = readAsked(c, [...SEARCH_NAMES, ...TIME_NAMES])
  if (!asked.ok) return asked
  const request = parseSearch(asked.value.pairs, TIME_NAMES)
  return request.ok ? ok({ ...asked.value, request: request.value }) : request
}

/** The times asked for, as an answer repeats them. */
export const timesOf = ({ asOf, knownAt }: Asked) => ({
  ...(asOf && { as_of: asOf }),
  ...(knownAt && { known_at: knownAt }),
})
