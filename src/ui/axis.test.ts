import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digitsOf, placeLabels, roundTicks } from './axis.ts'

test.each([
  { low: 0, high: 300, ticks: [0, 100, 200, 300] },
  { low: 1.38, high: 2.42, ticks: [1, 1.5, 2, 2.5] },
  { low: -200, high: 0, ticks: [-200, -150, -100, -50, 0] },
  { low: -9e6, high: 1e6, ticks: [-1e7, -5e6, 0, 5e6] },
  { low: 0, high: 0, ticks: [0, 0.25, 0.5, 0.75, 1] },
  { low: 5, high: 5, ticks: [0, 2, 4, 6] },
  { low: Number.NaN, high: 1, ticks: [0] },
])('ticks from $low to $high', ({ low, high, ticks }) => expect(roundTicks(low, high)).toEqual(ticks))

const value = fc.double({ min: -1e13, max: 1e13, noNaN: true }).filter((n) => n === 0 || Math.abs(n) > 1e-6)
test('law: ticks cover the range, are few, even, and never −0', () =>
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const ticks = roundTicks(low, high)
      const size = Math.max(Math.abs(low), Math.abs(high)) * 1e-6
      expect(ticks.length).toBeGreaterThanOrEqual(2)
      expect(ticks.length).toBeLessThanOrEqual(5)
      expect(ticks[0]).toBeLessThanOrEqual(low + size)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - size)
      expect(ticks.some((tick) => Object.is(tick, -0))).toBe(false)
    }),
  ))

test('law: labels keep their order and distance, and stay inside where there is room', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 350 }), { minLength: 1, maxLength: 6 }), (wished) => {
      const placed = placeLabels(wished, 18, 10, 290)
      const order = wished.map((_, i) => i).sort((a, b) => (wished[a] ?? 0) - (wished[b] ?? 0))
      for (const [k, i] of order.entries()) {
        expect(placed[i]).toBeGreaterThanOrEqual(10)
        expect(placed[i]).toBeLessThanOrEqual(290 + 1e-9)
        if (k > 0)
          expect((placed[i] ?? 0) - (placed[order[k - 1] ?? 0] ?? 0)).toBeGreaterThanOrEqual(18 - 1e-9)
      }
    }),
  ))

test('a label alone stays where it wishes to be', () =>
  expect(placeLabels([100, 200], 18, 0, 300)).toEqual([100, 200]))

test.each([
  [1, 0],
  [50, 0],
  [0.5, 1],
  [2.5, 1],
  [0.25, 2],
  [0.02, 2],
])('steps of %d need %d decimals', (step, digits) => expect(digitsOf(step)).toBe(digits))
