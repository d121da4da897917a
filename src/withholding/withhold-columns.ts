import { assert } from '../base/index.ts'
import { PAY_PERIODS } from './data/years.ts'
import { ROUNDING_CENTS } from './percentage-method.ts'
import { type Bracket, FILING_STATUSES, type Law, PAY_FREQUENCIES, ROUNDINGS, SCHEDULES } from './schema.ts'

/**
 * The same worksheet on whole numbers in float64, for millions of rows. It is exact, not near: with every amount at
 * most `LARGEST_CENTS`, each sum and product is a whole number below 2^53, which float64 holds exactly (half the
 * divisor is whole too, the divisor being a multiple of 100). The one division n / d is floored at once, and its floor
 * is exact: rounding could lift it to a whole number q only if q - n/d >= 1/d were below half a unit in the last place
 * of q, that is q * d > 2^53; but q * d <= n + d < 2^53.
 * `withhold-columns.test.ts` compares it with the `bigint` worksheet.
 */
export const LARGEST_CENTS = 1e11

/** Numbers of one row of a table: at least (cents), base (hundredths of a cent), percent. */
const WIDTH = 3
/** Numbers of one table: eight rows at most, and one more that no wage reaches. */
const STRIDE = 27

/**
 * A table is entered by the wage's bucket of 2^18 cents, which names the last row that starts at or below the bucket's
 * start. No bucket holds two further starts, nor does all that lies above the last bucket, so that one comparison
 * settles the row.
 */
const BUCKETS = 256
const BUCKET_CENTS = 2 ** 18

/** Laws as flat arrays: a table's number is `(year - first) * 6 + schedule * 3 + status`, in the order of the lists. */
export interface CompiledLaws {
  readonly first: number
  readonly count: number
  readonly brackets: Float64Array
  /** Per table and bucket: where in its part of `brackets` the row begins. */
  readonly entries: Uint8Array
  /** Per table: line 1g in cents, zero in Step 2 tables. */
  readonly line1g: Float64Array
}

/** @param laws of successive years, the earliest first */
export function compileLaws(laws: readonly Law[]): CompiledLaws {
  const compiled = {
    first: laws[0]?.year ?? 0,
    count: laws.length,
    brackets: new Float64Array(laws.length * 6 * STRIDE).fill(Number.MAX_SAFE_INTEGER),
    entries: new Uint8Array(laws.length * 6 * BUCKETS),
    line1g: new Float64Array(laws.length * 6),
  }
  for (const [y, law] of laws.entries())
    for (const [s, schedule] of SCHEDULES.entries())
      for (const [f, status] of FILING_STATUSES.entries()) {
        const table = y * 6 + s * 3 + f
        compileTable(compiled, table, law.brackets[schedule][status])
        compiled.line1g[table] = schedule === 'standard' ? Number(law.line_1g[status]) : 0
      }
  return compiled
}

function compileTable({ brackets, entries }: CompiledLaws, table: number, rows: readonly Bracket[]): void {
  assert(rows.length < STRIDE / WIDTH, 'a table has at most eight rows')
  const place = (row: number) => table * STRIDE + row * WIDTH
  for (const [i, row] of rows.entries()) {
    brackets[place(i)] = Number(row.at_least)
    brackets[place(i) + 1] = Number(row.base_tax) * 100
    brackets[place(i) + 2] = Number(row.percent)
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const start = bucket * BUCKET_CENTS
    const row = rows.findLastIndex((r) => Number(r.at_least) <= start)
    const end = bucket === BUCKETS - 1 ? Number.MAX_SAFE_INTEGER : start + BUCKET_CENTS
    assert(!(Number(rows[row + 2]?.at_least ?? end) < end), 'no bucket holds two starts')
    entries[table * BUCKETS + bucket] = row * WIDTH
  }
}

/**
 * Tax of one payment. Amounts in whole cents, from 0 to `LARGEST_CENTS`.
 * @param table    its number in `laws`
 * @param unit     cents that the tax is rounded to
 * @param subtract a year: step 4(b) plus line 1g, or the allowances
 * @returns cents, halves rounded up
 */
export function taxOf(
  brackets: Float64Array,
  entries: Uint8Array,
  table: number,
  periods: number,
  unit: number,
  wages: number,
  step3: number,
  step4a: number,
  subtract: number,
  step4c: number,
): number {
  // The constants above as plain numbers: bundling makes variables of them, which costs a sixth of the speed here.
  const annual = Math.max(wages * periods + step4a - subtract, 0)
  const bucket = Math.min(annual, 2 ** 26 - 1) >> 18
  let row = table * 27 + (entries[table * 256 + bucket] as number)
  if (annual >= (brackets[row + 3] as number)) row += 3
  const tentative =
    (brackets[row + 1] as number) +
    (brackets[row + 2] as number) * (annual - (brackets[row] as number)) -
    100 * step3
  const scale = 100 * periods
  const divisor = scale * unit
  return Math.floor((Math.max(tentative, 0) + scale * step4c + 0.5 * divisor) / divisor) * unit
}

/** Payments by column, one row each; amounts in whole cents, 0 to `LARGEST_CENTS`. */
export interface PaycheckColumns {
  /** Number of the table: see `CompiledLaws`. */
  readonly table: Uint16Array
  /** Number of the pay frequency in `PAY_FREQUENCIES`. */
  readonly pay_frequency: Uint8Array
  /** Number of the rounding in `ROUNDINGS`. */
  readonly rounding: Uint8Array
  readonly wages: Float64Array
  readonly step3: Float64Array
  readonly step4a: Float64Array
  readonly step4b: Float64Array
  readonly step4c: Float64Array
}

const PERIODS = Float64Array.from(PAY_FREQUENCIES, (name) => PAY_PERIODS[name])
const UNITS = Float64Array.from(ROUNDINGS, (name) => ROUNDING_CENTS[name])

/** Fills `tax` with cents for every row of `columns`, Forms W-4 of 2020 or later. */
export function withholdColumns(columns: PaycheckColumns, laws: CompiledLaws, tax: Float64Array): void {
  const { table, pay_frequency, rounding, wages, step3, step4a, step4b, step4c } = columns
  const { brackets, entries, line1g } = laws
  const [periods, units] = [PERIODS, UNITS]
  for (let i = 0; i < tax.length; i++) {
    const t = table[i] as number
    tax[i] = taxOf(
      brackets,
      entries,
      t,
      periods[pay_frequency[i] as number] as number,
      units[rounding[i] as number] as number,
      wages[i] as number,
      step3[i] as number,
      step4a[i] as number,
      (step4b[i] as number) + (line1g[t] as number),
      step4c[i] as number,
    )
  }
}
