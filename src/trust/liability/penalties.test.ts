import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cents, cents, dollars, type IsoDate } from '../../base/index.ts'
import { addDays, dateOfDay } from './days.ts'
import { depositPenalty } from './deposit-penalty.ts'
import { exposureOn, type HeldDeposit } from './exposure.ts'
import { fraction, toCents } from './fraction.ts'
import { interest } from './interest.ts'
import { latePayment, MONTHLY_RATE, monthsLate } from './late-payment.ts'

type Row = Readonly<Record<string, string>>
const vectors = (name: string): readonly Row[] =>
  parse(readFileSync(new URL(`../vectors/${name}.csv`, import.meta.url)), { columns: true })
const day = (text: string | undefined) => text as IsoDate
const money = (text = ''): Cents => {
  const [whole = '0', part = ''] = text.split('.')
  return cents(BigInt(whole) * 100n + BigInt(part.padEnd(2, '0')))
}
const decimal = (text: string) => {
  const places = (text.split('.')[1] ?? '').length
  return fraction(BigInt(text.replace('.', '')), 10n ** BigInt(places))
}
const interestOf = (...asked: Parameters<typeof interest>) => {
  const found = interest(...asked)
  if (!found.ok) throw new Error(found.error.quarter)
  return toCents(found.value)
}

describe('every given answer, to the cent', () => {
  test.each(vectors('ftd_vectors'))('$case_id', (row) => {
    const found = depositPenalty({
      amount: money(row.amount),
      due_date: day(row.due_date),
      deposit_date: day(row.deposit_date),
      first_notice_date: row.first_notice_date ? day(row.first_notice_date) : undefined,
    })
    expect(toCents(found.penalty)).toBe(money(row.expected_penalty))
    expect(found.percent).toBe(Math.round(Number(row.expected_rate) * 100))
  })

  test.each(vectors('ftp_vectors'))('$case_id', (row) =>
    expect(
      toCents(
        latePayment(
          money(row.unpaid_tax),
          Number(row.months_or_part_months),
          decimal(row.monthly_rate ?? ''),
        ),
      ),
    ).toBe(money(row.expected)),
  )

  test.each(vectors('interest_vectors'))('$case_id', (row) => {
    const rate = row.fixed_rate_or_blank ? decimal(row.fixed_rate_or_blank) : undefined
    expect(interestOf(money(row.principal), day(row.due_date), day(row.paid_date), rate)).toBe(
      money(row.expected_interest),
    )
  })
})

describe('deposit penalty', () => {
  const late = (days: number, more = {}) =>
    depositPenalty({
      amount: dollars(1_000n),
      due_date: day('2026-01-05'),
      deposit_date: addDays(day('2026-01-05'), days),
      ...more,
    }).percent

  test.each([
    [-3, 0],
    [0, 0],
    [1, 2],
    [5, 2],
    [6, 5],
    [15, 5],
    [16, 10],
    [400, 10],
  ])('%i days: %i percent', (days, percent) => expect(late(days)).toBe(percent))

  test('after ten days from the first notice, or the day of a demand: 15 percent, and not on the day itself', () => {
    const notice = { first_notice_date: day('2026-02-01') }
    expect(late(37, notice)).toBe(10) // 2026-02-11
    expect(late(38, notice)).toBe(15)
    expect(late(3, { demand_date: day('2026-01-08') })).toBe(2)
    expect(late(4, { demand_date: day('2026-01-08') })).toBe(15)
    expect(late(0, { first_notice_date: day('2025-01-01') })).toBe(0)
  })
})

describe('late payment', () => {
  // 26 C.F.R. § 301.6651-1(b)(3): the month after a due date on the last day of a month is the calendar month.
  test.each([
    ['2026-04-30', '2026-04-30', 0],
    ['2026-04-30', '2026-05-01', 1],
    ['2026-04-30', '2026-05-31', 1],
    ['2026-04-30', '2026-06-01', 2],
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-31', '2026-03-01', 2],
    ['2026-01-15', '2026-02-15', 1],
    ['2026-01-15', '2026-02-16', 2],
    ['2025-12-30', '2026-02-28', 2],
    ['2025-12-30', '2026-03-01', 3],
    ['2025-10-31', '2027-10-31', 24],
  ])('due %s, paid %s: %i', (due, paid, months) => expect(monthsLate(day(due), day(paid))).toBe(months))

  test('never more than a quarter', () => {
    expect(toCents(latePayment(dollars(10_000n), 50, MONTHLY_RATE))).toBe(dollars(2_500n))
    expect(toCents(latePayment(dollars(10_000n), 51, MONTHLY_RATE))).toBe(dollars(2_500n))
  })
})

describe('interest', () => {
  test('a quarter without a rate is refused by its name, whether at once or on the way', () => {
    const missing = (quarter: string) => ({ ok: false, error: { code: 'rate_missing', quarter } })
    expect(interest(dollars(1n), day('2026-12-31'), day('2027-01-01'))).toEqual(missing('2027-Q1'))
    expect(interest(dollars(1n), day('2014-12-30'), day('2015-03-01'))).toEqual(missing('2014-Q4'))
    expect(interest(dollars(1n), day('2026-12-30'), day('2026-12-31')).ok).toBe(true)
  })

  const principal = fc.integer({ min: 0, max: 10_000_000_000 }).map((n) => cents(BigInt(n)))
  const start = fc.integer({ min: 16_436, max: 19_000 }) // 2015 to 2022
  const span = fc.integer({ min: 0, max: 900 })

  test('law: days in two parts grow as days in one, exactly', () =>
    fc.assert(
      fc.property(principal, start, span, span, (amount, from, first, second) => {
        const dates = [from, from + first, from + first + second].map(dateOfDay) as [
          IsoDate,
          IsoDate,
          IsoDate,
        ]
        const [whole, one, two] = [
          [0, 2],
          [0, 1],
          [1, 2],
        ].map(([a, b]) => interest(cents(1n), dates[a as 0], dates[b as 1]))
        if (!whole?.ok || !one?.ok || !two?.ok) throw new Error('rates are there')
        const grown = ({ numerator, denominator }: { numerator: bigint; denominator: bigint }) =>
          numerator + denominator
        expect(grown(one.value) * grown(two.value) * whole.value.denominator).toBe(
          grown(whole.value) * one.value.denominator * two.value.denominator,
        )
        expect(interestOf(amount, dates[0], dates[0])).toBe(0n)
      }),
      { numRuns: 50 },
    ))

  test('law: another program in floating point agrees within its error', () =>
    fc.assert(
      fc.property(principal, fc.integer({ min: 1, max: 900 }), (amount, days) => {
        const from = day('2021-01-01') // 3 percent in 2021, all in years of 365 days
        const paid = Math.min(days, 364)
        const expected = Number(amount) * ((1 + 0.03 / 365) ** paid - 1)
        const found = Number(interestOf(amount, from, addDays(from, paid)))
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(0.51 + Number(amount) * 1e-12)
      }),
    ))
})

describe('exposure', () => {
  const deposit = (more: Partial<HeldDeposit> = {}): HeldDeposit => ({
    id: 'H-1',
    amount: dollars(1_000_000n),
    due_date: day('2026-01-14'),
    quarter: '2026-Q1',
    paid: [],
    ...more,
  })
  const on = (date: string, ...list: HeldDeposit[]) => {
    const found = exposureOn(list, day(date))
    if (!found.ok) throw new Error(found.error.quarter)
    return found.value
  }

  test('two clocks: the penalty counts from the deposit, interest and late payment from the return', () => {
    expect(on('2026-01-14', deposit())).toMatchObject({ held: dollars(1_000_000n), owed: 0n })
    expect(on('2026-01-15', deposit())).toMatchObject({
      deposit_penalty: dollars(20_000n),
      late_payment: 0n,
      interest: 0n,
    })
    expect(on('2026-04-30', deposit())).toMatchObject({
      deposit_penalty: dollars(100_000n),
      late_payment: 0n,
      interest: 0n,
    })
    // One day at 6 percent over 365: 164.38.
    expect(on('2026-05-01', deposit())).toMatchObject({
      deposit_penalty: dollars(100_000n),
      late_payment: dollars(5_000n),
      interest: 164_38n,
      owed: 105_164_38n,
    })
  })

  test('what was paid stops counting on its day, and stays owed', () => {
    const half = deposit({ paid: [{ date: day('2026-01-15'), amount: dollars(500_000n) }] })
    const found = on('2026-02-01', half)
    expect(found).toMatchObject({ held: dollars(500_000n), deposit_penalty: dollars(60_000n) })
    const all = deposit({ paid: [{ date: day('2026-01-15'), amount: dollars(1_000_000n) }] })
    expect(on('2026-09-01', all)).toMatchObject({
      held: 0n,
      owed: dollars(20_000n),
      late_payment: 0n,
      interest: 0n,
    })
    // Before its day, a payment to come is not known.
    expect(on('2026-01-14', all)).toMatchObject({ held: dollars(1_000_000n), owed: 0n })
  })

  test('a return due on a Saturday is paid in time on Monday; later, interest runs from the Saturday', () => {
    // 2026-01-31 is a Saturday.
    const late = (paid: string) =>
      deposit({
        quarter: '2025-Q4',
        due_date: day('2025-12-05'),
        paid: [{ date: day(paid), amount: dollars(1_000_000n) }],
      })
    expect(on('2026-06-01', late('2026-02-02'))).toMatchObject({ interest: 0n, late_payment: 0n })
    expect(on('2026-06-01', late('2026-02-03'))).toMatchObject({
      interest: interestOf(dollars(1_000_000n), day('2026-01-31'), day('2026-02-03')),
      late_payment: dollars(5_000n),
    })
  })

  test('a rate that is not known refuses the whole figure and names the quarter', () =>
    expect(exposureOn([deposit()], day('2027-01-05'))).toEqual({
      ok: false,
      error: { code: 'rate_missing', quarter: '2027-Q1' },
    }))

  test('law: what is owed on what is held never falls from a day to the next, and the sum is of its parts', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 10 ** 12 }), (days, amount) => {
        const held = deposit({ amount: cents(BigInt(amount)) })
        const [a, b] = [
          on(addDays(day('2026-01-10'), days), held),
          on(addDays(day('2026-01-10'), days + 1), held),
        ]
        expect(b.owed >= a.owed).toBe(true)
        expect(b.owed).toBe(b.deposit_penalty + b.late_payment + b.interest)
      }),
      { numRuns: 60 },
    ))
})
