import { type DivisionId, type EdtfDate, NATION, spanOf, stateOfDivision, type Usps } from '../base/index.ts'
import type { Book, RecOf } from '../registry/index.ts'

type Action = RecOf<'federal-action'>
type Suit = RecOf<'lawsuit'>

/** Kinds of federal action that stop or threaten money. */
const ON_MONEY: readonly string[] = [
  'funds-frozen',
  'funds-denied',
  'grant-terminated',
  'payment-stop-announced',
]

/** A federal action on money that names a state, with the state's own suits against it. */
export interface MoneyAction {
  readonly action: Action
  /** When it takes effect, or the best-known date before that. */
  readonly since: EdtfDate | undefined
  readonly suits: readonly Suit[]
  /** Whether the amount is of this state alone. */
  readonly isShare: boolean
}

/** Actions on money that name the state, the newest first. */
export function moneyActions(book: Book, usps: Usps): readonly MoneyAction[] {
  const here = (place: DivisionId) => stateOfDivision(place)?.usps === usps
  return book.byKind['federal-action']
    .filter((action) => isOnMoney(action) && action.jurisdictions.some(here))
    .map((action) => ({
      action,
      since: sinceOf(action),
      suits: suitsAgainst(book, action).filter((suit) => suit.plaintiffs.some(here)),
      isShare: action.jurisdictions.length === 1 && !action.jurisdictions.includes(NATION),
    }))
    .sort((a, b) => (startOf(a) === startOf(b) ? 0 : startOf(a) < startOf(b) ? 1 : -1))
}

export const isOnMoney = (action: Action): boolean => ON_MONEY.includes(action.action_type)

const sinceOf = ({ dates }: Action): EdtfDate | undefined =>
  (dates?.effective ?? dates?.started ?? dates?.enacted ?? dates?.announced) as EdtfDate | undefined

const startOf = ({ since }: MoneyAction): string => (since === undefined ? '' : spanOf(since).first)

const suitsAgainst = (book: Book, action: Action): readonly Suit[] =>
  book.relationsTo(action.id).flatMap(({ type, from }) => {
    const suit = book.records.get(from)
    return type === 'challenges' && suit?.kind === 'lawsuit' ? [suit] : []
  })

/** Every federal action on money, for choosing the one that a disruption belongs to. */
export const allMoneyActions = (book: Book): readonly Action[] =>
  book.byKind['federal-action'].filter(isOnMoney)
