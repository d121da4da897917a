import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Activity, type Project, schedule } from './rcpsp.ts'

const solve = (project: Project) => {
  const result = schedule(project)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

/** Precedence, resources and calendars, looked at month by month with no code of the scheduler. */
function breaches({ activities, capacity }: Project, start: readonly number[]): readonly string[] {
  const found: string[] = []
  for (const [i, a] of activities.entries()) {
    const at = start[i] ?? -1
    if (at < 0) found.push(`${a.id} before the beginning`)
    if (a.mayStart && !a.mayStart(at)) found.push(`${a.id} outside of its calendar`)
    for (const b of a.after)
      if (at < (start[b] ?? 0) + (activities[b]?.duration ?? 0))
        found.push(`${a.id} before ${activities[b]?.id}`)
  }
  for (let t = 0; t < 500; t++)
    for (const [k, most] of capacity.entries()) {
      let used = 0
      for (const [i, a] of activities.entries()) {
        const at = start[i] ?? 0
        if (at <= t && t < at + a.duration) used += a.demand[k] ?? 0
      }
      if (used > most) found.push(`resource ${k} at ${t}: ${used} of ${most}`)
    }
  return found
}

/*
 * PSPLIB instance j301_1 (Kolisch and Sprecher 1997, "PSPLIB: a project scheduling problem library", European Journal
 * of Operational Research 96, 205-216): 30 activities between a source and a sink, four resources of 12, 13, 4 and 12.
 * Its published optimum is 43 (PSPLIB, j30opt.sm). Rows: duration, resource (one each), amount, successors.
 */
const J301_1: readonly (readonly [number, number, number, readonly number[]])[] = [
  [0, 0, 0, [2, 3, 4]],
  [8, 0, 4, [6, 11, 15]],
  [4, 0, 10, [7, 8, 13]],
  [6, 3, 3, [5, 9, 10]],
  [3, 0, 3, [20]],
  [8, 3, 8, [30]],
  [5, 0, 4, [27]],
  [9, 1, 1, [12, 19, 27]],
  [2, 0, 6, [14]],
  [7, 3, 1, [16, 25]],
  [9, 1, 5, [20, 26]],
  [2, 1, 7, [14]],
  [6, 0, 4, [17, 18]],
  [3, 1, 8, [17]],
  [9, 0, 3, [25]],
  [10, 3, 5, [21, 22]],
  [6, 3, 8, [22]],
  [5, 3, 7, [20, 22]],
  [3, 1, 1, [24, 29]],
  [7, 1, 10, [23, 25]],
  [2, 3, 6, [28]],
  [7, 0, 2, [23]],
  [2, 0, 3, [24]],
  [3, 1, 9, [30]],
  [3, 0, 4, [30]],
  [7, 2, 4, [31]],
  [8, 3, 7, [28]],
  [3, 1, 8, [31]],
  [7, 1, 7, [32]],
  [2, 1, 7, [32]],
  [2, 2, 2, [32]],
  [0, 0, 0, []],
]

function psplib(rows: typeof J301_1, capacity: readonly number[]): Project {
  const activities = rows.map(([duration, resource, amount], i) => ({
    id: String(i + 1),
    duration,
    demand: capacity.map((_, k) => (k === resource ? amount : 0)),
    after: rows.flatMap(([, , , successors], j) => (successors.includes(i + 1) ? [j] : [])),
  }))
  return { activities, capacity }
}

/** A job shop is such a project: each machine is a resource of one. Rows: a job, as machine and time in turn. */
function jobShop(jobs: readonly (readonly number[])[], machines: number): Project {
  const activities: Activity[] = []
  for (const [j, row] of jobs.entries())
    for (let i = 0; i < row.length; i += 2)
      activities.push({
        id: `job ${j + 1} step ${i / 2 + 1}`,
        duration: row[i + 1] ?? 0,
        demand: Array.from({ length: machines }, (_, k) => (k === row[i] ? 1 : 0)),
        after: i === 0 ? [] : [activities.length - 1],
      })
  return { activities, capacity: new Array<number>(machines).fill(1) }
}

/* Fisher and Thompson (1963), 6 by 6; optimum 55 (Carlier and Pinson 1989; OR-Library, ft06). */
const FT06 = [
  [2, 1, 0, 3, 1, 6, 3, 7, 5, 3, 4, 6],
  [1, 8, 2, 5, 4, 10, 5, 10, 0, 10, 3, 4],
  [2, 5, 3, 4, 5, 8, 0, 9, 1, 1, 4, 7],
  [1, 5, 0, 5, 2, 5, 3, 3, 4, 8, 5, 9],
  [2, 9, 1, 3, 4, 5, 5, 4, 0, 3, 3, 1],
  [1, 3, 3, 3, 5, 9, 0, 10, 4, 4, 2, 1],
]

/* Lawrence (1984), 10 by 5; optimum 666 (OR-Library, la01): the load of one machine, so the bound proves it here. */
const LA01 = [
  [1, 21, 0, 53, 4, 95, 3, 55, 2, 34],
  [0, 21, 3, 52, 4, 16, 2, 26, 1, 71],
  [3, 39, 4, 98, 1, 42, 2, 31, 0, 12],
  [1, 77, 0, 55, 4, 79, 2, 66, 3, 77],
  [0, 83, 3, 34, 2, 64, 1, 19, 4, 37],
  [1, 54, 2, 43, 4, 79, 0, 92, 3, 62],
  [3, 69, 4, 77, 1, 87, 2, 87, 0, 93],
  [2, 38, 0, 60, 1, 41, 3, 24, 4, 83],
  [3, 17, 1, 49, 4, 25, 0, 44, 2, 98],
  [4, 77, 3, 79, 2, 43, 1, 75, 0, 96],
]

describe('published instances', () => {
  test.each([
    { name: 'PSPLIB j301_1', project: psplib(J301_1, [12, 13, 4, 12]), optimum: 43 },
    { name: 'Fisher and Thompson ft06', project: jobShop(FT06, 6), optimum: 55 },
    { name: 'Lawrence la01', project: jobShop(LA01, 5), optimum: 666 },
  ])('$name: the published optimum, $optimum', ({ project, optimum }) => {
    const found = solve(project)
    expect(breaches(project, found.start)).toEqual([])
    expect(found.makespan).toBe(optimum)
    expect(found.lowerBound).toBeLessThanOrEqual(optimum)
  })

  test('la01 is proven by its bound alone', () => {
    expect(solve(jobShop(LA01, 5)).lowerBound).toBe(666)
  })
})

/** The shortest makespan by trying every start of every activity: no priority, no list, no justification. */
function shortestByExhaustion({ activities, capacity }: Project): number {
  let best = activities.reduce((sum, a) => sum + a.duration, 0)
  const most = best
  const free = capacity.map((amount) => new Array<number>(most + 1).fill(amount))
  const end = activities.map(() => 0)
  const place = (i: number, last: number): void => {
    const a = activities[i]
    if (a === undefined) {
      best = Math.min(best, last)
      return
    }
    const from = Math.max(0, ...a.after.map((b) => end[b] ?? 0))
    for (let t = from; t + a.duration < best || (last < best && t + a.duration <= last); t++) {
      const span = Array.from({ length: a.duration }, (_, n) => t + n)
      if (!a.demand.every((amount, k) => span.every((s) => (free[k]?.[s] ?? 0) >= amount))) continue
      const change = (sign: number) => {
        for (const [k, amount] of a.demand.entries())
          for (const s of span) (free[k] as number[])[s] = (free[k]?.[s] ?? 0) + sign * amount
      }
      change(-1)
      end[i] = t + a.duration
      place(i + 1, Math.max(last, t + a.duration))
      change(1)
    }
  }
  place(0, 0)
  return best
}

/** Activities only wait for earlier ones, so that every such project has an order. */
const anyProject = (most: number): fc.Arbitrary<Project> =>
  fc
    .record({
      capacity: fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 1, maxLength: 2 }),
      rows: fc.array(
        fc.record({
          duration: fc.integer({ min: 1, max: 4 }),
          demand: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 2 }),
          before: fc.array(fc.nat(), { maxLength: 2 }),
        }),
        { minLength: 1, maxLength: most },
      ),
    })
    .map(({ capacity, rows }) => ({
      capacity,
      activities: rows.map(({ duration, demand, before }, i) => ({
        id: `w${i}`,
        duration,
        demand: demand.slice(0, capacity.length),
        after: i === 0 ? [] : [...new Set(before.map((n) => n % i))],
      })),
    }))

describe('laws', () => {
  test('small projects: as short as an exhaustive search finds', () => {
    fc.assert(
      fc.property(anyProject(5), (project) => {
        const found = solve(project)
        expect(breaches(project, found.start)).toEqual([])
        expect(found.makespan).toBe(shortestByExhaustion(project))
      }),
      { numRuns: 120, seed: 7 },
    )
  })

  test('order, resources and calendars are never violated, and the bound is one', () => {
    fc.assert(
      fc.property(anyProject(14), fc.integer({ min: 2, max: 6 }), (plain, every) => {
        const activities = plain.activities.map((a, i) =>
          i % 3 === 1 ? { ...a, mayStart: (t: number) => t % every === 0 } : a,
        )
        const project = { ...plain, activities }
        const found = schedule(project, 200)
        if (!found.ok) throw new Error(found.error.code)
        expect(breaches(project, found.value.start)).toEqual([])
        expect(found.value.lowerBound).toBeLessThanOrEqual(found.value.makespan)
        expect(schedule(project, 200)).toEqual(found)
      }),
      { numRuns: 60, seed: 11 },
    )
  })

  test('without scarce resources the chain of the longest way is critical and sets the end', () => {
    const one = (id: string, duration: number, after: number[]): Activity => ({
      id,
      duration,
      demand: [],
      after,
    })
    const found = solve({ capacity: [], activities: [one('a', 3, []), one('b', 1, []), one('c', 2, [0, 1])] })
    expect(found).toMatchObject({ makespan: 5, lowerBound: 5, critical: [true, false, true] })
  })
})

test.each([
  {
    why: 'a cyclic prerequisite',
    project: {
      capacity: [1],
      activities: [
        { id: 'a', duration: 1, demand: [1], after: [1] },
        { id: 'b', duration: 1, demand: [1], after: [0] },
      ],
    },
    error: { code: 'cyclic_prerequisite', ids: ['a', 'b'] },
  },
  {
    why: 'more than there is',
    project: { capacity: [1], activities: [{ id: 'a', duration: 1, demand: [2], after: [] }] },
    error: { code: 'demand_over_capacity', id: 'a', resource: 0 },
  },
  {
    why: 'a calendar that never opens',
    project: {
      capacity: [1],
      activities: [{ id: 'a', duration: 1, demand: [1], after: [], mayStart: () => false }],
    },
    error: { code: 'calendar_closed', id: 'a' },
  },
])('refused: $why', ({ project, error }) => {
  expect(schedule(project)).toEqual({ ok: false, error })
})
