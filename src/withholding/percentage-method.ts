import { assert, type Cents, cents, err, ok, type Result } from '../base/index.ts'
import { NONRESIDENT_ADDBACK, PAY_PERIODS } from './data/years.ts'
import { exact, roundHalfUp, showExact } from './exact.ts'
import type {
  Bracket,
  Exact,
  Law,
  Paycheck,
  Rounding,
  Step,
  W4,
  Withholding,
  WithholdingError,
} from './schema.ts'

/** Cents in the unit that the period's tax is rounded to. */
export const ROUNDING_CENTS: Readonly<Record<Rounding, number>> = { cent: 1, dime: 10, dollar: 100 }

/**
 * Federal income tax to withhold from one payment of regular wages.
 * Every line is exact; the only rounding is of the last line, halves up, to `paycheck.rounding`.
 * Source: IRS Publication 15-T, Worksheet 1A, Percentage Method Tables for Automated Payroll Systems.
 */
export function withhold(paycheck: Paycheck, law: Law): Result<Withholding, WithholdingError> {
  const fault = findFault(paycheck)
  if (fault) return err(fault)
  const addback = addbackOf(paycheck, law)
  if (!addback.ok) return addback
  const steps: Step[] = []
  const note = (line: string, label: string, value: Exact, scale: 0 | 2 = 2): void => {
    steps.push({ line, label, value, shown: showExact(value, scale) })
  }
  const periods = BigInt(PAY_PERIODS[paycheck.pay_frequency])
  const annual = annualWage(paycheck, addback.value, periods, law, note)
  const tentative = tentativeTax(annual, bracketAt(tableOf(paycheck.w4, law), annual), note)
  const tax = periodTax(paycheck, tentative, periods, note)
  return ok({ tax, steps })
}

type Note = (line: string, label: string, value: Exact, scale?: 0 | 2) => void

function findFault({ wages, w4 }: Paycheck): WithholdingError | undefined {
  const amounts: readonly (readonly [string, Cents])[] =
    w4.form === '2019_or_earlier'
      ? [
          ['wages', wages],
          ['line6_extra', w4.line6_extra],
        ]
      : [
          ['wages', wages],
          ['step3', w4.step3],
          ['step4a', w4.step4a],
          ['step4b', w4.step4b],
          ['step4c', w4.step4c],
        ]
  for (const [field, found] of amounts) if (found < 0n) return { code: 'amount_negative', field, found }
  if (w4.form === '2019_or_earlier' && !(Number.isSafeInteger(w4.allowances) && w4.allowances >= 0))
    return { code: 'allowances_invalid', found: w4.allowances }
  return undefined
}

const ADDBACK_YEARS: readonly number[] = [...new Set(NONRESIDENT_ADDBACK.map((row) => row.year))]

/** Added to a nonresident alien's wages to figure the tax; zero for anyone else. Source: Publication 15-T, "Withholding from nonresident alien employees". */
function addbackOf(paycheck: Paycheck, law: Law): Result<Cents, WithholdingError> {
  if (!paycheck.nonresident_alien) return ok(cents(0n))
  const amount = law.nonresident_addback?.[paycheck.w4.form][paycheck.pay_frequency]
  return amount === undefined
    ? err({ code: 'nonresident_addback_not_carried', year: law.year, years: ADDBACK_YEARS })
    : ok(amount)
}

/** Step 1: lines 1a to 1i, or 1a to 1c and 1j to 1l for an old form. @returns cents a year, never negative */
function annualWage(paycheck: Paycheck, addback: Cents, periods: bigint, law: Law, note: Note): bigint {
  const { w4 } = paycheck
  const wages = paycheck.wages + addback
  if (paycheck.nonresident_alien) {
    note('nra-1', 'Wages this payroll period', exact(paycheck.wages))
    note('nra-2', 'Amount added for a nonresident alien, for this computation only', exact(addback))
  }
  note('1a', 'Total taxable wages this payroll period', exact(wages))
  note('1b', 'Pay periods in the year', exact(periods), 0)
  note('1c', 'Line 1a times line 1b', exact(wages * periods))
  if (w4.form === '2019_or_earlier') {
    const allowed = BigInt(w4.allowances) * law.allowance
    note('1j', 'Allowances on Form W-4', exact(BigInt(w4.allowances)), 0)
    note('1k', 'Line 1j times the value of one allowance', exact(allowed))
    return adjusted(
      '1l',
      'Adjusted annual wage: line 1c less line 1k, not below zero',
      wages * periods - allowed,
      note,
    )
  }
  const income = wages * periods + w4.step4a
  const line1g = w4.step2_checkbox ? 0n : law.line_1g[w4.filing_status]
  note('1d', 'Step 4(a) of Form W-4: other income', exact(w4.step4a))
  note('1e', 'Line 1c plus line 1d', exact(income))
  note('1f', 'Step 4(b) of Form W-4: deductions', exact(w4.step4b))
  note('1g', 'Zero with the Step 2 box, else the amount for the filing status', exact(line1g))
  note('1h', 'Line 1f plus line 1g', exact(w4.step4b + line1g))
  return adjusted(
    '1i',
    'Adjusted annual wage: line 1e less line 1h, not below zero',
    income - w4.step4b - line1g,
    note,
  )
}

function adjusted(line: string, label: string, difference: bigint, note: Note): bigint {
  const annual = difference < 0n ? 0n : difference
  note(line, label, exact(annual))
  return annual
}

/** Old forms have no head of household and no Step 2 box: the standard table of single or married. */
function tableOf(w4: W4, law: Law): readonly Bracket[] {
  if (w4.form === '2019_or_earlier')
    return law.brackets.standard[w4.marital_status === 'married' ? 'married_filing_jointly' : 'single_or_mfs']
  return law.brackets[w4.step2_checkbox ? 'step2_checkbox' : 'standard'][w4.filing_status]
}

/** Column A is "at least": an amount on a threshold belongs to the bracket that starts there. */
function bracketAt(table: readonly Bracket[], annual: bigint): Bracket {
  const bracket = table.findLast((b) => b.at_least <= annual)
  assert(bracket, 'a table starts at zero')
  return bracket
}

/** Step 2: lines 2a to 2g. @returns hundredths of a cent a year */
function tentativeTax(annual: bigint, bracket: Bracket, note: Note): bigint {
  const excess = annual - bracket.at_least
  const tax = bracket.base_tax * 100n + bracket.percent * excess
  note('2a', 'Adjusted annual wage', exact(annual))
  note('2b', 'Column A of the row: at least', exact(bracket.at_least))
  note('2c', 'Column C: base amount', exact(bracket.base_tax))
  note('2d', 'Column D: percent', exact(bracket.percent), 0)
  note('2e', 'Line 2a less line 2b', exact(excess))
  note('2f', 'Line 2e times line 2d', exact(bracket.percent * excess, 100n))
  note('2g', 'Line 2c plus line 2f', exact(tax, 100n))
  return tax
}

/** Lines 2h to 4b: a period's share, less credits but not below zero, then the extra amount in full. */
function periodTax(paycheck: Paycheck, tentative: bigint, periods: bigint, note: Note): Cents {
  const { w4 } = paycheck
  const old = w4.form === '2019_or_earlier'
  const credits = old ? 0n : w4.step3
  const extra = old ? w4.line6_extra : w4.step4c
  const after = tentative - 100n * credits
  const period = exact(after < 0n ? 0n : after, 100n * periods)
  note('2h', 'Line 2g divided by line 1b: tentative withholding', exact(tentative, 100n * periods))
  if (!old) {
    note('3a', 'Step 3 of Form W-4: credits', exact(credits))
    note('3b', 'Line 3a divided by line 1b', exact(credits, periods))
  }
  note('3c', 'Line 2h less line 3b, not below zero', period)
  note('4a', old ? 'Line 6 of Form W-4: extra amount' : 'Step 4(c) of Form W-4: extra amount', exact(extra))
  const total = exact(period.numerator + extra * period.denominator, period.denominator)
  note('4b', 'Line 3c plus line 4a', total)
  const tax = roundTo(total, paycheck.rounding)
  note('tax', `Line 4b to the nearest ${paycheck.rounding}, halves up`, exact(tax))
  return tax
}

function roundTo({ numerator, denominator }: Exact, rounding: Rounding): Cents {
  const unit = BigInt(ROUNDING_CENTS[rounding])
  return cents(roundHalfUp(exact(numerator, denominator * unit)) * unit)
}
