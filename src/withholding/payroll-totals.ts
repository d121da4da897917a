import { type Cents, cents, err, ok, type Result } from '../base/index.ts'
import { centsAt, parseAmount, WANTED_AMOUNT, wordReader } from './amounts.ts'
import { type CsvFault, CsvReader, type CsvRow, findWidthFault, readHeader, textAt } from './csv.ts'
import { FICA_RATES, WAGE_BASES } from './data/fica.ts'
import { placePaycheck, type RowPricer, rowPricer, valueFault } from './paycheck-row.ts'
import { findPersonalColumn, findPersonalValue } from './privacy.ts'
import type { Rounding } from './schema.ts'
import { LARGEST_CENTS } from './withhold-columns.ts'

/** What a pay run owes, in cents; every row is rounded before it is added. */
export interface PayrollTotals {
  readonly rows: number
  readonly gross_wages: Cents
  readonly federal_income_tax: Cents
  readonly social_security_employee: Cents
  readonly social_security_employer: Cents
  readonly medicare_employee: Cents
  readonly medicare_employer: Cents
  readonly additional_medicare: Cents
}

export interface PayrollRun {
  readonly totals: PayrollTotals
  /** By name, in order of their bytes. */
  readonly agencies: readonly ({ readonly agency: string } & PayrollTotals)[]
  /** What was taken for granted because a column is not in the file. */
  readonly assumptions: readonly string[]
}

export interface PayrollCounter {
  readonly count: (piece: Uint8Array, last: boolean) => Result<undefined, CsvFault>
  readonly run: () => PayrollRun
}

/** Who pays what on a row's wages; see `coverageOf`. */
const FICA_COVERAGES = ['both', 'medicare', 'none'] as const

const OPTIONAL = [
  ['fica_wages', 'fica_wages: Social Security and Medicare are figured from wages'],
  [
    'ytd_wages',
    'ytd_wages: no earlier wages this year, so the Social Security base and the 200,000 threshold are met by one payment or not at all',
  ],
  ['fica_coverage', 'fica_coverage: every row is covered by both Social Security and Medicare'],
] as const

type Field = Exclude<keyof PayrollTotals, 'rows'>
const FIELDS = [
  'gross_wages',
  'federal_income_tax',
  'social_security_employee',
  'medicare_employee',
  'additional_medicare',
] as const satisfies readonly Field[]

/** Sums of whole cents, in float64 while they are below 2^52 and moved to `bigint` before they could pass it. */
interface Sums {
  readonly agency: string
  readonly bytes: Uint8Array
  rows: number
  readonly near: Float64Array
  readonly far: bigint[]
}

const bases = new Map<number, number>(WAGE_BASES.map((row) => [row.year, row.wage_base * 100]))
const threshold = FICA_RATES.additional_medicare_threshold * 100
const coverageAt = wordReader(FICA_COVERAGES)

/** Counts a pay run piece by piece; keeps the sums by agency and nothing of any employee. */
export function payrollCounter(rounding: Rounding): PayrollCounter {
  const reader = new CsvReader()
  const agencies = new Map<number, Sums[]>()
  let names: readonly string[] | undefined
  let pricer: RowPricer | undefined
  const at = { agency: -1, employee_ref: -1, fica_wages: -1, ytd_wages: -1, fica_coverage: -1 }

  function takeHeader(row: CsvRow): CsvFault | undefined {
    const header = readHeader(row)
    if ('code' in header) return header
    const personal = findPersonalColumn(header)
    if (personal) return personal
    const places = placePaycheck(header)
    if (!places.ok) return places.error
    for (const name of Object.keys(at) as (keyof typeof at)[]) {
      at[name] = header.indexOf(name)
      if (at[name] !== header.lastIndexOf(name))
        return { code: 'column_twice', line: 1, column: name, wanted: 'each column once' }
    }
    for (const column of ['employee_ref', 'agency'] as const)
      if (at[column] < 0)
        return {
          code: 'column_missing',
          line: 1,
          column,
          wanted: `a header with ${column}; found: ${header.join(', ')}`,
        }
    names = header
    pricer = rowPricer(places.value, rounding)
    return undefined
  }

  /** Cents of an amount that may be absent or empty, exact up to 13 digits of dollars. */
  function optionalAmount(row: CsvRow, column: 'fica_wages' | 'ytd_wages', blank: number): number | CsvFault {
    const field = at[column]
    if (field < 0 || row.from[field] === row.to[field]) return blank
    const plain = centsAt(row, field)
    if (plain >= 0) return plain
    const text = textAt(row, field) ?? ''
    const amount = parseAmount(text)
    return amount === undefined ? valueFault(row, column, text, WANTED_AMOUNT) : Number(amount)
  }

  function takeRow(row: CsvRow): CsvFault | undefined {
    if (names === undefined || pricer === undefined) return takeHeader(row)
    if (row.fields !== names.length) return findWidthFault(row, names)
    const personal = findPersonalValue(row, names, at.employee_ref)
    if (personal) return personal
    const tax = pricer.tax(row)
    if (typeof tax !== 'number') return tax
    const wages = pricer.wages()
    const ficaWages = optionalAmount(row, 'fica_wages', wages)
    const earlier = optionalAmount(row, 'ytd_wages', 0)
    if (typeof ficaWages !== 'number') return ficaWages
    if (typeof earlier !== 'number') return earlier
    for (const [column, amount] of [
      ['wages', wages],
      ['fica_wages', ficaWages],
      ['ytd_wages', earlier],
    ] as const)
      if (amount > LARGEST_CENTS)
        return valueFault(
          row,
          column,
          String(amount / 100),
          `at most ${LARGEST_CENTS / 100} dollars in a pay run`,
        )
    const coverage =
      at.fica_coverage < 0 || row.from[at.fica_coverage] === row.to[at.fica_coverage]
        ? 0
        : coverageAt(row, at.fica_coverage)
    if (coverage < 0)
      return valueFault(
        row,
        'fica_coverage',
        textAt(row, at.fica_coverage) ?? '',
        `one of ${FICA_COVERAGES.join(', ')}`,
      )
    const sums = sumsOf(row)
    if ('code' in sums) return sums
    add(sums, pricer.year(), wages, tax, ficaWages, earlier, coverage)
    return undefined
  }

  function sumsOf(row: CsvRow): Sums | CsvFault {
    const [from, to] = [row.from[at.agency] as number, row.to[at.agency] as number]
    let hash = to - from
    for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + (row.bytes[i] as number)) | 0
    const candidates = agencies.get(hash)
    for (const sums of candidates ?? []) if (isSame(row.bytes, from, to, sums.bytes)) return sums
    const agency = textAt(row, at.agency)
    if (agency === undefined || agency.trim() === '')
      return valueFault(
        row,
        'agency',
        agency ?? 'bytes that are not UTF-8',
        'the name or number of an agency',
      )
    const sums = {
      agency,
      bytes: row.bytes.slice(from, to),
      rows: 0,
      near: new Float64Array(FIELDS.length),
      far: FIELDS.map(() => 0n),
    }
    agencies.set(hash, [...(candidates ?? []), sums])
    return sums
  }

  return {
    count: (piece, last) => {
      const fault = reader.read(piece, last, takeRow)
      if (fault) return err(fault)
      if (last && names === undefined)
        return err({ code: 'csv_malformed', line: 1, found: 'an empty file', wanted: 'a header and rows' })
      return ok(undefined)
    },
    run: () => {
      const all = [...agencies.values()].flat().sort((a, b) => (a.agency < b.agency ? -1 : 1))
      return {
        totals: totalOf(all),
        agencies: all.map((sums) => ({ agency: sums.agency, ...totalOf([sums]) })),
        assumptions: OPTIONAL.filter(([name]) => at[name] < 0).map(([, text]) => `No column ${text}`),
      }
    },
  }
}

/**
 * Adds one row, by the rules of `fica` on whole numbers: rates are hundredths of a percent, so each product stays below
 * 2^53 for amounts up to `LARGEST_CENTS` (see withhold-columns.ts for why the floor of the quotient is exact).
 */
function add(
  sums: Sums,
  year: number,
  wages: number,
  tax: number,
  ficaWages: number,
  earlier: number,
  coverage: number,
): void {
  const base = bases.get(year) ?? 0
  const taxed = coverage === 0 ? Math.min(ficaWages, Math.max(base - earlier, 0)) : 0
  const above = Math.max(ficaWages - Math.max(threshold - earlier, 0), 0)
  const medicare = coverage === 2 ? 0 : ficaWages
  const { near, far } = sums
  sums.rows++
  near[0] = (near[0] as number) + wages
  near[1] = (near[1] as number) + tax
  near[2] = (near[2] as number) + share(taxed, FICA_RATES.social_security)
  near[3] = (near[3] as number) + share(medicare, FICA_RATES.medicare)
  near[4] = (near[4] as number) + (coverage === 2 ? 0 : share(above, FICA_RATES.additional_medicare))
  if ((near[0] as number) + (near[1] as number) + (near[3] as number) < 2 ** 52) return
  for (let i = 0; i < far.length; i++) {
    far[i] = (far[i] as bigint) + BigInt(near[i] as number)
    near[i] = 0
  }
}

const share = (amount: number, rate: number): number => Math.floor((2 * amount * rate + 10_000) / 20_000)

function isSame(bytes: Uint8Array, from: number, to: number, other: Uint8Array): boolean {
  if (to - from !== other.length) return false
  for (let i = 0; i < other.length; i++) if (bytes[from + i] !== other[i]) return false
  return true
}

function totalOf(all: readonly Sums[]): PayrollTotals {
  const sum = (field: (typeof FIELDS)[number]): Cents => {
    const i = FIELDS.indexOf(field)
    return cents(all.reduce((total, sums) => total + (sums.far[i] ?? 0n) + BigInt(sums.near[i] ?? 0), 0n))
  }
  return {
    rows: all.reduce((total, sums) => total + sums.rows, 0),
    gross_wages: sum('gross_wages'),
    federal_income_tax: sum('federal_income_tax'),
    social_security_employee: sum('social_security_employee'),
    social_security_employer: sum('social_security_employee'),
    medicare_employee: sum('medicare_employee'),
    medicare_employer: sum('medicare_employee'),
    additional_medicare: sum('additional_medicare'),
  }
}
