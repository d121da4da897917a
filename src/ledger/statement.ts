import type { Cents, Instant, IsoDate } from '../base/index.ts'
import { changeBy, credited, debited } from './limits.ts'
import { type Account, type AccountId, balanceOf, type Kind, type Side, type Transfer } from './schema.ts'

/** A transfer as one of its two accounts sees it. */
export interface Entry extends Omit<Transfer, 'debit' | 'credit' | 'documents'> {
  readonly side: Side
  /** The account on the other side. */
  readonly other: AccountId
  readonly recordedAt: Instant
}

export interface StatementLine extends Entry {
  /** On the account's normal side, after it; open holds left out. */
  readonly balance: Cents
  /** Open holds after it, on both sides. */
  readonly debitsPending: Cents
  readonly creditsPending: Cents
}

export interface Statement {
  readonly account: Account
  readonly from: IsoDate
  readonly to: IsoDate
  /** Before the first day, and after the last. */
  readonly opening: Cents
  readonly closing: Cents
  readonly lines: readonly StatementLine[]
}

/**
 * Follows an account from day to day.
 * @param before the account as it stood at the end of the day before `from`
 * @param entries from `from` to `to`, by business date, then in the order of recording
 */
export function statementOf(
  before: Account,
  entries: readonly Entry[],
  from: IsoDate,
  to: IsoDate,
): Statement {
  let account = before
  const lines = entries.map((entry): StatementLine => {
    account = after(account, entry)
    const { debitsPending, creditsPending } = account
    return { ...entry, balance: balanceOf(account), debitsPending, creditsPending }
  })
  return { account, from, to, opening: balanceOf(before), closing: balanceOf(account), lines }
}

const after = (account: Account, entry: Entry): Account =>
  (entry.side === 'debit' ? debited : credited)(account, changeBy(entry))

/** The kinds that a person reads in a statement. */
export const KIND_WORDS = {
  posted: 'posted',
  pending: 'held',
  post: 'posted from hold',
  void: 'hold voided',
  expire: 'hold expired',
} as const satisfies Record<Kind, string>
