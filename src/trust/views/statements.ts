import type { IsoDate } from '../../base/index.ts'
import { executedItems, type TrustBook } from '../book.ts'
import { quarterOf } from '../liability/days.ts'
import type { Deposit } from '../schema.ts'

/** What came in, what went where, and what is held, of one part of the book. Amounts are cents. */
export interface StatementRow {
  readonly of: string
  readonly deposits: number
  readonly taken_in_cents: string
  readonly to_treasury_cents: string
  readonly returned_cents: string
  readonly held_cents: string
}

/** @param day the statement shows the book at the end of this day; all of it where it is not given */
export function statementsOf(book: TrustBook, day?: IsoDate) {
  const upTo = book.deposits.filter(({ payday }) => day === undefined || payday <= day)
  const out = partsOut(book, day)
  const by = (key: (deposit: Deposit) => string) => rowsBy(upTo, out, key)
  return {
    by_member: by(({ member }) => member),
    by_class: by(({ member, depositor_class }) => `${member} ${depositor_class}`),
    by_quarter: by(({ member, payday }) => `${member} ${quarterOf(payday)}`),
    by_tax: by(({ tax }) => tax),
  }
}

interface Out {
  readonly treasury: bigint
  readonly returned: bigint
}

function partsOut(book: TrustBook, day: IsoDate | undefined): ReadonlyMap<string, Out> {
  const out = new Map<string, Out>()
  for (const { action, holdings } of executedItems(book, day))
    for (const { id, cents } of holdings) {
      const { treasury, returned } = out.get(id) ?? { treasury: 0n, returned: 0n }
      const isReturn = action === 'return-to-depositor'
      out.set(id, {
        treasury: treasury + (isReturn ? 0n : cents),
        returned: returned + (isReturn ? cents : 0n),
      })
    }
  return out
}

function rowsBy(
  deposits: readonly Deposit[],
  out: ReadonlyMap<string, Out>,
  key: (deposit: Deposit) => string,
): readonly StatementRow[] {
  const sums = new Map<string, { count: number; taken: bigint; treasury: bigint; returned: bigint }>()
  for (const deposit of deposits) {
    const so = sums.get(key(deposit)) ?? { count: 0, taken: 0n, treasury: 0n, returned: 0n }
    const { treasury, returned } = out.get(deposit.id) ?? { treasury: 0n, returned: 0n }
    sums.set(key(deposit), {
      count: so.count + 1,
      taken: so.taken + deposit.amount_cents,
      treasury: so.treasury + treasury,
      returned: so.returned + returned,
    })
  }
  return [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([of, { count, taken, treasury, returned }]) => ({
      of,
      deposits: count,
      taken_in_cents: String(taken),
      to_treasury_cents: String(treasury),
      returned_cents: String(returned),
      held_cents: String(taken - treasury - returned),
    }))
}
