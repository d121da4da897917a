import type { DivisionId, IsoDate } from '../base/index.ts'
import type { Jurisdiction, Kind, Rec, RecOf, RelationType } from './schema.ts'

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
  /** Records whose presence or status on `asOf` the dates do not settle, with the reason. */
  readonly uncertain: ReadonlyMap<string, string>
  readonly records: ReadonlyMap<string, Rec>
  /** Ordered by id. */
  readonly byKind: { readonly [K in Kind]: readonly RecOf<K>[] }
  readonly relationsFrom: (id: string) => readonly Relation[]
  readonly relationsTo: (id: string) => readonly Relation[]
  readonly jurisdictions: ReadonlyMap<DivisionId, Jurisdiction>
}
