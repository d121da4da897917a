import { assert, stateOf, stateOfDivision, type Usps } from '../../base/index.ts'
import type { Measure, PlaybookType } from '../../registry/index.ts'
import { monthText } from './calendar.ts'
import { inForceBy, neededTypes, type Prerequisite, prerequisitesOf } from './groundwork.ts'
import {
  type Instance,
  instancesOf,
  measuresOf,
  type Standing,
  standingOf,
  standingOfMeasure,
  typesOf,
} from './standing.ts'
import { type Grounds, timetableOf } from './timetable.ts'

export interface AgendaItem {
  readonly type: PlaybookType
  readonly standing: Standing
  readonly here: readonly Instance[]
  /** Suits by which it is in use where no measure says so. */
  readonly in_use_by: readonly string[]
  /** Measures of the type in force in states that share a boundary. */
  readonly nearby: readonly Measure[]
  /** States, DC and territories in which a measure of the type is in force. */
  readonly states_in_force: readonly Usps[]
  readonly prerequisites: readonly Prerequisite[]
  /** Types that must come first and are not in force here. */
  readonly after: readonly string[]
  /** Whole months from now until it can start; 0 where it is in force. */
  readonly lead_months: number
  /** The month in which it can start at the earliest, YYYY-MM. */
  readonly ready: string
}

export interface Agenda {
  readonly usps: Usps
  readonly items: readonly AgendaItem[]
}

/** What is proposed comes first, then what is open, the safest in law before; what is in force comes last. */
const RANK: Readonly<Record<Standing, number>> = {
  proposed: 0,
  'in-force-locally': 1,
  open: 1,
  tried: 2,
  blocked: 3,
  'in-force': 4,
}
const TIER = { settled: 0, contested: 1, 'likely-preempted': 2 } as const

/** Every playbook type as it stands in a state, in an order that never puts a type before one that it needs. */
export function agendaOf(usps: Usps, grounds: Omit<Grounds, 'staff'>): Agenda {
  const items = typesOf(grounds.book).map((type) => itemOf(type, usps, { ...grounds, staff: {} }))
  const weight = ({ standing, type, nearby, states_in_force }: AgendaItem): readonly number[] => [
    RANK[standing],
    TIER[type.legal_tier],
    -nearby.length,
    -states_in_force.length,
  ]
  const sorted = items.toSorted((a, b) => compare(weight(a), weight(b)) || (a.type.id < b.type.id ? -1 : 1))
  return { usps, items: inOrder(sorted) }
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) if (value !== b[i]) return value - (b[i] ?? 0)
  return 0
}

/** Takes again and again the first item that waits for nothing; the data of the room have no way round. */
function inOrder(sorted: readonly AgendaItem[]): readonly AgendaItem[] {
  const left = [...sorted]
  const done = new Set<string>()
  const listed: AgendaItem[] = []
  while (left.length > 0) {
    const at = left.findIndex(({ after }) => after.every((id) => done.has(id)))
    const [next] = left.splice(at, 1)
    assert(at >= 0 && next !== undefined, 'playbook types need one another in no circle')
    done.add(next.type.id)
    listed.push(next)
  }
  return listed
}

function itemOf(type: PlaybookType, usps: Usps, grounds: Grounds): AgendaItem {
  const { book, groundwork, from } = grounds
  const here = instancesOf(book, type.id, usps)
  const in_use_by = here.some((one) => !one.isLocal) ? [] : inForceBy(book, groundwork, type.id, usps)
  const standing = in_use_by.length > 0 ? 'in-force' : standingOf(here)
  const force = measuresOf(book, type.id).filter((measure) => standingOfMeasure(measure) === 'in-force')
  const statesOf = ({ jurisdictions }: Measure) =>
    jurisdictions.flatMap((place) => stateOfDivision(place)?.usps ?? [])
  const neighbors: readonly string[] = stateOf(usps).neighbors
  const prerequisites = prerequisitesOf(book, groundwork, type.id, usps)
  const table = timetableOf([{ key: type.id, usps, type: type.id, after: [] }], grounds, 0)
  assert(table.ok, `the works for ${type.id} can be done in ${usps}`)
  return {
    type,
    standing,
    here,
    in_use_by,
    nearby: force.filter((measure) => statesOf(measure).some((state) => neighbors.includes(state))),
    states_in_force: [...new Set(force.flatMap(statesOf))].sort(),
    prerequisites,
    after: standing === 'in-force' ? [] : neededTypes(prerequisites),
    lead_months: standing === 'in-force' ? 0 : table.value.months,
    ready: monthText(from + (standing === 'in-force' ? 0 : table.value.months)),
  }
}
