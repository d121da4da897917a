import { type Cents, cents } from '../../base/index.ts'

/** An exact amount: `numerator / denominator` cents. The denominator is above zero. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const fraction = (numerator: bigint, denominator = 1n): Fraction => ({ numerator, denominator })

export const plus = (a: Fraction, b: Fraction): Fraction =>
  a.denominator === b.denominator
    ? fraction(a.numerator + b.numerator, a.denominator)
    : fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

export const times = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.numerator, a.denominator * b.denominator)

/** The one rounding of an amount that is never negative: to the cent, halves up. */
export const toCents = ({ numerator, denominator }: Fraction): Cents =>
  cents((2n * numerator + denominator) / (2n * denominator))
