import type { Account, AccountId, Transfer } from './schema.ts'

/*
 * The rows of a batch as text, whose SHA-256 stands in the audit log: fields parted by tabs, nothing for what is not
 * there, one row a line. First the accounts that it opened and those that it closed, each in the order of their ids,
 * then its transfers in their order. No field can hold a tab or a line end. `audit-store.ts` builds the same in SQL.
 */

const ACCOUNT = ({ id, code, normal, limit, upper }: Account): string =>
  `account\t${id}\t${code}\t${normal}\t${limit ?? ''}\t${upper ?? ''}\n`

const TRANSFER = (t: Transfer): string =>
  `transfer\t${t.id}\t${t.debit}\t${t.credit}\t${t.amount}\t${t.kind}\t${t.date}\t${t.code ?? ''}\t${t.pending ?? ''}\t${t.released ?? ''}\t${t.expires ?? ''}\t${t.reverses ?? ''}\t${t.why ?? ''}\t${t.documents.join(' ')}\n`

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1)

export interface BatchRows {
  readonly opened: readonly Account[]
  readonly closed: readonly AccountId[]
  readonly transfers: readonly Transfer[]
}

export const canonicalRows = ({ opened, closed, transfers }: BatchRows): string =>
  [
    ...opened.toSorted(byId).map(ACCOUNT),
    ...closed.toSorted().map((id) => `close\t${id}\n`),
    ...transfers.map(TRANSFER),
  ].join('')

/** The balances of a closed period as text, for its hash: one account a line, in the order of their ids. */
export const canonicalBalances = (accounts: readonly Account[]): string =>
  accounts
    .toSorted(byId)
    .map((a) => `${a.id}\t${a.debitsPending}\t${a.debitsPosted}\t${a.creditsPending}\t${a.creditsPosted}\n`)
    .join('')
