import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OpenAPIHono } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANONYMOUS, type Instant, type Principal, ROLES, type Role, type Usps } from '../base/index.ts'
import { PACKAGE_ROOT, type Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { trustApi } from './api.ts'
import { loadTrust } from './book-store.ts'
import { agreementNamed } from './situations.testing.ts'
import { adopt } from './store.ts'

let shell: Shell
let close: () => Promise<void>
let principal: Principal = ANONYMOUS

beforeAll(async () => {
  const made = await testDatabase()
  close = made.close
  let clock = Date.parse('2026-03-10T12:00:00Z')
  const now = () => {
    clock += 1
    return new Date(clock).toISOString() as Instant
  }
  shell = { db: made.db, now, dataFolder: '' }
  const agreement = agreementNamed('ny-recourse')
  const authority = { kind: 'simulation' } as const
  await adopt(
    shell,
    { book: 'ny', kind: 'simulation', agreement, authority, accounts: {} },
    { actor: 'test' },
  )
})
afterAll(() => close())

const app = () => {
  const api = new OpenAPIHono()
  api.use('*', async (c, next) => {
    c.set('principal' as never, principal as never)
    await next()
  })
  api.route('/', trustApi(shell))
  return api
}
const user = (id: string, role: Role, jurisdiction: Usps | 'all' = 'NY', office?: string): Principal => ({
  kind: 'user',
  id,
  name: id,
  grants: [{ role, jurisdiction, ...(office !== undefined && { office }) }],
})
async function ask(who: Principal, path: string, body?: unknown, headers: Record<string, string> = {}) {
  principal = who
  const isText = typeof body === 'string'
  const answer = await app().request(path, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    headers: { 'content-type': isText ? 'text/csv' : 'application/json', ...headers },
  })
  const text = await answer.text()
  return { status: answer.status, body: JSON.parse(text), text }
}
const counsel = user('u-counsel', 'counsel')
const source = 'invented'
const report = { kind: 'report', on: '2026-03-01', office: 'comptroller', arrears_cents: '9000000', source }

/** What each act wants: the acts of a trust from the outside, each with the one duty that may do it. */
const ACTS = [
  { act: 'facts', path: '/trust/books/ny/facts', body: {}, roles: ['counsel'] },
  { act: 'paydays', path: '/trust/books/ny/paydays', body: 'x', roles: ['preparer'] },
  {
    act: 'items',
    path: '/trust/books/ny/items',
    body: { action: 'pay-member', member: 'NY', amount_cents: '-1' },
    roles: ['preparer'],
  },
  { act: 'statements', path: '/trust/books/ny/statements', body: 'x', roles: ['preparer'] },
] as const
const MATRIX = ACTS.flatMap((one) =>
  ROLES.flatMap((role) => (['NY', 'NJ', 'all'] as const).map((where) => ({ ...one, role, where }))),
)

test.each(MATRIX)('$act by $role of $where', async ({ path, body, role, where, roles }) => {
  const may = (roles as readonly Role[]).includes(role) && where !== 'NJ'
  const { status } = await ask(user('u-x', role, where), path, body)
  // Who may is told what is wrong with the body, or that the act is refused; who may not learns neither.
  if (may) expect([400, 409]).toContain(status)
  else expect(status).toBe(403)
})

test('nobody acts without an account, nor from a page of another site', async () => {
  for (const { path, body } of ACTS) {
    expect((await ask(ANONYMOUS, path, body)).status).toBe(401)
    expect((await ask({ kind: 'local' }, path, body)).status).toBe(401)
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await ask(user('u-y', 'preparer', 'all'), path, body, headers)).status).toBe(403)
    expect((await ask(user('u-z', 'counsel', 'all'), path, body, headers)).status).toBe(403)
  }
})

test('from the facts to the payment, each by who may, and the record shows names to readers alone', async () => {
  const frozen = {
    kind: 'federal-action',
    on: '2026-02-01',
    record: 'fed-acf-freeze-five-states',
    status: 'x',
    in_force: false,
    unpaid_cents: '9000000',
    source,
  }
  const found = { kind: 'finding', on: '2026-02-02', record: 'suit-ny-v-acf', finding: 'contravenes', source }
  const offices = ['governor', 'comptroller', 'budget-director'].map((office) => ({
    kind: 'sign-off',
    on: '2026-03-02',
    office,
    person: `invented ${office}`,
    source,
  }))
  expect((await ask(counsel, '/trust/books/ny/facts', { ...frozen, record: 'fed-nowhere' })).status).toBe(400)
  for (const fact of [frozen, found, report, ...offices])
    expect((await ask(counsel, '/trust/books/ny/facts', fact)).status).toBe(200)
  const preparer = user('u-prep', 'preparer')
  const run = readFileSync(join(PACKAGE_ROOT, 'src/trust/data/example-pay-run.csv'), 'utf8')
  const named = await ask(
    preparer,
    '/trust/books/ny/paydays?on=2026-03-06',
    run.replace('agency', 'last_name'),
  )
  expect([named.status, named.text]).toEqual([400, expect.stringContaining('last_name')])
  const taken = await ask(preparer, '/trust/books/ny/paydays?on=2026-03-06', run)
  expect([taken.status, taken.body.held.length]).toEqual([200, 3])
  expect(
    (
      await ask(counsel, '/trust/books/ny/facts', {
        kind: 'order',
        on: '2026-03-09',
        order: 'pay-treasury',
        court: 'S.D.N.Y.',
        docket: '1',
        source,
      })
    ).status,
  ).toBe(200)
  const amount_cents = String(
    taken.body.held.reduce(
      (sum: bigint, one: { amount_cents: string }) => sum + BigInt(one.amount_cents),
      0n,
    ),
  )
  const made = await ask(preparer, '/trust/books/ny/items', {
    action: 'release-to-treasury',
    member: 'NY',
    amount_cents,
  })
  expect(made.status).toBe(200)
  const path = `/trust/books/ny/items/${made.body.item.id}/signatures`
  const item_sha256 = made.body.sha256
  const [ann, bea] = [user('u-ann', 'approver', 'NY', 'comptroller'), user('u-bea', 'approver', 'NY')]
  expect((await ask(preparer, path, { item_sha256, office: 'approver' })).status).toBe(403)
  expect((await ask(user('u-far', 'approver', 'NJ'), path, { item_sha256, office: 'approver' })).status).toBe(
    403,
  )
  expect((await ask(ann, path, { item_sha256, office: 'governor' })).status).toBe(403)
  expect((await ask(ann, path, { item_sha256: 'f'.repeat(64), office: 'comptroller' })).body.reason).toBe(
    'other_content',
  )
  expect((await ask(ann, path, { item_sha256, office: 'comptroller' })).body.executed).toBe(false)
  expect((await ask(ann, path, { item_sha256, office: 'comptroller' })).body.reason).toBe('signed_already')
  expect((await ask(bea, path, { item_sha256, office: 'approver' })).body.executed).toBe(true)
  const { rows } = (await loadTrust(shell.db, 'ny')) ?? { rows: undefined }
  const lines = rows?.sent.map(
    ({ trace, amount_cents: cents }) =>
      `2026-03-11,-${cents / 100n}.${String(cents % 100n).padStart(2, '0')},${trace},x`,
  )
  const settled = await ask(
    preparer,
    '/trust/books/ny/statements',
    `date,amount,reference,description\n${lines?.join('\n')}\n`,
  )
  expect([settled.status, settled.body.matched.length]).toEqual([200, 1])
  const open = await ask(ANONYMOUS, '/trust/books/ny')
  expect([open.status, open.body.held_cents, open.body.simulation]).toEqual([200, '0', true])
  expect(open.text).not.toMatch(/u-ann|u-prep|u-counsel|invented governor/)
  expect((await ask(ANONYMOUS, '/trust/books/ny/record')).status).toBe(401)
  expect((await ask(user('u-e', 'editor'), '/trust/books/ny/record')).status).toBe(403)
  expect((await ask(user('u-f', 'auditor', 'NJ'), '/trust/books/ny/record')).status).toBe(403)
  const full = await ask(user('u-g', 'auditor'), '/trust/books/ny/record')
  expect(full.body.items[0].signatures.map(({ person }: { person: string }) => person)).toEqual([
    'u-ann',
    'u-bea',
  ])
  // Whoever may only rehearse reads the same acts of a simulation with the office of each, and nobody's name.
  const nameless = await ask(user('u-h', 'analyst'), '/trust/books/ny/record')
  expect(nameless.body.items[0].signatures.map(({ office }: { office: string }) => office)).toEqual([
    'comptroller',
    'approver',
  ])
  expect([nameless.status, nameless.body.items[0].prepared_by]).toEqual([200, 'preparer'])
  expect(nameless.text).not.toMatch(/u-ann|u-bea|u-prep|u-counsel|invented governor|"person"/)
})

test('who may not sign does not learn which items exist, and no body of theirs is read', async () => {
  const there = '/trust/books/ny/items/none/signatures'
  const refusals = await Promise.all([
    ask(user('u-i', 'approver', 'NJ'), there, { item_sha256: 'x' }),
    ask(user('u-i', 'approver', 'NJ'), '/trust/books/ny/items', {}),
  ])
  expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
    [403, 'not_allowed'],
    [403, 'not_allowed'],
  ])
  const headers = { 'sec-fetch-site': 'cross-site' }
  expect((await ask(user('u-j', 'approver'), there, {}, headers)).status).toBe(403)
  const known = { item_sha256: 'f'.repeat(64), office: 'approver' }
  expect((await ask(user('u-j', 'approver'), there, known)).body.reason).toBe('unknown_item')
})

test('a refused act stands in the log under the name of who asked', async () => {
  const { rows } = await sql<{ actor: string; n: bigint }>`
    select actor, count(*) as n from audit_event where kind = 'trust.act.refused' and subject = 'ny' and actor = 'user u-ann'
    group by actor`.execute(shell.db)
  expect(rows).toEqual([{ actor: 'user u-ann', n: 2n }])
})

test('everyone reads agreements and reasons', async () => {
  const { body } = await ask(ANONYMOUS, '/trust/agreements')
  expect(body.agreements.map(({ id }: { id: string }) => id)).toEqual([
    'ny-recourse',
    'pacific-compact',
    'special-account',
    'wa-escrow',
  ])
  expect((await ask(ANONYMOUS, '/trust/agreements/none')).status).toBe(404)
  const why = await ask(ANONYMOUS, '/trust/books/ny/decision?action=hold&amount_cents=1&on=2026-03-10')
  expect([why.body.allowed, why.body.missing.length]).toEqual([true, 0])
  const later = await ask(ANONYMOUS, '/trust/books/ny/decision?action=hold&on=2026-05-10')
  expect(later.body.missing.map(({ id }: { id: string }) => id)).toEqual([
    'report-fresh',
    'unanimous-officers',
    'in-force',
  ])
  expect((await ask(ANONYMOUS, '/trust/books/ny/decision?action=steal')).status).toBe(400)
  expect((await ask(ANONYMOUS, '/trust/books/ny?on=tomorrow')).status).toBe(400)
  expect((await ask(ANONYMOUS, '/trust/books/none')).status).toBe(404)
})
