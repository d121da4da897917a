import type { Cents } from '../base/index.ts'
import { type Account, balanceOf } from './schema.ts'
import { KIND_WORDS, type Statement } from './statement.ts'
import type { TrialBalance } from './trial.ts'

/** How an account's balances are printed: cents as decimal strings. */
export const balancesJson = (account: Account) => ({
  id: account.id,
  code: account.code,
  debitsPending: String(account.debitsPending),
  debitsPosted: String(account.debitsPosted),
  creditsPending: String(account.creditsPending),
  creditsPosted: String(account.creditsPosted),
})

/** Dollars with two decimals and commas between thousands: 1,234.56. */
export function dollarsText(amount: Cents): string {
  const { sign, whole, part } = partsOf(amount)
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`
}

/** The same without commas, as other ledgers read it. */
export function plainDollars(amount: bigint): string {
  const { sign, whole, part } = partsOf(amount)
  return `${sign}${whole}.${part}`
}

function partsOf(amount: bigint) {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, '0')
  return { sign: amount < 0n ? '-' : '', whole: digits.slice(0, -2), part: digits.slice(-2) }
}

/** Rows as columns, numbers to the right. */
export function columns(rows: readonly (readonly string[])[], rightFrom: number): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i >= rightFrom ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export const balancesText = (accounts: readonly Account[]): string =>
  columns(
    [
      ['account', 'code', 'normal', 'balance', 'debits held', 'credits held'],
      ...accounts.map((a) => [
        a.id,
        a.code,
        a.normal,
        dollarsText(balanceOf(a)),
        dollarsText(a.debitsPending),
        dollarsText(a.creditsPending),
      ]),
    ],
    3,
  )

export const trialText = ({ rows, debits, credits, held }: TrialBalance): string =>
  [
    columns(
      [
        ['code', 'account', 'debit', 'credit'],
        ...rows.map(({ id, code, side, amount }) => [
          code,
          id,
          side === 'debit' ? dollarsText(amount) : '',
          side === 'credit' ? dollarsText(amount) : '',
        ]),
        ['', 'total', dollarsText(debits), dollarsText(credits)],
      ],
      2,
    ),
    `held: ${dollarsText(held)}`,
  ].join('\n')

export const trialJson = ({ rows, debits, credits, held }: TrialBalance) => ({
  rows: rows.map((row) => ({ ...row, amount: String(row.amount) })),
  debits: String(debits),
  credits: String(credits),
  held: String(held),
})

export const statementText = ({ account, from, to, opening, closing, lines }: Statement): string =>
  [
    `${account.id} (${account.code}, normal ${account.normal}) from ${from} to ${to}`,
    columns(
      [
        ['date', 'id', 'what', 'other account', 'debit', 'credit', 'balance'],
        [from, '', 'opening', '', '', '', dollarsText(opening)],
        ...lines.map((line) => [
          line.date,
          line.id,
          KIND_WORDS[line.kind],
          line.other,
          line.side === 'debit' ? dollarsText(line.amount) : '',
          line.side === 'credit' ? dollarsText(line.amount) : '',
          dollarsText(line.balance),
        ]),
        [to, '', 'closing', '', '', '', dollarsText(closing)],
      ],
      4,
    ),
  ].join('\n')

export const statementJson = ({ account, from, to, opening, closing, lines }: Statement) => ({
  account: account.id,
  code: account.code,
  normal: account.normal,
  from,
  to,
  opening: String(opening),
  closing: String(closing),
  lines: lines.map((line) => ({
    ...line,
    amount: String(line.amount),
    released: line.released === null ? null : String(line.released),
    balance: String(line.balance),
    debitsPending: String(line.debitsPending),
    creditsPending: String(line.creditsPending),
  })),
})
