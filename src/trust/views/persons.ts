import type { Json } from '../../base/index.ts'
import type { BookView } from './book.ts'

/**
 * A book as someone may see it who may not know every person in it: of a signature the office stays, of a fact what it
 * says. What the daily run prepared names nobody and stays.
 * @param reads whether the reader has `trust.read` for a member
 */
export function personsFor(view: BookView, reads: (member: string) => boolean): object {
  const { adopted_by, items, facts, ...rest } = view
  const isReader = view.members.some(reads)
  return {
    ...rest,
    ...(isReader && { adopted_by }),
    items: items.map((item) => (reads(item.member) ? item : withoutPersons(item))),
    facts: isReader
      ? facts
      : facts.map(({ recorded_by: _, fact, ...one }) => ({ ...one, fact: withoutPerson(fact) })),
  }
}

const withoutPersons = ({ prepared_by, signatures, ...item }: BookView['items'][number]): object => ({
  ...item,
  prepared_by: prepared_by === 'daily run' ? prepared_by : 'preparer',
  signatures: signatures.map(({ person: _, ...signature }) => signature),
})

const withoutPerson = (fact: Json): Json =>
  Object.fromEntries(
    Object.entries(fact as Readonly<Record<string, Json>>).filter(([name]) => name !== 'person'),
  )
