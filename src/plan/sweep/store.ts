import { sql } from 'kysely'
import type { Db, Tx } from '../../db/index.ts'
import { ENGINE_VERSION, type RunOptions } from '../../scenario/index.ts'
import type { RunAbout, SweepJob } from './expand.ts'

/** A run that is to be done. */
export interface AskedRun {
  readonly key: string
  readonly options: RunOptions
  readonly about: RunAbout
  /** As JSON. */
  readonly scenario: string
}

/** Asks for the runs that nobody has done; one that failed is to be tried again. Gives the keys of those to do. */
export async function askForRuns(tx: Tx, jobs: readonly SweepJob[]): Promise<readonly string[]> {
  for (const { key, options, about, scenario } of jobs)
    await sql`
      insert into plan_sweep_run (key, engine, draws, seed, about, scenario)
      values (${key}, ${ENGINE_VERSION}, ${options.draws}, ${options.seed}, ${JSON.stringify(about)},
        ${JSON.stringify(scenario)})
      on conflict (key) do update set error = null where plan_sweep_run.error is not null`.execute(tx)
  const { rows } = await sql<{ key: string }>`
    select key from plan_sweep_run where key = any(${[...new Set(jobs.map(({ key }) => key))]}) and result is null
    order by key`.execute(tx)
  return rows.map(({ key }) => key)
}

/** A run that has neither a result nor a failure. */
export async function findAskedRun(db: Db | Tx, key: string): Promise<AskedRun | undefined> {
  const { rows } = await sql<{ draws: number; seed: bigint; about: string; scenario: string }>`
    select draws, seed, about, scenario from plan_sweep_run
    where key = ${key} and result is null and error is null`.execute(db)
  const [row] = rows
  if (!row) return undefined
  return {
    key,
    options: { draws: row.draws, seed: Number(row.seed) },
    about: JSON.parse(row.about) as RunAbout,
    scenario: row.scenario,
  }
}

/** Keeps the first result; another of the same key is the same. */
export const keepResult = (db: Db | Tx, key: string, result: string) =>
  sql`update plan_sweep_run set result = ${result}, scenario = null, error = null
    where key = ${key} and result is null`.execute(db)

export const keepFailure = (db: Db | Tx, key: string, error: string) =>
  sql`update plan_sweep_run set error = ${error} where key = ${key} and result is null`.execute(db)

export interface RunStates {
  readonly done: number
  readonly failed: number
}

export async function countStates(db: Db | Tx, keys: readonly string[]): Promise<RunStates> {
  const { rows } = await sql<{ done: number; failed: number }>`
    select count(result)::int as done, count(error)::int as failed
    from plan_sweep_run where key = any(${keys})`.execute(db)
  return rows[0] ?? { done: 0, failed: 0 }
}

export async function loadOutcomes(
  db: Db | Tx,
  keys: readonly string[],
): Promise<{ readonly results: ReadonlyMap<string, string>; readonly errors: ReadonlyMap<string, string> }> {
  const { rows } = await sql<{ key: string; result: string | null; error: string | null }>`
    select key, result, error from plan_sweep_run where key = any(${keys})`.execute(db)
  return {
    results: new Map(rows.flatMap(({ key, result }) => (result === null ? [] : [[key, result] as const]))),
    errors: new Map(rows.flatMap(({ key, error }) => (error === null ? [] : [[key, error] as const]))),
  }
}
