import { z } from 'zod'
import { assert, type Command, command } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { ENGINE_VERSION, modelOf, parseSensitivityOptions } from '../../scenario/index.ts'
import { sensitivityOnWorkers } from '../../scenario/run-workers.ts'
import { Count, holdPlan, JSON_FLAG, json, refuse, Threads } from '../documents/named-files.ts'
import { sensitivityJson, sensitivityText } from './sensitivity-paper.ts'

export const sensitivityCommands: readonly Command<Shell>[] = [
  command({
    name: 'plan sensitivity',
    summary: 'which uncertain parameters decide the result of a plan, and how far luck does',
    args: '<plan>',
    options: [
      ['--rows <n>', 'rows of each matrix; 1024 where not given. About twenty times as many futures are run'],
      ['--seed <n>', 'seed of the chances; 1 where not given'],
      [
        '--workers <n>',
        'threads; as many as there are cores where not given. They change nothing in the figures',
      ],
      JSON_FLAG,
    ],
    input: z.object({
      plan: z.string(),
      rows: Count.optional(),
      seed: Count.optional(),
      workers: Threads.optional(),
      json,
    }),
    run: async ({ rows, seed, workers, ...input }, io, open: () => Promise<Shell>) => {
      const options = parseSensitivityOptions({
        ...(rows !== undefined && { rows }),
        ...(seed !== undefined && { seed }),
      })
      if (!options.ok) {
        for (const { path, problem } of options.error.issues) io.err(`--${path}: ${problem}`)
        return 2
      }
      const held = await holdPlan(input.plan, io, open)
      if (!held.ok) return refuse(io, held.error, input.json)
      const { read, checked, facts } = held.value
      const study = await sensitivityOnWorkers(modelOf(checked.scenario), options.value, {
        ...(workers !== undefined && { workers }),
        ...(io.isTerminal && {
          onProgress: ({ done, of }: { done: number; of: number }) => io.err(`row ${done} of ${of}`),
        }),
      })
      assert(study.ok, 'nobody cancels a study of the command line')
      if (input.json)
        io.out(
          JSON.stringify(
            sensitivityJson(read.plan, checked, facts.version, ENGINE_VERSION, study.value),
            null,
            2,
          ),
        )
      else io.out(sensitivityText(read.plan, facts.version, ENGINE_VERSION, study.value))
      return 0
    },
  }),
]
