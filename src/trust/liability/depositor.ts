import { type Cents, dollars, type IsoDate } from '../../base/index.ts'
import { civilDate, type Quarter, readQuarter } from './days.ts'

export type DepositSchedule = 'monthly' | 'semiweekly'

/** IRS Publication 15 (2025), section 11: "$50,000 or less" in the lookback period makes a monthly depositor. */
const MONTHLY_MOST: Cents = dollars(50_000n)

/** First and last day of the lookback period of a calendar year. */
export const lookbackOf = (year: number): { readonly first: IsoDate; readonly last: IsoDate } => ({
  first: civilDate(year - 2, 7, 1),
  last: civilDate(year - 1, 6, 30),
})

/** The four quarters whose Form 941, line 12, are added up for a year; later corrections on Form 941-X do not count. */
export const lookbackQuarters = (year: number): readonly Quarter[] => [
  `${year - 2}-Q3`,
  `${year - 2}-Q4`,
  `${year - 1}-Q1`,
  `${year - 1}-Q2`,
]

/** @param lookbackTaxes tax of the four quarters as first reported; a quarter before the employer began counts as 0 */
export const scheduleOf = (lookbackTaxes: readonly Cents[]): DepositSchedule =>
  lookbackTaxes.reduce((sum, tax) => sum + tax, 0n) <= MONTHLY_MOST ? 'monthly' : 'semiweekly'

/** Below this in a quarter or the one before, and no next-day duty, tax may be paid with the return. */
const SMALL_QUARTER: Cents = dollars(2_500n)

/** Source: 26 C.F.R. § 31.6302-1(f)(4); IRS Publication 15 (2025), section 11. */
export const mayPayWithReturn = (thisQuarter: Cents, priorQuarter: Cents, hadNextDay: boolean): boolean =>
  !hadNextDay && (thisQuarter < SMALL_QUARTER || priorQuarter < SMALL_QUARTER)

/** The last day for payment of a quarter's tax, on which interest and the late-payment penalty begin to count. */
export function returnDueDate(quarter: Quarter): IsoDate {
  const { year, number } = readQuarter(quarter)
  return number === 4
    ? civilDate(year + 1, 1, 31)
    : civilDate(year, number * 3 + 1, number === 2 ? 31 : number === 1 ? 30 : 31)
}
