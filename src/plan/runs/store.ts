import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import { sql } from 'kysely'
import { assert, err, type Instant, ok, type Result } from '../../base/index.ts'
import type { Db, Shell, Tx } from '../../db/index.ts'
import { modelOf, type Results, type RunOptions, type SensitivityResults } from '../../scenario/index.ts'
import {
  type Progress,
  type RunCancelled,
  sensitivityOnWorkers,
  simulateOnWorkers,
} from '../../scenario/run-workers.ts'
import { groundOf, type HeldPlan, type RunGround, runKey, type StoredRun, studyRows } from './runs.ts'

/** What the figures of kept runs may take, packed; a run of 60 months takes about 5 MB. */
const MOST_BYTES = 256 * 2 ** 20

const pack = promisify<Uint8Array, { level: number }, Buffer>(deflate)
const unpack = promisify<Uint8Array, Buffer>(inflate)

/** What is known of a run without its figures. */
export interface RunEntry {
  readonly key: string
  readonly plan: string
  readonly title: string
  readonly draws: number
  readonly seed: number
  readonly engine: string
  readonly facts: string
  readonly made_at: Instant
  readonly has_sensitivity: boolean
}

interface Row {
  readonly key: string
  readonly made_at: Instant
  readonly ground: RunGround
  readonly results: string
  readonly figures: Buffer
  readonly outcomes: Buffer
  readonly sensitivity: string | null
}

export async function findRun(db: Db | Tx, key: string): Promise<StoredRun | undefined> {
  const { rows } = await sql<Row>`
    select key, made_at, ground, results::text as results, figures, outcomes, sensitivity::text as sensitivity
    from plan_run where key = ${key}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { made_at, ground, results, sensitivity } = row
  const [figures, outcomes] = await Promise.all([unpacked(row.figures), unpacked(row.outcomes)])
  return {
    ...{ key, made_at, ground },
    results: { ...(withNaN(results) as Omit<Results, 'figures' | 'outcomes'>), figures, outcomes },
    sensitivity: sensitivity === null ? undefined : (withNaN(sensitivity) as SensitivityResults),
  }
}

async function unpacked(bytes: Buffer): Promise<Float64Array> {
  const plain = await unpack(bytes)
  const values = new Float64Array(plain.length / 8)
  Buffer.from(values.buffer).set(plain)
  return values
}

/** Memory that workers share cannot be packed as it is: a copy is. */
const packed = (values: Float64Array): Promise<Buffer> =>
  pack(new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice(), { level: 1 })

/** JSON has no NaN: what one draw cannot tell is null in it, and nothing else is. */
const withNaN = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) => (value === null ? Number.NaN : value))

/** Whether a run is kept, and with what decides it. */
export async function hasRun(
  db: Db | Tx,
  key: string,
): Promise<'with-sensitivity' | 'without-sensitivity' | undefined> {
  const { rows } = await sql<{ is_whole: boolean }>`
    select sensitivity is not null as is_whole from plan_run where key = ${key}`.execute(db)
  return rows[0] && (rows[0].is_whole ? 'with-sensitivity' : 'without-sensitivity')
}

/** Runs of a plan, the newest first. */
export async function listRuns(db: Db | Tx, plan: string): Promise<readonly RunEntry[]> {
  const { rows } = await sql<Omit<RunEntry, 'seed'> & { readonly seed: bigint }>`
    select key, plan, title, draws, seed, engine, facts, made_at, sensitivity is not null as has_sensitivity
    from plan_run where plan = ${plan} order by made_at desc, key`.execute(db)
  return rows.map((row) => ({ ...row, seed: Number(row.seed) }))
}

/** Keeps a run. The oldest leave for want of room; while the facts stand, they can be made again from their plan. */
export async function saveRun(tx: Tx, run: StoredRun, mostBytes = MOST_BYTES): Promise<void> {
  const { key, made_at, ground, results, sensitivity } = run
  const { figures, outcomes, ...rest } = results
  const study = sensitivity === undefined ? null : JSON.stringify(sensitivity)
  await sql`
    insert into plan_run (key, plan, title, draws, seed, engine, facts, made_at, ground, results, figures,
      outcomes, sensitivity)
    values (${key}, ${ground.plan.id}, ${ground.plan.title}, ${results.draws}, ${results.seed},
      ${results.engineVersion}, ${ground.facts}, ${made_at}, ${JSON.stringify(ground)}::jsonb,
      ${JSON.stringify(rest)}::jsonb, ${await packed(figures)}, ${await packed(outcomes)}, ${study}::jsonb)
    on conflict (key) do nothing`.execute(tx)
  await sql`
    delete from plan_run where key in (
      select key from (
        select key, sum(length(figures) + length(outcomes)) over (order by made_at desc, key) as bytes from plan_run) as by_age
      where bytes > ${mostBytes} and key <> ${key})`.execute(tx)
}

export const saveSensitivity = (tx: Tx, key: string, study: SensitivityResults) =>
  sql`update plan_run set sensitivity = ${JSON.stringify(study)}::jsonb where key = ${key}`.execute(tx)

export interface RunStage {
  readonly stage: 'futures' | 'sensitivity'
  readonly done: number
  readonly of: number
}

export interface RunLoad {
  readonly workers?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (stage: RunStage) => void
  /** Also study what decides the result. */
  readonly sensitivity?: boolean
}

interface Going {
  readonly done: Promise<Result<StoredRun, RunCancelled>>
  readonly listeners: Set<(stage: RunStage) => void>
  readonly stop: AbortController
  waiting: number
}

const goingOn = new WeakMap<Db, Map<string, Going>>()

/**
 * The run of a plan: as it is kept, or computed now and then kept. Whoever asks for a run that is going on joins it;
 * it stops when all who wait for it have cancelled. Fresh or kept, it is the same to the last bit.
 */
export async function runOrLoad(
  shell: Pick<Shell, 'db' | 'now'>,
  held: HeldPlan,
  options: RunOptions,
  load: RunLoad = {},
): Promise<Result<StoredRun, RunCancelled>> {
  const { signal, onProgress, sensitivity = false } = load
  const key = runKey(held, options)
  const kept = await findRun(shell.db, key)
  if (kept && (!sensitivity || kept.sensitivity)) return ok(kept)
  if (signal?.aborted) return err({ code: 'run_cancelled' })
  const going = joinRun(shell, key, held, options, { ...load, sensitivity }, kept)
  if (onProgress) going.listeners.add(onProgress)
  going.waiting++
  try {
    return await Promise.race([going.done, cancelled(signal)])
  } finally {
    going.waiting--
    if (onProgress) going.listeners.delete(onProgress)
    if (going.waiting === 0) going.stop.abort()
  }
}

/** Comes true when the signal asks to stop, and never without one. */
const cancelled = (signal: AbortSignal | undefined): Promise<Result<never, RunCancelled>> =>
  new Promise((resolve) =>
    signal?.addEventListener('abort', () => resolve(err({ code: 'run_cancelled' })), { once: true }),
  )

function joinRun(
  shell: Pick<Shell, 'db' | 'now'>,
  key: string,
  held: HeldPlan,
  options: RunOptions,
  load: RunLoad,
  kept: StoredRun | undefined,
): Going {
  const all = goingOn.get(shell.db) ?? new Map<string, Going>()
  goingOn.set(shell.db, all)
  const name = `${key} ${load.sensitivity}`
  const there = all.get(name)
  if (there && !there.stop.signal.aborted) return there
  const listeners = new Set<(stage: RunStage) => void>()
  const stop = new AbortController()
  const done = computeRun(shell, key, held, options, {
    ...(load.workers !== undefined && { workers: load.workers }),
    sensitivity: load.sensitivity === true,
    signal: stop.signal,
    onProgress: (stage) => {
      for (const listen of listeners) listen(stage)
    },
    kept,
  })
  const going: Going = { done, listeners, stop, waiting: 0 }
  all.set(name, going)
  const leave = () => {
    if (all.get(name) === going) all.delete(name)
  }
  done.then(leave, leave)
  return going
}

interface Computing {
  readonly workers?: number
  readonly sensitivity: boolean
  readonly signal: AbortSignal
  readonly onProgress: (stage: RunStage) => void
  readonly kept: StoredRun | undefined
}

async function computeRun(
  { db, now }: Pick<Shell, 'db' | 'now'>,
  key: string,
  held: HeldPlan,
  options: RunOptions,
  { workers, sensitivity, signal, onProgress, kept }: Computing,
): Promise<Result<StoredRun, RunCancelled>> {
  const model = modelOf(held.checked.scenario)
  const on = (stage: RunStage['stage']) => ({
    ...(workers !== undefined && { workers }),
    signal,
    onProgress: ({ done, of }: Progress) => onProgress({ stage, done, of }),
  })
  if (!kept) {
    const results = await simulateOnWorkers(model, options, on('futures'))
    if (!results.ok) return results
    const run = {
      key,
      made_at: now(),
      ground: groundOf(held),
      results: results.value,
      sensitivity: undefined,
    }
    await db.transaction().execute((tx) => saveRun(tx, run))
  }
  if (sensitivity) {
    const study = await sensitivityOnWorkers(
      model,
      { rows: studyRows(options.draws), seed: options.seed },
      on('sensitivity'),
    )
    if (!study.ok) return study
    await db.transaction().execute((tx) => saveSensitivity(tx, key, study.value))
  }
  const run = await findRun(db, key)
  assert(run, 'a run that was kept just now is there')
  return ok(run)
}
