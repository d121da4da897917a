import { cents, type IsoDate } from '../base/index.ts'
import type { Standing } from './context.ts'
import { divideEarnings } from './earnings.ts'
import { addDays, quarterOf } from './liability/days.ts'
import type { HeldDeposit } from './liability/exposure.ts'
import type { FactOf, RecordedFact } from './recorded.ts'
import type { AgreementDocument, Authority, BookKind, Deposit, Holding, Item, Signature } from './schema.ts'

export interface Executed {
  readonly item: string
  /** Business date of the ledger entries. */
  readonly on: IsoDate
  /** Of the NACHA file that was written. */
  readonly ach_sha256?: string
}
/** A payment that was ordered at the bank; a release may need several. */
export interface Sent {
  readonly item: string
  /** Trace number of the ACH entry, or the item's id where the state pays by its own means. */
  readonly trace: string
  readonly amount_cents: bigint
  readonly sent_on: IsoDate
}
export interface Settled {
  readonly item: string
  readonly trace: string
  readonly amount_cents: bigint
  /** Day on which the bank statement shows it. */
  readonly on: IsoDate
  /** The statement line that it was matched with. */
  readonly line: string
}
export interface Withdrawn {
  readonly item: string
  readonly on: IsoDate
  readonly because: readonly string[]
}
export interface SignedItem extends Signature {
  readonly item: string
}

/** Everything that was recorded in a book of the trust; what it stands at is read from this alone. */
export interface TrustBook {
  readonly book: string
  readonly kind: BookKind
  readonly authority: Authority
  readonly facts: readonly RecordedFact[]
  readonly deposits: readonly Deposit[]
  readonly items: readonly Item[]
  readonly signatures: readonly SignedItem[]
  readonly executed: readonly Executed[]
  readonly sent: readonly Sent[]
  readonly settled: readonly Settled[]
  readonly withdrawn: readonly Withdrawn[]
}

export const emptyBook = (book: string, kind: BookKind, authority: Authority): TrustBook => ({
  book,
  kind,
  authority,
  facts: [],
  deposits: [],
  items: [],
  signatures: [],
  executed: [],
  sent: [],
  settled: [],
  withdrawn: [],
})

/** Items that were carried out in the ledger, by the end of a day. */
export function executedItems({ items, executed }: TrustBook, day?: IsoDate): readonly Item[] {
  const done = new Set(executed.filter(({ on }) => day === undefined || on <= day).map(({ item }) => item))
  return items.filter(({ id }) => done.has(id))
}

/** Items that wait for signatures. */
export function openItems(book: TrustBook): readonly Item[] {
  const ended = new Set([...book.executed, ...book.withdrawn].map(({ item }) => item))
  return book.items.filter(({ id }) => !ended.has(id))
}

/** Payments that no bank statement shows yet. */
export function awaited({ sent, settled }: TrustBook): readonly Sent[] {
  const seen = new Set(settled.map(({ trace }) => trace))
  return sent.filter(({ trace }) => !seen.has(trace))
}

/** The day on which the bank had shown every payment of an item; undefined while one is awaited. */
export function settledOn(book: TrustBook, item: string): IsoDate | undefined {
  const days = book.settled.filter((one) => one.item === item).map(({ on }) => on)
  const isWhole = days.length > 0 && !awaited(book).some((one) => one.item === item)
  return isWhole ? days.toSorted().at(-1) : undefined
}

/** The last business date on which money moved or was asked to; nothing is dated before it any more. */
export function lastDateOf({ facts, deposits, items, executed, settled }: TrustBook): IsoDate | undefined {
  const dates = [
    ...facts.flatMap(({ fact }) => (fact.kind === 'earnings' ? [fact.on] : [])),
    ...deposits.map(({ payday }) => payday),
    ...items.map(({ prepared_on }) => prepared_on),
    ...executed.map(({ on }) => on),
    ...settled.map(({ on }) => on),
  ]
  return dates.toSorted().at(-1)
}

export const signaturesOn = (book: TrustBook, item: string): readonly Signature[] =>
  book.signatures
    .filter((one) => one.item === item)
    .map(({ item_sha256, person, office, at }) => ({ item_sha256, person, office, at }))

/** What left each deposit, by item. */
function partsGone(items: readonly Item[]): ReadonlyMap<string, bigint> {
  const gone = new Map<string, bigint>()
  for (const { holdings } of items)
    for (const { id, cents: part } of holdings) gone.set(id, (gone.get(id) ?? 0n) + part)
  return gone
}

/** Deposits of which something is still held on a day. */
export function holdingsOf(book: TrustBook, day?: IsoDate): readonly Holding[] {
  const gone = partsGone(executedItems(book, day))
  return book.deposits
    .filter(({ payday }) => day === undefined || payday <= day)
    .map(({ id, member, depositor_class, payday, deposit_due, amount_cents }) => ({
      id,
      member,
      depositor_class,
      payday,
      deposit_due,
      open_cents: amount_cents - (gone.get(id) ?? 0n),
    }))
    .filter(({ open_cents }) => open_cents > 0n)
}

const total = (items: readonly Item[]): bigint =>
  items.reduce((sum, { amount_cents }) => sum + amount_cents, 0n)

/** How the book stands, for a decision. */
export function standingOf(book: TrustBook, document: AgreementDocument): Standing {
  const done = executedItems(book)
  return {
    book: book.book,
    kind: book.kind,
    authority: book.authority,
    facts: book.facts,
    holdings: holdingsOf(book),
    earnings: earningsLeft(book, document),
    awaiting_cents: awaited(book).reduce((sum, { amount_cents }) => sum + amount_cents, 0n),
    released_cents: total(done.filter(({ action }) => action === 'release-to-treasury')),
    closed: done.some(({ action }) => action === 'wind-up'),
  }
}

/** How an earning is divided: by what each member held at the end of the day before, which no later act changes. */
export const earningParts = (
  book: TrustBook,
  { members }: Pick<AgreementDocument, 'members'>,
  { cents: earned, on }: FactOf<'earnings'>,
) => divideEarnings(earned, holdingsOf(book, addDays(on, -1)), members)

/** Each recorded earning goes to members by what each held on its day; what was paid out is taken off. */
function earningsLeft(book: TrustBook, document: AgreementDocument): ReadonlyMap<string, bigint> {
  const left = new Map<string, bigint>()
  for (const { fact } of book.facts) {
    if (fact.kind !== 'earnings') continue
    for (const [member, part] of earningParts(book, document, fact))
      left.set(member, (left.get(member) ?? 0n) + part)
  }
  for (const { action, member, amount_cents } of executedItems(book))
    if (action === 'pay-member') left.set(member, (left.get(member) ?? 0n) - amount_cents)
  return left
}

/**
 * The deposits as the rules of exposure want them: all that an employer held of one payday is one deposit. A release
 * counts as paid on the day on which the bank shows it; a return only follows a judgment that nothing is owed.
 */
export function heldDeposits(book: TrustBook): readonly HeldDeposit[] {
  const executedOn = new Map(book.executed.map(({ item, on }) => [item, on]))
  const placeOf = new Map(book.deposits.map((one) => [one.id, keyOf(one)]))
  const paid = new Map<string, { date: IsoDate; amount: ReturnType<typeof cents> }[]>()
  for (const item of executedItems(book)) {
    const date = item.action === 'return-to-depositor' ? executedOn.get(item.id) : settledOn(book, item.id)
    if (date === undefined) continue
    for (const { id, cents: part } of item.holdings) {
      const key = placeOf.get(id) ?? ''
      paid.set(key, [...(paid.get(key) ?? []), { date, amount: part }])
    }
  }
  const groups = new Map<string, HeldDeposit>()
  for (const deposit of book.deposits) {
    const id = keyOf(deposit)
    const before = groups.get(id)?.amount ?? 0n
    groups.set(id, {
      id,
      amount: cents(before + deposit.amount_cents),
      due_date: deposit.deposit_due,
      quarter: quarterOf(deposit.payday),
      paid: paid.get(id) ?? [],
    })
  }
  return [...groups.values()]
}

const keyOf = ({ member, payday }: Deposit): string => `${member} ${payday}`
