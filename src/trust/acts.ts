import { assert, err, type IsoDate, ok, type Result } from '../base/index.ts'
import type { Command } from '../ledger/index.ts'
import type { Agreement } from './agreement.ts'
import type { AchRefused } from './bank/ach.ts'
import { type Matching, matchStatement } from './bank/match.ts'
import type { StatementLine } from './bank/statement.ts'
import { awaited, openItems, type Settled, signaturesOn, standingOf, type TrustBook } from './book.ts'
import { withHolding } from './context.ts'
import { type Decision, decide, type StateOn, stateOn } from './decide.ts'
import { depositEntries, earningEntries, itemEntries, settlementEntries } from './entries.ts'
import { itemHash, type NewItem, newItem, oldestFirst, sha256Of } from './items.ts'
import { lapsedItems, orderedItems, uncovered, windUpItem } from './ordered.ts'
import { type PayingAccount, paymentOrders } from './payments.ts'
import { factsOn, membersOn, type RecordedFact } from './recorded.ts'
import type { Deposit, Item, Signature } from './schema.ts'

/*
 * Everything that can happen in a book of the trust, as functions from the book before to the book after, with the
 * ledger entries that go with it. The store and the rehearsal both do exactly this; neither decides anything.
 */

/** What an act does: the book after it, and what the ledger is told. A refused act changes neither. */
interface Done {
  readonly book: TrustBook
  readonly commands: readonly Command[]
}

export interface Taken extends Done {
  /** One for each deposit, in order. */
  readonly decisions: readonly { readonly deposit: Deposit; readonly decision: Decision }[]
}

/** Takes deposits in and holds each that the conditions let; the others go to the Treasury, with what was missing. */
export function takeDeposits(agreement: Agreement, book: TrustBook, deposits: readonly Deposit[]): Taken {
  const there = new Set(book.deposits.map(({ id }) => id))
  let standing = standingOf(book, agreement.document)
  const held: Deposit[] = []
  const decisions = deposits.map((deposit) => {
    const { id, member, depositor_class, amount_cents, deposit_due, payday } = deposit
    const question = { action: 'hold' as const, member, depositor_class, amount_cents, deposit_due }
    const decision = decide(agreement, standing, question, payday)
    if (decision.allowed && !there.has(id)) {
      there.add(id)
      held.push(deposit)
      const holding = { id, member, depositor_class, payday, deposit_due, open_cents: amount_cents }
      standing = { ...standing, holdings: withHolding(standing.holdings, holding) }
    }
    return { deposit, decision }
  })
  const after = { ...book, deposits: [...book.deposits, ...held] }
  return { decisions, book: after, commands: held.flatMap(depositEntries) }
}

export function recordFact(agreement: Agreement, book: TrustBook, fact: RecordedFact): Done {
  if (book.facts.some(({ id }) => id === fact.id)) return { book, commands: [] }
  const commands = earningEntries(book, agreement.document, fact)
  return { book: { ...book, facts: [...book.facts, fact] }, commands }
}

export interface PrepareRefused {
  readonly code: 'not_held' | 'nothing_to_move' | 'no_such_member'
  readonly found: string
  readonly wanted: string
}

/** Prepares an act with held money by hand: the oldest deposits of the member, up to the amount. */
export function prepareItem(
  agreement: Agreement,
  book: TrustBook,
  asked: Omit<NewItem, 'book' | 'holdings' | 'number' | 'cause'>,
): Result<Done & { readonly item: Item }, PrepareRefused> {
  const { action, member, amount_cents } = asked
  if (!agreement.document.members.some((usps) => usps === member))
    return err({ code: 'no_such_member', found: member, wanted: agreement.document.members.join(', ') })
  if (action !== 'wind-up' && amount_cents <= 0n)
    return err({ code: 'nothing_to_move', found: String(amount_cents), wanted: 'an amount above 0' })
  const movesPrincipal = action === 'release-to-treasury' || action === 'return-to-depositor'
  const free = uncovered(book).filter((one) => one.member === member)
  const { parts, found } = movesPrincipal
    ? oldestFirst(free, amount_cents)
    : { parts: [], found: amount_cents }
  if (found < amount_cents)
    return err({ code: 'not_held', found: String(amount_cents), wanted: `at most ${found} cents` })
  const number = book.items.length + 1
  const item = newItem({ ...asked, book: book.book, holdings: parts, cause: 'asked', number })
  return ok({ item, book: { ...book, items: [...book.items, item] }, commands: [] })
}

export type SignRefused =
  | { readonly code: 'unknown_item'; readonly item: string }
  | { readonly code: 'item_not_open'; readonly item: string }
  | { readonly code: 'other_content'; readonly item: string; readonly wanted: string; readonly found: string }
  | { readonly code: 'own_item'; readonly item: string; readonly person: string }
  | { readonly code: 'signed_already'; readonly item: string; readonly person: string }
  | AchRefused

export interface Signing extends Done {
  /** What the act is judged at with this signature: carried out where allowed, else what is still missing. */
  readonly decision: Decision
  readonly executed: boolean
  /** The NACHA file, where a release was carried out. */
  readonly ach?: string
}

/**
 * Takes a signature; where it was the last thing missing, the item is carried out at once.
 * @param signature for the content that the person saw, by its hash: a signature given elsewhere is refused here
 */
export function signItem(
  agreement: Agreement,
  book: TrustBook,
  id: string,
  signature: Signature,
  day: IsoDate,
  account: PayingAccount,
): Result<Signing, SignRefused> {
  const item = book.items.find((one) => one.id === id)
  if (item === undefined) return err({ code: 'unknown_item', item: id })
  if (!openItems(book).includes(item)) return err({ code: 'item_not_open', item: id })
  const { person, item_sha256 } = signature
  const wanted = itemHash(item)
  if (item_sha256 !== wanted) return err({ code: 'other_content', item: id, wanted, found: item_sha256 })
  if (person === item.prepared_by) return err({ code: 'own_item', item: id, person })
  const before = signaturesOn(book, id)
  if (before.some((one) => one.person === person)) return err({ code: 'signed_already', item: id, person })
  const signed = { ...book, signatures: [...book.signatures, { ...signature, item: id }] }
  const { action, member, amount_cents } = item
  const question = { action, member, amount_cents, item, signatures: signaturesOn(signed, id) }
  const decision = decide(agreement, standingOf(signed, agreement.document), question, day)
  if (!decision.allowed) return ok({ decision, book: signed, commands: [], executed: false })
  const orders = paymentOrders(signed, item, account, day)
  if (!orders.ok) return orders
  const { sent, ach } = orders.value
  const after = {
    ...signed,
    executed: [
      ...signed.executed,
      { item: id, on: day, ...(ach !== undefined && { ach_sha256: sha256Of(ach) }) },
    ],
    sent: [...signed.sent, ...sent],
  }
  const commands = itemEntries(signed, item, day)
  return ok({ decision, book: after, commands, executed: true, ...(ach !== undefined && { ach }) })
}

/** Matches bank statement lines with payments on their way; what is short, double or unknown is listed and settles nothing. */
export function settle(
  book: TrustBook,
  lines: readonly StatementLine[],
): Done & { readonly matching: Matching } {
  const entries = awaited(book).map(({ item, trace, amount_cents, sent_on }) => ({
    payment: item,
    trace,
    amount: amount_cents,
    sent_on,
  }))
  const matching = matchStatement(entries as never, lines)
  const settled = matching.matched.map(
    ({ entry, line }): Settled => ({
      item: entry.payment,
      trace: entry.trace,
      amount_cents: entry.amount,
      on: line.date,
      line: `${line.date} ${line.amount} ${line.reference}`.trim(),
    }),
  )
  const commands = settled.flatMap((one) => {
    const item = book.items.find(({ id }) => id === one.item)
    assert(item, 'a payment belongs to an item')
    return settlementEntries(item, one)
  })
  return { book: { ...book, settled: [...book.settled, ...settled] }, commands, matching }
}

export interface DayRun extends Done, StateOn {
  readonly prepared: readonly Item[]
  readonly withdrawn: TrustBook['withdrawn']
}

/** A day's run: what lapsed is withdrawn, what the law orders is prepared, and the state is what the facts make it. */
export function runDay(agreement: Agreement, before: TrustBook, day: IsoDate): DayRun {
  const standing = standingOf(before, agreement.document)
  const state = stateOn(agreement, standing, day)
  if (state.state === 'closed') return { ...state, book: before, commands: [], prepared: [], withdrawn: [] }
  const withdrawn = lapsedItems(agreement, before, day)
  const cleared = { ...before, withdrawn: [...before.withdrawn, ...withdrawn] }
  const ordered = orderedItems(agreement, cleared, day)
  const paid = memberEarnings(agreement, { ...cleared, items: [...cleared.items, ...ordered] }, day)
  const listed = { ...cleared, items: [...cleared.items, ...ordered, ...paid] }
  const last = windUpItem(agreement, listed, day)
  const prepared = [...ordered, ...paid, ...(last ? [last] : [])]
  const book = { ...cleared, items: [...cleared.items, ...prepared] }
  return { ...state, book, commands: [], prepared, withdrawn }
}

/** When a member is gone or the agreement ends, its earnings are prepared for payment to it. */
function memberEarnings(agreement: Agreement, book: TrustBook, day: IsoDate): readonly Item[] {
  const { document } = agreement
  const standing = standingOf(book, document)
  const isEnding = stateOn(agreement, standing, day).state === 'winding-up'
  const members = membersOn(factsOn(book.facts, day), document, day)
  const waiting = openItems(book).filter(({ action }) => action === 'pay-member')
  const made: Item[] = []
  for (const member of document.members) {
    const amount_cents = standing.earnings.get(member) ?? 0n
    const isGone = isEnding || !members.includes(member)
    if (!isGone || amount_cents <= 0n || waiting.some((item) => item.member === member)) continue
    const question = { action: 'pay-member' as const, member, amount_cents }
    const { missing } = decide(agreement, standing, question, day)
    if (missing.some(({ kind }) => kind !== 'signature')) continue
    const number = book.items.length + made.length + 1
    const content = { book: book.book, member, amount_cents, holdings: [], prepared_on: day, number }
    made.push(newItem({ ...content, action: 'pay-member', cause: 'member-exit', prepared_by: 'daily run' }))
  }
  return made
}
