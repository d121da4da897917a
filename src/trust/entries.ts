import { assert, cents, type IsoDate } from '../base/index.ts'
import { AccountId, type Command, type Limit, type Side, TransferId } from '../ledger/index.ts'
import { earningParts, executedItems, holdingsOf, type Settled, type TrustBook } from './book.ts'
import type { RecordedFact } from './recorded.ts'
import type { AgreementDocument, Deposit, Item } from './schema.ts'

/*
 * The chart of accounts of a trust book, and how each act is entered. A deposit that is held is cash on one side and
 * principal on the other, and an open hold on the principal: so principal equals the sum of the open holds, and no
 * transfer can touch it but the one that ends its hold.
 *
 *   cash                    what the bank holds                         may not go below zero
 *   principal:NY:class      tax that a member's depositors paid in      may not go below zero, holds counted
 *   earnings:NY             a member's part of what the fund earned     may not go below zero
 *   to-treasury             ordered paid, not yet seen at the bank      may not go below zero
 *   to-depositor:NY         ordered returned, not yet seen at the bank  may not go below zero
 *   to-member:NY            earnings ordered paid, not yet seen         may not go below zero
 */

const account = (id: string, code: string, normal: Side, limit: Limit): Command => ({
  op: 'account',
  id: AccountId.parse(id),
  code,
  normal,
  limit,
  upper: null,
})

export const principalOf = (member: string, depositorClass: string) => `principal:${member}:${depositorClass}`

/** Accounts that a book of this agreement has from its first day. */
export function openingEntries({ members, depositor_classes }: AgreementDocument): readonly Command[] {
  return [
    account('cash', '1000', 'debit', 'credits<=debits'),
    account('to-treasury', '2100', 'credit', 'debits<=credits'),
    ...members.flatMap((member) => [
      account(`earnings:${member}`, '2300', 'credit', 'debits<=credits'),
      account(`to-depositor:${member}`, '2200', 'credit', 'debits<=credits'),
      account(`to-member:${member}`, '2400', 'credit', 'debits<=credits'),
      ...depositor_classes.map(({ id }) =>
        account(principalOf(member, id), '2000', 'credit', 'debits<=credits'),
      ),
    ]),
  ]
}

interface Entry {
  readonly id: string
  readonly kind: 'posted' | 'pending' | 'post' | 'void'
  readonly debit: string
  readonly credit: string
  readonly amount: bigint
  readonly pending?: string
}

/** Entries that stand or fall together. */
const chain = (entries: readonly Entry[], date: IsoDate, document: string): readonly Command[] =>
  entries.map(({ id, debit, credit, amount, kind, pending }, i) => ({
    op: 'transfer',
    id: TransferId.parse(id),
    debit: AccountId.parse(debit),
    credit: AccountId.parse(credit),
    amount: cents(amount),
    kind,
    pending: pending === undefined ? null : TransferId.parse(pending),
    linked: i < entries.length - 1,
    expires: null,
    date,
    code: null,
    reverses: null,
    why: null,
    documents: [document],
  }))

/** A deposit comes in and is held, both or neither. */
export function depositEntries(deposit: Deposit): readonly Command[] {
  const { id, member, depositor_class, amount_cents, payday, payroll_sha256 } = deposit
  const principal = principalOf(member, depositor_class)
  return chain(
    [
      { id: `${id}/in`, kind: 'posted', debit: 'cash', credit: principal, amount: amount_cents },
      { id: `${id}/hold/0`, kind: 'pending', debit: principal, credit: 'to-treasury', amount: amount_cents },
    ],
    payday,
    `sha256:${payroll_sha256}`,
  )
}

/** What a recorded earning adds to each member. */
export function earningEntries(
  book: TrustBook,
  document: AgreementDocument,
  { id, fact }: RecordedFact,
): readonly Command[] {
  if (fact.kind !== 'earnings') return []
  const parts = earningParts(book, document, fact)
  const entries = parts
    .filter(([, part]) => part > 0n)
    .map(([member, amount]) => ({
      id: `${id}/${member}`,
      kind: 'posted' as const,
      debit: 'cash',
      credit: `earnings:${member}`,
      amount,
    }))
  return chain(entries, fact.on, `fact:${id}`)
}

/**
 * Carries an item out. The ids follow from the item, so that it can be carried out once, however often it is sent.
 * @param book before the item is carried out
 */
export function itemEntries(book: TrustBook, item: Item, day: IsoDate): readonly Command[] {
  const { id, action, member, amount_cents } = item
  switch (action) {
    case 'wind-up':
      return []
    case 'pay-member':
      return chain(
        [
          {
            id: `${id}/pay`,
            kind: 'posted',
            debit: `earnings:${member}`,
            credit: `to-member:${member}`,
            amount: amount_cents,
          },
        ],
        day,
        `item:${id}`,
      )
    default:
      return chain(item.holdings.flatMap(partEntries(book, item)), day, `item:${id}`)
  }
}

/** Ends the hold on each deposit for the part that goes, and holds the rest anew. */
function partEntries(book: TrustBook, item: Item) {
  const deposits = new Map(book.deposits.map((deposit) => [deposit.id, deposit]))
  const opened = new Map(holdingsOf(book).map(({ id, open_cents }) => [id, open_cents]))
  const parted = new Map<string, number>()
  for (const { holdings } of executedItems(book))
    for (const { id } of holdings) parted.set(id, (parted.get(id) ?? 0) + 1)
  return ({ id, cents: part }: Item['holdings'][number], i: number): readonly Entry[] => {
    const deposit = deposits.get(id)
    const open = opened.get(id) ?? 0n
    assert(deposit !== undefined && part <= open, 'an item takes no more than is held')
    return entriesOfPart(item, deposit, part, open, parted.get(id) ?? 0, i)
  }
}

/** @param times how often a part of the deposit left before: the number of its open hold */
function entriesOfPart(
  item: Item,
  deposit: Deposit,
  part: bigint,
  open: bigint,
  times: number,
  i: number,
): readonly Entry[] {
  const { id } = deposit
  const pending = `${id}/hold/${times}`
  const principal = principalOf(deposit.member, deposit.depositor_class)
  const hold = { debit: principal, credit: 'to-treasury' }
  const out: readonly Entry[] =
    item.action === 'release-to-treasury'
      ? [{ ...hold, id: `${item.id}/${i}`, kind: 'post', amount: part, pending }]
      : [
          { ...hold, id: `${item.id}/${i}/void`, kind: 'void', amount: open, pending },
          {
            id: `${item.id}/${i}`,
            kind: 'posted',
            debit: principal,
            credit: `to-depositor:${deposit.member}`,
            amount: part,
          },
        ]
  if (part === open) return out
  return [...out, { ...hold, id: `${id}/hold/${times + 1}`, kind: 'pending', amount: open - part }]
}

const OUT = {
  'release-to-treasury': () => 'to-treasury',
  'return-to-depositor': (member: string) => `to-depositor:${member}`,
  'pay-member': (member: string) => `to-member:${member}`,
} as const

/** The bank shows a payment of an item. */
export function settlementEntries(item: Item, { trace, amount_cents, on }: Settled): readonly Command[] {
  if (item.action === 'wind-up') return []
  const debit = OUT[item.action](item.member)
  const id = `${item.id}/settled/${trace === item.id ? 'all' : trace}`
  const entry = { id, kind: 'posted' as const, debit, credit: 'cash', amount: amount_cents }
  return chain([entry], on, `item:${item.id}`)
}
