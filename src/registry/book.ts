import type { DivisionId, Instant, IsoDate } from '../base/index.ts'
import { relationsOf } from './relations.ts'
import { type Jurisdiction, KINDS, type Kind, type Rec, type RecOf, type RelationType } from './schema.ts'

/** One stored relation: read `from type to`, such as `suit-x challenges fed-y`. */
export interface Relation {
  readonly from: string
  readonly type: RelationType
  readonly to: string
}

/** The registry at one revision (and, when asked, as of one day): an index of records that never changes. */
export interface Book {
  /** Number of the last change to the registry; two books of one revision and one day are equal. */
  readonly revision: number
  /** Set when the book shows the world of that day: `status` of each record is then the status of the day. */
  readonly asOf?: IsoDate
  /** Set when the book holds only what the registry knew at that instant. */
  readonly knownAt?: Instant
  /** Records whose presence or status on `asOf` the dates do not settle, with the reason. Empty without `asOf`. */
  readonly uncertain: ReadonlyMap<string, string>
  /** Every record by its id, the withdrawn ones too: a permanent link never breaks. */
  readonly records: ReadonlyMap<string, Rec>
  /** Ordered by id; without the withdrawn ones. */
  readonly byKind: { readonly [K in Kind]: readonly RecOf<K>[] }
  readonly relationsFrom: (id: string) => readonly Relation[]
  readonly relationsTo: (id: string) => readonly Relation[]
  readonly jurisdictions: ReadonlyMap<DivisionId, Jurisdiction>
}

export interface BookOptions {
  readonly revision: number
  readonly jurisdictions: readonly Jurisdiction[]
  readonly asOf?: IsoDate | undefined
  readonly knownAt?: Instant | undefined
  readonly uncertain?: ReadonlyMap<string, string>
}

/** Indexes records; a relation is shown only when both its ends are among them. */
export function buildBook(records: readonly Rec[], options: BookOptions): Book {
  const sorted = [...records].sort((a, b) => (a.id < b.id ? -1 : 1))
  const byId = new Map(sorted.map((rec) => [rec.id, rec]))
  const relations = sorted.flatMap(relationsOf).filter((relation) => byId.has(relation.to))
  const from = groupBy(relations, (relation) => relation.from)
  const to = groupBy(relations, (relation) => relation.to)
  const listed = groupBy(
    sorted.filter((rec) => rec.withdrawn === undefined),
    (rec) => rec.kind,
  )
  const kinds = Object.keys(KINDS) as readonly Kind[]
  return {
    revision: options.revision,
    ...(options.asOf && { asOf: options.asOf }),
    ...(options.knownAt && { knownAt: options.knownAt }),
    uncertain: options.uncertain ?? new Map(),
    records: byId,
    byKind: Object.fromEntries(
      kinds.map((kind) => [kind, listed.get(kind) ?? []]),
    ) as unknown as Book['byKind'],
    relationsFrom: (id) => from.get(id) ?? [],
    relationsTo: (id) => to.get(id) ?? [],
    jurisdictions: new Map(options.jurisdictions.map((row) => [row.id, row])),
  }
}

/** Of the records given, those whose presence or status on the book's day the dates do not settle, with the reason. */
export const doubtsOf = (book: Pick<Book, 'uncertain'>, shown: readonly { readonly id: string }[]) =>
  shown.flatMap(({ id }) => {
    const why = book.uncertain.get(id)
    return why === undefined ? [] : [{ id, why }]
  })

function groupBy<T, K>(rows: readonly T[], key: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group === undefined) groups.set(key(row), [row])
    else group.push(row)
  }
  return groups
}
