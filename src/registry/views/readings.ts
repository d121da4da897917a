import type { Book } from '../book.ts'
import type { Rec, RecOf } from '../schema.ts'
import { pointedAt } from './relations.ts'

type Doctrine = RecOf<'doctrine'>

export interface Readings {
  readonly for: readonly Doctrine[]
  readonly against: readonly Doctrine[]
  /** What the record names besides these, left out to keep both sides at one length. */
  readonly alsoFor: readonly Doctrine[]
  readonly alsoAgainst: readonly Doctrine[]
}

/** More than three on a side is a treatise. */
const MOST = 3

/**
 * The case for and the case against, in the words of the doctrine that supports and limits a record and its type.
 * Both sides get the same number of authorities, and of all such choices the one whose two texts differ least in length.
 */
export function readingsOf(book: Book, rec: Rec): Readings | undefined {
  const bases = basesOf(book, rec)
  const [pro, con] = (['relies-on', 'limited-by'] as const).map((type) =>
    unique(bases.flatMap((base) => pointedAt(book, base.id, type, 'doctrine'))),
  ) as [Doctrine[], Doctrine[]]
  // An authority that both supports and limits is no one's: it is named on both sides, quoted on neither unless alone.
  if (pro.length === 0 && con.length === 0) return undefined
  const count = Math.min(MOST, pro.length, con.length)
  const [first, second] = count === 0 ? [pro.slice(0, 1), con.slice(0, 1)] : evenest(pro, con, count)
  return {
    for: first,
    against: second,
    alsoFor: pro.filter((doc) => !first.includes(doc)),
    alsoAgainst: con.filter((doc) => !second.includes(doc)),
  }
}

/** A measure speaks for itself and its types; a suit or a federal action through the measures that it is about. */
function basesOf(book: Book, rec: Rec): readonly Rec[] {
  if (rec.kind === 'measure') return [rec, ...pointedAt(book, rec.id, 'is-a', 'playbook-type')]
  if (rec.kind === 'lawsuit')
    return pointedAt(book, rec.id, 'challenges', 'measure').flatMap((measure) => basesOf(book, measure))
  return [rec]
}

function evenest(
  pro: readonly Doctrine[],
  con: readonly Doctrine[],
  count: number,
): readonly [readonly Doctrine[], readonly Doctrine[]] {
  let best: readonly [readonly Doctrine[], readonly Doctrine[]] = [pro.slice(0, count), con.slice(0, count)]
  let off = Number.POSITIVE_INFINITY
  for (const a of choices(pro.slice(0, CONSIDERED), count))
    for (const b of choices(con.slice(0, CONSIDERED), count)) {
      const difference = Math.abs(lengthOf(a) - lengthOf(b))
      if (difference < off) [best, off] = [[a, b], difference]
    }
  return best
}

/** The record's own authorities come first; beyond eight a side nothing new is said. */
const CONSIDERED = 8

const lengthOf = (docs: readonly Doctrine[]) => docs.reduce((sum, doc) => sum + doc.summary.length, 0)
const unique = (docs: readonly Doctrine[]) => [...new Map(docs.map((doc) => [doc.id, doc])).values()]

function choices<T>(from: readonly T[], count: number): readonly (readonly T[])[] {
  if (count === 0) return [[]]
  return from.flatMap((first, i) => choices(from.slice(i + 1), count - 1).map((rest) => [first, ...rest]))
}
