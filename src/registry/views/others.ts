import type { Book } from '../book.ts'
import type { Rec, RecOf } from '../schema.ts'
import { newestFirst } from './moments.ts'
import { pointedAt, pointingAt } from './relations.ts'

/** Records of the same type as one record, itself included, and what makes them one type. */
export interface Others {
  readonly by: 'type' | 'action_type' | 'challenged' | 'area' | 'tier'
  /** The playbook type or the contested record that they share. */
  readonly shared?: Rec
  readonly records: readonly Rec[]
}

export function othersOf(book: Book, rec: Rec): Others | undefined {
  const others = find(book, rec)
  return others.records.length > 1 ? others : undefined
}

function find(book: Book, rec: Rec): Others {
  switch (rec.kind) {
    case 'measure':
      return ofType(book, rec)
    case 'federal-action':
      return {
        by: 'action_type',
        records: sorted(
          book.byKind['federal-action'].filter((other) => other.action_type === rec.action_type),
        ),
      }
    case 'lawsuit':
      return ofChallenge(book, rec)
    case 'playbook-type':
      return {
        by: 'tier',
        records: book.byKind['playbook-type'].filter(
          (other) => other.legal_tier === rec.legal_tier && other.policy_area === rec.policy_area,
        ),
      }
    case 'alliance':
      return {
        by: 'area',
        records: sorted(book.byKind.alliance.filter((other) => other.policy_area === rec.policy_area)),
      }
    case 'doctrine':
      return {
        by: 'area',
        records: sorted(book.byKind.doctrine.filter((other) => other.policy_area === rec.policy_area)),
      }
  }
}

function ofType(book: Book, rec: RecOf<'measure'>): Others {
  const [type] = pointedAt(book, rec.id, 'is-a', 'playbook-type')
  if (type === undefined)
    return {
      by: 'area',
      records: sorted(book.byKind.measure.filter((other) => other.policy_area === rec.policy_area)),
    }
  return { by: 'type', shared: type, records: byPlace(pointingAt(book, type.id, 'is-a', 'measure')) }
}

function ofChallenge(book: Book, rec: RecOf<'lawsuit'>): Others {
  const shared =
    pointedAt(book, rec.id, 'challenges', 'federal-action')[0] ??
    pointedAt(book, rec.id, 'challenges', 'measure')[0]
  if (shared !== undefined) {
    const same = sorted(pointingAt(book, shared.id, 'challenges', 'lawsuit'))
    if (same.length > 1) return { by: 'challenged', shared, records: same }
  }
  return {
    by: 'area',
    records: sorted(book.byKind.lawsuit.filter((other) => other.policy_area === rec.policy_area)),
  }
}

const sorted = <R extends Rec>(recs: readonly R[]): readonly R[] => [...recs].sort(newestFirst)
const byPlace = <R extends Rec>(recs: readonly R[]): readonly R[] =>
  [...recs].sort((a, b) => {
    const [x, y] = [a.jurisdictions[0] ?? '', b.jurisdictions[0] ?? '']
    return x < y ? -1 : x > y ? 1 : newestFirst(b, a)
  })
