import { describe, expect, test } from 'vitest'
import { cents, dollars } from '../base/index.ts'
import { GAUSS_HERMITE_32 } from './data/gauss-hermite.ts'
import { type EmployeeGroup, ESTIMATE_ASSUMPTIONS, estimateAnnualWithholding } from './estimate.ts'
import { lawOf } from './law.ts'
import { withhold } from './percentage-method.ts'

const group: EmployeeGroup = {
  year: 2025,
  employees: 1000,
  meanAnnualWageCents: dollars(75_000n),
  filingStatusMix: { single_or_mfs: 0.5, married_filing_jointly: 0.38, head_of_household: 0.12 },
}
const estimate = (change: Partial<EmployeeGroup> = {}) => {
  const result = estimateAnnualWithholding({ ...group, ...change })
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

// Moments of exp(-x^2) over the root of pi: E[x^2] = 1/2, E[x^4] = 3/4, E[x^6] = 15/8, E[x^20] = 19!! / 2^10.
test.each([
  [0, 1],
  [2, 1 / 2],
  [4, 3 / 4],
  [6, 15 / 8],
  [20, 654_729_075 / 1024],
])('the quadrature has the exact moment %i', (power, moment) => {
  const sum = GAUSS_HERMITE_32.reduce((s, [node, weight]) => s + 2 * weight * node ** power, 0)
  expect(Math.abs(sum / moment - 1)).toBeLessThan(1e-13)
})

test('without spread it is the worksheet times the employees', () => {
  const law = lawOf(2025)
  if (!law.ok) throw new Error()
  const none = cents(0n)
  const one = withhold(
    {
      wages: dollars(75_000n),
      pay_frequency: 'annual',
      rounding: 'cent',
      w4: {
        form: '2020_or_later',
        filing_status: 'single_or_mfs',
        step2_checkbox: false,
        step3: none,
        step4a: none,
        step4b: none,
        step4c: none,
      },
    },
    law.value,
  )
  if (!one.ok) throw new Error()
  const single = { single_or_mfs: 7, married_filing_jointly: 0, head_of_household: 0 }
  expect(estimate({ filingStatusMix: single, central: { coefficientOfVariation: 0 } }).central).toBe(
    one.value.tax * 1000n,
  )
})

// An independent sum: the trapezium rule over 20,001 points of the normal density, same tables.
test('the central figure is the mean over log-normal pay, within 0.2 %', () => {
  const law = lawOf(2025)
  if (!law.ok) throw new Error()
  const variance = Math.log1p(ESTIMATE_ASSUMPTIONS.central.coefficientOfVariation ** 2)
  const table = law.value.brackets.standard.single_or_mfs
  let sum = 0
  for (let i = 0; i <= 20_000; i++) {
    const z = -8 + (16 * i) / 20_000
    const wage = 75_000 * Math.exp(Math.sqrt(variance) * z - variance / 2)
    const annual = Math.max(0, wage - 8600)
    const row = table.findLast((b) => Number(b.at_least) / 100 <= annual)
    if (!row) throw new Error()
    const tax =
      Number(row.base_tax) / 100 + (Number(row.percent) / 100) * (annual - Number(row.at_least) / 100)
    sum += (tax * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI) / 1250
  }
  const single = { single_or_mfs: 1, married_filing_jointly: 0, head_of_household: 0 }
  const central = Number(estimate({ filingStatusMix: single }).central) / 100 / 1000
  expect(Math.abs(central / sum - 1)).toBeLessThan(0.002)
})

describe('the three figures', () => {
  test('stand in order, grow with the number of employees, and show what they rest on', () => {
    const { low, central, high, steps } = estimate()
    expect(low < central && central < high).toBe(true)
    expect(estimate({ employees: 2000 }).central - 2n * central).toBeLessThanOrEqual(1n)
    expect(steps.filter((s) => s.basis === 'given').map((s) => s.value)).toEqual([
      '2025',
      '1000',
      '75000.00',
      '0.5000',
      '0.3800',
      '0.1200',
    ])
    expect(steps.filter((s) => s.bound === 'central' && s.label === 'Employees times mean tax')).toEqual([
      expect.objectContaining({ value: `${central / 100n}.${String(central % 100n).padStart(2, '0')}` }),
    ])
  })

  test.each([
    [{ year: 2019 }, 'year_not_carried'],
    [{ employees: -1 }, 'estimate_input_invalid'],
    [{ employees: Number.NaN }, 'estimate_input_invalid'],
    [{ meanAnnualWageCents: cents(-1n) }, 'amount_negative'],
    [
      { filingStatusMix: { single_or_mfs: 0, married_filing_jointly: 0, head_of_household: 0 } },
      'estimate_input_invalid',
    ],
    [{ central: { coefficientOfVariation: -1 } }, 'estimate_input_invalid'],
    [{ low: { taxableShare: 1.1 } }, 'estimate_input_invalid'],
  ])('refusal %#', (change, code) => {
    expect(estimateAnnualWithholding({ ...group, ...change })).toMatchObject({ ok: false, error: { code } })
  })
})
