import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cents, cents, dollars, type IsoDate } from '../../base/index.ts'
import { type Originator, type TaxPayment, writeAch } from './ach.ts'
import { checkAch } from './ach-check.ts'

const originator: Originator = {
  ein: '123456789',
  name: 'STATE OF EXAMPLE PAYROLL',
  bank_routing: '011000015',
  bank_name: 'FEDERAL RESERVE BANK',
  created_on: '2026-10-30' as IsoDate,
  created_at: '0915',
  effective: '2026-11-02' as IsoDate,
  file_id: 'A',
  first_entry: 1,
}
const payment = (parts: TaxPayment['parts'], id = 'R-1'): TaxPayment => ({
  id,
  tax_type: '94105',
  quarter: '2026-Q3',
  parts,
})
const write = (...payments: TaxPayment[]) => {
  const file = writeAch(originator, payments)
  if (!file.ok) throw new Error(`${file.error.field}: ${file.error.wanted}`)
  return file.value
}

/** Written by hand from the record formats, but for the seal in columns 87 to 94 of the first record. */
const BY_HAND = [
  '101 01100001511234567892610300915A094101FEDERAL RESERVE BANK   STATE OF EXAMPLE PAYROL        ',
  '5220STATE OF EXAMPLE                    1123456789CCDTAXPAYMENT261102261102   1011000010000001',
  '62206103600023401009         0000452310123456789      IRS                     1011000010000001',
  '705TXP*123456789*94105*260901*1*248000*2*58010*3*146300\\                           00010000001',
  '822000000200061036000000000000000000004523101123456789                         011000010000001',
  '9000001000001000000020006103600000000000000000000452310                                       ',
]

test('a file as it is written by hand from the format', () => {
  const { text, entries, total } = write(
    payment({ social_security: cents(248_000n), medicare: cents(58_010n), income_tax: cents(146_300n) }),
  )
  const lines = text.split('\n')
  expect(lines[0]?.slice(0, 86)).toBe(BY_HAND[0]?.slice(0, 86))
  expect(lines.slice(1, 6)).toEqual(BY_HAND.slice(1))
  expect(lines.slice(6, 10)).toEqual(Array(4).fill('9'.repeat(94)))
  expect(lines).toHaveLength(11)
  expect(entries).toEqual([{ payment: 'R-1', trace: '011000010000001', amount: 452_310n }])
  expect(total).toBe(452_310n)
})

test('entries go on from the file before, so that no trace number comes twice', () => {
  const file = writeAch({ ...originator, first_entry: 41 }, [payment({ income_tax: dollars(164_000_000n) })])
  expect(file.ok && file.value.entries.map((entry) => entry.trace)).toEqual([
    '011000010000041',
    '011000010000042',
  ])
  expect(file.ok && checkAch(file.value.text).ok).toBe(true)
})

test('an amount beyond ten digits becomes several entries, nothing lost', () => {
  const { entries, text } = write(
    payment({ income_tax: dollars(164_000_000n), medicare: dollars(50_000_000n) }),
  )
  expect(entries.map((entry) => entry.amount)).toEqual([99_999_999_99n, 99_999_999_99n, 14_000_000_02n])
  const read = checkAch(text)
  expect(
    read.ok && read.value.payments.map((one) => one.parts.map((part) => [part.type, part.amount])),
  ).toEqual([
    [
      ['2', 50_000_000_00n],
      ['3', 49_999_999_99n],
    ],
    [['3', 99_999_999_99n]],
    [['3', 14_000_000_02n]],
  ])
})

test.each([
  [{ ein: '12345678' }, 'ein'],
  [{ bank_routing: '011000016' }, 'bank_routing'],
  [{ name: '   ' }, 'name'],
  [{ name: 'Año' }, 'name'],
  [{ created_at: '2460' }, 'created_at'],
  [{ file_id: 'a' }, 'file_id'],
  [{ first_entry: 0 }, 'first_entry'],
  [{ effective: '2026-10-29' as IsoDate }, 'effective'],
])('refused: %j', (wrong, field) =>
  expect(writeAch({ ...originator, ...wrong }, [payment({ income_tax: dollars(1n) })])).toMatchObject({
    ok: false,
    error: { code: 'ach_field_invalid', of: 'originator', field },
  }),
)

test('refused: no payment, nothing to pay, a negative part, more than a file holds', () => {
  expect(writeAch(originator, [])).toMatchObject({ error: { code: 'ach_empty' } })
  expect(writeAch(originator, [payment({})])).toMatchObject({ error: { of: 'R-1', field: 'parts' } })
  expect(writeAch(originator, [payment({ medicare: cents(-1n) })])).toMatchObject({
    error: { of: 'R-1', field: 'medicare' },
  })
  expect(writeAch(originator, [payment({ income_tax: dollars(10_000_000_000n) })])).toMatchObject({
    error: { code: 'ach_too_large' },
  })
})

const anyPart = fc.oneof(
  fc.constant(undefined),
  fc.bigInt({ min: 0n, max: 30_000_000_000n }).map((n): Cents => cents(n)),
)
const anyPayment: fc.Arbitrary<TaxPayment> = fc
  .record({
    id: fc.string({ minLength: 1 }),
    tax_type: fc.constant('94105' as const),
    quarter: fc.constantFrom('2025-Q4' as const, '2026-Q1' as const, '2026-Q2' as const, '2026-Q3' as const),
    parts: fc.record({ social_security: anyPart, medicare: anyPart, income_tax: anyPart }),
  })
  .map((one) => ({
    ...one,
    parts: Object.fromEntries(Object.entries(one.parts).filter(([, n]) => n !== undefined)),
  }))
  .filter((one) => Object.values(one.parts).some((amount) => amount !== undefined && amount > 0n))
const anyPayments = fc.array(anyPayment, { minLength: 1, maxLength: 12 })

describe('the validator, written from the format by another path', () => {
  test('law: accepts what is written, and reads the same money and periods out of it', () =>
    fc.assert(
      fc.property(anyPayments, (payments) => {
        const file = write(...payments)
        const read = checkAch(file.text)
        if (!read.ok) throw new Error(JSON.stringify(read.error))
        expect(read.value.total).toBe(file.total)
        expect(read.value.payments.map(({ trace, amount }) => ({ trace, amount }))).toEqual(
          file.entries.map(({ trace, amount }) => ({ trace, amount })),
        )
        for (const [part, type] of [
          ['social_security', '1'],
          ['medicare', '2'],
          ['income_tax', '3'],
        ] as const)
          for (const quarter of ['2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3'] as const) {
            const period = `${quarter.slice(2, 4)}${String(Number(quarter[6]) * 3).padStart(2, '0')}01`
            const wanted = payments.reduce(
              (sum, one) => sum + (one.quarter === quarter ? (one.parts[part] ?? 0n) : 0n),
              0n,
            )
            const found = read.value.payments
              .filter((one) => one.period === period)
              .flatMap((one) => one.parts)
              .reduce((sum, one) => sum + (one.type === type ? one.amount : 0n), 0n)
            expect(found).toBe(wanted)
          }
      }),
    ))

  test('law: refuses the file with any one character changed', () =>
    fc.assert(
      fc.property(anyPayments, fc.nat(), fc.constantFrom(...'0123456789 A*\\\n'), (payments, place, sign) => {
        const { text } = write(...payments)
        const at = place % text.length
        fc.pre(text[at] !== sign)
        expect(checkAch(text.slice(0, at) + sign + text.slice(at + 1)).ok).toBe(false)
      }),
      { numRuns: 1000 },
    ))

  test('every digit of a file, flipped in turn, is refused', () => {
    const { text } = write(
      payment({ income_tax: dollars(1_234n), medicare: dollars(56n) }),
      payment({ income_tax: 1n as Cents }),
    )
    const missed = [...text].flatMap((sign, at) => {
      if (!/\d/.test(sign)) return []
      const flipped = `${text.slice(0, at)}${(Number(sign) + 1) % 10}${text.slice(at + 1)}`
      return checkAch(flipped).ok ? [at] : []
    })
    expect(missed).toEqual([])
  })

  test('law: refuses a file with a record dropped, doubled or swapped', () =>
    fc.assert(
      fc.property(anyPayments, fc.nat(), fc.nat(), (payments, a, b) => {
        const { text } = write(...payments)
        const lines = text.trimEnd().split('\n')
        const [i, j] = [a % lines.length, b % lines.length]
        const changed = (list: readonly string[]) =>
          checkAch(`${list.join('\n')}\n`).ok && `${list.join('\n')}\n` !== text
        expect(changed(lines.toSpliced(i, 1))).toBe(false)
        expect(changed(lines.toSpliced(i, 0, lines[i] ?? ''))).toBe(false)
        const swapped = lines.with(i, lines[j] ?? '').with(j, lines[i] ?? '')
        expect(changed(swapped)).toBe(false)
      }),
    ))

  test('names the line and the field', () => {
    const { text } = write(payment({ income_tax: dollars(1_234n) }))
    const lines = text.split('\n')
    const with2 = (i: number, line: string) => lines.with(i, line).join('\n')
    expect(checkAch(with2(2, (lines[2] ?? '').replace('0000123400', '0000123500')))).toMatchObject({
      error: { line: 3, field: 'amount' },
    })
    expect(checkAch(with2(2, (lines[2] ?? '').replace('061036000', '061036001')))).toMatchObject({
      error: { line: 3, field: 'check_digit' },
    })
    expect(checkAch(with2(5, (lines[5] ?? '').slice(0, 90)))).toMatchObject({
      error: { line: 6, field: 'length' },
    })
    expect(checkAch(text.trimEnd())).toMatchObject({ error: { field: 'line' } })
    expect(checkAch('')).toMatchObject({ ok: false })
  })
})
