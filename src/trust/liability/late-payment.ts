import type { Cents, IsoDate } from '../../base/index.ts'
import { LATE_PAYMENT } from '../data/penalty-rates.ts'
import { addDays, civilDate, earlierOf, monthOf, yearOf } from './days.ts'
import { type Fraction, fraction } from './fraction.ts'

/** A monthly rate as a fraction: 5/1000 for 0.5 percent. */
export const MONTHLY_RATE: Fraction = fraction(BigInt(LATE_PAYMENT.per_mille), 1000n)

/**
 * Penalty for tax that was shown on a return and not paid, at most a quarter of the tax.
 * @param months months or parts of months since the return's due date
 * Source: 26 U.S.C. § 6651(a)(2). A month at 1 percent (§ 6651(d), after a notice of intent to levy) has its own rate.
 */
export function latePayment(unpaid: Cents, months: number, rate: Fraction = MONTHLY_RATE): Fraction {
  const share = BigInt(months) * rate.numerator
  const most = BigInt(LATE_PAYMENT.most_percent)
  return share * 100n > most * rate.denominator
    ? fraction(unpaid * most, 100n)
    : fraction(unpaid * share, rate.denominator)
}

/**
 * Months and parts of months after the due date, up to and with the day of payment. A month runs from the due date to
 * the same day of the next; from the last day of a month, each calendar month is one.
 * Source: 26 C.F.R. § 301.6651-1(b).
 */
export function monthsLate(dueDate: IsoDate, paidDate: IsoDate): number {
  if (paidDate <= dueDate) return 0
  const whole = (yearOf(paidDate) - yearOf(dueDate)) * 12 + monthOf(paidDate) - monthOf(dueDate)
  return paidDate > sameDay(dueDate, whole) ? whole + 1 : whole
}

/** The day on which the `n`th month after the due date ends. */
function sameDay(dueDate: IsoDate, n: number): IsoDate {
  const [year, month] = [yearOf(dueDate), monthOf(dueDate) + n]
  const last = addDays(civilDate(year, month + 1, 1), -1)
  const isLastDay = monthOf(addDays(dueDate, 1)) !== monthOf(dueDate)
  if (isLastDay) return last
  const same = civilDate(year, month, Number(dueDate.slice(8)))
  return earlierOf(same, last)
}
