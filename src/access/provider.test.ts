import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventsOf, openTestSite, type Someone, someone, type TestSite, Visitor } from './site.testing.ts'

/** A small OpenID provider: it lets everyone in as whoever `subject` says now. */
interface Provider {
  readonly issuer: string
  subject: { sub: string; email: string }
  /** Spoils the next identity token. */
  spoil: 'nonce' | 'audience' | 'key' | undefined
  isAway: boolean
  readonly server: Server
}

/** A JSON Web Token by ES256 (RFC 7515, RFC 7518 section 3.4). */
function signed(claims: Readonly<Record<string, unknown>>, key: KeyObject): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'ES256', kid: 'one' })}.${part(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

async function openProvider(): Promise<Provider> {
  const newPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [{ publicKey, privateKey }, foreign] = [newPair(), newPair()]
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256', use: 'sig' }
  const nonces = new Map<string, string>()
  const provider = { subject: { sub: '', email: '' }, spoil: undefined, isAway: false } as unknown as {
    -readonly [K in keyof Provider]: Provider[K]
  }
  const token = (code: string) => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: provider.issuer,
      aud: provider.spoil === 'audience' ? 'another' : 'tenth',
      iat: now,
      exp: now + 300,
      nonce: provider.spoil === 'nonce' ? 'another' : nonces.get(code),
      email_verified: true,
      name: 'Somebody',
      ...provider.subject,
    }
    return signed(claims, provider.spoil === 'key' ? foreign.privateKey : privateKey)
  }
  provider.server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', provider.issuer)
    const json = (body: unknown) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    if (provider.isAway) return void response.writeHead(503).end()
    if (pathname === '/.well-known/openid-configuration')
      return void json({
        issuer: provider.issuer,
        authorization_endpoint: `${provider.issuer}/authorize`,
        token_endpoint: `${provider.issuer}/token`,
        jwks_uri: `${provider.issuer}/jwks`,
        id_token_signing_alg_values_supported: ['ES256'],
      })
    if (pathname === '/jwks') return void json({ keys: [jwk] })
    if (pathname === '/authorize') {
      const code = `code-${nonces.size}`
      nonces.set(code, searchParams.get('nonce') ?? '')
      const back = new URL(searchParams.get('redirect_uri') ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', searchParams.get('state') ?? '')
      return void response.writeHead(302, { location: back.href }).end()
    }
    let body = ''
    for await (const chunk of request) body += chunk
    const code = new URLSearchParams(body).get('code') ?? ''
    json({ access_token: 'a', token_type: 'Bearer', expires_in: 300, id_token: token(code) })
  })
  await new Promise<void>((done) => provider.server.listen(0, '127.0.0.1', done))
  provider.issuer = `http://127.0.0.1:${(provider.server.address() as { port: number }).port}`
  return provider
}

let provider: Provider
let site: TestSite
let ana: Someone
beforeAll(async () => {
  provider = await openProvider()
  site = await openTestSite({
    settings: {
      provider: {
        name: 'State ID',
        issuer: provider.issuer,
        clientId: 'tenth',
        clientSecret: 'a secret of the two',
        hasSecondFactor: true,
      },
    },
  })
  ana = await someone(site, [{ role: 'operator', jurisdiction: 'all' }], 'invite')
})
afterAll(async () => {
  await site.close()
  provider.server.close()
})

/** Goes to the provider and comes back with its answer. */
async function throughProvider(visitor: Visitor, address: string) {
  const there = await fetch(address, { redirect: 'manual' })
  const back = new URL(there.headers.get('location') ?? '')
  expect(back.origin).toBe(site.origin)
  return visitor.get(back.pathname + back.search)
}
const signIn = async (visitor: Visitor, path = '/sign-in/provider') =>
  throughProvider(visitor, (await visitor.get(path)).location ?? '')

test('nobody comes in by a provider alone, not even with an address that was invited', async () => {
  for (const email of ['nobody@agency.example', ana.email]) {
    provider.subject = { sub: `stranger of ${email}`, email }
    const visitor = new Visitor(site.origin)
    const back = await signIn(visitor)
    expect(back.location).toContain('/sign-in?refused=provider')
    expect((await visitor.get('/account')).location).toBe('/sign-in?next=/account')
    expect((await visitor.get(back.location ?? '')).text).toContain('did not let you in')
  }
})

test('a person who is invited links their account, and signs in with it', async () => {
  provider.subject = { sub: 'ana at the state', email: 'ana@state.example' }
  const shown = await ana.visitor.post('/account/provider')
  const address = /href="(http:\/\/127\.0\.0\.1[^"]+)"/.exec(shown.text)?.[1] ?? ''
  expect((await throughProvider(ana.visitor, address)).location).toBe('/account?saved=1')
  const visitor = new Visitor(site.origin)
  expect((await signIn(visitor, '/sign-in/provider?next=/access')).location).toBe('/access')
  expect((await visitor.get('/access')).status).toBe(200)
  expect((await eventsOf(site, 'access.signed-in')).at(-1)?.payload).toBe('{"method":"provider"}')
})

test('an account at the provider is one person’s here', async () => {
  const other = await someone(site, [], 'invite')
  const shown = await other.visitor.post('/account/provider')
  const address = /href="(http:\/\/127\.0\.0\.1[^"]+)"/.exec(shown.text)?.[1] ?? ''
  const back = await throughProvider(other.visitor, address)
  expect((await other.visitor.get(back.location ?? '')).text).toContain('could not be linked')
})

test.each(['nonce', 'audience', 'key'] as const)(
  'an identity token with another %s is refused',
  async (what) => {
    provider.spoil = what
    const visitor = new Visitor(site.origin)
    expect((await signIn(visitor)).location).toContain('refused=provider')
    expect((await visitor.get('/account')).status).toBe(303)
    provider.spoil = undefined
  },
)

test('the answer to another browser’s question, or a second time, is refused', async () => {
  const [one, other] = [new Visitor(site.origin), new Visitor(site.origin)]
  const there = await fetch((await one.get('/sign-in/provider')).location ?? '', { redirect: 'manual' })
  const { pathname, search } = new URL(there.headers.get('location') ?? '')
  expect((await other.get(pathname + search)).location).toContain('refused=provider')
  expect((await other.get('/account')).status).toBe(303)
  expect((await one.get(pathname + search)).location).toBe('/account')
  await one.post('/sign-out')
  expect((await one.get(pathname + search)).location).toContain('refused=provider')
})

test('next leads to no other site', async () => {
  const visitor = new Visitor(site.origin)
  expect((await signIn(visitor, '/sign-in/provider?next=https://evil.example/')).location).toBe('/account')
})

test('the way back names the true origin, whatever the host says', async () => {
  const asked = await site.app.request('/sign-in/provider', { headers: { host: 'evil.example' } })
  expect(asked.headers.get('location')).toBe('/sign-in')
})

test('a provider that is away keeps nobody from the other ways', async () => {
  const away = await openProvider()
  away.isAway = true
  const settings = {
    name: 'Away',
    issuer: away.issuer,
    clientId: 'x',
    clientSecret: 'y',
    hasSecondFactor: true,
  }
  const other = await openTestSite({ settings: { provider: settings } })
  try {
    const visitor = new Visitor(other.origin)
    const to = await visitor.get('/sign-in/provider')
    expect(to.location).toBe('/sign-in?refused=away')
    expect((await visitor.get('/sign-in?refused=away')).text).toContain('does not answer just now')
    expect((await visitor.post('/sign-in', { email: 'a@b.example', password: 'x'.repeat(20) })).status).toBe(
      422,
    )
  } finally {
    await other.close()
    away.server.close()
  }
})
