import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DivisionId } from '../base/index.ts'
import { buildBook } from './book.ts'
import { checkFiles, checkJurisdictions } from './check.ts'
import { readDataFiles, readJurisdictionsFile } from './files.ts'
import { MATRIX_COLUMNS, matrixOf } from './matrix.ts'
import { Measure, type Rec, STATUSES } from './schema.ts'

const { rows: jurisdictions } = checkJurisdictions(readJurisdictionsFile())
const facts = checkFiles(readDataFiles(), { jurisdictions }).records.map(({ rec }) => rec)
const bookOf = (records: readonly Rec[]) => buildBook(records, { revision: 1, jurisdictions })

const types = facts.filter((rec) => rec.kind === 'playbook-type')
const given = Measure.parse(facts.find((rec) => rec.kind === 'measure'))
const measure = (id: string, place: string, status: Measure['status']): Measure => ({
  ...given,
  id: `m-${id}`,
  jurisdictions: [`ocd-division/country:us/${place}` as DivisionId],
  status,
  policy_area: 'firearms',
  relations: { 'is-a': ['play-firearm-sanctuary'] },
})
const cell = (measures: readonly Measure[]) =>
  matrixOf(bookOf([...types, ...measures]), 'area').rows.find((row) => row.usps === 'CO')?.cells[0] ?? null

test.each([
  {
    why: 'a state measure outranks a local one of higher status',
    measures: [measure('a', 'state:co', 'proposed'), measure('b', 'state:co/place:denver', 'in-effect')],
    wanted: { status: 'proposed', local: false, measures: ['m-a'] },
  },
  {
    why: 'a local measure stands where the state has none',
    measures: [
      measure('b', 'state:co/place:denver', 'challenged'),
      measure('c', 'state:co/county:boulder', 'defeated'),
    ],
    wanted: { status: 'challenged', local: true, measures: ['m-b', 'm-c'] },
  },
  {
    why: 'of two state measures the more advanced is shown',
    measures: [measure('a', 'state:co', 'struck-down'), measure('d', 'state:co', 'proposed')],
    wanted: { status: 'proposed', local: false, measures: ['m-d', 'm-a'] },
  },
  { why: 'another state says nothing', measures: [measure('a', 'state:ut', 'in-effect')], wanted: null },
])('$why', ({ measures, wanted }) => expect(cell(measures)).toEqual(wanted))

// Counted by hand in the picture of the matrix: Colorado's firearm column is empty, Missouri's is struck down.
test('the given facts: Missouri’s firearm sanctuary is struck down, Colorado has none, every state is placed once', () => {
  const matrix = matrixOf(bookOf(facts), 'playbook-type')
  const at = matrix.columns.findIndex(({ id }) => id === 'play-firearm-sanctuary')
  expect(matrix.rows.find((row) => row.usps === 'MO')?.cells[at]?.status).toBe('struck-down')
  expect(matrix.rows.find((row) => row.usps === 'CO')?.cells[at]).toBeNull()
  expect(matrix.rows.length + matrix.without.length).toBe(56)
})

test('law: every measure of a state is behind a cell, or a state measure stands before it', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom('state:co', 'state:ut', 'district:dc', 'state:co/place:denver', 'territory:pr'),
          fc.constantFrom(...STATUSES.measure),
        ),
        { maxLength: 8 },
      ),
      fc.constantFrom(...MATRIX_COLUMNS),
      (drawn, by) => {
        const measures = drawn.map(([place, status], n) => measure(`x${n}`, place, status))
        const matrix = matrixOf(bookOf([...types, ...measures]), by)
        const behind = matrix.rows.flatMap((row) => row.cells.flatMap((c) => c?.measures ?? []))
        const stateOnes = measures.filter((m) => !m.jurisdictions.some((id) => id.includes('place:')))
        expect(behind).toEqual(expect.arrayContaining(stateOnes.map((m) => m.id)))
        expect(new Set(behind).size).toBe(behind.length)
        for (const [at, column] of matrix.columns.entries())
          expect(matrix.rows.filter((row) => row.cells[at] !== null).length).toBe(column.count)
      },
    ),
    { numRuns: 60 },
  ))
