import { assert, type Cents, cents } from '../base/index.ts'
import { type FilingStatus, lawOf, withhold } from '../withholding/index.ts'
import type { AnnualWithholding } from './leverage.ts'

/** Spread of pay round its mean: standard deviation ÷ mean. An assumption, stated wherever the estimate is shown. */
export const PAY_VARIATION = 0.5
const POINTS = 32

/**
 * Prices a payroll at 32 Gauss–Hermite points of a log-normal pay distribution. The W-4 has a filing status and
 * nothing else: no second job, no dependants. Pay is monthly.
 */
export const annualWithholding: AnnualWithholding = ({ employees, mean_pay, tax_year, filing_status }) => {
  const sigma = Math.sqrt(Math.log(1 + PAY_VARIATION ** 2))
  const mu = Math.log(Number(mean_pay)) - sigma ** 2 / 2
  const mean = POINTS_AND_WEIGHTS.reduce(
    (sum, { x, weight }) =>
      sum + weight * Number(yearlyTax(Math.exp(mu + Math.SQRT2 * sigma * x), tax_year, filing_status)),
    0,
  )
  return cents(BigInt(Math.round(mean * Number(employees))))
}

function yearlyTax(pay: number, tax_year: number, filing_status: FilingStatus): Cents {
  const law = lawOf(tax_year)
  assert(law.ok, `the engine carries ${tax_year}`)
  const none = cents(0n)
  const priced = withhold(
    {
      wages: cents(BigInt(Math.round(pay / 12))),
      pay_frequency: 'monthly',
      rounding: 'cent',
      w4: {
        form: '2020_or_later',
        filing_status,
        step2_checkbox: false,
        step3: none,
        step4a: none,
        step4b: none,
        step4c: none,
      },
    },
    law.value,
  )
  assert(priced.ok, 'a wage of zero or more has a tax')
  return cents(priced.value.tax * 12n)
}

/** Roots of the 32nd Hermite polynomial by Newton's method, with weights that add up to 1. */
const POINTS_AND_WEIGHTS = gaussHermite(POINTS)

/** Source: Golub and Welsch 1969; recurrence of the orthonormal Hermite functions, so that nothing overflows. */
function gaussHermite(n: number): readonly { readonly x: number; readonly weight: number }[] {
  const roots: { x: number; weight: number }[] = []
  let x = Math.sqrt(2 * n + 1) - 1.85575 * (2 * n + 1) ** (-1 / 6)
  for (let i = 0; i < n / 2; i++) {
    if (i === 1) x -= (1.14 * n ** 0.426) / x
    else if (i > 1) x = 2 * x - (roots[2 * (i - 2)]?.x ?? 0)
    if (i === 2) x = 1.86 * (roots[2]?.x ?? 0) - 0.86 * (roots[0]?.x ?? 0)
    if (i === 3) x = 1.91 * (roots[4]?.x ?? 0) - 0.91 * (roots[2]?.x ?? 0)
    const slope = polish()
    const weight = 2 / (slope * slope) / Math.sqrt(Math.PI)
    roots.push({ x, weight }, { x: -x, weight })
  }
  return roots

  function polish(): number {
    for (let tries = 0; tries < 100; tries++) {
      const { value, slope } = hermite(x)
      const step = value / slope
      x -= step
      if (Math.abs(step) < 1e-15 * Math.max(1, Math.abs(x))) break
    }
    return hermite(x).slope
  }
  function hermite(at: number) {
    let [before, value] = [0, Math.PI ** -0.25]
    for (let k = 1; k <= n; k++)
      [before, value] = [value, at * Math.sqrt(2 / k) * value - Math.sqrt((k - 1) / k) * before]
    return { value, slope: Math.sqrt(2 * n) * before }
  }
}
