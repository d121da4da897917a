import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EdtfDate as Edtf, EdtfDate, isEdtf, spanOf } from './dates.ts'

test.each([
  { date: '2018', first: '2018-01-01', last: '2018-12-31' },
  { date: '2026-01', first: '2026-01-01', last: '2026-01-31' },
  { date: '2024-02', first: '2024-02-01', last: '2024-02-29' },
  { date: '1900-02', first: '1900-02-01', last: '1900-02-28' },
  { date: '2000-02', first: '2000-02-01', last: '2000-02-29' },
  { date: '2026-03-09', first: '2026-03-09', last: '2026-03-09' },
])('$date is the span from $first to $last', ({ date, first, last }) =>
  expect(spanOf(EdtfDate.parse(date))).toEqual({ first, last }),
)

test.each([
  '',
  '18',
  '2018-13',
  '2018-00',
  '2023-02-29',
  '2024-02-30',
  '2018-1',
  '2018-01-1',
  ' 2018',
  '2018-01-01T00:00',
  '0000',
])('refuses %j', (text) => expect(EdtfDate.safeParse(text).success).toBe(false))

test('law: a day is in the calendar exactly when JavaScript’s own calendar keeps it', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
      (y, m, d) => {
        const text = `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
        const date = new Date(`${text}T00:00:00Z`)
        const kept = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
        expect(isEdtf(text)).toBe(kept)
      },
    ),
  ))

test('law: a less precise date spans the more precise one', () =>
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1700-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
      (date) => {
        const day = date.toISOString().slice(0, 10)
        for (const precision of [4, 7, 10]) {
          const span = spanOf(day.slice(0, precision) as Edtf)
          expect(span.first <= day && day <= span.last).toBe(true)
        }
      },
    ),
  ))
