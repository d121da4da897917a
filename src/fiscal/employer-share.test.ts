import { expect, test } from 'vitest'
import { cents } from '../base/index.ts'
import { employerShareOf } from './employer-share.ts'
import type { PublicPayroll } from './leverage.ts'

const payroll = (employees: bigint, payrollDollars: bigint): PublicPayroll => ({
  employees,
  payroll: cents(payrollDollars * 100n),
  mean_pay: cents((payrollDollars * 100n) / employees),
  year: 2023,
  grown_by: 'own-state-government',
  inputs: [],
})
const billions = (amount: bigint) => Number(amount) / 1e11

// Colorado: 23,548,854,867 × 1.45 % = 341,458,395.57. Pay over 160,200 dollars by the closed form of a log-normal:
// s² = ln 1.25; d = (ln(72,146 ÷ 160,200) + s²/2) ÷ s = −1.4524; Φ(d) − Φ(d − s) × 160,200 ÷ 72,146 = 0.0732 − 0.0602
// = 0.0130 of all pay; 6.2 % of the rest, 0.987 × 23.549 bn, is 1.441 bn; with Medicare 1.782 bn.
test("Colorado's employers' own share by hand", () => {
  const share = employerShareOf(payroll(326_405n, 23_548_854_867n))
  expect(share.low).toBe(34_145_839_557n)
  expect(share.medicare).toBe(share.low)
  expect(share.high).toBe(share.medicare + share.social_security)
  expect(billions(share.social_security)).toBeCloseTo(1.441, 2)
  expect(billions(share.high)).toBeCloseTo(1.782, 2)
  expect(share.wage_base).toBe(16_020_000n)
})

test('pay far under the wage base is taxed in full at 7.65 %, pay far over it only up to the base', () => {
  const small = employerShareOf(payroll(1_000n, 10_000_000n))
  expect(Number(small.high) / 100).toBeCloseTo(765_000, -2)
  const large = employerShareOf(payroll(1_000n, 10_000_000_000n))
  expect(Number(large.social_security) / 100).toBeCloseTo(1_000 * 160_200 * 0.062, -2)
})

test('a year without a wage base on record is a defect, not a zero', () => {
  expect(() => employerShareOf({ ...payroll(1n, 1n), year: 1999 })).toThrow()
})
