import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents } from '../base/index.ts'
import { PAY_PERIODS } from './data/years.ts'
import { lawOf, YEARS_CARRIED } from './law.ts'
import { ROUNDING_CENTS, withhold } from './percentage-method.ts'
import {
  type Exact,
  FILING_STATUSES,
  type Law,
  MARITAL_STATUSES,
  PAY_FREQUENCIES,
  type Paycheck,
  ROUNDINGS,
  SCHEDULES,
  type W4,
} from './schema.ts'

const laws = YEARS_CARRIED.map((year) => {
  const law = lawOf(year)
  if (!law.ok) throw new Error(law.error.code)
  return law.value
})
const anyLaw = fc.constantFrom(...laws)
/** Cents: mostly ordinary pay, sometimes enormous. */
const anyAmount = fc
  .oneof(
    { weight: 3, arbitrary: fc.bigInt(0n, 3_000_000n) },
    fc.bigInt(0n, 200_000_000n),
    fc.bigInt(0n, 10n ** 15n),
    fc.constant(0n),
  )
  .map(cents)
const newForm: fc.Arbitrary<W4> = fc.record({
  form: fc.constant('2020_or_later' as const),
  filing_status: fc.constantFrom(...FILING_STATUSES),
  step2_checkbox: fc.boolean(),
  step3: anyAmount,
  step4a: anyAmount,
  step4b: anyAmount,
  step4c: anyAmount,
})
const oldForm: fc.Arbitrary<W4> = fc.record({
  form: fc.constant('2019_or_earlier' as const),
  marital_status: fc.constantFrom(...MARITAL_STATUSES),
  allowances: fc.nat(30),
  line6_extra: anyAmount,
})
const anyPaycheck: fc.Arbitrary<Paycheck> = fc.record({
  wages: anyAmount,
  pay_frequency: fc.constantFrom(...PAY_FREQUENCIES),
  rounding: fc.constantFrom(...ROUNDINGS),
  w4: fc.oneof(newForm, oldForm),
})

function priced(paycheck: Paycheck, law: Law) {
  const result = withhold(paycheck, law)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
function line(paycheck: Paycheck, law: Law, name: string): Exact {
  const step = priced(paycheck, law).steps.find((s) => s.line === name)
  if (!step) throw new Error(`no line ${name}`)
  return step.value
}
const extraOf = (w4: W4) => (w4.form === '2020_or_later' ? w4.step4c : w4.line6_extra)
const withExtra = (paycheck: Paycheck, extra: bigint): Paycheck => ({
  ...paycheck,
  w4:
    paycheck.w4.form === '2020_or_later'
      ? { ...paycheck.w4, step4c: cents(extra) }
      : { ...paycheck.w4, line6_extra: cents(extra) },
})

/**
 * Where the published table itself steps down: the base of a bracket is below what the bracket before has reached,
 * because thresholds of Step 2 tables are rounded to dollars and bases are not figured again. Hundredths of a cent.
 */
const stepsDown = (law: Law) =>
  SCHEDULES.flatMap((schedule) =>
    FILING_STATUSES.flatMap((status) =>
      law.brackets[schedule][status].flatMap((row, i, table) => {
        const before = table[i - 1]
        if (!before) return []
        const reached = before.base_tax * 100n + before.percent * (row.at_least - before.at_least)
        const down = reached - row.base_tax * 100n
        return down > 0n ? [{ year: law.year, schedule, status, at_least: row.at_least, down }] : []
      }),
    ),
  )

describe('tax never falls when wages rise', () => {
  test('but at ten thresholds of the published Step 2 tables for single, by at most 17 cents a year', () => {
    const down = laws.flatMap(stepsDown)
    expect(down.map((s) => `${s.year} ${s.at_least / 100n} ${s.down / 100n}`)).toEqual([
      '2020 11138 5',
      '2021 26538 6',
      '2022 11613 5',
      '2023 29288 6',
      '2023 295988 17',
      '2024 57563 11',
      '2024 129163 16',
      '2025 13463 5',
      '2025 132763 16',
      '2026 108938 12',
    ])
    expect(down.every((s) => s.schedule === 'step2_checkbox' && s.status === 'single_or_mfs')).toBe(true)
  })

  test('law: line 3c of the higher wage is at least that of the lower, less what the table steps down between', () =>
    fc.assert(
      fc.property(anyPaycheck, anyAmount, anyLaw, (paycheck, more, law) => {
        const higher = { ...paycheck, wages: cents(paycheck.wages + more) }
        const [low, high] = [line(paycheck, law, '3c'), line(higher, law, '3c')]
        const steps = stepsDown(law).filter(
          (s) =>
            paycheck.w4.form === '2020_or_later' &&
            paycheck.w4.step2_checkbox &&
            paycheck.w4.filing_status === s.status,
        )
        const slack = steps.reduce((sum, s) => sum + s.down, 0n)
        expect(high.numerator + slack >= low.numerator).toBe(true)
        if (slack === 0n) expect(priced(higher, law).tax >= priced(paycheck, law).tax).toBe(true)
      }),
      { numRuns: 3000 },
    ))

  test('law: strictly, wherever the Step 2 table of single is not used', () =>
    fc.assert(
      fc.property(anyPaycheck, anyAmount, anyLaw, (paycheck, more, law) => {
        const { w4 } = paycheck
        fc.pre(!(w4.form === '2020_or_later' && w4.step2_checkbox && w4.filing_status === 'single_or_mfs'))
        const higher = { ...paycheck, wages: cents(paycheck.wages + more) }
        return priced(higher, law).tax >= priced(paycheck, law).tax
      }),
      { numRuns: 3000 },
    ))
})

test('law: never negative, and never below the extra amount rounded down', () =>
  fc.assert(
    fc.property(anyPaycheck, anyLaw, (paycheck, law) => {
      const { tax } = priced(paycheck, law)
      const unit = BigInt(ROUNDING_CENTS[paycheck.rounding])
      return tax >= 0n && tax >= (extraOf(paycheck.w4) / unit) * unit
    }),
    { numRuns: 3000 },
  ))

test('law: step 4(c) or line 6 is always added in full', () =>
  fc.assert(
    fc.property(anyPaycheck, anyLaw, fc.bigInt(0n, 10n ** 9n), (paycheck, law, units) => {
      const extra = units * BigInt(ROUNDING_CENTS[paycheck.rounding])
      const without = priced(withExtra(paycheck, 0n), law).tax
      return priced(withExtra(paycheck, extra), law).tax === without + extra
    }),
    { numRuns: 3000 },
  ))

test('law: an extra amount that is no whole number of the rounding unit moves the tax by it, within one unit', () =>
  fc.assert(
    fc.property(anyPaycheck, anyLaw, (paycheck, law) => {
      const moved = priced(paycheck, law).tax - priced(withExtra(paycheck, 0n), law).tax
      const off = moved - extraOf(paycheck.w4)
      const unit = BigInt(ROUNDING_CENTS[paycheck.rounding])
      return off < unit && off > -unit
    }),
    { numRuns: 2000 },
  ))

test('law: the same annual wage by any pay period gives the same annual tax, exactly before and within half a unit a period after rounding', () =>
  fc.assert(
    fc.property(
      anyPaycheck,
      anyLaw,
      fc.bigInt(0n, 10n ** 8n),
      fc.constantFrom(...PAY_FREQUENCIES),
      (paycheck, law, k, other) => {
        // 3,120 is a multiple of every number of pay periods, so that no wage is cut to fit.
        const annual = k * 3120n
        const yearly = (pay_frequency: typeof other) => {
          const periods = BigInt(PAY_PERIODS[pay_frequency])
          const one = withExtra({ ...paycheck, pay_frequency, wages: cents(annual / periods) }, 0n)
          return { exact: line(one, law, '3c').numerator, rounded: priced(one, law).tax * periods, periods }
        }
        const [a, b] = [yearly(paycheck.pay_frequency), yearly(other)]
        expect(a.exact).toBe(b.exact)
        const unit = BigInt(ROUNDING_CENTS[paycheck.rounding])
        const gap = a.rounded > b.rounded ? a.rounded - b.rounded : b.rounded - a.rounded
        expect(2n * gap <= unit * (a.periods + b.periods)).toBe(true)
      },
    ),
    { numRuns: 2000 },
  ))

test('law: credits never raise the tax, other income never lowers it, deductions never raise it, but at those thresholds', () =>
  fc.assert(
    fc.property(anyPaycheck, anyAmount, anyLaw, (paycheck, more, law) => {
      const { w4 } = paycheck
      fc.pre(w4.form === '2020_or_later' && !(w4.step2_checkbox && w4.filing_status === 'single_or_mfs'))
      if (w4.form !== '2020_or_later') return
      const { tax } = priced(paycheck, law)
      const change = (part: Partial<typeof w4>) => priced({ ...paycheck, w4: { ...w4, ...part } }, law).tax
      expect(change({ step3: cents(w4.step3 + more) }) <= tax).toBe(true)
      expect(change({ step4a: cents(w4.step4a + more) }) >= tax).toBe(true)
      expect(change({ step4b: cents(w4.step4b + more) }) <= tax).toBe(true)
    }),
    { numRuns: 2000 },
  ))

describe('the worksheet', () => {
  const law2026 = laws.at(-1) as Law
  // By hand from the 2026 tables: 3,000 x 26 + 1,200 - 3,000 - 8,600 = 67,600, in the row from 57,900 (22 %).
  test('names every line with its value', () => {
    const paycheck: Paycheck = {
      wages: cents(3_000_00n),
      pay_frequency: 'biweekly',
      rounding: 'cent',
      w4: {
        form: '2020_or_later',
        filing_status: 'single_or_mfs',
        step2_checkbox: false,
        step3: cents(2_000_00n),
        step4a: cents(1_200_00n),
        step4b: cents(3_000_00n),
        step4c: cents(25_00n),
      },
    }
    const { steps, tax } = priced(paycheck, law2026)
    expect(tax).toBe(253_23n)
    expect(Object.fromEntries(steps.map((s) => [s.line, s.shown]))).toMatchObject({
      '1a': '3000.00',
      '1b': '26',
      '1c': '78000.00',
      '1d': '1200.00',
      '1e': '79200.00',
      '1f': '3000.00',
      '1g': '8600.00',
      '1h': '11600.00',
      '1i': '67600.00',
      '2h': '305.153846…',
      '3a': '2000.00',
      '3b': '76.923076…',
      '3c': '228.230769…',
      '4a': '25.00',
      '4b': '253.230769…',
      tax: '253.23',
    })
  })

  test('a nonresident alien: wages of 300 weekly and 226.90 added, old form with one allowance', () => {
    const paycheck: Paycheck = {
      wages: cents(300_00n),
      pay_frequency: 'weekly',
      rounding: 'cent',
      nonresident_alien: true,
      w4: { form: '2019_or_earlier', marital_status: 'single', allowances: 1, line6_extra: cents(0n) },
    }
    expect(priced(paycheck, law2026).tax).toBe(31_23n)
    expect(withhold(paycheck, laws[0] as Law)).toEqual({
      ok: false,
      error: { code: 'nonresident_addback_not_carried', year: 2020, years: [2026] },
    })
  })

  test('a negative amount and half an allowance are refused by name', () => {
    const paycheck: Paycheck = {
      wages: cents(-1n),
      pay_frequency: 'weekly',
      rounding: 'cent',
      w4: { form: '2019_or_earlier', marital_status: 'single', allowances: 0.5, line6_extra: cents(0n) },
    }
    expect(withhold(paycheck, law2026)).toMatchObject({ error: { code: 'amount_negative', field: 'wages' } })
    expect(withhold({ ...paycheck, wages: cents(0n) }, law2026)).toEqual({
      ok: false,
      error: { code: 'allowances_invalid', found: 0.5 },
    })
  })
})
