import { INNER_BINS, lookCloser, Sieve, sift } from './order-statistics.ts'

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

/** So many of the first draws say whether one value is so common that it is worth to set it apart. */
const LOOKED_AT = 32
const CANDIDATES = 4

/**
 * Summarises columns of one length; holds the room for it. A column that comes again month after month has a slot: where
 * its figures stood the last time says where to look for them. That changes how fast they are found, and nothing else.
 */
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
  readonly #low: Float64Array
  readonly #scale: Float64Array
  /** Room for a column that is made from two. */
  readonly scratch: Float64Array

  constructor(draws: number, slots = 1) {
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
    // One place more: the value after the last kept one is written before it is known to be the common one.
    this.#rest = new Float64Array(draws + 1)
    this.#low = new Float64Array(slots)
    this.#scale = new Float64Array(slots)
    this.scratch = new Float64Array(draws)
  }

  /** Writes the figure of the values into `out` from `at` on. The sums run in order of draws. */
  write(values: Float64Array, out: Float64Array, at: number, slot = 0): void {
    const n = this.draws
    const common = commonOf(values)
    // Sums about one of the values keep the digits of the variance.
    const pivot = common ?? (values[0] as number)
    const rest = common === undefined ? values : this.#rest
    const kept = common === undefined ? n : keepOthers(values, common, this.#rest)
    if (n > 1 && kept === 0) {
      writeConstant(pivot, out, at)
      return
    }
    const { sum, squares } = sift(
      rest,
      kept,
      pivot,
      this.#low[slot] as number,
      this.#scale[slot] as number,
      this.#sieve,
    )
    out[at] = pivot + sum / n
    out[at + 1] = Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1) / n)
    this.#findRanks(rest, kept, pivot, slot)
    this.#writeQuantiles(out, at)
  }

  /** Ranks among the common value are known; the others are looked for among the `kept` values. */
  #findRanks(rest: Float64Array, kept: number, common: number, slot: number): void {
    const [ranks, wanted, values] = [this.#ranks, this.#wanted, this.#values]
    const times = this.draws - kept
    const below = times > 0 ? countBelow(rest, kept, common) : 0
    let count = 0
    for (const rank of ranks)
      if (rank < below) wanted[count++] = rank
      else if (rank >= below + times) wanted[count++] = rank - times
    if (count > 0) {
      lookCloser(rest, kept, wanted, 0, count, 0, values, this.#sieve)
      this.#lookNextTime(values[0] as number, values[count - 1] as number, slot)
    }
    let next = 0
    for (let r = 0; r < ranks.length; r++) {
      const rank = ranks[r] as number
      this.#found[r] = rank >= below && rank < below + times ? common : (values[next++] as number)
    }
  }

  /** The next month's quantiles are most often near: fine bins a little beyond the outermost ones of this month. */
  #lookNextTime(lowest: number, highest: number, slot: number): void {
    const beyond = (highest - lowest) / 2
    const scale = INNER_BINS / (highest - lowest + 2 * beyond)
    this.#low[slot] = lowest - beyond
    this.#scale[slot] = Number.isFinite(scale) ? scale : 0
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

/** A value that at least a quarter of the first draws have: nothing happens in most draws of many a month. */
function commonOf(values: Float64Array): number | undefined {
  const looked = Math.min(LOOKED_AT, values.length)
  for (let candidate = 0; candidate < Math.min(CANDIDATES, looked); candidate++) {
    let times = 0
    for (let i = 0; i < looked; i++) times += values[i] === values[candidate] ? 1 : 0
    if (4 * times >= looked) return values[candidate]
  }
  return undefined
}

/** Sets all but the common value apart, in their order and without a branch; gives their number. */
function keepOthers(values: Float64Array, common: number, rest: Float64Array): number {
  let kept = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    rest[kept] = value
    kept += Number(value !== common)
  }
  return kept
}

function countBelow(values: Float64Array, count: number, bound: number): number {
  let below = 0
  for (let i = 0; i < count; i++) below += Number((values[i] as number) < bound)
  return below
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
