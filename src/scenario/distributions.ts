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
    u < atMode ? low + Math.sqrt(u * width * (mode - low)) : high - Math.sqrt((1 - u) * width * (high - mode))
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
  const solve = (u: number, from: number, to: number, start: number) =>
    betaRoot(u, a, b, logBeta, from, to, start)
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
    // Above the middle the upper tail is compared, which keeps its digits.
    const off = u <= 0.5 ? betaBelow(x, a, b, logBeta) - u : 1 - u - betaBelow(1 - x, b, a, logBeta)
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
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
]
const MIDDLE_BOTTOM = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
]
const NEAR_TOP = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
]
const NEAR_BOTTOM = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
]
const FAR_TOP = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
]
const FAR_BOTTOM = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
]
