import { assert, unreachable } from '../base/index.ts'
import { Draft } from './draft.ts'
import {
  endingOf,
  isSameAccount,
  isSameTransfer,
  refusalOfEnding,
  refusalOfForm,
  refusalOfReversal,
  transferOf,
  type View,
} from './judge.ts'
import { breachOf, changeBy, credited, debited } from './limits.ts'
import type { Refusal, Status } from './refusals.ts'
import type {
  Account,
  AccountCommand,
  AccountId,
  CloseCommand,
  Command,
  Transfer,
  TransferCommand,
} from './schema.ts'

export interface Outcome {
  readonly status: Status
  /** The accounts that the command names, as they stand after it: debit, then credit. Unknown ones are left out. */
  readonly accounts: readonly Account[]
}

/** What a batch of commands does to a book. */
export interface Evaluation {
  /** One for each command, in order. */
  readonly outcomes: readonly Outcome[]
  /** New accounts, in order, as they stand after the batch. */
  readonly opened: readonly Account[]
  readonly closed: readonly AccountId[]
  /** New transfers, in order. */
  readonly transfers: readonly Transfer[]
  /** Every account that is not as it was, new ones too. */
  readonly changed: readonly Account[]
}

/**
 * Evaluates commands in order against what the book holds. A refused command changes nothing; a chain of linked
 * commands takes effect as a whole or not at all. Nothing is read but the arguments, and nothing of them is changed.
 */
export function evaluate(view: View, commands: readonly Command[]): Evaluation {
  const draft = new Draft(view)
  const outcomes: Outcome[] = []
  for (let from = 0; from < commands.length; ) {
    const command = commands[from] as Command
    const end = isLinked(command) ? chainEnd(commands, from) : from + 1
    if (isLinked(command))
      for (const outcome of obeyChain(draft, commands.slice(from, end))) outcomes.push(outcome)
    else outcomes.push(outcomeOf(draft, command, obey(draft, command)))
    from = end
  }
  return { outcomes, ...draft.changes() }
}

export const isLinked = (command: Command): boolean => command.op === 'transfer' && command.linked

/** Where the chain that begins at `from` ends: after its first command that is not linked. */
function chainEnd(commands: readonly Command[], from: number): number {
  let end = from + 1
  while (end < commands.length && isLinked(commands[end - 1] as Command)) end += 1
  return end
}

function obeyChain(draft: Draft, chain: readonly Command[]): readonly Outcome[] {
  const inner = new Draft(draft)
  const outcomes: Outcome[] = []
  for (const [i, command] of chain.entries()) {
    const isOpen = i === chain.length - 1 && isLinked(command)
    const status = isOpen ? 'chain_open' : obey(inner, command)
    if (status !== 'ok' && status !== 'exists')
      return chain.map((each, at) => outcomeOf(draft, each, at === i ? status : standing(draft, each)))
    outcomes.push(outcomeOf(inner, command, status))
  }
  draft.absorb(inner)
  return outcomes
}

/** What is said of the others when one of a chain is refused: some may have taken effect in an earlier batch. */
function standing(draft: Draft, command: Command): Status {
  return isThere(draft, command) ? 'exists' : 'chain_refused'
}

function isThere(draft: Draft, command: Command): boolean {
  switch (command.op) {
    case 'account': {
      const account = draft.accounts.get(command.id)
      return account !== undefined && isSameAccount(account, command)
    }
    case 'close':
      return draft.accounts.get(command.id)?.closed === true
    case 'transfer': {
      const transfer = draft.transfers.get(command.id)
      return transfer !== undefined && isSameTransfer(transfer, command)
    }
    default:
      return unreachable(command)
  }
}

function outcomeOf(draft: Draft, command: Command, status: Status): Outcome {
  if (command.op !== 'transfer') return { status, accounts: known(draft.accounts.get(command.id)) }
  const debit = draft.accounts.get(command.debit)
  const credit = draft.accounts.get(command.credit)
  return { status, accounts: debit && credit ? [debit, credit] : [...known(debit), ...known(credit)] }
}

const known = (account: Account | undefined): readonly Account[] => (account === undefined ? [] : [account])

function obey(draft: Draft, command: Command): Status {
  switch (command.op) {
    case 'account':
      return open(draft, command)
    case 'close':
      return close(draft, command)
    case 'transfer':
      return post(draft, command)
    default:
      return unreachable(command)
  }
}

function open(draft: Draft, command: AccountCommand): Status {
  const account = draft.accounts.get(command.id)
  if (account !== undefined) return isSameAccount(account, command) ? 'exists' : 'id_used_with_other_content'
  draft.open(command)
  return 'ok'
}

function close(draft: Draft, { id }: CloseCommand): Status {
  const account = draft.accounts.get(id)
  if (account === undefined) return 'account_not_found'
  if (account.closed) return 'exists'
  if (account.debitsPending > 0n || account.creditsPending > 0n) return 'account_has_holds'
  if (account.debitsPosted !== account.creditsPosted) return 'account_not_zero'
  draft.close(account)
  return 'ok'
}

function post(draft: Draft, command: TransferCommand): Status {
  const existing = draft.transfers.get(command.id)
  if (existing !== undefined)
    return isSameTransfer(existing, command) ? 'exists' : 'id_used_with_other_content'
  const debit = draft.accounts.get(command.debit)
  const credit = draft.accounts.get(command.credit)
  const refusal = refusalOfForm(command) ?? refusalOfPlace(draft, command, debit, credit)
  if (refusal !== undefined) return refusal
  assert(debit && credit, 'a transfer whose accounts are not there is refused')
  const transfer = transferOf(draft, command)
  const change = changeBy(transfer)
  const [debitAfter, creditAfter] = [debited(debit, change), credited(credit, change)]
  const breach = breachOf(debitAfter) ?? breachOf(creditAfter)
  if (breach !== undefined) return breach
  draft.write(transfer, debitAfter, creditAfter)
  return 'ok'
}

/** Why the book, as it stands, cannot take the transfer. */
function refusalOfPlace(
  draft: Draft,
  command: TransferCommand,
  debit: Account | undefined,
  credit: Account | undefined,
): Refusal | undefined {
  if (debit === undefined || credit === undefined) return 'account_not_found'
  if (debit.closed || credit.closed) return 'account_closed'
  if (draft.closedThrough !== null && command.date <= draft.closedThrough) return 'period_closed'
  if (endingOf(command.kind) !== undefined) return refusalOfEnding(draft, command)
  return command.reverses === null ? undefined : refusalOfReversal(draft, command)
}
