/** A calendar month as a whole number: months since year 0. */
export type Month = number

export const monthOf = (text: string): Month => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1
export const monthText = (month: Month): string =>
  `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`

/** A usual regular session; special sessions are left out. Months from 1 to 12. */
export interface Session {
  readonly usps: string
  readonly years: 'annual' | 'odd' | 'even'
  readonly first_month: number
  readonly last_month: number
}

const meets = ({ years }: Session, year: number): boolean =>
  years === 'annual' || (years === 'odd') === (year % 2 === 1)

/**
 * Whether a work of some months that starts in the month lies inside of one session. A session shorter than the work
 * holds a work that fills it. A place without a row is taken to sit all year.
 */
export function fitsSession(sessions: readonly Session[], start: Month, months: number): boolean {
  if (sessions.length === 0) return true
  const [year, at] = [Math.floor(start / 12), (start % 12) + 1]
  return sessions.some((session) => {
    const length = session.last_month - session.first_month + 1
    const needed = Math.min(months, length)
    return meets(session, year) && at >= session.first_month && at + needed - 1 <= session.last_month
  })
}

/** How many months a work takes inside of the place's shortest session. */
export const monthsInSession = (sessions: readonly Session[], months: number): number =>
  Math.min(months, ...sessions.map((s) => s.last_month - s.first_month + 1))
