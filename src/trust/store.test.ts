import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents, type Instant, type IsoDate } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { ledgerFindings } from '../ledger/audit-store.ts'
import { balancesOf } from '../ledger/balance-store.ts'
import { trustCheck } from './audit-store.ts'
import { holdingsOf, openItems } from './book.ts'
import { type Loaded, loadTrust } from './book-store.ts'
import { heldOf } from './context.ts'
import { itemHash } from './items.ts'
import { agreementNamed, enacted } from './situations.testing.ts'
import {
  adopt,
  loadAch,
  loadDays,
  prepare,
  record,
  runTrustDay,
  settleStatement,
  sign,
  type TrustRefused,
  takePayday,
} from './store.ts'

let shell: Shell
let close: () => Promise<void>
let clock = Date.parse('2026-03-10T12:00:00Z')
beforeAll(async () => {
  const made = await testDatabase({ empty: true })
  close = made.close
  const now = () => {
    clock += 1
    return new Date(clock).toISOString() as Instant
  }
  shell = { db: made.db, now, dataFolder: '' }
})
afterAll(() => close())

const by = { actor: 'test' }
const d = (day: string) => day as IsoDate
const run = (tax: bigint) => ({
  sha256: 'a'.repeat(64),
  agencies: ['Corrections', 'Transportation'].map((agency) => ({
    agency,
    rows: 3,
    gross_wages: cents(tax * 10n),
    federal_income_tax: cents(tax),
    social_security_employee: cents(tax / 2n),
    social_security_employer: cents(tax / 2n),
    medicare_employee: cents(tax / 8n),
    medicare_employer: cents(tax / 8n),
    additional_medicare: cents(0n),
  })),
})

/** A NY book that holds two deposits of 100,000.00, ready for more. */
async function ready(book: string): Promise<void> {
  const agreement = agreementNamed('ny-recourse')
  await adopt(
    shell,
    { book, kind: 'simulation', agreement, authority: { kind: 'simulation' }, accounts: {} },
    by,
  )
  const source = 'invented'
  const facts = [
    {
      kind: 'federal-action',
      on: d('2026-02-01'),
      record: 'fed-x',
      status: 'in-effect',
      in_force: true,
      unpaid_cents: cents(90_000_000n),
      source,
    },
    { kind: 'finding', on: d('2026-02-02'), record: 'suit-x', finding: 'contravenes', source },
    { kind: 'report', on: d('2026-03-01'), office: 'comptroller', arrears_cents: cents(90_000_000n), source },
    ...['governor', 'comptroller', 'budget-director'].map((office) => ({
      kind: 'sign-off',
      on: d('2026-03-02'),
      office,
      person: `${office} p`,
      source,
    })),
  ] as const
  for (const fact of facts) expect((await record(shell, book, fact as never, by)).ok).toBe(true)
  const taken = await takePayday(shell, book, run(10_000_000n), d('2026-03-06'), by)
  expect(taken.ok && taken.value.decisions.map(({ decision }) => decision.allowed)).toEqual([true, true])
}

const load = async (book: string): Promise<Loaded> => (await loadTrust(shell.db, book)) as Loaded
const findings = async () => {
  const all = []
  for await (const one of trustCheck.run(shell.db)) all.push(one)
  for await (const one of ledgerFindings(shell.db)) all.push(one)
  return all
}
const codeOf = (result: { ok: boolean; error?: TrustRefused }) => (result.ok ? 'ok' : result.error?.code)
const stay = {
  kind: 'order',
  on: d('2026-03-09'),
  order: 'stay',
  court: 'S.D.N.Y.',
  docket: '1',
  source: 'x',
} as const

/** The release that a stay orders, prepared by the daily run. */
async function prepared(book: string) {
  await record(shell, book, stay, by)
  const done = await runTrustDay(shell, book, d('2026-03-10'), by)
  expect(done.ok && done.value.state).toBe('suspended')
  const [item] = openItems((await load(book)).rows)
  if (item === undefined) throw new Error('nothing was prepared')
  return { item, sha256: itemHash(item) }
}

const signedBy = (book: string, item: string, item_sha256: string, person: string, day = '2026-03-10') =>
  sign(shell, book, item, { item_sha256, person, office: 'deputy' }, d(day), { actor: person })

test('from pay run to settlement, and the log tells it all', async () => {
  await ready('whole')
  const { item, sha256 } = await prepared('whole')
  const first = await signedBy('whole', item.id, sha256, 'ann')
  expect(first.ok && [first.value.executed, first.value.missing.map(({ id }) => id)]).toEqual([
    false,
    ['two-people'],
  ])
  const second = await signedBy('whole', item.id, sha256, 'bea')
  expect(second.ok && second.value.executed).toBe(true)
  expect(await loadAch(shell.db, 'whole', item.id)).toContain('TXP*000000000*94105*260301*3*20000000')
  const { rows } = await load('whole')
  const lines = rows.sent.map(({ trace, amount_cents }, i) => ({
    line: i + 2,
    date: d('2026-03-11'),
    amount: cents(-amount_cents),
    reference: trace,
    description: '',
  }))
  const settled = await settleStatement(shell, 'whole', lines, by)
  expect(settled.ok && settled.value.matched).toHaveLength(lines.length)
  const balances = new Map((await balancesOf(shell.db, 'whole')).map((one) => [String(one.id), one]))
  expect(balances.get('cash')?.debitsPosted).toBe(20_000_000n)
  expect(balances.get('cash')?.creditsPosted).toBe(20_000_000n)
  expect(await findings()).toEqual([])
  expect((await loadDays(shell.db, 'whole')).map(({ day, held_cents }) => [day, held_cents])).toEqual([
    ['2026-03-10', '20000000'],
  ])
})

test('two approvers at the same moment carry an item out once', async () => {
  await ready('race')
  const { item, sha256 } = await prepared('race')
  const people = ['ann', 'bea', 'cy', 'dot', 'eve']
  const all = await Promise.all(people.map((person) => signedBy('race', item.id, sha256, person)))
  expect(all.filter((one) => one.ok && one.value.executed)).toHaveLength(1)
  expect(all.filter((one) => !one.ok).map(codeOf)).toEqual([
    'item_not_open',
    'item_not_open',
    'item_not_open',
  ])
  const { rows } = await load('race')
  expect([rows.executed.length, rows.signatures.length, heldOf(holdingsOf(rows))]).toEqual([1, 2, 0n])
  expect(await findings()).toEqual([])
})

test('what is refused moves nothing, and stands in the log', async () => {
  await ready('abuse')
  const { item, sha256 } = await prepared('abuse')
  await ready('other')
  const other = await prepared('other')
  const before = await load('abuse')
  const hand = await prepare(
    shell,
    'abuse',
    { action: 'pay-member', member: 'NY', amount_cents: 1n },
    d('2026-03-10'),
    'pat',
    by,
  )
  if (!hand.ok) throw new Error(hand.error.code)
  const tries: readonly (readonly [string, Promise<{ ok: boolean; error?: TrustRefused }>])[] = [
    ['other_content', signedBy('abuse', item.id, other.sha256, 'ann')],
    ['unknown_item', signedBy('abuse', other.item.id, other.sha256, 'ann')],
    ['unknown_item', signedBy('abuse', `${item.id}0`, sha256, 'ann')],
    ['own_item', signedBy('abuse', hand.value.item.id, hand.value.sha256, 'pat')],
    ['clock_set_back', signedBy('abuse', item.id, sha256, 'ann', '2026-03-09')],
    ['clock_set_back', runTrustDay(shell, 'abuse', d('2026-03-09'), by)],
    [
      'not_held',
      prepare(
        shell,
        'abuse',
        { action: 'release-to-treasury', member: 'NY', amount_cents: 1n },
        d('2026-03-10'),
        'pat',
        by,
      ),
    ],
    [
      'no_such_member',
      prepare(
        shell,
        'abuse',
        { action: 'release-to-treasury', member: 'NJ', amount_cents: 1n },
        d('2026-03-10'),
        'pat',
        by,
      ),
    ],
    [
      'nothing_to_move',
      prepare(
        shell,
        'abuse',
        { action: 'release-to-treasury', member: 'NY', amount_cents: -1n },
        d('2026-03-10'),
        'pat',
        by,
      ),
    ],
    ['payday_taken', takePayday(shell, 'abuse', run(10_000_000n), d('2026-03-06'), by)],
  ]
  for (const [code, one] of tries)
    expect(codeOf(await one)).toBe(code === 'payday_taken' ? 'clock_set_back' : code)
  const after = await load('abuse')
  expect(after.rows.signatures).toEqual([])
  expect(holdingsOf(after.rows)).toEqual(holdingsOf(before.rows))
  const { rows } = await sql<{ n: bigint }>`
    select count(*) as n from audit_event where kind = 'trust.act.refused' and subject = 'abuse'`.execute(
    shell.db,
  )
  expect(rows[0]?.n).toBe(BigInt(tries.length))
  expect(await findings()).toEqual([])
})

test('a release by hand while the ground stands gets its signatures and stays where it is', async () => {
  await ready('early')
  const hand = await prepare(
    shell,
    'early',
    { action: 'release-to-treasury', member: 'NY', amount_cents: 5_000_000n },
    d('2026-03-10'),
    'pat',
    by,
  )
  if (!hand.ok) throw new Error(hand.error.code)
  const { item, sha256 } = hand.value
  await signedBy('early', item.id, sha256, 'ann')
  const second = await signedBy('early', item.id, sha256, 'bea')
  expect(second.ok && [second.value.executed, second.value.missing.map(({ id }) => id)]).toEqual([
    false,
    ['release-ground'],
  ])
  expect((await load('early')).rows.executed).toEqual([])
})

test('a part of a deposit leaves, and the rest is held on', async () => {
  await ready('part')
  await record(shell, 'part', { ...stay, order: 'pay-treasury' }, by)
  const hand = await prepare(
    shell,
    'part',
    { action: 'release-to-treasury', member: 'NY', amount_cents: 12_345_678n },
    d('2026-03-10'),
    'pat',
    by,
  )
  if (!hand.ok) throw new Error(hand.error.code)
  const { item, sha256 } = hand.value
  await signedBy('part', item.id, sha256, 'ann')
  await signedBy('part', item.id, sha256, 'bea')
  const { rows } = await load('part')
  expect(heldOf(holdingsOf(rows))).toBe(20_000_000n - 12_345_678n)
  expect(await findings()).toEqual([])
})

test('real money needs an enacted law, a bank account, and its own book', async () => {
  const agreement = agreementNamed('ny-recourse')
  const asked = {
    book: 'real',
    agreement,
    kind: 'operating',
    authority: { kind: 'simulation' },
    accounts: {},
  } as const
  expect(codeOf(await adopt(shell, asked, by))).toBe('authority_missing')
  const law = enacted(d('2026-01-01'))
  expect(codeOf(await adopt(shell, { ...asked, authority: law }, by))).toBe('account_missing')
  const NY = { ein: '123456789', name: 'STATE', bank_routing: '011000015', bank_name: 'BANK' }
  expect(codeOf(await adopt(shell, { ...asked, authority: law, accounts: { NY } }, by))).toBe('ok')
  expect(codeOf(await adopt(shell, { ...asked, kind: 'simulation' }, by))).toBe('book_is_of_other_kind')
  expect(codeOf(await adopt(shell, { ...asked, authority: law, accounts: { NY } }, by))).toBe('book_is_there')
  expect(codeOf(await runTrustDay(shell, 'real', d('2026-03-11'), by))).toBe('not_today')
})

test.each([
  ['a fact', `update trust_fact set fact = jsonb_set(fact, '{source}', '"changed"') where id = 'fact-1'`],
  ['a deposit', 'update trust_deposit set amount_cents = amount_cents + 1'],
  ['an item', `update trust_item set item = jsonb_set(item, '{amount_cents}', '"1"')`],
  ['a signature', `update trust_signature set office = 'governor'`],
  ['an execution', `update trust_executed set on_day = '2026-03-01'`],
  ['a payment file', `update trust_ach set text = replace(text, 'TXP', 'TXQ')`],
  ['a day', `update trust_day set body = jsonb_set(body, '{held_cents}', '"0"')`],
  [
    'an agreement',
    `update trust_book set agreement_text = replace(agreement_text, 'stale_after_days: 31', 'stale_after_days: 99')`,
  ],
  ['a settlement', `delete from trust_settled where book = 'whole'`],
])('verify finds %s that was changed', async (_, change) => {
  await shell.db
    .transaction()
    .execute(async (tx) => {
      await sql.raw(change).execute(tx)
      const all = []
      for await (const one of trustCheck.run(tx)) all.push(one)
      expect(all.length).toBeGreaterThan(0)
      throw new Error('undone')
    })
    .catch((error: Error) => expect(error.message).toBe('undone'))
})
