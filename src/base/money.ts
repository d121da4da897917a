import { z } from 'zod'

/** Whole U.S. cents, never a float. JSON carries it as a decimal string. */
export const Cents = z
  .string()
  .regex(/^-?\d{1,18}$/, 'wanted: whole cents as a decimal string, such as "125000"')
  .transform(BigInt)
  .brand<'Cents'>()
export type Cents = z.infer<typeof Cents>
export const cents = (n: bigint): Cents => n as Cents
export const dollars = (n: bigint): Cents => cents(n * 100n)

/**
 * Integer division, halves rounded away from zero: the rule of IRS publications for positive amounts.
 * @param divisor never zero
 */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n
  const a = dividend < 0n ? -dividend : dividend
  const b = divisor < 0n ? -divisor : divisor
  const quotient = (2n * a + b) / (2n * b)
  return negative ? -quotient : quotient
}
