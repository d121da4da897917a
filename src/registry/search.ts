import {
  type DivisionId,
  divisionOfState,
  EdtfDate,
  err,
  findState,
  isDivisionId,
  ok,
  type Result,
} from '../base/index.ts'
import { Confidence, Kind, LegalTier, Party, PolicyArea, STATUSES, Stance } from './schema.ts'

export const PAGE_SIZE = 20
export const PAGE_SIZE_MAX = 100
export const QUERY_MAX = 200
/** The deepest page: beyond it a reader narrows the search, and a machine takes the download. */
const PAGE_MAX = 10_000

const ALL_STATUSES = [...new Set(Object.values(STATUSES).flat())].sort()

/** The filters with a closed list of values, each also a facet. */
export const FACETS = {
  kind: Kind.options,
  area: PolicyArea.options,
  status: ALL_STATUSES,
  stance: Stance.options,
  party: Party.options,
  tier: LegalTier.options,
  confidence: Confidence.options,
} as const satisfies Record<string, readonly string[]>
export type Facet = keyof typeof FACETS
export const FACET_NAMES = Object.keys(FACETS) as readonly Facet[]

export const SORTS = ['rank', 'newest', 'oldest', 'title'] as const
export type Sort = (typeof SORTS)[number]

/** What a reader asks for. Values of one filter widen it (either), filters narrow each other (both). */
export interface SearchRequest extends Readonly<Record<Facet, readonly string[]>> {
  readonly query: string
  /** Division ids; a state includes its counties and places. */
  readonly jurisdiction: readonly DivisionId[]
  /** Some date of the record may lie in this span. */
  readonly from?: string
  readonly to?: string
  readonly sort: Sort
  /** From 1. */
  readonly page: number
  readonly limit: number
}

export interface SearchProblem {
  readonly code:
    | 'broken_encoding'
    | 'unknown_parameter'
    | 'unknown_value'
    | 'unknown_jurisdiction'
    | 'bad_date'
    | 'bad_number'
    | 'query_too_long'
    | 'given_twice'
  readonly parameter: string
  readonly found: string
  readonly wanted: string
}

export type Pairs = readonly (readonly [name: string, value: string])[]

/** Splits a raw query string (`q=a+b&kind=measure`); percent-encoding that is no UTF-8 is refused, never repaired. */
export function parsePairs(raw: string): Result<Pairs, readonly SearchProblem[]> {
  const problems: SearchProblem[] = []
  const pairs: (readonly [string, string])[] = []
  for (const part of raw.replace(/^\?/, '').split('&')) {
    if (part === '') continue
    const [name = '', ...value] = part.split('=')
    try {
      pairs.push([decode(name), decode(value.join('='))])
    } catch {
      problems.push({
        code: 'broken_encoding',
        parameter: name.slice(0, 60),
        found: value.join('=').slice(0, 120),
        wanted: 'percent-encoded UTF-8',
      })
    }
  }
  return problems.length > 0 ? err(problems) : ok(pairs)
}
const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

const SINGLE = ['q', 'from', 'to', 'sort', 'page', 'limit'] as const
const MULTIPLE = [...FACET_NAMES, 'state', 'jurisdiction'] as const

/**
 * Reads a search from URL parameters. Several values of a filter are given as `kind=measure&kind=lawsuit` or
 * `kind=measure,lawsuit`; `state` takes postal codes and means the same as `jurisdiction` with its division id.
 * An empty value is as if it were not given, since forms send those.
 * @param also parameters that the caller reads itself
 */
export function parseSearch(
  pairs: Pairs,
  also: readonly string[] = [],
): Result<SearchRequest, readonly SearchProblem[]> {
  const problems: SearchProblem[] = []
  const known: readonly string[] = [...SINGLE, ...MULTIPLE, ...also]
  for (const [name] of pairs)
    if (!known.includes(name))
      problems.push({
        code: 'unknown_parameter',
        parameter: name.slice(0, 60),
        found: name.slice(0, 60),
        wanted: `one of ${known.join(', ')}`,
      })
  const one = (name: string): string | undefined => {
    const values = pairs
      .filter(([key, value]) => key === name && value.trim() !== '')
      .map(([, value]) => value)
    if (values.length > 1)
      problems.push({
        code: 'given_twice',
        parameter: name,
        found: values.join(' and ').slice(0, 120),
        wanted: 'one value',
      })
    return values[0]?.trim()
  }
  const many = (name: string): readonly string[] => [
    ...new Set(
      pairs
        .filter(([key]) => key === name)
        .flatMap(([, value]) => value.split(','))
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    ),
  ]
  const facets = Object.fromEntries(
    FACET_NAMES.map((name) => [name, many(name).filter((value) => isListed(name, value, problems))]),
  ) as unknown as Record<Facet, readonly string[]>
  const request: SearchRequest = {
    ...facets,
    query: readQuery(one('q'), problems),
    jurisdiction: readJurisdictions(many('state'), many('jurisdiction'), problems),
    ...readDates(one('from'), one('to'), problems),
    sort: readSort(one('sort'), problems),
    page: readNumber('page', one('page'), 1, PAGE_MAX, problems),
    limit: readNumber('limit', one('limit'), PAGE_SIZE, PAGE_SIZE_MAX, problems),
  }
  return problems.length > 0 ? err(problems) : ok(request)
}

function isListed(name: Facet, value: string, problems: SearchProblem[]): boolean {
  const wanted: readonly string[] = FACETS[name]
  if (wanted.includes(value)) return true
  problems.push({
    code: 'unknown_value',
    parameter: name,
    found: value.slice(0, 120),
    wanted: `one of ${wanted.join(', ')}`,
  })
  return false
}

function readQuery(text: string | undefined, problems: SearchProblem[]): string {
  const query = (text ?? '').normalize('NFC')
  if (query.length <= QUERY_MAX) return query
  problems.push({
    code: 'query_too_long',
    parameter: 'q',
    found: `${query.length} characters`,
    wanted: `at most ${QUERY_MAX} characters`,
  })
  return ''
}

function readJurisdictions(
  states: readonly string[],
  ids: readonly string[],
  problems: SearchProblem[],
): readonly DivisionId[] {
  const found = [...states, ...ids].flatMap((text) => {
    const id = jurisdictionOf(text)
    if (id !== undefined) return [id]
    problems.push({
      code: 'unknown_jurisdiction',
      parameter: states.includes(text) ? 'state' : 'jurisdiction',
      found: text.slice(0, 120),
      wanted:
        'a postal code such as CO, US for the nation, or an Open Civic Data id such as ocd-division/country:us/state:co',
    })
    return []
  })
  return [...new Set(found)]
}

/** A division by its Open Civic Data id, its postal code in any case, or `US`. */
export function jurisdictionOf(text: string): DivisionId | undefined {
  if (isDivisionId(text)) return text as DivisionId
  if (text.toUpperCase() === 'US') return 'ocd-division/country:us' as DivisionId
  const state = findState(text)
  return state === undefined ? undefined : divisionOfState(state.usps)
}

function readDates(
  from: string | undefined,
  to: string | undefined,
  problems: SearchProblem[],
): { readonly from?: string; readonly to?: string } {
  const read = (parameter: 'from' | 'to', text: string | undefined): string | undefined => {
    if (text === undefined || EdtfDate.safeParse(text).success) return text
    problems.push({
      code: 'bad_date',
      parameter,
      found: text.slice(0, 120),
      wanted: 'a date as YYYY, YYYY-MM or YYYY-MM-DD that is in the calendar',
    })
    return undefined
  }
  const [first, last] = [read('from', from), read('to', to)]
  if (first !== undefined && last !== undefined && first.slice(0, last.length) > last.slice(0, first.length))
    problems.push({ code: 'bad_date', parameter: 'to', found: last, wanted: `a date not before ${first}` })
  return { ...(first !== undefined && { from: first }), ...(last !== undefined && { to: last }) }
}

function readSort(text: string | undefined, problems: SearchProblem[]): Sort {
  if (text === undefined) return 'rank'
  const sort = SORTS.find((name) => name === text)
  if (sort !== undefined) return sort
  problems.push({
    code: 'unknown_value',
    parameter: 'sort',
    found: text.slice(0, 120),
    wanted: `one of ${SORTS.join(', ')}`,
  })
  return 'rank'
}

function readNumber(
  parameter: string,
  text: string | undefined,
  otherwise: number,
  most: number,
  problems: SearchProblem[],
): number {
  if (text === undefined) return otherwise
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (number >= 1 && number <= most) return number
  problems.push({
    code: 'bad_number',
    parameter,
    found: text.slice(0, 120),
    wanted: `a whole number from 1 to ${most}`,
  })
  return otherwise
}

/** The parameters that give this request again, in one order, without those that say nothing: for links. */
export function searchParams(request: SearchRequest): URLSearchParams {
  const params = new URLSearchParams()
  const add = (name: string, value: string | number | undefined, otherwise: string | number = '') => {
    if (value !== undefined && value !== otherwise) params.append(name, String(value))
  }
  add('q', request.query)
  for (const name of FACET_NAMES) for (const value of request[name]) add(name, value)
  for (const id of request.jurisdiction) {
    const isState = id.split('/').length === 3
    add(isState ? 'state' : 'jurisdiction', isState ? id.slice(-2).toUpperCase() : id)
  }
  add('from', request.from)
  add('to', request.to)
  add('sort', request.sort, 'rank')
  add('page', request.page, 1)
  add('limit', request.limit, PAGE_SIZE)
  return params
}

/** A stretch of text with the places of the words that were found: pairs of start and end, in UTF-16 units. */
export interface Marked {
  readonly text: string
  readonly matches: readonly (readonly [start: number, end: number])[]
}

export interface SearchHit {
  readonly id: string
  readonly kind: Kind
  readonly title: string
  readonly title_matches: Marked['matches']
  readonly snippet: Marked
  readonly jurisdictions: readonly string[]
  readonly area: string
  readonly status: string
  readonly stance: string | null
  readonly party: string | null
  readonly tiers: readonly string[]
  readonly confidence: string
  readonly date: string | null
  /** 0 without words to search for; comparable within one result only. */
  readonly score: number
}

export interface FacetCount {
  readonly value: string
  readonly count: number
}

export interface SearchResult {
  readonly query: string
  /** Words of the query that no record holds, with the word taken in their place. */
  readonly corrected?: readonly { readonly from: string; readonly to: string }[]
  /** `all`: records hold every word; `any`: none holds them all, so these hold some. */
  readonly matching: 'all' | 'any'
  readonly total: number
  readonly page: number
  readonly limit: number
  readonly results: readonly SearchHit[]
  /** For each filter the count of each value with all other filters applied; most first. `state` holds postal codes. */
  readonly facets: Readonly<Record<Facet | 'state', readonly FacetCount[]>>
}
