import { EventEmitter } from 'node:events'
import { Logger, makeWorkerUtils, run, type WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import type { Db } from '../../db/index.ts'
import { ENGINE_VERSION, modelOf, parseScenario, simulate } from '../../scenario/index.ts'
import { simulateOnWorkers } from '../../scenario/run-workers.ts'
import { findRun } from '../runs/store.ts'
import { sweepResultText } from './result.ts'
import { type AskedRun, findAskedRun, keepFailure, keepResult } from './store.ts'

/*
 * Runs of sweeps as jobs of graphile-worker, in its own schema `graphile_worker`, which it makes when it is first needed.
 * The queue says only who does what next: what is asked for, and what came of it, stands in `plan_sweep_run`, so that the
 * schema is not backed up and may be dropped while no sweep goes on.
 */

/** Only a process with this engine takes these jobs. */
const TASK = `plan-sweep-run-engine-${ENGINE_VERSION}`

/** A job that took so many processes with it is given up. */
const MOST_TRIES = 5

/** First key of the advisory locks by which a process shows that it lives. */
const ALIVE = 1_931_041_207

const POLL_MS = 500

/** To start threads takes longer than so many months of a jurisdiction in a draw. */
const FEW_MONTHS = 500_000

export interface Queue {
  readonly url: string
  /** Connections of its own, since the queue's rows are read with the plain types of PostgreSQL. */
  readonly pool: pg.Pool
  readonly close: () => Promise<void>
}

const SILENT = new Logger(() => () => {})

export async function openQueue(url: string): Promise<Queue> {
  const pool = new pg.Pool({ connectionString: url, max: 4, application_name: 'tenth sweep' })
  // A connection that the server drops is replaced at the next query; it must not end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const utils = await makeWorkerUtils({ pgPool: pool, logger: SILENT })
  await utils.migrate()
  await utils.release()
  return { url, pool, close: () => pool.end() }
}

/** Puts runs into the queue, but those that someone is at; one that was given up is tried anew. */
export async function enqueue({ pool }: Queue, keys: readonly string[]): Promise<void> {
  await pool.query(
    `select graphile_worker.add_job($1, json_build_object('key', asked.key), job_key => 'sweep:' || asked.key,
       max_attempts => $3, job_key_mode => 'replace')
     from unnest($2::text[]) as asked(key)
     where not exists (
       select from graphile_worker.jobs where jobs.key = 'sweep:' || asked.key and jobs.locked_at is not null)`,
    [TASK, keys, MOST_TRIES],
  )
}

/**
 * Gives back the jobs of processes that are gone: each process holds an advisory lock under its name for as long as its
 * connection lives, and PostgreSQL takes the lock back when the process dies, however it does.
 */
export async function releaseDead({ pool }: Queue): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array_agg(locked_by)) from (
       select distinct locked_by from graphile_worker.jobs
       where task_identifier like 'plan-sweep-run-%' and locked_by is not null and not exists (
         select from pg_locks
         where locktype = 'advisory' and granted and objsubid = 2 and classid = $1::bigint::oid
           and database = (select oid from pg_database where datname = current_database())
           and objid = hashtext(locked_by)::bit(32)::bigint::oid)) as dead
     having count(*) > 0`,
    [ALIVE],
  )
}

/** Jobs that were tried too often leave the queue; their runs have failed. */
export async function giveUp({ pool }: Queue, db: Db): Promise<void> {
  const { rows } = await pool.query<{ key: string; last_error: string | null }>(
    `select key, last_error from graphile_worker.jobs
     where task_identifier = $1 and locked_at is null and attempts >= max_attempts`,
    [TASK],
  )
  for (const { key, last_error } of rows) {
    const why = last_error ?? 'each process that did it ended before it was done'
    await keepFailure(db, key.replace('sweep:', ''), `given up after ${MOST_TRIES} tries: ${why}`)
    await pool.query('select graphile_worker.remove_job($1)', [key])
  }
}

/** Whether nobody is at a job, and none waits. */
export async function isIdle({ pool }: Queue): Promise<boolean> {
  const { rows } = await pool.query<{ idle: boolean }>(
    'select not exists (select from graphile_worker.jobs where task_identifier = $1) as idle',
    [TASK],
  )
  return rows[0]?.idle ?? true
}

export interface Work {
  /** Ends when the job that goes on is done. */
  readonly stop: () => Promise<void>
}

/** Does jobs one after the other, each on so many threads, until it is stopped. */
export async function startWork(
  queue: Queue,
  db: Db,
  threads: number | undefined,
  onRun: (key: string) => void,
): Promise<Work> {
  const life = new pg.Client({ connectionString: queue.url, application_name: 'tenth sweep, alive' })
  life.on('error', () => {})
  await life.connect()
  const events = new EventEmitter() as WorkerEvents
  let shown: Promise<unknown> = Promise.resolve()
  events.on('pool:create', ({ workerPool }) => {
    shown = life.query('select pg_advisory_lock($1, hashtext($2))', [ALIVE, workerPool.id])
    shown.catch(() => {})
  })
  const runner = await run({
    pgPool: queue.pool,
    concurrency: 1,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: SILENT,
    events,
    taskList: {
      [TASK]: async (payload) => {
        await shown
        const { key } = payload as { readonly key: string }
        await doRun(db, key, threads)
        onRun(key)
      },
    },
  })
  runner.promise.catch(() => {})
  return {
    stop: async () => {
      await runner.stop()
      await life.end()
    },
  }
}

/** What the model cannot do is a failure of the run; what the database cannot do is one of the job, which is tried again. */
async function doRun(db: Db, key: string, threads: number | undefined): Promise<void> {
  const asked = await findAskedRun(db, key)
  if (!asked) return
  const kept = await findRun(db, key)
  const text = kept
    ? sweepResultText(key, asked.about, kept.results)
    : await resultOf(asked, threads).catch((error: unknown) => error as Error)
  if (typeof text === 'string') await keepResult(db, key, text)
  else await keepFailure(db, key, text.message)
}

async function resultOf(
  { key, about, options, scenario }: AskedRun,
  threads: number | undefined,
): Promise<string> {
  const read = parseScenario(JSON.parse(scenario))
  if (!read.ok) throw new Error('the model does not take its scenario')
  const model = modelOf(read.value)
  const months = options.draws * model.months * model.jurisdictions.length
  if (months <= FEW_MONTHS) return sweepResultText(key, about, simulate(model, options))
  const results = await simulateOnWorkers(model, options, threads === undefined ? {} : { workers: threads })
  if (!results.ok) throw new Error('it was cancelled')
  return sweepResultText(key, about, results.value)
}
