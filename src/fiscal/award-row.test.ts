import { expect, test } from 'vitest'
import { parseAmount } from './award-row.ts'

test.each([
  ['1', 100n],
  ['$1,234.56', 123_456n],
  ['(1,000)', -100_000n],
  ['-5.5', -550n],
  ['-$5', -500n],
  [' 12 ', 1200n],
  ['-', 0n],
  ['0.00', 0n],
  ['1.', 100n],
])('%s is an amount', (text, amount) => expect(parseAmount(text)).toBe(amount))

test.each(['', 'abc', '1.234', '1,23', '12,34.00', '(5', '5)', '1e6', 'NaN', '1 000 x', '--5'])(
  '%s is no amount',
  (text) => expect(parseAmount(text)).toBeUndefined(),
)
