import { type EdtfDate, type IsoDate, STATES, spanOf, stateOfDivision, type Usps } from '../../base/index.ts'
import type { Book } from '../book.ts'
import type { PolicyArea, Rec } from '../schema.ts'
import { isInForce } from './force.ts'
import { compareDates, momentsOf } from './moments.ts'
import { statesNamed } from './places.ts'

/** What the home map can show: counts of records that name each jurisdiction. */
export const MAPS = ['federal-actions', 'measures', 'lawsuits', 'alliances'] as const
export type MapName = (typeof MAPS)[number]

export interface CountMap {
  readonly name: MapName
  /** Records counted, each once, also those that name no state. */
  readonly records: number
  readonly counts: ReadonlyMap<Usps, number>
  readonly most: readonly { readonly usps: Usps; readonly count: number }[]
  /** Jurisdictions with at least one. */
  readonly having: number
}

/** @param area counts measures of one area only */
export function countMap(book: Book, name: MapName, area?: PolicyArea): CountMap {
  const recs = recordsOf(book, name, area)
  const counts = new Map<Usps, number>(STATES.map((state) => [state.usps, 0]))
  for (const rec of recs) for (const usps of namedOn(rec)) counts.set(usps, (counts.get(usps) ?? 0) + 1)
  const ranked = [...counts]
    .map(([usps, count]) => ({ usps, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.usps < b.usps ? -1 : 1))
  return { name, records: recs.length, counts, most: ranked.slice(0, 3), having: ranked.length }
}

function recordsOf(book: Book, name: MapName, area: PolicyArea | undefined): readonly Rec[] {
  switch (name) {
    case 'federal-actions':
      return book.byKind['federal-action']
    case 'lawsuits':
      return book.byKind.lawsuit
    case 'alliances':
      return book.byKind.alliance.filter((rec) => rec.status === 'active')
    case 'measures':
      return book.byKind.measure.filter(
        (rec) => isInForce(rec) && (area === undefined || rec.policy_area === area),
      )
  }
}

/** An alliance is counted where it has members; every other record where it names a jurisdiction. */
const namedOn = (rec: Rec): readonly Usps[] =>
  rec.kind === 'alliance'
    ? [...new Set(rec.members.flatMap((member) => stateOfDivision(member.jurisdiction)?.usps ?? []))]
    : statesNamed(rec)

export interface NewsItem {
  readonly rec: Rec
  readonly moment: string
  readonly date: EdtfDate
}

/** The newest dated event of each measure, suit and federal action, newest first, up to `today`. */
export function newestEvents(book: Book, today: IsoDate, limit: number): readonly NewsItem[] {
  return [...book.byKind.measure, ...book.byKind.lawsuit, ...book.byKind['federal-action']]
    .flatMap((rec): readonly NewsItem[] => {
      const past = momentsOf(rec).filter(({ date }) => spanOf(date).last <= today)
      const last = past.at(-1)
      return last === undefined ? [] : [{ rec, moment: last.name, date: last.date }]
    })
    .sort((a, b) => compareDates(b.date, a.date) || (a.rec.id < b.rec.id ? -1 : 1))
    .slice(0, limit)
}
