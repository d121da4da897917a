/*
 * Chance without a clock. Each draw of a seed has its own xoshiro128** stream, from which come, in this order, the two
 * words of the draw's key and the uniforms of its parameters. The uniforms of months are a function of key and position
 * (a counter), so that each has its value whether or not anyone asks for it, in any order, on any worker.
 */

/** Constants of two published integer mixers: Steele, Lea and Flood (2014), and Wellons' `lowbias32` (2018). */
const GOLDEN = 0x9e3779b9
const MIX_1 = 0x7feb352d
const MIX_2 = 0x846ca68b

export const TWO_TO_24 = 16777216
export const TWO_TO_31 = 2147483648
export const TWO_TO_32 = 4294967296
const TWO_TO_26 = 67108864
const TWO_TO_52 = 4503599627370496

/** xoshiro128** 1.1 of Blackman and Vigna (2018), 32 bits a step. */
export class Xoshiro128 {
  private s0: number
  private s1: number
  private s2: number
  private s3: number

  constructor(s0: number, s1: number, s2: number, s3: number) {
    this.s0 = s0 | 0
    this.s1 = s1 | 0
    this.s2 = s2 | 0
    this.s3 = s3 | 0
  }

  /** A whole number from 0 to 2^32 - 1. */
  next(): number {
    const scrambled = Math.imul(this.s1, 5)
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0
    const t = this.s1 << 9
    this.s2 ^= this.s0
    this.s3 ^= this.s1
    this.s1 ^= this.s2
    this.s0 ^= this.s3
    this.s2 ^= t
    this.s3 = (this.s3 << 11) | (this.s3 >>> 21)
    return result
  }

  /** A float64 strictly between 0 and 1: the middle of one of 2^52 equal cells. */
  uniform(): number {
    const high = this.next() >>> 6
    const low = this.next() >>> 6
    return (high * TWO_TO_26 + low + 0.5) / TWO_TO_52
  }
}

/** The stream of one draw: seed and draw are mixed word by word, as SplitMix does, so that near ones have far streams. */
export function streamOf(seed: number, draw: number): Xoshiro128 {
  let state = 0x243f6a88
  const words: number[] = []
  for (const word of [seed % TWO_TO_32, Math.floor(seed / TWO_TO_32), draw % TWO_TO_32, 0])
    state = mix((state ^ word) + GOLDEN)
  for (let i = 0; i < 4; i++) {
    // Each part enters again, so that no two (seed, draw) share all four words.
    const part = [seed % TWO_TO_32, Math.floor(seed / TWO_TO_32), draw % TWO_TO_32, 1][i] as number
    state = mix(state + GOLDEN)
    words.push(mix(state ^ part))
  }
  const [a = 0, b = 0, c = 0, d = 0] = words
  return new Xoshiro128(a, b, c, (a | b | c | d) === 0 ? 1 : d)
}

function mix(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), MIX_1)
  x = Math.imul(x ^ (x >>> 15), MIX_2)
  return x ^ (x >>> 16)
}

/**
 * The word at a position of a draw, as a signed 32-bit number: its uniform is `(word >>> 0) / 2^32`. For one key no two
 * positions have the same word by more than chance would bring, since each step is one to one.
 */
export function wordAt(position: number, key0: number, key1: number): number {
  let x = (Math.imul(position, GOLDEN) + key0) | 0
  x = Math.imul(x ^ (x >>> 16), MIX_1)
  x = (x ^ (x >>> 15)) + key1
  x = Math.imul(x ^ (x >>> 15), MIX_2)
  x = Math.imul(x ^ (x >>> 16), MIX_1)
  return x ^ (x >>> 15)
}

export const uniformAt = (position: number, key0: number, key1: number): number =>
  (wordAt(position, key0, key1) >>> 0) / TWO_TO_32

/** At most so many measures: their positions begin at 2^31, apart from those of the channels. */
export const MOST_MEASURES = 64

/** Position of `uMeasure[t][m][which]`; months count from 0 here. */
export const measurePosition = (month: number, measure: number, which: number): number =>
  0x80000000 + (month * MOST_MEASURES + measure) * 2 + which

/** Position of `uChannel[t][j][k][which]`; `cells` is jurisdictions times channels, `cell` is j times channels plus k. */
export const channelPosition = (month: number, cells: number, cell: number, which: number): number =>
  (month * cells + cell) * 3 + which

/** Channels whose freeze words share their highest byte's source, so that one look says that nothing happens to any. */
export const CHANNELS_TOGETHER = 4

/** Position of the word that holds the highest bytes of four channels' freeze words, from 2^30 on: apart from all others. */
export const togetherPosition = (month: number, jurisdictions: number, j: number, group: number): number =>
  0x40000000 + (month * jurisdictions + j) * 2 + group

/** The word of `uChannel[t][j][k][0]`: its highest byte from the word of four channels, the others from its own. */
export const freezeWord = (together: number, k: number, own: number): number =>
  ((together >>> (8 * (k % CHANNELS_TOGETHER))) << 24) | (own >>> 8)
