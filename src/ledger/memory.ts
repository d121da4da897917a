import type { IsoDate } from '../base/index.ts'
import { evaluate, type Outcome } from './evaluate.ts'
import { endingOf, type View } from './judge.ts'
import type { Account, Command, Ending, Transfer } from './schema.ts'

/** A whole book in memory, by the same rules as one in the database: for rehearsals, and for anyone's own use. */
export class MemoryBook implements View {
  closedThrough: IsoDate | null = null
  readonly accounts = new Map<string, Account>()
  readonly transfers = new Map<string, Transfer>()
  readonly endings = new Map<string, Ending>()
  readonly reversed = new Map<string, bigint>()

  /** One outcome for each command, in order; what is refused changes nothing. */
  apply(commands: readonly Command[]): readonly Outcome[] {
    const { outcomes, changed, transfers } = evaluate(this, commands)
    for (const account of changed) this.accounts.set(account.id, account)
    for (const transfer of transfers) this.keep(transfer)
    return outcomes
  }

  private keep(transfer: Transfer): void {
    const { id, kind, pending, reverses, amount } = transfer
    this.transfers.set(id, transfer)
    const ending = endingOf(kind)
    if (ending !== undefined && pending !== null) this.endings.set(pending, ending)
    if (reverses !== null) this.reversed.set(reverses, (this.reversed.get(reverses) ?? 0n) + amount)
  }
}
