import { err, ok, type Result } from '../base/index.ts'
import type { Book, LegalTier } from '../registry/index.ts'
import {
  hazardsFrom,
  type JurisdictionInputs,
  PARAMETER_NAMES,
  parseScenario,
  type Scenario,
} from '../scenario/index.ts'
import type { Hazards } from './hazards.ts'
import type { PlaceInputs } from './inputs.ts'
import type { FaultAt, Path } from './read.ts'
import type { Plan } from './schema.ts'

export interface CheckFacts {
  readonly book: Book
  readonly places: readonly PlaceInputs[]
  readonly hazards: Hazards
}

/** Underpayment rate of the fourth quarter of 2026: Rev. Rul. 2026-15 (26 U.S.C. § 6621(a)(2)). */
export const UNDERPAYMENT_RATE = 0.07

/** A plan that stands on the facts, ready to be simulated. */
export interface CheckedPlan {
  readonly scenario: Scenario
  /** By measure, the legal tier of its playbook type. */
  readonly tiers: readonly LegalTier[]
  /** Places that are left out of the model, with what they miss. */
  readonly left_out: readonly PlaceInputs[]
}

/** Holds a plan against the facts: types that exist, records that exist, and inputs for every member. */
export function checkPlan(plan: Plan, facts: CheckFacts): Result<CheckedPlan, readonly FaultAt[]> {
  const types = plan.measures.map(({ playbook_type }) => facts.book.records.get(playbook_type))
  const faults: FaultAt[] = [
    ...types.flatMap((type, m) =>
      type?.kind === 'playbook-type'
        ? []
        : [
            {
              at: ['measures', m, 'playbook_type'],
              wanted: 'a playbook type of the registry; see tenth registry list --kind playbook-type',
            },
          ],
    ),
    ...plan.sources.flatMap(({ record }, s) =>
      record === undefined || facts.book.records.has(record)
        ? []
        : [{ at: ['sources', s, 'record'], wanted: 'a record of the registry' }],
    ),
    ...inputFaults(plan, facts.places),
  ]
  if (faults.length > 0) return err(faults)
  const tiers = types.flatMap((type) => (type?.kind === 'playbook-type' ? [type.legal_tier] : []))
  const scenario = parseScenario(documentOf(plan, facts, tiers))
  if (!scenario.ok)
    return err(
      scenario.error.issues.map(({ path, problem }) => ({
        at: placeInPlan(path),
        wanted: problem.replace(/^.*?wanted: /, ''),
        ...(/wanted: /.test(problem) && { found: problem.replace(/[;,]? ?wanted: .*$/, '') }),
      })),
    )
  return ok({
    scenario: scenario.value,
    tiers,
    left_out: facts.places.filter(({ inputs }) => inputs === undefined),
  })
}

/** The model's `parameters["x"].low` is the plan's `assumptions["x"].distribution.low`; measures have one place in both. */
function placeInPlan(path: string): Path {
  const parts = [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  )
  const [first, name = '', ...rest] = parts
  if (first === 'parameters') return ['assumptions', name, 'distribution', ...rest]
  return first === 'inputs' && rest[0] === 'R0' ? ['reserves', name, 'amount'] : parts
}

/** A reserve that the plan gives stands in for one that no figure does. */
function inputFaults({ members, reserves }: Plan, places: readonly PlaceInputs[]): readonly FaultAt[] {
  return members.flatMap((usps, i) => {
    const place = places.find((one) => one.usps === usps)
    const missing = (place?.missing ?? ['all inputs']).filter(
      (what) => !(what.startsWith('R0:') && reserves[usps] !== undefined),
    )
    return missing.length === 0
      ? []
      : [
          {
            at: ['members', i],
            found: `${usps}, an input of which is missing: ${missing.join('; ')}`,
            wanted: 'a place with all inputs',
          },
        ]
  })
}

function documentOf(plan: Plan, { places, hazards }: CheckFacts, tiers: readonly LegalTier[]): unknown {
  const inputs: Record<string, JurisdictionInputs> = {}
  for (const { usps, inputs: given } of places)
    if (given) {
      const own = plan.reserves[usps as keyof typeof plan.reserves]
      inputs[usps] = own ? { ...given, R0: own.amount } : given
    }
  const replaced = PARAMETER_NAMES.flatMap((name) => {
    const own = plan.assumptions[name]
    return own ? [[name, own.distribution] as const] : []
  })
  return {
    firstMonth: plan.firstMonth,
    months: plan.months,
    members: plan.members,
    measures: plan.measures.map(
      ({ id: _, playbook_type: __, what: ___, money_source: ____, after: _____, ...model }, m) => ({
        ...model,
        tier: tiers[m],
      }),
    ),
    parameters: {
      ...hazardsFrom(hazards.freezeMedian, hazards.restoreMedian),
      ...Object.fromEntries(replaced),
    },
    underpaymentRate: UNDERPAYMENT_RATE,
    inputs,
  }
}
