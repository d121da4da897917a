import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents, type Instant, type Io, type IsoDate } from '../base/index.ts'
import { PACKAGE_ROOT, type Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { loadTrust } from './book-store.ts'
import { commands } from './commands.ts'
import { record } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let folder: string
let clock = Date.parse('2026-03-10T12:00:00Z')
beforeAll(async () => {
  database = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'tenth-trust-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.close()
})

async function tenth(name: string, input: Readonly<Record<string, unknown>> = {}) {
  const command = commands.find((c) => c.name === `trust ${name}`)
  if (command === undefined) throw new Error(`no command ${name}`)
  const parsed = command.input.safeParse(input)
  if (!parsed.success) return { code: 2, out: '', err: parsed.error.issues.map((i) => i.message).join('\n') }
  const paper = { out: [] as string[], err: [] as string[] }
  const out = (text: string) => void paper.out.push(text)
  const err = (text: string) => void paper.err.push(text)
  const io: Io = { out, err, isTerminal: false, cwd: folder }
  const now = () => {
    clock += 1
    return new Date(clock).toISOString() as Instant
  }
  const shell: Shell = { db: database.db, now, dataFolder: folder }
  const code = await command.run(parsed.data as never, io, () => Promise.resolve(shell))
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n') }
}
const PAY_RUN = join(PACKAGE_ROOT, 'src/trust/data/example-pay-run.csv')
const THREE = join(PACKAGE_ROOT, 'src/trust/data/example-pay-run-of-three-states.csv')
const done = async (name: string, input: Readonly<Record<string, unknown>>) => {
  const { code, out, err } = await tenth(name, input)
  expect(err).toBe('')
  expect(code).toBe(0)
  return out
}

test('rehearse prints one life, the same bytes each time, and writes its files', async () => {
  const asked = {
    agreement: 'pacific-compact',
    payroll: THREE,
    from: '2026-01-05',
    to: '2026-06-30',
    json: true,
  }
  const first = await done('rehearse', { ...asked, out: 'life' })
  expect(await done('rehearse', asked)).toBe(first)
  const life = JSON.parse(first)
  expect([life.simulation, life.days.length, life.payroll.totals.rows]).toEqual([true, 177, 36])
  expect(life.days.every(({ exposure }: { exposure: unknown }) => exposure !== undefined)).toBe(true)
  const files = readdirSync(join(folder, 'life'))
  expect(files).toContain('statement.csv')
  expect(files.filter((name) => name.endsWith('.ach'))).toHaveLength(3)
  expect(readFileSync(join(folder, 'life/journal.hledger'), 'utf8')).toMatch(/^; A simulation\. People/)
})

const HLEDGER = 'hledger'
const hasHledger = (() => {
  try {
    execFileSync(HLEDGER, ['--version'])
    return true
  } catch {
    return false
  }
})()
test.runIf(hasHledger)('hledger takes the journal of a rehearsal in strict mode', async () => {
  await done('rehearse', {
    agreement: 'ny-recourse',
    payroll: PAY_RUN,
    from: '2026-01-05',
    to: '2026-06-30',
    out: 'hl',
  })
  expect(() =>
    execFileSync(HLEDGER, ['-f', join(folder, 'hl/journal.hledger'), 'check', '--strict']),
  ).not.toThrow()
})

test('a pay run with names is refused, and the column is named', async () => {
  const file = join(folder, 'named.csv')
  writeFileSync(file, readFileSync(PAY_RUN, 'utf8').replace('employee_ref', 'employee_name'))
  const { code, out, err } = await tenth('rehearse', {
    agreement: 'ny-recourse',
    payroll: file,
    from: '2026-01-05',
    to: '2026-02-05',
  })
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain('employee_name')
})

test('check refuses an agreement with file, line and place', async () => {
  writeFileSync(join(folder, 'bad.yaml'), 'schema: 1\nid: Bad Name\n')
  const { code, err } = await tenth('check', { agreement: 'bad.yaml' })
  expect(code).toBe(1)
  expect(err).toMatch(/^bad\.yaml:2: id: found "Bad Name"; wanted: a short name/m)
  expect((await done('check', { agreement: 'ny-recourse' })).split('\n')).toContainEqual(
    expect.stringContaining('"The comptroller shall update this report monthly."'),
  )
  expect(await done('agreements', {})).toContain('wa-escrow')
})

test('a simulation from adoption to settlement on the command line', async () => {
  const book = 'cli'
  await done('adopt', { agreement: 'ny-recourse', book })
  const source = 'invented'
  await done('record', {
    kind: 'action',
    book,
    on: '2026-02-01',
    record: 'fed-acf-freeze-five-states',
    amount: '90000',
    source,
  })
  await done('record', {
    kind: 'finding',
    book,
    on: '2026-02-02',
    record: 'suit-ny-v-acf',
    finding: 'contravenes',
    source,
  })
  await done('record', {
    kind: 'report',
    book,
    on: '2026-03-01',
    office: 'comptroller',
    amount: '90000',
    source,
  })
  for (const office of ['governor', 'comptroller', 'budget-director'])
    await done('record', {
      kind: 'sign-off',
      book,
      on: '2026-03-02',
      office,
      person: `invented ${office}`,
      source,
    })
  expect(await done('payday', { run: PAY_RUN, book, on: '2026-03-06' })).toBe(
    '3 of 3 deposits held: $24,952.58',
  )
  const why = await tenth('decide', { action: 'release-to-treasury', book, amount: '100', json: true })
  expect(why.code).toBe(1)
  const decision = JSON.parse(why.out)
  expect(decision.decided_by).toBe('release-ground')
  expect(decision.missing.map(({ id, next }: { id: string; next: string }) => [id, next])).toEqual([
    ['release-ground', 'governor'],
    ['two-people', 'approver'],
  ])
  await done('record', {
    kind: 'order',
    book,
    on: '2026-03-09',
    order: 'stay',
    court: 'Invented Court',
    docket: '1',
    source,
  })
  const ran = JSON.parse(await done('run', { book, on: '2026-03-10', json: true }))
  expect([ran[0].state, ran[0].because, ran[0].prepared.length]).toEqual(['suspended', ['no-stay'], 1])
  const item = ran[0].prepared[0]
  const [{ sha256 }] = JSON.parse(await done('items', { book, json: true }))
  const bad = await tenth('sign', {
    item,
    book,
    as: 'ann',
    office: 'deputy',
    sha256: 'e'.repeat(64),
    on: '2026-03-10',
    json: true,
  })
  expect([bad.code, JSON.parse(bad.err).error.code]).toEqual([1, 'other_content'])
  expect(await done('sign', { item, book, as: 'ann', office: 'deputy', sha256, on: '2026-03-10' })).toContain(
    'still missing: two-people',
  )
  expect(await done('sign', { item, book, as: 'bea', office: 'deputy', on: '2026-03-10' })).toBe(
    `${item} was carried out`,
  )
  expect(await done('ach', { item, book })).toContain('TXP*000000000*94105*260301*3*2495258')
  writeFileSync(
    join(folder, 'st.csv'),
    'date,amount,reference,description\n2026-03-11,-24952.58,000000000000001,x\n2026-03-11,-3.00,,fee\n',
  )
  const settled = await tenth('settle', { statement: 'st.csv', book })
  expect([settled.code, settled.out]).toEqual([1, '1 payments settled\nno payment explains line 3: -$3.00'])
  const exposure = JSON.parse(await done('exposure', { book, json: true }))
  expect([exposure.held_cents, exposure.exposure.owed_cents, exposure.notice]).toEqual([
    '0',
    '0',
    'A simulation: no such law was found in force.',
  ])
  const before = JSON.parse(await done('exposure', { book, on: '2026-03-09', json: true }))
  expect(before.held_cents).toBe('2495258')
})

test.each([
  [
    'record',
    { kind: 'action', record: 'fed-nowhere', source: 'x' },
    2,
    /The registry has no federal action fed-nowhere/,
  ],
  ['record', { kind: 'order', order: 'burn', court: 'c', docket: 'd', source: 'x' }, 2, /--order/],
  ['record', { kind: 'report', amount: '10', source: 'x' }, 2, /--office/],
  ['record', { kind: 'report', office: 'comptroller', amount: '10' }, 2, /wanted: the document/],
  ['run', { on: '2026-03-01' }, 1, /nothing is dated before it/],
  ['prepare', { action: 'release-to-treasury', member: 'NJ', amount: '1', as: 'pat' }, 1, /no member/],
  [
    'prepare',
    { action: 'release-to-treasury', member: 'NY', amount: '999999999', as: 'pat' },
    1,
    /Less than that is held/,
  ],
  ['sign', { item: 'item-9', as: 'ann', office: 'deputy' }, 1, /no such item/],
  ['decide', {}, 2, /wanted: one of hold/],
  ['exposure', { book: 'nowhere' }, 2, /no such book/],
  ['decide', { action: 'hold', book: 'nowhere' }, 2, /no such book/],
] as const)('%s %j is refused in words', async (name, input, code, words) => {
  const found = await tenth(name, { book: 'cli', ...input })
  expect([found.code, found.out]).toEqual([code, ''])
  expect(found.err).toMatch(words)
})

test('a status that the registry changed is a fact of the next daily run, with what is unpaid as it was', async () => {
  const book = 'status'
  await done('adopt', { agreement: 'ny-recourse', book })
  const fact = {
    kind: 'federal-action',
    on: '2026-01-08' as IsoDate,
    record: 'fed-acf-freeze-five-states',
    status: 'in-effect',
    in_force: true,
    unpaid_cents: cents(9_000_000n),
    source: 'invented',
  } as const
  const now = () => '2026-03-10T12:00:00.000Z' as Instant
  const shell = { db: database.db, now, dataFolder: folder }
  expect((await record(shell, book, fact, { actor: 'test' })).ok).toBe(true)
  await done('run', { book, on: '2026-03-10' })
  const facts = (await loadTrust(database.db, book))?.rows.facts.map((one) => one.fact)
  expect(facts).toHaveLength(2)
  expect(facts?.[1]).toMatchObject({
    ...fact,
    status: 'blocked',
    on: '2026-03-10',
    source: expect.any(String),
  })
  await done('run', { book, on: '2026-03-11' })
  expect((await loadTrust(database.db, book))?.rows.facts).toHaveLength(2)
})

test('real money is not acted on from the command line', async () => {
  writeFileSync(
    join(folder, 'law.yaml'),
    `authority: { kind: enacted, citation: Laws of 2026 ch. 1, effective: 2026-01-01, opinion: { by: AG, date: 2026-01-02, title: Opinion 1 } }
accounts: { NY: { ein: '123456789', name: STATE OF NEW YORK, bank_routing: '011000015', bank_name: BANK } }
`,
  )
  expect(await done('adopt', { agreement: 'ny-recourse', book: 'real', law: 'law.yaml' })).toContain(
    '(operating)',
  )
  for (const [name, input] of [
    ['record', { kind: 'report', office: 'comptroller', amount: '10', source: 'x' }],
    ['payday', { run: PAY_RUN, on: '2026-03-10' }],
    ['prepare', { action: 'pay-member', member: 'NY', amount: '1', as: 'pat' }],
    ['sign', { item: 'item-1', as: 'ann', office: 'deputy' }],
    ['settle', { statement: 'st.csv' }],
  ] as const) {
    const { code, err } = await tenth(name, { book: 'real', ...input })
    expect([name, code, err]).toEqual([name, 1, expect.stringContaining('Sign in and act in the browser')])
  }
})
