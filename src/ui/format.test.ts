import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatCount,
  formatDate,
  formatMoney,
  formatMoneyRange,
  formatPercent,
  formatPercentRange,
  formatSigned,
  formatSpan,
  moneyFigure,
  unitFor,
} from './format.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test.each([
  ['2021-06-12', '12 Jun 2021', '12 jun 2021'],
  ['2026-02-01', '1 Feb 2026', '1 feb 2026'],
  ['2021-06', 'Jun 2021', 'jun 2021'],
  ['2021', '2021', '2021'],
  ['2026-01-09T10:00:00.000Z', '9 Jan 2026', '9 ene 2026'],
  ['soon', 'soon', 'soon'],
])('%s as people write it', (date, en, es) => {
  expect(formatDate(date, 'en')).toBe(en)
  expect(formatDate(date, 'es')).toBe(es)
})

test.each([
  ['2025-01', undefined, 'since Jan 2025', 'desde ene 2025'],
  ['2025-01-03', '2025-01-03', '3 Jan 2025', '3 ene 2025'],
  ['2025', '2026-02', '2025 – Feb 2026', '2025 – feb 2026'],
])('the span from %s to %s', (first, last, en, es) => {
  expect(formatSpan(first, last, 'en')).toBe(en)
  expect(formatSpan(first, last, 'es')).toBe(es)
})

// Cents, so $9.0 bn is 9 followed by eleven zeros.
test.each([
  { cents: 900_000_000_000n, en: '$9.0 bn', es: '$9.0 mil millones' },
  { cents: 60_000_000_000n, en: '$600 m', es: '$600 millones' },
  { cents: -51_100n, en: '−$511', es: '−$511' },
  { cents: 0n, en: '$0', es: '$0' },
  { cents: 5_957_49n, en: '$5,957', es: '$5,957' },
  { cents: 5_957_50n, en: '$5,958', es: '$5,958' },
  { cents: -40n, en: '$0', es: '$0' },
  { cents: 99_999_999_999n, en: '$1.0 bn', es: '$1.0 mil millones' },
  { cents: 99_950_000n, en: '$1 m', es: '$1 millón' },
  { cents: -1_160_000_000_000n, en: '−$11.6 bn', es: '−$11.6 mil millones' },
  { cents: 123_450_000_000_000n, en: '$1,234.5 bn', es: '$1,234.5 mil millones' },
])('$cents cents in words', ({ cents, en, es }) => {
  expect(plain(formatMoney(cents, 'en'))).toBe(en)
  expect(plain(formatMoney(cents, 'es'))).toBe(es)
})

test('a column may force one unit and its decimals', () => {
  expect(plain(formatMoney(756_000_000_000n, 'en', { unit: 'bn', digits: 2 }))).toBe('$7.56 bn')
  expect(plain(formatMoney(60_000_000_000n, 'en', { unit: 'bn' }))).toBe('$0.6 bn')
})

test.each([
  { low: 174_000_000_000n, high: 291_000_000_000n, en: '$1.7–2.9 bn' },
  { low: 174_000_000_000n, high: 174_100_000_000n, en: '$1.7 bn' },
  { low: -1_160_000_000_000n, high: -210_000_000_000n, en: '−$11.6 … −$2.1 bn' },
])('a range from $low to $high', ({ low, high, en }) =>
  expect(plain(formatMoneyRange(low, high, 'en'))).toBe(en),
)

test.each([
  [5_957_493, '5,957,493'],
  [-511, '−511'],
  [0, '0'],
  [12_345_678_901_234_567_890n, '12,345,678,901,234,567,890'],
] as const)('the count %s', (n, text) => expect(formatCount(n)).toBe(text))

test('counts that show their side of zero', () => {
  expect([15_817, -511, 0].map(formatSigned)).toEqual(['+15,817', '−511', '0'])
})

test('percentages', () => {
  expect(formatPercent(0.2823)).toBe('28.2%')
  expect(formatPercent(-0.05, 0)).toBe('−5%')
  expect(formatPercent(-0.0001)).toBe('0.0%')
  expect(formatPercentRange(0.19, 0.32)).toBe('19–32%')
})

test('law: what is printed is never further off than half its last digit', () =>
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 17n), 10n ** 17n), (cents) => {
      const unit = unitFor(cents)
      const perUnit = { bn: 1e11, m: 1e8, exact: 100 }[unit]
      const read = Number(moneyFigure(cents, unit).replace('−', '-').replaceAll(/[$,]/g, ''))
      const half = unit === 'bn' ? 0.05 : 0.5
      expect(Math.abs(read - Number(cents) / perUnit)).toBeLessThanOrEqual(half + 1e-6)
    }),
  ))
