import { daysInMonth, err, ok, type Result } from '../base/index.ts'
import { centsAt, wordReader } from './amounts.ts'
import { type CsvFault, type CsvRow, textAt } from './csv.ts'
import { PAY_PERIODS } from './data/years.ts'
import { lawOf, YEARS_CARRIED } from './law.ts'
import { PAYCHECK_COLUMNS, type PaycheckColumn, readPaycheck, refusalOf } from './paycheck-text.ts'
import { ROUNDING_CENTS, withhold } from './percentage-method.ts'
import { FILING_STATUSES, MARITAL_STATUSES, PAY_FREQUENCIES, ROUNDINGS, type Rounding } from './schema.ts'
import { compileLaws, taxOf } from './withhold-columns.ts'

type Places = Readonly<Record<PaycheckColumn, number>>

/** Prices the rows of one file. */
export interface RowPricer {
  /** Tax in cents of the row that was read last; exact. */
  readonly tax: (row: CsvRow) => number | CsvFault
  /** Calendar year of the row that `tax` was asked for last. */
  readonly year: () => number
  /** Wages in cents of that row. */
  readonly wages: () => number
}

/** Finds the columns of a paycheck in a header. */
export function placePaycheck(names: readonly string[]): Result<Places, CsvFault> {
  const fault = (code: CsvFault['code'], column: string, wanted: string) =>
    err({ code, line: 1, column, wanted } as const)
  for (const name of PAYCHECK_COLUMNS)
    if (names.indexOf(name) !== names.lastIndexOf(name))
      return fault('column_twice', name, 'each column once')
  const places = Object.fromEntries(PAYCHECK_COLUMNS.map((name) => [name, names.indexOf(name)])) as Places
  const have = PAYCHECK_COLUMNS.filter((name) => places[name] >= 0).join(', ') || 'none of them'
  for (const name of ['pay_frequency', 'wages'] as const)
    if (places[name] < 0) return fault('column_missing', name, `a header with ${name}; found: ${have}`)
  if (places.year < 0 && places.pay_date < 0)
    return fault('column_missing', 'year', `a header with year (or pay_date); found: ${have}`)
  if (places.filing_status < 0 && places.marital_status < 0)
    return fault(
      'column_missing',
      'filing_status',
      `a header with filing_status (or marital_status); found: ${have}`,
    )
  return ok(places)
}

const laws = compileLaws(
  YEARS_CARRIED.flatMap((year) => {
    const law = lawOf(year)
    return law.ok ? [law.value] : []
  }),
)
const allowanceOf = Float64Array.from(YEARS_CARRIED, (year) => {
  const law = lawOf(year)
  return law.ok ? Number(law.value.allowance) : 0
})
const frequencyAt = wordReader(PAY_FREQUENCIES)
const PERIODS = Float64Array.from(PAY_FREQUENCIES, (name) => PAY_PERIODS[name])
const statusAt = wordReader(FILING_STATUSES)
const maritalAt = wordReader(MARITAL_STATUSES)
const roundingAt = wordReader(ROUNDINGS)
const UNITS = Float64Array.from(ROUNDINGS, (name) => ROUNDING_CENTS[name])
const booleanAt = wordReader(['false', 'true'])

/**
 * Two ways to one answer: plain rows go from bytes to whole numbers to tax; a row that is not plain (spaces, capital
 * letters, enormous amounts, a nonresident alien, or wrong) goes through text, `Paycheck` and `withhold`.
 * @param rounding for rows without one
 */
export function rowPricer(places: Places, rounding: Rounding): RowPricer {
  const p = places
  const defaultUnit = ROUNDING_CENTS[rounding]
  const isEmpty = (row: CsvRow, field: number) => field < 0 || row.from[field] === row.to[field]
  const amount = (row: CsvRow, field: number) => (field < 0 ? 0 : centsAt(row, field))
  const flag = (row: CsvRow, field: number) => (isEmpty(row, field) ? 0 : booleanAt(row, field))
  let year = 0
  let wages = 0

  function plain(row: CsvRow): number {
    year = p.year < 0 ? yearOfDateAt(row, p.pay_date) : centsAt(row, p.year) / 100
    const y = year - laws.first
    const periods = PERIODS[frequencyAt(row, p.pay_frequency)] ?? -1
    const unit = isEmpty(row, p.rounding) ? defaultUnit : (UNITS[roundingAt(row, p.rounding)] ?? -1)
    wages = isEmpty(row, p.wages) ? -1 : centsAt(row, p.wages)
    if (!(y >= 0 && y < laws.count) || periods < 0 || unit < 0 || wages < 0 || y !== Math.floor(y)) return -1
    if (flag(row, p.nonresident_alien) !== 0) return -1
    const step2 = flag(row, p.step2_checkbox)
    const step3 = amount(row, p.step3)
    const step4a = amount(row, p.step4a)
    const step4b = amount(row, p.step4b)
    const step4c = amount(row, p.step4c)
    if (step2 < 0 || step3 < 0 || step4a < 0 || step4b < 0 || step4c < 0) return -1
    if (isEmpty(row, p.marital_status)) {
      const status = isEmpty(row, p.filing_status) ? -1 : statusAt(row, p.filing_status)
      if (status < 0 || amount(row, p.allowances) !== 0 || amount(row, p.line6_extra) !== 0) return -1
      const table = y * 6 + step2 * 3 + status
      const subtract = step4b + (laws.line1g[table] as number)
      return taxOf(laws.brackets, laws.entries, table, periods, unit, wages, step3, step4a, subtract, step4c)
    }
    const marital = maritalAt(row, p.marital_status)
    const allowances = isEmpty(row, p.allowances) ? -1 : centsAt(row, p.allowances) / 100
    const extra = amount(row, p.line6_extra)
    if (
      marital < 0 ||
      extra < 0 ||
      allowances < 0 ||
      allowances > 999 ||
      allowances !== Math.floor(allowances)
    )
      return -1
    if (!isEmpty(row, p.filing_status) || step2 + step3 + step4a + step4b + step4c !== 0) return -1
    const subtract = allowances * (allowanceOf[y] as number)
    return taxOf(laws.brackets, laws.entries, y * 6 + marital, periods, unit, wages, 0, 0, subtract, extra)
  }

  function careful(row: CsvRow): number | CsvFault {
    let isUtf8 = true
    const text = (column: PaycheckColumn): string => {
      const found = places[column] < 0 ? '' : textAt(row, places[column])
      isUtf8 &&= found !== undefined
      return found ?? '�'
    }
    const read = readPaycheck(text, rounding, places.year < 0 ? 'pay_date' : 'year')
    if (!isUtf8) return { code: 'csv_not_utf8', line: row.line, wanted: 'a file saved as UTF-8' }
    if (!read.ok) return valueFault(row, read.error.column, read.error.found, read.error.wanted)
    year = read.value.law.year
    wages = Number(read.value.paycheck.wages)
    const result = withhold(read.value.paycheck, read.value.law)
    return result.ok ? Number(result.value.tax) : valueFault(row, ...refusalOf(result.error))
  }

  return {
    tax: (row) => {
      const tax = plain(row)
      return tax >= 0 ? tax : careful(row)
    },
    year: () => year,
    wages: () => wages,
  }
}

export const valueFault = (row: CsvRow, column: string, found: string, wanted: string): CsvFault => ({
  code: 'value_invalid',
  line: row.line,
  column,
  found,
  wanted,
})

/** Year of a date in the calendar, straight from its bytes, or -1. */
function yearOfDateAt(row: CsvRow, field: number): number {
  const { bytes } = row
  const from = row.from[field] as number
  if ((row.to[field] as number) - from !== 10 || bytes[from + 4] !== 45 || bytes[from + 7] !== 45) return -1
  const digits = (start: number, count: number): number => {
    let n = 0
    for (let i = from + start; i < from + start + count; i++) {
      const digit = (bytes[i] as number) - 48
      if (digit < 0 || digit > 9) return -1
      n = n * 10 + digit
    }
    return n
  }
  const [year, month, day] = [digits(0, 4), digits(5, 2), digits(8, 2)]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? year : -1
}
