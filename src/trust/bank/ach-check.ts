import { type Cents, cents, err, ok, type Result } from '../../base/index.ts'
import { isSealed } from './seal.ts'

/*
 * Reads a NACHA file of federal tax payments and holds it against the public format, field by field, from a table of
 * columns. It shares no code with the writer but the seal, and reads nothing that the writer knows.
 */

export interface AchFault {
  /** From 1; 0 for the file as a whole. */
  readonly line: number
  readonly field: string
  readonly found: string
  readonly wanted: string
}

export interface AchPayment {
  readonly trace: string
  readonly amount: Cents
  readonly ein: string
  readonly tax_type: string
  /** `YYMM01`. */
  readonly period: string
  readonly parts: readonly { readonly type: string; readonly amount: Cents }[]
}

export interface AchContent {
  readonly payments: readonly AchPayment[]
  readonly total: Cents
}

/** Columns of a field, first and last, both counted from 1, and what may stand there. */
type Field = readonly [name: string, first: number, last: number, pattern: RegExp]

const DATE = /^\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/
const TEXT = /^[ -~]+$/
const LAYOUT: Readonly<Record<string, readonly Field[]>> = {
  1: [
    ['priority_code', 2, 3, /^01$/],
    ['immediate_destination', 4, 13, /^ \d{9}$/],
    ['immediate_origin', 14, 23, /^1\d{9}$/],
    ['creation_date', 24, 29, DATE],
    ['creation_time', 30, 33, /^([01]\d|2[0-3])[0-5]\d$/],
    ['file_id_modifier', 34, 34, /^[A-Z0-9]$/],
    ['record_size', 35, 37, /^094$/],
    ['blocking_factor', 38, 39, /^10$/],
    ['format_code', 40, 40, /^1$/],
    ['destination_name', 41, 63, TEXT],
    ['origin_name', 64, 86, TEXT],
    ['reference_code', 87, 94, /^[0-9A-F]{8}$/],
  ],
  5: [
    ['service_class_code', 2, 4, /^220$/],
    ['company_name', 5, 20, TEXT],
    ['discretionary_data', 21, 40, /^ {20}$/],
    ['company_identification', 41, 50, /^1\d{9}$/],
    ['standard_entry_class', 51, 53, /^CCD$/],
    ['entry_description', 54, 63, /^TAXPAYMENT$/],
    ['descriptive_date', 64, 69, DATE],
    ['effective_date', 70, 75, DATE],
    ['settlement_date', 76, 78, /^ {3}$/],
    ['originator_status', 79, 79, /^1$/],
    ['originating_dfi', 80, 87, /^\d{8}$/],
    ['batch_number', 88, 94, /^\d{7}$/],
  ],
  6: [
    ['transaction_code', 2, 3, /^22$/],
    ['receiving_dfi', 4, 11, /^\d{8}$/],
    ['check_digit', 12, 12, /^\d$/],
    ['account_number', 13, 29, /^[0-9A-Za-z]+ *$/],
    ['amount', 30, 39, /^\d{10}$/],
    ['identification_number', 40, 54, /^\d{9} {6}$/],
    ['receiving_name', 55, 76, TEXT],
    ['discretionary_data', 77, 78, /^ {2}$/],
    ['addenda_indicator', 79, 79, /^1$/],
    ['trace_number', 80, 94, /^\d{15}$/],
  ],
  7: [
    ['addenda_type', 2, 3, /^05$/],
    ['payment_information', 4, 83, /^TXP\*[0-9*]+\\ *$/],
    ['addenda_sequence', 84, 87, /^0001$/],
    ['entry_sequence', 88, 94, /^\d{7}$/],
  ],
  8: [
    ['service_class_code', 2, 4, /^220$/],
    ['entry_addenda_count', 5, 10, /^\d{6}$/],
    ['entry_hash', 11, 20, /^\d{10}$/],
    ['total_debit', 21, 32, /^0{12}$/],
    ['total_credit', 33, 44, /^\d{12}$/],
    ['company_identification', 45, 54, /^1\d{9}$/],
    ['authentication_code', 55, 73, /^ {19}$/],
    ['reserved', 74, 79, /^ {6}$/],
    ['originating_dfi', 80, 87, /^\d{8}$/],
    ['batch_number', 88, 94, /^\d{7}$/],
  ],
  9: [
    ['batch_count', 2, 7, /^\d{6}$/],
    ['block_count', 8, 13, /^\d{6}$/],
    ['entry_addenda_count', 14, 21, /^\d{8}$/],
    ['entry_hash', 22, 31, /^\d{10}$/],
    ['total_debit', 32, 43, /^0{12}$/],
    ['total_credit', 44, 55, /^\d{12}$/],
    ['reserved', 56, 94, /^ {39}$/],
  ],
}

interface ReadRecord {
  readonly line: number
  readonly type: string
  readonly at: (field: string) => string
}

/** What the file pays, or the first thing that is wrong with it. */
export function checkAch(text: string): Result<AchContent, AchFault> {
  const lines = text.split('\n')
  if (lines.pop() !== '') return fault(lines.length, 'line', 'no line end', 'a line feed after every record')
  const wrong = lines.findIndex((line) => line.length !== 94)
  if (wrong >= 0) return fault(wrong + 1, 'length', `${lines[wrong]?.length} characters`, '94 characters')
  if (lines.length % 10 !== 0)
    return fault(lines.length, 'block', `${lines.length} records`, 'blocks of ten records')
  const end = lines.findIndex((line) => line.startsWith('9'))
  const padding = lines.findIndex((line, i) => end >= 0 && i > end && line !== '9'.repeat(94))
  if (padding >= 0) return fault(padding + 1, 'padding', lines[padding] ?? '', 'nines after the file control')
  const kinds = lines
    .slice(0, end + 1)
    .map((line) => line[0])
    .join('')
  if (!/^15(67)+89$/.test(kinds))
    return fault(
      0,
      'order',
      kinds,
      'a file header, a batch header, entries each with one addendum, a batch control, a file control',
    )
  const records = lines.slice(0, end + 1).map(readRecord)
  for (const record of records) {
    const bad = fieldFault(record)
    if (bad) return err(bad)
  }
  const broken = crossFaults(records, lines.length)
  if (broken) return err(broken)
  if (!isSealed(text))
    return fault(1, 'reference_code', records[0]?.at('reference_code') ?? '', 'the seal of this very content')
  const payments = entriesOf(records).map(([entry, addendum]) => paymentOf(entry, addendum))
  return ok({ payments, total: cents(payments.reduce((sum, one) => sum + one.amount, 0n)) })
}

const fault = (line: number, field: string, found: string, wanted: string) =>
  err({ line, field, found, wanted } satisfies AchFault)

function readRecord(text: string, i: number): ReadRecord {
  const type = text[0] ?? ''
  const at = (field: string) => {
    const [, first = 1, last = 1] = LAYOUT[type]?.find(([name]) => name === field) ?? []
    return text.slice(first - 1, last)
  }
  return { line: i + 1, type, at }
}

function fieldFault({ type, at, line }: ReadRecord): AchFault | undefined {
  const bad = LAYOUT[type]?.find(([name, , , pattern]) => !pattern.test(at(name)))
  return bad && { line, field: bad[0], found: at(bad[0]), wanted: `what matches ${bad[3].source}` }
}

const entriesOf = (records: readonly ReadRecord[]): readonly (readonly [ReadRecord, ReadRecord])[] =>
  records.flatMap((record, i) => {
    const next = records[i + 1]
    return record.type === '6' && next ? [[record, next] as const] : []
  })

function paymentOf(entry: ReadRecord, addendum: ReadRecord): AchPayment {
  const [, ein = '', tax_type = '', period = '', ...rest] = addendum
    .at('payment_information')
    .trimEnd()
    .slice(0, -1)
    .split('*')
  const parts = rest.flatMap((type, i) =>
    i % 2 === 0 ? [{ type, amount: cents(BigInt(rest[i + 1] || '0')) }] : [],
  )
  return {
    trace: entry.at('trace_number'),
    amount: cents(BigInt(entry.at('amount'))),
    ein,
    tax_type,
    period,
    parts,
  }
}

/** What must agree between records; each row is a record, a field, and the value that the others demand. */
function crossFaults(records: readonly ReadRecord[], lineCount: number): AchFault | undefined {
  const [file, batch] = records as [ReadRecord, ReadRecord]
  const [batchEnd, fileEnd] = records.slice(-2) as [ReadRecord, ReadRecord]
  const entries = entriesOf(records)
  const sum = (field: string) => entries.reduce((total, [entry]) => total + BigInt(entry.at(field)), 0n)
  const hash = (sum('receiving_dfi') % 10n ** 10n).toString().padStart(10, '0')
  const credit = sum('amount').toString().padStart(12, '0')
  const company = batch.at('company_identification')
  // Entries go on from the last file's, one by one.
  const first = Math.max(1, Number(entries[0]?.[0].at('trace_number').slice(8)))
  const demands: (readonly [ReadRecord, string, string])[] = [
    [file, 'immediate_origin', company],
    [
      file,
      'immediate_destination',
      ` ${batch.at('originating_dfi')}${checkDigitOf(batch.at('originating_dfi'))}`,
    ],
    [batch, 'descriptive_date', batch.at('effective_date')],
    [batch, 'batch_number', '0000001'],
    ...entries.flatMap(([entry, addendum], i) => entryDemands(entry, addendum, i, first, batch)),
    [batchEnd, 'entry_addenda_count', String(entries.length * 2).padStart(6, '0')],
    [batchEnd, 'entry_hash', hash],
    [batchEnd, 'total_credit', credit],
    [batchEnd, 'company_identification', company],
    [batchEnd, 'originating_dfi', batch.at('originating_dfi')],
    [batchEnd, 'batch_number', batch.at('batch_number')],
    [fileEnd, 'batch_count', '000001'],
    [fileEnd, 'block_count', String(lineCount / 10).padStart(6, '0')],
    [fileEnd, 'entry_addenda_count', String(entries.length * 2).padStart(8, '0')],
    [fileEnd, 'entry_hash', hash],
    [fileEnd, 'total_credit', credit],
  ]
  if (batch.at('effective_date') < file.at('creation_date'))
    return {
      line: batch.line,
      field: 'effective_date',
      found: batch.at('effective_date'),
      wanted: `on or after ${file.at('creation_date')}`,
    }
  const broken = demands.find(([record, field, wanted]) => record.at(field) !== wanted)
  return (
    broken && { line: broken[0].line, field: broken[1], found: broken[0].at(broken[1]), wanted: broken[2] }
  )
}

function entryDemands(entry: ReadRecord, addendum: ReadRecord, i: number, first: number, batch: ReadRecord) {
  const payment = paymentOf(entry, addendum)
  const parts = payment.parts
    .reduce((sum, part) => sum + part.amount, 0n)
    .toString()
    .padStart(10, '0')
  const types = payment.parts.map((part) => part.type)
  const isOrdered = types.every((type, n) => /^[123]$/.test(type) && (n === 0 || type > (types[n - 1] ?? '')))
  const information = addendum.at('payment_information')
  const isTxp = /^TXP\*\d{9}\*94105\*\d{2}(03|06|09|12)01(\*[123]\*[1-9]\d{0,9}){1,3}\\ *$/.test(information)
  return [
    [entry, 'check_digit', checkDigitOf(entry.at('receiving_dfi'))],
    [entry, 'identification_number', batch.at('company_identification').slice(1).padEnd(15)],
    [entry, 'trace_number', `${batch.at('originating_dfi')}${String(first + i).padStart(7, '0')}`],
    [
      addendum,
      'payment_information',
      isTxp && isOrdered ? information : 'TXP*EIN*94105*YYMM01 and up to three parts',
    ],
    [addendum, 'entry_sequence', entry.at('trace_number').slice(8)],
    [entry, 'identification_number', payment.ein.padEnd(15)],
    [entry, 'amount', parts],
  ] as const
}

/** The digit that makes 3, 7, 1 times the nine digits a multiple of ten. */
function checkDigitOf(eight: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = [...eight].map(Number)
  const weighted = 3 * (a + d + g) + 7 * (b + e + h) + (c + f)
  return String((1000 - weighted) % 10)
}
