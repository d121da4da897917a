import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../audit/verify.ts'
import { cents, type Instant, type IsoDate } from '../base/index.ts'
import { connect } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { ledgerCheck } from './audit-store.ts'
import { balancesOf } from './balance-store.ts'
import { openBook } from './book-store.ts'
import { MemoryBook } from './memory.ts'
import { closePeriod } from './period-store.ts'
import type { Account, BookId, Command, TransferCommand } from './schema.ts'
import { applyCommands, inLedger } from './store.ts'
import { Chance, streamOf } from './streams.testing.ts'

const FIRST = Number(process.env.TENTH_LEDGER_SEED ?? Date.now() % 1_000_000_000)
const STREAMS = process.env.TENTH_LEDGER_SEED === undefined ? 200 : 1

let database: Awaited<ReturnType<typeof testDatabase>>
let many: ReturnType<typeof connect>
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  many = connect(database.url, 10)
})
afterAll(async () => {
  await many.db.destroy()
  await database.close()
})

const START = Date.parse('2026-03-01T00:00:00.000Z')
const meta = (minutes: number) => ({
  at: new Date(START + minutes * 60_000).toISOString() as Instant,
  actor: 'tester',
})
const open = (id: string) =>
  inLedger(database.db, (tx) =>
    openBook(tx, { id: id as BookId, kind: 'simulation', title: 'A trial' }, meta(0)),
  )
const byId = (accounts: Iterable<Account>): readonly Account[] =>
  [...accounts].toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** Applies a stream to the tables and to a book in memory, batch by batch; the answers and balances are the same. */
async function follow(seed: number): Promise<void> {
  const [book, chance, memory] = [`s${seed}`, new Chance(seed), new MemoryBook()]
  await open(book)
  const stream = streamOf(seed, 15 + chance.below(20))
  const snapshots: { readonly minute: number; readonly accounts: readonly Account[] }[] = []
  for (let from = 0, minute = 0; from < stream.length; minute += 10) {
    const batch = stream.slice(from, from + 1 + chance.below(8))
    from += batch.length
    expect(await applyCommands(database.db, book, batch, meta(minute))).toEqual(memory.apply(batch))
    snapshots.push({ minute, accounts: byId(memory.accounts.values()) })
    if (chance.once(10) && memory.closedThrough === null) {
      memory.closedThrough = '2026-01-06' as IsoDate
      await inLedger(database.db, (tx) => closePeriod(tx, book, '2026-01-06' as IsoDate, meta(minute)))
    }
  }
  expect(await balancesOf(database.db, book)).toEqual(byId(memory.accounts.values()))
  const past = chance.oneOf(snapshots)
  expect(await balancesOf(database.db, book, { knownAt: meta(past.minute + 5).at })).toEqual(past.accounts)
  const day = chance.oneOf(['2026-01-05', '2026-01-07', '2026-01-09']) as IsoDate
  const known = [...memory.transfers.values()].filter((t) => t.date <= day)
  for (const account of await balancesOf(database.db, book, { asOf: day })) {
    const sum = (amounts: readonly bigint[]) => cents(amounts.reduce((a, b) => a + b, 0n))
    const moved = known.filter((t) => t.kind === 'posted' || t.kind === 'post')
    const ended = new Set(known.map((t) => t.pending))
    const holds = known.filter((t) => t.kind === 'pending' && !ended.has(t.id))
    const of = (side: 'debit' | 'credit', list: typeof known) =>
      sum(list.filter((t) => t[side] === account.id).map((t) => t.amount))
    expect(account).toMatchObject({
      debitsPosted: of('debit', moved),
      creditsPosted: of('credit', moved),
      debitsPending: of('debit', holds),
      creditsPending: of('credit', holds),
    })
  }
}

test(`law: ${STREAMS} random streams stand in the tables as in memory, on both clocks (from seed ${FIRST})`, async () => {
  for (let seed = FIRST; seed < FIRST + STREAMS; seed++)
    await follow(seed).catch((error: Error) => {
      throw new Error(`TENTH_LEDGER_SEED=${seed}: ${error.message}`, { cause: error })
    })
  const { found, findings } = await verify(database.db, { checks: [ledgerCheck] })
  expect([found, findings]).toEqual([0, []])
}, 120_000)

test(`law: batches at the same moment on the same accounts lose and double nothing (seed ${FIRST})`, async () => {
  await open('together')
  const chance = new Chance(FIRST)
  const accounts = ['a', 'b', 'c', 'd', 'e'].map(
    (id) => ({ op: 'account', id, code: '1', normal: 'debit', limit: null, upper: null }) as Command,
  )
  const purse = {
    op: 'account',
    id: 'purse',
    code: '2',
    normal: 'credit',
    limit: 'debits<=credits',
    upper: null,
  } as Command
  await applyCommands(database.db, 'together', [...accounts, purse], meta(0))
  const transfer = (id: string, debit: string, credit: string, amount: number): TransferCommand =>
    ({
      op: 'transfer',
      id,
      debit,
      credit,
      amount: cents(BigInt(amount)),
      kind: 'posted',
      pending: null,
      linked: false,
      expires: null,
      date: '2026-03-01',
      code: null,
      reverses: null,
      why: null,
      documents: [],
    }) as unknown as TransferCommand
  await applyCommands(database.db, 'together', [transfer('first', 'a', 'purse', 500)], meta(0))
  // Eight clients; every batch is sent by two of them at once, and half of the transfers draw on a purse that is too small.
  const batches = Array.from({ length: 60 }, (_, b) =>
    Array.from({ length: 5 }, (_, i) => {
      const [debit, credit] = [chance.oneOf('abcde'.split('')), chance.oneOf('abcde'.split(''))]
      return chance.once(2) || debit === credit
        ? transfer(`${b}-${i}`, 'purse', credit, 1 + chance.below(9))
        : transfer(`${b}-${i}`, debit, credit, 1 + chance.below(9))
    }),
  )
  const sent = [...batches, ...batches].toSorted(() => chance.below(3) - 1)
  const answers: (readonly [Command, string])[] = []
  await Promise.all(
    Array.from({ length: 8 }, async (_, client) => {
      for (let i = client; i < sent.length; i += 8) {
        const batch = sent[i] ?? []
        const outcomes = await applyCommands(many.db, 'together', batch, meta(1))
        for (const [at, command] of batch.entries()) answers.push([command, outcomes[at]?.status ?? ''])
      }
    }),
  )
  const oks = answers.filter(([, status]) => status === 'ok').map(([command]) => command.id)
  expect(new Set(oks).size).toBe(oks.length)
  const { rows } = await sql<{
    id: string
  }>`select id from ledger_transfer where book = 'together' and id <> 'first'`.execute(database.db)
  expect(rows.map((row) => row.id).toSorted()).toEqual(oks.toSorted())
  for (const [command, status] of answers) {
    const statuses = ['ok', 'exists', 'exceeds_credits']
    expect(statuses, `${command.id}`).toContain(status)
  }
  const found = (await balancesOf(database.db, 'together')).find((one) => one.id === 'purse')
  expect((found?.debitsPosted ?? 0n) <= 500n).toBe(true)
  expect((await verify(database.db, { checks: [ledgerCheck] })).findings).toEqual([])
}, 60_000)
