import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant, Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { commands } from './commands.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let folder: string
beforeAll(async () => {
  database = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'tenth-plan-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.close()
})

async function tenth(name: string, input: Readonly<Record<string, unknown>> = {}) {
  const command = commands.find((c) => c.name === name)
  if (command === undefined) throw new Error(`no command ${name}`)
  const parsed = command.input.safeParse(input)
  if (!parsed.success) return { code: 2, out: '', err: parsed.error.issues.map((i) => i.message).join('\n') }
  const paper = { out: [] as string[], err: [] as string[] }
  const io: Io = {
    out: (text) => void paper.out.push(text),
    err: (text) => void paper.err.push(text),
    isTerminal: false,
    cwd: folder,
  }
  const shell: Shell = {
    db: database.db,
    now: () => '2026-11-22T10:00:00.000Z' as Instant,
    dataFolder: folder,
  }
  const code = await command.run(parsed.data as never, io, () => Promise.resolve(shell))
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n') }
}

test('plan list names the shipped plans', async () => {
  const { code, out } = await tenth('plan list', { json: true })
  expect(code).toBe(0)
  expect(JSON.parse(out)).toHaveLength(7)
})

test('plan schema is a JSON Schema of the fields that a person writes', async () => {
  const schema = JSON.parse((await tenth('plan schema')).out)
  expect(schema.required).toEqual(expect.arrayContaining(['schema', 'members', 'case_for', 'case_against']))
  expect(schema.required).not.toContain('months')
})

describe('plan check', () => {
  test('a shipped plan by its name', async () => {
    const { code, out } = await tenth('plan check', { plan: 'seven-state-trust' })
    expect(code).toBe(0)
    expect(out).toContain('compact, play-tax-trust-compact [likely-preempted]')
    expect(out).toContain('left out of the model: DC, G.procurement')
  })

  test('a file with faults: each with file, line and place', async () => {
    const shipped = readFileSync(
      join(import.meta.dirname, '../../plans/colorado-payroll-trust.plan.yaml'),
      'utf8',
    )
    writeFileSync(
      join(folder, 'mine.plan.yaml'),
      shipped.replace('share: 1', 'share: 2').replace('[CO]', '[DC]'),
    )
    const first = await tenth('plan check', { plan: 'mine.plan.yaml' })
    expect(first.code).toBe(1)
    expect(first.err).toMatch(
      /^mine\.plan\.yaml:\d+: measures\[1\]\.share: found 2; wanted: a share from 0 to 1$/,
    )
    writeFileSync(
      join(folder, 'mine.plan.yaml'),
      shipped.replace('[CO]', '[DC]').replace('play-reserve-fund', 'play-magic-wand'),
    )
    const second = await tenth('plan check', { plan: 'mine.plan.yaml', json: true })
    expect(JSON.parse(second.err).faults.map((fault: { path: string }) => fault.path)).toEqual([
      'measures[0].playbook_type',
      'members[0]',
    ])
  })

  test('a file that is not there', async () => {
    const { code, err } = await tenth('plan check', { plan: 'nowhere.plan.yaml' })
    expect([code, err.includes('no readable file (ENOENT)')]).toEqual([1, true])
  })
})

test('plan agenda, as words and as JSON', async () => {
  const words = await tenth('plan agenda', { state: 'co' })
  expect(words.out).toContain("Escrow of public employees' federal withholding [likely-preempted] open")
  expect(words.out).toContain(
    'Opinion of the attorney general on criminal and civil exposure (Attorney general): none recorded',
  )
  const agenda = JSON.parse((await tenth('plan agenda', { state: 'PR', from: '2027-03', json: true })).out)
  expect(agenda.items).toHaveLength(43)
  expect((await tenth('plan agenda', { state: 'ZZ' })).code).toBe(2)
  expect((await tenth('plan agenda', { state: 'CO', from: '2027-13' })).code).toBe(2)
})

test('plan inputs shows each input with its years and sources, and what is missing', async () => {
  const { code, out } = await tenth('plan inputs', { state: 'CO' })
  expect(code).toBe(0)
  expect(out).toMatch(/^W = \d+(\.\d+)? USD a year \[estimate; 2016, 2023\]/)
  expect(out).toContain('R0 = ')
  expect(out).toContain('[assumption; 2025]')
  expect(out).toMatch(/freezeHazard, median = 0\.0114/)
  const dc = await tenth('plan inputs', { state: 'DC' })
  expect([dc.code, dc.out.includes('missing: G.procurement')]).toEqual([1, true])
  expect((await tenth('plan inputs', { state: 'PR' })).code).toBe(1)
})

test('plan schedule: a shipped plan is in time, and a month later it is not', async () => {
  const inTime = await tenth('plan schedule', { plan: 'pennsylvania-reserve' })
  expect([inTime.code, inTime.out.includes('can start')]).toEqual([0, true])
  const late = await tenth('plan schedule', { plan: 'pennsylvania-reserve', from: '2027-12' })
  expect(late.code).toBe(1)
  expect(late.out).toContain('months too soon')
  const read = JSON.parse((await tenth('plan schedule', { plan: 'seven-state-trust', json: true })).out)
  expect(read.measures).toHaveLength(14)
  expect(read.months).toBeGreaterThanOrEqual(read.least_months)
})

describe('plan simulate', () => {
  const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')

  test('the same bytes for one worker, two and four; figures with their errors', async () => {
    const runs = []
    for (const workers of ['1', '2', '4'])
      runs.push(
        await tenth('plan simulate', {
          plan: 'colorado-payroll-trust',
          draws: '300',
          seed: '5',
          workers,
          json: true,
        }),
      )
    expect(new Set(runs.map(({ code, out }) => `${code} ${sha256(out)}`)).size).toBe(1)
    const run = JSON.parse(runs[0]?.out ?? '')
    expect(run.months).toHaveLength(60)
    expect(run.left_out.map((one: { usps: string }) => one.usps)).toEqual(['DC'])
    const held = run.figures.CO.held.with
    expect(Math.max(...held.mean)).toBeGreaterThan(0)
    expect(held.mean_error.every((error: number | null) => error === null || error >= 0)).toBe(true)
    expect(run.figures.WY.held.with.mean.every((value: number) => value === 0)).toBe(true)
  })

  test('a dump is written, the same for the same seed', async () => {
    for (const name of ['a', 'b'])
      expect((await tenth('plan simulate', { plan: 'montana-real-id', draws: '40', dump: name })).code).toBe(
        0,
      )
    const files = readdirSync(join(folder, 'a')).sort()
    expect(files).toContain('header.json')
    const hashes = (name: string) => files.map((file) => sha256(readFileSync(join(folder, name, file))))
    expect(hashes('a')).toEqual(hashes('b'))
    const header = JSON.parse(readFileSync(join(folder, 'a', 'header.json'), 'utf8'))
    expect(header.jurisdictions).toHaveLength(50)
  })

  test('a plan with no measures changes nothing', async () => {
    const shipped = readFileSync(
      join(import.meta.dirname, '../../plans/pennsylvania-reserve.plan.yaml'),
      'utf8',
    )
    writeFileSync(
      join(folder, 'empty.plan.yaml'),
      shipped.replace(/measures:\n[\s\S]*?(?=case_for)/, 'measures: []\n'),
    )
    const { code, out } = await tenth('plan simulate', { plan: 'empty.plan.yaml', draws: '100' })
    expect(code).toBe(0)
    expect(out).toContain('Simulation. Not legal advice.')
    expect(out).toContain('services cut: $0')
    expect(out).toContain('better off in 0.0 %')
  })

  test.each([
    { why: 'no draws', input: { draws: '0' }, code: 2, err: /--draws: wanted: 1 to/ },
    { why: 'too many', input: { draws: '1000000' }, code: 2, err: /--draws/ },
    { why: 'no number', input: { draws: 'many' }, code: 2, err: /whole number/ },
    { why: 'no workers', input: { workers: '0' }, code: 2, err: /1 or more/ },
  ])('bad use: $why', async ({ input, code, err }) => {
    const got = await tenth('plan simulate', { plan: 'montana-real-id', ...input })
    expect(got.code).toBe(code)
    expect(got.err).toMatch(err)
  })
})
