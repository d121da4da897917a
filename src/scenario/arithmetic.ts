/*
 * Elementary functions from the four operations and the square root alone, which IEEE 754 fixes to the last bit.
 * Math.exp and Math.log may differ between engines and versions; a run must not.
 */

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const SQRT_HALF = Math.SQRT1_2
const LARGEST_ARGUMENT = 709.782712893384
const SMALLEST_ARGUMENT = -745.2

const bits = new DataView(new ArrayBuffer(8))

/** 1 / k! for k from 0 to 14; the next term is below 1e-19 where |x| is at most half of ln 2. */
const ONE_OVER_FACTORIAL = Float64Array.from({ length: 15 }, (_, k) => {
  let factorial = 1
  for (let i = 2; i <= k; i++) factorial *= i
  return 1 / factorial
})

/** 2 to a whole power between -1022 and 1023, exactly. */
function powerOfTwo(power: number): number {
  bits.setUint32(0, (power + 1023) << 20)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}

/** e to the x, to about one unit in the last place: x = n ln 2 + r, and the Taylor series of e to the r. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > LARGEST_ARGUMENT) return Number.POSITIVE_INFINITY
  if (x < SMALLEST_ARGUMENT) return 0
  const n = Math.round(x * Math.LOG2E)
  const r = x - n * LN2_HIGH - n * LN2_LOW
  let sum = 0
  for (let k = ONE_OVER_FACTORIAL.length - 1; k >= 0; k--) sum = sum * r + (ONE_OVER_FACTORIAL[k] as number)
  const half = Math.floor(n / 2)
  return sum * powerOfTwo(half) * powerOfTwo(n - half)
}

/** The natural logarithm, to about one unit in the last place: x = m 2^n, and 2 artanh((m - 1) / (m + 1)). */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  let n = 0
  let m = x
  if (m < 2.2250738585072014e-308) {
    m *= 2 ** 54
    n = -54
  }
  bits.setFloat64(0, m)
  const high = bits.getUint32(0)
  n += (high >>> 20) - 1022
  bits.setUint32(0, (high & 0x000fffff) | (1022 << 20))
  m = bits.getFloat64(0)
  if (m < SQRT_HALF) {
    m *= 2
    n -= 1
  }
  const s = (m - 1) / (m + 1)
  const square = s * s
  let series = 0
  for (let k = 23; k >= 3; k -= 2) series = square * (1 / k + series)
  return n * LN2_HIGH + (2 * s + (2 * s * series + n * LN2_LOW))
}

/** The chance that an event of this rate a month happens in a month. */
export const chanceOfRate = (rate: number): number => 1 - exp(-rate)

/** Lanczos' approximation with g = 7 and nine terms (Godfrey's coefficients), to about 1e-15 for x of 0.5 and above. */
const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]
const HALF_LOG_2_PI = 0.9189385332046727

/** The logarithm of the gamma function of a positive number. */
export function logGamma(x: number): number {
  if (x < 0.5) return logGamma(x + 1) - log(x)
  const z = x - 1
  let sum = LANCZOS[0] as number
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (z + i)
  const t = z + 7.5
  return HALF_LOG_2_PI + (z + 0.5) * log(t) - t + log(sum)
}

/**
 * The regularized incomplete beta function: the chance that beta(a, b) is at most x.
 * Its continued fraction (DLMF 8.17.22) by Lentz's method, on the side where it converges fast.
 */
export function betaBelow(x: number, a: number, b: number, logBeta = logBetaOf(a, b)): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = exp(a * log(x) + b * log1m(x) - logBeta)
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

export const logBetaOf = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** log(1 - x) without loss where x is small. */
export function log1m(x: number): number {
  const rest = 1 - x
  return rest === 1 ? -x : (log(rest) * x) / (1 - rest)
}

const TINY = 1e-300

function betaFraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) < 3e-16) break
  }
  return fraction
}
