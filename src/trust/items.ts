import { createHash } from 'node:crypto'
import { canonicalJson, cents, type IsoDate, type Json, type Usps } from '../base/index.ts'
import type { Cause, Holding, Item, Signature, SignedAction } from './schema.ts'

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The hash that people sign: of the canonical JSON (RFC 8785) of everything in the item. */
export const itemHash = (item: Item): string => sha256Of(canonicalJson(itemJson(item)))

export const itemJson = (item: Item): Json =>
  ({
    ...item,
    amount_cents: String(item.amount_cents),
    holdings: item.holdings.map(({ id, cents: part }) => ({ id, cents: String(part) })),
  }) as Json

export interface NewItem {
  readonly book: string
  readonly action: SignedAction
  readonly member: Usps
  readonly amount_cents: bigint
  readonly holdings: readonly { readonly id: string; readonly cents: bigint }[]
  readonly cause: Cause
  readonly prepared_on: IsoDate
  readonly prepared_by: string
  /** How many items the book has already, so that two of the same content have two names. */
  readonly number: number
}

/** An item's name follows from its content. */
export function newItem({ number, ...content }: NewItem): Item {
  const { holdings, ...rest } = content
  const item = {
    ...rest,
    amount_cents: cents(content.amount_cents),
    holdings: holdings.map(({ id, cents: part }) => ({ id, cents: cents(part) })),
  }
  const id = `item-${number}-${sha256Of(canonicalJson(itemJson({ id: '', ...item }))).slice(0, 12)}`
  return { id, ...item }
}

/**
 * What the signatures on an item are worth: people count once, in the office in which they signed; a signature for
 * other content counts for nothing and is told.
 */
export function signedBy(item: Item | undefined, signatures: readonly Signature[]) {
  if (item === undefined)
    return { people: 0, by_preparer: false, other_content: signatures.length, offices: [] }
  const hash = itemHash(item)
  const good = signatures.filter(({ item_sha256 }) => item_sha256 === hash)
  const others = good.filter(({ person }) => person !== item.prepared_by)
  const voices = new Map(others.map(({ person, office }) => [person, office]))
  return {
    people: voices.size,
    by_preparer: others.length < good.length,
    other_content: signatures.length - good.length,
    offices: [...new Set(voices.values())].sort(),
  }
}

const lesser = (a: bigint, b: bigint): bigint => {
  if (a < b) return a
  return b
}

/** More parts in one item would be too many entries for one batch of the ledger. */
const MOST_PARTS = 5_000

/** The first cents of the oldest deposits, by payday, until the amount is reached or the item is full. */
export function oldestFirst(holdings: readonly Holding[], amount: bigint) {
  const parts: { readonly id: string; readonly cents: bigint }[] = []
  let left = amount
  const ordered = holdings.toSorted((a, b) =>
    a.payday === b.payday ? (a.id < b.id ? -1 : 1) : a.payday < b.payday ? -1 : 1,
  )
  for (const { id, open_cents } of ordered) {
    if (left <= 0n || parts.length === MOST_PARTS) break
    const part = lesser(open_cents, left)
    parts.push({ id, cents: part })
    left -= part
  }
  return { parts, found: amount - (left > 0n ? left : 0n) }
}
