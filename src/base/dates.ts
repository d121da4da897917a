import { z } from 'zod'

/** A civil date, YYYY-MM-DD, with no clock and no time zone. */
export const IsoDate = z.iso.date().brand<'IsoDate'>()
export type IsoDate = z.infer<typeof IsoDate>

/** A UTC instant, as written by the shell's clock: 2026-11-22T10:00:00.000Z. */
export type Instant = string & { readonly __instant: unique symbol }

/**
 * A date as precise as its source: a year, a month or a day (EDTF level 0: `2018`, `2026-01`, `2026-01-09`).
 * It is never padded to a day; compare it as the span it is.
 */
export const EdtfDate = z
  .string()
  .refine(isEdtf, 'wanted: a date as YYYY, YYYY-MM or YYYY-MM-DD that is in the calendar')
  .brand<'EdtfDate'>()
export type EdtfDate = z.infer<typeof EdtfDate>

/** First and last day of the span that an EDTF date stands for, both included. */
export interface DateSpan {
  readonly first: IsoDate
  readonly last: IsoDate
}

export function spanOf(date: EdtfDate): DateSpan {
  if (date.length === 4) return { first: `${date}-01-01` as IsoDate, last: `${date}-12-31` as IsoDate }
  if (date.length === 7) {
    const [year, month] = date.split('-').map(Number) as [number, number]
    return { first: `${date}-01` as IsoDate, last: `${date}-${daysInMonth(year, month)}` as IsoDate }
  }
  return { first: date as string as IsoDate, last: date as string as IsoDate }
}

export function isEdtf(text: string): boolean {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? '1'), Number(match[3] ?? '1')]
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** @param month 1 to 12 */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
