import { PAY_PERIODS } from './data/years.ts'
import { ROUNDING_CENTS } from './percentage-method.ts'
import { FILING_STATUSES, type Law, PAY_FREQUENCIES, ROUNDINGS, SCHEDULES } from './schema.ts'

/**
 * The same worksheet on whole numbers in float64, for millions of rows. It is exact, not near: with every amount at
 * most `LARGEST_CENTS`, each sum and product is a whole number below 2^53, which float64 holds exactly. The one
 * division n / d is floored at once, and its floor is exact: rounding could lift it to a whole number q only if
 * q - n/d >= 1/d were below half a unit in the last place of q, that is q * d > 2^53; but q * d <= n + d < 2^53.
 * `withhold-columns.test.ts` compares it with the `bigint` worksheet.
 */
export const LARGEST_CENTS = 1e11

/** Eight rows of a table are searched in three steps, so shorter ones are filled up and longer ones refused. */
const ROWS = 8
/** Numbers of one table: per row at least (cents), base (hundredths of a cent), percent. */
const STRIDE = ROWS * 3

/** Laws as flat arrays: a table's number is `(year - first) * 6 + schedule * 3 + status`, in the order of the lists. */
export interface CompiledLaws {
  readonly first: number
  readonly count: number
  readonly brackets: Float64Array
  /** Per table: line 1g in cents, zero in Step 2 tables. */
  readonly line1g: Float64Array
}

/** @param laws of successive years, the earliest first */
export function compileLaws(laws: readonly Law[]): CompiledLaws {
  const brackets = new Float64Array(laws.length * 6 * STRIDE).fill(Number.MAX_SAFE_INTEGER)
  const line1g = new Float64Array(laws.length * 6)
  for (const [y, law] of laws.entries())
    for (const [s, schedule] of SCHEDULES.entries())
      for (const [f, status] of FILING_STATUSES.entries()) {
        const table = y * 6 + s * 3 + f
        const rows = law.brackets[schedule][status]
        if (rows.length > ROWS) throw new Error(`assertion failed: more than ${ROWS} brackets in ${law.year}`)
        for (const [i, row] of rows.entries()) {
          brackets[table * STRIDE + i] = Number(row.at_least)
          brackets[table * STRIDE + ROWS + i] = Number(row.base_tax) * 100
          brackets[table * STRIDE + 2 * ROWS + i] = Number(row.percent)
        }
        line1g[table] = schedule === 'standard' ? Number(law.line_1g[status]) : 0
      }
  return { first: laws[0]?.year ?? 0, count: laws.length, brackets, line1g }
}

/**
 * Tax of one payment. Amounts in whole cents, from 0 to `LARGEST_CENTS`.
 * @param table       its number in `laws`
 * @param subtract    a year: step 4(b) plus line 1g, or the allowances
 * @param unit        cents that the tax is rounded to
 * @returns cents, halves rounded up
 */
export function taxOf(
  brackets: Float64Array,
  table: number,
  periods: number,
  unit: number,
  wages: number,
  step3: number,
  step4a: number,
  subtract: number,
  step4c: number,
): number {
  const difference = wages * periods + step4a - subtract
  const annual = Math.max(difference, 0)
  let row = table * STRIDE
  if (annual >= (brackets[row + 4] as number)) row += 4
  if (annual >= (brackets[row + 2] as number)) row += 2
  if (annual >= (brackets[row + 1] as number)) row += 1
  const tentative =
    (brackets[row + ROWS] as number) +
    (brackets[row + 2 * ROWS] as number) * (annual - (brackets[row] as number)) -
    100 * step3
  const credited = Math.max(tentative, 0)
  const divisor = 100 * periods * unit
  return Math.floor((2 * (credited + 100 * periods * step4c) + divisor) / (2 * divisor)) * unit
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
  const { brackets, line1g } = laws
  for (let i = 0; i < tax.length; i++) {
    const t = table[i] as number
    tax[i] = taxOf(
      brackets,
      t,
      PERIODS[pay_frequency[i] as number] as number,
      UNITS[rounding[i] as number] as number,
      wages[i] as number,
      step3[i] as number,
      step4a[i] as number,
      (step4b[i] as number) + (line1g[t] as number),
      step4c[i] as number,
    )
  }
}
