import type { Exact } from './schema.ts'

export const exact = (numerator: bigint, denominator = 1n): Exact => ({ numerator, denominator })

/** Halves up; for amounts that are never negative. */
export const roundHalfUp = ({ numerator, denominator }: Exact): bigint =>
  (2n * numerator + denominator) / (2n * denominator)

/**
 * A decimal for reading.
 * @param scale decimal places that one unit of `value` already stands for: 2 shows cents as dollars
 * @returns at least `scale` places, at most six, and `…` where more follow
 */
export function showExact({ numerator, denominator }: Exact, scale: 0 | 2): string {
  const millionths = (numerator * 10n ** BigInt(6 - scale)) / denominator
  const cut = millionths * denominator !== numerator * 10n ** BigInt(6 - scale)
  const digits = millionths.toString().padStart(7, '0')
  const places = cut ? digits.slice(-6) : digits.slice(-6).replace(/0+$/, '').padEnd(scale, '0')
  return `${digits.slice(0, -6)}${places === '' ? '' : `.${places}`}${cut ? '…' : ''}`
}
