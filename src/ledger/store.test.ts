import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant, IsoDate } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import { ledgerFindings } from './audit-store.ts'
import { balancesOf } from './balance-store.ts'
import { openBook } from './book-store.ts'
import { expireHolds, openHolds } from './hold-store.ts'
import { MemoryBook } from './memory.ts'
import { closePeriod } from './period-store.ts'
import { type BookId, Command } from './schema.ts'
import { applyBatch, applyCommands, inLedger } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase({ empty: true })
})
afterAll(() => database.close())

const BOOK = 'b1' as BookId
const at = (time: string) => ({ at: `2026-03-01T${time}.000Z` as Instant, actor: 'tester' })
const commands = (...given: readonly object[]): readonly Command[] => given.map((one) => Command.parse(one))
const account = (id: string, more: object = {}) => ({
  op: 'account',
  id,
  code: '1',
  normal: 'debit',
  ...more,
})
const transfer = (id: string, amount: string, more: object = {}) => ({
  op: 'transfer',
  id,
  debit: 'a',
  credit: 'b',
  amount,
  kind: 'posted',
  date: '2026-02-01',
  ...more,
})

test('a batch is answered in order, stands in the tables, and is there on both clocks', async () => {
  const { db } = database
  const opened = await inLedger(db, (tx) =>
    openBook(tx, { id: BOOK, kind: 'simulation', title: 'A trial' }, at('10:00:00')),
  )
  expect(opened).toEqual({ ok: true, value: 'opened' })
  const outcomes = await applyCommands(
    db,
    BOOK,
    commands(
      account('a'),
      account('b', { normal: 'credit' }),
      transfer('1', '100'),
      transfer('2', '0'),
      transfer('1', '100'),
    ),
    at('10:00:00'),
  )
  expect(outcomes.map((o) => o.status)).toEqual(['ok', 'ok', 'ok', 'amount_not_positive', 'exists'])
  const later = await applyCommands(
    db,
    BOOK,
    commands(
      transfer('3', '50', { kind: 'pending', date: '2026-02-03', expires: '2026-02-10' }),
      transfer('1', '101'),
    ),
    at('11:00:00'),
  )
  expect(later.map((o) => o.status)).toEqual(['ok', 'id_used_with_other_content'])
  expect((await balancesOf(db, BOOK))[0]).toMatchObject({ id: 'a', debitsPending: 50n, debitsPosted: 100n })
  expect((await balancesOf(db, BOOK, { asOf: '2026-02-02' as IsoDate }))[0]).toMatchObject({
    debitsPending: 0n,
    debitsPosted: 100n,
  })
  expect((await balancesOf(db, BOOK, { knownAt: at('10:30:00').at }))[0]).toMatchObject({
    debitsPending: 0n,
    debitsPosted: 100n,
  })
  expect(await openHolds(db, BOOK)).toHaveLength(1)
  const expired = await inLedger(db, (tx) => expireHolds(tx, BOOK, '2026-02-11' as IsoDate, at('12:00:00')))
  expect(expired.map((o) => o.status)).toEqual(['ok'])
  expect(await openHolds(db, BOOK)).toEqual([])
  const closed = await inLedger(db, (tx) => closePeriod(tx, BOOK, '2026-02-28' as IsoDate, at('12:00:00')))
  expect(closed).toMatchObject({ ok: true })
  const last = await applyCommands(db, BOOK, commands(transfer('9', '1')), at('12:00:01'))
  expect(last.map((o) => o.status)).toEqual(['period_closed'])
})

test('a large batch stands whole, in its order, and is answered again as a whole', async () => {
  const { db } = database
  const id = 'large' as BookId
  await inLedger(db, (tx) => openBook(tx, { id, kind: 'simulation', title: 'A trial' }, at('10:00:00')))
  // Chains of three, and every fiftieth transfer is refused, and its chain with it.
  const sent = commands(
    account('a'),
    account('b', { normal: 'credit' }),
    ...Array.from({ length: 5_000 }, (_, i) =>
      transfer(`${i}`, i % 50 === 0 ? '0' : `${1 + (i % 97)}`, { linked: i % 3 !== 1 && i < 4_999 }),
    ),
  )
  const memory = new MemoryBook()
  const wanted = memory.apply(sent)
  const outcomes = await applyCommands(db, id, sent, at('10:00:00'))
  expect(outcomes).toEqual(wanted)
  expect(await balancesOf(db, id)).toEqual([...memory.accounts.values()])
  const { rows } = await sql<{ id: string; place: number }>`
    select id, place from ledger_transfer where book = ${id} order by place`.execute(db)
  expect(rows).toEqual([...memory.transfers.keys()].map((key, place) => ({ id: key, place })))
  const again = await applyCommands(db, id, sent, at('10:00:01'))
  expect(again.map((o) => o.status)).toEqual(wanted.map((o) => (o.status === 'ok' ? 'exists' : o.status)))
  for await (const { detail } of ledgerFindings(db, id)) throw new Error(detail)
})

test('a batch that fails in the middle leaves nothing behind', async () => {
  const { db } = database
  const before = await balancesOf(db, BOOK)
  const failing = inLedger(db, async (tx) => {
    await applyBatch(tx, BOOK, commands(transfer('late', '5', { date: '2026-03-01' })), at('13:00:00'))
    throw new Error('the caller changed its mind')
  })
  await expect(failing).rejects.toThrow('changed its mind')
  expect(await balancesOf(db, BOOK)).toEqual(before)
  for await (const { detail } of ledgerFindings(db)) throw new Error(detail)
})
