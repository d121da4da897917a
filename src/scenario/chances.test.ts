import { expect, test } from 'vitest'
import {
  channelPosition,
  measurePosition,
  streamOf,
  togetherPosition,
  uniformAt,
  wordAt,
  Xoshiro128,
} from './chances.ts'
import { channelUniform } from './freezes.ts'

test('xoshiro128** gives the numbers of its authors’ program for the state 1, 2, 3, 4', () => {
  // Reference xoshiro128starstar.c version 1.1, as also kept in the tests of the Rust crate rand_xoshiro.
  const stream = new Xoshiro128(1, 2, 3, 4)
  expect(Array.from({ length: 10 }, () => stream.next())).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ])
})

test('the uniforms of parameters lie strictly between 0 and 1', () => {
  const lowest = new Xoshiro128(0, 0, 0, 0)
  expect(lowest.uniform()).toBe(0.5 / 2 ** 52)
  const stream = streamOf(1, 0)
  for (let i = 0; i < 10_000; i++) {
    const u = stream.uniform()
    expect(u > 0 && u < 1).toBe(true)
  }
})

test('near seeds and draws have streams of their own', () => {
  const firsts = new Set<number>()
  for (let seed = 0; seed < 60; seed++)
    for (let draw = 0; draw < 60; draw++) {
      const stream = streamOf(seed, draw)
      firsts.add(stream.next() * 2 ** 21 + (stream.next() >>> 11))
    }
  expect(firsts.size).toBe(3600)
  expect(streamOf(2 ** 32, 0).next()).not.toBe(streamOf(0, 0).next())
})

test('no two positions of a month’s chances are one', () => {
  const positions = new Set<number>()
  for (let month = 0; month < 240; month += 239) {
    for (let cell = 0; cell < 306; cell++)
      for (let use = 0; use < 3; use++) positions.add(channelPosition(month, 306, cell, use))
    for (let measure = 0; measure < 64; measure++)
      for (let use = 0; use < 2; use++) positions.add(measurePosition(month, measure, use))
    for (let j = 0; j < 51; j++)
      for (let group = 0; group < 2; group++) positions.add(togetherPosition(month, 51, j, group))
  }
  expect(positions.size).toBe(2 * (306 * 3 + 64 * 2 + 51 * 2))
})

/** (Σ (count - expected)² / expected - degrees) / √(2 degrees): about a standard normal number. */
function chiSquare(counts: ArrayLike<number>, expected: number): number {
  let sum = 0
  for (let i = 0; i < counts.length; i++) sum += ((counts[i] as number) - expected) ** 2 / expected
  const degrees = counts.length - 1
  return (sum - degrees) / Math.sqrt(2 * degrees)
}

// Fixed seeds: these either hold or do not. Five standard deviations are one in three million.
const keysOf = (seed: number, draw: number) => {
  const stream = streamOf(seed, draw)
  return [stream.next() | 0, stream.next() | 0] as const
}

test('uniforms by position fill their cells evenly: alone, beside the next, and beside those of the next draw', () => {
  const n = 1 << 20
  const alone = new Int32Array(1024)
  const neighbours = new Int32Array(1024)
  const draws = new Int32Array(1024)
  const low = new Int32Array(1024)
  const [a0, a1] = keysOf(1, 0)
  const [b0, b1] = keysOf(1, 1)
  const add = (counts: Int32Array, cell: number) => {
    counts[cell] = (counts[cell] as number) + 1
  }
  for (let i = 0; i < n; i++) {
    const u = uniformAt(i, a0, a1)
    add(alone, Math.floor(u * 1024))
    add(neighbours, Math.floor(u * 32) * 32 + Math.floor(uniformAt(i + 3, a0, a1) * 32))
    add(draws, Math.floor(u * 32) * 32 + Math.floor(uniformAt(i, b0, b1) * 32))
    add(low, wordAt(i, a0, a1) & 1023)
  }
  for (const counts of [alone, neighbours, draws, low])
    expect(Math.abs(chiSquare(counts, n / 1024))).toBeLessThan(5)
})

test('uniforms of freezes fill their cells evenly: alone, and each beside those of the other channels of its place', () => {
  const J = 256
  const months = 64
  const alone = new Int32Array(1024)
  const pairs = Array.from({ length: 15 }, () => new Int32Array(256))
  const [a0, a1] = keysOf(2, 5)
  const add = (counts: Int32Array, cell: number) => {
    counts[cell] = (counts[cell] as number) + 1
  }
  for (let month = 0; month < months; month++)
    for (let j = 0; j < J; j++) {
      const us = Array.from({ length: 6 }, (_, k) => channelUniform(month, 6 * J, 6 * j + k, 0, a0, a1))
      for (const u of us) add(alone, Math.floor(u * 1024))
      let pair = 0
      for (let k = 0; k < 6; k++)
        for (let other = 0; other < k; other++)
          add(
            pairs[pair++] as Int32Array,
            Math.floor((us[k] as number) * 16) * 16 + Math.floor((us[other] as number) * 16),
          )
    }
  expect(Math.abs(chiSquare(alone, (6 * J * months) / 1024))).toBeLessThan(5)
  for (const counts of pairs) expect(Math.abs(chiSquare(counts, (J * months) / 256))).toBeLessThan(5)
})

test('one position over many draws fills its cells evenly', () => {
  const n = 1 << 17
  for (const position of [0, 3, 918, measurePosition(5, 1, 0)]) {
    const counts = new Int32Array(256)
    for (let draw = 0; draw < n; draw++) {
      const cell = Math.floor(uniformAt(position, ...keysOf(9, draw)) * 256)
      counts[cell] = (counts[cell] as number) + 1
    }
    expect(Math.abs(chiSquare(counts, n / 256))).toBeLessThan(5)
  }
})

test('a changed bit of a position changes each bit of the word half of the time', () => {
  const n = 20_000
  const [key0, key1] = keysOf(3, 14)
  for (let bit = 0; bit < 32; bit++) {
    const flips = new Int32Array(32)
    for (let i = 0; i < n; i++) {
      const changed = wordAt(i, key0, key1) ^ wordAt(i ^ (1 << bit), key0, key1)
      for (let out = 0; out < 32; out++) flips[out] = (flips[out] as number) + ((changed >>> out) & 1)
    }
    for (const count of flips) expect(Math.abs(count / n - 0.5)).toBeLessThan(0.03)
  }
})
