import { unreachable } from '../base/index.ts'
import { formatAmount } from './amounts.ts'
import type { CsvFault } from './csv.ts'
import type { PayrollRun, PayrollTotals } from './payroll-totals.ts'
import type { Law, Paycheck, Withholding } from './schema.ts'

/** The worksheet as a person reads it: line, value, words. */
export function worksheetText(law: Law, { tax, steps }: Withholding): string {
  const wide = Math.max(...steps.map((step) => step.shown.length))
  return [
    `IRS Publication 15-T, Worksheet 1A, tables of ${law.year} (${law.grade}: ${law.source})`,
    '',
    ...steps.map((step) => `${step.line.padEnd(6)} ${step.shown.padStart(wide)}  ${step.label}`),
    '',
    `Withhold ${formatAmount(tax)}. Information, not tax advice.`,
  ].join('\n')
}

/** The same for programs; `exact` is numerator/denominator of cents, or of the bare number on lines 1b, 1j and 2d. */
export function worksheetJson(law: Law, paycheck: Paycheck, { tax, steps }: Withholding): string {
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? formatAmount(value) : value)
  const lines = steps.map(({ line, label, shown, value }) => ({
    line,
    label,
    value: shown,
    exact: `${value.numerator}/${value.denominator}`,
  }))
  const { year, grade, source } = law
  return JSON.stringify(
    { year, paycheck, withholding: tax, steps: lines, tables: { grade, source } },
    plain,
    2,
  )
}

const COLUMNS = [
  ['rows', 'rows'],
  ['gross_wages', 'gross wages'],
  ['federal_income_tax', 'income tax'],
  ['social_security_employee', 'soc. sec. employee'],
  ['social_security_employer', 'soc. sec. employer'],
  ['medicare_employee', 'medicare employee'],
  ['medicare_employer', 'medicare employer'],
  ['additional_medicare', 'add. medicare'],
] as const satisfies readonly (readonly [keyof PayrollTotals, string])[]

const cellOf = (totals: PayrollTotals, field: keyof PayrollTotals): string =>
  field === 'rows' ? String(totals.rows) : formatAmount(totals[field])

export function payrollText(
  file: string,
  sha256: string,
  { totals, agencies, assumptions }: PayrollRun,
): string {
  const rows = [...agencies, { agency: 'All', ...totals }].map((row) => [
    row.agency,
    ...COLUMNS.map(([field]) => cellOf(row, field)),
  ])
  const table = [['agency', ...COLUMNS.map(([, title]) => title)], ...rows]
  const wide = COLUMNS.map((_, i) => Math.max(...table.map((row) => row[i + 1]?.length ?? 0)))
  const first = Math.max(...table.map((row) => row[0]?.length ?? 0))
  return [
    ...table.map(([agency = '', ...cells]) =>
      [agency.padEnd(first), ...cells.map((cell, i) => cell.padStart(wide[i] ?? 0))].join('  '),
    ),
    '',
    `${file}: ${totals.rows} rows, SHA-256 ${sha256}`,
    ...assumptions,
    'US dollars. Information, not tax advice.',
  ].join('\n')
}

export function payrollJson(
  file: string,
  sha256: string,
  { totals, agencies, assumptions }: PayrollRun,
): string {
  const cells = (row: PayrollTotals) =>
    Object.fromEntries(
      COLUMNS.map(([field]) => [field, field === 'rows' ? row.rows : formatAmount(row[field])]),
    )
  return JSON.stringify(
    {
      file,
      sha256,
      rows: totals.rows,
      unit: 'USD',
      totals: cells(totals),
      agencies: agencies.map((row) => ({ agency: row.agency, ...cells(row) })),
      assumptions,
    },
    null,
    2,
  )
}

const sourceName = (path: string): string => (path === '-' ? 'standard input' : path)

/** What is wrong with a file, in one line: file, line, column, value found, what is wanted. */
export function faultText(verb: string, path: string, fault: CsvFault): string {
  const column = fault.column === undefined ? '' : `, column ${fault.column}`
  const found = fault.found === undefined ? '' : `found ${JSON.stringify(fault.found)}; `
  const what = meaningOf(fault)
  return `tenth withholding ${verb}: ${sourceName(path)}, line ${fault.line}${column}: ${what}${found}wanted: ${fault.wanted}`
}

function meaningOf({ code }: CsvFault): string {
  switch (code) {
    case 'csv_malformed':
    case 'csv_not_utf8':
    case 'value_invalid':
      return ''
    case 'column_missing':
      return 'the column is missing; '
    case 'column_twice':
      return 'the column is there already; '
    case 'column_refused':
      return 'the column looks like a name or a Social Security number and is refused; '
    case 'value_refused':
      return 'a value looks like a Social Security number and is refused; '
    default:
      return unreachable(code)
  }
}

export const faultJson = (path: string, { code, ...fault }: CsvFault): string =>
  JSON.stringify({
    error: {
      code,
      detail: faultText('payroll', path, { code, ...fault }),
      file: sourceName(path),
      ...fault,
      exit: 1,
    },
  })
