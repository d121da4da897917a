import { stringify } from 'csv-stringify/sync'
import { type Json, stateOfDivision } from '../base/index.ts'
import type { Figures } from './figures.ts'
import type { LeverageRow } from './position.ts'
import type { Estimate } from './rivals.ts'
import type { Award, Figure, RecordedDisruption } from './schema.ts'
import { centsOf } from './units.ts'
import { ranking, type View } from './view.ts'

/** One column of a download: its name in every format, and what it means. */
export interface TableColumn {
  readonly name: string
  /** `cents` are whole US cents; `decimal` is exact, as published. */
  readonly type: 'text' | 'integer' | 'cents' | 'decimal'
  readonly meaning: string
}
export type Cell = string | number | bigint | null

/** A table that can be written as CSV, JSON or Parquet, with its own dictionary. */
export interface Table {
  readonly name: string
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly Cell[])[]
}

const column = (name: string, type: TableColumn['type'], meaning: string): TableColumn => ({
  name,
  type,
  meaning,
})
const USPS = column('usps', 'text', 'postal code of the state, DC or territory; US for the nation')
const PLACE = column('jurisdiction', 'text', 'Open Civic Data division id')

/** Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers are left alone. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/
const csvCell = (cell: Cell, type: TableColumn['type']): string => {
  const text = cell === null ? '' : String(cell)
  return type === 'text' && FORMULA.test(text) ? `'${text}` : text
}

/** CSV by RFC 4180: commas, CRLF, a first line of names. */
export const tableCsv = ({ columns, rows }: Table): string =>
  stringify(
    [
      columns.map((c) => c.name),
      ...rows.map((row) => row.map((cell, at) => csvCell(cell, columns[at]?.type ?? 'text'))),
    ],
    { record_delimiter: '\r\n' },
  )

/** Rows as objects; amounts and decimals as strings, so that no reader loses a digit. */
export const tableJson = ({ columns, rows }: Table): readonly Record<string, Json>[] =>
  rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, jsonCell(row[at] ?? null)])))
const jsonCell = (cell: Cell): Json => (typeof cell === 'bigint' ? cell.toString() : cell)

export const dictionaryOf = (table: Table): Table => ({
  name: `${table.name}-dictionary`,
  columns: [
    column('name', 'text', 'column'),
    column('type', 'text', 'type'),
    column('meaning', 'text', 'meaning'),
  ],
  rows: table.columns.map(({ name, type, meaning }) => [name, type, meaning]),
})

const uspsOf = (place: string): string => stateOfDivision(place as never)?.usps ?? 'US'

/** Every balance of one method in one view, the highest first. */
export function balanceTable(figures: Figures, basis: string, view: View): Table {
  const { ranked, leftOut } = ranking(figures, basis, view)
  const unit = view === 'gdp-share' ? 'ten_thousandths_of_gdp' : 'cents'
  return {
    name: `balance-${basis}-${view}`,
    columns: [
      column('rank', 'integer', 'rank by balance, highest first; empty where the balance is left out'),
      USPS,
      PLACE,
      column('basis', 'text', 'method of the estimate: see /position/methods'),
      column('year', 'integer', 'year of the estimate; the last one where it is a mean over several'),
      column('year_kind', 'text', 'what the year means'),
      column('grade', 'text', 'how far the estimate can be trusted'),
      column('view', 'text', 'how it is counted: total, per-resident, real, gdp-share, deficit-neutral'),
      column(
        `balance_${unit}`,
        'cents',
        'federal spending minus federal receipts; negative: pays more than it gets',
      ),
      column('left_out', 'text', 'what is missing, where there is no balance'),
    ],
    rows: [
      ...ranked.map(({ estimate: e, value, rank }) => [
        rank,
        uspsOf(e.jurisdiction),
        e.jurisdiction,
        e.id,
        e.year,
        e.year_kind,
        e.grade,
        view,
        value,
        null,
      ]),
      ...leftOut.map(({ jurisdiction, missing }) => [
        null,
        uspsOf(jurisdiction),
        jurisdiction,
        basis,
        null,
        null,
        null,
        view,
        null,
        missing,
      ]),
    ],
  }
}

/** Rival estimates of one state, claims among them and marked. */
export const estimatesTable = (usps: string, estimates: readonly Estimate[]): Table => ({
  name: `estimates-${usps.toLowerCase()}`,
  columns: [
    column('id', 'text', 'method, series or claim'),
    column('name', 'text', 'who estimates or says it'),
    column('kind', 'text', 'published, own, illustration, user, or claim (quoted, no table here)'),
    column('grade', 'text', 'how far it can be trusted'),
    column('year', 'integer', 'year'),
    column('year_kind', 'text', 'what the year means'),
    column('gets_cents', 'cents', 'federal spending'),
    column('gives_cents', 'cents', 'federal receipts'),
    column('balance_cents', 'cents', 'spending minus receipts'),
    column('formula', 'text', 'how it is made from its inputs'),
    column('why_it_differs', 'text', 'why it differs from the others'),
    column('url', 'text', 'where it is from'),
  ],
  rows: estimates.map((e) => [
    e.id,
    e.name,
    e.kind,
    e.grade,
    e.year,
    e.year_kind,
    e.flows?.gets ?? null,
    e.flows?.gives ?? null,
    e.balance,
    e.formula || null,
    e.why_it_differs,
    e.url ?? null,
  ]),
})

export const leverageRows = (rows: readonly LeverageRow[]): Table => ({
  name: 'leverage',
  columns: [
    USPS,
    column('employees', 'integer', 'state and local full-time-equivalent employees, brought to the pay year'),
    column('mean_pay_cents', 'cents', 'yearly payroll ÷ employees'),
    column('pay_year', 'integer', 'March of the year that pay was brought to'),
    column('grown_by', 'text', 'whose growth brought March 2016 to the pay year'),
    column('tax_year', 'integer', 'year of the withholding tables'),
    column('leverage_low_cents', 'cents', 'federal income tax withheld in a year if all file jointly'),
    column('leverage_high_cents', 'cents', 'the same if all file single'),
    column(
      'employer_low_cents',
      'cents',
      'employer’s own Medicare tax on the same pay, not inside the leverage',
    ),
    column('employer_high_cents', 'cents', 'the same with Social Security, if every position were covered'),
    column('rank', 'integer', 'rank by the high end, largest first'),
    column('collected_cents', 'cents', 'gross IRS collections of the tax year, at the place of filing'),
    column('exposure_cents', 'cents', 'federal grants to the state government'),
    column('exposure_year', 'integer', 'state fiscal year of the exposure'),
    column('balance_cents', 'cents', 'newest published balance: spending minus receipts'),
    column('balance_basis', 'text', 'method of that balance'),
    column('balance_year', 'integer', 'its year'),
  ],
  rows: rows.map(({ usps, leverage: l, employer, rank, collected, exposure, balance }) => [
    usps,
    l?.employees ?? null,
    l?.mean_pay ?? null,
    l?.year ?? null,
    l?.grown_by ?? null,
    l?.tax_year ?? null,
    l?.low ?? null,
    l?.high ?? null,
    employer?.low ?? null,
    employer?.high ?? null,
    rank ?? null,
    collected ? centsOf(collected) : null,
    exposure?.total ?? null,
    exposure?.year ?? null,
    balance?.balance ?? null,
    balance?.id ?? null,
    balance?.year ?? null,
  ]),
})

export const flowsTable = (name: string, flows: readonly Figure[]): Table => ({
  name,
  columns: [
    USPS,
    PLACE,
    column('series', 'text', 'series: see /position/methods'),
    column('category', 'text', 'what is counted'),
    column('direction', 'text', 'gives: federal receipts; gets: federal spending; balance; context'),
    column('year', 'integer', 'year'),
    column('year_kind', 'text', 'what the year means'),
    column('basis', 'text', 'who or what is counted'),
    column('value', 'decimal', 'value in the unit, as published'),
    column('unit', 'text', 'unit of the value'),
    column('grade', 'text', 'how far the value can be trusted'),
    column('source', 'text', 'source id: see /api/v1/position/series'),
    column('vintage', 'text', 'issue that was read'),
  ],
  rows: flows.map((f) => [
    uspsOf(f.jurisdiction),
    f.jurisdiction,
    f.series,
    f.category,
    f.direction,
    f.year,
    f.year_kind,
    f.basis,
    f.value,
    f.unit,
    f.grade,
    f.source,
    f.vintage,
  ]),
})

export const awardsTable = (usps: string, inventory: string, awards: readonly Award[]): Table => ({
  name: `funds-${usps.toLowerCase()}-${inventory}`,
  columns: [
    column('line', 'integer', 'line of the file'),
    column('award_id', 'text', 'award number'),
    column('agency', 'text', 'federal agency'),
    column('aln', 'text', 'assistance listing number'),
    column('programme', 'text', 'programme'),
    column('strength', 'text', 'legal strength: entitlement, formula, project, contract, direct, not_coded'),
    column('state_agency', 'text', 'state agency that gets it'),
    column('year', 'integer', 'year'),
    column('year_kind', 'text', 'what the year means'),
    column('amount_cents', 'cents', 'amount'),
    column('match_cents', 'cents', 'what the state must add'),
    column('effort_cents', 'cents', 'what the state must go on spending'),
  ],
  rows: awards.map((a) => [
    a.line,
    a.award_id,
    a.agency,
    a.aln,
    a.programme,
    a.strength,
    a.state_agency,
    a.year,
    a.year_kind,
    a.amount_cents,
    a.match_cents,
    a.effort_cents,
  ]),
})

export const disruptionsTable = (name: string, list: readonly RecordedDisruption[]): Table => ({
  name,
  columns: [
    PLACE,
    column('id', 'text', 'id within the jurisdiction'),
    column('version', 'integer', 'version; earlier ones are kept'),
    column('record_id', 'text', 'registry record of the federal action'),
    column('kind', 'text', 'freeze, denial, termination, delay or restoration'),
    column('agency', 'text', 'federal agency'),
    column('programme', 'text', 'programme'),
    column('aln', 'text', 'assistance listing number'),
    column('strength', 'text', 'legal strength of the money'),
    column('awarded_cents', 'cents', 'awarded'),
    column('drawn_cents', 'cents', 'drawn before the stop'),
    column('stopped_cents', 'cents', 'stopped'),
    column('back_cents', 'cents', 'paid back or restored'),
    column('since', 'text', 'since when (EDTF)'),
    column('until', 'text', 'until when (EDTF); empty while it is stopped'),
    column('affected', 'text', 'who is affected'),
    column('court_status', 'text', 'where a suit stands'),
    column('source_url', 'text', 'source'),
    column('recorded_at', 'text', 'when this version was recorded'),
  ],
  rows: list.map((d) => [
    d.jurisdiction,
    d.id,
    d.version,
    d.record_id,
    d.kind,
    d.agency,
    d.programme,
    d.aln,
    d.strength,
    d.awarded_cents,
    d.drawn_cents,
    d.stopped_cents,
    d.back_cents,
    d.since,
    d.until,
    d.affected,
    d.court_status,
    d.source_url,
    d.recorded_at,
  ]),
})
