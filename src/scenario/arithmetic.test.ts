import { expect, test } from 'vitest'
import { betaBelow, exp, log, log1m, logGamma } from './arithmetic.ts'

/** The platform's functions are not the same everywhere, but they are all close to the truth. */
const near = (mine: number, theirs: number, relative = 4e-16) =>
  expect(Math.abs(mine - theirs)).toBeLessThanOrEqual(relative * Math.max(Math.abs(theirs), 1e-300))

test('exp agrees with the platform over its whole range', () => {
  for (let x = -700; x <= 700; x += 0.37) near(exp(x), Math.exp(x))
  for (const x of [1e-300, -1e-17, 1e-9, 0.1, -0.34657, 0.34658]) near(exp(x), Math.exp(x))
  expect([exp(0), exp(-800), exp(800), exp(Number.NaN)]).toEqual([1, 0, Number.POSITIVE_INFINITY, Number.NaN])
})

test('log agrees with the platform over its whole range', () => {
  for (let x = 1e-300; x < 1e300; x *= 7.3) near(log(x), Math.log(x))
  for (let x = 0.5; x < 2; x += 0.00137) near(log(x), Math.log(x))
  near(log(5e-324), Math.log(5e-324))
  expect([log(1), log(0), log(-1)]).toEqual([0, Number.NEGATIVE_INFINITY, Number.NaN])
})

test('log1m keeps small numbers', () => {
  for (const x of [1e-20, 1e-12, 1e-5, 0.3, 0.9]) near(log1m(x), Math.log1p(-x), 1e-15)
})

test('logGamma is the log of the factorial', () => {
  let factorial = 1
  for (let n = 1; n <= 20; n++) {
    factorial *= n
    near(logGamma(n + 1), Math.log(factorial), n < 3 ? 1 : 1e-14)
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14)
  // mpmath 1.3, 40 digits.
  expect(logGamma(0.05)).toBeCloseTo(2.96887920105173, 12)
})

// DLMF 8.17.5: for whole a and b, the chance of at least a of a + b - 1 trials.
test.each([
  [1, 19],
  [4, 4],
  [6, 4],
  [17, 3],
  [2, 8],
])('the incomplete beta function of %d and %d is a binomial sum', (a, b) => {
  const n = a + b - 1
  for (const x of [0.001, 0.05, 0.3, 0.5, 0.77, 0.99]) {
    let sum = 0
    for (let k = a; k <= n; k++) {
      let choose = 1
      for (let i = 1; i <= k; i++) choose = (choose * (n - k + i)) / i
      sum += choose * x ** k * (1 - x) ** (n - k)
    }
    near(betaBelow(x, a, b), sum, 1e-12)
  }
})

test('the incomplete beta function at the ends', () => {
  expect([betaBelow(0, 2, 3), betaBelow(1, 2, 3)]).toEqual([0, 1])
})
