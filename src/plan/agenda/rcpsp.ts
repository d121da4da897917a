import { err, ok, type Result } from '../../base/index.ts'
import { findCycle } from './order.ts'

/*
 * The resource-constrained project scheduling problem: works with whole durations, an order among them, and resources
 * of which only so much can be used at once. Solved by serial schedule generation: works are taken in an order of
 * priority and each starts as early as order, resources and calendar allow. Priorities come from published rules
 * (Kolisch 1996), then from double justification (Valls, Ballestín and Quintanilla 2005) and regret-biased sampling
 * from a fixed sequence, so that the same project has the same schedule everywhere.
 */

export interface Activity {
  readonly id: string
  readonly duration: number
  /** By resource, in the order of the project's capacities. */
  readonly demand: readonly number[]
  /** Places of the activities that must have ended before it starts. */
  readonly after: readonly number[]
  /** Whether a calendar lets it start then; any time where not given. */
  readonly mayStart?: (time: number) => boolean
}

export interface Project {
  readonly activities: readonly Activity[]
  readonly capacity: readonly number[]
}

export interface Schedule {
  readonly start: readonly number[]
  readonly makespan: number
  /** No schedule is shorter; equal to the makespan where this one is proven shortest. */
  readonly lowerBound: number
  /** Activities whose delay by one would delay the end. */
  readonly critical: readonly boolean[]
}

export type ScheduleError =
  | { readonly code: 'cyclic_prerequisite'; readonly ids: readonly string[] }
  | { readonly code: 'demand_over_capacity'; readonly id: string; readonly resource: number }
  | { readonly code: 'calendar_closed'; readonly id: string }

const SAMPLES = 3_000
const CALENDAR_SLACK = 60

export function schedule(project: Project, samples = SAMPLES): Result<Schedule, ScheduleError> {
  const fault = findFault(project)
  if (fault) return err(fault)
  const net = networkOf(project)
  const bound = lowerBoundOf(project, net)
  let best: readonly number[] | undefined
  let shortest = Number.POSITIVE_INFINITY
  const consider = (priority: readonly number[]): readonly number[] | undefined => {
    let start = forward(project, net, priority)
    if (!start) return undefined
    // Right, then left again: never longer, often shorter.
    const right = backward(project, net, start, endOf(project, start))
    const again = right && forward(project, net, right)
    if (again && endOf(project, again) <= endOf(project, start)) start = again
    const end = endOf(project, start)
    if (end < shortest) {
      shortest = end
      best = start
    }
    return start
  }
  for (const rule of rulesOf(project, net)) consider(rule)
  if (!best) return err({ code: 'calendar_closed', id: closedOne(project, net) })
  const next = sequence(1)
  const latest = net.latestFinish
  const mean = project.activities.reduce((sum, a) => sum + a.duration, 0) / project.activities.length
  for (let i = 0; i < samples && shortest > bound; i++) {
    const base = i % 2 === 0 ? latest : best
    const spread = mean * (0.25 + (i % 8) * 0.5)
    consider(base.map((value) => value + next() * spread))
  }
  const start = best
  const late = backward(project, net, start, shortest) ?? start
  return ok({
    start,
    makespan: shortest,
    lowerBound: bound,
    critical: start.map((time, i) => late[i] === time),
  })
}

function findFault({ activities, capacity }: Project): ScheduleError | undefined {
  const cycle = findCycle(activities.map((a) => a.after))
  if (cycle) return { code: 'cyclic_prerequisite', ids: cycle.map((i) => activities[i]?.id ?? '') }
  for (const { id, demand, duration } of activities)
    for (const [resource, amount] of demand.entries())
      if (duration > 0 && amount > (capacity[resource] ?? 0))
        return { code: 'demand_over_capacity', id, resource }
  return undefined
}

interface Network {
  readonly successors: readonly (readonly number[])[]
  /** Each after all that come before it. */
  readonly order: readonly number[]
  readonly earliestStart: readonly number[]
  readonly latestFinish: readonly number[]
  readonly horizon: number
}

function networkOf({ activities }: Project): Network {
  const successors: number[][] = activities.map(() => [])
  for (const [i, { after }] of activities.entries()) for (const before of after) successors[before]?.push(i)
  const waits = activities.map((a) => a.after.length)
  const order: number[] = activities.flatMap((_, i) => (waits[i] === 0 ? [i] : []))
  for (const at of order)
    for (const next of successors[at] ?? []) {
      waits[next] = (waits[next] ?? 0) - 1
      if (waits[next] === 0) order.push(next)
    }
  const earliestStart = activities.map(() => 0)
  for (const at of order)
    for (const before of activities[at]?.after ?? [])
      earliestStart[at] = Math.max(
        num(earliestStart, at),
        num(earliestStart, before) + durationOf(activities, before),
      )
  const end = Math.max(0, ...activities.map((a, i) => num(earliestStart, i) + a.duration))
  const latestFinish = activities.map(() => end)
  for (const at of order.toReversed())
    for (const next of successors[at] ?? [])
      latestFinish[at] = Math.min(
        num(latestFinish, at),
        num(latestFinish, next) - durationOf(activities, next),
      )
  const calendars = activities.filter((a) => a.mayStart).length
  const horizon = activities.reduce((sum, a) => sum + a.duration, 0) + calendars * CALENDAR_SLACK
  return { successors, order, earliestStart, latestFinish, horizon }
}

const num = (values: readonly number[], at: number): number => values[at] ?? 0
const durationOf = (activities: readonly Activity[], at: number): number => activities[at]?.duration ?? 0
const endOf = ({ activities }: Project, start: readonly number[]): number =>
  activities.reduce((end, a, i) => Math.max(end, num(start, i) + a.duration), 0)

/** The longest chain, and for each resource all its work over what it can do at once. */
function lowerBoundOf({ activities, capacity }: Project, { earliestStart }: Network): number {
  const chain = activities.reduce((end, a, i) => Math.max(end, num(earliestStart, i) + a.duration), 0)
  const loads = capacity.map((most, k) =>
    most === 0 ? 0 : Math.ceil(activities.reduce((sum, a) => sum + a.duration * num(a.demand, k), 0) / most),
  )
  return Math.max(chain, ...loads)
}

/** Priority values by rule, the smallest first: latest finish, latest start, most successors, greatest rank weight, shortest. */
function rulesOf({ activities }: Project, net: Network): readonly (readonly number[])[] {
  const all = net.successors.map(() => new Set<number>())
  for (const at of net.order.toReversed())
    for (const next of net.successors[at] ?? []) {
      all[at]?.add(next)
      for (const far of all[next] ?? []) all[at]?.add(far)
    }
  return [
    net.latestFinish,
    activities.map((a, i) => num(net.latestFinish, i) - a.duration),
    activities.map((_, i) => -(all[i]?.size ?? 0)),
    activities.map((a, i) =>
      (net.successors[i] ?? []).reduce((sum, next) => sum - durationOf(activities, next), -a.duration),
    ),
    activities.map((a) => a.duration),
  ]
}

/** Serial schedule generation: the eligible activity of the smallest priority starts as early as it can. */
function forward(project: Project, net: Network, priority: readonly number[]): readonly number[] | undefined {
  const { activities } = project
  const use = usage(project, net.horizon)
  const start = activities.map(() => 0)
  for (const at of listBy(
    activities.map((a) => a.after),
    net.successors,
    priority,
  )) {
    const activity = activities[at] as Activity
    let time = 0
    for (const before of activity.after)
      time = Math.max(time, num(start, before) + durationOf(activities, before))
    while (time + activity.duration <= net.horizon && !use.fits(activity, time)) time++
    if (time + activity.duration > net.horizon) return undefined
    use.take(activity, time)
    start[at] = time
  }
  return start
}

/** The same from the end: each activity ends as late as `end`, the order, the resources and the calendar allow. */
function backward(
  project: Project,
  net: Network,
  start: readonly number[],
  end: number,
): readonly number[] | undefined {
  const { activities } = project
  const use = usage(project, net.horizon)
  const late = activities.map(() => 0)
  const finish = activities.map((a, i) => -(num(start, i) + a.duration))
  for (const at of listBy(
    net.successors,
    activities.map((a) => a.after),
    finish,
  )) {
    const activity = activities[at] as Activity
    let time = end - activity.duration
    for (const next of net.successors[at] ?? []) time = Math.min(time, num(late, next) - activity.duration)
    while (time >= 0 && !use.fits(activity, time)) time--
    if (time < 0) return undefined
    use.take(activity, time)
    late[at] = time
  }
  return late
}

/** A list in which each comes after those it waits for, and otherwise by priority, then by place. */
function listBy(
  waitsFor: readonly (readonly number[])[],
  frees: readonly (readonly number[])[],
  priority: readonly number[],
): readonly number[] {
  const waits = waitsFor.map((list) => list.length)
  const eligible = waits.flatMap((count, i) => (count === 0 ? [i] : []))
  const list: number[] = []
  while (eligible.length > 0) {
    let pick = 0
    for (let i = 1; i < eligible.length; i++) {
      const [a, b] = [num(eligible, i), num(eligible, pick)]
      if (num(priority, a) < num(priority, b) || (num(priority, a) === num(priority, b) && a < b)) pick = i
    }
    const [at = 0] = eligible.splice(pick, 1)
    list.push(at)
    for (const next of frees[at] ?? []) {
      waits[next] = num(waits, next) - 1
      if (waits[next] === 0) eligible.push(next)
    }
  }
  return list
}

function usage({ capacity }: Project, horizon: number) {
  const free = capacity.map((most) => new Array<number>(horizon + 1).fill(most))
  const each = (
    { demand, duration }: Activity,
    time: number,
    act: (line: number[], at: number, amount: number) => boolean,
  ) =>
    demand.every((amount, k) => {
      const line = free[k]
      if (amount === 0 || line === undefined) return true
      for (let t = time; t < time + duration; t++) if (!act(line, t, amount)) return false
      return true
    })
  return {
    fits: (activity: Activity, time: number): boolean =>
      (activity.mayStart?.(time) ?? true) &&
      each(activity, time, (line, t, amount) => num(line, t) >= amount),
    take: (activity: Activity, time: number): void => {
      each(activity, time, (line, t, amount) => {
        line[t] = num(line, t) - amount
        return true
      })
    },
  }
}

/** The activity that its calendar never lets start. */
function closedOne({ activities }: Project, { horizon }: Network): string {
  const isClosed = ({ mayStart }: Activity) =>
    mayStart !== undefined && !Array.from({ length: horizon + 1 }, (_, t) => t).some(mayStart)
  return activities.find(isClosed)?.id ?? activities.find((a) => a.mayStart)?.id ?? ''
}

/** Uniforms in [0, 1) by Marsaglia's xorshift (2003), always the same for a seed. */
function sequence(seed: number): () => number {
  let x = seed
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) / 4294967296
  }
}
