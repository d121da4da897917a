import { assert } from '../../base/index.ts'
import { writeDump } from '../../scenario/dump-files.ts'
import type { Model, Results, RunOptions } from '../../scenario/index.ts'
import { type Progress, simulateOnWorkers } from '../../scenario/run-workers.ts'

export interface RunWishes {
  readonly workers: number | undefined
  /** Folder for the dump; none where not given. */
  readonly dump: string | undefined
  readonly onProgress: ((progress: Progress) => void) | undefined
}

/** Runs a model on worker threads, and writes its dump where one is asked for. */
export async function runPlan(
  model: Model,
  options: RunOptions,
  { workers, dump, onProgress }: RunWishes,
): Promise<Results> {
  const run = await simulateOnWorkers(model, options, {
    ...(workers !== undefined && { workers }),
    ...(onProgress !== undefined && { onProgress }),
  })
  assert(run.ok, 'nobody cancels a run of the command line')
  if (dump !== undefined) writeDump(model, options, dump)
  return run.value
}
