import type { Usps } from '../../base/index.ts'
import type { Book, LegalTier } from '../../registry/index.ts'
import { type Groundwork, inForceBy, prerequisitesOf } from '../agenda/groundwork.ts'
import { measuresOf, standingOfMeasure } from '../agenda/standing.ts'
import type { Plan } from '../schema.ts'

/** What the registry records of a playbook type that a plan uses. */
export interface Authority {
  readonly type: string
  readonly title: string
  readonly tier: LegalTier
  /** Titles of measures of the type anywhere, those of members first. */
  readonly in_force: readonly string[]
  readonly proposed: readonly string[]
  /** Blocked by a court, struck down, defeated or ended. */
  readonly failed: readonly string[]
  readonly rests_on: readonly string[]
  readonly limited_by: readonly string[]
}

/** Each playbook type of the plan once, in the order of the document. */
export function authoritiesOf(
  { measures }: Plan,
  tiers: readonly LegalTier[],
  book: Book,
): readonly Authority[] {
  const seen = new Set<string>()
  return measures.flatMap(({ playbook_type: type }, m) => {
    const tier = tiers[m]
    if (seen.has(type) || tier === undefined) return []
    seen.add(type)
    return [{ type, tier, title: titleOf(book, type), ...recordedOf(book, type), ...doctrineOf(book, type) }]
  })
}

function recordedOf(book: Book, type: string): Pick<Authority, 'in_force' | 'proposed' | 'failed'> {
  const of = (...standings: readonly string[]) =>
    measuresOf(book, type).flatMap((measure) =>
      standings.includes(standingOfMeasure(measure)) ? [measure.title] : [],
    )
  return { in_force: of('in-force'), proposed: of('proposed'), failed: of('blocked', 'tried') }
}

function doctrineOf(book: Book, type: string): Pick<Authority, 'rests_on' | 'limited_by'> {
  const rec = book.records.get(type)
  const titles = (ids: readonly string[] | undefined) => (ids ?? []).map((id) => titleOf(book, id))
  return {
    rests_on: titles(rec?.relations?.['relies-on']),
    limited_by: titles(rec?.relations?.['limited-by']),
  }
}

const titleOf = (book: Book, id: string): string => book.records.get(id)?.title ?? id

/** A prerequisite of the plan, with the members in which a record shows it met. */
export interface First {
  readonly line: string
  readonly met: readonly Usps[]
  readonly of: readonly Usps[]
}

/** Prerequisites of the types that are not in force, each once; those that are met nowhere come first. */
export function firstsOf({ measures, members }: Plan, book: Book, groundwork: Groundwork): readonly First[] {
  const found = new Map<string, { met: Set<Usps>; of: Set<Usps> }>()
  for (const { playbook_type: type, members: own } of measures)
    for (const usps of own ?? members) {
      if (inForceBy(book, groundwork, type, usps).length > 0) continue
      for (const { line, state } of prerequisitesOf(book, groundwork, type, usps)) {
        const entry = found.get(line) ?? { met: new Set<Usps>(), of: new Set<Usps>() }
        found.set(line, entry)
        entry.of.add(usps)
        if (state === 'met') entry.met.add(usps)
      }
    }
  return [...found]
    .map(([line, { met, of }]) => ({ line, met: [...met], of: [...of] }))
    .sort((a, b) => a.met.length / a.of.length - b.met.length / b.of.length)
}
