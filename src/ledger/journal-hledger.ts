import { hasMoved, type JournalFormat, type JournalRow } from './journal-row.ts'
import { plainDollars } from './print.ts'
import type { Account } from './schema.ts'

/**
 * The journal format of hledger: every account and the commodity declared, each transfer a transaction whose code is
 * its id, and at the end the balance of every account as an assertion that hledger checks.
 */
export const hledgerFormat: JournalFormat = {
  head: (book, accounts) =>
    [
      `; Book ${book} of Tenth. Amounts are U.S. dollars.`,
      'decimal-mark .',
      'commodity 1000.00 USD',
      ...accounts.map((account) => `account ${account.id}  ; code: ${account.code.replaceAll(',', ' ')}`),
      '',
      '',
    ].join('\n'),
  row: (row) => (hasMoved(row) ? transaction(row) : `; ${held(row)}\n\n`),
  foot: (accounts, last) =>
    accounts.length === 0
      ? ''
      : `${[`${last} * Balances as Tenth has them`, ...accounts.map(assertion)].join('\n')}\n`,
}

function transaction(row: JournalRow): string {
  const { date, id, debit, credit, amount } = row
  const dollars = plainDollars(amount)
  return [
    `${date} * (${id}) ${(row.code ?? row.kind).replaceAll(/[;|]/g, ' ')}`,
    ...notes(row).map((note) => `    ; ${note}`),
    `    ${debit}  ${dollars} USD`,
    `    ${credit}  -${dollars} USD`,
    '',
    '',
  ].join('\n')
}

/** What hledger makes of dates and tags in a comment before the postings does not touch them. */
const notes = ({ recordedAt, pending, reverses, why, documents }: JournalRow): readonly string[] => [
  `recorded ${recordedAt}`,
  ...(pending === null ? [] : [`ends the hold ${pending}`]),
  ...(reverses === null ? [] : [`reverses ${reverses}`]),
  ...(why === null ? [] : [`why ${why}`]),
  ...documents.map((document) => `document ${document}`),
]

const held = ({ date, kind, id, debit, credit, amount, expires }: JournalRow): string =>
  `${date} ${kind} ${id} ${debit} ${credit} ${plainDollars(amount)} USD${expires ? ` to ${expires}` : ''}`

const assertion = (account: Account): string =>
  `    ${account.id}  0.00 USD = ${plainDollars(account.debitsPosted - account.creditsPosted)} USD`
