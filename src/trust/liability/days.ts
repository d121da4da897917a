import type { IsoDate } from '../../base/index.ts'

const DAY_MS = 86_400_000

/** Days since 1970-01-01 of a civil date; no clock and no time zone is asked. */
export const dayNumber = (date: IsoDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS

export const dateOfDay = (day: number): IsoDate =>
  new Date(day * DAY_MS).toISOString().slice(0, 10) as IsoDate

export const addDays = (date: IsoDate, days: number): IsoDate => dateOfDay(dayNumber(date) + days)

/** How many days `later` is after `earlier`; negative where it is before. */
export const daysBetween = (earlier: IsoDate, later: IsoDate): number => dayNumber(later) - dayNumber(earlier)

/** 0 Sunday to 6 Saturday. 1970-01-01 was a Thursday. */
export const weekdayOf = (date: IsoDate): number => (((dayNumber(date) + 4) % 7) + 7) % 7

export const yearOf = (date: IsoDate): number => Number(date.slice(0, 4))
export const monthOf = (date: IsoDate): number => Number(date.slice(5, 7))

/** @param month 1 to 12, or beyond: 13 is January of the next year */
export function civilDate(year: number, month: number, day: number): IsoDate {
  const [y, m] = [year + Math.floor((month - 1) / 12), ((month - 1) % 12) + 1]
  return `${y}-${String(m).padStart(2, '0')}-${String(day).padStart(2, '0')}` as IsoDate
}

/** A calendar quarter, `2026-Q3`: the period of a Form 941. */
export type Quarter = `${number}-Q${1 | 2 | 3 | 4}`

export const quarterOf = (date: IsoDate): Quarter =>
  `${yearOf(date)}-Q${Math.ceil(monthOf(date) / 3) as 1 | 2 | 3 | 4}`

export function readQuarter(quarter: Quarter): { readonly year: number; readonly number: number } {
  const [year = '', number = ''] = quarter.split('-Q')
  return { year: Number(year), number: Number(number) }
}

export function earlierOf(a: IsoDate, b: IsoDate): IsoDate {
  if (a < b) return a
  return b
}
