import { assert } from '../../base/index.ts'
import { modelOf, sensitivityOf, simulate } from '../../scenario/index.ts'
import { checkPlan } from '../check.ts'
import { groundOf, type StoredRun } from '../runs/runs.ts'
import type { Plan } from '../schema.ts'
import type { PlanFacts } from '../store.ts'
import { type MadeBrief, makeBrief } from './store.ts'

/** A brief on a few draws, as one is made of a kept run. */
export function briefFor(plan: Plan, facts: PlanFacts, { draws = 300, rows = 8 } = {}): MadeBrief {
  const checked = checkPlan(plan, facts)
  assert(checked.ok, `${plan.id} holds against the facts`)
  const model = modelOf(checked.value.scenario)
  const run: StoredRun = {
    key: 'f'.repeat(64),
    made_at: '2026-11-22T10:00:00.000Z',
    ground: groundOf({ plan, checked: checked.value, facts }),
    results: simulate(model, { draws, seed: 1 }),
    sensitivity: sensitivityOf(model, { rows, seed: 1 }),
  }
  return makeBrief(run, { origin: 'shipped', version: 0, sha256: 'a1b2c3d4'.repeat(8) }, facts)
}
