import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cents } from '../base/index.ts'
import { lawOf, YEARS_CARRIED } from './law.ts'
import { withhold } from './percentage-method.ts'
import { FILING_STATUSES, PAY_FREQUENCIES, ROUNDINGS } from './schema.ts'
import { compileLaws, LARGEST_CENTS, type PaycheckColumns, withholdColumns } from './withhold-columns.ts'

const laws = YEARS_CARRIED.flatMap((year) => {
  const law = lawOf(year)
  return law.ok ? [law.value] : []
})
const compiled = compileLaws(laws)

/** Cents up to the limit, with extra weight on ordinary pay, on thresholds of the tables and on the limit itself. */
const amount = fc.oneof(
  { weight: 4, arbitrary: fc.nat(3_000_000) },
  fc.nat(400_000_000),
  fc.maxSafeNat().map((n) => n % (LARGEST_CENTS + 1)),
  fc.constantFrom(0, 1, LARGEST_CENTS - 1, LARGEST_CENTS, 1_330_000, 5_790_000),
)
const row = fc.record({
  table: fc.nat(laws.length * 6 - 1),
  pay_frequency: fc.nat(PAY_FREQUENCIES.length - 1),
  rounding: fc.nat(ROUNDINGS.length - 1),
  wages: amount,
  step3: fc.oneof(fc.constant(0), amount),
  step4a: fc.oneof(fc.constant(0), amount),
  step4b: fc.oneof(fc.constant(0), amount),
  step4c: fc.oneof(fc.constant(0), amount),
})
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never

function byColumns(rows: readonly Row[]): number[] {
  const column = (name: keyof Row) => Float64Array.from(rows, (r) => r[name])
  const columns: PaycheckColumns = {
    table: Uint16Array.from(rows, (r) => r.table),
    pay_frequency: Uint8Array.from(rows, (r) => r.pay_frequency),
    rounding: Uint8Array.from(rows, (r) => r.rounding),
    wages: column('wages'),
    step3: column('step3'),
    step4a: column('step4a'),
    step4b: column('step4b'),
    step4c: column('step4c'),
  }
  const tax = new Float64Array(rows.length)
  withholdColumns(columns, compiled, tax)
  return [...tax]
}

function byWorksheet(r: Row): number {
  const law = laws[Math.floor(r.table / 6)]
  const filing_status = FILING_STATUSES[r.table % 3]
  const pay_frequency = PAY_FREQUENCIES[r.pay_frequency]
  const rounding = ROUNDINGS[r.rounding]
  if (!law || !filing_status || !pay_frequency || !rounding) throw new Error('no such row')
  const amountOf = (n: number) => cents(BigInt(n))
  const result = withhold(
    {
      wages: amountOf(r.wages),
      pay_frequency,
      rounding,
      w4: {
        form: '2020_or_later',
        filing_status,
        step2_checkbox: r.table % 6 >= 3,
        step3: amountOf(r.step3),
        step4a: amountOf(r.step4a),
        step4b: amountOf(r.step4b),
        step4c: amountOf(r.step4c),
      },
    },
    law,
  )
  if (!result.ok) throw new Error(result.error.code)
  return Number(result.value.tax)
}

test('law: whole numbers in float64 give the worksheet to the cent, up to the largest amount', () =>
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 50 }), (rows) => {
      expect(byColumns(rows)).toEqual(rows.map(byWorksheet))
    }),
    { numRuns: 1500 },
  ))

test('every threshold of every table, a cent below, at and above, in every pay period', () => {
  const rows: Row[] = []
  for (const [y, law] of laws.entries())
    for (const [s, schedule] of (['standard', 'step2_checkbox'] as const).entries())
      for (const [f, status] of FILING_STATUSES.entries())
        for (const bracket of law.brackets[schedule][status])
          for (const pay_frequency of PAY_FREQUENCIES.keys())
            for (const nudge of [-1, 0, 1])
              rows.push({
                table: y * 6 + s * 3 + f,
                pay_frequency,
                rounding: 0,
                wages: 0,
                step3: 0,
                step4a:
                  Math.max(0, Number(bracket.at_least) + nudge) +
                  (schedule === 'standard' ? Number(law.line_1g[status]) : 0),
                step4b: 0,
                step4c: 0,
              })
  expect(byColumns(rows)).toEqual(rows.map(byWorksheet))
})

test('no sum or product of the largest amounts reaches 2^53', () => {
  const most = BigInt(LARGEST_CENTS)
  const tentative = 37n * (261n * most)
  const divisor = 100n * 260n * 100n
  expect(2n * (tentative + 100n * 260n * most) + 2n * divisor < 2n ** 53n).toBe(true)
})
