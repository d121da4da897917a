import { type Cents, cents, type IsoDate, type Json } from '../base/index.ts'
import type { Agreement } from './agreement.ts'
import { heldDeposits, holdingsOf, openItems, signaturesOn, standingOf, type TrustBook } from './book.ts'
import { bookOn } from './book-on.ts'
import type { Condition } from './conditions.ts'
import { heldOf, type Question } from './context.ts'
import { type Decision, decide, type MissingCondition, type StateOn, stateOn } from './decide.ts'
import { addDays, civilDate, dayNumber, earlierOf, monthOf, yearOf } from './liability/days.ts'
import { returnDueDate } from './liability/depositor.ts'
import { type Exposure, exposureOn } from './liability/exposure.ts'
import type { RateMissing } from './liability/interest.ts'
import { factsOn } from './recorded.ts'
import type { AgreementState, FactKind, Item, Signature } from './schema.ts'

/** One condition of an act, met or not, with the fact that it was judged on. */
export interface JudgedCondition
  extends Pick<
    MissingCondition,
    'id' | 'kind' | 'says' | 'says_es' | 'citation' | 'quote' | 'paraphrase' | 'source' | 'next'
  > {
  readonly isMet: boolean
  /** Signatures or sign-offs that are there, of those that are wanted, where it is a matter of counting. */
  readonly have?: number
  readonly want?: number
  readonly fact: string
  readonly value: Json
  /** The recorded fact behind it, where it is one of its own: its day, its document and the registry's record. */
  readonly evidence?: Evidence
}

export interface Evidence {
  readonly on: IsoDate
  readonly source: string
  readonly record?: string
}

/** Why something may or may not move: every condition of the act, what is missing first. */
export interface Judged {
  readonly decision: Decision
  readonly conditions: readonly JudgedCondition[]
  readonly item?: Item
}

export interface WaitingItem {
  readonly item: Item
  readonly signatures: readonly Signature[]
  /** Offices that can bring what is missing. */
  readonly next: readonly string[]
  readonly days: number
  readonly judged: Judged
}

export interface BalancePoint {
  readonly date: IsoDate
  readonly held: Cents
  readonly owed: Cents
}

/** What happened, newest first: each line says what moved between which accounts. */
export interface BookEntry {
  readonly id: string
  readonly date: IsoDate
  readonly kind: 'deposit' | 'earnings' | 'executed' | 'settled' | 'withdrawn'
  readonly action?: Item['action']
  readonly debit: string
  readonly credit: string
  readonly amount: Cents
  /** How many deposits or payments the line stands for. */
  readonly count: number
}

export interface BookView {
  readonly book: TrustBook
  readonly agreement: Agreement
  readonly day: IsoDate
  readonly state: StateOn
  /** First day on which the state was what it is, without a break. */
  readonly since: IsoDate
  readonly held: Cents
  /** Ordered paid, not yet seen at the bank. */
  readonly on_its_way: Cents
  readonly exposure:
    | { readonly ok: true; readonly value: Exposure }
    | { readonly ok: false; readonly error: RateMissing }
  /** At the ends of months up to the day. */
  readonly balance: readonly BalancePoint[]
  readonly first_held?: IsoDate
  readonly first_return?: IsoDate
  /** Whether money that is due now could be held, and all conditions of it. */
  readonly holding: Judged
  /** What it would take to pay what is held to the Treasury; nothing where nothing is held. */
  readonly releasing?: Judged
  readonly waiting: readonly WaitingItem[]
  readonly entries: readonly BookEntry[]
}

/** Everything that a page of a book shows on a day. */
export function viewOf(agreement: Agreement, whole: TrustBook, day: IsoDate): BookView {
  const book = bookOn(whole, day)
  const { document } = agreement
  const standing = standingOf(book, document)
  const state = stateOn(agreement, standing, day)
  const judge = (question: Question, item?: Item): Judged =>
    judgedOf(agreement, book, decide(agreement, standing, question, day), item)
  const [member = ''] = document.members
  const holder = document.members.find((usps) => heldOf(standing.holdings, usps) > 0n)
  const days = book.deposits.map(({ payday }) => payday).sort()
  const returns = heldDeposits(book)
    .map(({ quarter }) => returnDueDate(quarter))
    .sort()
  return {
    book,
    agreement,
    day,
    state,
    since: sinceWhen(agreement, whole, day, state.state),
    held: cents(heldOf(standing.holdings)),
    on_its_way: cents(standing.awaiting_cents),
    exposure: exposureOn(heldDeposits(book), day),
    balance: balanceUpTo(whole, day),
    ...(days[0] !== undefined && { first_held: days[0] }),
    ...(returns[0] !== undefined && { first_return: returns[0] }),
    holding: judge({
      action: 'hold',
      member,
      depositor_class: document.depositor_classes[0]?.id ?? '',
      amount_cents: 1n,
      deposit_due: day,
    }),
    ...(holder !== undefined && {
      releasing: judge({
        action: 'release-to-treasury',
        member: holder,
        amount_cents: heldOf(standing.holdings, holder),
      }),
    }),
    waiting: openItems(book).map((item) => waitingOf(agreement, book, item, day)),
    entries: entriesOf(book),
  }
}

/** An item that waits, judged with the signatures that it has. */
export function waitingOf(agreement: Agreement, book: TrustBook, item: Item, day: IsoDate): WaitingItem {
  const signatures = signaturesOn(book, item.id)
  const { action, member, amount_cents } = item
  const question = { action, member, amount_cents, item, signatures }
  const decision = decide(agreement, standingOf(book, agreement.document), question, day)
  return {
    item,
    signatures,
    next: [...new Set(decision.missing.map(({ next }) => next))],
    days: dayNumber(day) - dayNumber(item.prepared_on),
    judged: judgedOf(agreement, book, decision, item),
  }
}

/** Every condition of the act beside the ones that a decision missed. */
export function judgedOf(agreement: Agreement, book: TrustBook, decision: Decision, item?: Item): Judged {
  const missing = new Map(decision.missing.map((one) => [one.id, one]))
  const asked = agreement.conditions.filter(
    ({ effect, actions }) => effect === 'forbid' && actions.includes(decision.action),
  )
  const rows = asked.map((condition) =>
    rowOf(agreement, book, condition, decision, !missing.has(condition.id)),
  )
  // What the engine itself refused is no condition of the agreement.
  const engine = decision.missing.flatMap(({ judged_on, ...one }) =>
    asked.some(({ id }) => id === one.id)
      ? []
      : [{ ...one, isMet: false, fact: judged_on.fact, value: judged_on.value }],
  )
  const conditions = [...engine, ...rows].toSorted((a, b) => Number(a.isMet) - Number(b.isMet))
  return { decision, conditions, ...(item && { item }) }
}

function rowOf(
  agreement: Agreement,
  book: TrustBook,
  condition: Condition,
  decision: Decision,
  isMet: boolean,
): JudgedCondition {
  const { id, kind, says, says_es, citation, quote, paraphrase, source, next, fact } = condition
  const value = (decision.context[fact] ?? null) as Json
  return {
    ...{ id, kind, says, says_es, citation, quote, paraphrase, source, next, fact, value, isMet },
    ...(isMet ? {} : countOf(agreement, id, fact, value)),
    ...evidenceOf(book, fact, decision.day),
  }
}

const KIND_OF_FACT: Readonly<Record<string, FactKind>> = {
  federal_action: 'federal-action',
  finding: 'finding',
  report: 'report',
  orders: 'order',
  panel: 'panel',
  exit: 'member-exit',
}

/** The newest fact of the kind that a condition was judged on. */
function evidenceOf(book: TrustBook, name: string, day: IsoDate): { readonly evidence?: Evidence } {
  const kind = KIND_OF_FACT[name]
  const fact = factsOn(book.facts, day).findLast((one) => one.kind === kind)
  if (kind === undefined || fact === undefined) return {}
  const { on, source } = fact
  return { evidence: { on, source, ...('record' in fact && { record: fact.record }) } }
}

/** How many of the wanted voices are there. */
function countOf({ document }: Agreement, id: string, fact: string, value: Json) {
  if (fact === 'sign_offs' && document.retest && Array.isArray(value))
    return { have: value.length, want: document.retest.offices.length }
  if (id === 'two-people') return { have: (value as { people: number }).people, want: 2 }
  return {}
}

/** The state is asked at each change of facts or money before the day, newest first. */
function sinceWhen(agreement: Agreement, whole: TrustBook, day: IsoDate, state: AgreementState): IsoDate {
  const { facts, executed } = whole
  const first = facts.map(({ fact }) => fact.on).toSorted()[0] ?? day
  // A report or a sign-off lapses on a day of its own, so days are asked one by one, a year at most.
  const changed = new Set([...facts.map(({ fact }) => fact.on), ...executed.map(({ on }) => on)])
  let since = day
  for (
    let before = addDays(day, -1);
    before >= first && dayNumber(day) - dayNumber(before) < 366;
    before = addDays(before, -1)
  ) {
    if (changed.size > 0) {
      const book = bookOn(whole, before)
      if (stateOn(agreement, standingOf(book, agreement.document), before).state !== state) return since
    }
    since = before
  }
  return since
}

const MOST_POINTS = 60

/** Ends of months from the first deposit, and the day itself. A month whose rate is not known ends the line. */
function balanceUpTo(whole: TrustBook, day: IsoDate): readonly BalancePoint[] {
  const first = whole.deposits.map(({ payday }) => payday).toSorted()[0]
  if (first === undefined || first > day) return []
  const ends: IsoDate[] = []
  for (let end = endOfMonth(first); ; ) {
    ends.push(earlierOf(end, day))
    if (end >= day) break
    end = endOfMonth(addDays(end, 1))
  }
  return ends.slice(-MOST_POINTS).flatMap((date) => {
    const book = bookOn(whole, date)
    const exposure = exposureOn(heldDeposits(book), date)
    const held = cents(heldOf(holdingsOf(book)))
    return exposure.ok ? [{ date, held, owed: exposure.value.owed }] : []
  })
}

const endOfMonth = (date: IsoDate): IsoDate => addDays(civilDate(yearOf(date), monthOf(date) + 1, 1), -1)

function entriesOf(book: TrustBook): readonly BookEntry[] {
  const paydays = new Map<string, BookEntry>()
  for (const { member, depositor_class, payday, amount_cents } of book.deposits) {
    const key = `${payday} ${member} ${depositor_class}`
    const before = paydays.get(key)
    paydays.set(key, {
      id: key,
      date: payday,
      kind: 'deposit',
      debit: 'cash',
      credit: `principal:${member}:${depositor_class}`,
      amount: cents((before?.amount ?? 0n) + amount_cents),
      count: (before?.count ?? 0) + 1,
    })
  }
  const earned = book.facts.flatMap(({ id, fact }): readonly BookEntry[] =>
    fact.kind === 'earnings'
      ? [
          {
            id,
            date: fact.on,
            kind: 'earnings',
            debit: 'cash',
            credit: 'earnings',
            amount: fact.cents,
            count: 1,
          },
        ]
      : [],
  )
  const items = new Map(book.items.map((item) => [item.id, item]))
  const moved = book.executed.flatMap(({ item: id, on }) => {
    const item = items.get(id)
    return item && item.action !== 'wind-up' ? [movedEntry(item, on)] : []
  })
  const settled = book.settled.map(
    ({ item, trace, on, amount_cents }): BookEntry => ({
      id: trace,
      date: on,
      kind: 'settled',
      ...actionOf(items.get(item)),
      debit: accountOf(items.get(item)),
      credit: 'cash',
      amount: cents(amount_cents),
      count: 1,
    }),
  )
  return [...paydays.values(), ...earned, ...moved, ...settled].toSorted((a, b) =>
    a.date === b.date ? (a.id < b.id ? 1 : -1) : a.date < b.date ? 1 : -1,
  )
}

const movedEntry = (item: Item, on: IsoDate): BookEntry => ({
  id: item.id,
  date: on,
  kind: 'executed',
  action: item.action,
  debit: item.action === 'pay-member' ? `earnings:${item.member}` : `principal:${item.member}`,
  credit: accountOf(item),
  amount: item.amount_cents,
  count: Math.max(1, item.holdings.length),
})

const actionOf = (item: Item | undefined) => (item ? { action: item.action } : {})

/** Where money waits between the order to pay and the bank's statement. */
const accountOf = (item: Item | undefined): string => {
  if (item?.action === 'return-to-depositor') return `to-depositor:${item.member}`
  return item?.action === 'pay-member' ? `to-member:${item.member}` : 'to-treasury'
}
