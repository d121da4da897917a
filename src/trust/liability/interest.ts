import { type Cents, err, type IsoDate, isLeapYear, ok, type Result } from '../../base/index.ts'
import { INTEREST_RATES } from '../data/interest-rates.ts'
import { COMPOUND_FROM } from '../data/penalty-rates.ts'
import {
  addDays,
  civilDate,
  daysBetween,
  monthOf,
  type Quarter,
  quarterOf,
  readQuarter,
  yearOf,
} from './days.ts'
import { type Fraction, fraction, plus, times } from './fraction.ts'

export interface RateMissing {
  readonly code: 'rate_missing'
  readonly quarter: Quarter
}

/** The rate of 26 U.S.C. § 6621(a)(2) for a quarter, a fraction of one a year; a quarter without one is refused by name. */
export function underpaymentRate(quarter: Quarter): Result<Fraction, RateMissing> {
  const { year, number } = readQuarter(quarter)
  const percent = INTEREST_RATES.find((row) => row.year === year)?.percents[number - 1]
  return percent === undefined ? err({ code: 'rate_missing', quarter }) : ok(fraction(BigInt(percent), 100n))
}

/** Days that share one rate and one length of the year. */
interface Run {
  readonly days: number
  readonly rate: Fraction
  readonly yearDays: bigint
  readonly compounds: boolean
}

/**
 * Interest on a principal for the days after `from` through `to`, each at its own rate over 365, or 366 in a leap
 * year, compounded daily; simple for days before 1983. Exact: the caller rounds once.
 * @param fixedRate a year, in place of the quarters' rates
 * Source: 26 U.S.C. §§ 6601, 6621, 6622; 26 C.F.R. § 301.6622-1.
 */
export function interest(
  principal: Cents,
  from: IsoDate,
  to: IsoDate,
  fixedRate?: Fraction,
): Result<Fraction, RateMissing> {
  let growth = fraction(1n)
  let simple = fraction(0n)
  for (const run of runs(from, to, fixedRate)) {
    if (!run.ok) return run
    const { days, rate, yearDays, compounds } = run.value
    const yearly = rate.denominator * yearDays
    if (compounds) growth = times(growth, power(fraction(yearly + rate.numerator, yearly), BigInt(days)))
    else simple = plus(simple, fraction(rate.numerator * BigInt(days), yearly))
  }
  // What had accrued without compounding bears interest itself from 1983 on (26 C.F.R. § 301.6622-1(c)(2)).
  const grown = times(growth, plus(fraction(1n), simple))
  return ok(fraction(principal * (grown.numerator - grown.denominator), grown.denominator))
}

const power = ({ numerator, denominator }: Fraction, n: bigint): Fraction =>
  fraction(numerator ** n, denominator ** n)

function* runs(from: IsoDate, to: IsoDate, fixedRate?: Fraction): Generator<Result<Run, RateMissing>> {
  for (let before = from; before < to; ) {
    const first = addDays(before, 1)
    const last = fixedRate ? civilDate(yearOf(first), 12, 31) : lastOfQuarter(first)
    const end = last < to ? last : to
    const rate = fixedRate ? ok(fixedRate) : underpaymentRate(quarterOf(first))
    if (!rate.ok) {
      yield rate
      return
    }
    const yearDays = isLeapYear(yearOf(first)) ? 366n : 365n
    yield ok({
      days: daysBetween(before, end),
      rate: rate.value,
      yearDays,
      compounds: first >= COMPOUND_FROM,
    })
    before = end
  }
}

const lastOfQuarter = (date: IsoDate): IsoDate =>
  addDays(civilDate(yearOf(date), Math.ceil(monthOf(date) / 3) * 3 + 1, 1), -1)
