import { describe, expect, test } from 'vitest'
import { cents } from '../base/index.ts'
import { fica, ficaLawOf } from './fica.ts'
import { payrollCounter } from './payroll-totals.ts'
import { looksPersonal } from './privacy.ts'

function count(text: string, size = 1 << 16) {
  const bytes = new TextEncoder().encode(text)
  const counter = payrollCounter('cent')
  for (let at = 0; at <= bytes.length; at += size) {
    const result = counter.count(bytes.slice(at, at + size), at + size > bytes.length)
    if (!result.ok) return { fault: result.error }
  }
  return { run: counter.run() }
}

const HEADER = 'employee_ref,agency,pay_date,pay_frequency,wages,filing_status,fica_coverage,ytd_wages'

describe('totals of a pay run', () => {
  // 163.69 and 982.25 are published answers (vectors.csv); Social Security and Medicare by hand.
  test('by agency and in all', () => {
    const run = [
      HEADER,
      'E1,Parks,2024-02-29,biweekly,2000,single_or_mfs,,',
      'E2,"Health, Human ""Services""",2024-03-01,biweekly,5769.23,single_or_mfs,medicare,',
      'E3,Parks,2024-03-01,biweekly,5769.23,single_or_mfs,both,167600',
      'E4,Parks,2024-03-01,biweekly,5769.23,single_or_mfs,both,199000',
      'E5,Parks,2024-03-01,biweekly,2000.00,single_or_mfs,none,500000',
    ].join('\n')
    for (const size of [3, 10_000])
      expect(count(run, size).run).toEqual({
        totals: {
          rows: 5,
          gross_wages: 21_307_69n,
          federal_income_tax: 2n * 163_69n + 3n * 982_25n,
          social_security_employee: 124_00n + 62_00n,
          social_security_employer: 124_00n + 62_00n,
          medicare_employee: 29_00n + 3n * 83_65n,
          medicare_employer: 29_00n + 3n * 83_65n,
          additional_medicare: 42_92n,
        },
        agencies: [
          {
            agency: 'Health, Human "Services"',
            rows: 1,
            gross_wages: 5_769_23n,
            federal_income_tax: 982_25n,
            social_security_employee: 0n,
            social_security_employer: 0n,
            medicare_employee: 83_65n,
            medicare_employer: 83_65n,
            additional_medicare: 0n,
          },
          expect.objectContaining({ agency: 'Parks', rows: 4, additional_medicare: 42_92n }),
        ],
        assumptions: [expect.stringContaining('fica_wages')],
      })
  })

  test('agree with `fica` on every row, near the base and the threshold too', () => {
    const law = ficaLawOf(2026)
    if (!law.ok) throw new Error(law.error.code)
    const rows: string[] = []
    let [social, medicare, additional] = [0n, 0n, 0n]
    for (let i = 0; i < 4000; i++) {
      const [wages, earlier] = [(i * 7919) % 2_000_000, (i * 104_729) % 21_000_000]
      const tax = fica(cents(BigInt(wages)), cents(BigInt(earlier)), law.value)
      social += tax.social_security_employee
      medicare += tax.medicare_employee
      additional += tax.additional_medicare
      rows.push(
        `E${i},A,2026-01-02,monthly,${(wages / 100).toFixed(2)},single_or_mfs,,${(earlier / 100).toFixed(2)}`,
      )
    }
    expect(count(`${HEADER}\n${rows.join('\n')}`).run?.totals).toMatchObject({
      social_security_employee: social,
      medicare_employee: medicare,
      additional_medicare: additional,
    })
  })

  test('are exact beyond 2^53 cents', () => {
    const row = 'E,A,2026-01-02,annual,1000000000,single_or_mfs,,\n'
    const run = count(`${HEADER}\n${row.repeat(150_000)}`).run
    expect(run?.totals.gross_wages).toBe(150_000n * 10n ** 11n)
    expect(run?.totals.medicare_employee).toBe((150_000n * 10n ** 11n * 145n) / 10_000n)
  })

  test.each([
    ['agency', 'E1,,2024-03-01,biweekly,2000,single_or_mfs,,'],
    ['pay_date', 'E1,A,2024-02-30,biweekly,2000,single_or_mfs,,'],
    ['pay_date', 'E1,A,2019-02-28,biweekly,2000,single_or_mfs,,'],
    ['fica_coverage', 'E1,A,2024-03-01,biweekly,2000,single_or_mfs,some,'],
    ['ytd_wages', 'E1,A,2024-03-01,biweekly,2000,single_or_mfs,,-1'],
    ['wages', 'E1,A,2024-03-01,biweekly,2000000000,single_or_mfs,,'],
  ])('a bad %s stops the run', (column, row) => {
    expect(count(`${HEADER}\n${row}\n`).fault).toMatchObject({ code: 'value_invalid', line: 2, column })
  })

  test.each(['employee_ref', 'agency', 'wages', 'pay_frequency'])('a run without %s is refused', (column) => {
    const names = HEADER.split(',').filter((name) => name !== column)
    expect(count(`${names.join(',')}\n`).fault).toMatchObject({ code: 'column_missing', column })
  })
})

describe('names and Social Security numbers', () => {
  test.each([
    'name',
    'Name',
    'first_name',
    'Last Name',
    'LASTNAME',
    'employee_name',
    'EmployeeName',
    'full name',
    'ssn',
    'SSN',
    'emp_ssn',
    'ssn_last4',
    'social_security',
    'Social Security Number',
    'socialSecurityNo',
    'soc_sec_no',
    'surname',
    'nombre',
    'taxpayer_id',
    'itin',
  ])('a column %s is refused', (column) => {
    expect(looksPersonal(column)).toBe(true)
    expect(
      count(`${HEADER},${column}\nE1,A,2024-03-01,biweekly,2000,single_or_mfs,,,x\n`).fault,
    ).toMatchObject({
      code: 'column_refused',
      line: 1,
      column,
    })
  })

  test.each([
    'agency_name',
    'Department Name',
    'employee_ref',
    'pay_date',
    'filing_status',
    'position_name',
    'assignment',
    'tint',
  ])('a column %s is not', (column) => {
    expect(looksPersonal(column)).toBe(false)
  })

  test.each([
    ['employee_ref', '123-45-6789,A'],
    ['employee_ref', '123 45 6789,A'],
    ['employee_ref', '123456789,A'],
    ['agency', 'E1,"Parks (123-45-6789)"'],
    ['agency', 'E1,000-00-0000'],
  ])('a value shaped like one in %s is refused and not repeated', (column, start) => {
    const { fault } = count(`${HEADER}\n${start},2024-03-01,biweekly,2000,single_or_mfs,,\n`)
    expect(fault).toMatchObject({ code: 'value_refused', line: 2, column })
    expect(JSON.stringify(fault)).not.toMatch(/45|000-00/)
  })

  test.each([
    'E123-45-67890',
    '0123-45-6789',
    '000123456',
    '900123456',
    '1234567890',
    '2024-03-01',
    '123-456-7890',
  ])('a reference %s is let pass', (ref) => {
    expect(count(`${HEADER}\n${ref},A,2024-03-01,biweekly,2000,single_or_mfs,,\n`).fault).toBeUndefined()
  })
})
