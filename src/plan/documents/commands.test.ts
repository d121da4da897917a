import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { testDatabase } from '../../db/testing.ts'
import { commands } from '../commands.ts'
import { readShippedPlans } from '../files.ts'
import { sha256Of } from './documents.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
const cwd = mkdtempSync(join(tmpdir(), 'tenth-plan-'))
beforeAll(async () => {
  database = await testDatabase()
  shell = { db: database.db, now: () => '2026-11-22T10:00:00.000Z' as Instant, dataFolder: cwd }
})
afterAll(() => database.close())

async function run(name: string, input: Record<string, unknown>) {
  const [out, err]: [string[], string[]] = [[], []]
  const io = {
    out: (t: string) => void out.push(t),
    err: (t: string) => void err.push(t),
    isTerminal: false,
    cwd,
  }
  const command = commands.find((one) => one.name === name)
  if (!command) throw new Error(name)
  const parsed = command.input.safeParse(input)
  if (!parsed.success) return { code: 2, out: '', err: parsed.error.message }
  return {
    code: await command.run(parsed.data, io, async () => shell),
    out: out.join('\n'),
    err: err.join('\n'),
  }
}

const [shipped] = readShippedPlans()
const own = (shipped?.text ?? '').replace(/^id: .*$/m, 'id: our-own')
const file = (text: string) => {
  writeFileSync(join(cwd, 'own.plan.yaml'), text)
  return 'own.plan.yaml'
}

test('a file is saved, listed, shown byte for byte, and taken by its name wherever a plan is', async () => {
  expect(await run('plan save', { file: file(own), why: 'a first draft' })).toMatchObject({ code: 0 })
  expect((await run('plan list', {})).out).toContain('our-own (version 1)')
  expect((await run('plan show', { plan: 'our-own' })).out).toBe(own.replace(/\n$/, ''))
  expect((await run('plan show', { plan: 'colorado-steps' })).out).toContain('id: colorado-steps')
  expect((await run('plan check', { plan: 'our-own' })).out).toContain(
    'our-own is a plan that can be simulated',
  )
  expect((await run('plan check', { plan: 'our-own@1' })).code).toBe(0)
  expect((await run('plan check', { plan: 'our-own@2' })).err).toContain('the id of a saved plan')
})

test('a second version says what it was changed from', async () => {
  const changed = file(own.replace('months: 60', 'months: 48'))
  expect(await run('plan save', { file: changed, why: 'shorter' })).toMatchObject({
    code: 1,
    err: 'our-own has 1 versions; wanted: --base 1, if that is the one that was changed',
  })
  expect((await run('plan save', { file: changed, why: 'shorter', base: '1' })).out).toContain('version 2')
  const late = file(own.replace('months: 60', 'months: 36'))
  expect(await run('plan save', { file: late, why: 'late', base: '1' })).toMatchObject({ code: 1 })
  expect((await run('plan show', { plan: 'our-own', version: '1' })).out).toContain('months: 60')
  const { out } = await run('plan versions', { plan: 'our-own' })
  expect(out).toContain(`SHA-256 ${sha256Of(own)}`)
  expect(out.split('\n')[0]).toMatch(/^2 {2}2026-11-22/)
})

test('what is no plan, has no reason or no name here is refused', async () => {
  expect((await run('plan save', { file: file(own) })).code).toBe(2)
  expect(
    await run('plan save', { file: file(own.replace('months: 60', 'months: 0')), why: 'x' }),
  ).toMatchObject({
    code: 1,
    err: expect.stringContaining('own.plan.yaml:10: months: found 0; wanted: 1 to 240 months'),
  })
  expect((await run('plan save', { file: 'nowhere.yaml', why: 'x' })).err).toContain('ENOENT')
  expect((await run('plan save', { file: file(shipped?.text ?? ''), why: 'x' })).err).toContain(
    'the name of a plan',
  )
  for (const name of ['plan show', 'plan versions'])
    expect((await run(name, { plan: 'nothing' })).code).toBe(1)
})

test('a plan is set aside and brought back', async () => {
  expect((await run('plan set-aside', { plan: 'our-own' })).code).toBe(1)
  expect((await run('plan set-aside', { plan: 'our-own', why: 'replaced' })).out).toBe('our-own is set aside')
  expect((await run('plan list', {})).out).not.toContain('our-own')
  expect((await run('plan list', { all: true })).out).toContain('our-own (version 2, set aside)')
  expect((await run('plan set-aside', { plan: 'our-own', back: true })).out).toBe('our-own is on the list')
})
