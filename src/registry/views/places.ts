import {
  type DivisionId,
  divisionOfState,
  findState,
  isLocal,
  STATES,
  type StateRow,
  stateOf,
  stateOfDivision,
  type Usps,
} from '../../base/index.ts'
import { type Lang, stateName } from '../../ui/index.ts'
import type { Book } from '../book.ts'
import type { Rec } from '../schema.ts'
import { editDistance } from '../search-words.ts'

/** A jurisdiction as pages name and link it. */
export interface Place {
  readonly id: DivisionId
  readonly name: string
  readonly path: string
  /** Set for counties and places: the state that they lie in. */
  readonly within?: StateRow
}

/** The name alone: `Denver`, `Cook County`, `Colorado`, `United States`. */
export function placeOf(book: Book, id: DivisionId, lang: Lang): Place {
  const state = stateOfDivision(id)
  if (state === undefined)
    return { id, name: lang === 'en' ? 'United States' : 'Estados Unidos', path: '/registry/federal-actions' }
  const statePath = `/states/${state.usps.toLowerCase()}`
  if (!isLocal(id)) return { id, name: stateName(state.usps, lang), path: statePath }
  const [type, slug] = lastPart(id)
  // Names of the list may carry their state, as in "Portland, Oregon": pages add it where it is needed.
  const name = (book.jurisdictions.get(id)?.name ?? titled(slug)).replace(new RegExp(`, ${state.name}$`), '')
  return { id, name, path: `${statePath}/${type}/${slug.replace(/_/g, '-')}`, within: state }
}

/** `Denver, Colorado`: for lists in which states and cities stand together. */
export const fullPlaceName = (place: Place, lang: Lang): string =>
  place.within === undefined ? place.name : `${place.name}, ${stateName(place.within.usps, lang)}`

function lastPart(id: DivisionId): [type: string, slug: string] {
  const [type = '', slug = ''] = (id.split('/').at(-1) ?? '').split(':')
  return [type, slug]
}

const titled = (slug: string) =>
  slug
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')

/** The division that `/states/co/place/denver` or `…/county/cook` names. */
export const localDivision = (usps: Usps, type: 'place' | 'county', slug: string): string =>
  `${divisionOfState(usps)}/${type}:${slug.toLowerCase().replace(/-/g, '_')}`

/** True when the record names the state or a county or city in it; the nation as a whole names nobody. */
export const names = (rec: Rec, usps: Usps): boolean =>
  rec.jurisdictions.some((id) => stateOfDivision(id)?.usps === usps)

/** True when, of this state, only counties and cities are named. */
export const namesOnlyLocally = (rec: Rec, usps: Usps): boolean =>
  names(rec, usps) && !rec.jurisdictions.includes(divisionOfState(usps))

export const statesNamed = (rec: Rec): readonly Usps[] => [
  ...new Set(rec.jurisdictions.flatMap((id) => stateOfDivision(id)?.usps ?? [])),
]

/** Counties and cities that have a record, in order of name. */
export function localPlaces(book: Book, usps: Usps, lang: Lang): readonly Place[] {
  const ids = new Set<DivisionId>()
  for (const rec of book.records.values())
    for (const id of rec.jurisdictions) if (isLocal(id) && stateOfDivision(id)?.usps === usps) ids.add(id)
  return [...ids].map((id) => placeOf(book, id, lang)).sort((a, b) => byText(a.name, b.name))
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** States whose name or code is within a few letters of what was typed, nearest first; at most three. */
export function nearStates(typed: string): readonly StateRow[] {
  const asked = typed.trim().toLowerCase().replace(/[-_+]/g, ' ')
  const exact = findState(asked)
  if (exact) return [exact]
  return near(
    asked,
    STATES.map((row) => ({
      value: stateOf(row.usps),
      names: [row.name.toLowerCase(), row.usps.toLowerCase()],
    })),
  )
}

/** Records whose id or title is near what was typed, nearest first; at most three. */
export function nearRecords(book: Book, typed: string): readonly Rec[] {
  const asked = typed.trim().toLowerCase()
  const candidates = [...book.records.values()].map((value) => ({
    value,
    names: [value.id, value.title.toLowerCase()],
  }))
  const found = near(asked, candidates)
  if (found.length > 0) return found
  const words = asked.split(/[^a-z0-9]+/).filter((word) => word.length > 2)
  const shared = (rec: Rec) => words.filter((word) => rec.id.split('-').includes(word)).length
  return candidates
    .map(({ value }) => ({ value, count: shared(value) }))
    .filter(({ count }) => count > 0 && count * 2 >= words.length)
    .sort((a, b) => b.count - a.count || byText(a.value.id, b.value.id))
    .slice(0, 3)
    .map(({ value }) => value)
}

function near<T>(
  asked: string,
  candidates: readonly { readonly value: T; readonly names: readonly string[] }[],
): readonly T[] {
  const limit = Math.max(1, Math.floor(asked.length / 4))
  return candidates
    .map(({ value, names }) => ({
      value,
      edits: Math.min(...names.map((name) => editDistance(asked, name, limit))),
    }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ value }) => value)
}

/** The peer group of a state: its neighbors, or what `?peers=CA,NY` asks for. */
export type Peers =
  | { readonly ok: true; readonly chosen: boolean; readonly peers: readonly StateRow[] }
  | { readonly ok: false; readonly unknown: string }

export function peersOf(state: StateRow, asked: string | undefined): Peers {
  const codes = (asked ?? '').split(/[,\s]+/).filter((code) => code !== '')
  if (codes.length === 0) return { ok: true, chosen: false, peers: state.neighbors.map(stateOf) }
  const unknown = codes.find((code) => findState(code) === undefined)
  if (unknown !== undefined) return { ok: false, unknown }
  const peers = [...new Set(codes.map((code) => code.toUpperCase()))].flatMap((code) => findState(code) ?? [])
  return {
    ok: true,
    chosen: true,
    peers: peers.filter((row) => row.usps !== state.usps).slice(0, MOST_PEERS),
  }
}

/** More columns than this cannot be read side by side. */
export const MOST_PEERS = 8

/** True when every jurisdiction named is a county or a city. */
export const isLocalOnly = (rec: Rec): boolean => rec.jurisdictions.every(isLocal)

/** The states and territories by their name in a language, for those who look for one. */
export const statesByName = (lang: Lang): readonly { readonly usps: Usps; readonly name: string }[] =>
  STATES.map(({ usps }) => ({ usps, name: stateName(usps, lang) })).sort((a, b) =>
    a.name.localeCompare(b.name, lang),
  )
