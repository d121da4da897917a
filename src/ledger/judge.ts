import { cents, type IsoDate } from '../base/index.ts'
import type { Refusal } from './refusals.ts'
import type { Account, AccountCommand, Ending, Kind, Transfer, TransferCommand } from './schema.ts'

/** By an id; a Map is one. */
export interface Lookup<V> {
  get(id: string): V | undefined
}

/** What a book says about the commands in hand: the accounts and transfers that they name, and no others. */
export interface View {
  /** The last business date that is closed. */
  readonly closedThrough: IsoDate | null
  readonly accounts: Lookup<Account>
  readonly transfers: Lookup<Transfer>
  /** How the holds among the transfers ended. A hold that is not in here is open. */
  readonly endings: Lookup<Ending>
  /** How much of a transfer its reversals took back. */
  readonly reversed: Lookup<bigint>
}

export const isSameAccount = (account: Account, command: AccountCommand): boolean =>
  account.code === command.code &&
  account.normal === command.normal &&
  account.limit === command.limit &&
  account.upper === command.upper

/** Whether the command is the transfer, sent again. How it was linked is no part of what it is. */
export const isSameTransfer = (transfer: Transfer, command: TransferCommand): boolean =>
  transfer.kind === command.kind &&
  transfer.debit === command.debit &&
  transfer.credit === command.credit &&
  (command.amount ?? transfer.released) === transfer.amount &&
  transfer.date === command.date &&
  transfer.pending === command.pending &&
  transfer.expires === command.expires &&
  transfer.code === command.code &&
  transfer.reverses === command.reverses &&
  transfer.why === command.why &&
  transfer.documents.join(' ') === command.documents.join(' ')

export const endingOf = (kind: Kind): Ending | undefined =>
  kind === 'post' || kind === 'void' || kind === 'expire' ? kind : undefined

/** What is wrong with the command whatever the book holds. */
export function refusalOfForm(command: TransferCommand): Refusal | undefined {
  const { amount, kind, pending, expires, date, reverses, why } = command
  const isEnding = endingOf(kind) !== undefined
  if (amount === null && !isEnding) return 'amount_missing'
  if (amount !== null && amount <= 0n) return 'amount_not_positive'
  if (command.debit === command.credit) return 'accounts_are_the_same'
  if (isEnding && pending === null) return 'pending_missing'
  if (!isEnding && pending !== null) return 'pending_unexpected'
  if (expires !== null && kind !== 'pending') return 'expires_unexpected'
  if (expires !== null && expires < date) return 'expires_before_date'
  if (reverses !== null && kind !== 'posted') return 'reversal_not_posted'
  return reverses !== null && why === null ? 'reason_missing' : undefined
}

const ENDED = {
  post: 'pending_already_posted',
  void: 'pending_already_voided',
  expire: 'pending_already_expired',
} as const satisfies Record<Ending, Refusal>

/** Why a hold may not be ended like this. */
export function refusalOfEnding(view: View, command: TransferCommand): Refusal | undefined {
  const hold = view.transfers.get(command.pending ?? '')
  if (hold === undefined) return 'pending_not_found'
  if (hold.kind !== 'pending') return 'pending_is_not_pending'
  if (hold.debit !== command.debit || hold.credit !== command.credit) return 'pending_has_other_accounts'
  const ended = view.endings.get(hold.id)
  if (ended !== undefined) return ENDED[ended]
  if (command.date < hold.date) return 'date_before_pending'
  const isOver = hold.expires !== null && command.date > hold.expires
  if (command.kind === 'expire' && !isOver) return 'pending_not_expired'
  if (command.kind !== 'expire' && isOver) return 'pending_expired'
  if (command.amount === null) return undefined
  if (command.kind === 'post') return command.amount > hold.amount ? 'exceeds_pending_amount' : undefined
  return command.amount === hold.amount ? undefined : 'pending_has_other_amount'
}

/** Why a transfer may not take back another. Reversals may take it back in parts, never more than there was. */
export function refusalOfReversal(view: View, command: TransferCommand): Refusal | undefined {
  const original = view.transfers.get(command.reverses ?? '')
  if (original === undefined) return 'reversed_not_found'
  if (original.kind !== 'posted' && original.kind !== 'post') return 'reversed_moved_nothing'
  if (original.debit !== command.credit || original.credit !== command.debit) return 'reversal_not_mirrored'
  const reversed = (view.reversed.get(original.id) ?? 0n) + (command.amount ?? 0n)
  return reversed > original.amount ? 'exceeds_reversed_amount' : undefined
}

/** The transfer that the command makes, once nothing speaks against it. */
export function transferOf(view: View, command: TransferCommand): Transfer {
  const { id, debit, credit, amount, kind, pending, expires, date, code, reverses, why, documents } = command
  const released = pending === null ? null : (view.transfers.get(pending)?.amount ?? null)
  const whole = amount ?? released ?? cents(0n)
  return {
    id,
    debit,
    credit,
    amount: whole,
    kind,
    pending,
    released,
    expires,
    date,
    code,
    reverses,
    why,
    documents,
  }
}
