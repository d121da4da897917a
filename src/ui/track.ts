import { type EdtfDate, type IsoDate, spanOf } from '../base/index.ts'

/** What happened to one action, as recorded. */
export interface TrackFacts {
  /** When it took effect, or was announced if it never did; undefined if no date is known. */
  readonly started?: EdtfDate
  /** Announced only: drawn as an outline. */
  readonly announcedOnly?: boolean
  /** When a court stopped all of it. */
  readonly blocked?: EdtfDate
  readonly ended?: EdtfDate
  readonly sued?: readonly EdtfDate[]
  /** The newest court relief. */
  readonly relief?: EdtfDate
}

/** One sign on a track; a span's days are both included. */
export type TrackMark =
  | {
      readonly sign: 'in-force' | 'announced' | 'uncertain' | 'until-blocked'
      readonly from: IsoDate
      readonly to: IsoDate
    }
  | { readonly sign: 'sued' | 'relief'; readonly at: IsoDate }

/**
 * The signs of one action's track: short dashes across the whole uncertain month or year of its start, then solid
 * (in force), outline (announced only), or ticks until a court blocked it.
 * @param asOf the day the page stands on; what has not ended runs to it
 */
export function trackOf(facts: TrackFacts, asOf: IsoDate): readonly TrackMark[] {
  return [...spanMarks(facts, asOf), ...eventMarks(facts)]
}

function spanMarks(facts: TrackFacts, asOf: IsoDate): TrackMark[] {
  if (facts.started === undefined) return []
  const start = spanOf(facts.started)
  const end = facts.ended ? spanOf(facts.ended).last : facts.blocked ? spanOf(facts.blocked).first : asOf
  const sign = facts.announcedOnly ? 'announced' : facts.blocked ? 'until-blocked' : 'in-force'
  const marks: TrackMark[] = []
  if (start.first !== start.last)
    marks.push({ sign: 'uncertain', from: start.first, to: earlier(start.last, end) })
  if (start.last <= end) marks.push({ sign, from: start.last, to: end })
  else if (marks.length === 0) marks.push({ sign, from: start.first, to: start.first })
  return marks
}

function eventMarks(facts: TrackFacts): TrackMark[] {
  const sued = (facts.sued ?? []).map((date) => ({ sign: 'sued', at: spanOf(date).first }) as const)
  return facts.relief ? [...sued, { sign: 'relief', at: spanOf(facts.relief).first }] : sued
}

const earlier = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b)

/** Where a day stands on an axis, in percent of its width, held inside it. */
export function percentOf(day: IsoDate, first: IsoDate, last: IsoDate): number {
  const [d, a, b] = [dayNumber(day), dayNumber(first), dayNumber(last)]
  if (b <= a) return 0
  return Math.round(Math.min(Math.max((d - a) / (b - a), 0), 1) * 10_000) / 100
}

const dayNumber = (day: IsoDate): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000

/** Round dates for an axis: Januaries, and Julies when there is room. */
export function axisTicks(first: IsoDate, last: IsoDate): readonly EdtfDate[] {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))]
  const step = Math.max(1, Math.ceil((to - from) / 6))
  const ticks: string[] = []
  for (let year = from; year <= to; year += step) {
    ticks.push(`${year}-01`)
    if (to - from < 3) ticks.push(`${year}-07`)
  }
  return ticks.filter((tick) => `${tick}-01` >= first && `${tick}-01` <= last) as EdtfDate[]
}
