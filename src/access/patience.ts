/** Beyond so many keys the one that has been quiet longest is forgotten. */
const MOST_KEYS = 50_000

interface Level {
  tries: number
  at: number
}

export interface PatienceOptions {
  /** Tries at once, from a key that has been quiet. */
  readonly tries: number
  /** One try comes back after so many milliseconds. */
  readonly everyMillis: number
}

/** Tries that fill again with time. Nobody is locked out for good, and no number of tries makes the wait longer. */
export class Patience {
  readonly #levels = new Map<string, Level>()
  readonly #options: PatienceOptions

  constructor(options: PatienceOptions) {
    this.#options = options
  }

  /** @returns 0 where a try is left, otherwise the whole seconds until one is */
  waitFor(key: string, at: number): number {
    const left = this.#left(key, at)
    return left >= 1 ? 0 : Math.max(1, Math.ceil(((1 - left) * this.#options.everyMillis) / 1000))
  }

  /** Takes one try. */
  take(key: string, at: number): void {
    const tries = Math.max(0, this.#left(key, at) - 1)
    this.#levels.delete(key)
    this.#levels.set(key, { tries, at })
    if (this.#levels.size > MOST_KEYS) this.#levels.delete(this.#levels.keys().next().value as string)
  }

  /** Gives all tries back: whoever it was, they knew the answer. */
  forgive(key: string): void {
    this.#levels.delete(key)
  }

  #left(key: string, at: number): number {
    const there = this.#levels.get(key)
    if (there === undefined) return this.#options.tries
    return Math.min(this.#options.tries, there.tries + (at - there.at) / this.#options.everyMillis)
  }
}
