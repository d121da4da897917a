import { type DivisionId, type EdtfDate, spanOf, stateOfDivision } from '../base/index.ts'
import { eventDates, mainDate, placesOf, statesOf } from './filter.ts'
import { KINDS, type Rec } from './schema.ts'
import { wordsOf } from './search-words.ts'

/** What the index keeps of a record: what is searched, by weight, and what is filtered on. */
export interface SearchDocument {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly summary: string
  /** Weight A, B, C and D: title; names and numbers that point at the record; summary; everything else. */
  readonly weighted: readonly [a: string, b: string, c: string, d: string]
  readonly body: string
  readonly jurisdictions: readonly string[]
  readonly places: readonly string[]
  readonly states: readonly string[]
  readonly area: string
  readonly status: string
  readonly stance: string
  readonly party: string
  readonly types: readonly string[]
  /** Legal tier of a playbook type; a measure gets those of its types when it is stored. */
  readonly tier: string | null
  readonly confidence: string
  readonly date: string | null
  readonly dateFirst: string | null
  /** Every date of the record as a PostgreSQL datemultirange. */
  readonly spans: string
  readonly words: readonly string[]
}

type Names = (id: DivisionId) => string | undefined

/** @param nameOf the name of a jurisdiction, where one is known */
export function searchDocument(record: Rec, nameOf: Names = () => undefined): SearchDocument {
  const date = mainDate(record)
  const [title, pointers, summary, rest] = [
    record.title,
    pointersOf(record, nameOf),
    record.summary,
    restOf(record).join(' · '),
  ]
  const found = `${rest} ${record.id} ${record.sources.map(({ url }) => headlineIn(url)).join(' ')}`
  const weighted = [title, pointers, summary, found].map((text) => wordsOf(text).join(' '))
  return {
    id: record.id,
    kind: record.kind,
    title,
    summary,
    weighted: weighted as unknown as SearchDocument['weighted'],
    body: rest,
    jurisdictions: record.jurisdictions,
    places: placesOf(record),
    states: statesOf(record),
    area: record.policy_area,
    status: record.status,
    stance: 'stance' in record ? record.stance : '',
    party: 'adopted_by_party' in record ? record.adopted_by_party : '',
    types: record.relations?.['is-a'] ?? [],
    tier: 'legal_tier' in record ? record.legal_tier : null,
    confidence: record.confidence,
    date: date ?? null,
    dateFirst: date === undefined ? null : spanOf(date).first,
    spans: `{${eventDates(record).map(rangeOf).join(',')}}`,
    words: [...new Set(weighted.flatMap((text) => text.split(' ')))].filter((word) => word !== '').sort(),
  }
}

const rangeOf = (date: EdtfDate): string => {
  const { first, last } = spanOf(date)
  return `[${first},${last}]`
}

/** Citation, docket, court, agency, kind, area and the names of the jurisdictions. */
function pointersOf(record: Rec, nameOf: Names): string {
  const own =
    record.kind === 'lawsuit'
      ? record.dockets.flatMap(({ court, number, as_given }) => [court, number, as_given])
      : record.kind === 'federal-action'
        ? [record.agency, record.action_type]
        : 'citation' in record
          ? [record.citation]
          : []
  const names = record.jurisdictions.flatMap((id) => {
    const state = stateOfDivision(id)
    return [nameOf(id) ?? nameInId(id), state?.name, state?.usps]
  })
  return [...own, KINDS[record.kind].one, record.policy_area, ...new Set(names)].filter(Boolean).join(' ')
}

/** The name as the division id spells it: `…/place:new_york` is "new york", `…/county:cook` "cook county". */
const nameInId = (id: DivisionId): string => {
  const [type, name = ''] = (id.split('/').at(-1) ?? '').split(':')
  if (type === 'country') return 'United States'
  return `${name.replaceAll(/[_~.]/g, ' ')}${type === 'county' || type === 'parish' ? ` ${type}` : ''}`
}

/** Fields that are searched with another weight, are filters, or hold no words of the record. */
const NOT_REST = new Set([
  'id',
  'kind',
  'title',
  'summary',
  'jurisdictions',
  'policy_area',
  'status',
  'adopted_by_party',
  'confidence',
  'citation',
  'agency',
  'dockets',
  'dates',
  'relations',
  'unverified_fields',
  'url',
])

/** The words of an address: publishers put the headline there, and with it names that a summary leaves out. */
const headlineIn = (url: string): string =>
  new URL(url).pathname
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 2 && word.length < 25)
    .join(' ')

/** Every other string of the record, publishers of its sources included. */
function restOf(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return /^(ocd-division\/|https?:|\d{4}(-\d{2}){0,2}$)/.test(value) ? [] : [value]
  if (Array.isArray(value)) return [...new Set(value.flatMap(restOf))]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (NOT_REST.has(key) ? [] : restOf(inner)))
}
