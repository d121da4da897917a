import type { Book } from '../book.ts'
import type { Kind, Rec, RecOf, RelationType } from '../schema.ts'

const only = <K extends Kind>(recs: readonly (Rec | undefined)[], kind: K): readonly RecOf<K>[] =>
  recs.filter((rec): rec is RecOf<K> => rec?.kind === kind)

/** Records that this one points to by one relation: `suit challenges fed` read from the suit. */
export const pointedAt = <K extends Kind>(
  book: Book,
  id: string,
  type: RelationType,
  kind: K,
): readonly RecOf<K>[] =>
  only(
    book
      .relationsFrom(id)
      .filter((relation) => relation.type === type)
      .map(({ to }) => book.records.get(to)),
    kind,
  )

/** Records that point to this one: `suit challenges fed` read from the federal action. */
export const pointingAt = <K extends Kind>(
  book: Book,
  id: string,
  type: RelationType,
  kind: K,
): readonly RecOf<K>[] =>
  only(
    book
      .relationsTo(id)
      .filter((relation) => relation.type === type)
      .map(({ from }) => book.records.get(from)),
    kind,
  )
