import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { divisionOfState, type Instant } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { listAwards, listInventories } from './awards-store.ts'
import { type ImportRequest, importAwards } from './import.ts'
import type { InventoryFormat } from './schema.ts'
import { writeXlsx } from './xlsx.testing.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
const folder = mkdtempSync(join(tmpdir(), 'tenth-fiscal-'))
const CO = divisionOfState('CO')
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  shell = { db: database.db, dataFolder: folder, now: () => '2026-11-22T01:00:00.000Z' as Instant }
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await database.close()
})

const SEFA = [
  ['State of Example: schedule of expenditures of federal awards', '', '', ''],
  ['Federal agency', 'Assistance listing number', 'Program title', 'Federal expenditures'],
  ['Department of Education', '', '', ''],
  ['', '84.010', 'Title I grants', '$1,250,000.50'],
  ['', '84.027', 'Special education', '750,000'],
  ['Total Department of Education', '', '', '2,000,000.50'],
  ['Department of Health and Human Services', '93.778', 'Medicaid', '5000000'],
  ['Department of Homeland Security', '97.067', 'Homeland security grants', '(1,000.25)'],
  ['Total expenditures of federal awards', '', '', '6,999,000.25'],
]
const TEMPLATE = [
  'year,year_kind,agency,aln,programme,strength,state_agency,award_id,amount,match,maintenance_of_effort'.split(
    ',',
  ),
  [
    '2025',
    'state-fiscal',
    'Department of Education',
    '84.010',
    'Title I',
    'formula',
    'Education',
    'S010A',
    '100.00',
    '',
    '',
  ],
  [
    '2025',
    'state-fiscal',
    'Department of Energy',
    '81.041',
    'State energy',
    'project',
    '',
    '',
    '50.10',
    '12.05',
    '7',
  ],
  ['Total', '', '', '', '', '', '', '', '150.10', '', ''],
]
const USASPENDING = [
  'assistance_award_unique_key,award_id_fain,federal_action_obligation,action_date,awarding_agency_name,recipient_name,primary_place_of_performance_state_name,cfda_number,cfda_title,assistance_type_code,highly_compensated_officer_1_name'.split(
    ',',
  ),
  [
    'A1',
    'F1',
    '1000.00',
    '2024-10-01',
    'Department of Energy',
    'COLORADO, STATE OF',
    'COLORADO',
    '81.999',
    'ENERGY PROJECT',
    '04',
    'A PERSON',
  ],
  [
    'A2',
    'F2',
    '-20.50',
    '2024-09-30',
    'Department of Labor',
    'A PERSON',
    'COLORADO',
    '17.999',
    'DIRECT HELP',
    '06',
    '',
  ],
  ['A3', 'F3', '5.00', '2025-01-02', 'Department of Labor', 'UTAH', 'UTAH', '17.259', 'WIOA', '03', ''],
]

const csv = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell}"` : cell)).join(',')).join('\r\n')
let made = 0
function fileOf(rows: readonly (readonly string[])[], type = 'csv'): string {
  const path = join(folder, `file-${made++}.${type}`)
  writeFileSync(path, type === 'xlsx' ? writeXlsx(rows) : csv(rows))
  return path
}
const request = (
  format: InventoryFormat,
  path: string,
  more: Partial<ImportRequest> = {},
): ImportRequest => ({
  path,
  usps: 'CO',
  format,
  year: format === 'sefa' ? 2025 : undefined,
  actor: 'operator',
  file_name: 'funds.csv',
  ...more,
})
async function counts() {
  const { rows } = await sql<{ inventories: number; awards: number; events: number }>`
    select (select count(*)::integer from fiscal_inventory) as inventories,
           (select count(*)::integer from fiscal_award) as awards,
           (select count(*)::integer from audit_event) as events`.execute(database.db)
  return rows[0]
}
const withCell = (rows: readonly (readonly string[])[], line: number, at: number, cell: string) =>
  rows.map((row, i) => (i === line - 1 ? row.map((old, j) => (j === at ? cell : old)) : row))

test('a schedule of expenditures is kept whole: agencies from headings, strength from our table, total tied', async () => {
  const done = await importAwards(shell, request('sefa', fileOf(SEFA)))
  expect(done).toMatchObject({
    ok: true,
    value: {
      ties_to_total: true,
      subtotals: 1,
      inventory: { award_count: 4, total_cents: 699_900_025n, format: 'sefa', grade: 'user' },
    },
  })
  const [inventory] = await listInventories(database.db, CO)
  const awards = await listAwards(database.db, CO, inventory?.id ?? '')
  expect(awards.map((a) => [a.line, a.agency, a.aln, a.strength, a.amount_cents, a.year])).toEqual([
    [4, 'Department of Education', '84.010', 'formula', 125_000_050n, 2025],
    [5, 'Department of Education', '84.027', 'formula', 75_000_000n, 2025],
    [7, 'Department of Health and Human Services', '93.778', 'entitlement', 500_000_000n, 2025],
    [8, 'Department of Homeland Security', '97.067', 'formula', -100_025n, 2025],
  ])
})

test('the same schedule as a spreadsheet gives the same awards', async () => {
  const done = await importAwards(shell, request('sefa', fileOf(SEFA, 'xlsx')))
  expect(done).toMatchObject({
    ok: true,
    value: { inventory: { total_cents: 699_900_025n, award_count: 4 } },
  })
})

test('the same file twice is refused by the name of the first', async () => {
  const path = fileOf(TEMPLATE)
  expect((await importAwards(shell, request('template', path))).ok).toBe(true)
  expect(await importAwards(shell, request('template', path))).toMatchObject({
    ok: false,
    error: { code: 'already_imported', inventory: expect.stringMatching(/^template-[0-9a-f]{12}$/) },
  })
})

test('USAspending: rows of other states stand aside, officers are not read, a person who is paid is not kept', async () => {
  const done = await importAwards(shell, request('usaspending', fileOf(USASPENDING)))
  expect(done).toMatchObject({ ok: true, value: { elsewhere: 1, ties_to_total: false } })
  const [inventory] = await listInventories(database.db, CO).then((all) =>
    all.filter((i) => i.format === 'usaspending'),
  )
  const awards = await listAwards(database.db, CO, inventory?.id ?? '')
  expect(awards.map((a) => [a.year, a.strength, a.state_agency, a.amount_cents])).toEqual([
    [2025, 'project', 'COLORADO, STATE OF', 100_000n],
    [2024, 'direct', null, -2_050n],
  ])
})

describe('a bad row in the middle is named, and nothing of the file stays', () => {
  test.each([
    {
      format: 'sefa',
      type: 'csv',
      rows: withCell(SEFA, 5, 3, '12.5.0'),
      line: 5,
      column: 'Federal expenditures',
      found: '12.5.0',
    },
    {
      format: 'sefa',
      type: 'xlsx',
      rows: withCell(SEFA, 5, 1, '84'),
      line: 5,
      column: 'Assistance listing number',
      found: '84',
    },
    {
      format: 'template',
      type: 'csv',
      rows: withCell(TEMPLATE, 3, 5, 'certain'),
      line: 3,
      column: 'strength',
      found: 'certain',
    },
    {
      format: 'template',
      type: 'csv',
      rows: withCell(TEMPLATE, 2, 0, '25'),
      line: 2,
      column: 'year',
      found: '25',
    },
    {
      format: 'usaspending',
      type: 'csv',
      rows: withCell(USASPENDING, 3, 2, 'many'),
      line: 3,
      column: 'federal_action_obligation',
      found: 'many',
    },
  ] as const)('$format $type line $line', async ({ format, type, rows, line, column, found }) => {
    const before = await counts()
    const done = await importAwards(shell, request(format, fileOf(rows, type)))
    expect(done).toMatchObject({
      ok: false,
      error: { code: 'rows_bad', more: 0, faults: [{ line, column, found }] },
    })
    expect(await counts()).toEqual(before)
  })
})

test('an amount with commas outside quotes is not cut in two', async () => {
  const path = join(folder, 'commas.csv')
  writeFileSync(path, 'year,agency,programme,amount\n2025,ED,Schools,1,200.00\n')
  expect(await importAwards(shell, request('template', path))).toMatchObject({
    ok: false,
    error: { code: 'rows_bad', faults: [{ line: 2, column: 'after amount', found: '200.00' }] },
  })
})

test('a total row that says another sum is refused with both', async () => {
  const before = await counts()
  const done = await importAwards(shell, request('sefa', fileOf(withCell(SEFA, 9, 3, '7,000,000.00'))))
  expect(done).toEqual({
    ok: false,
    error: { code: 'total_differs', file: 'funds.csv', line: 9, sum: 699_900_025n, stated: 700_000_000n },
  })
  expect(await counts()).toEqual(before)
})

test.each(['SSN', 'Employee Name', 'recipientFirstName', 'Date of Birth', 'e-mail'])(
  'a column %s is refused by its name',
  async (column) => {
    const rows = TEMPLATE.map((row, i) => [...row, i === 0 ? column : 'x'])
    expect(await importAwards(shell, request('template', fileOf(rows)))).toMatchObject({
      ok: false,
      error: { code: 'personal_columns', columns: [{ column }] },
    })
  },
)

test('a file without the columns says which are wanted', async () => {
  expect(
    await importAwards(
      shell,
      request(
        'sefa',
        fileOf([
          ['a', 'b'],
          ['1', '2'],
        ]),
      ),
    ),
  ).toMatchObject({
    ok: false,
    error: {
      code: 'columns_missing',
      wanted: ['federal expenditures', 'assistance listing number or federal agency prefix', 'program title'],
    },
  })
})

test('a schedule without a year says so once, and two imports of one file at a time leave one list', async () => {
  const path = fileOf(SEFA.filter((_, line) => line !== 4 && line !== 5 && line !== 8))
  expect(await importAwards(shell, request('sefa', path, { year: undefined }))).toMatchObject({
    ok: false,
    error: { code: 'year_missing' },
  })
  const both = await Promise.all([
    importAwards(shell, request('sefa', path)),
    importAwards(shell, request('sefa', path)),
  ])
  expect(both.map((one) => one.ok).sort()).toEqual([false, true])
})

test('an open quote and a file that is not there are refused with the reason', async () => {
  const path = join(folder, 'open.csv')
  writeFileSync(path, `${csv(TEMPLATE.slice(0, 2))}\r\n2025,"never closed\r\n`)
  expect(await importAwards(shell, request('template', path))).toMatchObject({
    ok: false,
    error: { code: 'file_unreadable' },
  })
  expect(await importAwards(shell, request('template', join(folder, 'no.csv')))).toMatchObject({
    ok: false,
    error: { code: 'file_unreadable', reason: expect.stringContaining('ENOENT') },
  })
  writeFileSync(join(folder, 'fake.xlsx'), 'not a spreadsheet')
  expect(await importAwards(shell, request('sefa', join(folder, 'fake.xlsx')))).toMatchObject({
    ok: false,
    error: { code: 'file_unreadable' },
  })
})

test('a stop in the middle leaves nothing, and the import works afterwards', async () => {
  const before = await counts()
  const rows = [
    TEMPLATE[0] ?? [],
    ...Array.from({ length: 12_000 }, (_, i) => [
      '2025',
      '',
      'Agency',
      '84.010',
      `P${i % 40}`,
      '',
      '',
      `${i}`,
      '1.00',
      '',
      '',
    ]),
  ]
  const path = fileOf(rows)
  const stop = new AbortController()
  const done = await importAwards(shell, request('template', path), {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  })
  expect(done).toEqual({ ok: false, error: { code: 'cancelled', file: 'funds.csv' } })
  expect(await counts()).toEqual(before)
  expect(await importAwards(shell, request('template', path, { dry_run: true }))).toMatchObject({
    ok: true,
    value: { inventory: { total_cents: 1_200_000n } },
  })
  expect(await counts()).toEqual(before)
  expect(await importAwards(shell, request('template', path))).toMatchObject({
    ok: true,
    value: { inventory: { award_count: 12_000 } },
  })
})
