import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents, dollars } from '../base/index.ts'
import { coverageOf, type FicaLaw, fica, ficaLawOf } from './fica.ts'

const law = (year: number): FicaLaw => {
  const found = ficaLawOf(year)
  if (!found.ok) throw new Error(found.error.code)
  return found.value
}

// By hand: 6.2 % of at most 184,500 a year (2026), 1.45 % of all, 0.9 % of what is above 200,000.
describe('2026', () => {
  test.each([
    { why: 'ordinary', earlier: 0n, wage: 3_000n, ss: 186_00n, medicare: 43_50n, additional: 0n },
    { why: 'across the base', earlier: 184_000n, wage: 3_000n, ss: 31_00n, medicare: 43_50n, additional: 0n },
    { why: 'at the base', earlier: 184_500n, wage: 3_000n, ss: 0n, medicare: 43_50n, additional: 0n },
    {
      why: 'across the threshold',
      earlier: 199_000n,
      wage: 3_000n,
      ss: 0n,
      medicare: 43_50n,
      additional: 18_00n,
    },
    { why: 'above it', earlier: 300_000n, wage: 3_000n, ss: 0n, medicare: 43_50n, additional: 27_00n },
  ])('$why', ({ earlier, wage, ss, medicare, additional }) => {
    expect(fica(dollars(wage), dollars(earlier), law(2026))).toEqual({
      social_security_employee: ss,
      social_security_employer: ss,
      medicare_employee: medicare,
      medicare_employer: medicare,
      additional_medicare: additional,
    })
  })
})

test.each([
  [2018, 128_400n],
  [2020, 137_700n],
  [2023, 160_200n],
  [2025, 176_100n],
  [2026, 184_500n],
])('the base of %i is %i dollars', (year, base) => {
  expect(law(year).wage_base).toBe(dollars(base))
  expect(fica(dollars(1_000_000n), cents(0n), law(year)).social_security_employee).toBe(
    cents((base * 620n) / 100n),
  )
})

test('law: payments of a year add up to one payment of the sum, within half a cent each', () =>
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 5_000_000n), { minLength: 1, maxLength: 30 }), (payments) => {
      let earlier = 0n
      const sums = { ss: 0n, medicare: 0n, additional: 0n }
      for (const payment of payments) {
        const tax = fica(cents(payment), cents(earlier), law(2026))
        sums.ss += tax.social_security_employee
        sums.medicare += tax.medicare_employee
        sums.additional += tax.additional_medicare
        earlier += payment
      }
      const once = fica(cents(earlier), cents(0n), law(2026))
      const near = (a: bigint, b: bigint) => 2n * (a > b ? a - b : b - a) <= BigInt(payments.length + 1)
      return (
        near(sums.ss, once.social_security_employee) &&
        near(sums.medicare, once.medicare_employee) &&
        near(sums.additional, once.additional_medicare)
      )
    }),
  ))

test('a year without a base is refused', () => {
  expect(ficaLawOf(2027)).toMatchObject({ error: { code: 'year_not_carried', year: 2027 } })
})

test.each([
  { facts: [true, true, true], ss: 'as-agreed', medicare: 'as-agreed' },
  { facts: [false, true, false], ss: 'no', medicare: 'yes' },
  { facts: [false, true, true], ss: 'no', medicare: 'may-not-apply' },
  { facts: [false, false, false], ss: 'yes', medicare: 'yes' },
  { facts: [false, false, true], ss: 'yes', medicare: 'yes' },
])('coverage of state and local service: $facts', ({ facts, ss, medicare }) => {
  const [section_218_agreement = false, public_retirement_system = false, hired_before_april_1986 = false] =
    facts
  const rule = coverageOf({ section_218_agreement, public_retirement_system, hired_before_april_1986 })
  expect([rule.social_security, rule.medicare]).toEqual([ss, medicare])
  expect(rule.source).toMatch(/^https:/)
})
