import type { IsoDate } from '../../base/index.ts'
import { addDays, civilDate, weekdayOf, yearOf } from './days.ts'

export interface Holiday {
  /** The day on which it is kept. */
  readonly date: IsoDate
  readonly name: string
}

const [MONDAY, THURSDAY, SATURDAY] = [1, 4, 6]

/**
 * Legal holidays of the District of Columbia that fall in a year, in order: the only ones that move a federal tax day.
 * One on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
 * Source: 26 U.S.C. § 7503; D.C. Code § 28-2701; IRS Publication 15, section 11. The list is the law's of 2007 and
 * later, Juneteenth from 2021.
 */
export function holidaysOf(year: number): readonly Holiday[] {
  const kept = [...holidaysBegun(year), ...holidaysBegun(year + 1)]
  const inYear = kept.filter((holiday) => yearOf(holiday.date) === year)
  return inYear.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}

/** The holidays that are named for this year; the first of January may be kept in the year before. */
function holidaysBegun(year: number): Holiday[] {
  const fixed = (month: number, day: number, name: string): Holiday => ({
    date: observed(civilDate(year, month, day)),
    name,
  })
  return [
    fixed(1, 1, 'New Year’s Day'),
    // Every fourth year from 1965; on a Sunday it is kept on the Monday.
    ...(year % 4 === 1 ? [fixed(1, 20, 'Inauguration Day')] : []),
    { date: nth(year, 1, MONDAY, 3), name: 'Birthday of Martin Luther King, Jr.' },
    { date: nth(year, 2, MONDAY, 3), name: 'Washington’s Birthday' },
    fixed(4, 16, 'District of Columbia Emancipation Day'),
    { date: lastMondayOfMay(year), name: 'Memorial Day' },
    ...(year >= 2021 ? [fixed(6, 19, 'Juneteenth')] : []),
    fixed(7, 4, 'Independence Day'),
    { date: nth(year, 9, MONDAY, 1), name: 'Labor Day' },
    { date: nth(year, 10, MONDAY, 2), name: 'Columbus Day, Indigenous Peoples’ Day' },
    fixed(11, 11, 'Veterans Day'),
    { date: nth(year, 11, THURSDAY, 4), name: 'Thanksgiving Day' },
    fixed(12, 25, 'Christmas Day'),
  ]
}

const observed = (date: IsoDate): IsoDate => {
  const weekday = weekdayOf(date)
  return weekday === SATURDAY ? addDays(date, -1) : weekday === 0 ? addDays(date, 1) : date
}

function nth(year: number, month: number, weekday: number, n: number): IsoDate {
  const first = civilDate(year, month, 1)
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1))
}

const lastMondayOfMay = (year: number): IsoDate => {
  const last = civilDate(year, 5, 31)
  return addDays(last, -((weekdayOf(last) + 6) % 7))
}

const known = new Map<number, ReadonlySet<string>>()

function holidayDates(year: number): ReadonlySet<string> {
  const found = known.get(year) ?? new Set(holidaysOf(year).map((holiday) => holiday.date))
  known.set(year, found)
  return found
}

/** Not a Saturday, a Sunday or a legal holiday of the District; holidays of a state do not count. */
export const isBusinessDay = (date: IsoDate): boolean =>
  weekdayOf(date) % 6 !== 0 && !holidayDates(yearOf(date)).has(date)

/** This day if it is a business day, else the next that is. */
export const businessDayFrom = (date: IsoDate): IsoDate =>
  isBusinessDay(date) ? date : businessDayFrom(addDays(date, 1))

/** The `n`th business day after this day. */
export function businessDayAfter(date: IsoDate, n: number): IsoDate {
  let day = date
  for (let passed = 0; passed < n; passed++) day = businessDayFrom(addDays(day, 1))
  return day
}
