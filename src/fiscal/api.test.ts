import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Shell, systemClock } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { fiscalApi } from './api.ts'
import { importAwards } from './import.ts'
import { startFiscal } from './start.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
let api: ReturnType<typeof fiscalApi>
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  shell = { db: database.db, dataFolder: '', now: systemClock }
  await startFiscal(shell)
  api = fiscalApi(shell)
})
afterAll(() => database.close())

const json = async (path: string) => {
  const answer = await api.request(path)
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    body: (await answer.json()) as Record<string, never>,
  }
}

test('a position carries amounts as strings of cents, with each input', async () => {
  const { body } = await json('/position/co')
  expect(body).toMatchObject({
    usps: 'CO',
    exposure: { total_cents: '902969800000', year: 2019 },
    usable_leverage: { tax_year: 2023, employees: '326405' },
    employer_share: { low_cents: '34145839556', not_in: 'usable_leverage', wage_base_cents: '16020000' },
    collected: { value: '85.856658', unit: 'usd_billions', year: 2023 },
  })
})

test('the same table as JSON, CSV, dictionary and Parquet', async () => {
  const rows = (await json('/balance?view=per-resident')).body as unknown as {
    rows: Record<string, string>[]
  }
  const csv = await (await api.request('/balance.csv?view=per-resident')).text()
  const lines = csv.trimEnd().split('\r\n')
  expect(lines.length).toBe(rows.rows.length + 1)
  expect(lines[0]?.split(',')).toEqual(Object.keys(rows.rows[0] ?? {}))
  expect(lines.find((line) => line.includes(',CO,'))).toContain(',-51100,')
  const dictionary = await (await api.request('/balance.dictionary.csv')).text()
  for (const name of lines[0]?.split(',') ?? [])
    if (!name.startsWith('balance_')) expect(dictionary).toContain(`\n${name},`)
  const parquet = Buffer.from(await (await api.request('/flows.parquet')).arrayBuffer())
  expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1'])
})

test('a list of awards and disruptions in the form the address ends in', async () => {
  expect((await api.request('/funds/co/first.csv')).headers.get('content-type')).toContain('text/csv')
  expect((await json('/funds/co/first')).body).toMatchObject({ name: 'funds-co-first' })
  expect((await json('/funds/co')).body).toMatchObject({ lists: [{ id: 'first', format: 'first' }] })
  expect((await api.request('/disruptions/co.csv')).headers.get('content-type')).toContain('text/csv')
  expect((await json('/disruptions/co')).body).toEqual({ name: 'disruptions-co', rows: [] })
  expect(await (await api.request('/funds/template.csv')).text()).toContain('maintenance_of_effort')
})

test.each([
  ['/position/zz', 404, 'unknown_state'],
  ['/position/zz/flows.csv', 404, 'unknown_state'],
  ['/funds/co/none', 404, 'unknown_list'],
  ['/funds/co/none.csv', 404, 'unknown_list'],
  ['/disruptions/zz.csv', 404, 'unknown_state'],
  ['/flows?series=none', 404, 'unknown_series'],
  ['/flows?year=20', 400, 'unknown_value'],
  ['/flows?state=zz', 404, 'unknown_state'],
  ['/balance?basis=none', 400, 'unknown_value'],
  ['/balance?view=none', 400, 'unknown_value'],
])('%s is refused as %i %s', async (path, status, code) => {
  const answer = await json(path)
  expect([answer.status, answer.type, answer.body.code]).toEqual([status, 'application/problem+json', code])
})

test('a list of more than 10,000 awards comes in parts, with one line of headings and every row once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenth-long-'))
  const path = join(folder, 'long.csv')
  const rows = Array.from({ length: 10_500 }, (_, i) => `2025,ED,P${i},1`)
  writeFileSync(path, ['year,agency,programme,amount', ...rows].join('\n'))
  const done = await importAwards(shell, { path, usps: 'VT', format: 'template', actor: 'operator' })
  rmSync(folder, { recursive: true })
  const id = done.ok ? done.value.inventory.id : ''
  const lines = (await (await api.request(`/funds/vt/${id}.csv`)).text()).trimEnd().split('\r\n')
  expect([
    lines.length,
    new Set(lines).size,
    lines.filter((line) => line.startsWith('line,')).length,
  ]).toEqual([10_501, 10_501, 1])
})
