/** A total-order Sobol index, with its standard error by chance alone. */
export interface TotalOrder {
  readonly total: number
  readonly error: number
}

/** The mean and the variance of an outcome over the rows of both matrices. */
export interface Spread {
  readonly mean: number
  readonly variance: number
}

export function spreadOf(a: Float64Array, b: Float64Array): Spread {
  const count = a.length + b.length
  const sum = (values: Float64Array, of: (value: number) => number) =>
    values.reduce((total, value) => total + of(value), 0)
  const mean = (sum(a, (value) => value) + sum(b, (value) => value)) / count
  const squares = (value: number) => (value - mean) * (value - mean)
  return { mean, variance: (sum(a, squares) + sum(b, squares)) / (count - 1) }
}

/**
 * Share of an outcome's variance that would be left if all inputs but one were known: Jansen's estimator, the mean of
 * half the squared change when one input of each row of A is taken from B, over the variance of A and B together.
 * The error is that of a ratio of two means (delta method). The rows must be drawn independently.
 * Source: M. J. W. Jansen, Computer Physics Communications 117 (1999), 35 to 43; A. Saltelli and others, ibid. 181
 * (2010), 259 to 270, table 2 (f).
 * @param a outcome by row of A @param b of B @param swapped of A with the one input from B
 */
export function totalOrder(a: Float64Array, b: Float64Array, swapped: Float64Array): TotalOrder {
  const n = a.length
  const { mean, variance } = spreadOf(a, b)
  if (!(variance > 0)) return { total: Number.NaN, error: Number.NaN }
  const halfSquare = (row: number) => ((a[row] as number) - (swapped[row] as number)) ** 2 / 2
  let sum = 0
  for (let row = 0; row < n; row++) sum += halfSquare(row)
  const total = sum / n / variance
  let squares = 0
  for (let row = 0; row < n; row++) {
    const spread = (((a[row] as number) - mean) ** 2 + ((b[row] as number) - mean) ** 2) / 2
    squares += ((halfSquare(row) - total * spread) / variance) ** 2
  }
  return { total, error: Math.sqrt(squares / (n - 1) / n) }
}
