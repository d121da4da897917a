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

  constructor(draws: number) {
    this.draws = draws
    this.#sieve = new Sieve(draws)
    const wanted = QUANTILES.flatMap((p) => ranksOf(p, draws))
    const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] as number) - (wanted[b] as number))
    this.#ranks = Int32Array.from(order, (i) => wanted[i] as number)
    this.#placeOf = new Int32Array(wanted.length)
    for (const [place, i] of order.entries()) this.#placeOf[i] = place
    this.#found = new Float64Array(wanted.length)
  }

  /** Writes the figure of the values into `out` from `at` on. The sums run in order of draws. */
  write(values: Float64Array, out: Float64Array, at: number): void {
    const n = this.draws
    let sum = 0
    let min = values[0] as number
    let max = min
    for (let i = 0; i < n; i++) {
      const value = values[i] as number
      sum += value
      if (value < min) min = value
      else if (value > max) max = value
    }
    if (min === max && n > 1) {
      writeConstant(min, out, at)
      return
    }
    const mean = sum / n
    out[at] = mean
    out[at + 1] = Math.sqrt(squaresAbout(values, n, mean) / (n - 1) / n)
    orderStatistics(values, n, min, max, this.#ranks, 0, this.#ranks.length, 0, this.#found, this.#sieve)
    for (let q = 0; q < Q; q++) {
      const [low, high, less, more] = [0, 1, 2, 3].map((i) => this.#at(q * RANKS_EACH + i)) as [
        number,
        number,
        number,
        number,
      ]
      const place = (n - 1) * (QUANTILES[q] as number)
      out[at + 2 + q] = low + (place - Math.floor(place)) * (high - low)
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

function squaresAbout(values: Float64Array, n: number, mean: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) {
    const off = (values[i] as number) - mean
    sum += off * off
  }
  return sum
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
