import type { Instant } from '../../base/index.ts'
import type { Db, Shell } from '../../db/index.ts'
import type { RunOptions } from '../../scenario/index.ts'
import { type HeldPlan, runKey } from './runs.ts'
import { hasRun, type RunStage, runOrLoad } from './store.ts'

/** A run that somebody asked for on a page of this server. */
export interface RunJob extends RunOptions {
  readonly key: string
  readonly plan: string
  readonly title: string
  readonly asked_at: Instant
  readonly status: RunStatus
}

export type RunStatus =
  | { readonly state: 'waiting' }
  | { readonly state: 'running'; readonly progress: RunStage | undefined }
  | { readonly state: 'done' | 'cancelled' | 'failed' }

/** A run takes every core of the machine: the others wait. */
const AT_ONCE = 1
const MOST_WAITING = 24
/** Ends of jobs that are remembered, so that their pages can say how they ended. */
const MOST_ENDED = 200

interface Job extends Omit<RunJob, 'status'> {
  status: RunStatus
  readonly held: HeldPlan
  readonly stop: AbortController
}

/**
 * Runs asked for on the pages: one at a time, the others in the order in which they were asked for. It lives as long as
 * the server; a run that the server's end cut off leaves nothing behind, and can be asked for again.
 */
export class RunDesk {
  readonly #shell: Pick<Shell, 'db' | 'now'>
  readonly #jobs = new Map<string, Job>()
  readonly #report: (error: unknown) => void

  constructor(shell: Pick<Shell, 'db' | 'now'>, report: (error: unknown) => void = () => {}) {
    this.#shell = shell
    this.#report = report
  }

  /** Asks for a run; one that is waiting or going on already is joined. Nothing where too many wait. */
  ask(held: HeldPlan, { draws, seed }: RunOptions): RunJob | undefined {
    const key = runKey(held, { draws, seed })
    const there = this.#jobs.get(key)
    if (there && isOpen(there)) return there
    if (this.#waiting().length >= MOST_WAITING) return undefined
    const { id: plan, title } = held.plan
    const asked_at = this.#shell.now()
    const stop = new AbortController()
    const job: Job = {
      ...{ key, plan, title, draws, seed, asked_at, held, stop },
      status: { state: 'waiting' },
    }
    this.#jobs.delete(key)
    this.#jobs.set(key, job)
    this.#next()
    return job
  }

  find(key: string): RunJob | undefined {
    return this.#jobs.get(key)
  }

  /** How many runs are done before a waiting one begins. */
  ahead(key: string): number {
    const place = this.#waiting().findIndex((job) => job.key === key)
    return place < 0 ? 0 : place + this.#running().length
  }

  /** Stops a run that is waiting or going on; one that has ended stays as it is. */
  cancel(key: string): RunJob | undefined {
    const job = this.#jobs.get(key)
    if (job && isOpen(job)) {
      job.status = { state: 'cancelled' }
      job.stop.abort()
      this.#next()
    }
    return job
  }

  #waiting = (): readonly Job[] => [...this.#jobs.values()].filter(({ status }) => status.state === 'waiting')
  #running = (): readonly Job[] => [...this.#jobs.values()].filter(({ status }) => status.state === 'running')

  #next(): void {
    const [first] = this.#waiting()
    if (first && this.#running().length < AT_ONCE) void this.#run(first)
    const ended = [...this.#jobs.values()].filter((job) => !isOpen(job))
    for (const { key } of ended.slice(0, Math.max(0, ended.length - MOST_ENDED))) this.#jobs.delete(key)
  }

  async #run(job: Job): Promise<void> {
    job.status = { state: 'running', progress: undefined }
    try {
      const run = await runOrLoad(this.#shell, job.held, job, {
        sensitivity: true,
        signal: job.stop.signal,
        onProgress: (progress) => {
          if (job.status.state === 'running') job.status = { state: 'running', progress }
        },
      })
      if (job.status.state === 'running') job.status = { state: run.ok ? 'done' : 'cancelled' }
    } catch (error) {
      job.status = { state: 'failed' }
      this.#report(error)
    }
    this.#next()
  }
}

const isOpen = ({ status }: Pick<RunJob, 'status'>): boolean =>
  status.state === 'waiting' || status.state === 'running'

const desks = new WeakMap<Db, RunDesk>()

/** The one desk of a server: pages in both languages and the API stand before the same. */
export function deskOf(shell: Pick<Shell, 'db' | 'now'>): RunDesk {
  const desk = desks.get(shell.db) ?? new RunDesk(shell)
  desks.set(shell.db, desk)
  return desk
}

/** A run that is kept whole needs no job; nothing where too many wait. */
export async function askFor(
  shell: Pick<Shell, 'db' | 'now'>,
  held: HeldPlan,
  options: RunOptions,
): Promise<RunJob | (RunOptions & { readonly key: string }) | undefined> {
  const key = runKey(held, options)
  return (await hasRun(shell.db, key)) === 'with-sensitivity'
    ? { ...options, key }
    : deskOf(shell).ask(held, options)
}
