import { z } from 'zod'
import { type Cents, cents, err, IsoDate, ok, type Result } from '../../base/index.ts'
import { daysBetween } from './days.ts'
import { depositPenalty } from './deposit-penalty.ts'
import { type Fraction, fraction, toCents } from './fraction.ts'
import { interest } from './interest.ts'
import { latePayment } from './late-payment.ts'

export const PENALTY_KINDS = ['deposit', 'late-payment', 'interest'] as const
export type PenaltyKind = (typeof PENALTY_KINDS)[number]

/** Days over which interest is counted at most, and months of lateness, so that no row can take minutes. */
const LONGEST_SPAN = 36_525
const MOST_MONTHS = 1_200

const parsed = <T>(wanted: string, read: (text: string) => T | undefined) =>
  z
    .string()
    .trim()
    .transform((text, context): T => {
      const found = read(text)
      if (found !== undefined) return found
      context.addIssue({ code: 'custom', message: wanted })
      return z.NEVER
    })

const Dollars = parsed(
  'dollars such as 1234.50: digits, at most two decimals, no sign, no comma',
  (text): Cents | undefined => {
    const match = /^(\d{1,13})(?:\.(\d{1,2})0*)?$/.exec(text)
    return match ? cents(BigInt(match[1] ?? '') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'))) : undefined
  },
)

const WANTED_DATE = 'a date as YYYY-MM-DD, from 1900 on'
const readDay = (text: string): IsoDate | undefined => {
  const date = IsoDate.safeParse(text)
  return date.success && date.data >= '1900-01-01' ? date.data : undefined
}
const Day = parsed(WANTED_DATE, readDay)

const Months = parsed(`a whole number of months from 0 to ${MOST_MONTHS}`, (text) =>
  /^\d{1,4}$/.test(text) && Number(text) <= MOST_MONTHS ? Number(text) : undefined,
)

const Rate = parsed(
  'a rate such as 0.07, from 0 to 1, at most eight decimals',
  (text): Fraction | undefined => {
    const match = /^([01])(?:\.(\d{1,8}))?$/.exec(text)
    if (!match) return undefined
    const decimals = match[2] ?? ''
    const rate = fraction(BigInt(`${match[1]}${decimals}`), 10n ** BigInt(decimals.length))
    return rate.numerator <= rate.denominator ? rate : undefined
  },
)

/** An empty field is the same as none. */
const blank = z.literal('').transform(() => undefined)

/** A kind of row: its columns, the one that is added, and its rule. Amounts are rounded once, halves up to the cent. */
export interface PenaltyRow {
  readonly needed: readonly string[]
  readonly optional: readonly string[]
  readonly added: 'penalty' | 'interest'
  readonly price: (texts: Readonly<Record<string, string>>) => Result<Cents, ValueFault>
}

/** What is wrong with a value: the column, what stands there, and what is wanted. */
export interface ValueFault {
  readonly column: string
  readonly found: string
  readonly wanted: string
}

function row<Shape extends z.ZodRawShape>(
  added: PenaltyRow['added'],
  needed: Shape,
  price: (read: z.infer<z.ZodObject<Shape>>) => Result<Fraction, Omit<ValueFault, 'found'>>,
  optional: readonly (string & keyof Shape)[],
): PenaltyRow {
  const schema = z.object(needed)
  return {
    needed: Object.keys(needed).filter((column) => !optional.includes(column)),
    optional,
    added,
    price: (texts) => {
      const read = schema.safeParse(texts)
      const priced = read.success ? price(read.data) : err(firstFault(read.error))
      return priced.ok
        ? ok(toCents(priced.value))
        : err({ ...priced.error, found: texts[priced.error.column] ?? '' })
    },
  }
}

/** A union's own message hides the one of the value in it. */
const firstFault = ({ issues: [issue] }: z.ZodError): Omit<ValueFault, 'found'> => ({
  column: String(issue?.path[0]),
  wanted:
    issue?.code === 'invalid_union' ? (issue.errors.at(-1)?.[0]?.message ?? '') : (issue?.message ?? ''),
})

export const PENALTY_ROWS: Readonly<Record<PenaltyKind, PenaltyRow>> = {
  deposit: row(
    'penalty',
    {
      amount: Dollars,
      due_date: Day,
      deposit_date: Day,
      first_notice_date: z.union([blank, Day]),
      demand_date: z.union([blank, Day]),
    },
    (deposit) => ok(depositPenalty(deposit).penalty),
    ['first_notice_date', 'demand_date'],
  ),
  'late-payment': row(
    'penalty',
    { unpaid_tax: Dollars, months_or_part_months: Months, monthly_rate: z.union([blank, Rate]) },
    (late) => ok(latePayment(late.unpaid_tax, late.months_or_part_months, late.monthly_rate)),
    ['monthly_rate'],
  ),
  interest: row(
    'interest',
    { principal: Dollars, due_date: Day, paid_date: Day, fixed_rate_or_blank: z.union([blank, Rate]) },
    ({ principal, due_date, paid_date, fixed_rate_or_blank }) => {
      const days = daysBetween(due_date, paid_date)
      if (days < 0) return err({ column: 'paid_date', wanted: `a date on or after the due date ${due_date}` })
      if (days > LONGEST_SPAN)
        return err({ column: 'paid_date', wanted: `a date at most 100 years after the due date ${due_date}` })
      const found = interest(principal, due_date, paid_date, fixed_rate_or_blank)
      return found.ok
        ? found
        : err({
            column: 'paid_date',
            wanted: `dates with known rates, or a fixed rate: there is no underpayment rate for ${found.error.quarter}`,
          })
    },
    ['fixed_rate_or_blank'],
  ),
}
