import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { err, ok, type Result } from '../base/index.ts'
import type { Model } from './model.ts'
import { closeRun, openRun, type Results, type Run, type RunOptions } from './run.ts'
import {
  closeStudy,
  openStudy,
  type SensitivityOptions,
  type SensitivityResults,
  type Study,
} from './sensitivity.ts'
import type { Room } from './state.ts'

export interface WorkerOptions {
  /** As many as there are cores where not given. */
  readonly workers?: number
  /** Stops the threads at once; what they did is lost. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** The built `worker.ts`; found beside the other built programs where not given. */
  readonly workerFile?: string
}

/** Months of a run, or rows of a study, that are done. */
export interface Progress {
  readonly done: number
  readonly of: number
}

export interface RunCancelled {
  readonly code: 'run_cancelled'
}

export type WorkerStart =
  | {
      readonly run: Run
      readonly first: number
      readonly count: number
      readonly worker: number
      readonly workers: number
      readonly study?: undefined
    }
  | { readonly study: Study }

export interface WorkerOrder {
  readonly step: 'simulate' | 'summarise' | 'evaluate'
  readonly from: number
  readonly to: number
}

export interface WorkerAnswer {
  readonly done: WorkerOrder['step']
}

const SHARED_ROOM: Room = {
  floats: (count) => new Float64Array(new SharedArrayBuffer(8 * count)),
  bytes: (count) => new Uint8Array(new SharedArrayBuffer(count)),
}

/** Runs a scenario on worker threads, whose number changes nothing in the results. */
export function simulateOnWorkers(
  model: Model,
  options: RunOptions,
  given: WorkerOptions = {},
): Promise<Result<Results, RunCancelled>> {
  const run = openRun(model, options, SHARED_ROOM)
  const workers = countOf(given, run.draws)
  const share = Math.ceil(run.draws / workers)
  const starts = Array.from({ length: workers }, (_, worker): WorkerStart => {
    const first = Math.min(run.draws, worker * share)
    return { run, first, count: Math.min(share, run.draws - first), worker, workers }
  })
  return withCrew(starts, given, async (crew) => {
    for (let from = 0; from < model.months; from += run.blockMonths) {
      const to = Math.min(model.months, from + run.blockMonths)
      await crew.all({ step: 'simulate', from, to })
      await crew.all({ step: 'summarise', from, to })
      given.onProgress?.({ done: to, of: model.months })
    }
    return closeRun(run)
  })
}

/** Rows of a study that a worker is given at a time. */
const ROWS_AT_ONCE = 64

/** Total-order indices on worker threads, whose number changes nothing in the results. */
export function sensitivityOnWorkers(
  model: Model,
  options: SensitivityOptions,
  given: WorkerOptions = {},
): Promise<Result<SensitivityResults, RunCancelled>> {
  const study = openStudy(model, options, SHARED_ROOM)
  const workers = countOf(given, Math.ceil(study.rows / ROWS_AT_ONCE))
  const starts = Array.from({ length: workers }, (): WorkerStart => ({ study }))
  return withCrew(starts, given, async (crew) => {
    let next = 0
    let done = 0
    const work = async (worker: number): Promise<void> => {
      while (next < study.rows) {
        const from = next
        next = Math.min(study.rows, from + ROWS_AT_ONCE)
        const to = next
        await crew.one(worker, { step: 'evaluate', from, to })
        done += to - from
        given.onProgress?.({ done, of: study.rows })
      }
    }
    await Promise.all(starts.map((_, worker) => work(worker)))
    return closeStudy(study)
  })
}

const countOf = ({ workers = availableParallelism() }: WorkerOptions, most: number): number =>
  Math.max(1, Math.min(Math.floor(workers), most))

interface Crew {
  one(worker: number, order: WorkerOrder): Promise<void>
  all(order: WorkerOrder): Promise<void>
}

/** Starts the threads, lets the work go on until it is done or cancelled, and ends them in every case. */
async function withCrew<T>(
  starts: readonly WorkerStart[],
  { signal, workerFile = builtWorker() }: WorkerOptions,
  work: (crew: Crew) => Promise<T>,
): Promise<Result<T, RunCancelled>> {
  if (signal?.aborted) return err({ code: 'run_cancelled' })
  const threads = starts.map((start) => new Worker(workerFile, { workerData: start }))
  const [ended, end] = endOf(threads, signal)
  try {
    const one = (worker: number, order: WorkerOrder) => answerOf(threads[worker] as Worker, order)
    const all = async (order: WorkerOrder) => void (await Promise.all(threads.map((_, i) => one(i, order))))
    const done = work({ one, all }).then((value) => ok(value))
    return await Promise.race([done, ended])
  } finally {
    end()
    await Promise.all(threads.map((thread) => thread.terminate()))
  }
}

function answerOf(thread: Worker, order: WorkerOrder): Promise<void> {
  return new Promise((resolve) => {
    thread.once('message', () => resolve())
    thread.postMessage(order)
  })
}

/** Comes true when the signal asks to stop; fails when a thread does. */
function endOf(
  threads: readonly Worker[],
  signal: AbortSignal | undefined,
): readonly [Promise<Result<never, RunCancelled>>, () => void] {
  let stop = () => {}
  const ended = new Promise<Result<never, RunCancelled>>((resolve, reject) => {
    stop = () => resolve(err({ code: 'run_cancelled' }))
    signal?.addEventListener('abort', stop, { once: true })
    for (const thread of threads) thread.once('error', reject)
  })
  ended.catch(() => {})
  return [ended, () => signal?.removeEventListener('abort', stop)]
}

/** `dist/scenario/worker.js`, from the source or from the bundle that this file became part of. */
function builtWorker(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('assertion failed: package.json is above every source file')
    folder = parent
  }
  return join(folder, 'dist/scenario/worker.js')
}
