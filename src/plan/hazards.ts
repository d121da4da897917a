import { type EdtfDate, type IsoDate, STATES, spanOf, stateOfDivision } from '../base/index.ts'
import type { Book, RecOf } from '../registry/index.ts'

type Action = RecOf<'federal-action'>
type Suit = RecOf<'lawsuit'>

/** Action types that stop money. An announced stop of payments is a threat until it is carried out. */
const STOPS: readonly string[] = ['funds-frozen', 'funds-denied', 'grant-terminated']
/** Actions that had not begun by the newest source. */
const NOT_BEGUN: readonly string[] = ['announced', 'reported']
export const HAZARDS_SINCE = '2025-01'
/** Channels that a freeze can stop: the share that it stops of wages and direct payments is zero. */
export const FROZEN_CHANNELS = 4

export interface Spell {
  readonly action: string
  readonly from: IsoDate
  /** Day of relief, withdrawal or end; the newest day of the registry while it goes on. */
  readonly to: IsoDate
  readonly ended_by: 'relief' | 'withdrawn' | undefined
  /** States or DC that it names, or that a place in them is named for. Empty where it names the nation. */
  readonly named: readonly string[]
  /** The suit whose record gives the end. */
  readonly suit: string | undefined
}

/** The two hazards with the query that they come from; docs/methods/plan.md says it in words. */
export interface Hazards {
  readonly freezeMedian: number
  readonly restoreMedian: number
  readonly spells: readonly Spell[]
  readonly jurisdictions: number
  readonly months: number
  readonly channels: number
  /** Pairs of action and jurisdiction named. */
  readonly named_pairs: number
  /** The rate if an action on the whole nation counted for every jurisdiction. */
  readonly with_nationwide: number
  readonly ended: number
  readonly frozen_months: number
  readonly newest: IsoDate
}

/** Rates a month from federal actions on money since January 2025, up to the newest day that the registry knows. */
export function hazardsOf(book: Book): Hazards {
  const newest = newestDay(book)
  const spells = book.byKind['federal-action'].flatMap((action) => spellOf(book, action, newest))
  const months = monthsBetween(`${HAZARDS_SINCE}-01` as IsoDate, newest)
  const named_pairs = spells.reduce((sum, spell) => sum + spell.named.length, 0)
  const nationwide = spells.filter((spell) => spell.named.length === 0).length
  const jurisdictions = STATES.filter(({ kind }) => kind !== 'territory').length
  const cells = jurisdictions * months * FROZEN_CHANNELS
  const ended = spells.filter((spell) => spell.ended_by !== undefined).length
  const frozen_months = spells.reduce((sum, spell) => sum + monthsBetween(spell.from, spell.to), 0)
  return {
    freezeMedian: named_pairs / cells,
    restoreMedian: ended / frozen_months,
    spells,
    jurisdictions,
    months,
    channels: FROZEN_CHANNELS,
    named_pairs,
    with_nationwide: (named_pairs + nationwide * jurisdictions) / cells,
    ended,
    frozen_months,
    newest,
  }
}

function spellOf(book: Book, action: Action, newest: IsoDate): readonly Spell[] {
  const began =
    action.dates?.effective ?? action.dates?.started ?? action.dates?.enacted ?? action.dates?.announced
  if (!STOPS.includes(action.action_type) || NOT_BEGUN.includes(action.status) || began === undefined)
    return []
  const from = spanOf(began as EdtfDate).first
  if (from < HAZARDS_SINCE || from > newest) return []
  const states = action.jurisdictions.flatMap((place) => {
    const state = stateOfDivision(place)
    return state && state.kind !== 'territory' ? [state.usps] : []
  })
  return [{ action: action.id, from, ...endOf(book, action, from, newest), named: [...new Set(states)] }]
}

const RELIEF: readonly string[] = ['preliminary-relief-granted', 'judgment-for-plaintiffs']
const OVER: readonly string[] = ['withdrawn', 'ended', 'repealed']

/** The first relief that a suit against the action records; else the day on which it was withdrawn; else it goes on. */
function endOf(
  book: Book,
  action: Action,
  from: IsoDate,
  newest: IsoDate,
): Pick<Spell, 'to' | 'ended_by' | 'suit'> {
  const suits = book.relationsTo(action.id).flatMap(({ type, from: id }) => {
    const rec = book.records.get(id)
    return type === 'challenges' && rec?.kind === 'lawsuit' ? [rec] : []
  })
  const reliefs = suits
    .flatMap((suit) => {
      const day = reliefDay(suit)
      return day === undefined || day < from ? [] : [{ day, suit: suit.id }]
    })
    .sort((a, b) => (a.day < b.day ? -1 : 1))
  const [first] = reliefs
  if (first) return { to: first.day, ended_by: 'relief', suit: first.suit }
  if (!OVER.includes(action.status)) return { to: newest, ended_by: undefined, suit: undefined }
  const closed = suits.find((suit) => suit.status === 'settled-or-closed' && suit.status_as_of)
  const ended = action.dates?.ended ?? action.status_as_of ?? closed?.status_as_of
  const to = ended === undefined ? newest : spanOf(ended as EdtfDate).first
  return {
    to: to < from ? from : to,
    ended_by: ended === undefined ? undefined : 'withdrawn',
    suit: closed?.id,
  }
}

function reliefDay(suit: Suit): IsoDate | undefined {
  const earlier = suit.history?.find((step) => RELIEF.includes(step.status))?.from
  const now = RELIEF.includes(suit.status) ? (suit.dates?.decided ?? suit.status_as_of) : undefined
  const day = earlier ?? now
  return day === undefined ? undefined : spanOf(day as EdtfDate).first
}

/** The last day of which any federal action or suit speaks. */
function newestDay(book: Book): IsoDate {
  let newest = `${HAZARDS_SINCE}-01` as IsoDate
  for (const rec of [...book.byKind['federal-action'], ...book.byKind.lawsuit])
    if (rec.status_as_of !== undefined) {
      const day = spanOf(rec.status_as_of as EdtfDate).last
      if (day > newest) newest = day
    }
  return newest
}

const DAYS_A_MONTH = 365.25 / 12
const DAY_MS = 86_400_000

/** Months of 30.4375 days; a spell of one day counts as one day. */
const monthsBetween = (from: IsoDate, to: IsoDate): number =>
  Math.max(1, (Date.parse(to) - Date.parse(from)) / DAY_MS) / DAYS_A_MONTH
