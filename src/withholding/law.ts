import { type Cents, cents, dollars, err, ok, type Result } from '../base/index.ts'
import { PERCENTAGE_METHOD } from './data/percentage-method.ts'
import { NONRESIDENT_ADDBACK, YEARS } from './data/years.ts'
import {
  AddbackRow,
  type Bracket,
  FILING_STATUSES,
  type FilingStatus,
  type FormW4,
  type Law,
  type PayFrequency,
  SCHEDULES,
  type Schedule,
  TableRow,
  type WithholdingError,
  YearRow,
} from './schema.ts'

/** Years whose tables are carried, first to last. */
export const YEARS_CARRIED: readonly number[] = YEARS.map((row) => row.year)

const laws = new Map<number, Law>()

/** The law of a calendar year: the year in which the wages are paid, not earned. */
export function lawOf(year: number): Result<Law, WithholdingError> {
  const known = laws.get(year)
  if (known) return ok(known)
  const row = YEARS.find((r) => r.year === year)
  if (!row) return err({ code: 'year_not_carried', year, years: YEARS_CARRIED })
  const law = buildLaw(row, PERCENTAGE_METHOD as unknown as readonly TableRow[], NONRESIDENT_ADDBACK)
  laws.set(year, law)
  return ok(law)
}

function buildLaw(row: YearRow, tables: readonly TableRow[], addbacks: readonly AddbackRow[]): Law {
  const bracketsOf = (schedule: Schedule, status: FilingStatus): readonly Bracket[] =>
    (findTable(tables, row.year, schedule, status)?.rows ?? []).map(([atLeast, base, percent]) => ({
      at_least: dollars(BigInt(atLeast)),
      base_tax: cents(BigInt(base)),
      percent: BigInt(percent),
    }))
  const addback = (form: FormW4) => addbacks.find((r) => r.year === row.year && r.form === form)
  const [late, early] = [addback('2020_or_later'), addback('2019_or_earlier')]
  return {
    year: row.year,
    brackets: perKey(SCHEDULES, (schedule) =>
      perKey(FILING_STATUSES, (status) => bracketsOf(schedule, status)),
    ),
    line_1g: perKey(FILING_STATUSES, (status) => dollars(BigInt(row.line_1g[status]))),
    allowance: dollars(BigInt(row.allowance)),
    ...(late &&
      early && {
        nonresident_addback: { '2020_or_later': amounts(late), '2019_or_earlier': amounts(early) },
      }),
    grade: row.grade,
    source: row.source,
  }
}

const perKey = <K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>

const amounts = (row: AddbackRow): Record<PayFrequency, Cents> =>
  perKey(Object.keys(row.amounts) as PayFrequency[], (key) => cents(BigInt(row.amounts[key])))

const findTable = (tables: readonly TableRow[], year: number, schedule: Schedule, status: FilingStatus) =>
  tables.find((t) => t.year === year && t.schedule === schedule && t.filing_status === status)

/** What is wrong with a set of rows, one sentence each; empty when it can be used. A test holds it over our rows. */
export function findLawFaults(
  years: readonly unknown[],
  tables: readonly unknown[],
  addbacks: readonly unknown[],
): string[] {
  const [y, t, a] = [
    YearRow.array().safeParse(years),
    TableRow.array().safeParse(tables),
    AddbackRow.array().safeParse(addbacks),
  ]
  if (!y.success || !t.success || !a.success)
    return [y, t, a].flatMap((r) => r.error?.issues.map((i) => `${i.path.join('.')}: ${i.message}`) ?? [])
  return [
    ...y.data.flatMap((row) => yearFaults(row, t.data)),
    ...t.data
      .filter((row) => !y.data.some((r) => r.year === row.year))
      .map((row) => `${row.year}: a table, but no row in YEARS`),
    ...a.data
      .filter((row) => row.amounts.annual === undefined)
      .map((row) => `${row.year}: add-back incomplete`),
  ]
}

function yearFaults(row: YearRow, tables: readonly TableRow[]): string[] {
  const faults: string[] = []
  for (const status of FILING_STATUSES)
    for (const schedule of SCHEDULES) {
      const at = `${row.year} ${schedule} ${status}`
      const found = tables.filter(
        (t) => t.year === row.year && t.schedule === schedule && t.filing_status === status,
      )
      if (found.length !== 1 || !found[0]) faults.push(`${at}: ${found.length} tables, wanted 1`)
      else faults.push(...shapeFaults(at, found[0]), ...deductionFaults(at, row, found[0]))
    }
  return [...faults, ...identityFaults(row, tables)]
}

/** Brackets rise, and each base is the tax at the end of the bracket before, but for the rounding of threshold and base. */
function shapeFaults(at: string, table: TableRow): string[] {
  const faults: string[] = []
  const first = table.rows[0]
  if (first?.[0] !== 0 || first[1] !== 0 || first[2] !== 0)
    faults.push(`${at}: the first row is not 0, 0, 0 %`)
  for (const [i, [from, base, percent]] of table.rows.entries()) {
    const before = table.rows[i - 1]
    if (!before) continue
    if (from <= before[0] || percent <= before[2]) faults.push(`${at}: row ${i + 1} does not rise`)
    // Half a dollar of each rounded threshold at its rate, and half a cent of the base: in cents, 50 × rate + 1.
    if (Math.abs(base - before[1] - before[2] * (from - before[0])) > (percent * 50) / 100 + 1)
      faults.push(`${at}: row ${i + 1} does not follow from the row before`)
  }
  return faults
}

/** No tax below the deduction that the tables have built in, less line 1g (standard) or halved (Step 2 box). */
function deductionFaults(at: string, row: YearRow, table: TableRow): string[] {
  const status = table.filing_status
  const untaxed =
    table.schedule === 'standard'
      ? row.standard_deduction[status] - row.line_1g[status]
      : Math.floor((row.standard_deduction[status] + 1) / 2)
  return table.rows[1]?.[0] === untaxed
    ? []
    : [`${at}: tax starts at ${table.rows[1]?.[0]}, wanted ${untaxed}`]
}

/** The Step 2 table is the standard one, line 1g given back, halved: thresholds to dollars, bases to cents, halves up. */
function identityFaults(row: YearRow, tables: readonly TableRow[]): string[] {
  return FILING_STATUSES.flatMap((status) => {
    const standard = findTable(tables, row.year, 'standard', status)?.rows ?? []
    const halved = findTable(tables, row.year, 'step2_checkbox', status)?.rows ?? []
    return standard.flatMap(([from, base, percent], i) => {
      const wanted = i === 0 ? [0, 0, 0] : [halfUp(from + row.line_1g[status]), halfUp(base), percent]
      return wanted.join() === halved[i]?.join()
        ? []
        : [
            `${row.year} ${status}: Step 2 row ${i + 1} is ${halved[i]?.join()}, half the standard row is ${wanted.join()}`,
          ]
    })
  })
}

const halfUp = (n: number): number => Math.floor((n + 1) / 2)
