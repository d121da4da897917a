import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Instant, Io } from '../base/index.ts'
import { PACKAGE_ROOT, type Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { openBook } from './book-store.ts'
import { commands } from './commands.ts'
import { JOURNAL_COLUMNS } from './journal-csv.ts'
import type { BookId } from './schema.ts'
import { inLedger } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
const folder = mkdtempSync(join(tmpdir(), 'tenth-ledger-'))
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  let minute = 0
  const now = () => new Date(Date.UTC(2026, 2, 10, 12, minute++)).toISOString() as Instant
  shell = { db: database.db, dataFolder: folder, now }
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

async function run(name: string, options: object = {}) {
  const [out, err]: [string[], string[]] = [[], []]
  const io: Io = { out: (t) => out.push(t), err: (t) => err.push(t), isTerminal: false, cwd: folder }
  const found = commands.find((c) => c.name === `ledger ${name}`)
  if (found === undefined) throw new Error(`no command ${name}`)
  const code = await found.run((found.input as z.ZodType).parse(options) as never, io, async () => shell)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const write = (name: string, lines: readonly (object | string)[]): string => {
  writeFileSync(
    join(folder, name),
    lines.map((l) => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n'),
  )
  return name
}
const account = (id: string, more: object = {}) => ({
  op: 'account',
  id,
  code: '1000',
  normal: 'debit',
  limit: null,
  upper: null,
  ...more,
})
const move = (id: string, more: object = {}) => ({
  op: 'transfer',
  id,
  debit: 'bank',
  credit: 'escrow',
  amount: '12345',
  kind: 'posted',
  date: '2026-03-10',
  ...more,
})
const statuses = (out: string) =>
  out.split('\n').map((line) => JSON.parse(line) as { line: number; status: string })

test('a file is applied line by line, and answers the same when it is sent again', async () => {
  const file = write('a.jsonl', [
    account('bank'),
    account('escrow', { normal: 'credit', limit: 'debits<=credits' }),
    '',
    move('1'),
    move('2', { debit: 'escrow', credit: 'bank', amount: '99999999' }),
    move('3', { kind: 'pending', expires: '2026-03-20', pending: null, linked: false, code: null }),
    move('4', { kind: 'post', pending: '3', amount: '345' }),
  ])
  const first = await run('apply', { file, book: 'a', json: true, batch: '2' })
  expect([first.code, statuses(first.out)]).toEqual([
    1,
    [
      { line: 1, status: 'ok' },
      { line: 2, status: 'ok' },
      { line: 4, status: 'ok' },
      { line: 5, status: 'exceeds_credits' },
      { line: 6, status: 'ok' },
      { line: 7, status: 'ok' },
    ],
  ])
  const again = await run('apply', { file, book: 'a' })
  expect([again.code, again.out]).toEqual([
    1,
    '0 took effect, 5 had before, 1 were refused\n  exceeds_credits: 1, first on line 5',
  ])
  const balances = await run('balances', { book: 'a', json: true })
  expect(JSON.parse(balances.out)).toEqual([
    {
      id: 'bank',
      code: '1000',
      debitsPending: '0',
      debitsPosted: '12690',
      creditsPending: '0',
      creditsPosted: '0',
    },
    {
      id: 'escrow',
      code: '1000',
      debitsPending: '0',
      debitsPosted: '0',
      creditsPending: '0',
      creditsPosted: '12690',
    },
  ])
})

test('with --balances each answer says how the accounts stand after it', async () => {
  const { out } = await run('apply', {
    file: write('ab.jsonl', [move('5', { amount: '1' })]),
    book: 'a',
    json: true,
    balances: true,
  })
  expect(JSON.parse(out)).toMatchObject({
    status: 'ok',
    balances: [{ id: 'bank', debitsPosted: '12691' }, { id: 'escrow' }],
  })
})

const BAD: readonly (readonly [line: object | string, field: string, found: string, wanted: RegExp])[] = [
  ['{"op":', '', '{"op":', /one JSON object/],
  ['[1]', '', '[1]', /one JSON object/],
  [{ op: 'transfr' }, 'op', '"transfr"', /account, transfer or close/],
  [move('9', { amount: 12 }), 'amount', '12', /whole cents/],
  [move('9', { amount: '1.50' }), 'amount', '"1.50"', /whole cents/],
  [move('9', { date: '2026-02-30' }), 'date', '"2026-02-30"', /a date/],
  [move('9', { kind: 'paid' }), 'kind', '"paid"', /posted, pending, post, void, expire/],
  [move('9', { pendng: 'x' }), 'pendng', '"x"', /no such field/],
  [move('', {}), 'id', '""', /letters, digits/],
  [move('9', { why: 'two\nlines' }), 'why', '"two\\nlines"', /one line/],
  [move('9', { debit: undefined }), 'debit', 'nothing', /letters, digits/],
  [account('x', { upper: '-1' }), 'upper', '"-1"', /not negative/],
  [account('x', { limit: 'none' }), 'limit', '"none"', /debits<=credits/],
]
test.each(BAD)('a bad line ends the run and is named: %j', async (line, field, found, wanted) => {
  const before = await run('balances', { book: 'a', json: true })
  const file = write('bad.jsonl', [move('6'), move('7'), move('8'), line, move('9')])
  const { code, out, err } = await run('apply', { file, book: 'a', json: true, batch: '8000' })
  const { error } = JSON.parse(err)
  expect(error).toMatchObject({ code: 'line_malformed', file, line: 4, field, found, applied_to: 0, exit: 1 })
  expect([code, out]).toEqual([1, ''])
  expect(error.wanted).toMatch(wanted)
  expect((await run('balances', { book: 'a', json: true })).out).toBe(before.out)
})

test('batches before a bad line stand; the whole file can be sent again once the line is right', async () => {
  const lines = [account('bank'), account('escrow'), move('1'), move('2'), move('3'), 'x', move('4')]
  const bad = await run('apply', { file: write('c.jsonl', lines), book: 'c', json: true, batch: '2' })
  expect(statuses(bad.out).map((r) => r.status)).toEqual(['ok', 'ok', 'ok', 'ok'])
  expect(JSON.parse(bad.err).error).toMatchObject({ line: 6, applied_to: 4 })
  const right = await run('apply', { file: write('c.jsonl', lines.with(5, '')), book: 'c', json: true })
  expect(statuses(right.out).map((r) => r.status)).toEqual([
    'exists',
    'exists',
    'exists',
    'exists',
    'ok',
    'ok',
  ])
})

test('a linked chain is never cut in two', async () => {
  const chain = [
    move('20', { linked: true }),
    move('21', { linked: true }),
    move('22', { amount: '0' }),
    move('23', { linked: true }),
  ]
  const { out } = await run('apply', { file: write('d.jsonl', chain), book: 'c', json: true, batch: '1' })
  expect(statuses(out).map((r) => r.status)).toEqual([
    'chain_refused',
    'chain_refused',
    'amount_not_positive',
    'chain_open',
  ])
})

test('bytes that are no text, a file that is not there, and an operating book are refused', async () => {
  const good = Buffer.from(`${JSON.stringify(account('bank', { code: 'ñ' }))}\n`)
  writeFileSync(join(folder, 'e.jsonl'), Buffer.concat([good, Buffer.from([0x7b, 0xff, 0x7d, 0x0a]), good]))
  expect(await run('apply', { file: 'e.jsonl', book: 'never' })).toMatchObject({
    code: 1,
    err: /e\.jsonl, line 2: found bytes/,
  })
  await expect(run('apply', { file: 'nowhere.jsonl', book: 'never' })).rejects.toThrow(/ENOENT/)
  expect((await run('books')).out).not.toContain('never')
  const meta = { at: shell.now(), actor: 'tester' }
  await inLedger(shell.db, (tx) =>
    openBook(tx, { id: 'real' as BookId, kind: 'operating', title: 'Real' }, meta),
  )
  const refused = await run('apply', { file: write('f.jsonl', [account('bank')]), book: 'real', json: true })
  expect([refused.code, JSON.parse(refused.err).error.code]).toEqual([1, 'book_is_operating'])
  expect(await run('close', { book: 'real', through: '2026-01-31' })).toMatchObject({
    code: 1,
    err: /operating money/,
  })
})

test('which of several books is meant is never guessed', async () => {
  expect(await run('balances')).toMatchObject({
    code: 2,
    err: '--book: found nothing; wanted: one of a, c, real',
  })
  expect(await run('balances', { book: 'zzz' })).toMatchObject({ code: 1, err: /no book zzz/ })
})

test('a statement follows one account, a trial balance both sides, a closed period takes nothing', async () => {
  const file = write('g.jsonl', [
    account('bank'),
    account('escrow', { normal: 'credit' }),
    move('1', { date: '2026-01-10' }),
    move('2', { date: '2026-02-10', kind: 'pending', amount: '500', expires: '2026-02-12' }),
    move('3', {
      date: '2026-02-11',
      debit: 'escrow',
      credit: 'bank',
      amount: '45',
      reverses: '1',
      why: 'a slip',
    }),
  ])
  await run('apply', { file, book: 'g' })
  const statement = await run('statement', {
    account: 'escrow',
    book: 'g',
    from: '2026-02-01',
    to: '2026-02-28',
    json: true,
  })
  expect(JSON.parse(statement.out)).toMatchObject({
    opening: '12345',
    closing: '12300',
    lines: [
      { id: '2', kind: 'pending', side: 'credit', balance: '12345', creditsPending: '500' },
      { id: '3', side: 'debit', other: 'bank', amount: '45', balance: '12300', reverses: '1', why: 'a slip' },
    ],
  })
  expect(
    (await run('statement', { account: 'escrow', book: 'g', from: '2026-02-01', to: '2026-02-28' })).out,
  ).toMatch(/closing +123\.00$/)
  expect(
    (await run('statement', { account: 'nobody', book: 'g', from: '2026-02-01', to: '2026-02-28' })).code,
  ).toBe(1)
  expect((await run('expire', { book: 'g', date: '2026-02-13' })).out).toBe('1 holds expired, 0 were refused')
  expect(JSON.parse((await run('trial-balance', { book: 'g', json: true })).out)).toMatchObject({
    debits: '12300',
    credits: '12300',
    held: '0',
  })
  expect((await run('close', { book: 'g', through: '2026-02-28' })).code).toBe(0)
  expect(await run('close', { book: 'g', through: '2026-02-28' })).toMatchObject({
    code: 1,
    err: /closed through 2026-02-28 already/,
  })
  const late = await run('apply', {
    file: write('h.jsonl', [move('9', { date: '2026-02-28' })]),
    book: 'g',
    json: true,
  })
  expect(statuses(late.out)).toEqual([{ line: 1, status: 'period_closed' }])
  expect(await run('verify', { book: 'zzz' })).toMatchObject({ code: 1, err: /no book zzz/ })
  expect(await run('verify')).toMatchObject({ code: 0, out: /4 books recomputed\nNothing is wrong\./ })
})

const HLEDGER = 'hledger'
const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0

// Names and notes that another program could take for something else.
const STRANGE = [
  account('a@b:c/d-e_f', { code: 'x, y' }),
  account('X-1', { normal: 'credit' }),
  account('9'),
  account('9:sub', { normal: 'credit' }),
  {
    ...move('s1'),
    debit: 'a@b:c/d-e_f',
    credit: 'X-1',
    why: '"quoted" \\ ; date:2026-99-99 [2026-99-99] = | -1',
    code: 'a;b|c "d"',
  },
  {
    ...move('s2', { date: '2026-03-09' }),
    debit: '9',
    credit: '9:sub',
    amount: '5',
    documents: ['https://example.gov/a,b'],
  },
  { ...move('s3', { kind: 'pending' }), debit: '9', credit: 'X-1', amount: '700' },
  { ...move('s4', { kind: 'post', pending: 's3' }), debit: '9', credit: 'X-1', amount: '650' },
  { ...move('s5', { kind: 'pending' }), debit: '9', credit: 'X-1', amount: '1' },
  { ...move('s6'), debit: 'X-1', credit: 'a@b:c/d-e_f', amount: '12345', reverses: 's1', why: '=cmd()' },
]

test('the journal passes hledger and bean-check, which find the same totals', async () => {
  await run('apply', { file: write('s.jsonl', STRANGE), book: 's' })
  for (const [format, program, args] of [
    ['hledger', 'hledger', ['check', '--strict', '-f']],
    ['beancount', 'bean-check', []],
  ] as const) {
    const file = join(folder, `s.${format}`)
    const { out } = await run('journal', { book: 's', format })
    writeFileSync(file, `${out}\n`)
    if (!has(program)) continue
    const checked = spawnSync(program, [...args, file], { encoding: 'utf8' })
    expect([checked.status, checked.stderr]).toEqual([0, ''])
    // A changed amount must not pass: the balances at the end are compared.
    writeFileSync(file, `${out.replace('6.50 USD', '6.51 USD').replace('-6.50 USD', '-6.51 USD')}\n`)
    expect(spawnSync(program, [...args, file]).status).not.toBe(0)
    writeFileSync(file, `${out}\n`)
  }
  if (!has(HLEDGER)) return
  const csv = execFileSync(
    HLEDGER,
    ['-f', join(folder, 's.hledger'), 'balance', '--flat', '-E', '-N', '-O', 'csv'],
    { encoding: 'utf8' },
  )
  const theirs = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.replaceAll('"', '').split(','))
  const ours = JSON.parse((await run('balances', { book: 's', json: true })).out) as Record<string, string>[]
  expect(
    new Map(theirs.map(([name, amount]) => [name, Math.round(Number(amount?.replace(' USD', '')) * 100)])),
  ).toEqual(new Map(ours.map((a) => [a.id, Number(a.debitsPosted) - Number(a.creditsPosted)])))
})

test('the CSV holds every field, runs no formula, and makes the hash of its batch', async () => {
  const { out } = await run('journal', { book: 's', format: 'csv' })
  const rows = out.split(/\r?\n/).map((line) => line.split(','))
  expect(rows[0]).toEqual(Object.keys(JOURNAL_COLUMNS))
  expect(out).toContain(",'=cmd(),")
  const file = write('t.jsonl', [account('p'), account('q'), { ...move('t1'), debit: 'p', credit: 'q' }])
  await run('apply', { file, book: 't', batch: '2' })
  const { out: csv } = await run('journal', { book: 't', format: 'csv' })
  const [header = [], row = []] = csv.split(/\r?\n/).map((line) => line.split(','))
  const cell = (name: string) => row[header.indexOf(name)] ?? ''
  const fields =
    'id debit credit amount kind date code pending released expires reverses why documents'.split(' ')
  const line = `${['transfer', ...fields.map(cell)].join('\t')}\n`
  const logged = await sql<{ sha256: Buffer }>`
    select sha256 from ledger_batch where book = 't' order by batch desc limit 1`.execute(database.db)
  expect(createHash('sha256').update(line).digest('hex')).toBe(logged.rows[0]?.sha256.toString('hex'))
})

test('the dictionary of the CSV stands in the code, the command and the docs', async () => {
  const page = readFileSync(join(PACKAGE_ROOT, 'docs/methods/ledger.md'), 'utf8')
  const listed = [...page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name, meaning]) => [name, meaning])
  const own = Object.entries(JOURNAL_COLUMNS).map(([name, [meaning]]) => [name, meaning])
  expect(listed.slice(-own.length)).toEqual(own)
  expect((await run('journal', { dictionary: true })).out.split(/\r?\n/)).toHaveLength(own.length + 1)
})
