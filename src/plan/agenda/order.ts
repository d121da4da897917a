import type { FaultAt } from '../read.ts'
import type { Plan } from '../schema.ts'

/**
 * A way round that comes back to its start, as the places on it; nothing where the arrows have none.
 * @param after for each place, the places that come before it
 */
export function findCycle(after: readonly (readonly number[])[]): readonly number[] | undefined {
  const state = after.map((): 'new' | 'open' | 'done' => 'new')
  const trail: number[] = []
  const visit = (at: number): readonly number[] | undefined => {
    if (state[at] === 'done') return undefined
    if (state[at] === 'open') return trail.slice(trail.indexOf(at))
    state[at] = 'open'
    trail.push(at)
    for (const before of after[at] ?? []) {
      const cycle = visit(before)
      if (cycle) return cycle
    }
    trail.pop()
    state[at] = 'done'
    return undefined
  }
  for (let at = 0; at < after.length; at++) {
    const cycle = visit(at)
    if (cycle) return cycle
  }
  return undefined
}

/** What is wrong with the names and the order of a plan's measures. */
export function orderFaults({ measures }: Plan): readonly FaultAt[] {
  const place = new Map(measures.map(({ id }, i) => [id, i]))
  const twice = measures.flatMap(({ id }, i) =>
    place.get(id) === i ? [] : [{ at: ['measures', i, 'id'], wanted: 'a name of its own for each measure' }],
  )
  const unknown = measures.flatMap(({ after }, i) =>
    after.flatMap((id, j) =>
      place.has(id)
        ? []
        : [
            {
              at: ['measures', i, 'after', j],
              wanted: `a measure of this plan: ${[...place.keys()].join(', ')}`,
            },
          ],
    ),
  )
  if (twice.length + unknown.length > 0) return [...twice, ...unknown]
  const before = measures.map(({ after }) => after.map((id) => place.get(id) ?? 0))
  const cycle = findCycle(before)
  if (cycle) {
    const [first = 0] = cycle
    const names = [...cycle, first].map((i) => measures[i]?.id)
    return [
      {
        at: ['measures', first, 'after'],
        found: `a cyclic prerequisite: ${names.join(' after ')}`,
        wanted: 'an order in which each measure can start',
      },
    ]
  }
  return measures.flatMap(({ start }, i) =>
    (before[i] ?? []).flatMap((j) => {
      const earlier = measures[j]
      return earlier !== undefined && start < earlier.start
        ? [{ at: ['measures', i, 'start'], wanted: `${earlier.start} or later, the start of ${earlier.id}` }]
        : []
    }),
  )
}
