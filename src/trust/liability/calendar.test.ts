import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cents, dollars, type IsoDate } from '../../base/index.ts'
import { addDays, dateOfDay, daysBetween, quarterOf, weekdayOf } from './days.ts'
import { depositsOf } from './deposit-due.ts'
import { lookbackOf, lookbackQuarters, mayPayWithReturn, returnDueDate, scheduleOf } from './depositor.ts'
import { businessDayAfter, businessDayFrom, holidaysOf, isBusinessDay } from './holidays.ts'
import { applyDeposits, isWithinShortfall, makeUpDate } from './shortfall.ts'

const day = (text: string) => text as IsoDate
const usd = (n: number): Cents => dollars(BigInt(n))
const anyDay = fc.integer({ min: 13_514, max: 29_000 }).map(dateOfDay) // 2007 to 2049

describe('legal holidays of the District', () => {
  test('2025: the list that Publication 15 prints, and no other day', () => {
    const given: { date: string }[] = parse(
      readFileSync(new URL('../vectors/dc_holidays_2025.csv', import.meta.url)),
      { columns: true },
    )
    expect([...new Set(holidaysOf(2025).map((holiday) => holiday.date))]).toEqual(
      given.map((row) => row.date),
    )
  })

  // Kept days that were worked by hand from D.C. Code § 28-2701 and the calendars of those years.
  test.each([
    ['2010-12-31', 'New Year’s Day 2011, a Saturday'],
    ['2011-04-15', 'Emancipation Day, a Saturday (IRS Notice 2011-17)'],
    ['2017-04-17', 'Emancipation Day, a Sunday'],
    ['2013-01-21', 'Inauguration Day, a Sunday'],
    ['2021-01-20', 'Inauguration Day'],
    ['2021-06-18', 'Juneteenth, a Saturday'],
    ['2021-12-31', 'New Year’s Day 2022, a Saturday'],
    ['2022-06-20', 'Juneteenth, a Sunday'],
    ['2026-07-03', 'Independence Day, a Saturday'],
    ['2027-05-31', 'Memorial Day'],
    ['2027-12-24', 'Christmas Day, a Saturday'],
  ])('%s: %s', (date) => expect(isBusinessDay(day(date))).toBe(false))

  test.each(['2020-06-19', '2025-12-24', '2026-01-20', '2023-01-20'])('%s is a business day', (date) =>
    expect(isBusinessDay(day(date))).toBe(true),
  )

  test('law: every holiday is kept on a weekday, and no year has fewer than eleven days', () =>
    fc.assert(
      fc.property(fc.integer({ min: 2021, max: 2400 }), (year) => {
        const dates = new Set(holidaysOf(year).map((holiday) => holiday.date))
        return (
          dates.size >= 11 &&
          [...dates].every((date) => weekdayOf(date) % 6 !== 0 && date.startsWith(String(year)))
        )
      }),
    ))
})

/** The examples of IRS Publication 15 (2025), section 11; the file holds them in words. */
describe('deposit due dates', () => {
  const semiweekly = { 2025: 'semiweekly', 2026: 'semiweekly' } as const
  const due = (list: readonly [string, number][], schedules: Parameters<typeof depositsOf>[1] = semiweekly) =>
    depositsOf(
      list.map(([pay_date, amount]) => ({ pay_date: day(pay_date), amount: usd(amount) })),
      schedules,
    )
  const shown = (calendar: ReturnType<typeof depositsOf>) =>
    calendar.deposits.map((one) => [one.due_date, one.amount / 100n, one.rule])

  test('every row of the file has its example here', () => {
    const rows: { case_id: string }[] = parse(
      readFileSync(new URL('../vectors/deposit_vectors.csv', import.meta.url)),
      { columns: true },
    )
    expect(rows.map((row) => row.case_id)).toEqual([
      'dep-01',
      'dep-03',
      'dep-05',
      'dep-07',
      'dep-09',
      'dep-11',
      'dep-13',
    ])
  })

  test('dep-01 Green Inc.: paid on a Friday, due the next Wednesday', () =>
    expect(shown(due([['2025-05-30', 50_000]]))).toEqual([['2025-06-04', 50_000n, 'semiweekly']]))

  test('dep-03 Fir Co.: 110,000 on Monday is due on Tuesday, 30,000 of Tuesday on Friday', () =>
    expect(
      shown(
        due([
          ['2025-06-02', 110_000],
          ['2025-06-03', 30_000],
        ]),
      ),
    ).toEqual([
      ['2025-06-03', 110_000n, 'next_day'],
      ['2025-06-06', 30_000n, 'semiweekly'],
    ]))

  test('dep-05 Elm Inc.: a new employer reaches 100,000 on its second payday', () => {
    const calendar = due(
      [
        ['2025-05-07', 40_000],
        ['2025-05-09', 60_000],
        ['2025-05-16', 10_000],
      ],
      {},
    )
    expect(shown(calendar)).toEqual([
      ['2025-05-12', 100_000n, 'next_day'],
      ['2025-05-21', 10_000n, 'semiweekly'],
    ])
    expect(calendar.semiweekly).toEqual([{ from: '2025-05-10', through: '2026-12-31' }])
  })

  test('dep-07: a holiday among the three weekdays after the period adds a day', () => {
    // Memorial Day is Monday 2025-05-26.
    expect(shown(due([['2025-05-23', 50_000]]))).toEqual([['2025-05-29', 50_000n, 'semiweekly']])
  })

  test('dep-09: the shortfall of a deposit due 2025-10-01 is made up with the return', () => {
    const [deposit] = due([['2025-09-26', 50_000]]).deposits
    expect(deposit?.due_date).toBe('2025-10-01')
    expect(makeUpDate(day('2025-10-01'), 'semiweekly', '2025-Q3')).toBe('2025-10-31')
    // Without the return in the way: the first Wednesday or Friday from 15 November.
    expect(makeUpDate(day('2025-10-01'), 'semiweekly', '2025-Q4')).toBe('2025-11-19')
    expect(makeUpDate(day('2025-10-15'), 'monthly', '2025-Q3')).toBe('2025-10-31')
  })

  test('dep-11 Rose Co.: 51,000 in the lookback period makes a semiweekly depositor of 2025', () => {
    expect(scheduleOf([usd(12_000), usd(12_000), usd(12_000), usd(15_000)])).toBe('semiweekly')
    expect(scheduleOf([usd(12_500), usd(12_500), usd(12_500), usd(12_500)])).toBe('monthly')
    expect(scheduleOf([])).toBe('monthly')
    expect(lookbackOf(2025)).toEqual({ first: '2023-07-01', last: '2024-06-30' })
    expect(lookbackQuarters(2025)).toEqual(['2023-Q3', '2023-Q4', '2024-Q1', '2024-Q2'])
  })

  test('dep-13 Cedar Inc.: a late deposit pays the newest period first', () =>
    expect(
      applyDeposits(
        [
          { id: 'March', amount: usd(1_000), period_end: day('2025-03-31') },
          { id: 'April', amount: usd(1_500), period_end: day('2025-04-30') },
        ],
        [{ date: day('2025-05-15'), amount: usd(2_000) }],
      ),
    ).toEqual([
      { id: 'April', date: '2025-05-15', amount: usd(1_500) },
      { id: 'March', date: '2025-05-15', amount: usd(500) },
    ]))

  test('what is left over pays the period to come', () =>
    expect(
      applyDeposits(
        [{ id: 'May', amount: usd(10), period_end: day('2025-05-31') }],
        [{ date: day('2025-05-15'), amount: usd(25) }],
      ),
    ).toEqual([{ id: 'May', date: '2025-05-15', amount: usd(10) }]))

  test('monthly: the 15th of the next month, or the business day after', () =>
    expect(
      shown(
        due(
          [
            ['2025-02-14', 4_000],
            ['2025-02-28', 4_000],
            ['2025-05-30', 100],
          ],
          {},
        ),
      ),
    ).toEqual([
      ['2025-03-17', 8_000n, 'monthly'],
      ['2025-06-16', 100n, 'monthly'],
    ]))

  test('paydays of one semiweekly period on both sides of a quarter need two deposits', () =>
    expect(
      due([
        ['2025-09-30', 20_000],
        ['2025-10-01', 20_000],
      ]).deposits.map((one) => one.quarter),
    ).toEqual(['2025-Q3', '2025-Q4']))

  test('accumulation does not run over the end of a period', () =>
    expect(
      shown(
        due([
          ['2025-06-03', 60_000],
          ['2025-06-04', 60_000],
        ]),
      ),
    ).toEqual([
      ['2025-06-06', 60_000n, 'semiweekly'],
      ['2025-06-11', 60_000n, 'semiweekly'],
    ]))

  test('small quarters and returns', () => {
    expect(mayPayWithReturn(usd(2_499), usd(9_000), false)).toBe(true)
    expect(mayPayWithReturn(usd(2_500), usd(2_499), false)).toBe(true)
    expect(mayPayWithReturn(usd(2_500), usd(2_500), false)).toBe(false)
    expect(mayPayWithReturn(usd(10), usd(10), true)).toBe(false)
    expect(['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'].map((q) => returnDueDate(q as '2025-Q1'))).toEqual([
      '2025-04-30',
      '2025-07-31',
      '2025-10-31',
      '2026-01-31',
    ])
  })

  test('a shortfall of 100 dollars or 2 percent, whichever is more', () => {
    expect(isWithinShortfall(usd(1_000), usd(900))).toBe(true)
    expect(isWithinShortfall(usd(1_000), usd(899))).toBe(false)
    expect(isWithinShortfall(usd(10_000), usd(9_800))).toBe(true)
    expect(isWithinShortfall(usd(10_000), usd(9_799))).toBe(false)
  })

  const anyLiabilities = fc.array(
    fc.record({ pay_date: anyDay, amount: fc.integer({ min: 1, max: 150_000 }).map(usd) }),
    { maxLength: 40 },
  )
  const anySchedule = fc.constantFrom('monthly', 'semiweekly')

  test('law: every cent is due once, on a business day after its payday, within its quarter', () =>
    fc.assert(
      fc.property(anyLiabilities, anySchedule, (liabilities, schedule) => {
        const schedules = Object.fromEntries([...Array(50)].map((_, i) => [2005 + i, schedule]))
        const { deposits } = depositsOf(liabilities, schedules)
        const sum = (rows: readonly { amount: bigint }[]) =>
          rows.reduce((total, row) => total + row.amount, 0n)
        expect(sum(deposits)).toBe(sum(liabilities))
        for (const { due_date, pay_dates, quarter, amount, rule } of deposits) {
          expect(isBusinessDay(due_date)).toBe(true)
          expect(pay_dates.every((date) => date < due_date && quarterOf(date) === quarter)).toBe(true)
          expect(rule === 'next_day').toBe(amount >= usd(100_000))
        }
      }),
    ))

  test('law: business days go forward, and the nth is the next of the (n-1)th', () =>
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 9 }), (date, n) => {
        const after = businessDayAfter(date, n)
        expect(after).toBe(businessDayFrom(addDays(businessDayAfter(date, n - 1), 1)))
        expect(daysBetween(date, after)).toBeGreaterThanOrEqual(n)
      }),
    ))
})
