import type { IsoDate, Usps } from '../base/index.ts'
import type { Agreement } from './agreement.ts'
import { holdingsOf, openItems, signaturesOn, standingOf, type TrustBook, type Withdrawn } from './book.ts'
import { capOf, heldOf } from './context.ts'
import { decide, stateOn } from './decide.ts'
import { newItem, oldestFirst } from './items.ts'
import { exitOn, factsOn, ordersOn, panelOn, reportOn } from './recorded.ts'
import type { Cause, Holding, Item } from './schema.ts'

/** Who prepares what the law orders, in the log and on the item: no person, so that any two may sign. */
export const DAILY_RUN = 'daily run'

/**
 * What the agreement orders done on a day with held money that no waiting item covers. The first cause that applies to
 * a member decides; nothing moves by this: each item waits for its signatures, and is judged again when it has them.
 */
export function orderedItems(agreement: Agreement, book: TrustBook, day: IsoDate): readonly Item[] {
  const { document } = agreement
  const holdings = uncovered(book)
  const standing = standingOf(book, document)
  const made: Item[] = []
  for (const member of [...new Set(holdings.map((one) => one.member))].sort()) {
    const own = holdings.filter((one) => one.member === member)
    const found = causeFor(agreement, book, member, own, day)
    if (found === undefined) continue
    const action = document.ordered[found.cause]
    if (action === undefined || action === 'keep') continue
    const { parts, found: amount_cents } = oldestFirst(own, found.cents)
    if (amount_cents <= 0n) continue
    const probe = { action, member, amount_cents }
    const { missing } = decide(agreement, standing, probe, day)
    // What the facts refuse is not prepared: it would wait for signatures that could not help.
    if (missing.some(({ kind }) => kind !== 'signature')) continue
    made.push(
      newItem({
        book: book.book,
        action,
        member: member as Usps,
        amount_cents,
        holdings: parts,
        cause: found.cause,
        prepared_on: day,
        prepared_by: DAILY_RUN,
        number: book.items.length + made.length + 1,
      }),
    )
  }
  return made
}

/** Held money less what waiting items already take. */
export function uncovered(book: TrustBook): readonly Holding[] {
  const taken = new Map<string, bigint>()
  for (const { holdings } of openItems(book))
    for (const { id, cents } of holdings) taken.set(id, (taken.get(id) ?? 0n) + cents)
  return holdingsOf(book)
    .map((one) => ({ ...one, open_cents: one.open_cents - (taken.get(one.id) ?? 0n) }))
    .filter(({ open_cents }) => open_cents > 0n)
}

interface Found {
  readonly cause: Cause
  readonly cents: bigint
}

function causeFor(
  agreement: Agreement,
  book: TrustBook,
  member: string,
  own: readonly Holding[],
  day: IsoDate,
): Found | undefined {
  const { document } = agreement
  const standing = standingOf(book, document)
  const facts = factsOn(book.facts, day)
  const all = heldOf(own)
  const orders = ordersOn(facts, member)
  const exit = exitOn(facts, document, member, day)
  const report = reportOn(facts, document, day)
  const cap = capOf(document, standing, day)
  const waiting = openItems(book)
  const waitingFor = (cause: Cause) =>
    waiting.reduce((sum, item) => (item.cause === cause ? sum + item.amount_cents : sum), 0n)
  const excess = cap === undefined ? 0n : heldOf(standing.holdings) - cap - waitingFor('over-cap')
  const released = panelOn(facts, standing.released_cents).released_cents - waitingFor('panel-release')
  const probe = { action: 'release-to-treasury', member, amount_cents: 1n } as const
  const { context } = decide(agreement, standing, probe, day)
  const applies: readonly (readonly [Cause, boolean, bigint?])[] = [
    ['order-not-owed', orders.not_owed],
    ['strike', orders.struck],
    ['wind-up', context.state === 'winding-up'],
    ['order-to-pay', orders.pay_treasury],
    ['stay', orders.stayed],
    ['member-exit', exit !== undefined && exit.days_since_notice >= exit.notice_days],
    ['panel-release', released > 0n, released],
    ['deposit-due', true],
    ['report-stale', document.report !== undefined && isStale(report)],
    ['ground-ended', context.ground_ended === true],
    ['over-cap', excess > 0n, excess],
  ]
  const [first] = applies.filter(
    ([cause, isSo]) => isSo && document.ordered[cause] !== undefined && document.ordered[cause] !== 'keep',
  )
  return first && { cause: first[0], cents: first[2] === undefined || first[2] > all ? all : first[2] }
}

const isStale = (report: ReturnType<typeof reportOn>): boolean =>
  report === undefined || report.age_days > report.stale_after_days

/** Waiting items of the daily run whose cause is no longer there; what a person asked for waits until that person ends it. */
export function lapsedItems(agreement: Agreement, book: TrustBook, day: IsoDate): readonly Withdrawn[] {
  const standing = standingOf(book, agreement.document)
  return openItems(book).flatMap((item) => {
    if (item.prepared_by !== DAILY_RUN) return []
    const { action, member, amount_cents } = item
    const signatures = signaturesOn(book, item.id)
    const { missing } = decide(agreement, standing, { action, member, amount_cents, item, signatures }, day)
    const because = missing.filter(({ kind }) => kind !== 'signature').map(({ id }) => id)
    return because.length > 0 ? [{ item: item.id, on: day, because }] : []
  })
}

/** An agreement that is winding up and empty waits only for its last signatures. */
export function windUpItem(agreement: Agreement, book: TrustBook, day: IsoDate): Item | undefined {
  const standing = standingOf(book, agreement.document)
  if (stateOn(agreement, standing, day).state !== 'winding-up') return undefined
  const left = [...standing.earnings.values()].reduce((sum, one) => sum + one, 0n)
  const isEmpty = standing.holdings.length === 0 && standing.awaiting_cents === 0n && left === 0n
  const [member] = agreement.document.members
  if (!isEmpty || member === undefined || openItems(book).some(({ action }) => action === 'wind-up'))
    return undefined
  return newItem({
    book: book.book,
    action: 'wind-up',
    member,
    amount_cents: 0n,
    holdings: [],
    cause: 'asked',
    prepared_on: day,
    prepared_by: DAILY_RUN,
    number: book.items.length + 1,
  })
}
