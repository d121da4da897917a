import { z } from 'zod'
import { Cents, type ExitCode, type Io, IsoDate, UspsCode } from '../base/index.ts'
import type { TrustRefused } from './store.ts'

/** Options that several commands take. */
export const JSON_FLAG = ['--json', 'print JSON'] as const
export const json = z.boolean().default(false)
export const BOOK_FLAG = ['--book <id>', 'the book; see tenth trust books'] as const
export const ON_FLAG = ['--on <date>', 'the business date (default: the last day of the book)'] as const
export const AS_FLAG = [
  '--as <name>',
  'who acts, in a simulation; real money is signed for in the browser, signed in',
] as const

const WANTED_DAY = 'wanted: a date as YYYY-MM-DD'
export const day = z
  .string(WANTED_DAY)
  .refine((text) => IsoDate.safeParse(text).success, WANTED_DAY)
  .transform((text) => text as IsoDate)
export const book = z.string('wanted: the name of a book').min(1)
export const member = z
  .string('wanted: the postal code of a member')
  .transform((code) => code.toUpperCase())
  .pipe(UspsCode)

const WANTED_DOLLARS = 'wanted: dollars such as 1250 or 1250.75'
/** Dollars and cents, as whole cents. */
export const amount = z
  .string(WANTED_DOLLARS)
  .regex(/^\d{1,13}(\.\d{2})?$/, WANTED_DOLLARS)
  .transform((text) => text.replace(/^(\d+)(?:\.(\d{2}))?$/, (_, whole, part = '00') => `${whole}${part}`))
  .pipe(Cents)

/** US dollars to the cent, as every command prints them: `$24,952.58`, `-$3.00`. */
export const dollarsText = (cents: bigint | string): string => {
  const text = String(cents).replace('-', '').padStart(3, '0')
  const whole = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${String(cents).startsWith('-') ? '-' : ''}$${whole}.${text.slice(-2)}`
}

/** Says what was refused and why, and that nothing moved. */
export function tell(io: Io, isJson: boolean, error: TrustRefused | Told): ExitCode {
  const exit: ExitCode = error.code === 'no_such_book' ? 2 : 1
  const { code, ...facts } = error
  const detail = 'detail' in error ? error.detail : `${WORDS[error.code]} ${factsText(facts)}`.trim()
  if (isJson) io.err(JSON.stringify({ error: { code, detail, ...facts, exit } }))
  else io.err(`tenth trust: ${detail}`)
  return exit
}

/** A refusal of the command line itself. */
export interface Told {
  readonly code: 'sign_in_wanted' | 'unknown_record' | 'agreement_refused' | 'file_refused'
  readonly detail: string
}

const factsText = (facts: object): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}: ${value}.`)
    .join(' ')

const WORDS: Readonly<Record<TrustRefused['code'], string>> = {
  unknown_item: 'There is no such item in the book; nothing moved.',
  item_not_open: 'The item was carried out or withdrawn already; nothing moved.',
  other_content: 'The signature is for other content than the item has; nothing moved.',
  own_item: 'Who prepared an item cannot sign it; nothing moved.',
  signed_already: 'This person has signed the item already; nothing moved.',
  ach_field_invalid: 'The payment file cannot be written; nothing moved.',
  ach_empty: 'There is nothing to pay; nothing moved.',
  ach_too_large: 'The payment is too large for one file; nothing moved.',
  not_held: 'Less than that is held and free; nothing was prepared.',
  nothing_to_move: 'There is nothing to move; nothing was prepared.',
  no_such_member: 'That is no member of the agreement; nothing was prepared.',
  no_such_book: 'There is no such book.',
  book_is_there: 'A book of that name is there already; nothing was changed.',
  book_is_of_other_kind: 'A book of that name holds money of the other kind; the two never share a book.',
  authority_missing:
    'An operating book stands on an enacted law: citation, effective date and opinion of counsel.',
  account_missing: 'Each member of an operating book has a bank account that pays its releases.',
  clock_set_back: 'The book was run for a later day; nothing is dated before it.',
  not_today: 'Real money moves today, not on another day.',
  payday_taken: 'This pay run was taken in for that payday already; nothing moved.',
}
