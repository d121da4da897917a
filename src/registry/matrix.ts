import { isLocal, STATES, stateOfDivision, type Usps } from '../base/index.ts'
import type { Book } from './book.ts'
import { type Measure, PolicyArea, type STATUSES } from './schema.ts'

export const MATRIX_COLUMNS = ['playbook-type', 'area'] as const
export type MatrixColumns = (typeof MATRIX_COLUMNS)[number]

type MeasureStatus = (typeof STATUSES)['measure'][number]

/** Statuses of a measure, the most advanced first: what has force, what is on its way, what has none any more. */
const ADVANCE: readonly MeasureStatus[] = [
  'in-effect',
  'challenged',
  'partly-enjoined',
  'enjoined',
  'enacted',
  'passed-legislature',
  'proposed',
  'announced',
  'planned',
  'floated',
  'not-in-force',
  'struck-down',
  'vetoed',
  'defeated',
  'superseded',
  'repealed',
  'ended',
  'historic',
]

/** One jurisdiction's place in one column. */
export interface MatrixCell {
  readonly status: MeasureStatus
  /** True where only counties or places of the state have a measure. */
  readonly local: boolean
  /** The measures behind the cell, the one whose status it shows first. */
  readonly measures: readonly string[]
}

export interface MatrixColumn {
  /** Id of a playbook type, or a policy area. */
  readonly id: string
  /** Jurisdictions with a measure in the column. */
  readonly count: number
}

export interface MatrixRow {
  readonly usps: Usps
  /** One cell per column, null where nothing is recorded. */
  readonly cells: readonly (MatrixCell | null)[]
  /** Columns with a measure. */
  readonly count: number
}

export interface Matrix {
  readonly by: MatrixColumns
  readonly columns: readonly MatrixColumn[]
  /** States, DC and territories with any measure; most columns first, then by name. */
  readonly rows: readonly MatrixRow[]
  /** Those without one: not recorded is not the same as not there. */
  readonly without: readonly Usps[]
}

/**
 * Who has what: jurisdictions by playbook types or policy areas. A cell shows the most advanced status of a measure of
 * the state, or of its counties and places where the state itself has none.
 */
export function matrixOf(book: Book, by: MatrixColumns): Matrix {
  const ids = by === 'area' ? PolicyArea.options : book.byKind['playbook-type'].map((type) => type.id)
  const all = STATES.map(({ usps }) => rowOf(book.byKind.measure, usps, by, ids))
  const used = ids.map((_, at) => all.filter((row) => row.cells[at] !== null).length)
  const kept = (_: unknown, at: number) => (used[at] ?? 0) > 0
  const rows = all.map((row) => ({ ...row, cells: row.cells.filter(kept) }))
  return {
    by,
    columns: ids.map((id, at) => ({ id, count: used[at] ?? 0 })).filter(kept),
    rows: rows
      .filter((row) => row.count > 0)
      .sort((a, b) => b.count - a.count || order(a.usps) - order(b.usps)),
    without: rows.filter((row) => row.count === 0).map((row) => row.usps),
  }
}

const NAMES = [...STATES].sort((a, b) => (a.name < b.name ? -1 : 1)).map((state) => state.usps)
const order = (usps: Usps): number => NAMES.indexOf(usps)

function rowOf(
  measures: readonly Measure[],
  usps: Usps,
  by: MatrixColumns,
  ids: readonly string[],
): MatrixRow {
  const own = measures.filter((m) => m.jurisdictions.some((id) => stateOfDivision(id)?.usps === usps))
  const cells = ids.map((id) =>
    cellOf(
      own.filter((m) => (by === 'area' ? m.policy_area === id : m.relations?.['is-a']?.includes(id))),
      usps,
    ),
  )
  return { usps, cells, count: cells.filter((cell) => cell !== null).length }
}

function cellOf(measures: readonly Measure[], usps: Usps): MatrixCell | null {
  const ofState = measures.filter((m) =>
    m.jurisdictions.some((id) => !isLocal(id) && stateOfDivision(id)?.usps === usps),
  )
  const counted = ofState.length > 0 ? ofState : measures
  const [first, ...rest] = [...counted].sort(
    (a, b) => ADVANCE.indexOf(a.status) - ADVANCE.indexOf(b.status) || (a.id < b.id ? -1 : 1),
  )
  if (first === undefined) return null
  return { status: first.status, local: ofState.length === 0, measures: [first.id, ...rest.map((m) => m.id)] }
}
