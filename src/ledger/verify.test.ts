import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../audit/verify.ts'
import type { Instant, IsoDate } from '../base/index.ts'
import type { Db } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { ledgerCheck, ledgerFindings } from './audit-store.ts'
import { openBook } from './book-store.ts'
import { closePeriod } from './period-store.ts'
import { type BookId, Command } from './schema.ts'
import { applyCommands, inLedger } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  await fill(database.db)
})
afterAll(() => database.close())

const meta = { at: '2026-03-10T12:00:00.000Z' as Instant, actor: 'tester' }
const send = (db: Db, ...given: readonly object[]) =>
  applyCommands(
    db,
    'b',
    given.map((one) => Command.parse(one)),
    meta,
  )
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

async function fill(db: Db): Promise<void> {
  await inLedger(db, (tx) => openBook(tx, { id: 'b' as BookId, kind: 'simulation', title: 'A trial' }, meta))
  await send(
    db,
    { op: 'account', id: 'bank', code: '1010', normal: 'debit', limit: 'credits<=debits', upper: '100000' },
    { op: 'account', id: 'escrow', code: '2010', normal: 'credit', limit: null, upper: null },
    { op: 'account', id: 'unused', code: '2020', normal: 'credit' },
  )
  await send(
    db,
    move('1', { date: '2026-02-01' }),
    move('2', { why: 'the "first" \\ pay run: ñ', documents: ['a-1', 'b-2'] }),
    move('3', { kind: 'pending', expires: '2026-03-31', code: 'TX' }),
  )
  await send(db, move('4', { kind: 'post', pending: '3', amount: '40' }), { op: 'close', id: 'unused' })
  await send(db, move('5', { debit: 'escrow', credit: 'bank', reverses: '2', why: 'paid twice' }))
  await inLedger(db, (tx) => closePeriod(tx, 'b', '2026-02-28' as IsoDate, meta))
}

test('an untouched book is as the log says', async () => {
  const { found, tables } = await verify(database.db, { checks: [ledgerCheck] })
  expect([found, tables]).toEqual([0, ['ledger books']])
})

/** Each row: what someone with every right on the database does, and what is found. */
const DAMAGES: readonly (readonly [damage: string, statements: readonly string[], found: RegExp])[] = [
  [
    'an amount changed',
    [`update ledger_transfer set amount = 101 where id = '1'`],
    /batch 2 of b holds rows that are not those/,
  ],
  [
    'an amount and both balances changed',
    [
      `update ledger_transfer set amount = 101 where id = '1'`,
      `update ledger_account set debits_posted = debits_posted + 1 where id = 'bank'`,
      `update ledger_account set credits_posted = credits_posted + 1 where id = 'escrow'`,
    ],
    /batch 2 of b holds rows that are not those/,
  ],
  [
    'a note changed',
    [`update ledger_transfer set why = 'other' where id = '2'`],
    /batch 2 of b holds rows that are not those/,
  ],
  ['a document dropped', [`update ledger_transfer set documents = 'a-1' where id = '2'`], /batch 2 of b/],
  [
    'a transfer dropped',
    [`delete from ledger_transfer where id = '2'`],
    /batch 2 of b holds 2 transfers, not the 3/,
  ],
  [
    'the last batch cut',
    [`delete from ledger_transfer where id = '5'`, `delete from ledger_batch where batch = 4`],
    /batch 4 of b is in the log and not in the table/,
  ],
  [
    'two transfers swapped',
    [
      `update ledger_transfer set place = 9 where id = '1'`,
      `update ledger_transfer set place = 0 where id = '2'`,
      `update ledger_transfer set place = 1 where id = '1'`,
    ],
    /batch 2 of b holds rows that are not those/,
  ],
  [
    'a transfer moved to another batch',
    [`update ledger_transfer set batch = 3, place = 1 where id = '3'`],
    /batch 3 of b holds 2 transfers, not the 1/,
  ],
  [
    'a transfer slipped in',
    [
      `insert into ledger_transfer (book, id, debit, credit, amount, kind, date, batch, place, recorded_at)
       values ('b', 'x', 'bank', 'escrow', 1, 'posted', '2026-03-10', 2, 3, now())`,
    ],
    /batch 2 of b holds 4 transfers, not the 3/,
  ],
  [
    'a transfer slipped in with a batch of its own',
    [
      `insert into ledger_transfer (book, id, debit, credit, amount, kind, date, batch, place, recorded_at)
       values ('b', 'x', 'bank', 'escrow', 1, 'posted', '2026-03-10', 99, 0, now())`,
    ],
    /batch 99 of b has rows and is not in the table of batches/,
  ],
  [
    'a batch made up',
    [
      `insert into ledger_batch select book, 99, at, actor, 99, 0, 0, 0, sha256 from ledger_batch where batch = 2`,
    ],
    /batch 99 of b has no event in the log/,
  ],
  [
    'a balance changed',
    [`update ledger_account set debits_posted = debits_posted + 1 where id = 'bank'`],
    /account bank of b does not stand at the sum/,
  ],
  [
    'a hold hidden',
    [`update ledger_account set debits_pending = debits_pending + 1 where id = 'bank'`],
    /account bank of b does not stand at the sum/,
  ],
  [
    'an account dropped',
    [`delete from ledger_account where id = 'escrow'`],
    /account escrow of b has transfers and is not in the table/,
  ],
  [
    'the terms of an account changed',
    [`update ledger_account set upper = 1000000 where id = 'bank'`],
    /batch 1 of b holds rows that are not those/,
  ],
  [
    'a limit broken',
    [`update ledger_account set upper = 1 where id = 'bank'`],
    /account bank of b stands beyond its limit/,
  ],
  [
    'a closed account opened again',
    [`update ledger_account set closed_batch = null where id = 'unused'`],
    /batch 3 of b closed 0 accounts, not the 1/,
  ],
  [
    'the time of a batch changed',
    [`update ledger_batch set at = at + interval '1 day' where batch = 2`],
    /batch 2 of b is not what was logged/,
  ],
  [
    'the time of a transfer changed',
    [`update ledger_transfer set recorded_at = recorded_at - interval '1 day' where id = '2'`],
    /batch 2 of b holds transfers with another time of recording/,
  ],
  [
    'who posted it changed',
    [`update ledger_batch set actor = 'other' where batch = 2`],
    /batch 2 of b is not what was logged/,
  ],
  [
    'a book made operating',
    [`update ledger_book set kind = 'operating'`],
    /book b is logged as another kind/,
  ],
  [
    'a period opened again',
    [`delete from ledger_period_balance`, `delete from ledger_period`],
    /period to 2026-02-28 of b is in the log and not in the table/,
  ],
  [
    'a balance of a closed period changed',
    [`update ledger_period_balance set debits_posted = 7 where account = 'bank'`],
    /period to 2026-02-28 of b is not kept as it was closed/,
  ],
  [
    'a date moved into a closed period',
    [`update ledger_transfer set date = '2026-02-02' where id = '2'`],
    /account bank of b stood otherwise when the period to 2026-02-28/,
  ],
]

test.each(DAMAGES)('found: %s', async (_, statements, found) => {
  const findings: string[] = []
  const undo = new Error('undo')
  await database.db
    .transaction()
    .execute(async (tx) => {
      // The guards of the tables are in the way even of an administrator, who can take them down.
      await sql`set local session_replication_role = replica`.execute(tx)
      for (const statement of statements) await sql.raw(statement).execute(tx)
      for await (const { detail } of ledgerFindings(tx)) findings.push(detail)
      throw undo
    })
    .catch((error: unknown) => expect(error).toBe(undo))
  expect(findings.join('\n')).toMatch(found)
})

test.each([
  `update ledger_transfer set amount = 1`,
  `delete from ledger_transfer`,
  `truncate ledger_transfer`,
  `update ledger_batch set actor = 'x'`,
  `update ledger_account set upper = 1`,
  `delete from ledger_account`,
  `update ledger_account set debits_posted = 0, credits_posted = 1 where id = 'bank'`,
])('refused by the tables themselves: %s', async (statement) => {
  await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/never changed|violates check/)
})
