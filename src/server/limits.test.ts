import { BlockList } from 'node:net'
import fc from 'fast-check'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { chooseEncoding } from './encoding.ts'
import { asker, type ServerEnv } from './env.ts'
import { Buckets, networkOf } from './rate-limit.ts'
import { findBroken } from './request-limits.ts'
import { serverSettings } from './settings.ts'

// Worked by hand from RFC 9110 § 12.5.3.
test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0.5, gzip;q=0.9', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['identity;q=1, br;q=0.1', 'identity'],
  ['BR', 'br'],
])('Accept-Encoding %s: %s', (accept, wanted) => expect(chooseEncoding(accept)).toBe(wanted))

test("law: in any span of time at most a minute's allowance and what filled up meanwhile passes", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.array(fc.nat(5_000), { maxLength: 300 }),
      (perMinute, gaps) => {
        const buckets = new Buckets(perMinute)
        let at = 0
        let passed = 0
        for (const gap of gaps) {
          at += gap
          if (buckets.take('one', at) === 0) passed++
        }
        expect(passed).toBeLessThanOrEqual(perMinute + (at / 60_000) * perMinute + 1e-6)
      },
    ),
  )
})

test('law: after the time it was told to wait, an address passes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 50 }), (perMinute, extra) => {
      const buckets = new Buckets(perMinute)
      let wait = 0
      for (let i = 0; i < perMinute + extra; i++) wait = buckets.take('one', 0)
      expect(wait).toBeGreaterThan(0)
      expect(buckets.take('one', wait * 1000)).toBe(0)
      expect(buckets.take('another', 0)).toBe(0)
    }),
  )
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network))

test('law: what encodeURIComponent writes is text; a lone broken byte in it is not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const encoded = encodeURIComponent(text.replaceAll('\0', ''))
      expect(findBroken(`/x?q=${encoded}`)).toBeUndefined()
      expect(findBroken(`/x?q=${encoded}%ff`)).toBeDefined()
      expect(findBroken(`/x?q=${encoded}%`)).toBeDefined()
      expect(findBroken(`/x?q=${encoded}%00`)).toBeDefined()
    }),
  )
})

const addressSeen = async (
  trusted: string,
  forwarded: string | undefined,
  direct: string,
): Promise<string> => {
  const settings = serverSettings({ TENTH_TRUSTED_PROXY: trusted })
  const list = settings.ok ? settings.value.trustedProxies : new BlockList()
  const app = new Hono<ServerEnv>().use(asker(list)).get('/', (c) => c.text(c.get('address')))
  const headers = forwarded === undefined ? undefined : { 'x-forwarded-for': forwarded }
  const incoming = { socket: { remoteAddress: direct } }
  return (await app.request('/', headers && { headers }, { incoming } as never)).text()
}

test.each([
  { why: 'nobody is trusted', trusted: '', forwarded: '203.0.113.7', direct: '192.0.2.1', seen: '192.0.2.1' },
  {
    why: 'a proxy is',
    trusted: '192.0.2.1',
    forwarded: '203.0.113.7',
    direct: '192.0.2.1',
    seen: '203.0.113.7',
  },
  {
    why: 'what the asker made up',
    trusted: '192.0.2.1',
    forwarded: '10.9.9.9, 203.0.113.7',
    direct: '192.0.2.1',
    seen: '203.0.113.7',
  },
  {
    why: 'two proxies',
    trusted: '192.0.2.0/24',
    forwarded: '203.0.113.7, 192.0.2.9',
    direct: '192.0.2.1',
    seen: '203.0.113.7',
  },
  {
    why: 'through an IPv6 socket',
    trusted: '192.0.2.1',
    forwarded: '203.0.113.7',
    direct: '::ffff:192.0.2.1',
    seen: '203.0.113.7',
  },
  { why: 'nonsense', trusted: '192.0.2.1', forwarded: 'unknown', direct: '192.0.2.1', seen: '192.0.2.1' },
])('the address behind a proxy: $why', async ({ trusted, forwarded, direct, seen }) =>
  expect(await addressSeen(trusted, forwarded, direct)).toBe(seen),
)

test.each([
  [{ PORT: 'x' }, 'port_not_a_number'],
  [{ PORT: '65536' }, 'port_not_a_number'],
  [{ PORT: '-1' }, 'port_not_a_number'],
  [{ TENTH_RATE_READS: 'many' }, 'setting_wrong'],
  [{ TENTH_TRUSTED_PROXY: 'localhost' }, 'setting_wrong'],
  [{ TENTH_TRUSTED_PROXY: '10.0.0.0/33' }, 'setting_wrong'],
])('%o is refused', (env, code) => expect(serverSettings(env)).toMatchObject({ ok: false, error: { code } }))
