import { ok, type Result, type Usps } from '../../base/index.ts'
import type { Book } from '../../registry/index.ts'
import { fitsSession, type Month, monthsInSession, type Session } from './calendar.ts'
import { type Groundwork, inForceBy, prerequisitesOf } from './groundwork.ts'
import { type Activity, type ScheduleError, schedule } from './rcpsp.ts'
import { WORKS, type Work } from './work.ts'

/** A measure that is to be made ready in one place. */
export interface Wanted {
  readonly key: string
  readonly usps: Usps
  readonly type: string
  /** Keys of those that must be ready before this one's own law is passed. */
  readonly after: readonly string[]
}

export interface Grounds {
  readonly book: Book
  readonly groundwork: Groundwork
  readonly sessions: readonly Session[]
  /** The first month in which work can be done. */
  readonly from: Month
  /** Works that an office can do at once, in each place. */
  readonly staff: Readonly<Record<string, number>>
}

export interface ScheduledWork {
  readonly usps: Usps
  readonly type: string
  readonly what: 'prerequisite' | 'enactment' | 'start-up'
  /** The prerequisite, word for word, where it is one. */
  readonly line: string | undefined
  readonly work: Work
  readonly office: string
  readonly start: Month
  /** The first month in which it is done. */
  readonly end: Month
  readonly critical: boolean
}

export interface Timetable {
  readonly works: readonly ScheduledWork[]
  /** First month in which each wanted measure can start, by key. */
  readonly ready: ReadonlyMap<string, Month>
  readonly months: number
  /** No timetable is shorter; equal to `months` where this one is proven shortest. */
  readonly least_months: number
}

export const STAFF = 2

type Plain = Omit<ScheduledWork, 'start' | 'end' | 'critical'>

/** Lays out the works of a place's measures, each type once a place, with the types that they need. */
class Layout {
  readonly works: Plain[] = []
  readonly after: number[][] = []
  /** The last work of a type in a place; absent where it is in force already. */
  readonly last = new Map<string, number | undefined>()
  private readonly grounds: Grounds

  constructor(grounds: Grounds) {
    this.grounds = grounds
  }

  private push(work: Plain, after: readonly number[]): number {
    this.works.push(work)
    this.after.push([...after])
    return this.works.length - 1
  }

  /** @returns the place of its last work, or nothing where there is none to do */
  add(usps: Usps, type: string, after: readonly number[]): number | undefined {
    const key = `${usps} ${type}`
    if (this.last.has(key)) return this.last.get(key)
    const { book, groundwork } = this.grounds
    const ground = groundwork.get(type)
    if (ground === undefined || inForceBy(book, groundwork, type, usps).length > 0) {
      this.last.set(key, undefined)
      return undefined
    }
    const [first = '', ...others] = officesOf(book, type)
    const before = prerequisitesOf(book, groundwork, type, usps).flatMap((one) => {
      if (one.state === 'met') return []
      const needed = one.needs === undefined ? undefined : this.add(usps, one.needs, [])
      const { line, work, office } = one
      return [
        this.push(
          { usps, type, what: 'prerequisite', line, work, office },
          needed === undefined ? [] : [needed],
        ),
      ]
    })
    const enactment = this.push(
      { usps, type, what: 'enactment', line: undefined, work: ground.enactment, office: first },
      [...before, ...after],
    )
    const startUp = this.push(
      {
        usps,
        type,
        what: 'start-up',
        line: undefined,
        work: ground.start_up,
        office: others.at(-1) ?? first,
      },
      [enactment],
    )
    this.last.set(key, startUp)
    return startUp
  }
}

function officesOf(book: Book, type: string): readonly string[] {
  const rec = book.records.get(type)
  return rec?.kind === 'playbook-type' ? rec.responsible_offices : []
}

/** When each work can be done, so that all wanted measures are ready as early as the best schedule found. */
export function timetableOf(
  wanted: readonly Wanted[],
  grounds: Grounds,
  samples?: number,
): Result<Timetable, ScheduleError> {
  const layout = new Layout(grounds)
  const ends = new Map<string, number | undefined>()
  for (const { key, usps, type, after } of wanted)
    ends.set(
      key,
      layout.add(
        usps,
        type,
        after.flatMap((other) => ends.get(other) ?? []),
      ),
    )
  const offices = [...new Set(layout.works.map(({ usps, office }) => `${usps} ${office}`))]
  const activities = layout.works.map((work, i) => activityOf(work, layout.after[i] ?? [], offices, grounds))
  const capacity = offices.map((name) => grounds.staff[name.slice(3)] ?? STAFF)
  const found = schedule({ activities, capacity }, samples ?? (activities.length > 60 ? 200 : 1000))
  if (!found.ok) return found
  const { start, makespan, lowerBound, critical } = found.value
  const works = layout.works.map((work, i) => {
    const at = grounds.from + (start[i] ?? 0)
    return { ...work, start: at, end: at + (activities[i]?.duration ?? 0), critical: critical[i] ?? false }
  })
  const ready = new Map(
    wanted.map(({ key, after }) => {
      const own = ends.get(key)
      const others = after.flatMap((other) => ends.get(other) ?? [])
      const last = [...(own === undefined ? [] : [own]), ...others].map((i) => works[i]?.end ?? grounds.from)
      return [key, Math.max(grounds.from, ...last)] as const
    }),
  )
  return ok({ works, ready, months: makespan, least_months: lowerBound })
}

function activityOf(
  { usps, what, type, line, work, office }: Plain,
  after: readonly number[],
  offices: readonly string[],
  { sessions, from }: Grounds,
): Activity {
  const { months, session } = WORKS[work]
  const here = session ? sessions.filter((one) => one.usps === usps) : []
  return {
    id: `${usps} ${type} ${line ?? what}`,
    duration: session ? monthsInSession(here, months) : months,
    demand: offices.map((name) => (name === `${usps} ${office}` ? 1 : 0)),
    after,
    ...(here.length > 0 && { mayStart: (time: number) => fitsSession(here, from + time, months) }),
  }
}
