import { Patience } from './patience.ts'

export interface Attempt {
  /** The asker's address, a whole network where one subscriber has one. */
  readonly network: string
  /** Stands for the account that is named, whether it is there or not. */
  readonly account: string
  /** A browser in which this account has signed in before. */
  readonly device?: string | undefined
}

/**
 * Who may try, before any work is done for it. A network has thirty tries, then six a minute. An account has ten from
 * browsers that it was never used in, all of them together, then one a minute; a browser that it was used in has ten
 * of its own, so that strangers who try an account do not keep its owner out (OWASP: device cookies). Passkeys and
 * the provider do not pass here.
 */
export class Guard {
  readonly #networks = new Patience({ tries: 30, everyMillis: 10_000 })
  readonly #accounts = new Patience({ tries: 10, everyMillis: 60_000 })
  readonly #challenges = new Patience({ tries: 30, everyMillis: 2_000 })

  /** @returns 0 when it may be tried, which takes a try, otherwise the seconds to wait */
  admit(attempt: Attempt, at: number): number {
    const wait = Math.max(
      this.#networks.waitFor(attempt.network, at),
      this.#accounts.waitFor(accountKey(attempt), at),
    )
    if (wait > 0) return wait
    this.#networks.take(attempt.network, at)
    this.#accounts.take(accountKey(attempt), at)
    return 0
  }

  /** The password was right: this browser's earlier mistakes do not count. */
  forgive(attempt: Attempt): void {
    this.#accounts.forgive(accountKey(attempt))
  }

  /** For what names no account: a one-time link, a code, a passkey's challenge. */
  admitChallenge(network: string, at: number): number {
    const wait = this.#challenges.waitFor(network, at)
    if (wait === 0) this.#challenges.take(network, at)
    return wait
  }
}

const accountKey = ({ account, device }: Attempt): string =>
  device === undefined ? account : `${device} ${account}`
