/** What happened again and again in a while, told once. */
export interface Told<Key> {
  readonly key: Key
  readonly times: number
  readonly from: number
  readonly until: number
}

interface Waiting<Key> {
  readonly key: Key
  times: number
  readonly from: number
  until: number
}

/** Beyond so many different keys, further ones count under `rest`: a log is not filled from outside. */
const MOST_KEYS = 1_000

/**
 * Counts what anyone can make happen any number of times, so that ten thousand of it are a few lines in the log: the
 * first is told at once, those that follow in the next ten minutes together at their end.
 */
export class Tally<Key> {
  readonly #waiting = new Map<string, Waiting<Key>>()
  readonly #windowMillis: number
  readonly #nameOf: (key: Key) => string
  readonly #rest: Key

  constructor(options: {
    readonly windowMillis: number
    readonly nameOf: (key: Key) => string
    readonly rest: Key
  }) {
    this.#windowMillis = options.windowMillis
    this.#nameOf = options.nameOf
    this.#rest = options.rest
  }

  /** @returns what to tell now: this one, if nothing like it is being counted */
  note(key: Key, at: number): readonly Told<Key>[] {
    const ended = this.end(at)
    const isKnown = this.#waiting.has(this.#nameOf(key))
    const counted = !isKnown && this.#waiting.size >= MOST_KEYS ? this.#rest : key
    const there = this.#waiting.get(this.#nameOf(counted))
    if (there !== undefined) {
      there.times++
      there.until = at
      return ended
    }
    this.#waiting.set(this.#nameOf(counted), { key: counted, times: 0, from: at, until: at })
    return [...ended, { key: counted, times: 1, from: at, until: at }]
  }

  /** @returns what was counted in windows that are over; all of them where `at` is infinite */
  end(at: number): readonly Told<Key>[] {
    const over = [...this.#waiting].filter(([, one]) => at - one.from >= this.#windowMillis)
    for (const [name] of over) this.#waiting.delete(name)
    return over.flatMap(([, one]) => (one.times > 0 ? [{ ...one }] : []))
  }
}
