import { assert, type Cents, cents, divideHalfUp } from '../base/index.ts'
import type { Figure, Unit } from './schema.ts'

/** US cents in one of a money unit; absent for units that are not US dollars of the day. */
const CENTS_PER: Partial<Record<Unit, bigint>> = {
  usd: 100n,
  usd_thousands: 100_000n,
  usd_millions: 100_000_000n,
  usd_billions: 100_000_000_000n,
  usd_per_person: 100n,
}

/** A decimal as whole number of its last place: `-12.5` is -125 tenths. */
export function parseDecimal(text: string): { readonly digits: bigint; readonly scale: bigint } {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  assert(whole !== '', `${text} is a decimal`)
  return { digits: BigInt(`${sign}${whole}${fraction}`), scale: 10n ** BigInt(fraction.length) }
}

/** A money value in whole cents; parts of a cent are rounded half up (only derived rows have any). */
export function toCents(value: string, unit: Unit): Cents {
  const factor = CENTS_PER[unit]
  assert(factor !== undefined, `${unit} is money`)
  const { digits, scale } = parseDecimal(value)
  return cents(divideHalfUp(digits * factor, scale))
}

export const isMoney = (unit: Unit): boolean => CENTS_PER[unit] !== undefined

export const centsOf = (figure: Pick<Figure, 'value' | 'unit'>): Cents => toCents(figure.value, figure.unit)

/** A count (persons, employees) as a whole number. */
export function countOf(figure: Pick<Figure, 'value' | 'unit'>): bigint {
  const { digits, scale } = parseDecimal(figure.value)
  assert(digits % scale === 0n, `${figure.value} ${figure.unit} is a whole number`)
  return digits / scale
}

/** `part` divided by `whole`, as a float for showing. */
export const shareOf = (part: bigint, whole: bigint): number => Number(part) / Number(whole)
