import { type Cents, cents, type EdtfDate, type IsoDate, spanOf } from '../base/index.ts'
import type { Disruption } from './schema.ts'

/** Whether the money is still held back on a day, as far as the record's dates tell. */
export const isOpen = (d: Pick<Disruption, 'until' | 'kind'>, today: IsoDate): boolean =>
  d.kind !== 'restoration' && (d.until === null || spanOf(d.until).first > today)

/** What is stopped and not yet back, never below zero; undefined when no amount is recorded. */
export function stillStopped(d: Pick<Disruption, 'stopped_cents' | 'back_cents'>): Cents | undefined {
  if (d.stopped_cents === null) return undefined
  const rest = d.stopped_cents - (d.back_cents ?? 0n)
  return cents(rest > 0n ? rest : 0n)
}

/**
 * Days from the stop until the money flowed again, or until today. A date known to the month or year gives a range.
 * Days that a date in the future would give are zero.
 */
export function daysOfDelay(
  since: EdtfDate,
  until: EdtfDate | null,
  today: IsoDate,
): { readonly least: number; readonly most: number } {
  const start = spanOf(since)
  const end = until === null ? { first: today, last: today } : spanOf(until)
  return { least: daysBetween(start.last, end.first), most: daysBetween(start.first, end.last) }
}

const DAY = 86_400_000
const daysBetween = (from: IsoDate, to: IsoDate): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY))

export interface Running {
  readonly key: string
  readonly count: number
  readonly stopped: Cents
  readonly back: Cents
  /** Records of the group that name no amount: the sums leave them out. */
  readonly without_amount: number
}

export type GroupBy = 'agency' | 'programme' | 'month'

/** Totals by agency, programme, or month (or year, where no month is known) in which the stop began. */
export function runningTotals(disruptions: readonly Disruption[], by: GroupBy): readonly Running[] {
  const groups = new Map<string, Disruption[]>()
  for (const d of disruptions) {
    const key = by === 'month' ? d.since.slice(0, 7) : d[by]
    groups.set(key, [...(groups.get(key) ?? []), d])
  }
  return [...groups]
    .map(([key, own]) => ({ key, ...totalOf(own) }))
    .sort((a, b) =>
      by === 'month' || a.stopped === b.stopped ? compare(a.key, b.key) : compare(b.stopped, a.stopped),
    )
}

export function totalOf(disruptions: readonly Disruption[]): Omit<Running, 'key'> {
  const sum = (field: 'stopped_cents' | 'back_cents') =>
    cents(disruptions.reduce((total, d) => total + (d[field] ?? 0n), 0n))
  return {
    count: disruptions.length,
    stopped: sum('stopped_cents'),
    back: sum('back_cents'),
    without_amount: disruptions.filter((d) => d.stopped_cents === null).length,
  }
}

const compare = <T extends string | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

export type DisruptionFault = { readonly field: keyof Disruption; readonly wanted: string }

/** What the fields of one record must say together; the schema has judged each alone. */
export function faultsOf(d: Disruption): readonly DisruptionFault[] {
  const faults: DisruptionFault[] = []
  const over = (a: bigint | null, b: bigint | null) => a !== null && b !== null && a > b
  if (d.until !== null && spanOf(d.until).last < spanOf(d.since).first)
    faults.push({ field: 'until', wanted: `a date not before ${d.since}` })
  if (over(d.drawn_cents, d.awarded_cents))
    faults.push({ field: 'drawn_cents', wanted: 'not more than the amount awarded' })
  if (over(d.back_cents, d.stopped_cents))
    faults.push({ field: 'back_cents', wanted: 'not more than the amount stopped' })
  if (d.kind === 'restoration' && d.back_cents === null)
    faults.push({ field: 'back_cents', wanted: 'the amount restored' })
  return faults
}
