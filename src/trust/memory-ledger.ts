import { assert } from '../base/index.ts'
import {
  type Account,
  type Command,
  type Ending,
  evaluate,
  type Status,
  type Transfer,
} from '../ledger/index.ts'

/** The ledger's own rules over a book in memory: for a rehearsal, and for tests that hold the store against it. */
export class MemoryLedger {
  readonly accounts = new Map<string, Account>()
  readonly transfers = new Map<string, Transfer>()
  private readonly endings = new Map<string, Ending>()
  private readonly reversed = new Map<string, bigint>()

  apply(commands: readonly Command[]): readonly Status[] {
    const view = {
      closedThrough: null,
      accounts: this.accounts,
      transfers: this.transfers,
      endings: this.endings,
      reversed: this.reversed,
    }
    const { outcomes, changed, transfers } = evaluate(view, commands)
    for (const account of changed) this.accounts.set(account.id, account)
    for (const transfer of transfers) {
      this.transfers.set(transfer.id, transfer)
      const { kind, pending } = transfer
      if (pending !== null && (kind === 'post' || kind === 'void' || kind === 'expire'))
        this.endings.set(pending, kind)
    }
    return outcomes.map(({ status }) => status)
  }

  /** Applies what the room itself made: a refusal would be a mistake of ours. */
  applyOwn(commands: readonly Command[]): void {
    const refused = this.apply(commands).find((status) => status !== 'ok' && status !== 'exists')
    assert(refused === undefined, `the ledger takes what the trust enters: ${refused}`)
  }

  /** Sum over accounts whose id begins so, on their normal side. */
  balance(prefix: string): bigint {
    let sum = 0n
    for (const { id, normal, debitsPosted, creditsPosted } of this.accounts.values())
      if (id === prefix || id.startsWith(`${prefix}:`))
        sum += normal === 'debit' ? debitsPosted - creditsPosted : creditsPosted - debitsPosted
    return sum
  }

  /** What open holds keep on accounts whose id begins so. */
  held(prefix: string): bigint {
    let sum = 0n
    for (const { id, debitsPending } of this.accounts.values())
      if (id === prefix || id.startsWith(`${prefix}:`)) sum += debitsPending
    return sum
  }
}
