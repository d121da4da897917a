import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assert, type Instant } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { testDatabase } from '../../db/testing.ts'
import { checkPlan } from '../check.ts'
import { readShippedPlans } from '../files.ts'
import { bringFacts, loadPlanFacts } from '../store.ts'
import { type HeldPlan, runKey } from './runs.ts'
import { findRun, listRuns, type RunStage, runOrLoad, saveRun } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
let held: HeldPlan
beforeAll(async () => {
  database = await testDatabase()
  shell = { db: database.db, now: () => '2026-11-22T10:00:00.000Z' as Instant, dataFolder: '' }
  await bringFacts(shell)
  const facts = await loadPlanFacts(shell)
  const plan = readShippedPlans().find((one) => one.plan.id === 'colorado-payroll-trust')?.plan
  assert(plan, 'a plan that comes with the project')
  const checked = checkPlan(plan, facts)
  assert(checked.ok, 'it holds')
  held = { plan, checked: checked.value, facts }
})
afterAll(() => database.close())

const OPTIONS = { draws: 40, seed: 5 }
const sha256 = (values: Float64Array) =>
  createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex')

test('the key changes with the plan, the facts, the draws and the seed, and with nothing else', () => {
  const key = runKey(held, OPTIONS)
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(runKey({ ...held, plan: structuredClone(held.plan) }, { seed: 5, draws: 40 })).toBe(key)
  const others = [
    runKey(held, { draws: 41, seed: 5 }),
    runKey(held, { draws: 40, seed: 6 }),
    runKey({ ...held, plan: { ...held.plan, case_for: `${held.plan.case_for} ` } }, OPTIONS),
    runKey({ ...held, facts: { ...held.facts, version: 'registry 0, figures 0' } }, OPTIONS),
  ]
  expect(new Set([key, ...others]).size).toBe(5)
})

test('a kept run is the fresh one to the last bit, and is not computed twice', async () => {
  const stages: RunStage[] = []
  const fresh = await runOrLoad(shell, held, OPTIONS, {
    workers: 1,
    onProgress: (stage) => stages.push(stage),
  })
  assert(fresh.ok, 'nobody cancelled')
  expect(stages.at(-1)).toEqual({ stage: 'futures', done: 60, of: 60 })
  const again = await runOrLoad(shell, held, OPTIONS, {
    onProgress: () => expect.fail('a kept run has no progress'),
  })
  assert(again.ok, 'nobody cancelled')
  expect(sha256(again.value.results.figures)).toBe(sha256(fresh.value.results.figures))
  expect({ ...again.value.results, figures: [] }).toEqual({ ...fresh.value.results, figures: [] })
  expect(again.value.ground.inputs.map(({ usps }) => usps)).toEqual(['CO'])
})

test('two who ask at once share one run; it lives while one of them waits', async () => {
  const options = { draws: 30, seed: 9 }
  const stop = new AbortController()
  const [cancelled, whole] = await Promise.all([
    runOrLoad(shell, held, options, { workers: 1, signal: stop.signal, onProgress: () => stop.abort() }),
    runOrLoad(shell, held, options, { workers: 1 }),
  ])
  expect(cancelled).toEqual({ ok: false, error: { code: 'run_cancelled' } })
  expect(whole.ok && whole.value.key).toBe(runKey(held, options))
  expect((await listRuns(shell.db, held.plan.id)).filter(({ seed }) => seed === 9)).toHaveLength(1)
})

test('a run that everybody cancelled is not kept', async () => {
  const options = { draws: 3000, seed: 11 }
  const stop = new AbortController()
  const run = await runOrLoad(shell, held, options, {
    workers: 1,
    signal: stop.signal,
    onProgress: () => stop.abort(),
  })
  expect(run.ok).toBe(false)
  expect(await findRun(shell.db, runKey(held, options))).toBeUndefined()
})

test('what decides the result is a second stage, which a kept run gains later', async () => {
  const before = await findRun(shell.db, runKey(held, OPTIONS))
  expect(before?.sensitivity).toBeUndefined()
  const run = await runOrLoad(shell, held, OPTIONS, { sensitivity: true })
  assert(run.ok, 'nobody cancelled')
  const members = run.value.sensitivity?.places.find(({ place }) => place === 'members')
  expect(members?.indices).toHaveLength(20)
  expect(run.value.results.figures).toEqual(before?.results.figures)
})

test('one draw: what it cannot tell is kept as such', async () => {
  const run = await runOrLoad(shell, held, { draws: 1, seed: 1 }, { workers: 1 })
  assert(run.ok, 'nobody cancelled')
  const kept = await findRun(shell.db, run.value.key)
  expect(kept?.results.horizon[0]?.netFiscal.mean_error).toBeNaN()
})

test('the oldest runs leave when the room is full; what was just made stays', async () => {
  const found = await findRun(shell.db, runKey(held, OPTIONS))
  assert(found, 'kept above')
  const key = (i: number) => i.toString().repeat(64)
  const keep = (i: number, mostBytes?: number) =>
    database.db
      .transaction()
      .execute((tx) =>
        saveRun(tx, { ...found, key: key(i), made_at: `2026-12-0${i}T00:00:00.000Z` }, mostBytes),
      )
  for (const i of [1, 2, 3]) await keep(i)
  const { rows } = await sql<{ bytes: number }>`
    select length(figures) + length(outcomes) as bytes from plan_run where key = ${key(1)}`.execute(
    database.db,
  )
  await keep(4, 3 * (rows[0]?.bytes ?? 0))
  expect((await listRuns(shell.db, held.plan.id)).map((run) => run.key)).toEqual([key(4), key(3), key(2)])
  await keep(5, 1)
  expect((await listRuns(shell.db, held.plan.id)).map((run) => run.key)).toEqual([key(5)])
})
