import { assert } from '../base/index.ts'
import { type Command, MemoryBook } from '../ledger/index.ts'

/** A book in memory as the trust asks it: for a rehearsal, and for tests that hold the store against it. */
export class MemoryLedger extends MemoryBook {
  /** Applies what the room itself made: a refusal would be a mistake of ours. */
  applyOwn(commands: readonly Command[]): void {
    const refused = this.apply(commands).find(({ status }) => status !== 'ok' && status !== 'exists')
    assert(refused === undefined, `the ledger takes what the trust enters: ${refused?.status}`)
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
