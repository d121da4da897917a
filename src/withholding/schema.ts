import { z } from 'zod'
import type { Cents } from '../base/index.ts'
import { PAY_PERIODS } from './data/years.ts'

export type PayFrequency = keyof typeof PAY_PERIODS
export const PAY_FREQUENCIES = Object.keys(PAY_PERIODS) as readonly PayFrequency[]

/** `married_filing_jointly` includes a qualifying surviving spouse; `single_or_mfs` includes married filing separately. */
export const FILING_STATUSES = ['single_or_mfs', 'married_filing_jointly', 'head_of_household'] as const
export type FilingStatus = (typeof FILING_STATUSES)[number]

/** Box 3 of a Form W-4 from 2019 or earlier; "married, but withhold at higher single rate" is `single`. */
export const MARITAL_STATUSES = ['single', 'married'] as const
export type MaritalStatus = (typeof MARITAL_STATUSES)[number]

/** What the tax of a pay period is rounded to, halves up; `dime` is how the IRS prints its daily wage bracket tables. */
export const ROUNDINGS = ['cent', 'dime', 'dollar'] as const
export type Rounding = (typeof ROUNDINGS)[number]

export const SCHEDULES = ['standard', 'step2_checkbox'] as const
export type Schedule = (typeof SCHEDULES)[number]

/** Form W-4 of 2020 or later. Steps 3, 4(a) and 4(b) are amounts a year; step 4(c) is an amount a pay period. */
export interface W4Of2020OrLater {
  readonly form: '2020_or_later'
  readonly filing_status: FilingStatus
  readonly step2_checkbox: boolean
  readonly step3: Cents
  readonly step4a: Cents
  readonly step4b: Cents
  readonly step4c: Cents
}

/** Form W-4 of 2019 or earlier. */
export interface W4Of2019OrEarlier {
  readonly form: '2019_or_earlier'
  readonly marital_status: MaritalStatus
  readonly allowances: number
  readonly line6_extra: Cents
}

export type W4 = W4Of2020OrLater | W4Of2019OrEarlier
export type FormW4 = W4['form']

/** One payment of regular wages: what income tax is figured from. */
export interface Paycheck {
  readonly wages: Cents
  readonly pay_frequency: PayFrequency
  readonly rounding: Rounding
  readonly nonresident_alien?: boolean
  readonly w4: W4
}

/** An exact amount: `numerator / denominator` cents, or a bare number where the line says so. */
export interface Exact {
  readonly numerator: bigint
  /** Always positive. */
  readonly denominator: bigint
}

/** A line of Worksheet 1A by its number on the worksheet, with its exact value and how it is shown. */
export interface Step {
  readonly line: string
  readonly label: string
  readonly value: Exact
  /** Decimal, dollars or the bare number; `…` where it was cut after six places. */
  readonly shown: string
}

export interface Withholding {
  readonly tax: Cents
  readonly steps: readonly Step[]
}

export type WithholdingError =
  | { readonly code: 'year_not_carried'; readonly year: number; readonly years: readonly number[] }
  | { readonly code: 'amount_negative'; readonly field: string; readonly found: Cents }
  | { readonly code: 'allowances_invalid'; readonly found: number }
  | {
      readonly code: 'nonresident_addback_not_carried'
      readonly year: number
      readonly years: readonly number[]
    }

/** One bracket: from `at_least` of annual wage, `base_tax` plus `percent` of the excess over it. */
export interface Bracket {
  readonly at_least: Cents
  readonly base_tax: Cents
  readonly percent: bigint
}

/** The law of one year, as Worksheet 1A reads it. */
export interface Law {
  readonly year: number
  readonly brackets: Readonly<Record<Schedule, Readonly<Record<FilingStatus, readonly Bracket[]>>>>
  readonly line_1g: Readonly<Record<FilingStatus, Cents>>
  readonly allowance: Cents
  /** Absent where no table of the year is carried. */
  readonly nonresident_addback?: Readonly<Record<FormW4, Readonly<Record<PayFrequency, Cents>>>>
  readonly grade: 'official' | 'transcribed' | 'identity'
  readonly source: string
}

const wholeDollars = z.int().nonnegative()
const byStatus = z.strictObject({
  single_or_mfs: wholeDollars,
  married_filing_jointly: wholeDollars,
  head_of_household: wholeDollars,
})

/** Shape of a row of `data/percentage-method.ts`. */
export const TableRow = z.strictObject({
  year: z.int(),
  schedule: z.enum(SCHEDULES),
  filing_status: z.enum(FILING_STATUSES),
  rows: z.array(z.tuple([wholeDollars, z.int().nonnegative(), z.int().min(0).max(99)])).min(2),
})
export type TableRow = z.infer<typeof TableRow>

/** Shape of a row of `YEARS` in `data/years.ts`. */
export const YearRow = z.strictObject({
  year: z.int(),
  line_1g: byStatus,
  allowance: wholeDollars,
  standard_deduction: byStatus,
  grade: z.enum(['official', 'transcribed', 'identity']),
  source: z.string().min(1),
})
export type YearRow = z.infer<typeof YearRow>

/** Shape of a row of `NONRESIDENT_ADDBACK` in `data/years.ts`; amounts in cents. */
export const AddbackRow = z.strictObject({
  year: z.int(),
  form: z.enum(['2020_or_later', '2019_or_earlier']),
  amounts: z.record(
    z.enum(PAY_FREQUENCIES as readonly [PayFrequency, ...PayFrequency[]]),
    z.int().positive(),
  ),
  source: z.string().min(1),
})
export type AddbackRow = z.infer<typeof AddbackRow>
