import type { Context } from '@cedar-policy/cedar-wasm/nodejs'
import type { IsoDate } from '../base/index.ts'
import { signedBy } from './items.ts'
import { daysBetween } from './liability/days.ts'
import {
  exitOn,
  factsOn,
  federalActionOn,
  findingOn,
  membersOn,
  noticeOn,
  ordersOn,
  panelOn,
  type RecordedFact,
  reportOn,
  signOffsOn,
} from './recorded.ts'
import type {
  AgreementDocument,
  AgreementState,
  Authority,
  BookKind,
  Holding,
  Item,
  MoneyAction,
  Signature,
} from './schema.ts'

/** How a book stands: all that was recorded, and the money as the ledger has it. */
export interface Standing {
  readonly book: string
  readonly kind: BookKind
  readonly authority: Authority
  readonly facts: readonly RecordedFact[]
  /** Deposits of which something is still held. */
  readonly holdings: readonly Holding[]
  /** Earnings not yet paid out, by member. */
  readonly earnings: ReadonlyMap<string, bigint>
  /** Released or returned and not yet seen on a bank statement. */
  readonly awaiting_cents: bigint
  /** Paid or ordered paid to the Treasury out of this book so far. */
  readonly released_cents: bigint
  readonly closed: boolean
}

/** One question: may this be done with this money on this day. */
export interface Question {
  readonly action: MoneyAction
  readonly member: string
  readonly depositor_class?: string
  readonly amount_cents: bigint
  readonly deposit_due?: IsoDate
  readonly item?: Item
  readonly signatures?: readonly Signature[]
}

/** What `ground_ended` and `state` say is derived from the other facts first; see `decide.ts` and `standing.ts`. */
export interface Derived {
  readonly state: AgreementState
  readonly ground_ended: boolean
}

const sum = (amounts: Iterable<bigint>): bigint => {
  let total = 0n
  for (const one of amounts) total += one
  return total
}

/** Sums by member, kept beside the list that they are of: a pay run asks for them once for each deposit. */
const sums = new WeakMap<readonly Holding[], ReadonlyMap<string, bigint>>()

function sumsOf(holdings: readonly Holding[]): ReadonlyMap<string, bigint> {
  const known = sums.get(holdings)
  if (known !== undefined) return known
  const made = new Map<string, bigint>()
  for (const { member, open_cents } of holdings) made.set(member, (made.get(member) ?? 0n) + open_cents)
  sums.set(holdings, made)
  return made
}

export const heldOf = (holdings: readonly Holding[], member?: string): bigint =>
  member === undefined ? sum(sumsOf(holdings).values()) : (sumsOf(holdings).get(member) ?? 0n)

/** The list with one more, its sums carried on. */
export function withHolding(holdings: readonly Holding[], one: Holding): readonly Holding[] {
  const more = [...holdings, one]
  const before = sumsOf(holdings)
  sums.set(more, new Map(before).set(one.member, (before.get(one.member) ?? 0n) + one.open_cents))
  return more
}

/**
 * The facts as Cedar reads them. A fact that is not recorded is not there: the policies ask for it with `has`, and what
 * the schema requires makes the question fail.
 * Amounts beyond 2^53 cents have no exact place in the context; they are left out, so that the question fails.
 */
export function contextOf(
  document: AgreementDocument,
  standing: Standing,
  question: Question,
  day: IsoDate,
  derived: Derived,
): Context {
  const facts = factsOn(standing.facts, day)
  const { authority } = standing
  const cap = capOf(document, standing, day)
  return drop({
    book_kind: standing.kind,
    authority_enacted: authority.kind === 'enacted' && authority.effective <= day,
    state: derived.state,
    ground_ended: derived.ground_ended,
    amount_cents: number(question.amount_cents),
    is_member: membersOn(facts, document, day).some((usps) => usps === question.member),
    class_agreed: document.depositor_classes.some(({ id }) => id === question.depositor_class),
    held_cents: number(heldOf(standing.holdings)),
    member_held_cents: number(heldOf(standing.holdings, question.member)),
    earnings_cents: number(
      question.action === 'wind-up'
        ? sum(standing.earnings.values())
        : (standing.earnings.get(question.member) ?? 0n),
    ),
    awaiting_cents: number(standing.awaiting_cents),
    days_to_deposit: question.deposit_due && daysBetween(day, question.deposit_due),
    cap_cents: cap === undefined ? undefined : number(cap),
    federal_action: plain(federalActionOn(facts)),
    finding: plain(findingOn(facts)),
    report: plain(reportOn(facts, document, day)),
    sign_offs: signOffsOn(facts, document, day),
    orders: ordersOn(facts, question.member),
    panel: plain(panelOn(facts, standing.released_cents)),
    exit: plain(exitOn(facts, document, question.member, day)),
    special_account_notice: noticeOn(facts),
    signed: signedBy(question.item, question.signatures ?? []),
  }) as Context
}

/** The most that may be held on a day; undefined where there is no cap, or none is known. */
export function capOf(document: AgreementDocument, standing: Standing, day: IsoDate): bigint | undefined {
  if (document.cap.rule === 'fixed') return document.cap.cents
  if (document.cap.rule === 'none') return undefined
  return reportOn(factsOn(standing.facts, day), document, day)?.arrears_cents
}

const MOST = BigInt(Number.MAX_SAFE_INTEGER)
const number = (cents: bigint): number | undefined =>
  cents > MOST || cents < -MOST ? undefined : Number(cents)

type Plain<T> = { [K in keyof T]: T[K] extends bigint ? number | undefined : T[K] }
function plain<T extends object>(record: T | undefined): Plain<T> | undefined {
  if (record === undefined) return undefined
  const entries = Object.entries(record).map(([name, value]) => [
    name,
    typeof value === 'bigint' ? number(value) : value,
  ])
  return drop(Object.fromEntries(entries)) as Plain<T>
}

const drop = (record: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
