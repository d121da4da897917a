import {
  type DivisionId,
  divisionOfState,
  NATION,
  STATES,
  type StateRow,
  spanOf,
  stateOf,
  stateOfDivision,
  type Usps,
} from '../../base/index.ts'
import type { Book } from '../book.ts'
import type { PolicyArea, Rec, RecOf } from '../schema.ts'
import { byAdvance, isComing, isInForce } from './force.ts'
import { momentsOf, newestFirst } from './moments.ts'
import { byText, names, namesOnlyLocally, statesNamed } from './places.ts'
import { pointedAt, pointingAt } from './relations.ts'

/** Everything a state's page says, read from the book alone. */
export interface StateFacts {
  readonly state: StateRow
  readonly actions: readonly RecOf<'federal-action'>[]
  /** Year, and month if known, since when these actions are on record. */
  readonly actionsSince: string | undefined
  readonly blocked: number
  /** Federal actions on all states alike, which name none. */
  readonly nationalActions: number
  readonly measures: readonly RecOf<'measure'>[]
  readonly inForce: readonly RecOf<'measure'>[]
  readonly suits: readonly RecOf<'lawsuit'>[]
  readonly asPlaintiff: number
  readonly asDefendant: number
  readonly againstUnitedStates: number
  readonly byUnitedStates: number
  readonly alliances: readonly Membership[]
}

export interface Membership {
  readonly alliance: RecOf<'alliance'>
  readonly joined: string | undefined
  /** Set when the state itself is no member but its counties or cities are. */
  readonly local: boolean
}

const isParty = (ids: readonly DivisionId[] | undefined, usps: Usps) =>
  ids?.some((id) => stateOfDivision(id)?.usps === usps) === true

export function stateFacts(book: Book, usps: Usps): StateFacts {
  const actions = book.byKind['federal-action'].filter((rec) => names(rec, usps)).sort(newestFirst)
  const measures = book.byKind.measure.filter((rec) => names(rec, usps)).sort(newestFirst)
  const suits = book.byKind.lawsuit.filter((rec) => names(rec, usps)).sort(newestFirst)
  return {
    state: stateOf(usps),
    actions,
    actionsSince: since(actions),
    blocked: actions.filter((rec) => rec.status === 'blocked').length,
    nationalActions: book.byKind['federal-action'].filter((rec) => rec.jurisdictions.includes(NATION)).length,
    measures,
    inForce: measures.filter(isInForce),
    suits,
    asPlaintiff: suits.filter((rec) => isParty(rec.plaintiffs, usps)).length,
    asDefendant: suits.filter((rec) => isParty(rec.defendants, usps)).length,
    againstUnitedStates: suits.filter((rec) => isParty(rec.plaintiffs, usps) && !rec.defendants).length,
    byUnitedStates: suits.filter((rec) => rec.plaintiffs.includes(NATION)).length,
    alliances: membershipsOf(book, usps),
  }
}

/** The first month, or year, in which one of them had surely begun: a bare `2025` may mean its December. */
function since(actions: readonly Rec[]): string | undefined {
  const dates = actions.flatMap(momentsOf).map(({ date }) => date)
  const [first] = dates.sort((a, b) => (spanOf(a).last < spanOf(b).last ? -1 : 1))
  return first?.slice(0, 7)
}

/** Alliances that count the state or a county or city of it as a member, those active first. */
export function membershipsOf(book: Book, usps: Usps): readonly Membership[] {
  return book.byKind.alliance
    .flatMap((alliance) => {
      const mine = alliance.members.filter((member) => stateOfDivision(member.jurisdiction)?.usps === usps)
      const itself = mine.find((member) => member.jurisdiction === divisionOfState(usps))
      const shown = itself ?? mine[0]
      return shown === undefined ? [] : [{ alliance, joined: shown.joined, local: itself === undefined }]
    })
    .sort(
      (a, b) =>
        Number(b.alliance.status === 'active') - Number(a.alliance.status === 'active') ||
        byText(a.alliance.title, b.alliance.title),
    )
}

export interface AreaRow {
  readonly area: PolicyArea
  readonly own: number
  readonly peers: readonly { readonly state: StateRow; readonly count: number }[]
  /** The highest count among the peers and who has it; the narrow table shows this alone. */
  readonly most: { readonly count: number; readonly states: readonly StateRow[] }
}

/** Measures in force by area, beside the peers; areas in which nobody has any are left out. */
export function measuresByArea(book: Book, state: StateRow, peers: readonly StateRow[]): readonly AreaRow[] {
  const count = (usps: Usps, area: PolicyArea) =>
    book.byKind.measure.filter((rec) => rec.policy_area === area && isInForce(rec) && names(rec, usps)).length
  const areas = [...new Set(book.byKind.measure.map((rec) => rec.policy_area))]
  return areas
    .map((area) => {
      const counts = peers.map((peer) => ({ state: peer, count: count(peer.usps, area) }))
      const top = Math.max(0, ...counts.map((peer) => peer.count))
      return {
        area,
        own: count(state.usps, area),
        peers: counts,
        most: {
          count: top,
          states: top === 0 ? [] : counts.filter((peer) => peer.count === top).map((peer) => peer.state),
        },
      }
    })
    .filter((row) => row.own > 0 || row.most.count > 0)
    .sort((a, b) => b.own - a.own || b.most.count - a.most.count || byText(a.area, b.area))
}

export interface TypeRow {
  readonly type: RecOf<'playbook-type'>
  /** Measures of this state of that type, the most advanced first. */
  readonly here: readonly RecOf<'measure'>[]
  readonly isLocalOnly: boolean
  /** States, other than this one, that have a measure of the type in force. */
  readonly elsewhere: readonly StateRow[]
  readonly peers: readonly StateRow[]
}

export interface PlaybookFacts {
  readonly inForce: readonly TypeRow[]
  /** Not in force here: proposed or floated first, then the safest in law, then the most tried elsewhere. */
  readonly open: readonly TypeRow[]
}

const TIER_ORDER = { settled: 0, contested: 1, 'likely-preempted': 2 } as const

export function playbookFacts(book: Book, state: StateRow, peers: readonly StateRow[]): PlaybookFacts {
  const rows = book.byKind['playbook-type'].map((type) => typeRow(book, type, state, peers))
  const isHere = (row: TypeRow) => row.here.some(isInForce)
  const isNear = (row: TypeRow) => Number(row.here.some(isComing))
  const order = (a: TypeRow, b: TypeRow) =>
    TIER_ORDER[a.type.legal_tier] - TIER_ORDER[b.type.legal_tier] ||
    b.elsewhere.length - a.elsewhere.length ||
    byText(a.type.title, b.type.title)
  return {
    inForce: rows.filter(isHere).sort(order),
    open: rows.filter((row) => !isHere(row)).sort((a, b) => isNear(b) - isNear(a) || order(a, b)),
  }
}

function typeRow(
  book: Book,
  type: RecOf<'playbook-type'>,
  state: StateRow,
  peers: readonly StateRow[],
): TypeRow {
  const measures = pointingAt(book, type.id, 'is-a', 'measure')
  const here = measures.filter((rec) => names(rec, state.usps)).sort(byAdvance)
  const having = STATES.filter(
    (row) => row.usps !== state.usps && measures.some((rec) => isInForce(rec) && names(rec, row.usps)),
  ).map((row) => stateOf(row.usps))
  return {
    type,
    here,
    isLocalOnly: here.length > 0 && here.every((rec) => namesOnlyLocally(rec, state.usps)),
    elsewhere: having,
    peers: having.filter((row) => peers.some((peer) => peer.usps === row.usps)),
  }
}

/** Playbook types of a measure, safest first: its tier is that of its type. */
export const typesOf = (book: Book, measure: RecOf<'measure'>): readonly RecOf<'playbook-type'>[] =>
  [...pointedAt(book, measure.id, 'is-a', 'playbook-type')].sort(
    (a, b) => TIER_ORDER[a.legal_tier] - TIER_ORDER[b.legal_tier],
  )

/** States, DC and territories in which a measure of the type is in force, there or in a county or city. */
export const statesWithType = (book: Book, type: RecOf<'playbook-type'>): readonly Usps[] => [
  ...new Set(pointingAt(book, type.id, 'is-a', 'measure').filter(isInForce).flatMap(statesNamed)),
]
