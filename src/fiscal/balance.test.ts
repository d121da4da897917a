import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents } from '../base/index.ts'
import { balanceOf, deficitNeutral, inDollarsOf, perResident, sideOf } from './balance.ts'

const money = fc.bigInt({ min: 0n, max: 10n ** 15n })
const nation = fc
  .array(fc.record({ gets: money, gives: money }), { minLength: 1, maxLength: 60 })
  .filter((rows) => rows.some((row) => row.gives > 0n))
  .map((rows) => new Map(rows.map(({ gets, gives }, at) => [at, { gets: cents(gets), gives: cents(gives) }])))

test('the sign: spending minus receipts, so a state that gets more is positive', () => {
  expect(balanceOf({ gets: cents(300n), gives: cents(100n) })).toBe(200n)
  expect(balanceOf({ gets: cents(100n), gives: cents(300n) })).toBe(-200n)
  expect([sideOf(-1n), sideOf(0n), sideOf(1n)]).toEqual(['pays-more', 'even', 'gets-more'])
})

describe('deficit-neutral', () => {
  test('law: the balances of a nation add up to exactly zero, and spending is untouched', () =>
    fc.assert(
      fc.property(nation, (rows) => {
        const scaled = deficitNeutral(rows)
        let sum = 0n
        for (const [place, flows] of scaled) {
          sum += balanceOf(flows)
          expect(flows.gets).toBe(rows.get(place)?.gets)
        }
        expect(sum).toBe(0n)
      }),
    ))
  test('law: a nation already in balance does not change', () =>
    fc.assert(
      fc.property(fc.array(money, { minLength: 1, maxLength: 40 }), (amounts) => {
        const rows = new Map(
          amounts.map((gives, at) => [
            at,
            { gives: cents(gives + 1n), gets: cents((amounts[(at + 1) % amounts.length] ?? 0n) + 1n) },
          ]),
        )
        expect(deficitNeutral(rows)).toEqual(rows)
      }),
    ))
  // 100 of receipts against 150 of spending: each cent of receipts counts as one and a half.
  test('worked by hand', () => {
    const rows = new Map([
      ['A', { gets: cents(90n), gives: cents(80n) }],
      ['B', { gets: cents(60n), gives: cents(20n) }],
    ])
    expect([...deficitNeutral(rows)].map(([place, flows]) => [place, flows.gives, balanceOf(flows)])).toEqual(
      [
        ['A', 120n, -30n],
        ['B', 30n, 30n],
      ],
    )
  })
})

test('real dollars: a price level of 110 against 100 lifts 200 to 220, and the year itself stays', () => {
  const [then, now] = [
    { current: 100n, chained: 100n },
    { current: 110n, chained: 100n },
  ]
  expect(inDollarsOf(20_000n, then, now)).toBe(22_000n)
  expect(inDollarsOf(20_000n, now, now)).toBe(20_000n)
})

test.each([
  [-1_000n, 3n, -333n],
  [1_001n, 2n, 501n],
  [-1_001n, 2n, -501n],
])('%s cents for %s residents is %s each, halves away from zero', (amount, residents, each) => {
  expect(perResident(amount, residents)).toBe(each)
})
