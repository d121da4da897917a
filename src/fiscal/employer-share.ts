import { assert, type Cents, cents, divideHalfUp } from '../base/index.ts'
import { fica, ficaLawOf } from '../withholding/index.ts'
import type { PublicPayroll } from './leverage.ts'

/**
 * What state and local employers owe of their own on their payroll: the employer's part of Social Security and
 * Medicare (26 U.S.C. § 3111). It stands beside the income tax that they withhold and is never added to it.
 */
export interface EmployerShare {
  readonly tax_year: number
  /** No position covered by Social Security; Medicare on all pay. */
  readonly low: Cents
  /** Every position covered by both. */
  readonly high: Cents
  readonly medicare: Cents
  /** If every position were covered: on pay up to the wage base. */
  readonly social_security: Cents
  readonly wage_base: Cents
}

/** An assumption, the same as for the income tax withheld: standard deviation of pay over its mean. */
const VARIATION = 0.5

/**
 * How many positions each state has covered is in no table held here, so the range runs from none to all
 * (`COVERAGE` of the withholding room has the rules). Medicare may not apply to the few hired before April 1986.
 */
export function employerShareOf(payroll: PublicPayroll): EmployerShare {
  const law = ficaLawOf(payroll.year)
  assert(law.ok, `there is a wage base of ${payroll.year}`)
  const medicare = cents(divideHalfUp(payroll.payroll * law.value.medicare, 10_000n))
  const one = meanOver(
    Number(payroll.mean_pay),
    (pay) => fica(pay, cents(0n), law.value).social_security_employer,
  )
  const social_security = cents(BigInt(Math.round(one * Number(payroll.employees))))
  return {
    tax_year: payroll.year,
    low: medicare,
    high: cents(medicare + social_security),
    medicare,
    social_security,
    wage_base: law.value.wage_base,
  }
}

/** Mean of a tax over log-normal pay: 241 points of the standard normal from −6 to 6, a twentieth apart. */
function meanOver(mean: number, tax: (pay: Cents) => Cents): number {
  const sigma = Math.sqrt(Math.log1p(VARIATION ** 2))
  let [sum, weights] = [0, 0]
  for (let i = -120; i <= 120; i++) {
    const z = i / 20
    const weight = Math.exp((-z * z) / 2)
    const pay = mean * Math.exp(sigma * z - sigma ** 2 / 2)
    sum += weight * Number(tax(cents(BigInt(Math.round(pay)))))
    weights += weight
  }
  return sum / weights
}
