import { expect, test } from 'vitest'
import { betaBelow } from './arithmetic.ts'
import { DEFAULTS, PARAMETER_NAMES } from './defaults.ts'
import { normalQuantile, quantileOf } from './distributions.ts'
import type { Distribution } from './schema.ts'

const US = [1e-12, 1e-6, 0.001, 0.05, 0.25, 0.5, 0.61, 0.75, 0.95, 0.999, 1 - 1e-9]

// Python 3 statistics.NormalDist().inv_cdf.
test.each([
  [1e-10, -6.361340902404056],
  [1e-5, -4.264890793922825],
  [0.001, -3.0902323061678136],
  [0.025, -1.9599639845400536],
  [0.2, -0.8416212335729142],
  [0.5, 0],
  [0.9, 1.2815515655446008],
  [0.99, 2.3263478740408408],
  [0.9999999, 5.199337582290661],
])('the normal quantile of %d', (u, z) => {
  expect(Math.abs(normalQuantile(u) - z)).toBeLessThan(2e-15 * Math.max(1, Math.abs(z)))
})

// Closed forms of the inverse distribution function.
const closed: readonly (readonly [string, Distribution, (u: number) => number])[] = [
  ['fixed', { kind: 'fixed', value: 0.3 }, () => 0.3],
  ['uniform', { kind: 'uniform', low: -2, high: 6 }, (u) => -2 + 8 * u],
  [
    'triangular',
    { kind: 'triangular', low: 0, mode: 0.5, high: 3 },
    (u) => (u < 1 / 6 ? Math.sqrt(1.5 * u) : 3 - Math.sqrt((1 - u) * 7.5)),
  ],
  ['beta(1, 19)', { kind: 'beta', mean: 0.05, concentration: 20 }, (u) => -Math.expm1(Math.log1p(-u) / 19)],
  ['beta(3, 1)', { kind: 'beta', mean: 0.75, concentration: 4 }, (u) => u ** (1 / 3)],
  ['beta(1/2, 1/2)', { kind: 'beta', mean: 0.5, concentration: 1 }, (u) => Math.sin((Math.PI * u) / 2) ** 2],
  [
    'lognormal',
    { kind: 'lognormal', median: 1.5, sigma: 0.5 },
    (u) => 1.5 * Math.exp(0.5 * normalQuantile(u)),
  ],
]
test.each(closed)('%s', (_name, distribution, truth) => {
  const quantile = quantileOf(distribution)
  for (const u of US) {
    const value = truth(u)
    expect(Math.abs(quantile(u) - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value))
  }
})

// scipy 1.17.1, scipy.stats.beta.ppf at 1e-6, 0.05, 0.5 and 0.999.
test.each([
  [0.85, 20, [0.3433314951911572, 0.7041979860249497, 0.8617288378851847, 0.9894593258068536]],
  [0.2, 10, [0.0001667315202174561, 0.041023167506996534, 0.17961961198036097, 0.665109489172104]],
  [0.7, 6, [0.026982265065439673, 0.3787232759838095, 0.7233277406074812, 0.9936860258321529]],
  [0.25, 20, [0.009930898676328294, 0.1099063700051813, 0.24154255027632926, 0.5855661966823218]],
  [0.02, 3, [2.369047807907552e-101, 4.906147082778829e-23, 2.277241242568102e-6, 0.6814460671157743]],
])('beta of mean %d and concentration %d', (mean, concentration, values) => {
  const quantile = quantileOf({ kind: 'beta', mean, concentration })
  for (const [i, u] of [1e-6, 0.05, 0.5, 0.999].entries())
    expect(Math.abs(quantile(u) / (values[i] as number) - 1)).toBeLessThan(1e-11)
})

test('a triangle without width is its mode, a beta of mean 0 or 1 its end', () => {
  expect(quantileOf({ kind: 'triangular', low: 2, mode: 2, high: 2 })(0.7)).toBe(2)
  expect(quantileOf({ kind: 'triangular', low: 2, mode: 2, high: 3 })(0)).toBe(2)
  expect(quantileOf({ kind: 'beta', mean: 0, concentration: 5 })(0.7)).toBe(0)
  expect(quantileOf({ kind: 'beta', mean: 1, concentration: 5 })(0.7)).toBe(1)
})

test.each([
  [0.85, 20],
  [0.2, 10],
  [0.7, 6],
  [0.25, 20],
  [0.02, 3],
])(
  'the beta quantile of mean %d and concentration %d is the inverse of the beta function, and never falls',
  (mean, concentration) => {
    const quantile = quantileOf({ kind: 'beta', mean, concentration })
    let last = 0
    for (let i = 1; i < 4000; i++) {
      const x = quantile(i / 4000)
      expect(x).toBeGreaterThanOrEqual(last)
      expect(
        Math.abs(betaBelow(x, mean * concentration, (1 - mean) * concentration) - i / 4000),
      ).toBeLessThan(1e-12)
      last = x
    }
  },
)

/** Means by the midpoint rule over the quantiles. */
const meanOf = (distribution: Distribution) => {
  const quantile = quantileOf(distribution)
  let sum = 0
  for (let i = 0; i < 20_000; i++) sum += quantile((i + 0.5) / 20_000)
  return sum / 20_000
}
test('the defaults have the means that the model names', () => {
  const means = PARAMETER_NAMES.map((name) => [name, DEFAULTS[name].distribution] as const)
  for (const [name, distribution] of means) {
    if (distribution?.kind === 'beta')
      expect([name, meanOf(distribution)]).toEqual([name, expect.closeTo(distribution.mean, 5)])
    if (distribution?.kind === 'triangular')
      expect(meanOf(distribution)).toBeCloseTo(
        (distribution.low + distribution.mode + distribution.high) / 3,
        5,
      )
  }
  expect(means.filter(([, distribution]) => distribution === undefined).map(([name]) => name)).toEqual([
    'freezeHazard',
    'restoreHazard',
  ])
})
