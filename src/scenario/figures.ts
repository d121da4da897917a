import { orderStatistics, Sieve } from './order-statistics.ts'

export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const

/** Names of what is known of each figure over the draws, in the order in which they are kept. */
export const FIGURE_FIELDS = [
  'mean',
  'mean_error',
  'q05',
  'q25',
  'q50',
  'q75',
  'q95',
  'q05_error',
  'q25_error',
  'q50_error',
  'q75_error',
  'q95_error',
] as const
export type FigureField = (typeof FIGURE_FIELDS)[number]
export const FIGURE_SIZE = FIGURE_FIELDS.length

/** One figure over the draws; `_error` is one standard error by chance alone. NaN where one draw cannot tell. */
export type Figure = Readonly<Record<FigureField, number>>

const Q = QUANTILES.length
const RANKS_EACH = 4

/** Summarises columns of one length; holds the room for it. */
export class Summariser {
  readonly draws: number
  readonly #sieve: Sieve
  /** Ascending ranks, and for each quantile the four places among them: below, above, and one standard error away. */
  readonly #ranks: Int32Array
  readonly #placeOf: Int32Array
  readonly #found: Float64Array
  readonly #wanted: Int32Array
  readonly #values: Float64Array
  readonly #rest: Float64Array
  /** Room for a column that is made from two. */
  readonly scratch: Float64Array

  constructor(draws: number) {
    this.draws = draws
    this.#sieve = new Sieve(draws)
    const wanted = QUANTILES.flatMap((p) => ranksOf(p, draws))
    const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] as number) - (wanted[b] as number))
    this.#ranks = Int32Array.from(order, (i) => wanted[i] as number)
    this.#placeOf = new Int32Array(wanted.length)
    for (const [place, i] of order.entries()) this.#placeOf[i] = place
    this.#found = new Float64Array(wanted.length)
    this.#wanted = new Int32Array(wanted.length)
    this.#values = new Float64Array(wanted.length)
    // One place more: the value after the last kept one is written before it is known to be zero.
    this.#rest = new Float64Array(draws + 1)
    this.scratch = new Float64Array(draws)
  }

  /** Writes the figure of the values into `out` from `at` on. The sums run in order of draws. */
  write(values: Float64Array, out: Float64Array, at: number): void {
    const n = this.draws
    const rest = this.#rest
    // Sums about one of the values keep the digits of the variance, and leave a constant as it is.
    const pivot = values[0] as number
    let min = pivot
    let max = pivot
    let sum = 0
    let squares = 0
    let kept = 0
    // Many figures are zero in most draws: the others are set apart.
    for (let i = 0; i < n; i++) {
      const value = values[i] as number
      const off = value - pivot
      sum += off
      squares += off * off
      if (value < min) min = value
      if (value > max) max = value
      rest[kept] = value
      kept += value !== 0 ? 1 : 0
    }
    if (n > 1 && min === max) {
      writeConstant(min, out, at)
      return
    }
    const mean = pivot + sum / n
    const aboutMean = Math.max(0, squares - (sum * sum) / n)
    out[at] = mean
    out[at + 1] = Math.sqrt(aboutMean / (n - 1) / n)
    this.#findRanks(kept, kept < n && min < 0 ? this.#negatives(kept) : 0, min, max)
    this.#writeQuantiles(out, at)
  }

  #negatives(kept: number): number {
    const rest = this.#rest
    let count = 0
    for (let i = 0; i < kept; i++) if ((rest[i] as number) < 0) count++
    return count
  }

  /** Ranks among the zeros are known; the others are looked for among the `kept` values, `below` of them negative. */
  #findRanks(kept: number, below: number, min: number, max: number): void {
    const zeros = this.draws - kept
    const [ranks, wanted, values] = [this.#ranks, this.#wanted, this.#values]
    if (zeros === 0) {
      orderStatistics(this.#rest, kept, min, max, ranks, 0, ranks.length, 0, this.#found, this.#sieve)
      return
    }
    let count = 0
    for (const rank of ranks)
      if (rank < below) wanted[count++] = rank
      else if (rank >= below + zeros) wanted[count++] = rank - zeros
    if (count > 0) orderStatistics(this.#rest, kept, min, max, wanted, 0, count, 0, values, this.#sieve)
    let next = 0
    for (let r = 0; r < ranks.length; r++) {
      const rank = ranks[r] as number
      this.#found[r] = rank >= below && rank < below + zeros ? 0 : (values[next++] as number)
    }
  }

  #writeQuantiles(out: Float64Array, at: number): void {
    const n = this.draws
    for (let q = 0; q < Q; q++) {
      const low = this.#at(q * RANKS_EACH)
      const place = (n - 1) * (QUANTILES[q] as number)
      out[at + 2 + q] = low + (place - Math.floor(place)) * (this.#at(q * RANKS_EACH + 1) - low)
      const [less, more] = [this.#at(q * RANKS_EACH + 2), this.#at(q * RANKS_EACH + 3)]
      out[at + 2 + Q + q] = n > 1 ? (more - less) / 2 : Number.NaN
    }
  }

  #at(wanted: number): number {
    return this.#found[this.#placeOf[wanted] as number] as number
  }
}

/**
 * Hyndman and Fan's type 7 lies between two ranks. The number of draws below a quantile is binomial, so that the order
 * statistics one standard deviation of it away stand about one standard error from the quantile.
 */
function ranksOf(p: number, n: number): readonly number[] {
  const inside = (rank: number) => Math.max(0, Math.min(n - 1, rank))
  const place = (n - 1) * p
  const spread = Math.sqrt(n * p * (1 - p))
  return [
    Math.floor(place),
    inside(Math.floor(place) + 1),
    inside(Math.floor(place - spread)),
    inside(Math.ceil(place + spread)),
  ]
}

/** Every draw has the same value: nothing is left to chance. */
export function writeConstant(value: number, out: Float64Array, at: number): void {
  out.fill(value, at, at + FIGURE_SIZE)
  out[at + 1] = 0
  out.fill(0, at + 2 + Q, at + FIGURE_SIZE)
}

export function figureAt(figures: Float64Array, at: number): Figure {
  return Object.fromEntries(FIGURE_FIELDS.map((field, i) => [field, figures[at + i]])) as Figure
}

/** A share of draws, with its standard error. */
export interface Probability {
  readonly probability: number
  readonly error: number
}

export function probabilityOf(count: number, draws: number): Probability {
  const probability = count / draws
  return { probability, error: Math.sqrt((probability * (1 - probability)) / draws) }
}
