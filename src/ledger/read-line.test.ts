import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLine } from './read-line.ts'
import { usualTransfer } from './read-usual.ts'
import { Command } from './schema.ts'

const ID = fc.constantFrom(
  'a',
  'bank:1',
  'x'.repeat(64),
  'x'.repeat(65),
  '',
  '-a',
  'a b',
  'ä',
  'a\n',
  7,
  null,
)
const TEXT = fc.oneof(fc.constantFrom('x'.repeat(64), 'x'.repeat(65), 'x'.repeat(501)), fc.string(), ID)
const DAY = fc.oneof(
  fc.constantFrom(
    '2024-02-29',
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '1899-12-31',
    '2100-01-01',
    20260101,
  ),
  fc.constantFrom('2026-1-1', '2026-01-01 ', '2026-01-01T00:00:00Z', '2026-00-10', '2026-13-01', null),
  fc
    .date({ min: new Date('1890-01-01'), max: new Date('2110-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
)
const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  op: fc.constantFrom('account', 'close', 'Transfer', null),
  id: ID,
  debit: ID,
  credit: ID,
  amount: fc.constantFrom('0', '007', '-5', '+5', '1.5', '9'.repeat(39), '9'.repeat(40), '', 5, null),
  kind: fc.constantFrom('posted', 'pending', 'post', 'void', 'expire', 'Posted', 'toString', null),
  pending: ID,
  linked: fc.constantFrom(true, false, null, 'true', 0),
  expires: DAY,
  date: DAY,
  code: TEXT,
  reverses: ID,
  why: TEXT,
  documents: fc.constantFrom(null, [], ['a'], ['a b'], 'a', Array(21).fill('a')),
  other: fc.constant(null),
  __proto__: fc.constant(null),
  toString: fc.constant('a'),
}
const PLAIN = {
  op: 'transfer',
  id: 'a',
  debit: 'b',
  credit: 'c',
  amount: '5',
  kind: 'posted',
  date: '2026-03-01',
}
const change = fc
  .constantFrom(...Object.getOwnPropertyNames(FIELDS))
  .chain((name) =>
    fc.tuple(fc.constant(name), fc.option(FIELDS[name] as fc.Arbitrary<unknown>, { nil: undefined })),
  )

/** As text and back: so a field may be named as JSON allows and an object's own syntax does not. */
const lineOf = (changes: readonly (readonly [string, unknown])[]): string =>
  JSON.stringify(Object.fromEntries([...Object.entries(PLAIN), ...changes]))

test('law: what is known at a glance is what the schema makes of it, and nothing else is', () =>
  fc.assert(
    fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
      const sent: object = JSON.parse(lineOf(changes))
      const wanted = Command.safeParse(sent)
      const usual = usualTransfer(sent)
      if (usual !== undefined) expect(wanted).toEqual({ success: true, data: usual })
      expect(readLine(lineOf(changes)).ok).toBe(wanted.success)
    }),
    { numRuns: 5_000 },
  ))

test('a plain transfer is known at a glance on every day but February 29', () => {
  for (let day = Date.UTC(1900, 0, 1); day < Date.UTC(2100, 0, 1); day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10)
    const isKnown = usualTransfer({ ...PLAIN, date }) !== undefined
    if (isKnown === date.endsWith('-02-29')) throw new Error(date)
  }
})
