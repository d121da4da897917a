import { hasMoved, type JournalFormat, type JournalRow } from './journal-row.ts'
import { plainDollars } from './print.ts'
import type { Account, AccountId } from './schema.ts'

/**
 * The format of Beancount: every account opened, each transfer a transaction linked by its id, and at the end the
 * balance of every account, which bean-check compares. Its accounts must begin with one of five words: those with a
 * normal debit are written as Assets, those with a normal credit as Liabilities, and `id` says their own name.
 */
export const beancountFormat = (): JournalFormat => {
  const names = new Map<AccountId, string>()
  return {
    head: (book, accounts, first) => {
      for (const account of accounts) names.set(account.id, nameOf(account))
      return [
        `option "title" ${quoted(`Book ${book} of Tenth`)}`,
        'option "operating_currency" "USD"',
        `${first} commodity USD`,
        ...accounts.map(
          (account) =>
            `${first} open ${nameOf(account)} USD\n  id: ${quoted(account.id)}\n  code: ${quoted(account.code)}`,
        ),
        '',
        '',
      ].join('\n')
    },
    row: (row) => (hasMoved(row) ? transaction(row, names) : `; ${held(row)}\n\n`),
    foot: (accounts, last) => accounts.map((account) => `${dayAfter(last)} ${assertion(account)}\n`).join(''),
  }
}

function transaction(row: JournalRow, names: ReadonlyMap<AccountId, string>): string {
  const { date, id, debit, credit, amount, code, kind, recordedAt, pending, reverses, why, documents } = row
  const dollars = plainDollars(amount)
  const facts: readonly (readonly [string, string | null])[] = [
    ['id', id],
    ['recorded', recordedAt],
    ['pending', pending],
    ['reverses', reverses],
    ['why', why],
    ...documents.map((document, i) => [`document${i + 1}`, document] as const),
  ]
  return [
    `${date} * ${quoted(code ?? kind)}`,
    ...facts.flatMap(([name, value]) => (value === null ? [] : `  ${name}: ${quoted(value)}`)),
    `  ${names.get(debit)}  ${dollars} USD`,
    `  ${names.get(credit)}  -${dollars} USD`,
    '',
    '',
  ].join('\n')
}

const held = ({ date, kind, id, debit, credit, amount, expires }: JournalRow): string =>
  `${date} ${kind} ${id} ${debit} ${credit} ${plainDollars(amount)} USD${expires ? ` to ${expires}` : ''}`

/** Without a tolerance of zero, Beancount would let a cent pass. */
const assertion = (account: Account): string =>
  `balance ${nameOf(account)}  ${plainDollars(account.debitsPosted - account.creditsPosted)} ~ 0.00 USD`

const nameOf = ({ id, normal }: Account): string =>
  `${normal === 'debit' ? 'Assets' : 'Liabilities'}:${componentOf(id)}`

/** An id that Beancount takes stays as it is; in any other, each sign but letters and digits becomes its code. */
const componentOf = (id: string): string =>
  /^[A-Z0-9][A-Za-z0-9-]*$/.test(id) && !id.startsWith('X-')
    ? id
    : `X-${id.replaceAll(/[^A-Za-z0-9]/g, (sign) => `-${sign.charCodeAt(0).toString(16)}`)}`

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
