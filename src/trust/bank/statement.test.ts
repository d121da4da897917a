import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cents, cents, type IsoDate } from '../../base/index.ts'
import { readBai2 } from './bai2.ts'
import { matchStatement, type SentEntry } from './match.ts'
import { readStatementCsv, type StatementLine } from './statement.ts'

const csv = (...rows: string[]) =>
  readStatementCsv(rows.map((row, i) => ({ line: i + 1, fields: row.split(',') })))

describe('a statement as CSV', () => {
  const HEADER = 'date,description,amount,reference'
  test('lines, whatever the order of the columns', () =>
    expect(csv(HEADER, '2026-11-02,US TREASURY,-4523.10,011000010000001', '2026-11-03,,0.5,')).toEqual({
      ok: true,
      value: [
        {
          line: 2,
          date: '2026-11-02',
          amount: -452_310n,
          reference: '011000010000001',
          description: 'US TREASURY',
        },
        { line: 3, date: '2026-11-03', amount: 50n, reference: '', description: '' },
      ],
    }))

  test.each([
    [['date,amount,description'], 1, 'reference'],
    [['date,amount,reference,reference,description'], 1, 'reference'],
    [[HEADER, '11/02/2026,,1,'], 2, 'date'],
    [[HEADER, '2026-11-02,,"1,000",'], 2, 'line'],
    [[HEADER, '2026-11-02,,1e3,'], 2, 'amount'],
    [[HEADER, '2026-11-02,,0.00,'], 2, 'amount'],
    [[HEADER, '2026-11-02,,1,', '2026-11-02,,1.005,'], 3, 'amount'],
    [[], 1, 'header'],
  ] as const)('%j is refused at line %i, %s', (rows, line, field) =>
    expect(csv(...rows)).toMatchObject({ ok: false, error: { line, field } }),
  )
})

/** Made by hand from the specification: two accounts, summaries with every funds type, a continued text. */
const BAI2 = `01,122099999,123456789,261103,0200,1,,,2/
02,123456789,122099999,1,261102,2359,USD,2/
03,0975312468,,010,500000,,,190,70000000,4,0/
88,400,452311,1,S,100,200,452011/
16,475,452310,,BANK01,011000010000001,US TREASURY, TAX/DEPOSIT
88,FORM 941
16,165,69999999,1,DD1620,,DEALER PAYMENTS/
16,495,1,V,261103,1200,,/
49,141404621,7/
03,5550001,USD,010,-700,,/
49,-700,2/
98,141403921,2,11/
99,141403921,1,13/
`

describe('a statement as BAI2', () => {
  test('every record, its continuations and its totals', () =>
    expect(readBai2(BAI2)).toEqual({
      ok: true,
      value: [
        {
          account: '0975312468',
          as_of: '2026-11-02',
          lines: [
            {
              line: 5,
              date: '2026-11-02',
              amount: -452_310n,
              reference: '011000010000001',
              description: 'US TREASURY, TAX/DEPOSIT,FORM 941',
            },
            {
              line: 7,
              date: '2026-11-02',
              amount: 69_999_999n,
              reference: 'DD1620',
              description: 'DEALER PAYMENTS',
            },
            { line: 8, date: '2026-11-02', amount: -1n, reference: '', description: '' },
          ],
        },
        { account: '5550001', as_of: '2026-11-02', lines: [] },
      ],
    }))

  test.each([
    ['01,122099999,123456789,261103,0200,1,,,2/', '01,122099999,123456789,261103,0200,1,,,1/', 1, 'version'],
    ['261102,2359,USD', '261302,2359,USD', 2, 'as_of_date'],
    ['2359,USD', '2359,CAD', 2, 'currency'],
    ['16,475', '16,047', 5, 'type_code'],
    ['16,475,452310', '16,475,4523.10', 5, 'amount'],
    ['16,475,452310', '16,475,452311', 9, 'account_control_total'],
    ['16,165,69999999,1', '16,165,69999999,X', 7, 'funds_type'],
    ['49,141404621,7', '49,141404621,8', 9, 'number_of_records'],
    ['98,141403921,2,11', '98,141403921,3,11', 12, 'number_of_accounts'],
    ['98,141403921,2', '98,141403920,2', 12, 'group_control_total'],
    ['99,141403921,1,13', '99,141403921,1,14', 13, 'number_of_records'],
    ['99,141403921,1,13/\n', '', 12, 'file'],
    ['49,-700,2/\n', '', 11, 'record'],
    ['16,475', '17,475', 5, 'record'],
    [BAI2, '', 1, 'file'],
    [BAI2, '88,1/', 1, 'record'],
    ['99,141403921,1,13/', '99,141403921,1,13/\n16,475,1,,,,/', 14, 'record'],
  ] as const)('%j as %j is refused at line %i, %s', (was, is, line, field) =>
    expect(readBai2(BAI2.replace(was, is))).toMatchObject({ ok: false, error: { line, field } }),
  )

  test('law: any digit of an amount or a total changed is refused', () => {
    const missed = [...BAI2].flatMap((sign, at) => {
      const line = BAI2.slice(0, at).split('\n').at(-1) ?? ''
      const isMoney = /^(16,\d{3},|49,|98,|99,)-?[\d]*$/.test(line) && /\d/.test(sign)
      const changed = `${BAI2.slice(0, at)}${(Number(sign) + 1) % 10}${BAI2.slice(at + 1)}`
      return isMoney && readBai2(changed).ok ? [at] : []
    })
    expect(missed).toEqual([])
  })
})

const day = (text: string) => text as IsoDate
const entry = (n: number, amount: number, more: Partial<SentEntry> = {}): SentEntry => ({
  payment: `R-${n}`,
  trace: `01100001000000${n}`,
  amount: cents(BigInt(amount)),
  sent_on: day('2026-11-02'),
  ...more,
})
const line = (n: number, amount: number, reference = '', date = '2026-11-02'): StatementLine => ({
  line: n,
  date: day(date),
  amount: cents(BigInt(amount)),
  reference,
  description: '',
})

describe('matching', () => {
  const names = (found: ReturnType<typeof matchStatement>) => ({
    matched: found.matched.map(({ entry, line, by }) => [entry.payment, line.line, by]),
    short: found.short.map(({ entry, line, missing }) => [entry.payment, line.line, missing]),
    duplicate: found.duplicate.map(({ line, of }) => [line.line, of.line.line]),
    returned: found.returned.map(({ line, entry }) => [line.line, entry.payment]),
    entries: found.unmatched_entries.map(({ payment }) => payment),
    lines: found.unmatched_lines.map((one) => one.line),
  })
  const none = { matched: [], short: [], duplicate: [], returned: [], entries: [], lines: [] }
  const one = entry(1, 500)

  test.each([
    [
      'by its reference, whenever it comes',
      [one],
      [line(1, -500, one.trace, '2027-03-01')],
      { matched: [['R-1', 1, 'reference']] },
    ],
    [
      'by its amount, within five days',
      [one],
      [line(1, -500, '', '2026-11-07')],
      { matched: [['R-1', 1, 'amount']] },
    ],
    [
      'not by its amount after that',
      [one],
      [line(1, -500, '', '2026-11-08')],
      { entries: ['R-1'], lines: [1] },
    ],
    [
      'not before it was sent',
      [one],
      [line(1, -500, one.trace, '2026-11-01')],
      { entries: ['R-1'], lines: [1] },
    ],
    [
      'not by its amount under a reference of another',
      [one],
      [line(1, -500, 'OTHER')],
      { entries: ['R-1'], lines: [1] },
    ],
    ['short', [one], [line(1, -400, one.trace)], { short: [['R-1', 1, 100n]] }],
    ['too much', [one], [line(1, -501, one.trace)], { short: [['R-1', 1, -1n]] }],
    [
      'twice',
      [one],
      [line(1, -500, one.trace), line(2, -500, one.trace)],
      { matched: [['R-1', 1, 'reference']], duplicate: [[2, 1]] },
    ],
    [
      'returned',
      [one],
      [line(1, -500, one.trace), line(2, 500, one.trace)],
      { matched: [['R-1', 1, 'reference']], returned: [[2, 'R-1']] },
    ],
    [
      'two of one amount are not guessed',
      [one, entry(2, 500)],
      [line(1, -500), line(2, -500)],
      { entries: ['R-1', 'R-2'], lines: [1, 2] },
    ],
    [
      'one line for two entries is not guessed',
      [one, entry(2, 500)],
      [line(1, -500)],
      { entries: ['R-1', 'R-2'], lines: [1] },
    ],
    ['money that came in is no payment', [one], [line(1, 500)], { entries: ['R-1'], lines: [1] }],
    ['nothing', [], [], {}],
  ])('%s', (_, entries, lines, expected) =>
    expect(names(matchStatement(entries, lines))).toEqual({ ...none, ...expected }),
  )

  test('law: every entry and every line is in exactly one list', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 9 })),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -3, max: 3 }), fc.boolean())),
        (numbers, raw) => {
          const entries = numbers.map((n) => entry(n, (n % 3) + 1))
          const lines = raw.map(([n, amount, named], i) =>
            line(i, amount || -1, named ? entry(n, 1).trace : '', `2026-11-0${1 + (i % 9)}`),
          )
          const found = matchStatement(entries, lines)
          const seen = [
            ...found.matched.map((x) => x.line),
            ...found.short.map((x) => x.line),
            ...found.duplicate.map((x) => x.line),
            ...found.returned.map((x) => x.line),
            ...found.unmatched_lines,
          ]
          expect(seen.toSorted((a, b) => a.line - b.line)).toEqual(lines)
          const paid = [...found.matched, ...found.short].map((x) => x.entry.payment)
          expect([...paid, ...found.unmatched_entries.map((x) => x.payment)].toSorted()).toEqual(
            entries.map((x) => x.payment).toSorted(),
          )
          for (const x of found.matched) expect<bigint>(x.entry.amount).toBe(-x.line.amount as Cents)
        },
      ),
    ))
})
