import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, newSession, openTestSite, someone, type TestSite, Visitor } from './site.testing.ts'

const PASSWORD = 'quiet lantern over the ridge'

let site: TestSite
beforeAll(async () => {
  site = await openTestSite({ isBehindProxy: true })
})
afterAll(() => site.close())

const countOf = async (table: string): Promise<bigint> => {
  const { rows } = await sql<{ n: bigint }>`select count(*) as n from ${sql.table(table)}`.execute(
    site.shell.db,
  )
  return rows[0]?.n ?? 0n
}

/** A person with a password, who signed in with it once in the browser that is given back. */
async function withPassword(network: string) {
  const one = await someone(site, [], 'invite')
  await one.visitor.post('/account/password', { fresh: PASSWORD })
  await one.visitor.post('/sign-out')
  const from = { 'x-forwarded-for': network }
  const entered = await one.visitor.post('/sign-in', { email: one.email, password: PASSWORD }, from)
  expect(entered.location).toBe('/account')
  await one.visitor.post('/sign-out')
  return one
}

test('10,000 sign-in attempts are refused and counted, and keep the owner out of nothing', async () => {
  const owner = await withPassword('198.51.100.1')
  const sessions = await countOf('access_session')
  const before = (await eventsOf(site, '%')).length
  const statuses = new Map<number, number>()
  let next = 0
  const attack = async () => {
    const visitor = new Visitor(site.origin)
    for (let i = next++; i < 10_000; i = next++) {
      // Half at one account, from ever new addresses; half at accounts that are not there, from one.
      const isAtOwner = i % 2 === 0
      const email = isAtOwner ? owner.email : `guess-${i}@agency.example`
      const address = isAtOwner ? `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}` : '192.0.2.66'
      const [password, from] = [`guess number ${i}`, { 'x-forwarded-for': address }]
      const { status } = await visitor.post('/sign-in', { email, password }, from)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: 16 }, attack))
  expect([...statuses.keys()].sort()).toEqual([422, 429])
  expect([...statuses.values()].reduce((sum, n) => sum + n)).toBe(10_000)
  // Ten at the account, thirty from the address, and what the seconds of the attack gave back.
  expect(statuses.get(429)).toBeGreaterThan(9_900)
  expect(await countOf('access_session')).toBe(sessions)
  expect((await eventsOf(site, '%')).length - before).toBeLessThan(10)
  // A stranger's browser waits even with the right password; the owner's own does not.
  const stranger = new Visitor(site.origin)
  const right = { email: owner.email, password: PASSWORD }
  expect((await stranger.post('/sign-in', right, { 'x-forwarded-for': '192.0.2.7' })).status).toBe(429)
  expect((await owner.visitor.post('/sign-in', right, { 'x-forwarded-for': '198.51.100.1' })).status).toBe(
    303,
  )
  await site.access.close()
  const told = (await eventsOf(site, 'access.sign-in.failed')).map(({ payload }) => JSON.parse(payload).times)
  expect(told.reduce((sum: number, n: number) => sum + n, 0)).toBeGreaterThanOrEqual(10_001)
}, 240_000)

test('one address gets thirty tries, whatever the accounts', async () => {
  const visitor = new Visitor(site.origin)
  const from = { 'x-forwarded-for': '192.0.2.99' }
  const statuses: number[] = []
  for (let i = 0; i < 35; i++)
    statuses.push(
      (await visitor.post('/sign-in', { email: `n${i}@a.example`, password: 'x'.repeat(600) }, from)).status,
    )
  expect(statuses.slice(0, 30).every((status) => status === 422)).toBe(true)
  expect(statuses.slice(31).every((status) => status === 429)).toBe(true)
})

test('an account that is not there answers like one that is', async () => {
  const there = await withPassword('198.51.100.2')
  const ask = async (email: string, network: string) => {
    const got = await new Visitor(site.origin).post(
      '/sign-in',
      { email, password: 'a wrong password it is' },
      { 'x-forwarded-for': network },
    )
    return { status: got.status, text: got.text.replaceAll(email, ''), names: [...got.headers.keys()].sort() }
  }
  const known = await ask(there.email, '198.51.100.3')
  expect(await ask('nobody@agency.example', '198.51.100.4')).toEqual(known)
  const { email } = await someone(site, [])
  expect(await ask(email, '198.51.100.5')).toEqual(known)
})

const FORMS = [
  '/sign-in',
  '/sign-in/code',
  '/sign-in/passkey/options',
  '/sign-in/passkey',
  '/sign-out',
  '/account/password',
  '/account/code',
  '/account/code/confirm',
  '/account/code/remove',
  '/account/backup-codes',
  '/account/passkeys/options',
  '/account/passkeys',
  '/account/passkeys/remove',
  '/account/provider',
  '/account/provider/remove',
  '/account/sessions',
  '/account/sessions/others',
  '/access/invite',
  '/access/grant',
  '/access/revoke',
  '/access/reset',
  '/access/sessions',
  '/access/close',
] as const

describe('a page of another site', () => {
  test.each([
    ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of a neighbour', { origin: 'http://sister.localhost', 'sec-fetch-site': 'same-site' }],
    ['without an origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['in an old browser', { origin: 'https://evil.example', 'sec-fetch-site': '' }],
  ])('%s posts nothing with the cookie of an operator', async (_, headers) => {
    const operator = await someone(site, [{ role: 'operator', jurisdiction: 'all' }])
    const other = await someone(site, [])
    const fields = {
      name: 'Eve',
      email: 'eve@evil.example',
      role: 'operator',
      jurisdiction: 'all',
      person: other.id,
      fresh: PASSWORD,
      password: PASSWORD,
    }
    for (const path of FORMS)
      expect([path, (await operator.visitor.post(path, fields, headers)).status]).toEqual([path, 403])
    expect((await operator.visitor.get('/access')).text).not.toContain('eve@evil.example')
    expect((await operator.visitor.get('/account')).status).toBe(200)
  })

  test('is told in the log, once for many', async () => {
    const told = await eventsOf(site, 'access.refused')
    expect(told.some(({ payload }) => payload.includes('"cross-site"'))).toBe(true)
    expect(told.length).toBeLessThan(40)
  })
})

describe('a session', () => {
  test('that somebody else put into the browser is not signed in with it', async () => {
    const attacker = await someone(site, [])
    const planted = attacker.visitor.cookies.get('tenth.session_token') ?? ''
    await attacker.visitor.post('/sign-out')
    const victim = await withPassword('198.51.100.6')
    victim.visitor.cookies.set('tenth.session_token', planted)
    const right = { email: victim.email, password: PASSWORD }
    expect((await victim.visitor.post('/sign-in', right, { 'x-forwarded-for': '198.51.100.6' })).status).toBe(
      303,
    )
    expect(victim.visitor.cookies.get('tenth.session_token')).not.toBe(planted)
    attacker.visitor.cookies.set('tenth.session_token', planted)
    expect((await attacker.visitor.get('/account')).status).toBe(303)
  })

  test('with a changed signature, token or none is nobody', async () => {
    const { visitor } = await someone(site, [])
    const [token = '', signature = ''] = decodeURIComponent(
      visitor.cookies.get('tenth.session_token') ?? '',
    ).split('.')
    const flipped = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
    for (const forged of [`${token}.${flipped}`, `${token}x.${signature}`, token, '.', `${token}.`, 'null']) {
      const other = new Visitor(site.origin)
      other.cookies.set('tenth.session_token', encodeURIComponent(forged))
      expect((await other.get('/account')).location).toBe('/sign-in?next=/account')
      expect((await other.get('/states')).status).toBe(200)
    }
  })

  test('ends an hour after its last use, and a day after it began', async () => {
    const idle = await someone(site, [])
    const old = await someone(site, [])
    await sql`update access_session set expires_at = now() - interval '1 second' where user_id = ${idle.id}`.execute(
      site.shell.db,
    )
    await sql`update access_session set created_at = now() - interval '24 hours' where user_id = ${old.id}`.execute(
      site.shell.db,
    )
    for (const { visitor } of [idle, old]) expect((await visitor.get('/account')).status).toBe(303)
  })

  test('ends with a change of duties, and the next one has them', async () => {
    const operator = await someone(site, [{ role: 'operator', jurisdiction: 'all' }])
    const { id, visitor } = await someone(site, [])
    const given = await operator.visitor.post('/access/grant', {
      person: id,
      role: 'auditor',
      jurisdiction: 'CO',
    })
    expect(given.status).toBe(303)
    expect((await visitor.get('/account')).status).toBe(303)
    visitor.cookies.set('tenth.session_token', await newSession(site, id, 'passkey'))
    expect((await visitor.get('/access')).status).toBe(200)
  })

  test('is a new one after the second factor was added', async () => {
    const { visitor } = await someone(site, [], 'invite')
    await visitor.post('/account/password', { fresh: PASSWORD })
    const before = visitor.cookies.get('tenth.session_token')
    const shown = await visitor.post('/account/code', { password: PASSWORD })
    const key = /<code data-key[^>]*>([A-Z2-7]+)/.exec(shown.text)?.[1] ?? ''
    const { codeOf } = await import('./site.testing.ts')
    await visitor.post('/account/code/confirm', { code: codeOf(key, Date.now()) })
    const after = visitor.cookies.get('tenth.session_token')
    expect(after).not.toBe(before)
    visitor.cookies.set('tenth.session_token', before ?? '')
    expect((await visitor.get('/account')).status).toBe(303)
  })

  test('without a second factor has no duties', async () => {
    for (const method of ['invite', 'password', 'provider'] as const) {
      const { visitor } = await someone(site, [{ role: 'operator', jurisdiction: 'all' }], method)
      expect((await visitor.get('/access')).status).toBe(403)
    }
  })
})

test('a password that somebody found out gives them no way of their own beside a passkey', async () => {
  const owner = await someone(site, [], 'invite')
  await owner.visitor.post('/account/password', { fresh: PASSWORD })
  await sql`insert into access_passkey (id, public_key, user_id, credential_id, counter, device_type, backed_up)
    values ('pk-owner', 'x', ${owner.id}, 'c-owner', 0, 'multiDevice', true)`.execute(site.shell.db)
  const thief = new Visitor(site.origin)
  const right = { email: owner.email, password: PASSWORD }
  const entered = await thief.post('/sign-in', right, { 'x-forwarded-for': '198.51.100.8' })
  expect(entered.location).toBe('/account')
  for (const path of ['/account/passkeys/options', '/account/passkeys', '/account/code', '/account/provider'])
    expect([path, (await thief.post(path, { password: PASSWORD })).text]).toEqual([
      path,
      expect.stringContaining('safer way'),
    ])
  expect((await thief.post('/account/passkeys/remove', { id: 'pk-owner' })).text).toContain('safer way')
  const { rows } = await sql`select 1 from access_passkey where id = 'pk-owner'`.execute(site.shell.db)
  expect(rows).toHaveLength(1)
})

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/sign-in?next=/sign-in',
  '/es/sign-out',
  '/%0d%0aSet-Cookie:x=y',
])('next=%s leads to no other place', async (next) => {
  const one = await withPassword('198.51.100.7')
  const headers = { 'x-forwarded-for': '198.51.100.7' }
  const entered = await one.visitor.post('/sign-in', { email: one.email, password: PASSWORD, next }, headers)
  expect(entered.location).toBe('/account')
  const page = await new Visitor(site.origin).get(`/sign-in?next=${encodeURIComponent(next)}`)
  expect(page.text).not.toContain('evil.example')
})

describe('ids that are not one’s own', () => {
  test('do nothing and tell nothing', async () => {
    const auditor = await someone(site, [{ role: 'auditor', jurisdiction: 'CO' }])
    const operator = await someone(site, [{ role: 'operator', jurisdiction: 'CO' }])
    const chief = await someone(site, [{ role: 'operator', jurisdiction: 'all' }])
    const { rows } = await sql<{ id: string; user_id: string }>`select id, user_id from access_grant`.execute(
      site.shell.db,
    )
    const grantOf = (person: string) => rows.find((row) => row.user_id === person)?.id ?? ''
    const tries: readonly (readonly [path: string, fields: Record<string, string>])[] = [
      ['/access/revoke', { id: grantOf(chief.id) }],
      ['/access/revoke', { id: 'g-aaaaaaaaaaaaaaaa' }],
      ['/access/revoke', { id: "' or 1=1 --" }],
      ['/access/reset', { person: chief.id }],
      ['/access/close', { person: chief.id }],
      ['/access/sessions', { person: chief.id }],
      ['/access/reset', { person: 'u-aaaaaaaaaaaaaaaa' }],
      ['/access/grant', { person: chief.id, role: 'operator', jurisdiction: 'all' }],
      ['/access/grant', { person: operator.id, role: 'operator', jurisdiction: 'WY' }],
      ['/access/invite', { name: 'Eve', email: 'eve@evil.example', role: 'reader', jurisdiction: 'all' }],
    ]
    for (const [path, fields] of tries) {
      expect([path, (await operator.visitor.post(path, fields)).status]).toEqual([path, 403])
      expect([path, (await auditor.visitor.post(path, fields)).status]).toEqual([path, 403])
    }
    expect((await operator.visitor.post('/access/revoke', { id: grantOf(auditor.id) })).status).toBe(303)
    expect((await chief.visitor.get('/access')).status).toBe(200)
    const seen = await operator.visitor.get('/access')
    expect(seen.text).toContain(operator.email)
    expect(seen.text).not.toContain(chief.email)
  })

  test('a passkey of another stays', async () => {
    const [one, other] = [await someone(site, []), await someone(site, [])]
    await sql`insert into access_passkey (id, public_key, user_id, credential_id, counter, device_type, backed_up)
      values ('pk-1', 'x', ${one.id}, 'c-1', 0, 'multiDevice', true)`.execute(site.shell.db)
    expect((await other.visitor.post('/account/passkeys/remove', { id: 'pk-1' })).status).toBe(303)
    expect((await one.visitor.post('/account/passkeys/remove', { id: 'pk-1' })).text).toContain(
      'only way to sign in',
    )
    const { rows } = await sql`select 1 from access_passkey where id = 'pk-1'`.execute(site.shell.db)
    expect(rows).toHaveLength(1)
  })
})

describe('under a name that is not the operator’s', () => {
  let named: TestSite
  beforeAll(async () => {
    named = await openTestSite({ settings: { origin: 'https://tenth.example' } })
  })
  afterAll(() => named.close())

  test('nobody signs in, and links name the true origin', async () => {
    const visitor = new Visitor(named.origin)
    expect((await visitor.get('/sign-in')).text).toContain('Signing in is switched off')
    expect((await visitor.post('/sign-in', { email: 'a@b.example', password: PASSWORD })).status).toBe(403)
    const { visitor: operator } = await someone(named, [{ role: 'operator', jurisdiction: 'all' }])
    const cookie = `__Secure-tenth.session_token=${operator.cookies.get('tenth.session_token')}`
    const body = new URLSearchParams({
      name: 'Bo',
      email: 'bo@a.example',
      role: 'reader',
      jurisdiction: 'CO',
    })
    const ask = (host: string, origin: string) =>
      named.app.request('/access/invite', { method: 'POST', body, headers: { host, origin, cookie } })
    expect((await ask('evil.example', 'https://evil.example')).status).toBe(403)
    const made = await ask('tenth.example', 'https://tenth.example')
    expect(await made.text()).toContain('https://tenth.example/invite/')
  })

  test('cookies travel over TLS alone', async () => {
    const one = await someone(named, [], 'invite')
    const headers = {
      host: 'tenth.example',
      origin: 'https://tenth.example',
      cookie: `__Secure-tenth.session_token=${one.visitor.cookies.get('tenth.session_token')}`,
    }
    const body = new URLSearchParams({ fresh: PASSWORD })
    await named.app.request('/account/password', { method: 'POST', body, headers })
    const answer = await named.app.request('/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ email: one.email, password: PASSWORD }),
      headers: { host: 'tenth.example', origin: 'https://tenth.example' },
    })
    const cookies = answer.headers.getSetCookie()
    expect(cookies.length).toBeGreaterThanOrEqual(3)
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly.*; Secure|Secure.*; HttpOnly/)
    for (const cookie of cookies) expect(cookie).toContain('SameSite=Lax')
    expect(cookies.some((cookie) => cookie.startsWith('__Secure-tenth.session_token='))).toBe(true)
  })
})
