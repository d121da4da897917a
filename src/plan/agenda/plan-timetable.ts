import { ok, type Result, type Usps } from '../../base/index.ts'
import { type Month, monthOf } from './calendar.ts'
import type { ScheduleError } from './rcpsp.ts'
import { type Grounds, type Timetable, timetableOf, type Wanted } from './timetable.ts'

/** A measure of a plan in one of its places: when the plan starts it, and when it can be ready. */
export interface MeasureReady {
  readonly id: string
  readonly usps: Usps
  readonly type: string
  readonly starts: Month
  readonly ready: Month
  /** Months by which the plan starts it too soon; 0 where it does not. */
  readonly months_early: number
}

export interface PlanTimetable extends Timetable {
  readonly measures: readonly MeasureReady[]
}

/** What of a plan decides when its works can be done. */
export interface TimedPlan {
  readonly members: readonly Usps[]
  readonly firstMonth: string
  readonly staff: Readonly<Record<string, number>>
  readonly measures: readonly {
    readonly id: string
    readonly members?: readonly Usps[] | undefined
    readonly playbook_type: string
    readonly start: number
    readonly after: readonly string[]
  }[]
}

/** The works that a plan's measures need, in time, with the plan's own limits of staff. */
export function planTimetable(
  plan: TimedPlan,
  grounds: Omit<Grounds, 'staff'>,
): Result<PlanTimetable, ScheduleError> {
  const table = placeByPlace(wantedOf(plan), { ...grounds, staff: plan.staff })
  if (!table.ok) return table
  const first = monthOf(plan.firstMonth)
  const measures = plan.measures.flatMap(({ id, members, playbook_type, start }) =>
    (members ?? plan.members).map((usps) => {
      const starts = first + start - 1
      const ready = table.value.ready.get(`${id} ${usps}`) ?? grounds.from
      return { id, usps, type: playbook_type, starts, ready, months_early: Math.max(0, ready - starts) }
    }),
  )
  return ok({ ...table.value, measures })
}

/** Tries for a shorter timetable, shared out over the places; fewer where a plan has hundreds of measures in places. */
const SAMPLES = 1000
const FEW_SAMPLES = 2
const samplesFor = (places: number, measures: number): number | undefined =>
  places > 1
    ? Math.max(FEW_SAMPLES, Math.round(Math.min(SAMPLES / places, (4 * SAMPLES) / measures)))
    : undefined

/** No work waits for one in another place, and no office works in two: each place has a timetable of its own. */
function placeByPlace(wanted: readonly Wanted[], grounds: Grounds): Result<Timetable, ScheduleError> {
  const places = [...new Set(wanted.map(({ usps }) => usps))]
  const samples = samplesFor(places.length, wanted.length)
  const tables: Timetable[] = []
  for (const usps of places) {
    const own = wanted.filter((one) => one.usps === usps)
    const table = timetableOf(own, grounds, samples)
    if (!table.ok) return table
    tables.push(table.value)
  }
  const months = Math.max(0, ...tables.map((table) => table.months))
  return ok({
    // What decides when the last place is ready decides it for all.
    works: tables.flatMap((table) =>
      table.works.map((work) => ({ ...work, critical: work.critical && table.months === months })),
    ),
    ready: new Map(tables.flatMap(({ ready }) => [...ready])),
    months,
    least_months: Math.max(0, ...tables.map((table) => table.least_months)),
  })
}

/** Each measure in each of its places, after those that it waits for there. */
function wantedOf(plan: TimedPlan): readonly Wanted[] {
  const membersOf = (id: string): readonly Usps[] =>
    plan.measures.find((measure) => measure.id === id)?.members ?? plan.members
  const left = [...plan.measures]
  const listed: typeof left = []
  // The reader has refused circles, so that each round takes one at least.
  while (left.length > 0) {
    const at = left.findIndex(({ after }) => after.every((id) => listed.some((one) => one.id === id)))
    listed.push(...left.splice(Math.max(0, at), 1))
  }
  return listed.flatMap(({ id, members, playbook_type, after }) =>
    (members ?? plan.members).map((usps) => ({
      key: `${id} ${usps}`,
      usps,
      type: playbook_type,
      after: after.flatMap((other) => (membersOf(other).includes(usps) ? [`${other} ${usps}`] : [])),
    })),
  )
}
