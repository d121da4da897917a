import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant, IsoDate } from '../base/index.ts'
import { PACKAGE_ROOT } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { openBook } from './book-store.ts'
import { MemoryBook } from './memory.ts'
import { REFUSALS, type Refusal, type Status } from './refusals.ts'
import { type BookId, Command } from './schema.ts'
import { applyCommands, inLedger } from './store.ts'

const read = (given: readonly object[]): readonly Command[] => given.map((one) => Command.parse(one))

const account = (id: string, more: object = {}) => ({
  op: 'account',
  id,
  code: '1000',
  normal: 'debit',
  ...more,
})
const move = (id: string, more: object = {}) => ({
  op: 'transfer',
  id,
  debit: 'bank',
  credit: 'escrow',
  amount: '100',
  kind: 'posted',
  date: '2026-03-10',
  ...more,
})
const hold = (id: string, more: object = {}) => move(id, { kind: 'pending', ...more })
const post = (id: string, pending: string, more: object = {}) => move(id, { kind: 'post', pending, ...more })
const end = (id: string, pending: string, kind: string, more: object = {}) =>
  move(id, { kind, pending, amount: undefined, ...more })
const back = (id: string, reverses: string, more: object = {}) =>
  move(id, { debit: 'escrow', credit: 'bank', reverses, why: 'paid twice', ...more })

const OPEN = [
  account('bank'),
  account('escrow', { normal: 'credit' }),
  account('tight', { normal: 'credit', limit: 'debits<=credits' }),
  account('mirror', { limit: 'credits<=debits' }),
  account('capped', { normal: 'credit', upper: '150' }),
]
const FROM_TIGHT = { debit: 'tight', credit: 'bank' }

/** Each row: what the book took before, the command that is refused, and its name. Worked by hand from `refusals.ts`. */
const TABLE: readonly [refusal: Refusal, before: readonly object[], refused: object, why?: string][] = [
  ['id_used_with_other_content', [move('1')], move('1', { amount: '101' }), 'another amount'],
  ['id_used_with_other_content', [move('1')], move('1', { date: '2026-03-11' }), 'another date'],
  ['id_used_with_other_content', [move('1')], move('1', { why: 'a note' }), 'another note'],
  ['id_used_with_other_content', [], account('bank', { code: '1001' }), 'an account with another code'],
  ['account_not_found', [], move('1', { debit: 'nobody' })],
  ['account_not_found', [], { op: 'close', id: 'nobody' }],
  ['account_closed', [{ op: 'close', id: 'bank' }], move('1')],
  ['account_not_zero', [move('1')], { op: 'close', id: 'bank' }],
  ['account_has_holds', [hold('1')], { op: 'close', id: 'bank' }],
  ['amount_missing', [], move('1', { amount: undefined })],
  ['amount_not_positive', [], move('1', { amount: '0' })],
  ['amount_not_positive', [], move('1', { amount: '-100' })],
  ['accounts_are_the_same', [], move('1', { credit: 'bank' })],
  ['period_closed', [], move('1', { date: '2026-02-28' })],
  ['exceeds_credits', [], move('1', FROM_TIGHT), 'nothing there'],
  [
    'exceeds_credits',
    [move('1', { credit: 'tight' }), hold('2', { ...FROM_TIGHT, amount: '60' })],
    move('3', { ...FROM_TIGHT, amount: '41' }),
    'an open hold counts',
  ],
  [
    'exceeds_credits',
    [move('1', { credit: 'tight' }), hold('2', { ...FROM_TIGHT, amount: '60' })],
    hold('3', { ...FROM_TIGHT, amount: '41' }),
    'a hold beside an open hold',
  ],
  [
    'exceeds_credits',
    [hold('1', { credit: 'tight' })],
    move('2', FROM_TIGHT),
    'what is only held for it does not help',
  ],
  ['exceeds_debits', [], move('1', { credit: 'mirror' })],
  ['exceeds_upper', [move('1', { credit: 'capped' })], hold('2', { credit: 'capped', amount: '51' })],
  [
    'balance_too_large',
    [move('1', { amount: '999999999999999999' })],
    move('2', { amount: '1' }),
    'one cent above the largest balance',
  ],
  ['balance_too_large', [], move('1', { amount: '9'.repeat(30) }), 'more than a balance can hold'],
  ['pending_missing', [hold('1')], move('2', { kind: 'post' })],
  ['pending_unexpected', [hold('1')], move('2', { pending: '1' })],
  ['pending_not_found', [], post('2', 'nothing')],
  ['pending_is_not_pending', [move('1')], post('2', '1')],
  ['pending_has_other_accounts', [hold('1')], post('2', '1', { credit: 'tight' })],
  ['pending_has_other_amount', [hold('1')], end('2', '1', 'void', { amount: '99' })],
  ['exceeds_pending_amount', [hold('1')], post('2', '1', { amount: '101' })],
  ['pending_already_posted', [hold('1'), post('2', '1', { amount: '40' })], post('3', '1', { amount: '60' })],
  ['pending_already_voided', [hold('1'), end('2', '1', 'void')], end('3', '1', 'void'), 'a second void'],
  ['pending_already_voided', [hold('1'), end('2', '1', 'void')], post('3', '1')],
  [
    'pending_already_expired',
    [hold('1', { expires: '2026-03-12' }), end('2', '1', 'expire', { date: '2026-03-13' })],
    post('3', '1', { date: '2026-03-13' }),
  ],
  ['pending_expired', [hold('1', { expires: '2026-03-12' })], post('2', '1', { date: '2026-03-13' })],
  ['pending_expired', [hold('1', { expires: '2026-03-12' })], end('2', '1', 'void', { date: '2026-03-13' })],
  [
    'pending_not_expired',
    [hold('1', { expires: '2026-03-12' })],
    end('2', '1', 'expire', { date: '2026-03-12' }),
  ],
  [
    'pending_not_expired',
    [hold('1')],
    end('2', '1', 'expire', { date: '2099-12-31' }),
    'a hold without a last day',
  ],
  ['date_before_pending', [hold('1')], post('2', '1', { date: '2026-03-09' })],
  ['expires_unexpected', [], move('1', { expires: '2026-03-12' })],
  ['expires_before_date', [], hold('1', { expires: '2026-03-09' })],
  ['reversal_not_posted', [move('1')], back('2', '1', { kind: 'pending' })],
  ['reason_missing', [move('1')], back('2', '1', { why: undefined })],
  ['reversed_not_found', [], back('2', 'nothing')],
  ['reversed_moved_nothing', [hold('1')], back('2', '1')],
  ['reversal_not_mirrored', [move('1')], move('2', { reverses: '1', why: 'paid twice' })],
  [
    'exceeds_reversed_amount',
    [move('1'), back('2', '1', { amount: '60' })],
    back('3', '1', { amount: '41' }),
  ],
  ['chain_open', [], move('1', { linked: true })],
]

function bookWith(commands: readonly object[]): MemoryBook {
  const book = new MemoryBook()
  book.closedThrough = '2026-02-28' as IsoDate
  const statuses = book.apply(read([...OPEN, ...commands])).map((o) => o.status)
  expect(statuses.filter((status) => status !== 'ok')).toEqual([])
  return book
}

test.each(TABLE)('%s: %j, then %j', (refusal, before, refused) => {
  const book = bookWith(before)
  const [accounts, transfers] = [new Map(book.accounts), new Map(book.transfers)]
  expect(book.apply(read([refused])).map((o) => o.status)).toEqual([refusal])
  expect([book.accounts, book.transfers]).toEqual([accounts, transfers])
})

// What lies just inside of each bound is taken.
const TAKEN: readonly [why: string, before: readonly object[], command: object, status: Status][] = [
  [
    'all that is left beside a hold',
    [move('1', { credit: 'tight' }), hold('2', { ...FROM_TIGHT, amount: '60' })],
    move('3', { ...FROM_TIGHT, amount: '40' }),
    'ok',
  ],
  [
    'up to the upper bound',
    [move('1', { credit: 'capped' })],
    hold('2', { credit: 'capped', amount: '50' }),
    'ok',
  ],
  ['a part of a hold', [hold('1')], post('2', '1', { amount: '1' }), 'ok'],
  ['a whole hold, unsaid', [hold('1')], post('2', '1', { amount: undefined }), 'ok'],
  [
    'a hold on its last day',
    [hold('1', { expires: '2026-03-12' })],
    post('2', '1', { date: '2026-03-12' }),
    'ok',
  ],
  [
    'a hold after its last day',
    [hold('1', { expires: '2026-03-12' })],
    end('2', '1', 'expire', { date: '2026-03-13' }),
    'ok',
  ],
  [
    'the rest of a reversal',
    [move('1'), back('2', '1', { amount: '60' })],
    back('3', '1', { amount: '40' }),
    'ok',
  ],
  ['the first day after a closed period', [], move('1', { date: '2026-03-01' }), 'ok'],
  ['the same transfer again', [move('1')], move('1'), 'exists'],
  ['the same void again', [hold('1'), end('2', '1', 'void')], end('2', '1', 'void'), 'exists'],
  [
    'the same void again, its amount said now',
    [hold('1'), end('2', '1', 'void')],
    end('2', '1', 'void', { amount: '100' }),
    'exists',
  ],
  ['the same account again', [], account('bank'), 'exists'],
  ['the same closing again', [{ op: 'close', id: 'tight' }], { op: 'close', id: 'tight' }, 'exists'],
]
test.each(TAKEN)('taken: %s', (_, before, command, status) =>
  expect(
    bookWith(before)
      .apply(read([command]))
      .map((o) => o.status),
  ).toEqual([status]),
)

test('a chain stands or falls as one, and says of each what became of it', () => {
  const book = bookWith([move('0')])
  const chain = [
    move('0', { linked: true }),
    move('1', { linked: true }),
    move('2', { amount: '0', linked: true }),
    move('3'),
  ]
  const after = [move('4')]
  expect(book.apply(read([...chain, ...after])).map((o) => o.status)).toEqual([
    'exists',
    'chain_refused',
    'amount_not_positive',
    'chain_refused',
    'ok',
  ])
  expect([...book.transfers.keys()]).toEqual(['0', '4'])
  const good = [move('1', { linked: true }), move('2')]
  expect(book.apply(read(good)).map((o) => o.status)).toEqual(['ok', 'ok'])
  expect(book.apply(read(good)).map((o) => o.status)).toEqual(['exists', 'exists'])
})

test('the answer tells how both accounts stand after it', () => {
  const [outcome] = bookWith([]).apply(read([hold('1')]))
  expect(
    outcome?.accounts.map(({ id, debitsPending, creditsPending }) => [id, debitsPending, creditsPending]),
  ).toEqual([
    ['bank', 100n, 0n],
    ['escrow', 0n, 100n],
  ])
})

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase({ empty: true })
})
afterAll(() => database.close())

test('book_not_found and clock_set_back refuse a whole batch', async () => {
  const { db } = database
  const meta = (time: string) => ({ at: `2026-03-10T${time}.000Z` as Instant, actor: 'tester' })
  const send = async (time: string, ...given: readonly object[]) =>
    (await applyCommands(db, 'b', read(given), meta(time))).map((o) => o.status)
  expect(await send('12:00:00', account('bank'))).toEqual(['book_not_found'])
  const book = { id: 'b' as BookId, kind: 'simulation' as const, title: 'A trial' }
  await inLedger(db, (tx) => openBook(tx, book, meta('12:00:00')))
  expect(await send('12:00:00', account('bank'))).toEqual(['ok'])
  // A minute is how clocks differ; an hour is a clock set back.
  expect(await send('11:59:00', account('escrow'))).toEqual(['ok'])
  expect(await send('11:00:00', account('third'), account('fourth'))).toEqual([
    'clock_set_back',
    'clock_set_back',
  ])
  expect(await inLedger(db, (tx) => openBook(tx, { ...book, kind: 'operating' }, meta('12:00:00')))).toEqual({
    ok: false,
    error: { code: 'book_is_of_other_kind', kind: 'simulation' },
  })
})

test('every refusal is refused somewhere above', () => {
  const shown = new Set<string>([
    ...TABLE.map(([refusal]) => refusal),
    'chain_refused',
    'book_not_found',
    'clock_set_back',
  ])
  expect(Object.keys(REFUSALS).filter((name) => !shown.has(name))).toEqual([])
})

test('docs/ledger.md lists every refusal with its meaning, as the code has them', () => {
  const page = readFileSync(join(PACKAGE_ROOT, 'docs/ledger.md'), 'utf8')
  const table = page.slice(page.indexOf('| status | meaning |'), page.indexOf('A refused id is free'))
  const listed = [...table.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name, meaning]) => [name, meaning])
  expect(listed).toEqual([
    ['ok', 'It took effect.'],
    ['exists', 'The same command took effect before; sending it again changes nothing.'],
    ...Object.entries(REFUSALS),
  ])
})
