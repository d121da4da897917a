import { sql } from 'kysely'
import type { IsoDate } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import { textArray } from './array-text.ts'
import type { View } from './judge.ts'
import type { Account, Command, Ending, Transfer } from './schema.ts'
import { readAccount, readTransfer, type StoredAccount, type StoredTransfer } from './stored-row.ts'

/** Locked in the order of their ids, so that no two batches wait for each other. */
export async function lockAccounts(
  tx: Tx,
  book: string,
  commands: readonly Command[],
): Promise<ReadonlyMap<string, Account>> {
  const ids = new Set<string>()
  for (const command of commands)
    if (command.op === 'transfer') ids.add(command.debit).add(command.credit)
    else ids.add(command.id)
  const { rows } = await sql<StoredAccount>`
    select id, code, normal, "limit", upper, closed_batch is not null as closed,
           debits_pending, debits_posted, credits_pending, credits_posted
    from ledger_account where book = ${book} and id = any(${textArray([...ids])}::text[])
    order by id for no key update`.execute(tx)
  return new Map(rows.map((row) => [row.id, readAccount(row)]))
}

/** What the book holds under the ids that the commands name. */
export async function loadView(
  tx: Tx,
  book: string,
  commands: readonly Command[],
  accounts: ReadonlyMap<string, Account>,
  closedThrough: IsoDate | null,
): Promise<View> {
  const [ids, holds, originals] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const command of commands)
    if (command.op === 'transfer') {
      ids.add(command.id)
      if (command.pending !== null) holds.add(command.pending)
      if (command.reverses !== null) originals.add(command.reverses)
    }
  const transfers = await loadTransfers(tx, book, [...new Set([...ids, ...holds, ...originals])])
  return {
    closedThrough,
    accounts,
    transfers: new Map(transfers.map((transfer) => [transfer.id, transfer])),
    endings: await loadEndings(tx, book, [...holds]),
    reversed: await loadReversed(tx, book, [...originals]),
  }
}

export async function loadTransfers(
  db: Db,
  book: string,
  ids: readonly string[],
): Promise<readonly Transfer[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<StoredTransfer>`
    select id, debit, credit, amount, kind, date, code, pending, released, expires, reverses, why, documents
    from ledger_transfer where book = ${book} and id = any(${textArray(ids)}::text[])`.execute(db)
  return rows.map(readTransfer)
}

async function loadEndings(
  tx: Tx,
  book: string,
  holds: readonly string[],
): Promise<ReadonlyMap<string, Ending>> {
  if (holds.length === 0) return new Map()
  const { rows } = await sql<{ pending: string; kind: Ending }>`
    select pending, kind from ledger_transfer
    where book = ${book} and pending = any(${textArray(holds)}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.pending, row.kind]))
}

async function loadReversed(
  tx: Tx,
  book: string,
  originals: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  if (originals.length === 0) return new Map()
  const { rows } = await sql<{ reverses: string; amount: bigint }>`
    select reverses, sum(amount)::bigint as amount from ledger_transfer
    where book = ${book} and reverses = any(${textArray(originals)}::text[]) group by reverses`.execute(tx)
  return new Map(rows.map((row) => [row.reverses, row.amount]))
}
