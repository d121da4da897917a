import { assert } from '../src/base/index.ts'
import type { Shell } from '../src/db/index.ts'
import { checkPlan } from '../src/plan/check.ts'
import { findPlan } from '../src/plan/documents/store.ts'
import { runOrLoad } from '../src/plan/runs/store.ts'
import { loadPlanFacts } from '../src/plan/store.ts'

/** Few enough futures to be quick; the pages show them as they show ten thousand. */
export const SMALL_RUN = { draws: 40, seed: 1 }

/** Keeps a small run of each plan, so that there are results to look at. */
export async function keepRuns(shell: Shell, ids: readonly string[]): Promise<void> {
  const facts = await loadPlanFacts(shell)
  for (const id of ids) {
    const document = await findPlan(shell, id)
    assert(document?.read.ok, `${id} is a plan`)
    const { plan } = document.read.value
    const checked = checkPlan(plan, facts)
    assert(checked.ok, `${id} holds`)
    const run = await runOrLoad(shell, { plan, checked: checked.value, facts }, SMALL_RUN, {
      sensitivity: true,
    })
    assert(run.ok, 'nobody cancels it')
  }
}
