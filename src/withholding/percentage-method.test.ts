import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { type Cents, cents } from '../base/index.ts'
import { lawOf } from './law.ts'
import { withhold } from './percentage-method.ts'
import type { FilingStatus, MaritalStatus, Paycheck, PayFrequency, Rounding, W4 } from './schema.ts'

type Row = Readonly<Record<string, string>>

const vectors = (name: string): readonly Row[] =>
  parse(readFileSync(new URL(`vectors/${name}.csv`, import.meta.url)), { columns: true })

const money = (text: string): Cents => {
  const [whole = '0', part = ''] = text.split('.')
  return cents(BigInt(whole) * 100n + BigInt(part.padEnd(2, '0')))
}

function taxOn(year: string, paycheck: Paycheck): Cents {
  const law = lawOf(Number(year))
  if (!law.ok) throw new Error(law.error.code)
  const result = withhold(paycheck, law.value)
  if (!result.ok) throw new Error(result.error.code)
  return result.value.tax
}

const newForm = (row: Row): W4 => ({
  form: '2020_or_later',
  filing_status: row.filing_status as FilingStatus,
  step2_checkbox: row.step2_checkbox === 'true',
  step3: money(row.step3 ?? '0'),
  step4a: money(row.step4a ?? '0'),
  step4b: money(row.step4b ?? '0'),
  step4c: money(row.step4c ?? '0'),
})

const oldForm = (marital_status: string, allowances: number, extra = '0'): W4 => ({
  form: '2019_or_earlier',
  marital_status: marital_status as MaritalStatus,
  allowances,
  line6_extra: money(extra),
})

const paycheck = (row: Row, w4: W4, wages: Cents, rounding: string): Paycheck => ({
  wages,
  pay_frequency: row.pay_frequency as PayFrequency,
  rounding: rounding as Rounding,
  w4,
})

/** All differences at once: a wrong table shows as a pattern, not as its first row. */
const differences = (
  rows: readonly Row[],
  wanted: (row: Row) => readonly (readonly [Cents, Cents, string])[],
) =>
  rows.flatMap((row, i) =>
    wanted(row).flatMap(([found, expected, what]) =>
      found === expected ? [] : [`row ${i + 2} ${what}: found ${found}, wanted ${expected}`],
    ),
  )

describe('published and computed answers', () => {
  test('vectors.csv: 5,260 cases of Forms W-4 from 2020 or later', () => {
    const rows = vectors('vectors')
    expect(rows).toHaveLength(5260)
    expect(
      differences(rows, (row) => [
        [
          taxOn(row.year ?? '', paycheck(row, newForm(row), money(row.wages ?? ''), row.rounding ?? '')),
          money(row.expected_withholding ?? ''),
          'tax',
        ],
      ]),
    ).toEqual([])
  })

  test('vectors_w4_2019_or_earlier.csv: 121 cases', () => {
    const rows = vectors('vectors_w4_2019_or_earlier')
    expect(rows).toHaveLength(121)
    expect(
      differences(rows, (row) => {
        const w4 = oldForm(row.marital_status ?? '', Number(row.allowances), row.line6_extra)
        const tax = taxOn(row.year ?? '', paycheck(row, w4, money(row.wages ?? ''), 'cent'))
        return [[tax, money(row.expected_withholding ?? ''), 'tax']]
      }),
    ).toEqual([])
  })

  test('rounding_traps.csv: one rounding at the end, where rounding every line gives another cent', () => {
    const rows = vectors('rounding_traps')
    expect(rows).toHaveLength(92)
    expect(rows.every((row) => row.exact_then_round_cents !== row.round_every_line_cents)).toBe(true)
    expect(
      differences(rows, (row) => [
        [
          taxOn(row.year ?? '', paycheck(row, newForm(row), money(row.wages ?? ''), 'cent')),
          money(row.exact_then_round_cents ?? ''),
          'tax',
        ],
      ]),
    ).toEqual([])
  })
})

// A cell of a wage bracket table is the worksheet at the middle of its row, to the dollar, in daily tables to the dime.
describe('wage bracket tables of Publication 15-T, 2025 and 2026, at the middle of each row', () => {
  const middle = (row: Row): Cents => cents((money(row.at_least ?? '') + money(row.but_less_than ?? '')) / 2n)
  const rounding = (row: Row): string => (row.pay_frequency === 'daily' ? 'dime' : 'dollar')

  test('778 rows for Forms W-4 of 2020 or later: 4,668 cells', () => {
    const rows = vectors('wage_brackets_2020_or_later')
    const columns = [
      ['mfj', 'married_filing_jointly'],
      ['hoh', 'head_of_household'],
      ['single_or_mfs', 'single_or_mfs'],
    ] as const
    let cells = 0
    const wrong = differences(rows, (row) =>
      columns.flatMap(([column, filing_status]) =>
        (['standard', 'checkbox'] as const).map((schedule) => {
          cells++
          const w4 = newForm({ filing_status, step2_checkbox: String(schedule === 'checkbox') })
          const tax = taxOn(row.year ?? '', paycheck(row, w4, middle(row), rounding(row)))
          return [tax, money(row[`${column}_${schedule}`] ?? ''), `${column}_${schedule}`] as const
        }),
      ),
    )
    expect(wrong).toEqual([])
    expect(cells).toBe(4668)
  })

  test('1,194 rows for Forms W-4 of 2019 or earlier: 13,134 cells', () => {
    let cells = 0
    const wrong = differences(vectors('wage_brackets_2019_or_earlier'), (row) =>
      Array.from({ length: 11 }, (_, allowances) => {
        cells++
        const w4 = oldForm(row.marital_status ?? '', allowances)
        const tax = taxOn(row.year ?? '', paycheck(row, w4, middle(row), rounding(row)))
        return [tax, money(row[`allowances_${allowances}`] ?? ''), `allowances_${allowances}`] as const
      }),
    )
    expect(wrong).toEqual([])
    expect(cells).toBe(13_134)
  })
})
