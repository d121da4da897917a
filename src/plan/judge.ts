import { err, ok, type Result, type Usps } from '../base/index.ts'
import { type CheckedPlan, type CheckFacts, checkPlan } from './check.ts'
import { type PlanFault, type ReadPlan, readPlan } from './read.ts'
import type { Plan } from './schema.ts'

/** A document that is a plan and holds against the facts. */
export interface JudgedPlan {
  readonly read: ReadPlan
  readonly checked: CheckedPlan
}

/** Holds a text against the schema and then against the facts: the same faults on every way into the workbench. */
export function judgePlan(
  name: string,
  text: string,
  facts: CheckFacts,
): Result<JudgedPlan, readonly PlanFault[]> {
  const read = readPlan(name, text)
  if (!read.ok) return read
  const checked = checkPlan(read.value.plan, facts)
  return checked.ok
    ? ok({ read: read.value, checked: checked.value })
    : err(checked.error.map(read.value.fault))
}

/** Where one must have leave to change a plan: in its one member, or everywhere where it has several. */
export const placeOf = ({ members }: Pick<Plan, 'members'>): Usps | 'all' => {
  const [only, ...others] = members
  return only !== undefined && others.length === 0 ? only : 'all'
}

/** What a check finds, for the API and the command line. */
export const checkedJson = ({ read: { plan }, checked }: JudgedPlan, facts: string) => ({
  id: plan.id,
  facts,
  measures: plan.measures.map(({ id, playbook_type, start }, m) => ({
    ...{ id, playbook_type, start },
    legal_tier: checked.tiers[m],
  })),
  left_out: checked.left_out.map(({ usps, missing }) => ({ usps, missing })),
})
