import { afterAll, beforeAll, expect, test } from 'vitest'
import { assert, type Instant, type Io } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { testDatabase } from '../../db/testing.ts'
import { outcomeOf } from '../../scenario/index.ts'
import { checkPlan } from '../check.ts'
import { readShippedPlans } from '../files.ts'
import type { StoredRun } from '../runs/runs.ts'
import { runOrLoad } from '../runs/store.ts'
import { bringFacts, loadPlanFacts } from '../store.ts'
import { compareRuns } from './compare.ts'
import { compareCommands } from './compare-commands.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
const runs: StoredRun[] = []
const PLANS = ['colorado-payroll-trust', 'colorado-steps', 'seven-state-trust']
beforeAll(async () => {
  database = await testDatabase()
  shell = { db: database.db, now: () => '2026-11-22T10:00:00.000Z' as Instant, dataFolder: '' }
  await bringFacts(shell)
  const facts = await loadPlanFacts(shell)
  for (const id of PLANS) {
    const plan = readShippedPlans().find((one) => one.plan.id === id)?.plan
    assert(plan, `${id} comes with the project`)
    const checked = checkPlan(plan, facts)
    assert(checked.ok, `${id} holds`)
    const run = await runOrLoad(shell, { plan, checked: checked.value, facts }, { draws: 200, seed: 3 })
    assert(run.ok, 'nobody cancelled')
    runs.push(run.value)
  }
})
afterAll(() => database.close())

const [trust, steps, seven] = [
  () => runs[0] as StoredRun,
  () => runs[1] as StoredRun,
  () => runs[2] as StoredRun,
]

test('a plan compared with itself differs in nothing, in any draw', () => {
  const { rows, unlike } = compareRuns([trust(), trust()])
  expect(unlike).toEqual([])
  for (const { differences } of rows)
    expect(differences[0]).toMatchObject({
      ...{ mean: 0, mean_error: 0, q05: 0, q95: 0, isClear: false },
      better: { probability: 0 },
    })
})

test('a difference is that of the draws, and its error that of their differences', () => {
  const { rows } = compareRuns([trust(), steps()])
  for (const { group, outcome, unit, plans, differences } of rows) {
    const per = unit === 'job-years' ? 12 : 1
    const [a, b] = [trust(), steps()].map((run) => outcomeOf(run.results, group, outcome))
    const off = Array.from(b ?? [], (value, d) => (value - (a?.[d] ?? 0)) / per)
    const mean = off.reduce((sum, value) => sum + value, 0) / 200
    const variance = off.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 199
    expect(differences[0]?.mean).toBeCloseTo(mean, 3)
    expect(differences[0]?.mean_error).toBeCloseTo(Math.sqrt(variance / 200), 3)
    expect(differences[0]?.mean).toBeCloseTo((plans[1]?.mean ?? 0) - (plans[0]?.mean ?? 0), 3)
  }
})

test('the other way round the difference has the other sign', () => {
  const [there] = compareRuns([trust(), steps()]).rows
  const [back] = compareRuns([steps(), trust()]).rows
  expect(there?.differences[0]?.mean).toBeCloseTo(-(back?.differences[0]?.mean ?? 0), 6)
})

test('what is not alike is named', () => {
  expect(compareRuns([trust(), seven()]).unlike).toEqual(expect.arrayContaining(['months', 'members']))
  expect(compareRuns([trust(), steps()]).unlike).toEqual([])
})

const [command] = compareCommands
async function cli(input: Readonly<Record<string, string | boolean | undefined>>) {
  assert(command, 'there is one command')
  const [out, errors]: string[][] = [[], []]
  const io: Io = {
    out: (text: string) => void out?.push(text),
    err: (text: string) => void errors?.push(text),
    cwd: '/',
    isTerminal: false,
  } as Io
  const code = await command.run(command.input.parse(input), io, async () => shell)
  return { code, out: out?.join('\n') ?? '', errors: errors?.join('\n') ?? '' }
}
const [first = '', second = ''] = PLANS

test('the command prints both plans and their difference', async () => {
  const { code, out } = await cli({ first, second, draws: '200', seed: '3' })
  expect(code).toBe(0)
  expect(out).toContain('Simulation. Not legal advice.')
  expect(out).toMatch(/B less A {2}[+−]?\$.* \(± .*; (clear of chance|may be chance)\); B better in \d/)
})

test('the command as JSON has every row', async () => {
  const { out } = await cli({ first, second, draws: '200', seed: '3', json: true })
  const { rows, plans } = JSON.parse(out) as { rows: unknown[]; plans: { run: string }[] }
  expect([rows.length, plans.map(({ run }) => run)]).toEqual([10, [trust().key, steps().key]])
})

test.each([
  { input: { first, second: 'nothing-here' }, code: 1, says: 'no readable file' },
  { input: { first, second, draws: '0' }, code: 2, says: '--draws' },
])('$input ends with $code', async ({ input, code, says }) => {
  const answer = await cli(input)
  expect([answer.code, answer.errors.includes(says)]).toEqual([code, true])
})
