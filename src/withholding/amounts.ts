import { type Cents, cents } from '../base/index.ts'
import type { CsvRow } from './csv.ts'
import { LARGEST_CENTS } from './withhold-columns.ts'

export const WANTED_AMOUNT = 'dollars such as 1234.50: digits, at most two decimals, no sign, no comma'

/** Dollars as text to cents; nothing where the text is no amount. Zeros after the second decimal are let pass. */
export function parseAmount(text: string): Cents | undefined {
  const match = /^(\d{1,13})(?:\.(\d{1,2})0*)?$/.exec(text.trim())
  return match ? cents(BigInt(match[1] ?? '0') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'))) : undefined
}

/** Cents, not negative, as dollars with two decimals. */
export const formatAmount = (amount: bigint): string => {
  const digits = amount.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/**
 * Cents at a field, straight from its bytes; 0 for an empty field.
 * @returns -1 for anything but plain digits with at most two decimals, up to `LARGEST_CENTS`
 */
export function centsAt(row: CsvRow, field: number): number {
  const { bytes } = row
  const to = row.to[field] as number
  let i = row.from[field] as number
  if (to - i > 13) return -1
  let n = 0
  for (; i < to; i++) {
    const digit = (bytes[i] as number) - 48
    if (digit < 0 || digit > 9) break
    n = n * 10 + digit
  }
  const rest = to - i
  if (rest === 0) return amountWithin(n * 100)
  if (bytes[i] !== 46 || rest === 1 || rest > 3 || i === row.from[field]) return -1
  const tenths = (bytes[i + 1] as number) - 48
  const hundredths = rest === 3 ? (bytes[i + 2] as number) - 48 : 0
  if (tenths < 0 || tenths > 9 || hundredths < 0 || hundredths > 9) return -1
  return amountWithin(n * 100 + tenths * 10 + hundredths)
}

const amountWithin = (n: number): number => (n <= LARGEST_CENTS ? n : -1)

/** Tells which of a few words a field is, by its bytes. @returns the word's number, or -1 */
export type WordReader = (row: CsvRow, field: number) => number

export function wordReader(words: readonly string[]): WordReader {
  const byLength: { word: number; bytes: Uint8Array }[][] = []
  for (const [word, text] of words.entries()) {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    byLength[bytes.length] = [...(byLength[bytes.length] ?? []), { word, bytes }]
  }
  return (row, field) => {
    const from = row.from[field] as number
    const candidates = byLength[(row.to[field] as number) - from]
    if (candidates === undefined) return -1
    for (let c = 0; c < candidates.length; c++) {
      const { word, bytes } = candidates[c] as { word: number; bytes: Uint8Array }
      let i = 0
      while (i < bytes.length && row.bytes[from + i] === bytes[i]) i++
      if (i === bytes.length) return word
    }
    return -1
  }
}
