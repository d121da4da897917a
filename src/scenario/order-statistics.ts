/*
 * Exact order statistics of many numbers, several ranks at once, without sorting: count into equal bins, keep only the
 * bins that hold a wanted rank, and look into those the same way. The numbers are read and never moved.
 */

const BINS = 2048
const FEW = 40

/** Fields of a wanted bin: which, where it begins among what is kept, how many it holds, and how many are below it. */
const BIN = 0
const BEGIN = 1
const SIZE = 2
const BELOW = 3
const WANTED = 4
const NONE = -1

/** Room for the work, used again from call to call; each level of looking closer has its own. */
export class Sieve {
  readonly size: number
  readonly counts = new Int32Array(BINS)
  readonly places: Uint16Array
  readonly kept: Float64Array
  /** Where what is kept of a wanted bin goes next, plus one; 0 for bins that nobody wants. */
  readonly begins = new Int32Array(BINS)
  /** The wanted bins in order, up to `NONE`; there are not more than bins. */
  readonly wanted = new Int32Array((BINS + 1) * WANTED)
  #closer: Sieve | undefined

  constructor(size: number) {
    this.size = size
    this.places = new Uint16Array(size)
    this.kept = new Float64Array(size)
  }

  closer(count: number): Sieve {
    if (this.#closer === undefined || this.#closer.size < count) this.#closer = new Sieve(count)
    return this.#closer
  }
}

/**
 * Writes the numbers of the given ranks (0 for the smallest), which ascend, into `found` from `first` on.
 * @param min the smallest of the first `count` values; @param max the largest
 */
export function orderStatistics(
  values: Float64Array,
  count: number,
  min: number,
  max: number,
  ranks: Int32Array,
  first: number,
  last: number,
  offset: number,
  found: Float64Array,
  sieve: Sieve,
): void {
  if (min === max) {
    found.fill(min, first, last)
    return
  }
  const scale = BINS / (max - min)
  if (!Number.isFinite(scale) || scale === 0) {
    const sorted = values.slice(0, count).sort()
    for (let r = first; r < last; r++) found[r] = sorted[(ranks[r] as number) - offset] as number
    return
  }
  const { counts, places } = sieve
  counts.fill(0)
  for (let i = 0; i < count; i++) {
    let bin = (((values[i] as number) - min) * scale) | 0
    if (bin >= BINS) bin = BINS - 1
    places[i] = bin
    counts[bin] = (counts[bin] as number) + 1
  }
  lookCloser(values, count, ranks, first, last, offset, found, sieve)
}

/** Bins between the two that take what lies outside of a guess. */
export const INNER_BINS = BINS - 2

/**
 * Lays values into bins by a guess of where the wanted ones are, and sums them about a pivot on the way. Any guess will do,
 * since `lookCloser` looks into each bin that holds a wanted rank: a bad one makes that bin a large one.
 */
export function sift(
  values: Float64Array,
  count: number,
  pivot: number,
  low: number,
  scale: number,
  { counts, places }: Sieve,
): { readonly sum: number; readonly squares: number } {
  let sum = 0
  let squares = 0
  counts.fill(0)
  for (let i = 0; i < count; i++) {
    const value = values[i] as number
    const off = value - pivot
    sum += off
    squares += off * off
    const x = (value - low) * scale
    const bin = x >= 0 ? (x < INNER_BINS ? 1 + (x | 0) : BINS - 1) : 0
    places[i] = bin
    counts[bin] = (counts[bin] as number) + 1
  }
  return { sum, squares }
}

/** Finds the numbers of the given ranks after their bins were counted; the arguments are those of `orderStatistics`. */
export function lookCloser(
  values: Float64Array,
  count: number,
  ranks: Int32Array,
  first: number,
  last: number,
  offset: number,
  found: Float64Array,
  sieve: Sieve,
): void {
  const { kept, wanted } = sieve
  chooseBins(ranks, first, last, offset, sieve)
  keepWanted(values, count, sieve)
  let rank = first
  for (let w = 0; wanted[w] !== NONE; w += WANTED) {
    const [begin, size, below] = [
      wanted[w + BEGIN] as number,
      wanted[w + SIZE] as number,
      wanted[w + BELOW] as number,
    ]
    let next = rank + 1
    while (next < last && (ranks[next] as number) < below + size) next++
    if (size <= FEW) {
      sortPart(kept, begin, size)
      for (; rank < next; rank++) found[rank] = kept[begin + (ranks[rank] as number) - below] as number
    } else {
      const part = kept.subarray(begin, begin + size)
      const [min, max] = endsOf(part)
      orderStatistics(part, size, min, max, ranks, rank, next, below, found, sieve.closer(size))
      rank = next
    }
  }
}

/** Lists the bins that hold a wanted rank, and where each begins among what is kept. */
function chooseBins(
  ranks: Int32Array,
  first: number,
  last: number,
  offset: number,
  { counts, wanted, begins }: Sieve,
): void {
  let below = offset
  let begin = 0
  let bin = 0
  let w = 0
  begins.fill(0)
  for (let r = first; r < last; ) {
    const rank = ranks[r] as number
    let size = counts[bin] as number
    while (rank >= below + size) {
      below += size
      size = counts[++bin] as number
    }
    wanted[w + BIN] = bin
    wanted[w + BEGIN] = begin
    wanted[w + SIZE] = size
    wanted[w + BELOW] = below
    begins[bin] = begin + 1
    begin += size
    w += WANTED
    while (r < last && (ranks[r] as number) < below + size) r++
  }
  wanted[w] = NONE
}

function keepWanted(values: Float64Array, count: number, { places, begins, kept }: Sieve): void {
  for (let i = 0; i < count; i++) {
    const bin = places[i] as number
    const place = begins[bin] as number
    if (place === 0) continue
    kept[place - 1] = values[i] as number
    begins[bin] = place + 1
  }
}

/** Sorts by insertion: for so few, that is faster than to call the platform's sort. */
function sortPart(values: Float64Array, begin: number, size: number): void {
  for (let i = begin + 1; i < begin + size; i++) {
    const value = values[i] as number
    let place = i
    for (; place > begin && (values[place - 1] as number) > value; place--)
      values[place] = values[place - 1] as number
    values[place] = value
  }
}

function endsOf(values: Float64Array): readonly [min: number, max: number] {
  let min = values[0] as number
  let max = min
  for (const value of values)
    if (value < min) min = value
    else if (value > max) max = value
  return [min, max]
}
