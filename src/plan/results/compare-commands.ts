import { z } from 'zod'
import { assert, type Command, command, err, type Io, ok, type Result } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { parseRunOptions } from '../../scenario/index.ts'
import { checkPlan } from '../check.ts'
import { Count, JSON_FLAG, json, openFacts, readAny, refuse, Threads } from '../documents/named-files.ts'
import type { PlanFault } from '../read.ts'
import type { HeldPlan, StoredRun } from '../runs/runs.ts'
import { runOrLoad } from '../runs/store.ts'
import { compareRuns, comparisonJson } from './compare.ts'
import { comparisonText } from './compare-paper.ts'

const Input = z.object({
  first: z.string(),
  second: z.string(),
  draws: Count.optional(),
  seed: Count.optional(),
  workers: Threads.optional(),
  json,
})

/** Plans held against each other on the same chances. */
export const compareCommands: readonly Command<Shell>[] = [
  command({
    name: 'plan compare',
    summary: 'two plans side by side on the same chances, with the errors of their differences',
    args: '<first> <second>',
    options: [
      ['--draws <n>', 'number of futures; 10000 where not given'],
      ['--seed <n>', 'seed of the chances; 1 where not given'],
      [
        '--workers <n>',
        'threads; as many as there are cores where not given. They change nothing in the figures',
      ],
      JSON_FLAG,
    ],
    input: Input,
    run: async ({ first, second, draws, seed, workers, json: asJson }, io, open: () => Promise<Shell>) => {
      const options = parseRunOptions({
        ...(draws !== undefined && { draws }),
        ...(seed !== undefined && { seed }),
      })
      if (!options.ok) {
        for (const { path, problem } of options.error.issues) io.err(`--${path}: ${problem}`)
        return 2
      }
      const opened = await holdPlans([first, second], io, open)
      if (!opened.ok) return refuse(io, opened.error, asJson)
      const runs: StoredRun[] = []
      for (const held of opened.value.plans) {
        const run = await runOrLoad(opened.value.shell, held, options.value, {
          ...(workers !== undefined && { workers }),
          ...(io.isTerminal && {
            onProgress: ({ done, of }) => io.err(`${held.plan.id}: month ${done} of ${of}`),
          }),
        })
        assert(run.ok, 'nobody cancels a run of the command line')
        runs.push(run.value)
      }
      const [a, ...others] = runs
      assert(a, 'two plans were named')
      const comparison = compareRuns([a, ...others])
      io.out(
        asJson ? JSON.stringify(comparisonJson(runs, comparison), null, 2) : comparisonText(runs, comparison),
      )
      return 0
    },
  }),
]

/** Every plan read and held against the same facts, or every fault of all of them. */
async function holdPlans(
  names: readonly string[],
  io: Io,
  open: () => Promise<Shell>,
): Promise<Result<{ readonly shell: Shell; readonly plans: readonly HeldPlan[] }, readonly PlanFault[]>> {
  const reads = []
  for (const name of names) reads.push(await readAny(name, io, open))
  const unread = reads.flatMap((read) => (read.ok ? [] : read.error))
  if (unread.length > 0) return err(unread)
  const { shell, facts } = await openFacts(open)
  const plans: HeldPlan[] = []
  const faults: PlanFault[] = []
  for (const read of reads) {
    if (!read.ok) continue
    const { plan, fault } = read.value
    const checked = checkPlan(plan, facts)
    if (checked.ok) plans.push({ plan, checked: checked.value, facts })
    else faults.push(...checked.error.map(fault))
  }
  return faults.length > 0 ? err(faults) : ok({ shell, plans })
}
