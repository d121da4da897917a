import { sql } from 'kysely'
import type { Instant, IsoDate } from '../base/index.ts'
import type { Tx } from '../db/index.ts'
import { textArray } from './array-text.ts'
import type { BookState } from './book-store.ts'
import type { View } from './judge.ts'
import type { Command, Ending } from './schema.ts'
import { readAccount, readTransfer, type StoredAccount, type StoredTransfer } from './stored-row.ts'

/** What a batch finds: the book, and what it holds under the ids that the commands name. */
export interface Found {
  readonly state: BookState
  readonly view: View
}

interface Row {
  readonly closed_through: IsoDate | null
  readonly last_at: Instant | null
  readonly next_batch: bigint | null
  readonly accounts: readonly StoredAccount[] | null
  readonly transfers: readonly StoredTransfer[] | null
  readonly endings: readonly { readonly pending: string; readonly kind: Ending }[] | null
  readonly reversed: readonly { readonly reverses: string; readonly amount: string }[] | null
}

/** Locks the book against closing, then the accounts that the commands name, and reads, in one round trip. */
export async function lockAndLoad(
  tx: Tx,
  book: string,
  commands: readonly Command[],
): Promise<Found | undefined> {
  const { accounts, transfers, holds, originals } = idsIn(commands)
  const { rows } = await sql<Row>`
    select * from ledger_load(${book}, ${idArray(accounts)}::text[], ${idArray(transfers)}::text[],
                              ${idArray(holds)}::text[], ${idArray(originals)}::text[])`.execute(tx)
  const [row] = rows
  if (row === undefined || row.next_batch === null) return undefined
  const { closed_through, last_at, next_batch } = row
  return { state: { closed_through, last_at, next_batch }, view: viewOf(row) }
}

const idArray = (ids: ReadonlySet<string>): string => textArray([...ids])

function idsIn(commands: readonly Command[]) {
  const ids = {
    accounts: new Set<string>(),
    transfers: new Set<string>(),
    holds: new Set<string>(),
    originals: new Set<string>(),
  }
  for (const command of commands) {
    if (command.op !== 'transfer') {
      ids.accounts.add(command.id)
      continue
    }
    const { id, debit, credit, pending, reverses } = command
    ids.accounts.add(debit).add(credit)
    ids.transfers.add(id)
    if (pending !== null) ids.holds.add(pending)
    if (reverses !== null) ids.originals.add(reverses)
  }
  for (const id of ids.holds) ids.transfers.add(id)
  for (const id of ids.originals) ids.transfers.add(id)
  return ids
}

const viewOf = (row: Row): View => ({
  closedThrough: row.closed_through,
  accounts: new Map(row.accounts?.map((account) => [account.id, readAccount(account)])),
  transfers: new Map(row.transfers?.map((transfer) => [transfer.id, readTransfer(transfer)])),
  endings: new Map(row.endings?.map(({ pending, kind }) => [pending, kind])),
  reversed: new Map(row.reversed?.map(({ reverses, amount }) => [reverses, BigInt(amount)])),
})
