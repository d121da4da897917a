import { describe, expect, test } from 'vitest'
import { PERCENTAGE_METHOD } from './data/percentage-method.ts'
import { NONRESIDENT_ADDBACK, YEARS } from './data/years.ts'
import { findLawFaults, lawOf, YEARS_CARRIED } from './law.ts'

const tables = structuredClone(PERCENTAGE_METHOD) as unknown as {
  year: number
  rows: [number, number, number][]
}[]

test('our rows have no fault', () => {
  expect(findLawFaults(YEARS, PERCENTAGE_METHOD, NONRESIDENT_ADDBACK)).toEqual([])
  expect(YEARS_CARRIED).toEqual([2020, 2021, 2022, 2023, 2024, 2025, 2026])
})

test('a year without tables is refused with the years that are carried', () => {
  expect(lawOf(2019)).toEqual({
    ok: false,
    error: { code: 'year_not_carried', year: 2019, years: YEARS_CARRIED },
  })
})

describe('a slip of the hand in a table is found', () => {
  test('any single threshold, base or rate that is changed', () => {
    const missed: string[] = []
    for (const [t, table] of tables.entries())
      for (const [r, row] of table.rows.entries())
        for (const column of [0, 1, 2] as const) {
          const was = row[column]
          row[column] = was + (column === 0 ? 10 : column === 1 ? 100 : 1)
          if (findLawFaults(YEARS, tables, NONRESIDENT_ADDBACK).length === 0)
            missed.push(`${t} ${r} ${column}`)
          row[column] = was
        }
    expect(missed).toEqual([])
  })

  test('a missing table, a table of an unknown year, an unknown field', () => {
    expect(findLawFaults(YEARS, tables.slice(1), NONRESIDENT_ADDBACK)).toContain(
      '2020 standard single_or_mfs: 0 tables, wanted 1',
    )
    expect(findLawFaults(YEARS.slice(1), tables, NONRESIDENT_ADDBACK)).toContain(
      '2020: a table, but no row in YEARS',
    )
    expect(findLawFaults([{ ...YEARS[0], note: 'x' }], [], [])[0]).toMatch('note')
  })
})
