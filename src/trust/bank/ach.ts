import { assert, type Cents, cents, err, type IsoDate, ok, type Result } from '../../base/index.ts'
import { TAX_TYPES, TREASURY } from '../data/treasury.ts'
import { type Quarter, readQuarter } from '../liability/days.ts'
import { seal } from './seal.ts'

/** One release to the Treasury: a tax, its period, and the parts that it is made of. */
export interface TaxPayment {
  /** The release that is paid; one release may need several entries. */
  readonly id: string
  readonly tax_type: keyof typeof TAX_TYPES
  readonly quarter: Quarter
  readonly parts: { readonly [part in TaxPart]?: Cents }
}
export type TaxPart = keyof (typeof TAX_TYPES)['94105']['amount_types']

/** Who pays, from which bank, and when the file is made: given, never read from a clock. */
export interface Originator {
  /** Employer identification number, nine digits. */
  readonly ein: string
  /** At most 16 characters are kept in the batch, 23 in the file. */
  readonly name: string
  /** Routing number of the bank that sends the file, nine digits. */
  readonly bank_routing: string
  readonly bank_name: string
  readonly created_on: IsoDate
  /** `HHMM`. */
  readonly created_at: string
  /** Banking day on which the money is to move. */
  readonly effective: IsoDate
  /** A to Z or 0 to 9: which file of its day this is. */
  readonly file_id: string
  /** Number of the first entry, where earlier files used the numbers before it: trace numbers are then unique. */
  readonly first_entry?: number
}

export interface AchEntry {
  readonly payment: string
  readonly trace: string
  readonly amount: Cents
}

export interface AchFile {
  /** Records of 94 characters, each ended by a line feed, padded to blocks of ten. */
  readonly text: string
  readonly entries: readonly AchEntry[]
  readonly total: Cents
}

export interface AchRefused {
  readonly code: 'ach_field_invalid' | 'ach_empty' | 'ach_too_large'
  /** The payment's id, or `originator`. */
  readonly of: string
  readonly field: string
  readonly found: string
  readonly wanted: string
}

/** An amount field has ten digits, a total of the batch twelve. */
const MOST_ENTRY = 99_999_999_99n
const MOST_TOTAL = 9_999_999_999_99n

/**
 * Writes releases to the Treasury as a NACHA file: one CCD batch of credits, each with the TXP addendum that tells the
 * tax, its period and its parts. An amount larger than the format's field becomes several entries.
 * Source: Nacha Operating Rules, appendix three (record formats); EFTPS Financial Institution Handbook (CCD+ with TXP).
 */
export function writeAch(
  originator: Originator,
  payments: readonly TaxPayment[],
): Result<AchFile, AchRefused> {
  const fault = originatorFault(originator) ?? paymentsFault(payments)
  if (fault) return err(fault)
  const slices = payments.flatMap((payment) => sliced(payment).map((parts) => ({ payment, parts })))
  const total = slices.reduce((sum, { parts }) => sum + amountOf(parts), 0n)
  if (total > MOST_TOTAL)
    return err({
      code: 'ach_too_large',
      of: 'file',
      field: 'total',
      found: String(total),
      wanted: `at most ${MOST_TOTAL} cents in one file`,
    })
  const odfi = originator.bank_routing.slice(0, 8)
  const first = originator.first_entry ?? 1
  const entries = slices.map(({ payment, parts }, i) => ({
    payment: payment.id,
    trace: `${odfi}${digits(first + i, 7)}`,
    amount: cents(amountOf(parts)),
    records: entryRecords(originator, payment, parts, first + i),
  }))
  const lines = [
    fileHeader(originator),
    batchHeader(originator),
    ...entries.flatMap((entry) => entry.records),
    ...controls(originator, entries.length, total),
  ]
  while (lines.length % 10 !== 0) lines.push('9'.repeat(94))
  for (const line of lines) assert(line.length === 94, `a record has 94 characters: ${line}`)
  const text = seal(`${lines.join('\n')}\n`)
  return ok({
    text,
    total: cents(total),
    entries: entries.map(({ payment, trace, amount }) => ({ payment, trace, amount })),
  })
}

function originatorFault(from: Originator): AchRefused | undefined {
  const fault = (field: keyof Originator, wanted: string): AchRefused => ({
    code: 'ach_field_invalid',
    of: 'originator',
    field,
    found: String(from[field]),
    wanted,
  })
  if (!/^\d{9}$/.test(from.ein)) return fault('ein', 'nine digits')
  if (
    !/^\d{9}$/.test(from.bank_routing) ||
    checkDigit(from.bank_routing.slice(0, 8)) !== from.bank_routing[8]
  )
    return fault('bank_routing', 'a routing number of nine digits whose last is its check digit')
  for (const field of ['name', 'bank_name'] as const)
    if (!/^[ -~]*[A-Za-z0-9][ -~]*$/.test(from[field]))
      return fault(field, 'plain letters, digits and signs of ASCII')
  if (!/^([01]\d|2[0-3])[0-5]\d$/.test(from.created_at)) return fault('created_at', 'a time as HHMM')
  if (!/^[A-Z0-9]$/.test(from.file_id)) return fault('file_id', 'one of A to Z or 0 to 9')
  const first = from.first_entry ?? 1
  if (!Number.isInteger(first) || first < 1 || first > 9_000_000)
    return fault('first_entry', 'a number from 1 to 9000000')
  if (from.effective < from.created_on) return fault('effective', `a day on or after ${from.created_on}`)
  return undefined
}

function paymentsFault(payments: readonly TaxPayment[]): AchRefused | undefined {
  if (payments.length === 0)
    return { code: 'ach_empty', of: 'file', field: 'payments', found: 'none', wanted: 'at least one release' }
  for (const { id, parts } of payments) {
    const negative = Object.entries(parts).find(([, amount]) => amount < 0n)
    if (negative)
      return {
        code: 'ach_field_invalid',
        of: id,
        field: negative[0],
        found: String(negative[1]),
        wanted: 'an amount of 0 or more',
      }
    if (amountOf(partsOf(parts)) === 0n)
      return { code: 'ach_field_invalid', of: id, field: 'parts', found: '0', wanted: 'an amount above 0' }
  }
  return undefined
}

type Parts = readonly (readonly [type: string, amount: bigint])[]

const partsOf = (parts: TaxPayment['parts']): Parts =>
  Object.entries(TAX_TYPES['94105'].amount_types).map(([part, type]) => [type, parts[part as TaxPart] ?? 0n])

const amountOf = (parts: Parts): bigint => parts.reduce((sum, [, amount]) => sum + amount, 0n)

/** The parts in order, cut into as few slices as the amount field asks; parts of nothing are left out. */
function sliced({ parts }: TaxPayment): readonly Parts[] {
  const slices: [string, bigint][][] = []
  let room = 0n
  for (const [type, amount] of partsOf(parts))
    for (let left = amount; left > 0n; ) {
      if (room === 0n) {
        slices.push([])
        room = MOST_ENTRY
      }
      const part = left > room ? room : left
      slices.at(-1)?.push([type, part])
      left -= part
      room -= part
    }
  return slices
}

const digits = (n: number | bigint, width: number): string => String(n).padStart(width, '0')
/** Letters to the left, blanks after; what does not fit is cut. */
const words = (text: string, width: number): string => text.slice(0, width).padEnd(width)
const yymmdd = (date: IsoDate): string => date.slice(2).replaceAll('-', '')

/** Weights 3, 7, 1 over the first eight digits of a routing number. */
function checkDigit(eight: string): string {
  const sum = [...eight].reduce((total, digit, i) => total + Number(digit) * ([3, 7, 1][i % 3] ?? 0), 0)
  return String((10 - (sum % 10)) % 10)
}

const fileHeader = (from: Originator): string =>
  `101 ${from.bank_routing}1${from.ein}${yymmdd(from.created_on)}${from.created_at}${from.file_id}094101` +
  `${words(from.bank_name, 23)}${words(from.name, 23)}${' '.repeat(8)}`

const batchHeader = (from: Originator): string =>
  `5220${words(from.name, 16)}${' '.repeat(20)}1${from.ein}CCD${TREASURY.entry_description}` +
  `${yymmdd(from.effective)}${yymmdd(from.effective)}   1${from.bank_routing.slice(0, 8)}${digits(1, 7)}`

function entryRecords(
  from: Originator,
  payment: TaxPayment,
  parts: Parts,
  number: number,
): readonly string[] {
  const sequence = digits(number, 7)
  return [
    `622${TREASURY.routing}${words(TREASURY.account, 17)}${digits(amountOf(parts), 10)}${words(from.ein, 15)}` +
      `${words(TREASURY.name, 22)}  1${from.bank_routing.slice(0, 8)}${sequence}`,
    `705${words(txp(from.ein, payment, parts), 80)}0001${sequence}`,
  ]
}

/** The tax period is the year and month in which it ends, with 01 for the day. */
function txp(ein: string, { tax_type, quarter }: TaxPayment, parts: Parts): string {
  const { year, number } = readQuarter(quarter)
  const period = `${digits(year % 100, 2)}${digits(number * 3, 2)}01`
  return `TXP*${ein}*${tax_type}*${period}*${parts.map(([type, amount]) => `${type}*${amount}`).join('*')}\\`
}

/** Batch control and file control: counts, the sum of routing numbers without their check digits, the credits. */
function controls(from: Originator, entries: number, total: bigint): readonly string[] {
  const hash = digits((BigInt(TREASURY.routing.slice(0, 8)) * BigInt(entries)) % 10n ** 10n, 10)
  const blocks = Math.ceil((4 + 2 * entries) / 10)
  const totals = `${hash}${digits(0, 12)}${digits(total, 12)}`
  return [
    `8220${digits(2 * entries, 6)}${totals}1${from.ein}${' '.repeat(25)}${from.bank_routing.slice(0, 8)}${digits(1, 7)}`,
    `9${digits(1, 6)}${digits(blocks, 6)}${digits(2 * entries, 8)}${totals}${' '.repeat(39)}`,
  ]
}
