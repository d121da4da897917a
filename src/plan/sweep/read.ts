import { err, ok, type Result } from '../../base/index.ts'
import { readPlainYaml } from '../plain-yaml.ts'
import { type FaultAt, faultsOf, MOST_FAULTS, type PlanFault, placedFault, WHOLE } from '../read.ts'
import { MOST_JOBS, Sweep } from './schema.ts'

/** A sweep with the way back to its text. */
export interface ReadSweep {
  readonly sweep: Sweep
  readonly fault: (fault: FaultAt) => PlanFault
}

/** Reads a sweep document, or says at every place why it is not one, as plans are read. */
export function readSweep(file: string, text: string): Result<ReadSweep, readonly PlanFault[]> {
  const yaml = readPlainYaml(text)
  if (!yaml.ok)
    return err(
      yaml.error
        .slice(0, MOST_FAULTS)
        .map(({ line, field, found, wanted }) => ({ file, line, path: field ?? WHOLE, found, wanted })),
    )
  const fault = placedFault(file, yaml.value)
  const read = Sweep.safeParse(yaml.value.value)
  if (!read.success) return err(read.error.issues.flatMap(faultsOf).slice(0, MOST_FAULTS).map(fault))
  const faults = [...twiceFaults(read.data), ...sizeFaults(read.data)]
  return faults.length > 0 ? err(faults.map(fault)) : ok({ sweep: read.data, fault })
}

const nameOf = (set: string | { readonly id: string }): string => (typeof set === 'string' ? set : set.id)

function twiceFaults({ plans, assumptions, members, seeds }: Sweep): readonly FaultAt[] {
  const twice = (field: string, names: readonly string[]) =>
    names.flatMap((name, i) => (names.indexOf(name) < i ? [{ at: [field, i], wanted: `${name} once` }] : []))
  return [
    ...twice('plans', plans),
    ...twice('assumptions', assumptions.map(nameOf)),
    ...twice('members', members.map(nameOf)),
    ...twice('seeds', seeds.map(String)),
    ...members.flatMap((set, s) =>
      typeof set === 'string'
        ? []
        : set.members.flatMap((usps, i) =>
            set.members.indexOf(usps) < i
              ? [{ at: ['members', s, 'members', i], wanted: `${usps} once` }]
              : [],
          ),
    ),
  ]
}

/** `each-state` counts as one here; what it stands for is counted when the facts are known. */
function sizeFaults({ plans, assumptions, members, seeds }: Sweep): readonly FaultAt[] {
  const jobs = plans.length * assumptions.length * members.length * seeds.length
  return jobs > MOST_JOBS ? [{ at: [], found: `${jobs} runs`, wanted: `at most ${MOST_JOBS} runs` }] : []
}
