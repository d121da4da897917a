import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sevenStateTrust } from './example.testing.ts'
import { type Model, modelOf } from './model.ts'
import { parseScenario } from './parse.ts'
import { simulate } from './run.ts'
import { sensitivityOnWorkers, simulateOnWorkers } from './run-workers.ts'
import { sensitivityOf } from './sensitivity.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenth-worker-'))
const workerFile = join(folder, 'worker.mjs')
beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    outfile: workerFile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function model(months: number): Model {
  const read = parseScenario(sevenStateTrust(months))
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return modelOf(read.value)
}

const sha256 = (...parts: readonly (Float64Array | string)[]) => {
  const hash = createHash('sha256')
  for (const part of parts)
    hash.update(
      typeof part === 'string' ? part : new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
    )
  return hash.digest('hex')
}

test('one, two, three and four workers, and none, give the same bytes', async () => {
  const options = { draws: 333, seed: 77 }
  const alone = simulate(model(30), options)
  const truth = sha256(alone.figures, JSON.stringify({ ...alone, figures: [] }))
  for (const workers of [1, 2, 3, 4]) {
    const progress: number[] = []
    const run = await simulateOnWorkers(model(30), options, {
      workers,
      workerFile,
      onProgress: ({ done, of }) => progress.push(done / of),
    })
    if (!run.ok) throw new Error(run.error.code)
    expect(sha256(run.value.figures, JSON.stringify({ ...run.value, figures: [] }))).toBe(truth)
    expect(progress[progress.length - 1]).toBe(1)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
  }
})

test('total-order indices too', async () => {
  const options = { rows: 150, seed: 4 }
  const truth = sha256(JSON.stringify(sensitivityOf(model(10), options)))
  for (const workers of [1, 2, 4]) {
    const study = await sensitivityOnWorkers(model(10), options, { workers, workerFile })
    if (!study.ok) throw new Error(study.error.code)
    expect(sha256(JSON.stringify(study.value))).toBe(truth)
  }
})

test('more workers than draws', async () => {
  const run = await simulateOnWorkers(model(6), { draws: 2, seed: 1 }, { workers: 4, workerFile })
  expect(run.ok && run.value.figures).toEqual(simulate(model(6), { draws: 2, seed: 1 }).figures)
})

test('a run is cancelled before it starts and while it goes on, and can be run again', async () => {
  const before = await simulateOnWorkers(
    model(60),
    { draws: 500, seed: 1 },
    { workerFile, signal: AbortSignal.abort() },
  )
  expect(before).toEqual({ ok: false, error: { code: 'run_cancelled' } })
  const stop = new AbortController()
  const during = await simulateOnWorkers(
    model(60),
    { draws: 500, seed: 1 },
    { workers: 2, workerFile, signal: stop.signal, onProgress: () => stop.abort() },
  )
  expect(during).toEqual({ ok: false, error: { code: 'run_cancelled' } })
  const again = await simulateOnWorkers(model(60), { draws: 50, seed: 1 }, { workers: 2, workerFile })
  expect(again.ok).toBe(true)
})

test('a thread that fails is a failure of the run', async () => {
  const missing = join(folder, 'missing.mjs')
  await expect(simulateOnWorkers(model(6), { draws: 5, seed: 1 }, { workerFile: missing })).rejects.toThrow(
    'missing.mjs',
  )
})
