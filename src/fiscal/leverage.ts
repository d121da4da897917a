import { type Cents, cents, type DivisionId, divideHalfUp, NATION } from '../base/index.ts'
import type { FilingStatus } from '../withholding/index.ts'
import type { Figures } from './figures.ts'
import type { Figure } from './schema.ts'
import { centsOf, countOf } from './units.ts'

/**
 * Income tax withheld in a year from the pay of some employees who all file alike.
 * `scenario.md` § Inputs: pay is log-normal round the mean, each point priced with the withholding engine.
 */
export type AnnualWithholding = (payroll: {
  readonly employees: bigint
  readonly mean_pay: Cents
  readonly tax_year: number
  readonly filing_status: FilingStatus
}) => Cents

/** Public employees of one place and their yearly pay, brought to one year. */
export interface PublicPayroll {
  readonly employees: bigint
  readonly payroll: Cents
  readonly mean_pay: Cents
  readonly year: number
  /** How it was brought to the year: by the place's own state government, or by the nation's for want of one. */
  readonly grown_by: 'own-state-government' | 'all-state-governments'
  readonly inputs: readonly Figure[]
}

/** What a place itself remits and could touch, as a range by filing status: all joint to all single. */
export interface Leverage extends PublicPayroll {
  readonly tax_year: number
  readonly low: Cents
  readonly high: Cents
}

/** The newest March for which states and localities are both counted, and the newest for states alone. */
const BASE_YEAR = 2016
const PAY_YEAR = 2023

/**
 * State and local full-time-equivalent employees and pay of March 2016, times the growth of the state government's
 * own until March 2023. DC, which counts as local, grows as all state governments together.
 */
export function publicPayroll(figures: Figures, place: DivisionId): PublicPayroll | undefined {
  const census = (at: DivisionId, category: string, year: number) =>
    figures.figure(at, 'census_employment', category, year)
  const fte = census(place, 'sl_gov_fte', BASE_YEAR)
  const pay = census(place, 'sl_gov_payroll_annualised', BASE_YEAR)
  if (!fte || !pay) return undefined
  const own = growthInputs(figures, place)
  const growth = own ?? nationalGrowth(figures)
  if (!growth) return undefined
  const employees = divideHalfUp(countOf(fte) * growth.fte_after, growth.fte_before)
  const payroll = cents(divideHalfUp(centsOf(pay) * growth.pay_after, growth.pay_before))
  return {
    employees,
    payroll,
    mean_pay: cents(divideHalfUp(payroll, employees)),
    year: PAY_YEAR,
    grown_by: own ? 'own-state-government' : 'all-state-governments',
    inputs: [fte, pay, ...growth.inputs],
  }
}

interface Growth {
  readonly fte_before: bigint
  readonly fte_after: bigint
  readonly pay_before: bigint
  readonly pay_after: bigint
  readonly inputs: readonly Figure[]
}

function growthInputs(figures: Figures, place: DivisionId): Growth | undefined {
  const one = (category: string, year: number) =>
    figures.figure(place, 'census_employment', `state_gov_${category}`, year)
  const [a, b] = [one('fte', BASE_YEAR), one('fte', PAY_YEAR)]
  const [c, d] = [one('payroll_annualised', BASE_YEAR), one('payroll_annualised', PAY_YEAR)]
  if (!a || !b || !c || !d) return undefined
  return {
    fte_before: countOf(a),
    fte_after: countOf(b),
    pay_before: centsOf(c),
    pay_after: centsOf(d),
    inputs: [a, b, c, d],
  }
}

/** The sum of the 50 state governments in both years. */
function nationalGrowth(figures: Figures): Growth | undefined {
  const sum = (category: string, year: number) => {
    const rows = figures
      .all('census_employment', `state_gov_${category}`)
      .filter((f) => f.year === year && f.jurisdiction !== NATION)
    return rows.reduce((total, f) => total + (f.unit === 'usd' ? centsOf(f) : countOf(f)), 0n)
  }
  const growth = {
    fte_before: sum('fte', BASE_YEAR),
    fte_after: sum('fte', PAY_YEAR),
    pay_before: sum('payroll_annualised', BASE_YEAR),
    pay_after: sum('payroll_annualised', PAY_YEAR),
  }
  const total = figures.figure(NATION, 'census_employment', 'state_gov_fte', PAY_YEAR)
  return growth.fte_before > 0n ? { ...growth, inputs: total ? [total] : [] } : undefined
}

/** @param price the withholding engine at its mean */
export function leverageOf(
  figures: Figures,
  place: DivisionId,
  price: AnnualWithholding,
): Leverage | undefined {
  const payroll = publicPayroll(figures, place)
  if (!payroll) return undefined
  const { employees, mean_pay } = payroll
  const withheld = (filing_status: FilingStatus) =>
    price({ employees, mean_pay, tax_year: PAY_YEAR, filing_status })
  return {
    ...payroll,
    tax_year: PAY_YEAR,
    low: withheld('married_filing_jointly'),
    high: withheld('single_or_mfs'),
  }
}

/** The state government's own part of the payroll, for a sponsor's figure that counts no localities. */
export function stateOnlyLeverage(
  figures: Figures,
  place: DivisionId,
  price: AnnualWithholding,
): Pick<Leverage, 'employees' | 'mean_pay' | 'low' | 'high' | 'inputs'> | undefined {
  const fte = figures.figure(place, 'census_employment', 'state_gov_fte', PAY_YEAR)
  const pay = figures.figure(place, 'census_employment', 'state_gov_payroll_annualised', PAY_YEAR)
  if (!fte || !pay) return undefined
  const employees = countOf(fte)
  const mean_pay = cents(divideHalfUp(centsOf(pay), employees))
  const withheld = (filing_status: FilingStatus) =>
    price({ employees, mean_pay, tax_year: PAY_YEAR, filing_status })
  return {
    employees,
    mean_pay,
    inputs: [fte, pay],
    low: withheld('married_filing_jointly'),
    high: withheld('single_or_mfs'),
  }
}
