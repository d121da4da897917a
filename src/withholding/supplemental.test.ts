import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { cents, dollars } from '../base/index.ts'
import { lawOf } from './law.ts'
import { withhold } from './percentage-method.ts'
import type { Law, Paycheck, W4 } from './schema.ts'
import { withholdSupplementalAggregate, withholdSupplementalFlat } from './supplemental.ts'

const law = (year: number): Law => {
  const found = lawOf(year)
  if (!found.ok) throw new Error(found.error.code)
  return found.value
}
/** Dollars expected by the given file, by case. */
const published: ReadonlyMap<string, bigint> = new Map(
  (
    parse(readFileSync(new URL('vectors/supplemental_vectors.csv', import.meta.url)), {
      columns: true,
    }) as { case_id: string; expected: string }[]
  ).map((row) => [row.case_id, BigInt(row.expected)]),
)
const single: W4 = {
  form: '2020_or_later',
  filing_status: 'single_or_mfs',
  step2_checkbox: false,
  step3: cents(0n),
  step4a: cents(0n),
  step4b: cents(0n),
  step4c: cents(0n),
}
const oldSingle: W4 = {
  form: '2019_or_earlier',
  marital_status: 'single',
  allowances: 1,
  line6_extra: cents(0n),
}
const monthly = (wages: bigint, w4: W4): Paycheck => ({
  wages: dollars(wages),
  pay_frequency: 'monthly',
  rounding: 'dollar',
  w4,
})

// vectors/supplemental_vectors.csv. The publication reads wage bracket tables: their cell is the worksheet at the
// middle of the row that holds the wage (990-1,020; 2,000-2,030 in 2025; 1,975-2,005, 2,985-3,025, 4,970-5,040 in 2026).
describe('IRS Publication 15, section 7', () => {
  test.each([
    { id: 'sup-01', year: 2025, wages: 1005n, w4: oldSingle },
    { id: 'sup-03', year: 2025, wages: 2015n, w4: single },
    { id: 'sup-07', year: 2026, wages: 1005n, w4: oldSingle },
    { id: 'sup-09', year: 2026, wages: 1990n, w4: single },
  ])('$id: $wages a month in $year', ({ id, year, wages, w4 }) => {
    const tax = dollars(published.get(id) ?? -1n)
    expect(withhold(monthly(wages, w4), law(year))).toMatchObject({ value: { tax } })
  })

  test('the file has these seven cases', () => {
    expect(published.size).toBe(7)
  })

  test('sup-05: a bonus of 1,000 at the flat rate', () => {
    expect(withholdSupplementalFlat(dollars(1000n), cents(0n), 2025)).toMatchObject({
      value: { tax: dollars(published.get('sup-05') ?? -1n) },
    })
  })

  test('sup-11: a second bonus of 2,000 by the aggregate method: 419 - 65 - 114', () => {
    // 3,005 paid so far and 2,000 more: the middle of the row 4,970-5,040.
    const paid = monthly(3005n, single)
    const result = withholdSupplementalAggregate(paid, dollars(2000n), dollars(65n + 114n), law(2026))
    expect(result).toEqual({ ok: true, value: dollars(published.get('sup-11') ?? -1n) })
    expect(withhold(paid, law(2026))).toMatchObject({ value: { tax: dollars(65n + 114n) } })
  })

  test('sup-13: 100,000 when 950,000 was paid: half at 22 %, half at 37 %', () => {
    expect(withholdSupplementalFlat(dollars(100_000n), dollars(950_000n), 2026)).toMatchObject({
      value: {
        tax: dollars(published.get('sup-13') ?? -1n),
        flat: { wages: dollars(50_000n), tax: dollars(11_000n) },
        mandatory: { wages: dollars(50_000n), tax: dollars(18_500n) },
      },
    })
  })
})

test.each([
  { earlier: 999_999_99n, wage: 1n, tax: 0n, why: 'a cent up to the line: 0.22 cents' },
  { earlier: 999_999_00n, wage: 2_00n, tax: 22n + 37n, why: 'across' },
  { earlier: 1_000_000_00n, wage: 100_00n, tax: 37_00n, why: 'from the line on' },
])('$1 million a year, $why', ({ earlier, wage, tax }) => {
  expect(withholdSupplementalFlat(cents(wage), cents(earlier), 2026)).toMatchObject({ value: { tax } })
})

test('refusals: a year without rates, a negative amount; more withheld than due asks for nothing', () => {
  expect(withholdSupplementalFlat(dollars(1n), cents(0n), 2017)).toMatchObject({
    error: { code: 'year_not_carried' },
  })
  expect(withholdSupplementalFlat(dollars(-1n), cents(0n), 2026)).toMatchObject({
    error: { code: 'amount_negative' },
  })
  expect(
    withholdSupplementalAggregate(monthly(2000n, single), dollars(-1n), cents(0n), law(2026)),
  ).toMatchObject({
    error: { code: 'amount_negative' },
  })
  expect(
    withholdSupplementalAggregate(monthly(2000n, single), dollars(1n), dollars(500n), law(2026)),
  ).toEqual({
    ok: true,
    value: 0n,
  })
})
