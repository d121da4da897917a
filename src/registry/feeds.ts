import { divisionOfState, findState, stateOfDivision } from '../base/index.ts'
import { type Lang, label, stateName, statusOf } from '../ui/index.ts'
import type { Book } from './book.ts'
import { KINDS, type Kind, PolicyArea, type Rec } from './schema.ts'
import type { Version } from './versions.ts'
import { names } from './views/places.ts'
import { WORDS } from './words.ts'

export const FEED_TYPE = 'application/atom+xml; charset=utf-8'

/** What a feed follows. */
export type FeedScope =
  | { readonly by: 'all' }
  | { readonly by: 'state'; readonly usps: NonNullable<ReturnType<typeof findState>>['usps'] }
  | { readonly by: 'area'; readonly area: PolicyArea }
  | { readonly by: 'kind'; readonly kind: Kind }

/** `changes.atom`, `states/co.atom`, `areas/immigration.atom`, `kinds/lawsuit.atom`. */
export function feedScope(file: string): FeedScope | undefined {
  const [, folder, name = ''] = /^(?:(states|areas|kinds)\/)?([a-z-]+)\.atom$/.exec(file) ?? []
  if (folder === undefined) return name === 'changes' ? { by: 'all' } : undefined
  if (folder === 'states') {
    const state = findState(name)
    return state === undefined ? undefined : { by: 'state', usps: state.usps }
  }
  if (folder === 'areas') {
    const area = PolicyArea.safeParse(name)
    return area.success ? { by: 'area', area: area.data } : undefined
  }
  const kind = (Object.keys(KINDS) as Kind[]).find((known) => known === name)
  return kind === undefined ? undefined : { by: 'kind', kind }
}

const ENTRIES = 50

/** The domain and the year in which the project's feeds began: the parts of a tag: URI (RFC 4151) that never change. */
const TAG = 'tag:tenth.invalid,2026'

export interface FeedFacts {
  readonly scope: FeedScope
  readonly book: Book
  /** Newest first. */
  readonly changes: readonly Version[]
  /** `https://tenth.example`: feeds have no page to be relative to. */
  readonly origin: string
  readonly lang: Lang
}

/** An Atom 1.0 feed (RFC 4287) of the newest versions in scope. */
export function feedOf({ scope, book, changes, origin, lang }: FeedFacts): string {
  const mine = changes.filter(({ rec }) => isIn(scope, rec)).slice(0, ENTRIES)
  const path = pathOf(scope)
  const title = `Tenth: ${WORDS[lang].changes.title}, ${nameOf(scope, lang)}`
  // A feed without entries still has to say when it changed: as of the oldest thing that could be in it.
  const updated = mine[0]?.recorded_at ?? changes[0]?.recorded_at ?? '2026-01-01T00:00:00.000Z'
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">`,
    `<title>${escaped(title)}</title>`,
    `<id>${TAG}:feed:${path}</id>`,
    `<updated>${updated}</updated>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(origin)}/feeds/${path}.atom"/>`,
    `<link rel="alternate" type="text/html" href="${escaped(origin)}${pageOf(scope)}"/>`,
    '<author><name>Tenth</name></author>',
    '<rights>CC BY 4.0</rights>',
    `<generator>Tenth</generator>`,
    ...mine.map((version) => entryOf(version, book, origin, lang)),
    '</feed>',
    '',
  ].join('\n')
}

function entryOf(version: Version, book: Book, origin: string, lang: Lang): string {
  const { rec } = version
  const t = WORDS[lang].changes
  const what =
    version.change === 'added' ? t.added : version.change === 'correction' ? t.correction : t.status
  const places = rec.jurisdictions
    .map((id) => book.jurisdictions.get(id)?.name ?? stateOfDivision(id)?.name ?? '')
    .filter(Boolean)
  const facts = [
    label(lang, 'kind', rec.kind),
    places.slice(0, 6).join(', '),
    label(lang, 'area', rec.policy_area),
    statusOf(rec.kind, rec.status, lang).word,
  ]
  const url = `${origin}/records/${rec.id}`
  return [
    '<entry>',
    `<title>${escaped(`${what}: ${rec.title}`)}</title>`,
    `<id>${TAG}:record:${rec.id}:${version.version}</id>`,
    `<updated>${version.recorded_at}</updated>`,
    `<published>${version.recorded_at}</published>`,
    `<link rel="alternate" type="text/html" href="${escaped(url)}"/>`,
    `<category term="${rec.kind}"/><category term="${rec.policy_area}"/>`,
    `<summary xml:lang="en">${escaped(`${facts.filter(Boolean).join(' · ')}. ${rec.summary}`)}</summary>`,
    '</entry>',
  ].join('\n')
}

function isIn(scope: FeedScope, rec: Rec): boolean {
  switch (scope.by) {
    case 'all':
      return true
    case 'state':
      return names(rec, scope.usps) || memberIn(rec, scope.usps)
    case 'area':
      return rec.policy_area === scope.area
    case 'kind':
      return rec.kind === scope.kind
  }
}

const memberIn = (rec: Rec, usps: Parameters<typeof divisionOfState>[0]): boolean =>
  rec.kind === 'alliance' && rec.members.some(({ jurisdiction }) => jurisdiction === divisionOfState(usps))

function pathOf(scope: FeedScope): string {
  switch (scope.by) {
    case 'all':
      return 'changes'
    case 'state':
      return `states/${scope.usps.toLowerCase()}`
    case 'area':
      return `areas/${scope.area}`
    case 'kind':
      return `kinds/${scope.kind}`
  }
}

function pageOf(scope: FeedScope): string {
  if (scope.by === 'state') return `/states/${scope.usps.toLowerCase()}`
  return scope.by === 'all' ? '/registry/changes' : '/registry'
}

function nameOf(scope: FeedScope, lang: Lang): string {
  switch (scope.by) {
    case 'all':
      return WORDS[lang].downloads.all.toLowerCase()
    case 'state':
      return stateName(scope.usps, lang)
    case 'area':
      return label(lang, 'area', scope.area)
    case 'kind':
      return label(lang, 'kinds', scope.kind)
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for XML 1.0; control characters, which XML cannot hold (section 2.2), are dropped. */
const escaped = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one)
