import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAmount } from './amounts.ts'
import { csvComputer } from './compute-csv.ts'
import { type PaycheckColumn, readPaycheck } from './paycheck-text.ts'
import { withhold } from './percentage-method.ts'
import type { Rounding } from './schema.ts'

function compute(file: string | Uint8Array, size = 1 << 16, rounding: Rounding = 'cent') {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file
  const computer = csvComputer(rounding)
  const out: Buffer[] = []
  for (let at = 0; at <= bytes.length; at += size) {
    const result = computer.compute(bytes.slice(at, at + size), at + size > bytes.length)
    if (!result.ok) return { fault: result.error, text: '' }
    out.push(Buffer.from(result.value))
  }
  return { fault: undefined, text: Buffer.concat(out).toString() }
}

describe('the given vectors as files', () => {
  test.each([
    ['vectors', 'expected_withholding', 5260],
    ['vectors_w4_2019_or_earlier', 'expected_withholding', 121],
    ['rounding_traps', 'exact_then_round_cents', 92],
  ])('%s.csv', (name, expected, count) => {
    const file = readFileSync(new URL(`vectors/${name}.csv`, import.meta.url))
    const { text } = compute(file, 4099)
    const rows = parse(text, { columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(count)
    const wrong = rows.filter((row) => Number(row.withholding) !== Number(row[expected]))
    expect(wrong).toEqual([])
    expect(rows.every((row) => /^\d+\.\d\d$/.test(row.withholding ?? ''))).toBe(true)
    const before = file.toString().trimEnd().split('\n')
    const after = text.trimEnd().split('\n')
    expect(after.map((line) => line.slice(0, line.lastIndexOf(',')))).toEqual(before)
  })
})

const HEADER = 'year,pay_frequency,wages,filing_status,step2_checkbox,step3,step4a,step4b,step4c,rounding'
const PLAIN = '2026,biweekly,3000,single_or_mfs,false,2000,1200,3000,25,cent'

describe('a file comes back as it was, with one column more', () => {
  test('quotes, CRLF, a byte order mark, other columns and no line end at the last row', () => {
    const file = `\uFEFFnote,${HEADER},"more, more"\r\n"a ""b"", c",${PLAIN},\r\n"two\r\nlines","2026",biweekly,"3000",single_or_mfs,false,2000,1200,3000,25,dollar,x`
    for (const size of [1, 5, 1000])
      expect(compute(file, size).text).toBe(
        `\uFEFFnote,${HEADER},"more, more",withholding\r\n"a ""b"", c",${PLAIN},,253.23\r\n"two\r\nlines","2026",biweekly,"3000",single_or_mfs,false,2000,1200,3000,25,dollar,x,253.00\n`,
      )
  })

  test('both kinds of Form W-4 in one file, and rows without a rounding', () => {
    const file = [
      'year,pay_frequency,wages,filing_status,step2_checkbox,marital_status,allowances,line6_extra,rounding',
      '2024,biweekly,2000,single_or_mfs,false,,,,',
      '2024,biweekly,11538.46,,,single,0,5000,',
      '2024,biweekly,11538.46,,,single,0,5000,dollar',
    ].join('\n')
    const column = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.split(',').at(-1))
    expect(column(compute(file).text)).toEqual(['withholding', '163.69', '7818.26', '7818.00'])
    expect(column(compute(file, 1 << 16, 'dollar').text)).toEqual([
      'withholding',
      '164.00',
      '7818.00',
      '7818.00',
    ])
  })

  test('spaces, capital letters, and amounts beyond what whole floats hold', () => {
    const row = ' 2026 , Biweekly ,3000.000,SINGLE_OR_MFS,FALSE,2000,1200, 3000,25,Cent'
    expect(compute(`${HEADER}\n${row}\n`).text).toBe(`${HEADER},withholding\n${row},253.23\n`)
    // The top row of 2026, 37 %, and the extra amount: by exact fractions.
    const huge = '2026,annual,9999999999999.99,single_or_mfs,false,0,0,0,9999999999999.99,cent'
    expect(compute(`${HEADER}\n${huge}\n`).text.trimEnd().split(',').at(-1)).toBe('13699999950000.24')
  })
})

describe('a bad row stops the file, named by line, column, value found and what is wanted', () => {
  const change = (column: string, value: string) =>
    PLAIN.split(',')
      .map((cell, i) => (HEADER.split(',')[i] === column ? value : cell))
      .join(',')
  test.each([
    ['year', '2019', /2020 to 2026/],
    ['year', '', /2020 to 2026/],
    ['year', '20x6', /2020 to 2026/],
    ['pay_frequency', 'fortnightly', /biweekly/],
    ['pay_frequency', '', /biweekly/],
    ['wages', '', /dollars such as/],
    ['wages', '-5', /no sign/],
    ['wages', '1e3', /digits/],
    ['wages', '3.000.00', /digits/],
    ['wages', '3000.005', /at most two decimals/],
    ['wages', '$3000', /dollars/],
    ['wages', '.5', /dollars/],
    ['wages', '5.', /dollars/],
    ['wages', '99999999999999', /dollars/],
    ['filing_status', 'single', /single_or_mfs/],
    ['filing_status', '', /head_of_household/],
    ['step2_checkbox', 'maybe', /true or false/],
    ['step3', 'NaN', /dollars/],
    ['step4a', '-1', /dollars/],
    ['step4b', '1 000', /dollars/],
    ['step4c', 'x', /dollars/],
    ['rounding', 'euro', /cent, dime, dollar/],
  ])('%s %j', (column, found, wanted) => {
    const { fault } = compute(`${HEADER}\n${PLAIN}\n${change(column, found)}\n${PLAIN}\n`)
    expect(fault).toMatchObject({ code: 'value_invalid', line: 3, column, found })
    expect(fault?.wanted).toMatch(wanted)
  })

  test.each([
    ['married,2.5,0', 'allowances', '2.5'],
    ['married,,0', 'allowances', ''],
    ['head_of_household,0,0', 'marital_status', 'head_of_household'],
    ['single,0,x', 'line6_extra', 'x'],
  ])('an old form: %s', (entries, column, found) => {
    const file = `year,pay_frequency,wages,marital_status,allowances,line6_extra\n2026,weekly,500,${entries}\n`
    expect(compute(file).fault).toMatchObject({ line: 2, column, found })
  })

  test('entries of both forms in one row', () => {
    const header = 'year,pay_frequency,wages,filing_status,step3,marital_status,allowances'
    expect(compute(`${header}\n2026,weekly,500,single_or_mfs,0,single,1\n`).fault).toMatchObject({
      column: 'filing_status',
    })
    expect(compute(`${header}\n2026,weekly,500,,500,single,1\n`).fault).toMatchObject({ column: 'step3' })
    expect(compute(`${header}\n2026,weekly,500,single_or_mfs,0,,1\n`).fault).toMatchObject({
      column: 'allowances',
    })
  })

  test('too few and too many fields, columns missing, twice or already there, an empty file', () => {
    expect(compute(`${HEADER}\n2026,weekly\n`).fault).toMatchObject({
      line: 2,
      column: 'wages',
      found: '2 fields',
    })
    expect(compute(`${HEADER}\n${PLAIN},x\n`).fault).toMatchObject({ line: 2, column: 'column 11' })
    expect(compute('year,wages\n').fault).toMatchObject({
      code: 'column_missing',
      line: 1,
      column: 'pay_frequency',
    })
    expect(compute('pay_frequency,wages\n').fault).toMatchObject({ code: 'column_missing', column: 'year' })
    expect(compute('year,pay_frequency,wages\n').fault).toMatchObject({
      code: 'column_missing',
      column: 'filing_status',
    })
    expect(compute(`${HEADER},wages\n`).fault).toMatchObject({ code: 'column_twice', column: 'wages' })
    expect(compute(`${HEADER},withholding\n`).fault).toMatchObject({
      code: 'column_twice',
      column: 'withholding',
    })
    expect(compute('').fault).toMatchObject({ found: 'an empty file' })
  })

  test('a nonresident alien in a year whose amounts are not carried, and in one whose are', () => {
    const header = `${HEADER},nonresident_alien`
    const row = (year: number) => `${year},weekly,300,single_or_mfs,false,0,0,0,0,cent,true`
    expect(compute(`${header}\n${row(2025)}\n`).fault).toMatchObject({ line: 2, column: 'nonresident_alien' })
    // 609.60 x 52 - 8,600 = 23,099.20 a year: (1,240 + 12 % of what is above 19,900) / 52.
    expect(
      compute(`${header}\n${row(2026)}\n`)
        .text.trimEnd()
        .split(',')
        .at(-1),
    ).toBe('31.23')
  })

  test('bytes that are not UTF-8 where a word is wanted', () => {
    const file = Buffer.concat([
      Buffer.from(`${HEADER}\n2026,`),
      Buffer.from([0xc3, 0x28]),
      Buffer.from(PLAIN.slice(13)),
    ])
    expect(compute(new Uint8Array(file)).fault).toMatchObject({ code: 'csv_not_utf8', line: 2 })
  })
})

const money = fc.oneof(
  fc.constantFrom('', '0', '0.0', '0.05', '12.5', '1000000000', '1000000000.01', '9999999999999.99'),
  fc.nat(2_000_000).map((n) => formatAmount(BigInt(n))),
)
const newRow = fc.tuple(
  fc.constantFrom('2020', '2021', '2022', '2023', '2024', '2025', '2026'),
  fc.constantFrom(
    'annual',
    'semiannually',
    'quarterly',
    'monthly',
    'semimonthly',
    'biweekly',
    'weekly',
    'daily',
  ),
  money.filter((text) => text !== ''),
  fc.constantFrom('single_or_mfs', 'married_filing_jointly', 'head_of_household'),
  fc.constantFrom('true', 'false', ''),
  money,
  money,
  money,
  money,
  fc.constantFrom('cent', 'dollar', 'dime', ''),
)

test('law: a row of a file and the worksheet give the same tax', () =>
  fc.assert(
    fc.property(fc.array(newRow, { minLength: 1, maxLength: 20 }), (rows) => {
      const names = HEADER.split(',')
      const { text } = compute(`${HEADER}\n${rows.map((row) => row.join(',')).join('\n')}\n`, 50)
      const found = text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').at(-1))
      const wanted = rows.map((row) => {
        const read = readPaycheck(
          (column: PaycheckColumn) => row[names.indexOf(column)] ?? '',
          'cent',
          'year',
        )
        if (!read.ok) throw new Error(JSON.stringify(read.error))
        const result = withhold(read.value.paycheck, read.value.law)
        return result.ok ? formatAmount(result.value.tax) : result.error.code
      })
      expect(found).toEqual(wanted)
    }),
    { numRuns: 500 },
  ))
