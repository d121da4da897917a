import { type Cents, cents, dollars, type IsoDate } from '../../base/index.ts'
import { addDays, civilDate, dayNumber, monthOf, type Quarter, quarterOf, weekdayOf, yearOf } from './days.ts'
import type { DepositSchedule } from './depositor.ts'
import { businessDayAfter, businessDayFrom } from './holidays.ts'

/** Tax that arose on a pay date: income tax withheld and both shares of FICA, for one employer. */
export interface Liability {
  readonly pay_date: IsoDate
  readonly amount: Cents
}

/** What must be deposited together, and by when. */
export interface DepositDue {
  readonly amount: Cents
  readonly due_date: IsoDate
  readonly rule: 'next_day' | 'semiweekly' | 'monthly'
  readonly quarter: Quarter
  readonly pay_dates: readonly IsoDate[]
  /** Last day of the deposit period that the deposit is for. */
  readonly period_end: IsoDate
}

export interface DepositCalendar {
  readonly deposits: readonly DepositDue[]
  /** Where the next-day rule made a monthly depositor semiweekly: from this day through the end of the next year. */
  readonly semiweekly: readonly { readonly from: IsoDate; readonly through: IsoDate }[]
}

/** 26 U.S.C. § 6302(g); 26 C.F.R. § 31.6302-1(c)(3): accumulated on any day within one deposit period. */
const NEXT_DAY: Cents = dollars(100_000n)

/**
 * When each liability must be deposited.
 * @param liabilities any order; those of one day count together
 * @param schedules   the schedule of each calendar year by its lookback period; a year that is not named is monthly
 *                    (a new employer's lookback is zero)
 * Source: 26 C.F.R. § 31.6302-1; IRS Publication 15 (2025), section 11.
 */
export function depositsOf(
  liabilities: readonly Liability[],
  schedules: Readonly<Record<number, DepositSchedule>>,
): DepositCalendar {
  const deposits: DepositDue[] = []
  const semiweekly: { from: IsoDate; through: IsoDate }[] = []
  let open: Open | undefined
  const close = () => {
    if (open) deposits.push(dueInTime(open))
    open = undefined
  }
  for (const { pay_date, amount } of byDay(liabilities)) {
    const forced = semiweekly.some((span) => span.from <= pay_date && pay_date <= span.through)
    const period = periodOf(pay_date, forced ? 'semiweekly' : (schedules[yearOf(pay_date)] ?? 'monthly'))
    if (open?.key !== period.key) close()
    open = {
      ...period,
      amount: cents((open?.amount ?? 0n) + amount),
      pay_dates: [...(open?.pay_dates ?? []), pay_date],
    }
    if (open.amount < NEXT_DAY) continue
    deposits.push(dueNextDay(open, pay_date))
    if (open.rule === 'monthly')
      semiweekly.push({ from: addDays(pay_date, 1), through: civilDate(yearOf(pay_date) + 1, 12, 31) })
    // After the duty arises, the period accumulates from zero again.
    open = undefined
  }
  close()
  return { deposits, semiweekly }
}

interface Period {
  readonly key: string
  readonly rule: DepositSchedule
  readonly period_end: IsoDate
  readonly quarter: Quarter
}

interface Open extends Period {
  readonly amount: Cents
  readonly pay_dates: readonly IsoDate[]
}

function byDay(liabilities: readonly Liability[]): readonly Liability[] {
  const days = new Map<IsoDate, bigint>()
  for (const { pay_date, amount } of liabilities) days.set(pay_date, (days.get(pay_date) ?? 0n) + amount)
  const sorted = [...days].sort(([a], [b]) => dayNumber(a) - dayNumber(b))
  return sorted.map(([pay_date, amount]) => ({ pay_date, amount: cents(amount) }))
}

/** A deposit period never runs over the end of a quarter: what lies on both sides needs two deposits. */
function periodOf(payDate: IsoDate, rule: DepositSchedule): Period {
  const quarter = quarterOf(payDate)
  const period_end = rule === 'monthly' ? lastOfMonth(payDate) : semiweeklyEnd(payDate)
  return { key: `${rule} ${period_end} ${quarter}`, rule, period_end, quarter }
}

const lastOfMonth = (date: IsoDate): IsoDate => addDays(civilDate(yearOf(date), monthOf(date) + 1, 1), -1)

/** Wednesday to Friday, or Saturday to Tuesday. */
const semiweeklyEnd = (date: IsoDate): IsoDate => {
  const weekday = weekdayOf(date)
  const [FRIDAY, TUESDAY] = [5, 2]
  const isLate = weekday >= 3 && weekday <= 5
  return addDays(date, ((isLate ? FRIDAY : TUESDAY) - weekday + 7) % 7)
}

/**
 * Monthly: the 15th of the next month. Semiweekly: the Wednesday or Friday after the period, with one more business
 * day for each holiday among the three weekdays that follow it, which is the third business day after the period.
 */
function dueInTime({ amount, rule, quarter, pay_dates, period_end }: Open): DepositDue {
  const due_date =
    rule === 'monthly'
      ? businessDayFrom(civilDate(yearOf(period_end), monthOf(period_end) + 1, 15))
      : businessDayAfter(period_end, 3)
  return { amount, due_date, rule, quarter, pay_dates, period_end }
}

const dueNextDay = ({ amount, quarter, pay_dates }: Open, on: IsoDate): DepositDue => ({
  amount,
  due_date: businessDayAfter(on, 1),
  rule: 'next_day',
  quarter,
  pay_dates,
  period_end: on,
})
