import type { Book } from '../book.ts'
import type { RecOf } from '../schema.ts'
import { byText } from './places.ts'
import { pointingAt } from './relations.ts'

type Doctrine = RecOf<'doctrine'>
type Type = RecOf<'playbook-type'>

/** What one doctrine supports and what it limits: playbook types, and measures beyond these types. */
export interface DoctrineReach {
  readonly doctrine: Doctrine
  readonly supports: readonly Type[]
  readonly limits: readonly Type[]
  readonly measuresRelying: readonly RecOf<'measure'>[]
  readonly measuresLimited: readonly RecOf<'measure'>[]
}

export const reachOf = (book: Book, doctrine: Doctrine): DoctrineReach => ({
  doctrine,
  supports: pointingAt(book, doctrine.id, 'relies-on', 'playbook-type'),
  limits: pointingAt(book, doctrine.id, 'limited-by', 'playbook-type'),
  measuresRelying: pointingAt(book, doctrine.id, 'relies-on', 'measure'),
  measuresLimited: pointingAt(book, doctrine.id, 'limited-by', 'measure'),
})

/** The map of some doctrine, or of all: widest reach first. */
export const doctrineMap = (book: Book, docs: readonly Doctrine[]): readonly DoctrineReach[] =>
  docs
    .map((doctrine) => reachOf(book, doctrine))
    .sort(
      (a, b) =>
        b.supports.length + b.limits.length - (a.supports.length + a.limits.length) ||
        byText(a.doctrine.title, b.doctrine.title),
    )
