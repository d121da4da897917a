import { canonicalJson, type Json } from '../base/index.ts'
import type { Executed, TrustBook } from './book.ts'
import { itemHash, sha256Of } from './items.ts'
import type { Deposit } from './schema.ts'

/** What the audit log must hold about a book: one entry for each thing that was recorded. */
export interface Trace {
  readonly kind:
    | 'trust.fact.recorded'
    | 'trust.payday.held'
    | 'trust.item.prepared'
    | 'trust.item.signed'
    | 'trust.item.executed'
    | 'trust.item.withdrawn'
    | 'trust.payment.settled'
  readonly subject: string
  readonly payload: { readonly sha256: string; readonly [field: string]: Json }
}

/** Every amount as a decimal string. */
const plain = (value: unknown): Json =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))) as Json

export const hashOf = (value: unknown): string => sha256Of(canonicalJson(plain(value)))

/** @returns in no order of time: compare as a set */
export function tracesOf(book: TrustBook): readonly Trace[] {
  const { book: name } = book
  return [
    ...book.facts.map(
      ({ id, fact, recorded_by }): Trace => ({
        kind: 'trust.fact.recorded',
        subject: `${name} ${id}`,
        payload: { fact: fact.kind, on: fact.on, sha256: hashOf({ id, fact, recorded_by }) },
      }),
    ),
    ...paydays(book.deposits).map(([payday, deposits]): Trace => {
      const held = deposits.reduce((sum, { amount_cents }) => sum + amount_cents, 0n)
      return {
        kind: 'trust.payday.held',
        subject: `${name} ${payday}`,
        payload: { deposits: deposits.length, cents: String(held), sha256: hashOf(deposits) },
      }
    }),
    ...book.items.map((item): Trace => {
      const { id, action, member, amount_cents, cause } = item
      const payload = { action, member, cents: String(amount_cents), cause, sha256: itemHash(item) }
      return { kind: 'trust.item.prepared', subject: `${name} ${id}`, payload }
    }),
    ...book.signatures.map(({ item, item_sha256, person, office }): Trace => {
      const payload = { person, office, sha256: item_sha256 }
      return { kind: 'trust.item.signed', subject: `${name} ${item}`, payload }
    }),
    ...book.executed.map((one): Trace => executedTrace(book, one)),
    ...book.withdrawn.map(({ item, on, because }): Trace => {
      const payload = { on, because: because.join(', '), sha256: hashOf({ item, on, because }) }
      return { kind: 'trust.item.withdrawn', subject: `${name} ${item}`, payload }
    }),
    ...book.settled.map((one): Trace => {
      const payload = { on: one.on, cents: String(one.amount_cents), sha256: hashOf(one) }
      return { kind: 'trust.payment.settled', subject: `${name} ${one.item}`, payload }
    }),
  ]
}

/** A payday's deposits of one pay run, as they were taken together. */
function paydays(deposits: readonly Deposit[]): readonly (readonly [string, readonly Deposit[]])[] {
  const groups = new Map<string, Deposit[]>()
  for (const deposit of deposits) {
    const key = `${deposit.payday} ${deposit.payroll_sha256.slice(0, 12)}`
    groups.set(key, [...(groups.get(key) ?? []), deposit])
  }
  return [...groups]
}

function executedTrace({ book, sent }: TrustBook, { item, on, ach_sha256 }: Executed): Trace {
  const payments = sent.filter((one) => one.item === item)
  const sha256 = hashOf({ item, on, ach_sha256: ach_sha256 ?? null, payments })
  return { kind: 'trust.item.executed', subject: `${book} ${item}`, payload: { on, sha256 } }
}

export const traceKey = ({ kind, subject, payload }: Pick<Trace, 'kind' | 'subject' | 'payload'>): string =>
  `${kind}\n${subject}\n${canonicalJson(payload)}`
