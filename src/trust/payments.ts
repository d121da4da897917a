import { cents, type IsoDate, ok, type Result } from '../base/index.ts'
import { type AchRefused, type Originator, type TaxPayment, writeAch } from './bank/ach.ts'
import type { Sent, TrustBook } from './book.ts'
import { type Quarter, quarterOf } from './liability/days.ts'
import { businessDayAfter } from './liability/holidays.ts'
import type { Item, TaxPart } from './schema.ts'

/** The bank account that a member's releases are paid from. */
export type PayingAccount = Pick<Originator, 'ein' | 'name' | 'bank_routing' | 'bank_name'>

/** No bank and no employer has these numbers: a file of a simulation can be paid by nobody. */
export const simulatedAccount = (member: string): PayingAccount => ({
  ein: '000000000',
  name: `${member} SIMULATION`,
  bank_routing: '000000000',
  bank_name: 'NO BANK - SIMULATION',
})

/** What a release pays: one payment for each Form 941 quarter, divided into its taxes. */
export function taxPayments(book: TrustBook, item: Item): readonly TaxPayment[] {
  const deposits = new Map(book.deposits.map((deposit) => [deposit.id, deposit]))
  const quarters = new Map<Quarter, Partial<Record<TaxPart, bigint>>>()
  for (const { id, cents: part } of item.holdings) {
    const deposit = deposits.get(id)
    if (deposit === undefined) continue
    const quarter = quarterOf(deposit.payday)
    const parts = quarters.get(quarter) ?? {}
    quarters.set(quarter, { ...parts, [deposit.tax]: (parts[deposit.tax] ?? 0n) + part })
  }
  return [...quarters]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([quarter, parts]) => ({
      id: item.id,
      tax_type: '94105',
      quarter,
      parts: Object.fromEntries(Object.entries(parts).map(([tax, amount]) => [tax, cents(amount)])),
    }))
}

export interface Orders {
  readonly sent: readonly Sent[]
  /** The NACHA file of a release; other payments the state orders by its own means. */
  readonly ach?: string
}

/** Payments that carry an item out. */
export function paymentOrders(
  book: TrustBook,
  item: Item,
  account: PayingAccount,
  day: IsoDate,
): Result<Orders, AchRefused> {
  const { id, action, amount_cents } = item
  if (action === 'wind-up') return ok({ sent: [] })
  if (action !== 'release-to-treasury')
    return ok({ sent: [{ item: id, trace: id, amount_cents, sent_on: day }] })
  const today = book.executed.filter(({ on }) => on === day).length
  const file = writeAch(
    {
      ...account,
      created_on: day,
      created_at: '1200',
      effective: businessDayAfter(day, 1),
      file_id: FILE_IDS[today % FILE_IDS.length] ?? 'A',
      first_entry: book.sent.filter(({ item: of, trace }) => of !== trace).length + 1,
    },
    taxPayments(book, item),
  )
  if (!file.ok) return file
  const sent = file.value.entries.map(({ trace, amount }) => ({
    item: id,
    trace,
    amount_cents: amount,
    sent_on: day,
  }))
  return ok({ sent, ach: file.value.text })
}

const FILE_IDS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
