import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FIGURE_SIZE, figureAt, Summariser } from './figures.ts'
import { orderStatistics, Sieve } from './order-statistics.ts'

const anyValue = fc.oneof(
  { weight: 3, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }) },
  fc.constant(0),
  fc.constantFrom(1e-300, -1e300, 1e15, 3, 3 + 1e-15),
)
const anyColumn = fc
  .tuple(fc.array(anyValue, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 60 }))
  .map(([values, times]) =>
    Float64Array.from({ length: values.length * times }, (_, i) => {
      const value = values[i % values.length] as number
      return i % 3 === 0 ? value : value * (1 + i * 1e-7)
    }),
  )

test('law: each rank has what sorting would put there, and the values stay where they are', () => {
  fc.assert(
    fc.property(
      anyColumn,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
      (values, shares) => {
        const before = values.slice()
        const sorted = values.slice().sort()
        const ranks = Int32Array.from(shares, (share) => Math.floor(share * (values.length - 1))).sort()
        const found = new Float64Array(ranks.length)
        const [min, max] = [sorted[0] as number, sorted[sorted.length - 1] as number]
        orderStatistics(
          values,
          values.length,
          min,
          max,
          ranks,
          0,
          ranks.length,
          0,
          found,
          new Sieve(values.length),
        )
        expect(values).toEqual(before)
        for (const [i, rank] of ranks.entries()) expect(found[i] === sorted[rank]).toBe(true)
      },
    ),
  )
})

function figureFrom(values: Float64Array) {
  const out = new Float64Array(FIGURE_SIZE)
  new Summariser(values.length).write(values, out, 0)
  return figureAt(out, 0)
}

// R: quantile(c(3,1,4,1,5,9,2,6), c(.05,.25,.5,.75,.95)), mean, sd / sqrt(8).
test('a figure of eight draws, by hand', () => {
  const figure = figureFrom(Float64Array.from([3, 1, 4, 1, 5, 9, 2, 6]))
  expect(figure.mean).toBe(3.875)
  expect(figure.mean_error).toBeCloseTo(Math.sqrt(52.875 / 7 / 8), 14)
  expect([figure.q05, figure.q25, figure.q50, figure.q75, figure.q95]).toEqual([
    1,
    1.75,
    3.5,
    5.25,
    expect.closeTo(7.95, 12),
  ])
})

test('mostly zeros, and all the same', () => {
  const values = new Float64Array(10_000)
  for (let i = 0; i < 300; i++) values[i * 33] = i % 2 === 0 ? 10 + i : -i
  const sorted = values.slice().sort()
  const figure = figureFrom(values)
  expect([figure.q05, figure.q50, figure.q95]).toEqual([0, 0, 0])
  expect(figure.q50_error).toBe(0)
  expect(figure.mean).toBeCloseTo(sorted.reduce((sum, value) => sum + value, 0) / 10_000, 12)
  expect(figureFrom(new Float64Array(50).fill(7))).toMatchObject({
    mean: 7,
    mean_error: 0,
    q05: 7,
    q95_error: 0,
  })
})

test('the error of a quantile is about what theory says', () => {
  // A uniform quantile has standard error √(p (1 - p) / n); the numbers are a fixed permutation of a grid plus jitter.
  const n = 10_000
  const values = Float64Array.from({ length: n }, (_, i) => ((i * 6_700_417) % n) / n)
  const figure = figureFrom(values)
  expect(figure.q50_error).toBeCloseTo(0.5 / 100, 3)
  expect(figure.q05_error).toBeCloseTo(Math.sqrt(0.05 * 0.95) / 100, 3)
})

test('one draw cannot tell its error', () => {
  expect(figureFrom(Float64Array.of(5))).toMatchObject({
    mean: 5,
    mean_error: Number.NaN,
    q50: 5,
    q50_error: Number.NaN,
  })
})
