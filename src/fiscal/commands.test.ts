import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Io } from '../base/index.ts'
import { type Shell, systemClock } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { commands } from './commands.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
const folder = mkdtempSync(join(tmpdir(), 'tenth-funds-'))
beforeAll(async () => {
  database = await testDatabase()
  shell = { db: database.db, dataFolder: folder, now: systemClock }
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await database.close()
})

/** Runs a command as the command line does, and holds its paper. */
async function run(name: string, input: Record<string, unknown>) {
  const [out, err]: [string[], string[]] = [[], []]
  const io: Io = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    isTerminal: false,
    cwd: folder,
  }
  const command = commands.find((one) => one.name === name)
  const parsed = command?.input.safeParse(input)
  if (!command || !parsed?.success) return { code: 2, out: '', err: JSON.stringify(parsed?.error?.issues) }
  const code = await command.run(parsed.data as never, io, async () => shell)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

test('position prints the estimates, the exposure and the leverage; another year is found wanting', async () => {
  const done = await run('position', { state: 'co' })
  expect(done.code).toBe(0)
  for (const words of ['−$3.0', '$9.0', '$1.7–2.9', 'not in it', '$0.3–1.8', 'missing reserve'])
    expect(done.out).toContain(words)
  expect(JSON.parse((await run('position', { state: 'CO', json: true })).out)).toMatchObject({ usps: 'CO' })
  expect(await run('position', { state: 'CO', year: '1999' })).toMatchObject({
    code: 1,
    err: expect.stringContaining('2005, 2018, 2022, 2025'),
  })
  expect((await run('position', { state: 'ZZ' })).code).toBe(2)
})

test('balance: year and basis must go together', async () => {
  expect((await run('balance', { year: '2022', format: 'csv' })).out.split('\r\n').length).toBe(51)
  expect((await run('balance', { year: '2018', basis: 'rockefeller' })).code).toBe(1)
  expect(
    JSON.parse((await run('balance', { year: '2018', basis: 'recon_2018', format: 'json' })).out).length,
  ).toBe(51)
})

test('position prints a range of one value once, and amounts in one form', async () => {
  const { out } = await run('position', { state: 'NY' })
  expect(out).toMatch(/dependence: \d+\.\d% \(/)
  expect(out).toMatch(/leverage-to-exposure: \d+\.\d% to \d+\.\d% \(/)
  expect(out).toContain('a sponsor says $3.0–4.0\u00a0bn a year')
  expect(out).not.toMatch(/\$\d{4,}|\.\d{3,}/)
})

test.each([
  ['place-of-performance', 0, ''],
  ['attributed', 2, 'found "attributed", by which 3 methods count; wanted one of rockefeller'],
  ['mine', 2, 'found "mine"; wanted one of rockefeller, recon_2018, tax_foundation, irs_less_usaspending'],
])('balance --basis %s ends with %i', async (basis, code, words) => {
  const done = await run('balance', { basis, format: 'csv' })
  expect(done.code).toBe(code)
  expect(done.err).toContain(words)
  if (code === 0) expect(done.out).toContain('irs_less_usaspending')
})

test('leverage: 51 rows, or one', async () => {
  expect((await run('leverage', {})).out.split('\n').length).toBe(52)
  expect(JSON.parse((await run('leverage', { state: 'NY', json: true })).out)).toMatchObject([
    { usps: 'NY', employer_low_cents: expect.any(String), employer_high_cents: expect.any(String) },
  ])
})

test('fiscal series lists every series with its grade', async () => {
  const { out } = await run('fiscal series', { format: 'csv' })
  expect(out).toContain('recon_2018,our-reconstruction')
  expect(out.split('\r\n').length).toBe(23)
})

test('funds: a dry run writes nothing, an import is listed, what-if stops its lines', async () => {
  writeFileSync(
    join(folder, 'a.csv'),
    'year,agency,programme,amount\n2025,ED,Schools,"1,200.00"\n2025,DOE,Energy,600\nTotal,,,1800.00\n',
  )
  const list = { file: 'a.csv', state: 'WY', format: 'template' }
  expect(await run('funds import', { ...list, dryRun: true })).toMatchObject({
    code: 0,
    out: expect.stringContaining('Would import 2 awards of $1,800.00'),
  })
  expect(await run('funds import', list)).toMatchObject({
    code: 0,
    out: expect.stringContaining('ties to the total row'),
  })
  expect(await run('funds import', list)).toMatchObject({
    code: 1,
    err: expect.stringContaining('already here'),
  })
  expect((await run('funds list', { state: 'WY', format: 'csv' })).out).toContain('Schools')
  const whatIf = await run('funds what-if', { state: 'WY', months: '6', lines: '2,3', reserve: '450' })
  expect(whatIf.out).toContain('In all $900.00')
  expect(whatIf.out).toContain('last 3 months')
  expect((await run('funds what-if', { state: 'WY', months: '61', lines: 'all' })).code).toBe(2)
  expect((await run('funds what-if', { state: 'WY', months: '6', lines: '99' })).code).toBe(1)
  expect((await run('funds list', { state: 'WY', inventory: 'none' })).code).toBe(1)
})

test('funds disruptions: recorded, told of again as a new version, refused field by field', async () => {
  const fields = [
    'record_id=fed-omb-funding-freeze',
    'kind=freeze',
    'agency=HHS',
    'programme=Head Start',
    'since=2025-01-27',
    'stopped=1,000',
    'source_url=https://example.org/x',
  ]
  expect(await run('funds disruptions', { state: 'WY', add: fields })).toMatchObject({
    code: 0,
    err: expect.stringContaining('version 1'),
  })
  expect(await run('funds disruptions', { state: 'WY', add: fields })).toMatchObject({
    code: 0,
    err: expect.stringContaining('version 1'),
  })
  const back = await run('funds disruptions', {
    state: 'WY',
    add: [...fields, 'back=400', 'until=2025-02-10'],
    json: true,
  })
  expect(back.err).toContain('version 2')
  expect(JSON.parse(back.out)).toMatchObject([{ version: 2, back_cents: '40000' }])
  const bad = await run('funds disruptions', { state: 'WY', add: ['kind=war', 'colour=red'] })
  expect(bad.code).toBe(1)
  for (const words of ['colour: wanted one of', 'kind: found "war"; wanted one of freeze', 'since'])
    expect(bad.err).toContain(words)
})

test('fiscal reserve and an own series', async () => {
  expect(
    await run('fiscal reserve', {
      state: 'WY',
      asOf: '2026-06-30',
      amount: '1,000,000',
      source: 'https://example.org/r',
    }),
  ).toMatchObject({ code: 0 })
  writeFileSync(
    join(folder, 's.csv'),
    'usps,year,direction,category,unit,value\nWY,2024,gives,Taxes,usd,100\n',
  )
  const about = {
    file: 's.csv',
    id: 'own-1',
    title: 'T',
    publisher: 'P',
    url: 'https://example.org/',
    yearKind: 'calendar',
    basis: 'resident',
    allocation: 'a',
    leftOut: 'b',
  }
  expect(await run('fiscal import', about)).toMatchObject({ code: 0 })
  expect(await run('fiscal import', about)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is taken'),
  })
})
