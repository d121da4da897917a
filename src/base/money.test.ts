import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Cents, cents, divideHalfUp, dollars } from './money.ts'

test.each([
  { why: 'below half', dividend: 14n, divisor: 10n, quotient: 1n },
  { why: 'half goes up', dividend: 15n, divisor: 10n, quotient: 2n },
  { why: 'a negative half goes away from zero', dividend: -15n, divisor: 10n, quotient: -2n },
  { why: 'both negative', dividend: -15n, divisor: -10n, quotient: 2n },
  { why: 'zero', dividend: 0n, divisor: 7n, quotient: 0n },
])('$why', ({ dividend, divisor, quotient }) => expect(divideHalfUp(dividend, divisor)).toBe(quotient))

test('law: the quotient is the nearest whole number', () =>
  fc.assert(
    fc.property(
      fc.bigInt(),
      fc.bigInt().filter((n) => n !== 0n),
      (dividend, divisor) => {
        const rest = dividend - divideHalfUp(dividend, divisor) * divisor
        const size = (n: bigint) => (n < 0n ? -n : n)
        expect(2n * size(rest) <= size(divisor)).toBe(true)
      },
    ),
  ))

test('cents travel as decimal strings', () => {
  expect(Cents.parse('-125')).toBe(cents(-125n))
  expect(dollars(3n)).toBe(300n)
  for (const text of ['', '1.5', '1e3', ' 1', '1234567890123456789'])
    expect(Cents.safeParse(text).success).toBe(false)
})
