import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { NATION, ok } from '../../base/index.ts'
import { placeOf } from '../facts.ts'
import { Decimal } from '../schema.ts'
import { ourCategories } from './our-categories.ts'
import { placeOfName } from './places.ts'
import { fault } from './shape.ts'
import type { Source, Table, Value } from './source.ts'

const yy = (year: number): string => String(year % 100).padStart(2, '0')

/** Columns of Data Book table 5 after the name of the state, and what the headings above each must say. */
const COLUMNS: readonly (readonly [measure: string, says: RegExp])[] = [
  ['irs_total', /total/i],
  ['irs_business_income', /business income/i],
  ['irs_individual_employment_estate_trust_total', /total/i],
  ['irs_withheld_income_and_fica', /withheld/i],
  ['irs_nonwithheld_income_and_seca', /SECA/],
  ['irs_unemployment_insurance', /unemployment/i],
  ['irs_railroad_retirement', /railroad/i],
  ['irs_estate_trust_income', /estate and trust/i],
  ['irs_estate', /estate/i],
  ['irs_gift', /gift/i],
  ['irs_excise', /excise/i],
]
const UNITS = /thousands of dollars/i

const dataBook: Table = {
  name: 'data-book',
  about: {
    title: 'Gross collections by type of tax and state (IRS Data Book, table 5)',
    short: 'IRS Data Book, file',
    publisher: 'Internal Revenue Service',
    grade: 'official',
    basis: 'filer',
    year_kind: 'federal-fiscal',
    allocation:
      'Gross, before refunds, counted where the return was filed or the employer or firm remits, not where the burden falls: states with head offices are overstated.',
    left_out:
      'Refunds. Withheld income tax and FICA stand in one figure. The nation holds collections from abroad.',
  },
  url: 'https://www.irs.gov/statistics/soi-tax-stats-gross-collections-by-type-of-tax-and-state-irs-data-book-table-5',
  hasStates: true,
  isFile: true,
  categories: () =>
    ourCategories(
      'irs_collections',
      COLUMNS.map(([measure]) => measure),
      'usd_thousands',
    ),
  call: ({ year }) => ({ url: `/pub/irs-soi/${yy(year)}dbs01t05co.xlsx`, headers: {}, as: 'bytes' }),
  read: async (body, { year }) => {
    const rows = await sheetOf(body)
    if (rows === undefined) return fault('the file', 'no spreadsheet', 'an XLSX workbook')
    const first = rows.findIndex((row) => /^United States, total/i.test(row[0] ?? ''))
    if (first < 0) return fault('the first column', 'no such row', 'a row "United States, total"')
    const head = rows.slice(0, first)
    const words = head.flat().join(' ')
    if (!UNITS.test(words)) return fault('the unit above the table', words, 'thousands of dollars')
    if (!new RegExp(`fiscal year\\s+${year}\\b`, 'i').test(words))
      return fault('the title', words, `fiscal year ${year}`)
    for (const [at, [measure, says]] of COLUMNS.entries()) {
      const heading = head.map((row) => row[at + 1] ?? '').join(' ')
      if (!says.test(heading))
        return fault(`the heading of column ${at + 2}`, heading.trim(), `${says.source}, for ${measure}`)
    }
    const values: Value[] = []
    const skipped: { what: string; why: string }[] = []
    for (const [below, row] of rows.slice(first).entries()) {
      const name = (row[0] ?? '').replace(/\s*\[\d+\]$/, '').trim()
      const jurisdiction = below === 0 ? NATION : placeOfName(name)
      // Footnotes stand under the table; collections from abroad and the undistributed belong to no state.
      if (name === '') break
      if (jurisdiction === undefined) continue
      for (const [at, [category]] of COLUMNS.entries()) {
        const value = (row[at + 1] ?? '').replaceAll(',', '')
        if (/^(\[d\]|d|\*|)$/i.test(value))
          skipped.push({ what: `${name}, ${category}`, why: value || 'empty' })
        else if (!Decimal.safeParse(value).success)
          return fault(`row ${first + below + 1}, column ${at + 2}`, value, 'a number')
        else values.push({ jurisdiction, category, year, value })
      }
    }
    return ok({ values, skipped, next: null, vintage: `Data Book ${year}` })
  },
}

async function sheetOf(body: unknown): Promise<readonly (readonly string[])[] | undefined> {
  if (!(body instanceof Uint8Array)) return undefined
  try {
    const sheet = await readSheet(Buffer.from(body))
    return sheet.map((row) =>
      row.map((cell) => (cell === null || cell === undefined ? '' : String(cell).trim())),
    )
  } catch {
    return undefined
  }
}

/** Columns of Historic Table 2; money stands in thousands of dollars by its documentation guide. */
const SOI = [
  {
    column: 'N1',
    category: 'soi_returns',
    direction: 'context',
    unit: 'returns',
    en: 'Individual income tax returns',
    es: 'Declaraciones del impuesto de la renta',
  },
  {
    column: 'A10300',
    category: 'soi_total_tax_liability',
    direction: 'gives',
    unit: 'usd_thousands',
    en: 'Total tax liability on individual returns',
    es: 'Cuota total de las declaraciones personales',
  },
  {
    column: 'N59660',
    category: 'eitc_returns',
    direction: 'context',
    unit: 'returns',
    en: 'Returns with the earned income tax credit',
    es: 'Declaraciones con crédito por ingreso del trabajo',
  },
  {
    column: 'A59660',
    category: 'eitc_amount',
    direction: 'gets',
    unit: 'usd_thousands',
    en: 'Earned income tax credit',
    es: 'Crédito por ingreso del trabajo',
  },
] as const

const soi: Table = {
  name: 'soi',
  about: {
    title: 'Individual income tax returns by state (IRS SOI, Historic Table 2)',
    short: 'IRS SOI, file',
    publisher: 'Internal Revenue Service, Statistics of Income',
    grade: 'official',
    basis: 'filer',
    year_kind: 'tax-year',
    allocation: 'By the address on the return.',
    left_out:
      'Payroll taxes that employers remit; corporate and other taxes. The credit is part of no tax here.',
  },
  url: 'https://www.irs.gov/statistics/soi-tax-stats-historic-table-2',
  hasStates: true,
  isFile: true,
  categories: () => SOI.map(({ column: _, ...category }) => category),
  call: ({ year }) => ({ url: `/pub/irs-soi/${yy(year)}in55cmcsv.csv`, headers: {}, as: 'bytes' }),
  read: (body, { year }) => {
    const rows = recordsOf(body)
    if (rows === undefined) return fault('the file', 'no table', 'CSV with a row of names')
    const names = Object.keys(rows[0] ?? {})
    for (const name of ['STATE', 'AGI_STUB', ...SOI.map(({ column }) => column)])
      if (!names.includes(name)) return fault('the row of names', names.join(','), `a column ${name}`)
    const values: Value[] = []
    const skipped: { what: string; why: string }[] = []
    // Stub 0 is all incomes together.
    for (const row of rows.filter(({ AGI_STUB }) => AGI_STUB === '0')) {
      const jurisdiction = placeOf(row.STATE ?? '')
      if (jurisdiction === undefined) {
        skipped.push({ what: `row of ${row.STATE}`, why: 'no state or territory of this workbench' })
        continue
      }
      for (const { column, category } of SOI) {
        const value = (row[column] ?? '').replaceAll(',', '').replace(/\.0+$/, '')
        if (!Decimal.safeParse(value).success)
          return fault(`${row.STATE}, column ${column}`, row[column], 'a number')
        values.push({ jurisdiction, category, year, value })
      }
    }
    return ok({ values, skipped, next: null, vintage: `tax year ${year}` })
  },
}

function recordsOf(body: unknown): readonly Readonly<Record<string, string>>[] | undefined {
  if (!(body instanceof Uint8Array)) return undefined
  try {
    return parse(Buffer.from(body), { bom: true, columns: true, trim: true, skip_empty_lines: true })
  } catch {
    return undefined
  }
}

export const irs: Source = {
  name: 'irs',
  title: 'IRS Statistics of Income files',
  base: 'https://www.irs.gov',
  perMinute: 10,
  limitSource: 'the service states none; ten a minute is our own choice, and 429 is obeyed',
  tables: [dataBook, soi],
}
