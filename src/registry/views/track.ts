import { type EdtfDate, type IsoDate, spanOf, type Usps } from '../../base/index.ts'
import { statusOf, type TrackMark, trackOf } from '../../ui/index.ts'
import type { Book } from '../book.ts'
import type { Rec, RecOf } from '../schema.ts'
import { leadingMoment, momentsOf } from './moments.ts'
import { names } from './places.ts'
import { pointingAt } from './relations.ts'

/** One federal action as a state sees it on a time line. */
export interface ActionTrack {
  readonly action: RecOf<'federal-action'>
  readonly marks: readonly TrackMark[]
  /** Suits that contest it, those with the state as a party first. */
  readonly suits: readonly RecOf<'lawsuit'>[]
}

const GIVES_RELIEF: readonly string[] = ['preliminary-relief-granted', 'judgment-for-plaintiffs']
const PAST: readonly string[] = ['ended', 'withdrawn', 'repealed']

/**
 * @param usps  the state whose suits are marked as its own; every suit's filing is marked without one
 * @param until the newest day on which any source spoke: what lasts is drawn to it, never to today
 */
export function actionTrack(
  book: Book,
  action: RecOf<'federal-action'>,
  usps: Usps | undefined,
  until: IsoDate,
): ActionTrack {
  const suits = pointingAt(book, action.id, 'challenges', 'lawsuit')
  const own = usps === undefined ? suits : suits.filter((suit) => names(suit, usps))
  const start = leadingMoment(action)?.date
  const relief = newestRelief(suits, start, until)
  const facts = {
    ...(start === undefined || spanOf(start).first > until ? {} : { started: start }),
    announcedOnly: action.status === 'announced' || action.status === 'reported',
    ...(action.status === 'blocked' && relief !== undefined ? { blocked: relief } : {}),
    ...endOf(action, start),
    sued: own.flatMap((suit) => suit.dates?.filed ?? []).filter((filed) => isDuring(filed, start, until)),
    ...(relief === undefined ? {} : { relief }),
  }
  return {
    action,
    marks: trackOf(facts, until),
    suits: [...own, ...suits.filter((suit) => !own.includes(suit))],
  }
}

/** The day by which a court is known to have given relief: the newest as-of date of a suit that won some. */
function newestRelief(
  suits: readonly RecOf<'lawsuit'>[],
  start: EdtfDate | undefined,
  until: IsoDate,
): EdtfDate | undefined {
  return suits
    .filter((suit) => GIVES_RELIEF.includes(suit.status))
    .flatMap((suit) => suit.status_as_of ?? [])
    .filter((date) => isDuring(date, start, until))
    .sort()
    .at(-1)
}

/** A suit or relief older than the action was about something before it, and is not drawn on its track. */
const isDuring = (date: EdtfDate, start: EdtfDate | undefined, until: IsoDate): boolean =>
  spanOf(date).first <= until && (start === undefined || spanOf(date).last >= spanOf(start).first)

/** An end that no source dates is drawn as a dot at the start, not as a bar of invented length. */
function endOf(action: RecOf<'federal-action'>, start: EdtfDate | undefined): { readonly ended?: EdtfDate } {
  const ended = momentsOf(action).find(({ name }) => name === 'ended')?.date
  if (ended !== undefined) return { ended }
  return PAST.includes(action.status) && start !== undefined ? { ended: start } : {}
}

/** First and last day of the axis: from the first of the month in which the earliest mark stands. */
export function axisOf(
  tracks: readonly ActionTrack[],
  until: IsoDate,
): { readonly first: IsoDate; readonly last: IsoDate } {
  const days = tracks.flatMap((track) => track.marks.map((mark) => ('at' in mark ? mark.at : mark.from)))
  const earliest = [...days].sort()[0] ?? until
  return { first: `${earliest.slice(0, 7)}-01` as IsoDate, last: until }
}

/** Any other record: from its date to the newest known day while it stands, outlined while it is on its way. */
export function recordTrack(rec: Rec, until: IsoDate): readonly TrackMark[] {
  const start = leadingMoment(rec)?.date
  if (start === undefined || spanOf(start).first > until) return []
  const { sign } = statusOf(rec.kind, rec.status, 'en')
  const ended = momentsOf(rec).find(({ name }) => name === 'ended')?.date
  const isPast = sign === 'cross' || sign === 'grey'
  const facts = { started: start, announcedOnly: sign === 'dashed' }
  return trackOf(isPast ? { ...facts, ended: ended ?? rec.status_as_of ?? start } : facts, until)
}
