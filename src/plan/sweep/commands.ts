import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import {
  assert,
  type Command,
  command,
  type ExitCode,
  err,
  type Io,
  ok,
  type Result,
} from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { JSON_FLAG, json, openFacts, readAny, refuse, Threads } from '../documents/named-files.ts'
import type { PlanFault, ReadPlan } from '../read.ts'
import { dollarsText } from '../runs/simulation-paper.ts'
import { type ExpandedSweep, expandSweep, type SweepJob } from './expand.ts'
import { checkOutFolder, summaryJson, writeSweepFiles } from './files.ts'
import { enqueue, giveUp, isIdle, openQueue, type Queue, releaseDead, startWork } from './queue-store.ts'
import { type ReadSweep, readSweep } from './read.ts'
import type { SweepResult, SweepRow } from './result.ts'
import { sweepJsonSchema } from './schema.ts'
import { askForRuns, countStates, loadOutcomes } from './store.ts'

const LOOK_EVERY_MS = 500

const WORKERS = [
  '--workers <n>',
  'threads of this process; as many as there are cores where not given. They change nothing in the figures',
] as const

export const sweepCommands: readonly Command<Shell>[] = [
  command({
    name: 'plan sweep-schema',
    summary: 'the JSON Schema of a sweep document',
    input: z.object({}),
    run: async (_, io) => {
      io.out(JSON.stringify(sweepJsonSchema(), null, 2))
      return 0
    },
  }),
  command({
    name: 'plan sweep',
    summary: 'many plans, assumptions, members and seeds: as many runs, by any number of processes',
    args: '<spec>',
    options: [
      ['--out <folder>', 'write a file for each run, summary.csv and its dictionary'],
      WORKERS,
      ['--no-work', 'leave the runs to processes of tenth plan sweep-worker, and wait for them'],
      JSON_FLAG,
    ],
    input: z.object({
      spec: z.string(),
      out: z.string().optional(),
      workers: Threads.optional(),
      work: z.boolean().default(true),
      json,
    }),
    run: sweepOn,
  }),
  command({
    name: 'plan sweep-worker',
    summary: 'do runs of sweeps that anyone on this database asks for',
    options: [WORKERS, ['--until-idle', 'end when nothing is left to do']],
    input: z.object({ workers: Threads.optional(), untilIdle: z.boolean().default(false) }),
    run: async ({ workers, untilIdle }, io, open) => {
      const shell = await open()
      const queue = await openQueueOf(shell)
      const work = await startWork(queue, shell.db, workers, (key) => io.err(`done: ${key}`))
      do {
        await tend(queue, shell)
        await sleep(LOOK_EVERY_MS)
      } while (!(untilIdle && (await isIdle(queue))))
      await work.stop()
      await queue.close()
      return 0
    },
  }),
]

function openQueueOf({ url }: Shell): Promise<Queue> {
  assert(url, 'the command line knows where its database is')
  return openQueue(url())
}

/** What any process that works or waits does for all: jobs of the dead go back, and hopeless ones leave. */
async function tend(queue: Queue, { db }: Shell): Promise<void> {
  await releaseDead(queue)
  await giveUp(queue, db)
}

interface SweepInput {
  readonly spec: string
  readonly out?: string | undefined
  readonly workers?: number | undefined
  readonly work: boolean
  readonly json: boolean
}

async function sweepOn(input: SweepInput, io: Io, open: () => Promise<Shell>): Promise<ExitCode> {
  const folder = input.out === undefined ? undefined : resolve(io.cwd, input.out)
  const isFree = folder === undefined ? ok(true) : checkOutFolder(folder)
  if (!isFree.ok) {
    io.err(
      `${isFree.error.folder}: holds something that is no sweep; wanted: a new folder, or one of a sweep`,
    )
    return 1
  }
  const read = await readSpec(input.spec, io, open)
  if (!read.ok) return refuse(io, read.error, input.json)
  const { shell, facts } = await openFacts(open)
  const expanded = expandSweep(read.value.spec, read.value.plans, facts)
  if (!expanded.ok) return refuse(io, expanded.error, input.json)
  await finish(expanded.value.jobs, input, io, shell)
  const keys = expanded.value.jobs.map(({ key }) => key)
  const { results, errors } = await loadOutcomes(shell.db, keys)
  const rows = expanded.value.jobs.map((job): SweepRow => {
    const result = results.get(job.key)
    return {
      job,
      result: result === undefined ? undefined : (JSON.parse(result) as SweepResult),
      error: errors.get(job.key),
    }
  })
  if (folder !== undefined) writeSweepFiles(folder, read.value.spec.sweep, expanded.value, rows, results)
  report(read.value.spec, expanded.value, rows, input.json, io)
  return rows.some(({ result }) => result === undefined) ? 1 : 0
}

/** A sweep document with the plans that it names, or why not. */
async function readSpec(
  name: string,
  io: Io,
  open: () => Promise<Shell>,
): Promise<Result<{ readonly spec: ReadSweep; readonly plans: readonly ReadPlan[] }, readonly PlanFault[]>> {
  const file = resolve(io.cwd, name)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'error'
    return err([
      { file: name, line: 1, path: '(document)', found: `no readable file (${reason})`, wanted: 'a file' },
    ])
  }
  const spec = readSweep(name, text)
  if (!spec.ok) return spec
  const near = { cwd: dirname(file) }
  const plans = await Promise.all(spec.value.sweep.plans.map((plan) => readAny(plan, near, open)))
  const faults = plans.flatMap((plan) => (plan.ok ? [] : plan.error))
  if (faults.length > 0) return err(faults)
  return ok({ spec: spec.value, plans: plans.flatMap((plan) => (plan.ok ? [plan.value] : [])) })
}

/** Asks for the runs and waits until each is done or has failed; works on them meanwhile, if it shall. */
async function finish(
  jobs: readonly SweepJob[],
  { workers, work }: SweepInput,
  io: Io,
  shell: Shell,
): Promise<void> {
  const keys = [...new Set(jobs.map(({ key }) => key))]
  const toDo = await shell.db.transaction().execute((tx) => askForRuns(tx, jobs))
  if (toDo.length === 0) return
  const queue = await openQueueOf(shell)
  await tend(queue, shell)
  await enqueue(queue, toDo)
  const going = work ? await startWork(queue, shell.db, workers, () => {}) : undefined
  let shown = -1
  for (;;) {
    const { done, failed } = await countStates(shell.db, keys)
    if (io.isTerminal && done + failed !== shown) io.err(`run ${done + failed} of ${keys.length}`)
    shown = done + failed
    if (shown >= keys.length) break
    await sleep(LOOK_EVERY_MS)
    await tend(queue, shell)
  }
  await going?.stop()
  await queue.close()
}

function report(
  { sweep }: ReadSweep,
  expanded: ExpandedSweep,
  rows: readonly SweepRow[],
  asJson: boolean,
  io: Io,
): void {
  if (asJson) io.out(JSON.stringify(summaryJson(sweep, expanded, rows), null, 2))
  else {
    io.out(`Simulation. Not legal advice. ${sweep.title}`)
    io.out('Net fiscal result of the members, with the plan less without it: mean, and nine in ten between.')
    for (const row of rows) io.out(`  ${rowText(row)}`)
    if (expanded.passed_over.length > 0)
      io.out(`Passed over for want of an input: ${expanded.passed_over.join(' ')}`)
  }
  for (const { job, error } of rows.filter(({ result }) => result === undefined))
    io.err(`${job.name}: ${error ?? 'was not done'}`)
}

function rowText({ job, result }: SweepRow): string {
  const net = result?.horizon.find(({ place }) => place === 'members')?.netFiscal
  if (!net) return `${job.name}: failed`
  return `${job.name}: ${dollarsText(net.mean)} (by chance ± ${dollarsText(net.mean_error)}); ${dollarsText(net.q05)} to ${dollarsText(net.q95)}`
}
