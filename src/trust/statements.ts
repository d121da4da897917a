import { type Cents, cents, type IsoDate } from '../base/index.ts'
import { type Quarter, quarterOf } from './liability/days.ts'
import type { MoneyAction } from './schema.ts'

/** One movement of a trust's money, as the ledger posted it. */
export interface Movement {
  /** The transfer in the ledger. */
  readonly id: string
  readonly date: IsoDate
  readonly kind: Exclude<MoneyAction, 'wind-up'> | 'earnings'
  readonly member: string
  /** Empty for earnings. */
  readonly depositor_class: string
  /** Payday of the deposit that moved: its quarter is the Form 941's. */
  readonly payday: IsoDate
  readonly amount: Cents
}

export const STATEMENT_KINDS = ['member', 'depositor-class', 'quarter'] as const
export type StatementKind = (typeof STATEMENT_KINDS)[number]

/** What happened to tax held, from one day through another. Earnings stand apart from principal, always. */
export interface StatementTotals {
  readonly opening: Cents
  readonly held: Cents
  readonly released: Cents
  readonly returned: Cents
  /** Opening and held, less released and returned. */
  readonly closing: Cents
  readonly earned: Cents
  readonly paid_to_members: Cents
}

export interface Statement extends StatementTotals {
  readonly kind: StatementKind
  /** The member, the class, or the quarter. */
  readonly of: string
  readonly from: IsoDate
  readonly through: IsoDate
  readonly movements: readonly Movement[]
}

const KEY: Readonly<Record<StatementKind, (movement: Movement) => string | Quarter>> = {
  member: ({ member }) => member,
  'depositor-class': ({ depositor_class }) => depositor_class,
  quarter: ({ payday }) => quarterOf(payday),
}

/** A statement for each member, class or quarter that had money before the end, in the order of their names. */
export function statementsBy(
  kind: StatementKind,
  movements: readonly Movement[],
  from: IsoDate,
  through: IsoDate,
): readonly Statement[] {
  const known = movements.filter(({ date }) => date <= through)
  const names = [...new Set(known.map(KEY[kind]))].filter((name) => name !== '').sort()
  return names.map((of) => {
    const own = known.filter((movement) => KEY[kind](movement) === of)
    const within = own.filter(({ date }) => date >= from)
    return { kind, of, from, through, ...totalsOf(own, from), movements: within }
  })
}

/** The whole trust in one line: what the public page shows. */
export const summaryOf = (movements: readonly Movement[], from: IsoDate, through: IsoDate): StatementTotals =>
  totalsOf(
    movements.filter(({ date }) => date <= through),
    from,
  )

function totalsOf(movements: readonly Movement[], from: IsoDate): StatementTotals {
  const sum = (kind: Movement['kind'], isIn: (date: IsoDate) => boolean) =>
    movements.reduce((total, one) => total + (one.kind === kind && isIn(one.date) ? one.amount : 0n), 0n)
  const before = (date: IsoDate) => date < from
  const within = (date: IsoDate) => date >= from
  const opening =
    sum('hold', before) - sum('release-to-treasury', before) - sum('return-to-depositor', before)
  const [held, released, returned] = [
    sum('hold', within),
    sum('release-to-treasury', within),
    sum('return-to-depositor', within),
  ]
  return {
    opening: cents(opening),
    held: cents(held),
    released: cents(released),
    returned: cents(returned),
    closing: cents(opening + held - released - returned),
    earned: cents(sum('earnings', within)),
    paid_to_members: cents(sum('pay-member', within)),
  }
}
