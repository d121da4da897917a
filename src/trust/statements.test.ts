import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents, type IsoDate } from '../base/index.ts'
import { addDays } from './liability/days.ts'
import { type Movement, STATEMENT_KINDS, statementsBy, summaryOf } from './statements.ts'

const day = (text: string) => text as IsoDate
const move = (
  kind: Movement['kind'],
  date: string,
  amount: number,
  more: Partial<Movement> = {},
): Movement => ({
  id: `${kind}-${date}`,
  date: day(date),
  kind,
  member: 'NY',
  depositor_class: 'state-payroll',
  payday: day(date),
  amount: cents(BigInt(amount)),
  ...more,
})

const BOOK = [
  move('hold', '2026-01-09', 1_000),
  move('hold', '2026-04-03', 2_000, { member: 'NJ' }),
  move('earnings', '2026-04-30', 7),
  move('release-to-treasury', '2026-05-01', 400, { payday: day('2026-01-09') }),
  move('return-to-depositor', '2026-05-02', 50, { member: 'NJ', payday: day('2026-04-03') }),
  move('pay-member', '2026-05-03', 5),
  move('hold', '2026-06-01', 9_999),
]

describe('statements', () => {
  test('by member, from April through May: opening, what moved, closing', () => {
    const found = statementsBy('member', BOOK, day('2026-04-01'), day('2026-05-31'))
    expect(
      found.map(({ of, opening, held, released, returned, closing, earned, paid_to_members }) => [
        of,
        opening,
        held,
        released,
        returned,
        closing,
        earned,
        paid_to_members,
      ]),
    ).toEqual([
      ['NJ', 0n, 2_000n, 0n, 50n, 1_950n, 0n, 0n],
      ['NY', 1_000n, 0n, 400n, 0n, 600n, 7n, 5n],
    ])
    expect(found[1]?.movements).toHaveLength(3)
  })

  test('by Form 941 quarter of the payday, not of the movement', () =>
    expect(
      statementsBy('quarter', BOOK, day('2026-05-01'), day('2026-12-31')).map(({ of, opening, closing }) => [
        of,
        opening,
        closing,
      ]),
    ).toEqual([
      ['2026-Q1', 1_000n, 600n],
      ['2026-Q2', 2_000n, 11_949n],
    ]))

  const anyMovement = fc
    .record({
      kind: fc.constantFrom<Movement['kind']>(
        'hold',
        'release-to-treasury',
        'return-to-depositor',
        'earnings',
        'pay-member',
      ),
      days: fc.integer({ min: 0, max: 700 }),
      member: fc.constantFrom('NY', 'NJ', 'WA'),
      depositor_class: fc.constantFrom('a', 'b'),
      paid: fc.integer({ min: 0, max: 90 }),
      amount: fc.integer({ min: 1, max: 10 ** 9 }),
    })
    .map(({ kind, days, member, depositor_class, paid, amount }) => {
      const date = addDays(day('2025-01-01'), days)
      return move(kind, date, amount, { member, depositor_class, payday: addDays(date, -paid) })
    })

  test('law: whatever the cut, the statements add up to the summary, and one period’s closing is the next one’s opening', () =>
    fc.assert(
      fc.property(fc.array(anyMovement), fc.constantFrom(...STATEMENT_KINDS), (movements, kind) => {
        const [from, through] = [day('2025-06-01'), day('2025-12-31')]
        const parts = statementsBy(kind, movements, from, through)
        const whole = summaryOf(movements, from, through)
        for (const key of ['opening', 'held', 'released', 'returned', 'closing', 'earned'] as const)
          expect(parts.reduce((sum, part) => sum + part[key], 0n)).toBe(whole[key])
        const next = summaryOf(movements, addDays(through, 1), day('2027-12-31'))
        expect(next.opening).toBe(whole.closing)
      }),
    ))
})
