import { type Cents, cents } from '../base/index.ts'
import type { Account, Side } from './schema.ts'

export interface TrialRow {
  readonly id: string
  readonly code: string
  readonly side: Side
  /** Never negative: what the account stands at, on the side where it stands. */
  readonly amount: Cents
}

/** Every account that does not stand at zero, by code, and the sums of both sides, which are equal. */
export interface TrialBalance {
  readonly rows: readonly TrialRow[]
  readonly debits: Cents
  readonly credits: Cents
  /** What open holds would move if all of them were posted. */
  readonly held: Cents
}

export function trialBalance(accounts: readonly Account[]): TrialBalance {
  const rows = accounts
    .filter((a) => a.debitsPosted !== a.creditsPosted)
    .map((a): TrialRow => {
      const net = a.debitsPosted - a.creditsPosted
      const side = net > 0n ? 'debit' : 'credit'
      return { id: a.id, code: a.code, side, amount: cents(net > 0n ? net : -net) }
    })
    .toSorted((a, b) => compare(a.code, b.code) || compare(a.id, b.id))
  const total = (side: Side) =>
    cents(rows.reduce((sum, row) => (row.side === side ? sum + row.amount : sum), 0n))
  const held = cents(accounts.reduce((sum, a) => sum + a.debitsPending, 0n))
  return { rows, debits: total('debit'), credits: total('credit'), held }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
