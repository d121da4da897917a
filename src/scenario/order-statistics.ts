/*
 * Exact order statistics of many numbers, several ranks at once, without sorting: count into equal bins, keep only the
 * bins that hold a wanted rank, and look into those the same way. The numbers are read and never moved.
 */

const BINS = 1024
const FEW = 40

/** Room for the work, used again from call to call; each level of looking closer has its own. */
export class Sieve {
  readonly size: number
  readonly counts = new Int32Array(BINS)
  readonly places: Uint16Array
  readonly kept: Float64Array
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
  if (count <= FEW || !Number.isFinite(scale) || scale === 0) {
    const sorted = count <= FEW ? sortFew(values, count) : values.slice(0, count).sort()
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

const few = new Float64Array(FEW)

/** Sorts by insertion: for so few, that is faster than to call the platform's sort. */
function sortFew(values: Float64Array, count: number): Float64Array {
  for (let i = 0; i < count; i++) {
    const value = values[i] as number
    let place = i
    for (; place > 0 && (few[place - 1] as number) > value; place--) few[place] = few[place - 1] as number
    few[place] = value
  }
  return few
}

/** Where the kept numbers of a wanted bin begin, plus one; 0 for bins that nobody wants. */
const begins = new Int32Array(BINS)

interface WantedBin {
  readonly bin: number
  readonly begin: number
  readonly size: number
  readonly offset: number
  readonly first: number
  readonly last: number
}

function lookCloser(
  values: Float64Array,
  count: number,
  ranks: Int32Array,
  first: number,
  last: number,
  offset: number,
  found: Float64Array,
  sieve: Sieve,
): void {
  const { counts, places, kept } = sieve
  const wanted = wantedBins(counts, ranks, first, last, offset)
  begins.fill(0)
  for (const { bin, begin } of wanted) begins[bin] = begin + 1
  for (let i = 0; i < count; i++) {
    const bin = places[i] as number
    const place = begins[bin] as number
    if (place === 0) continue
    kept[place - 1] = values[i] as number
    begins[bin] = place + 1
  }
  for (const one of wanted) {
    const inside = kept.subarray(one.begin, one.begin + one.size)
    let min = inside[0] as number
    let max = min
    for (let i = 1; i < one.size; i++) {
      const value = inside[i] as number
      if (value < min) min = value
      else if (value > max) max = value
    }
    const closer = one.size <= FEW || min === max ? sieve : sieve.closer(one.size)
    orderStatistics(inside, one.size, min, max, ranks, one.first, one.last, one.offset, found, closer)
  }
}

function wantedBins(
  counts: Int32Array,
  ranks: Int32Array,
  first: number,
  last: number,
  offset: number,
): readonly WantedBin[] {
  const wanted: WantedBin[] = []
  let below = offset
  let begin = 0
  let bin = 0
  for (let r = first; r < last; ) {
    while ((ranks[r] as number) >= below + (counts[bin] as number)) below += counts[bin++] as number
    const size = counts[bin] as number
    const from = r
    while (r < last && (ranks[r] as number) < below + size) r++
    wanted.push({ bin, begin, size, offset: below, first: from, last: r })
    begin += size
  }
  return wanted
}
