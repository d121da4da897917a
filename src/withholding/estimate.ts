import { assert, type Cents, cents, err, ok, type Result } from '../base/index.ts'
import { GAUSS_HERMITE_32 } from './data/gauss-hermite.ts'
import { lawOf } from './law.ts'
import { withhold } from './percentage-method.ts'
import { FILING_STATUSES, type FilingStatus, type Law, type WithholdingError } from './schema.ts'

/** What a bound of the estimate takes for granted. */
export interface EstimateAssumption {
  /** Standard deviation of pay over its mean. */
  readonly coefficientOfVariation: number
  /** Share of pay that is left as wages after contributions before tax (pension, health premiums). */
  readonly taxableShare: number
  /** Step 3 of Form W-4, cents a year, by filing status. */
  readonly step3: Readonly<Record<FilingStatus, Cents>>
}

const noStep3 = { single_or_mfs: cents(0n), married_filing_jointly: cents(0n), head_of_household: cents(0n) }
const oneChild = {
  single_or_mfs: cents(0n),
  married_filing_jointly: cents(2_000_00n),
  head_of_household: cents(2_000_00n),
}

/**
 * `central`: pay log-normal with coefficient of variation 0.5, all of it wages, no entries in steps 2 to 4.
 * `low` and `high` are assumptions, not bounds in law: narrower pay, a tenth of it contributed before tax and one
 * child of 2,000 dollars on each joint and head-of-household form; and wider pay.
 */
export const ESTIMATE_ASSUMPTIONS: Readonly<Record<'low' | 'central' | 'high', EstimateAssumption>> = {
  low: { coefficientOfVariation: 0.3, taxableShare: 0.9, step3: oneChild },
  central: { coefficientOfVariation: 0.5, taxableShare: 1, step3: noStep3 },
  high: { coefficientOfVariation: 0.7, taxableShare: 1, step3: noStep3 },
}

export interface EmployeeGroup {
  /** Year whose tables are used. */
  readonly year: number
  /** Full-time-equivalent employees. */
  readonly employees: number
  /** Payroll of a year over full-time-equivalent employees. */
  readonly meanAnnualWageCents: Cents
  /** Shares or counts of tax returns by filing status; only their proportions matter. */
  readonly filingStatusMix: Readonly<Record<FilingStatus, number>>
  /** Replaces parts of the central assumption. */
  readonly central?: Partial<EstimateAssumption>
  readonly low?: Partial<EstimateAssumption>
  readonly high?: Partial<EstimateAssumption>
}

/** One line of how the estimate was made. */
export interface EstimateStep {
  readonly bound: 'low' | 'central' | 'high' | 'all'
  readonly label: string
  readonly value: string
  readonly unit: 'year' | 'employees' | 'USD' | 'USD a year' | 'share' | 'ratio' | 'points'
  readonly basis: 'given' | 'assumption' | 'computed'
}

export interface WithholdingEstimate {
  /** Cents a year, rounded to the cent from a float: a forecast, not a liability. */
  readonly low: Cents
  readonly central: Cents
  readonly high: Cents
  readonly steps: readonly EstimateStep[]
}

export type EstimateError =
  | WithholdingError
  | {
      readonly code: 'estimate_input_invalid'
      readonly field: string
      readonly found: number
      readonly wanted: string
    }

/**
 * Federal income tax withheld in a year from the pay of a group of employees of whom only the number and the mean pay
 * are known: pay is taken as log-normal round the mean, and each node of a 32-point Gauss-Hermite quadrature is priced
 * by `withhold` as one annual payment for each filing status, Form W-4 of 2020 or later.
 */
export function estimateAnnualWithholding(group: EmployeeGroup): Result<WithholdingEstimate, EstimateError> {
  const law = lawOf(group.year)
  if (!law.ok) return law
  const fault = findFault(group)
  if (fault) return err(fault)
  const steps: EstimateStep[] = givenSteps(group)
  const bound = (name: 'low' | 'central' | 'high') =>
    groupTax(group, name, { ...ESTIMATE_ASSUMPTIONS[name], ...group[name] }, law.value, steps)
  return ok({ low: bound('low'), central: bound('central'), high: bound('high'), steps })
}

function findFault(group: EmployeeGroup): EstimateError | undefined {
  const wrong = (field: string, found: number, wanted: string): EstimateError => ({
    code: 'estimate_input_invalid',
    field,
    found,
    wanted,
  })
  const { employees, meanAnnualWageCents, filingStatusMix } = group
  if (!(employees >= 0 && employees < 1e9)) return wrong('employees', employees, 'zero or more')
  if (meanAnnualWageCents < 0n)
    return { code: 'amount_negative', field: 'meanAnnualWageCents', found: meanAnnualWageCents }
  for (const status of FILING_STATUSES)
    if (!(filingStatusMix[status] >= 0 && Number.isFinite(filingStatusMix[status])))
      return wrong(`filingStatusMix.${status}`, filingStatusMix[status], 'zero or more')
  if (sumOf(filingStatusMix) === 0) return wrong('filingStatusMix', 0, 'at least one share above zero')
  for (const bound of ['low', 'central', 'high'] as const) {
    const { coefficientOfVariation: cv = 0, taxableShare = 1 } = group[bound] ?? {}
    if (!(cv >= 0 && cv <= 3)) return wrong(`${bound}.coefficientOfVariation`, cv, '0 to 3')
    if (!(taxableShare >= 0 && taxableShare <= 1))
      return wrong(`${bound}.taxableShare`, taxableShare, '0 to 1')
  }
  return undefined
}

function groupTax(
  group: EmployeeGroup,
  bound: 'low' | 'central' | 'high',
  assumption: EstimateAssumption,
  law: Law,
  steps: EstimateStep[],
): Cents {
  const note = (label: string, value: string, unit: EstimateStep['unit'], basis: EstimateStep['basis']) =>
    steps.push({ bound, label, value, unit, basis })
  const mean = Number(group.meanAnnualWageCents) * assumption.taxableShare
  note('Coefficient of variation of pay', String(assumption.coefficientOfVariation), 'ratio', 'assumption')
  note('Share of pay that is wages for income tax', String(assumption.taxableShare), 'share', 'assumption')
  note('Mean annual wage priced', usd(mean), 'USD a year', 'computed')
  let average = 0
  for (const status of FILING_STATUSES) {
    const tax = meanTax(mean, assumption, status, law)
    note(`Step 3 of Form W-4, ${status}`, usd(Number(assumption.step3[status])), 'USD a year', 'assumption')
    note(`Mean tax of an employee, ${status}`, usd(tax), 'USD a year', 'computed')
    average += (tax * group.filingStatusMix[status]) / sumOf(group.filingStatusMix)
  }
  note('Mean tax of an employee, statuses mixed', usd(average), 'USD a year', 'computed')
  const total = cents(BigInt(Math.round(average * group.employees)))
  note('Employees times mean tax', usd(Number(total)), 'USD a year', 'computed')
  return total
}

/** Expected tax, in cents a year, over log-normal pay: sum of weight times tax at exp(mu + sigma * sqrt(2) * node). */
function meanTax(
  mean: number,
  assumption: EstimateAssumption,
  filing_status: FilingStatus,
  law: Law,
): number {
  const variance = Math.log1p(assumption.coefficientOfVariation ** 2)
  let expected = 0
  for (const [node, weight] of GAUSS_HERMITE_32)
    for (const z of [-node, node]) {
      const wage = mean * Math.exp(Math.sqrt(2 * variance) * z - variance / 2)
      expected += weight * taxOfWage(wage, assumption.step3[filing_status], filing_status, law)
    }
  return expected
}

function taxOfWage(wage: number, step3: Cents, filing_status: FilingStatus, law: Law): number {
  const none = cents(0n)
  const w4 = {
    form: '2020_or_later',
    filing_status,
    step2_checkbox: false,
    step3,
    step4a: none,
    step4b: none,
    step4c: none,
  } as const
  const priced = withhold(
    { wages: cents(BigInt(Math.round(wage))), pay_frequency: 'annual', rounding: 'cent', w4 },
    law,
  )
  assert(priced.ok, 'a wage that is not negative has a tax')
  return Number(priced.value.tax)
}

function givenSteps(group: EmployeeGroup): EstimateStep[] {
  const given = (label: string, value: string, unit: EstimateStep['unit']): EstimateStep => ({
    bound: 'all',
    label,
    value,
    unit,
    basis: 'given',
  })
  const total = sumOf(group.filingStatusMix)
  return [
    given('Tables of the year', String(group.year), 'year'),
    given('Full-time-equivalent employees', String(group.employees), 'employees'),
    given('Mean annual pay', usd(Number(group.meanAnnualWageCents)), 'USD a year'),
    ...FILING_STATUSES.map((status) =>
      given(`Share of ${status}`, (group.filingStatusMix[status] / total).toFixed(4), 'share'),
    ),
    {
      bound: 'all',
      label: 'Quadrature',
      value: String(2 * GAUSS_HERMITE_32.length),
      unit: 'points',
      basis: 'assumption',
    },
  ]
}

const sumOf = (mix: Readonly<Record<FilingStatus, number>>): number =>
  FILING_STATUSES.reduce((sum, status) => sum + mix[status], 0)

const usd = (centsOfForecast: number): string => (centsOfForecast / 100).toFixed(2)
