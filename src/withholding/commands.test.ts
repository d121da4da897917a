import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExitCode, Io } from '../base/index.ts'
import { commands } from './commands.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenth-withholding-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a command as the command line does, and gives what it printed. */
async function run(
  name: string,
  input: Record<string, unknown>,
): Promise<{ code: ExitCode; out: string; err: string }> {
  const printed = { out: '', err: '' }
  const io: Io = {
    out: (text) => {
      printed.out += `${text}\n`
    },
    err: (text) => {
      printed.err += `${text}\n`
    },
    isTerminal: false,
    cwd: folder,
  }
  const command = commands.find((c) => c.name === `withholding ${name}`)
  if (!command) throw new Error(name)
  const code = await command.run(command.input.parse(input), io, () => Promise.reject(new Error('pure')))
  return { code, ...printed }
}

const HEADER = 'year,pay_frequency,wages,filing_status'
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}

describe('withholding compute', () => {
  test('writes the file whole, in place of an older one, and follows a link to it', async () => {
    file('in.csv', `${HEADER}\n2024,biweekly,2000,single_or_mfs\n`)
    file('old.csv', 'old')
    symlinkSync(join(folder, 'old.csv'), join(folder, 'link.csv'))
    expect(await run('compute', { in: 'in.csv', out: 'link.csv' })).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder, 'old.csv'), 'utf8')).toBe(
      `${HEADER},withholding\n2024,biweekly,2000,single_or_mfs,163.69\n`,
    )
  })

  test('may write over what it reads', async () => {
    file('same.csv', `${HEADER}\n2024,biweekly,2000,single_or_mfs\n`)
    expect(await run('compute', { in: 'same.csv', out: 'same.csv', rounding: 'dollar' })).toMatchObject({
      code: 0,
    })
    expect(readFileSync(join(folder, 'same.csv'), 'utf8')).toMatch(/,164\.00\n$/)
  })

  test('a bad row late in a large file: named in full, the older file untouched, nothing left beside it', async () => {
    const good = '2024,biweekly,2000,single_or_mfs\n'.repeat(100_000)
    file('bad.csv', `${HEADER}\n${good}2024,biweekly,2O00,single_or_mfs\n`)
    file('kept.csv', 'kept')
    const before = readdirSync(folder)
    const { code, err } = await run('compute', { in: 'bad.csv', out: 'kept.csv' })
    expect(code).toBe(1)
    expect(err).toMatch('bad.csv, line 100002, column wages: found "2O00"; wanted: dollars such as 1234.50')
    expect(readFileSync(join(folder, 'kept.csv'), 'utf8')).toBe('kept')
    expect(readdirSync(folder)).toEqual(before)
  })

  test('a device is written to, not replaced', async () => {
    file('in2.csv', `${HEADER}\n2024,biweekly,2000,single_or_mfs\n`)
    expect(await run('compute', { in: 'in2.csv', out: '/dev/null' })).toMatchObject({ code: 0 })
  })

  test('a file that is not there leaves nothing behind', async () => {
    const before = readdirSync(folder)
    await expect(run('compute', { in: 'nowhere.csv', out: 'out.csv' })).rejects.toMatchObject({
      code: 'ENOENT',
    })
    expect(readdirSync(folder)).toEqual(before)
  })
})

describe('withholding explain', () => {
  const input = { year: '2026', wages: '3000', payFrequency: 'biweekly', filingStatus: 'single_or_mfs' }
  test('prints the worksheet', async () => {
    const { code, out } = await run('explain', {
      ...input,
      step3: '2000',
      step4a: '1200',
      step4b: '3000',
      step4c: '25',
    })
    expect(code).toBe(0)
    expect(out).toMatch(/^1i +67600\.00 /m)
    expect(out).toMatch(/^Withhold 253\.23\./m)
  })

  test('as JSON', async () => {
    const { out } = await run('explain', { ...input, step2Checkbox: true, json: true })
    const found = JSON.parse(out)
    expect(found).toMatchObject({ year: 2026, paycheck: { wages: '3000.00', w4: { step2_checkbox: true } } })
    expect(found.steps.find((s: { line: string }) => s.line === '1g')).toMatchObject({ value: '0.00' })
  })

  test.each([
    [{ year: '2019' }, '--year: found "2019"; wanted: a year from 2020 to 2026'],
    [{ wages: 'many' }, '--wages: found "many"; wanted: dollars'],
    [{ payFrequency: '' }, '--pay-frequency: found ""; wanted: one of annual'],
    [{ year: '2025', nonresidentAlien: true }, '--nonresident-alien: found "true"; wanted: false'],
  ])('bad use %#', async (change, message) => {
    const { code, err } = await run('explain', { ...input, ...change })
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })
})

describe('withholding payroll', () => {
  const header = 'employee_ref,agency,year,pay_frequency,wages,filing_status'
  test('as JSON, with the file’s SHA-256', async () => {
    file('run.csv', `${header}\nE1,Parks,2024,biweekly,2000,single_or_mfs\n`)
    const { code, out } = await run('payroll', { run: 'run.csv', json: true })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      sha256: createHash('sha256')
        .update(readFileSync(join(folder, 'run.csv')))
        .digest('hex'),
      rows: 1,
      unit: 'USD',
      totals: {
        federal_income_tax: '163.69',
        social_security_employee: '124.00',
        medicare_employer: '29.00',
      },
      agencies: [{ agency: 'Parks', rows: 1, gross_wages: '2000.00' }],
    })
  })

  test('as a table', async () => {
    const { out } = await run('payroll', {
      run: file('run2.csv', `${header}\nE1,Parks,2024,biweekly,2000,single_or_mfs\n`),
    })
    expect(out).toMatch(/^Parks +1 +2000\.00 +163\.69 +124\.00/m)
    expect(out).toMatch(/^All +1 /m)
  })

  test('a column of names stops it, named', async () => {
    file('names.csv', `${header},last_name\nE1,Parks,2024,biweekly,2000,single_or_mfs,Doe\n`)
    const plain = await run('payroll', { run: 'names.csv' })
    expect(plain).toMatchObject({ code: 1, out: '' })
    expect(plain.err).toMatch(/names\.csv, line 1, column last_name: .*refused/)
    const { code, err } = await run('payroll', { run: 'names.csv', json: true })
    expect(code).toBe(1)
    expect(JSON.parse(err).error).toMatchObject({ code: 'column_refused', column: 'last_name', line: 1 })
  })
})

test('withholding supplemental', async () => {
  const { code, out } = await run('supplemental', {
    year: '2026',
    amount: '100000',
    earlier: '950000',
    json: true,
  })
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ tax: '29500.00', mandatory: { wages: '50000.00', percent: 37 } })
})
