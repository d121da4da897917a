import { type Cents, cents, err, IsoDate, ok, type Result } from '../base/index.ts'
import { parseAmount, WANTED_AMOUNT } from './amounts.ts'
import { lawOf, YEARS_CARRIED } from './law.ts'
import {
  FILING_STATUSES,
  type Law,
  MARITAL_STATUSES,
  PAY_FREQUENCIES,
  type Paycheck,
  ROUNDINGS,
  type Rounding,
  type W4,
  type WithholdingError,
} from './schema.ts'

const NEW_FORM_COLUMNS = ['filing_status', 'step2_checkbox', 'step3', 'step4a', 'step4b', 'step4c'] as const
const OLD_FORM_COLUMNS = ['marital_status', 'allowances', 'line6_extra'] as const

/** Columns of a file, and options of a command, that say what a paycheck is. */
export const PAYCHECK_COLUMNS = [
  'year',
  'pay_date',
  'pay_frequency',
  'wages',
  'rounding',
  'nonresident_alien',
  ...NEW_FORM_COLUMNS,
  ...OLD_FORM_COLUMNS,
] as const
export type PaycheckColumn = (typeof PAYCHECK_COLUMNS)[number]

export interface TextFault {
  readonly column: PaycheckColumn
  readonly found: string
  readonly wanted: string
}

/**
 * A paycheck from text, as people write it: spaces round a value and capital letters are let pass, amounts have up to
 * 13 digits of dollars, empty steps are zero. The first fault is named by its column.
 * @param textOf  text of a column, empty where there is none
 * @param rounding where the text names none
 * @param yearFrom the column that says the year
 */
export function readPaycheck(
  textOf: (column: PaycheckColumn) => string,
  rounding: Rounding,
  yearFrom: 'year' | 'pay_date',
): Result<{ readonly law: Law; readonly paycheck: Paycheck }, TextFault> {
  const faults: TextFault[] = []
  const text = (column: PaycheckColumn): string => textOf(column).trim()
  const word = (column: PaycheckColumn): string => text(column).toLowerCase()
  function refuse<T>(column: PaycheckColumn, wanted: string, instead: T): T {
    faults.push({ column, found: textOf(column), wanted })
    return instead
  }
  function oneOf<T extends string>(column: PaycheckColumn, words: readonly T[], blank?: T): T {
    if (word(column) === '' && blank !== undefined) return blank
    const known = words.find((candidate) => candidate === word(column))
    return known ?? refuse(column, `one of ${words.join(', ')}`, words[0] as T)
  }
  function money(column: PaycheckColumn, blank?: Cents): Cents {
    if (text(column) === '' && blank !== undefined) return blank
    return parseAmount(text(column)) ?? refuse(column, WANTED_AMOUNT, cents(0n))
  }
  function boolean(column: PaycheckColumn): boolean {
    if (['true', 'yes', '1'].includes(word(column))) return true
    return ['false', 'no', '0', ''].includes(word(column)) ? false : refuse(column, 'true or false', false)
  }
  function nothing(columns: readonly PaycheckColumn[], because: string): void {
    for (const column of columns)
      if (!/^(|false|no|0+(\.0*)?)$/.test(word(column))) refuse(column, `nothing: ${because}`, undefined)
  }
  const zero = cents(0n)

  function newForm(): W4 {
    nothing(OLD_FORM_COLUMNS, 'it belongs to a Form W-4 of 2019 or earlier, and marital_status is empty')
    return {
      form: '2020_or_later',
      filing_status: oneOf('filing_status', FILING_STATUSES),
      step2_checkbox: boolean('step2_checkbox'),
      step3: money('step3', zero),
      step4a: money('step4a', zero),
      step4b: money('step4b', zero),
      step4c: money('step4c', zero),
    }
  }
  function oldForm(): W4 {
    nothing(NEW_FORM_COLUMNS, 'it belongs to a Form W-4 of 2020 or later, and marital_status is filled')
    const allowances = /^\d{1,3}$/.test(text('allowances')) ? Number(text('allowances')) : undefined
    return {
      form: '2019_or_earlier',
      marital_status: oneOf('marital_status', MARITAL_STATUSES),
      allowances: allowances ?? refuse('allowances', 'a whole number of allowances, 0 to 999', 0),
      line6_extra: money('line6_extra', zero),
    }
  }

  const year = yearFrom === 'year' ? readYear(text('year')) : readYearOfDate(text('pay_date'))
  const law = lawOf(year ?? 0)
  const carried = `${YEARS_CARRIED[0]} to ${YEARS_CARRIED.at(-1)}`
  if (!law.ok)
    refuse(yearFrom, yearFrom === 'year' ? `a year from ${carried}` : `a date as YYYY-MM-DD, ${carried}`, 0)
  const paycheck = {
    pay_frequency: oneOf('pay_frequency', PAY_FREQUENCIES),
    wages: money('wages'),
    rounding: oneOf('rounding', ROUNDINGS, rounding),
    nonresident_alien: boolean('nonresident_alien'),
    w4: text('marital_status') === '' ? newForm() : oldForm(),
  }
  const fault = faults[0]
  return law.ok && !fault
    ? ok({ law: law.value, paycheck })
    : err(fault ?? { column: yearFrom, found: '', wanted: carried })
}

const readYear = (text: string): number | undefined => (/^\d{4}$/.test(text) ? Number(text) : undefined)

const readYearOfDate = (text: string): number | undefined =>
  IsoDate.safeParse(text).success ? Number(text.slice(0, 4)) : undefined

/** What `withhold` refuses, by the column that asked for it: the column, the value found, what is wanted. */
export function refusalOf(error: WithholdingError): [PaycheckColumn, string, string] {
  switch (error.code) {
    case 'nonresident_addback_not_carried':
      return [
        'nonresident_alien',
        'true',
        `false: the amounts that ${error.year} adds for nonresident aliens are not carried, only those of ${error.years.join(', ')}`,
      ]
    case 'year_not_carried':
      return ['year', String(error.year), `a year of ${error.years.join(', ')}`]
    case 'amount_negative':
      return [error.field as PaycheckColumn, String(error.found), 'an amount that is not negative']
    case 'allowances_invalid':
      return ['allowances', String(error.found), 'a whole number of allowances']
  }
}
