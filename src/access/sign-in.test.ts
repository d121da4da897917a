import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, eventsOf, openTestSite, someone, type TestSite, Visitor } from './site.testing.ts'
import { invite, reset } from './store.ts'

const PASSWORD = 'quiet lantern over the ridge'
const BY = { actor: 'operator at the machine' }

let site: TestSite
beforeAll(async () => {
  site = await openTestSite()
})
afterAll(() => site.close())

const invited = async (email: string) => {
  const made = await invite(
    site.shell,
    { name: 'Ana Ruiz', email, grants: [{ role: 'operator', jurisdiction: 'all' }] },
    BY,
  )
  if (!made.ok) throw new Error(made.error.code)
  return { ...made.value, path: `/invite/${made.value.token}` }
}

/** Through the pages alone, as a browser without script does it. */
async function join(email: string) {
  const made = await invited(email)
  const visitor = new Visitor(site.origin)
  await visitor.post(made.path)
  await visitor.post('/account/password', { fresh: PASSWORD })
  const shown = await visitor.post('/account/code', { password: PASSWORD })
  const key = /<code data-key[^>]*>([A-Z2-7]+)/.exec(shown.text)?.[1] ?? ''
  const backups = [...shown.text.matchAll(/<code>(\w{5}-\w{5})<\/code>/g)].map((found) => found[1] ?? '')
  const code = codeOf(key, Date.now())
  const confirmed = await visitor.post('/account/code/confirm', { code })
  return { ...made, email, visitor, key, backups, code, confirmed }
}

describe.sequential('from the first invitation on', () => {
  let ana: Awaited<ReturnType<typeof join>>

  test('before anybody joined, the person at the machine may plan, and nobody else', async () => {
    const at = new Visitor(site.origin)
    expect((await at.get('/access')).text).toContain('tenth access invite')
    expect((await at.post('/position/co/disruptions')).status).toBe(422)
    // Through a proxy that nobody trusts, or under a name that is not the machine's.
    expect((await at.post('/position/co/disruptions', {}, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(
      403,
    )
    const rebound = await site.app.request('/position/co/disruptions', {
      method: 'POST',
      headers: { host: 'evil.example' },
    })
    expect(rebound.status).toBe(403)
  })

  test('an invitation, a password and a second factor give the duties', async () => {
    ana = await join('ana@agency.example')
    expect([ana.confirmed.status, ana.confirmed.location]).toEqual([303, '/account?saved=1'])
    expect(ana.backups).toHaveLength(10)
    const account = await ana.visitor.get('/account?saved=1')
    expect(account.text).toContain('password and code')
    expect(account.text).not.toContain('Your duties wait')
    expect((await ana.visitor.get('/access')).text).toContain('ana@agency.example')
  })

  test('then the person at the machine is a stranger', async () => {
    const at = new Visitor(site.origin)
    expect((await at.post('/position/co/disruptions')).status).toBe(403)
    expect((await at.get('/access')).location).toBe('/sign-in?next=/access')
  })

  test('the link is used up', async () => {
    const other = new Visitor(site.origin)
    expect((await other.get(ana.path)).status).toBe(404)
    expect((await other.post(ana.path)).status).toBe(404)
    expect(other.cookies.size).toBe(0)
  })

  test('a password alone opens nothing, and its code works once', async () => {
    const visitor = new Visitor(site.origin)
    const half = await visitor.post('/sign-in', {
      email: 'ANA@agency.example',
      password: PASSWORD,
      next: '/plans',
    })
    expect([half.status, half.location]).toEqual([303, '/sign-in/code?next=%2Fplans'])
    expect((await visitor.get('/account')).location).toBe('/sign-in?next=/account')
    // The code that confirmed the app was used by that.
    expect((await visitor.post('/sign-in/code', { code: ana.code })).status).toBe(422)
    const again = new Visitor(site.origin)
    await again.post('/sign-in', { email: ana.email, password: PASSWORD })
    const code = codeOf(ana.key, Date.now() + 30_000)
    const done = await again.post('/sign-in/code', { code, next: '/plans' })
    expect([done.status, done.location]).toEqual([303, '/plans'])
    expect((await again.get('/access')).status).toBe(200)
    const thief = new Visitor(site.origin)
    await thief.post('/sign-in', { email: ana.email, password: PASSWORD })
    const replayed = await thief.post('/sign-in/code', { code })
    expect([replayed.status, replayed.text]).toEqual([422, expect.stringContaining('was used before')])
    expect((await thief.get('/account')).status).toBe(303)
  })

  test('a backup code works once', async () => {
    const [backup = ''] = ana.backups
    const visitor = new Visitor(site.origin)
    await visitor.post('/sign-in', { email: ana.email, password: PASSWORD })
    expect((await visitor.post('/sign-in/code', { code: backup })).status).toBe(303)
    expect((await visitor.get('/access')).status).toBe(200)
    const thief = new Visitor(site.origin)
    await thief.post('/sign-in', { email: ana.email, password: PASSWORD })
    expect((await thief.post('/sign-in/code', { code: backup })).status).toBe(422)
  })

  test('sessions are listed and ended by their owner alone', async () => {
    const other = new Visitor(site.origin)
    await other.post('/sign-in', { email: ana.email, password: PASSWORD })
    await other.post('/sign-in/code', { code: ana.backups[1] ?? '' })
    const { text } = await ana.visitor.get('/account')
    const ids = [
      ...text.matchAll(/action="\/account\/sessions"><input type="hidden" name="id" value="(\w+)"/g),
    ]
    expect(ids.length).toBeGreaterThanOrEqual(3)
    const stranger = await someone(site)
    for (const [, id = ''] of ids) await stranger.visitor.post('/account/sessions', { id })
    expect((await other.get('/account')).status).toBe(200)
    expect((await ana.visitor.post('/account/sessions/others')).status).toBe(303)
    expect((await other.get('/account')).location).toBe('/sign-in?next=/account')
    expect((await ana.visitor.get('/account')).status).toBe(200)
  })

  test('a session that was ended stays ended, whoever brings its cookie', async () => {
    const cookie = ana.visitor.cookies.get('tenth.session_token') ?? ''
    expect((await ana.visitor.post('/sign-out')).location).toBe('/sign-in?done=out')
    expect(ana.visitor.cookies.has('tenth.session_token')).toBe(false)
    ana.visitor.cookies.set('tenth.session_token', cookie)
    expect((await ana.visitor.get('/account')).location).toBe('/sign-in?next=/account')
  })

  test('a change of password ends every session', async () => {
    const visitor = new Visitor(site.origin)
    await visitor.post('/sign-in', { email: ana.email, password: PASSWORD })
    await visitor.post('/sign-in/code', { code: ana.backups[2] ?? '' })
    const wrong = await visitor.post('/account/password', {
      password: 'not this one',
      fresh: `${PASSWORD} two`,
    })
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('not your password')])
    const done = await visitor.post('/account/password', { password: PASSWORD, fresh: `${PASSWORD} two` })
    expect(done.location).toBe('/sign-in?done=password')
    expect((await visitor.get('/account')).status).toBe(303)
    const old = await new Visitor(site.origin).post('/sign-in', { email: ana.email, password: PASSWORD })
    expect(old.status).toBe(422)
  })

  test('a reset takes every way to sign in and gives a new link', async () => {
    const made = await reset(site.shell, ana.id, BY)
    if (!made.ok) throw new Error(made.error.code)
    const visitor = new Visitor(site.origin)
    expect((await visitor.post('/sign-in', { email: ana.email, password: `${PASSWORD} two` })).status).toBe(
      422,
    )
    expect((await visitor.post(`/invite/${made.value.token}`)).location).toBe('/account')
    expect((await visitor.get('/account')).text).toContain('Choose how you will sign in')
    // Whoever came by a link alone has no duties yet.
    expect((await visitor.get('/access')).status).toBe(403)
  })

  test('the log tells all of it, and no name and no address', async () => {
    const events = await eventsOf(site, 'access.%')
    const kinds = new Set(events.map(({ kind }) => kind))
    for (const kind of [
      'access.person.invited',
      'access.person.joined',
      'access.granted',
      'access.factor.added',
      'access.signed-in',
      'access.sign-in.failed',
      'access.session.ended',
      'access.person.reset',
      'access.refused',
    ])
      expect(kinds).toContain(kind)
    expect(JSON.stringify(events)).not.toMatch(/Ana|Ruiz|agency\.example|quiet lantern/)
  })
})

test('secrets lie hashed or encrypted', async () => {
  const her = await join('bea@agency.example')
  const { rows } = await sql<{ text: string }>`
    select concat_ws(' ', (select string_agg(password, ' ') from access_account),
      (select string_agg(secret || backup_codes, ' ') from access_two_factor),
      (select string_agg(encode(token_hash, 'escape'), ' ') from access_invite)) as text`.execute(
    site.shell.db,
  )
  for (const secret of [PASSWORD, her.key, her.backups[0] ?? '', her.token])
    expect(rows[0]?.text).not.toContain(secret)
})

test.each([
  ['short', 'too short'],
  ['aaaaaaaaaaaaaaaa', 'repeats itself'],
  ['Password1234!', 'common word'],
  ['ana ruiz 2026 !', 'name or address'],
])('the password %s is refused', async (fresh, words) => {
  const made = await invited(`${fresh.length}-${Date.now()}@agency.example`)
  const visitor = new Visitor(site.origin)
  await visitor.post(made.path)
  const answer = await visitor.post('/account/password', { fresh })
  expect([answer.status, answer.text]).toEqual([422, expect.stringContaining(words)])
})

test('an answer to somebody is theirs alone; a stranger gets what all get', async () => {
  const stranger = new Visitor(site.origin)
  const before = await stranger.get('/states')
  const { visitor } = await someone(site, [])
  const mine = await visitor.get('/states')
  expect(mine.text).toMatch(/Person \d+/)
  expect(mine.headers.get('cache-control')).toBe('private, no-store')
  expect(mine.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  const after = await stranger.get('/states')
  expect(after.text).toBe(before.text)
  expect(after.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate')
  expect(after.headers.getSetCookie()).toEqual([])
})

test('Spanish pages stay Spanish', async () => {
  const visitor = new Visitor(site.origin)
  const failed = await visitor.post('/es/sign-in', {
    email: 'nobody@agency.example',
    password: 'whatever it is',
  })
  expect(failed.text).toContain('no son correctas')
  const her = await someone(site, [])
  expect((await her.visitor.post('/es/account/sessions/others')).location).toBe('/es/account?saved=1')
})
