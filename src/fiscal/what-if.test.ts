import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cents } from '../base/index.ts'
import { type Line, stop } from './what-if.ts'

const line = (over: Partial<Line> = {}): Line => ({
  line: 1,
  agency: 'Department of Education',
  programme: 'Title I',
  aln: '84.010',
  strength: 'formula',
  state_agency: 'Education',
  amount_cents: 120_000_000n,
  match_cents: null,
  effort_cents: null,
  ...over,
})

// Worked by hand: 1,200,000.00 and 1,000,000.00 dollars a year are 2,200,000 ÷ 12 = 183,333.33… a month. After n
// months n × 183,333.33… is lost, rounded to the cent: 183,333.33, 366,666.67, 550,000.00, and so again. With a
// reserve of 500,000 dollars: 316,666.67, then 133,333.33, then nothing; it lasts 2.72 months.
test('six months without two programmes, month by month', () => {
  const effect = stop(
    [
      line(),
      line({
        line: 2,
        programme: 'SNAP administration',
        amount_cents: 100_000_000n,
        match_cents: 50_000_000n,
        state_agency: 'Human Services',
      }),
    ],
    { months: 6, reserve: cents(50_000_000n) },
  )
  expect(effect.months.map((m) => [m.month, m.lost, m.lost_so_far, m.reserve_left])).toEqual([
    [1, 18_333_333n, 18_333_333n, 31_666_667n],
    [2, 18_333_334n, 36_666_667n, 13_333_333n],
    [3, 18_333_333n, 55_000_000n, 0n],
    [4, 18_333_333n, 73_333_333n, 0n],
    [5, 18_333_334n, 91_666_667n, 0n],
    [6, 18_333_333n, 110_000_000n, 0n],
  ])
  expect(effect.total).toBe(110_000_000n)
  expect(effect.lines.map((l) => l.lost)).toEqual([60_000_000n, 50_000_000n])
  expect(effect.services).toEqual(['SNAP administration', 'Title I'])
  expect(effect.state_agencies).toEqual(['Education', 'Human Services'])
  expect(effect.match_free).toBe(25_000_000n)
  expect(effect.runway_tenths).toBe(27n)
})

test('no lines lose nothing; without a reserve nothing is said of it', () => {
  const effect = stop([], { months: 3, reserve: undefined })
  expect([effect.total, effect.runway_tenths, effect.months[2]?.reserve_left]).toEqual([
    0n,
    undefined,
    undefined,
  ])
})

const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 13n }), { minLength: 1, maxLength: 12 })
const linesOf = (list: readonly bigint[]) =>
  list.map((amount_cents, at) => line({ line: at + 1, amount_cents }))

test('law: linear in months: k years lose k times a year, and months add up to the total', () =>
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 5 }), (list, years) => {
      const yearly = list.reduce((sum, n) => sum + n, 0n)
      const effect = stop(linesOf(list), { months: 12 * years, reserve: undefined })
      expect(effect.total).toBe(yearly * BigInt(years))
      expect(effect.months.reduce((sum, month) => sum + month.lost, 0n)).toBe(effect.total)
    }),
  ))

test('law: every month is within a cent of a twelfth', () =>
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 60 }), (list, months) => {
      const yearly = list.reduce((sum, n) => sum + n, 0n)
      for (const { lost } of stop(linesOf(list), { months, reserve: undefined }).months) {
        const off = lost * 12n - yearly
        expect(off <= 12n && off >= -12n).toBe(true)
      }
    }),
  ))

test('law: the reserve never rises and never goes below zero', () =>
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: 0n, max: 10n ** 13n }), (list, reserve) => {
      let before = reserve
      for (const { reserve_left: left } of stop(linesOf(list), { months: 24, reserve: cents(reserve) })
        .months) {
        expect(left !== undefined && left >= 0n && left <= before).toBe(true)
        before = left ?? 0n
      }
    }),
  ))
