import { type Cents, cents, dollars, type IsoDate } from '../../base/index.ts'
import { addDays, civilDate, earlierOf, monthOf, type Quarter, weekdayOf, yearOf } from './days.ts'
import { type DepositSchedule, returnDueDate } from './depositor.ts'
import { businessDayFrom } from './holidays.ts'

/**
 * Whether a deposit that was a little short escapes the penalty if the rest is made up in time: short by no more than
 * the greater of 100 dollars or 2 percent. Source: 26 C.F.R. § 31.6302-1(f); IRS Publication 15 (2025), section 11.
 */
export const isWithinShortfall = (due: Cents, deposited: Cents): boolean => {
  const short = due - deposited
  const allowed = due * 2n > dollars(100n) * 100n ? due * 2n : dollars(100n) * 100n
  return short <= 0n || short * 100n <= allowed
}

/**
 * The day by which such a shortfall is made up. Monthly: with the return. Semiweekly: the first Wednesday or Friday on
 * or after the 15th of the month after that of the deposit, or the return's due date if that comes first.
 */
export function makeUpDate(dueDate: IsoDate, schedule: DepositSchedule, quarter: Quarter): IsoDate {
  const withReturn = businessDayFrom(returnDueDate(quarter))
  if (schedule === 'monthly') return withReturn
  let day = civilDate(yearOf(dueDate), monthOf(dueDate) + 1, 15)
  while (weekdayOf(day) !== 3 && weekdayOf(day) !== 5) day = addDays(day, 1)
  return earlierOf(businessDayFrom(day), withReturn)
}

export interface Owed {
  readonly id: string
  readonly amount: Cents
  /** Last day of the deposit period of which it is. */
  readonly period_end: IsoDate
}

export interface Deposited {
  readonly date: IsoDate
  readonly amount: Cents
}

export interface Applied {
  readonly id: string
  readonly date: IsoDate
  readonly amount: Cents
}

/**
 * Which liability each deposit of a quarter pays: the one whose period ended last before the deposit, then the ones
 * before it, and what is left over goes to the next to come. A taxpayer may name another order within 90 days of the
 * penalty notice; that is not done here. Source: 26 U.S.C. § 6656(e)(1); Rev. Proc. 2001-58.
 */
export function applyDeposits(owed: readonly Owed[], deposits: readonly Deposited[]): readonly Applied[] {
  const open = owed.map((one) => ({ ...one, rest: one.amount as bigint }))
  const newestFirst = [...open].sort((a, b) => (a.period_end < b.period_end ? 1 : -1))
  const inOrder = [...deposits].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  return inOrder.flatMap(({ date, amount }) => {
    const ended = newestFirst.filter((one) => one.period_end <= date)
    const toCome = newestFirst.filter((one) => one.period_end > date).reverse()
    let left: bigint = amount
    return [...ended, ...toCome].flatMap((one) => {
      const part = left < one.rest ? left : one.rest
      if (part <= 0n) return []
      one.rest -= part
      left -= part
      return [{ id: one.id, date, amount: cents(part) }]
    })
  })
}
