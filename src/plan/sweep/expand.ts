import { err, ok, type Result, type Usps } from '../../base/index.ts'
import type { RunOptions, Scenario } from '../../scenario/index.ts'
import { type CheckFacts, checkPlan } from '../check.ts'
import { type FaultAt, type PlanFault, pathText, type ReadPlan } from '../read.ts'
import { runKey } from '../runs/runs.ts'
import type { Plan } from '../schema.ts'
import type { ReadSweep } from './read.ts'
import { AS_WRITTEN, EACH_STATE, MOST_JOBS, type Sweep } from './schema.ts'

/** One run of a sweep. */
export interface SweepJob {
  /** The names of its parts; no other run of the sweep has it. */
  readonly name: string
  readonly plan: string
  readonly assumptions: string
  readonly members: string
  readonly places: readonly Usps[]
  readonly options: RunOptions
  /** What its figures follow from; two jobs may share one. */
  readonly key: string
  readonly scenario: Scenario
  readonly about: RunAbout
}

/** What a result says about itself, beside what the model says. */
export interface RunAbout {
  readonly plan: string
  readonly facts: string
  readonly left_out: readonly { readonly usps: string; readonly missing: readonly string[] }[]
}

export interface ExpandedSweep {
  readonly jobs: readonly SweepJob[]
  /** States that `each-state` passed over for want of an input. */
  readonly passed_over: readonly string[]
}

/** Every plan with every set of assumptions, for every set of members, with every seed; or why one of them cannot be. */
export function expandSweep(
  { sweep, fault }: ReadSweep,
  plans: readonly ReadPlan[],
  facts: CheckFacts & { readonly version: string },
): Result<ExpandedSweep, readonly PlanFault[]> {
  const known = facts.places.filter(({ inputs }) => inputs !== undefined).map(({ usps }) => usps)
  const members = memberSets(sweep, known)
  const count = plans.length * sweep.assumptions.length * members.length * sweep.seeds.length
  if (count > MOST_JOBS)
    return err([fault({ at: ['members'], found: `${count} runs`, wanted: `at most ${MOST_JOBS} runs` })])
  const ids = plans.map(({ plan }) => plan.id)
  const faults: FaultAt[] = ids.flatMap((id, p) =>
    ids.indexOf(id) < p
      ? [{ at: ['plans', p], found: `another plan with the id ${id}`, wanted: 'plans with ids of their own' }]
      : [],
  )
  const jobs: SweepJob[] = []
  for (const [p, { plan }] of plans.entries())
    for (const [a, assumptions] of sweep.assumptions.entries())
      for (const set of members) {
        const made = variantOf(plan, assumptions, set)
        const checked = made.ok ? checkPlan(made.value, facts) : made
        if (!made.ok || !checked.ok) {
          const why = (checked.ok ? [] : checked.error).map((one) => whyNot(plan, set, one))
          faults.push(...why.map((found) => ({ at: placeOfFault(set, p, a, sweep), ...found })))
          continue
        }
        const about = {
          plan: plan.id,
          facts: facts.version,
          left_out: checked.value.left_out.map(({ usps, missing }) => ({ usps, missing })),
        }
        const names = [plan.id, nameOf(assumptions), set.id]
        for (const seed of sweep.seeds) {
          const options = { draws: sweep.draws, seed }
          jobs.push({
            name: [...names, `seed-${seed}`].join('.'),
            plan: plan.id,
            assumptions: nameOf(assumptions),
            members: set.id,
            places: made.value.members,
            options,
            key: runKey({ plan: made.value, checked: checked.value, facts }, options),
            scenario: checked.value.scenario,
            about,
          })
        }
      }
  if (faults.length > 0) return err(faults.map(fault))
  const passed_over = sweep.members.includes(EACH_STATE)
    ? facts.places.filter(({ inputs }) => inputs === undefined).map(({ usps }) => usps)
    : []
  return ok({ jobs, passed_over })
}

interface MemberSet {
  readonly id: string
  /** Place in the list of the sweep. */
  readonly at: number
  readonly members?: readonly Usps[]
}

const memberSets = (sweep: Sweep, known: readonly Usps[]): readonly MemberSet[] =>
  sweep.members.flatMap((set, at): readonly MemberSet[] => {
    if (set === AS_WRITTEN) return [{ id: AS_WRITTEN, at }]
    if (set === EACH_STATE) return known.map((usps) => ({ id: usps.toLowerCase(), at, members: [usps] }))
    return [{ id: set.id, at, members: set.members }]
  })

const nameOf = (set: Sweep['assumptions'][number]): string => (typeof set === 'string' ? set : set.id)

const AMOUNTS = ['cost', 'income', 'spending', 'saving'] as const

/** The plan with other assumptions and for other members, where it can be for others. */
function variantOf(
  plan: Plan,
  assumptions: Sweep['assumptions'][number],
  { members }: MemberSet,
): Result<Plan, readonly FaultAt[]> {
  const own = typeof assumptions === 'string' ? {} : assumptions.assumptions
  const assumed = { ...plan, assumptions: { ...plan.assumptions, ...own } }
  if (members === undefined) return ok(assumed)
  const bound = plan.measures.flatMap((measure, m): readonly FaultAt[] => {
    const wanted = 'a plan for whoever its members are, or members as-written'
    if (measure.members !== undefined) return [{ at: ['measures', m, 'members'], wanted }]
    const amounts = measure as Readonly<Record<string, unknown>>
    return AMOUNTS.filter((field) => isByMember(amounts[field])).map((field) => ({
      at: ['measures', m, field],
      wanted,
    }))
  })
  if (bound.length > 0) return err(bound)
  const kept = Object.entries(plan.reserves).filter(([usps]) => (members as readonly string[]).includes(usps))
  return ok({
    ...assumed,
    members: members as Plan['members'],
    reserves: Object.fromEntries(kept),
  })
}

const isByMember = (amount: unknown): boolean =>
  typeof amount === 'object' && amount !== null && !Array.isArray(amount)

const whyNot = (plan: Plan, { id }: MemberSet, { at, found, wanted }: FaultAt) => ({
  found: `${plan.id} with members ${id}: ${pathText(at)}${found === undefined ? '' : `: ${found}`}`,
  wanted,
})

/** Where to look first: at the members that are not the plan's own, else at the assumptions, else at the plan. */
function placeOfFault(set: MemberSet, plan: number, assumptions: number, sweep: Sweep): FaultAt['at'] {
  if (set.members !== undefined) return ['members', set.at]
  return sweep.assumptions[assumptions] === AS_WRITTEN ? ['plans', plan] : ['assumptions', assumptions]
}
