import { betaBelow, exp, log, log1m, logBetaOf } from './arithmetic.ts'
import type { Distribution } from './schema.ts'

/** Turns one uniform in (0, 1) into one value: the inverse of the distribution function. */
export type Quantile = (u: number) => number

/** Every kind takes exactly one uniform a draw, `fixed` too, so that a plan that replaces one leaves the others as they are. */
export function quantileOf(distribution: Distribution): Quantile {
  switch (distribution.kind) {
    case 'fixed':
      return () => distribution.value
    case 'uniform':
      return (u) => distribution.low + (distribution.high - distribution.low) * u
    case 'triangular':
      return triangular(distribution.low, distribution.mode, distribution.high)
    case 'beta':
      return beta(distribution.mean, distribution.concentration)
    case 'lognormal':
      return (u) => distribution.median * exp(distribution.sigma * normalQuantile(u))
  }
}

function triangular(low: number, mode: number, high: number): Quantile {
  const width = high - low
  if (width === 0) return () => mode
  const atMode = (mode - low) / width
  return (u) =>
    u < atMode
      ? low + Math.sqrt(u * width * (mode - low))
      : high - Math.sqrt((1 - u) * width * (high - mode))
}

const KNOTS = 256

/**
 * The inverse of the incomplete beta function by Newton's method inside a bracket that bisection keeps. The bracket
 * comes from a table of 255 quantiles, and the value is the root to the last few bits wherever it starts.
 */
function beta(mean: number, concentration: number): Quantile {
  if (mean === 0 || mean === 1) return () => mean
  const a = mean * concentration
  const b = concentration - a
  const logBeta = logBetaOf(a, b)
  const knots = new Float64Array(KNOTS + 1)
  knots[KNOTS] = 1
  const solve = (u: number, from: number, to: number, start: number) => betaRoot(u, a, b, logBeta, from, to, start)
  for (let i = 1; i < KNOTS; i++) knots[i] = solve(i / KNOTS, knots[i - 1] as number, 1, mean)
  return (u) => {
    const cell = Math.min(KNOTS - 1, Math.floor(u * KNOTS))
    const from = knots[cell] as number
    const to = knots[cell + 1] as number
    return solve(u, from, to, from + (to - from) * (u * KNOTS - cell))
  }
}

function betaRoot(
  u: number,
  a: number,
  b: number,
  logBeta: number,
  from: number,
  to: number,
  start: number,
): number {
  let [low, high] = [from, to]
  let x = start > low && start < high ? start : (low + high) / 2
  for (let turn = 0; turn < 200; turn++) {
    const off = betaBelow(x, a, b, logBeta) - u
    if (off === 0) return x
    if (off > 0) high = x
    else low = x
    const density = exp((a - 1) * log(x) + (b - 1) * log1m(x) - logBeta)
    const newton = x - off / density
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= 4e-16 * x || next === x) return next
    x = next
  }
  return x
}

/**
 * The inverse of the standard normal distribution function, to about 1e-16.
 * Source: M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988), pages 477 to 484, function PPND16.
 */
export function normalQuantile(u: number): number {
  const q = u - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * polynomial(r, MIDDLE_TOP)) / polynomial(r, MIDDLE_BOTTOM)
  }
  const tail = q < 0 ? u : 1 - u
  if (tail <= 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const r = Math.sqrt(-log(tail))
  const size =
    r <= 5
      ? polynomial(r - 1.6, NEAR_TOP) / polynomial(r - 1.6, NEAR_BOTTOM)
      : polynomial(r - 5, FAR_TOP) / polynomial(r - 5, FAR_BOTTOM)
  return q < 0 ? -size : size
}

function polynomial(x: number, coefficients: readonly number[]): number {
  let value = 0
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + (coefficients[i] as number)
  return value
}

const MIDDLE_TOP = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
  45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
]
const MIDDLE_BOTTOM = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
  39307.89580009271061, 28729.085735721942674, 5226.495278852854561,
]
const NEAR_TOP = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
  1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
]
const NEAR_BOTTOM = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
]
const FAR_TOP = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
  0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
]
const FAR_BOTTOM = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
]
