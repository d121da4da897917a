import type { Book } from '../book.ts'
import type { Rec, RecOf } from '../schema.ts'
import { newestFirst } from './moments.ts'
import { pointedAt, pointingAt } from './relations.ts'

/** How one link leads to the next, read forward in time. */
export type LinkWord = 'answered-by' | 'challenged-by' | 'followed-by' | 'ended-in' | 'so-far'

export interface ChainLink {
  /** Records at this place of the chain; several where one act drew many answers. */
  readonly records: readonly Rec[]
  /** Set for the last link: what a court said, and the contested record, whose status is what came of it. */
  readonly order?: { readonly suit: RecOf<'lawsuit'>; readonly contested: Rec | undefined }
  /** To the next link; the last has none. */
  readonly next?: LinkWord
}

/** From act to outcome: federal action, measure, lawsuit, order, with what came of it. */
export function chainOf(book: Book, rec: Rec): readonly ChainLink[] {
  switch (rec.kind) {
    case 'measure':
      return measureChain(book, rec)
    case 'federal-action':
      return actionChain(book, rec)
    case 'lawsuit':
      return suitChain(book, rec)
    default:
      return []
  }
}

function measureChain(book: Book, measure: RecOf<'measure'>): readonly ChainLink[] {
  const answered = pointedAt(book, measure.id, 'answers', 'federal-action')
  const against = sorted(pointingAt(book, measure.id, 'challenges', 'lawsuit'))
  const following = sorted(pointingAt(book, measure.id, 'follows', 'lawsuit'))
  const suits = against.length > 0 ? against : following
  return joined([
    place(answered, 'answered-by'),
    place([measure], against.length > 0 ? 'challenged-by' : 'followed-by'),
    ...courtLinks(suits, against.length > 0 ? measure : undefined),
  ])
}

function actionChain(book: Book, action: RecOf<'federal-action'>): readonly ChainLink[] {
  const measures = sorted(pointingAt(book, action.id, 'answers', 'measure'))
  const suits = sorted(pointingAt(book, action.id, 'challenges', 'lawsuit'))
  return joined([
    place([action], measures.length > 0 ? 'answered-by' : 'challenged-by'),
    place(measures, 'challenged-by'),
    ...courtLinks(suits, action),
  ])
}

function suitChain(book: Book, suit: RecOf<'lawsuit'>): readonly ChainLink[] {
  const measures = pointedAt(book, suit.id, 'challenges', 'measure')
  const actions = pointedAt(book, suit.id, 'challenges', 'federal-action')
  const before = measures.flatMap((measure) => pointedAt(book, measure.id, 'answers', 'federal-action'))
  const following = pointedAt(book, suit.id, 'follows', 'measure')
  const contested = measures[0] ?? actions[0]
  return joined([
    place(
      [...new Set(measures.length > 0 ? before : actions)],
      measures.length > 0 ? 'answered-by' : following.length > 0 ? 'answered-by' : 'challenged-by',
    ),
    place(measures.length > 0 ? measures : following, measures.length > 0 ? 'challenged-by' : 'followed-by'),
    ...courtLinks([suit], contested),
  ])
}

/** Suits, what a court said in the one that has gone furthest, and where the contested thing stands. */
function courtLinks(suits: readonly RecOf<'lawsuit'>[], contested: Rec | undefined): readonly ChainLink[] {
  if (suits.length === 0) return []
  const furthest = [...suits].sort(
    (a, b) => Number(b.outcome !== undefined) - Number(a.outcome !== undefined),
  )[0]
  if (furthest === undefined) return []
  const settled = FINAL.includes(furthest.status)
  return [
    place(suits, settled ? 'ended-in' : 'so-far'),
    { records: [], order: { suit: furthest, contested } },
  ]
}

const FINAL: readonly string[] = [
  'judgment-for-plaintiffs',
  'judgment-for-defendants',
  'dismissed',
  'settled-or-closed',
]

const place = (records: readonly Rec[], next: LinkWord): ChainLink => ({ records, next })
const sorted = <R extends Rec>(recs: readonly R[]): readonly R[] =>
  [...recs].sort((a, b) => newestFirst(b, a))

/** Drops places where nothing is on record, and the last link's word. */
function joined(links: readonly ChainLink[]): readonly ChainLink[] {
  const kept = links.filter((link) => link.records.length > 0 || link.order !== undefined)
  return kept.map((link, i) => {
    if (i < kept.length - 1) return link
    const { next: _, ...last } = link
    return last
  })
}
