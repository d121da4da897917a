import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Command, command, type ExitCode, type Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { formatAmount, parseAmount, WANTED_AMOUNT } from './amounts.ts'
import { csvComputer } from './compute-csv.ts'
import { openOutput, pieces } from './files.ts'
import { type PaycheckColumn, readPaycheck, refusalOf } from './paycheck-text.ts'
import { payrollCounter } from './payroll-totals.ts'
import { withhold } from './percentage-method.ts'
import { faultJson, faultText, payrollJson, payrollText, worksheetJson, worksheetText } from './print.ts'
import { ROUNDINGS } from './schema.ts'
import { withholdSupplementalFlat } from './supplemental.ts'

const json = z.boolean().default(false)
const JSON_FLAG = ['--json', 'print JSON'] as const
const rounding = z.enum(ROUNDINGS, `wanted: one of ${ROUNDINGS.join(', ')}`).default('cent')
const ROUNDING_FLAG = [
  '--rounding <unit>',
  'cent, dime or dollar, for rows without a rounding (default: cent)',
] as const
const amount = z.string().transform((text, context) => {
  const found = parseAmount(text)
  if (found !== undefined) return found
  context.addIssue({ code: 'custom', message: `wanted: ${WANTED_AMOUNT}` })
  return z.NEVER
})
const flag = z.union([z.boolean(), z.string()]).transform(String)
const text = z.string()

/** Options of `explain` and the columns that they stand for. */
const EXPLAIN = {
  year: 'year',
  wages: 'wages',
  payFrequency: 'pay_frequency',
  rounding: 'rounding',
  nonresidentAlien: 'nonresident_alien',
  filingStatus: 'filing_status',
  step2Checkbox: 'step2_checkbox',
  step3: 'step3',
  step4a: 'step4a',
  step4b: 'step4b',
  step4c: 'step4c',
  maritalStatus: 'marital_status',
  allowances: 'allowances',
  line6Extra: 'line6_extra',
} as const satisfies Record<string, PaycheckColumn>

export const commands: readonly Command<Shell>[] = [
  command({
    name: 'withholding compute',
    summary: 'add the federal income tax to withhold to each row of a CSV of paychecks',
    args: '<in>',
    options: [['--out <file>', 'CSV to write; - for the terminal (default: -)'], ROUNDING_FLAG],
    input: z.object({ in: text, out: text.default('-'), rounding }),
    run: async (input, io) => {
      const computer = csvComputer(input.rounding)
      const output = await openOutput(input.out, io)
      try {
        for await (const [piece, last] of pieces(input.in, io)) {
          const computed = computer.compute(piece, last)
          if (!computed.ok) {
            io.err(faultText('compute', input.in, computed.error))
            return 1
          }
          await output.write(computed.value)
        }
        await output.keep()
        if (input.out !== '-') io.out(`${computer.rows()} rows written to ${input.out}`)
        return 0
      } finally {
        await output.drop()
      }
    },
  }),
  command({
    name: 'withholding explain',
    summary: 'print the worksheet for one paycheck, line by line',
    options: [
      ['--year <year>', 'calendar year in which the wages are paid'],
      ['--wages <dollars>', 'taxable wages of the pay period'],
      [
        '--pay_frequency, --pay-frequency <name>',
        'annual, semiannually, quarterly, monthly, semimonthly, biweekly, weekly or daily',
      ],
      [
        '--filing_status, --filing-status <name>',
        'single_or_mfs, married_filing_jointly or head_of_household',
      ],
      ['--step2_checkbox, --step2-checkbox [yes]', 'the box in step 2 is checked'],
      ['--step3 <dollars>', 'credits a year'],
      ['--step4a <dollars>', 'other income a year'],
      ['--step4b <dollars>', 'deductions a year'],
      ['--step4c <dollars>', 'extra amount a pay period'],
      ['--marital_status, --marital-status <name>', 'single or married: a Form W-4 of 2019 or earlier'],
      ['--allowances <count>', 'allowances on that form'],
      ['--line6_extra, --line6-extra <dollars>', 'extra amount a pay period on that form'],
      ['--nonresident_alien, --nonresident-alien [yes]', 'add what the year adds for nonresident aliens'],
      ['--rounding <unit>', 'cent, dime or dollar (default: cent)'],
      JSON_FLAG,
    ],
    input: z.object({
      year: text.default(''),
      wages: text.default(''),
      payFrequency: text.default(''),
      rounding: text.default(''),
      nonresidentAlien: flag.default(''),
      filingStatus: text.default(''),
      step2Checkbox: flag.default(''),
      step3: text.default(''),
      step4a: text.default(''),
      step4b: text.default(''),
      step4c: text.default(''),
      maritalStatus: text.default(''),
      allowances: text.default(''),
      line6Extra: text.default(''),
      json,
    }),
    run: async (input, io) => {
      const texts = new Map(
        Object.entries(EXPLAIN).map(([key, column]) => [column, input[key as keyof typeof EXPLAIN]]),
      )
      const read = readPaycheck((column) => texts.get(column as never) ?? '', 'cent', 'year')
      if (!read.ok) return refuseOption(io, read.error.column, read.error.found, read.error.wanted)
      const { law, paycheck } = read.value
      const result = withhold(paycheck, law)
      if (!result.ok) return refuseOption(io, ...refusalOf(result.error))
      io.out(input.json ? worksheetJson(law, paycheck, result.value) : worksheetText(law, result.value))
      return 0
    },
  }),
  command({
    name: 'withholding payroll',
    summary: 'print what a pay run owes, by agency; names and Social Security numbers are refused',
    args: '<run>',
    options: [ROUNDING_FLAG, JSON_FLAG],
    input: z.object({ run: text, rounding, json }),
    run: async (input, io) => {
      const counter = payrollCounter(input.rounding)
      const sha256 = createHash('sha256')
      for await (const [piece, last] of pieces(input.run, io)) {
        sha256.update(piece)
        const counted = counter.count(piece, last)
        if (!counted.ok) {
          io.err(
            input.json ? faultJson(input.run, counted.error) : faultText('payroll', input.run, counted.error),
          )
          return 1
        }
      }
      const print = input.json ? payrollJson : payrollText
      io.out(print(input.run, sha256.digest('hex'), counter.run()))
      return 0
    },
  }),
  command({
    name: 'withholding supplemental',
    summary: 'print the tax on a bonus or other supplemental wages at the flat rates',
    options: [
      ['--year <year>', 'calendar year in which they are paid'],
      ['--amount <dollars>', 'supplemental wages paid now'],
      ['--earlier <dollars>', 'supplemental wages already paid this year (default: 0)'],
      JSON_FLAG,
    ],
    input: z.object({
      year: z
        .string('wanted: a year')
        .regex(/^\d{4}$/, 'wanted: a year')
        .transform(Number),
      amount,
      earlier: amount.default(parseAmount('0') as never),
      json,
    }),
    run: async (input, io) => {
      const result = withholdSupplementalFlat(input.amount, input.earlier, input.year)
      if (!result.ok) return refuseOption(io, 'year', String(input.year), refusalOf(result.error)[2])
      const { tax, flat, mandatory, source } = result.value
      const part = (p: typeof flat) => ({
        wages: formatAmount(p.wages),
        percent: p.percent,
        tax: formatAmount(p.tax),
      })
      const found = { tax: formatAmount(tax), flat: part(flat), mandatory: part(mandatory), source }
      io.out(
        input.json
          ? JSON.stringify(found, null, 2)
          : [
              `${found.flat.wages} at ${flat.percent} %: ${found.flat.tax}`,
              `${found.mandatory.wages} at ${mandatory.percent} % (above 1,000,000.00 a year): ${found.mandatory.tax}`,
              `tax: ${found.tax}`,
              `source: ${source}`,
            ].join('\n'),
      )
      return 0
    },
  }),
]

function refuseOption(io: Io, column: string, found: string, wanted: string): ExitCode {
  io.err(
    `tenth withholding: --${column.replaceAll('_', '-')}: found ${JSON.stringify(found)}; wanted: ${wanted}`,
  )
  return 2
}
