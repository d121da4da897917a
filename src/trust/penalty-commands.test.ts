import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { penaltyCommands } from './penalty-commands.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenth-penalty-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function run(kind: string, path: string, out: string) {
  const [command] = penaltyCommands
  if (!command) throw new Error('no command')
  const printed: { out: string[]; err: string[] } = { out: [], err: [] }
  const io = {
    out: (text: string) => void printed.out.push(text),
    err: (text: string) => void printed.err.push(text),
    isTerminal: false,
    cwd: folder,
  }
  const input = command.input.parse({ in: path, kind, out })
  const code = await command.run(input, io, () => Promise.reject(new Error('no database is needed')))
  return { code, out: printed.out.join('\n'), err: printed.err.join('\n') }
}

const vectorFile = (name: string) => fileURLToPath(new URL(`vectors/${name}.csv`, import.meta.url))
const write = (name: string, text: string | Uint8Array) => {
  writeFileSync(join(folder, name), text)
  return name
}
const rowsOf = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(folder, name)), { columns: true })

describe('the given files go through as they are', () => {
  test.each([
    ['deposit', 'ftd_vectors', 'expected_penalty', 'penalty', 20],
    ['late-payment', 'ftp_vectors', 'expected', 'penalty', 3],
    ['interest', 'interest_vectors', 'expected_interest', 'interest', 58],
  ] as const)('%s', async (kind, name, expected, added, count) => {
    expect(await run(kind, vectorFile(name), `${name}.csv`)).toMatchObject({ code: 0, err: '' })
    const rows = rowsOf(`${name}.csv`)
    expect(rows).toHaveLength(count)
    expect(rows.map((row) => row[added])).toEqual(rows.map((row) => row[expected]))
    const given = readFileSync(vectorFile(name), 'utf8').trimEnd().split('\n')
    const written = readFileSync(join(folder, `${name}.csv`), 'utf8')
      .trimEnd()
      .split('\n')
    expect(written.map((line) => line.replace(/,[^,]*$/, ''))).toEqual(given)
  })
})

describe('a bad file is named in full, and nothing is written', () => {
  const DEPOSIT = 'amount,due_date,deposit_date\n'
  const INTEREST = 'principal,due_date,paid_date\n'
  test.each([
    [
      'deposit',
      `${DEPOSIT}100,2026-01-01,2026-01-02\n1e3,2026-01-01,2026-01-02\n`,
      'line 3, column amount: found "1e3"; wanted: dollars such as',
    ],
    ['deposit', `${DEPOSIT}-5,2026-01-01,2026-01-02\n`, 'line 2, column amount: found "-5"'],
    [
      'deposit',
      `${DEPOSIT}5,2026-02-30,2026-01-02\n`,
      'line 2, column due_date: found "2026-02-30"; wanted: a date as YYYY-MM-DD',
    ],
    ['deposit', `${DEPOSIT}5,2026-01-01,\n`, 'line 2, column deposit_date: found ""; wanted: a date'],
    [
      'deposit',
      'amount,due_date\n1,2026-01-01\n',
      'line 1, column deposit_date: found "amount,due_date"; wanted: a header with amount, due_date, deposit_date',
    ],
    [
      'deposit',
      'amount,due_date,deposit_date,first_notice_date\n1,2026-01-01,2026-01-09,soon\n',
      'line 2, column first_notice_date: found "soon"; wanted: a date',
    ],
    ['deposit', 'amount,due_date,deposit_date,penalty\n', 'line 1, column penalty'],
    ['deposit', 'amount,amount,due_date,deposit_date\n', 'line 1, column amount'],
    ['deposit', `${DEPOSIT}1,2026-01-01\n`, 'line 2, column deposit_date: found "2 fields"'],
    ['deposit', '', 'line 1: found "an empty file"'],
    [
      'interest',
      `${INTEREST}100,2026-12-31,2027-01-01\n`,
      'line 2, column paid_date: found "2027-01-01"; wanted: dates with known rates, or a fixed rate: there is no underpayment rate for 2027-Q1',
    ],
    [
      'interest',
      `${INTEREST}100,2026-12-31,2026-12-30\n`,
      'line 2, column paid_date: found "2026-12-30"; wanted: a date on or after the due date',
    ],
    [
      'interest',
      'principal,due_date,paid_date,fixed_rate_or_blank\n1,1950-01-01,2050-06-01,0.1\n',
      'line 2, column paid_date: found "2050-06-01"; wanted: a date at most 100 years',
    ],
    [
      'interest',
      'principal,due_date,paid_date,fixed_rate_or_blank\n1,2026-01-01,2026-06-01,7%\n',
      'line 2, column fixed_rate_or_blank: found "7%"; wanted: a rate such as 0.07',
    ],
    [
      'late-payment',
      'unpaid_tax,months_or_part_months\n10,1.5\n',
      'line 2, column months_or_part_months: found "1.5"; wanted: a whole number of months',
    ],
  ] as const)('%s %j', async (kind, text, message) => {
    write('bad.csv', text)
    write('kept.csv', 'kept')
    const before = readdirSync(folder)
    const { code, err } = await run(kind, 'bad.csv', 'kept.csv')
    expect(err).toContain(`tenth trust penalty: bad.csv, ${message}`)
    expect(code).toBe(1)
    expect(readFileSync(join(folder, 'kept.csv'), 'utf8')).toBe('kept')
    expect(readdirSync(folder)).toEqual(before)
  })

  test('bytes that are not UTF-8 in a column that is read', async () => {
    write(
      'latin.csv',
      new Uint8Array([...Buffer.from(DEPOSIT), 0xe9, ...Buffer.from(',2026-01-01,2026-01-02\n')]),
    )
    expect(await run('deposit', 'latin.csv', 'out.csv')).toMatchObject({
      code: 1,
      err: expect.stringContaining('UTF-8'),
    })
  })
})

test('quotes, line ends and columns of others are passed through byte for byte', async () => {
  write(
    'odd.csv',
    '\ufeffnote,amount,due_date,deposit_date\r\n"a, ""b""\nc",100.00,2026-01-05,2026-01-21\r\n,0,2026-01-05,2026-01-05',
  )
  expect(await run('deposit', 'odd.csv', 'odd-out.csv')).toMatchObject({
    code: 0,
    out: '2 rows written to odd-out.csv',
  })
  expect(readFileSync(join(folder, 'odd-out.csv'), 'utf8')).toBe(
    '\ufeffnote,amount,due_date,deposit_date,penalty\r\n"a, ""b""\nc",100.00,2026-01-05,2026-01-21,10.00\r\n,0,2026-01-05,2026-01-05,0.00\n',
  )
})

test('two hundred thousand rows stream', async () => {
  write('large.csv', `amount,due_date,deposit_date\n${'100,2026-01-05,2026-01-21\n'.repeat(200_000)}`)
  expect(await run('deposit', 'large.csv', 'large-out.csv')).toMatchObject({
    code: 0,
    out: '200000 rows written to large-out.csv',
  })
})
