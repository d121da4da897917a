import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewEvent } from '../audit/index.ts'
import { append } from '../audit/store.ts'
import type { Instant } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import { createApp } from './app.tsx'

let database: Awaited<ReturnType<typeof testDatabase>>
let app: ReturnType<typeof createApp>
const now = () => '2026-11-22T00:00:00.000Z' as Instant
const shell = () => ({ db: database.db, dataFolder: '/nonexistent', now })

beforeAll(async () => {
  database = await testDatabase()
  app = createApp(shell(), { build: 'test' })
})
afterAll(() => database.close())

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })

describe('refusals', () => {
  test.each([
    { why: 'unknown', path: '/api/v1/nothing', status: 404, code: 'not_found' },
    { why: 'NUL', path: '/api/v1/records?kind=%00', status: 400, code: 'url_not_text' },
    { why: 'cut encoding', path: '/api/v1/records?kind=%f', status: 400, code: 'url_not_text' },
    { why: 'no UTF-8', path: '/api/v1/%ff', status: 400, code: 'url_not_text' },
    { why: 'a surrogate as UTF-8', path: '/api/v1/%ed%a0%80', status: 400, code: 'url_not_text' },
    { why: 'too long', path: `/api/v1/records?kind=${'a'.repeat(5000)}`, status: 414, code: 'url_too_long' },
    { why: 'method', path: '/api/v1/records', method: 'DELETE', status: 405, code: 'method_not_allowed' },
    {
      why: 'large body',
      path: '/api/v1/records',
      method: 'POST',
      body: 'x'.repeat(1_000_001),
      status: 413,
      code: 'body_too_large',
    },
  ])('$why: $status $code as problem details', async ({ path, method = 'GET', body, status, code }) => {
    const answer = await app.request(path, {
      method,
      ...(body !== undefined && { body, headers: { 'content-length': String(body.length) } }),
    })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ status, code, type: `/api/problems#${code}` })
  })

  test('405 names what is possible', async () => {
    const answer = await app.request('/api/v1/records', { method: 'PUT' })
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
  })

  test('a page that is not there is a page, in the language of its address', async () => {
    const [english, spanish] = [await get('/nowhere'), await get('/es/nowhere')]
    expect([english.status, spanish.status]).toEqual([404, 404])
    expect(await english.text()).toContain('<html lang="en">')
    expect(await spanish.text()).toContain('<html lang="es">')
  })

  test('law: no address makes a 5xx, and every API error is a problem with a listed code', async () => {
    const { problems } = (await (await get('/api/problems.json')).json()) as { problems: { code: string }[] }
    const listed = new Set(problems.map((kind) => kind.code))
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('%', '%00', '%ff', "'", '<b>', '..', '//', '?', '#', '&'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/api/v1/', '/api/v1/records?', '/api/'),
        fc.array(piece),
        async (start, pieces) => {
          const answer = await get(start + pieces.join(''))
          expect(answer.status).toBeLessThan(500)
          if (answer.status >= 400 && answer.headers.get('content-type')?.includes('problem')) {
            const { code } = (await answer.json()) as { code: string }
            expect([...listed]).toContain(code)
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})

test.each([
  ['/es/?map=lawsuits', '/es?map=lawsuits'],
  ['/states/co/', '/states/co'],
  ['//states/co//', '/states/co'],
])('%s leads to %s', async (path, wanted) => {
  const answer = await app.request(`http://localhost${path}`)
  expect([answer.status, answer.headers.get('location')]).toEqual([301, wanted])
})

test('no address leads to another site', async () => {
  for (const path of ['//example.org/', '/\\example.org/', '///example.org//', '/%2f%2fexample.org/'])
    expect((await app.request(`http://localhost${path}`)).headers.get('location')).toBeNull()
})

test('every answer carries the security headers, errors and files too', async () => {
  for (const path of ['/healthz', '/api', '/nowhere', '/api/v1/records', '/x%ff', '/assets/none.css']) {
    const { headers } = await get(path)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(headers.get('strict-transport-security')).toBeNull()
  }
})

describe('cache', () => {
  test('one answer in three encodings, each with its own tag, and 304 for each', async () => {
    const bodies = []
    const tags = []
    for (const encoding of ['br', 'gzip', 'identity']) {
      const answer = await get('/api/v1/records', { 'accept-encoding': encoding })
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect(answer.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding)
      expect(answer.headers.get('vary')).toContain('Accept-Encoding')
      const unpack = { br: brotliDecompressSync, gzip: gunzipSync, identity: (b: Buffer) => b }[encoding]
      bodies.push(unpack?.(bytes).toString('utf8'))
      tags.push(answer.headers.get('etag'))
      const again = await get('/api/v1/records', {
        'accept-encoding': encoding,
        'if-none-match': `"x", W/${tags.at(-1)}`,
      })
      expect(again.status).toBe(304)
      expect(await again.text()).toBe('')
    }
    expect(new Set(bodies).size).toBe(1)
    expect(new Set(tags).size).toBe(3)
  })

  test('what was committed is seen by the very next request, what was rolled back by none', async () => {
    const size = async () => ((await (await get('/api/v1/audit/events')).json()) as { size: string }).size
    const event: NewEvent = {
      at: now(),
      actor: 'test',
      kind: 'registry.version.proposed',
      subject: 'm-none',
      payload: { record_kind: 'measure', sha256: '0'.repeat(64) },
    }
    const before = await size()
    expect(await size()).toBe(before)
    await database.db.transaction().execute((tx) => append(tx, event))
    const after = await size()
    expect(after).not.toBe(before)
    const undone = database.db.transaction().execute(async (tx) => {
      await append(tx, event)
      expect(await size()).toBe(after)
      throw new Error('undo')
    })
    await expect(undone).rejects.toThrow('undo')
    expect(await size()).toBe(after)
    const hits = /cache_requests_total\{result="hit"\} (\d+)/.exec(await (await get('/metrics')).text())?.[1]
    expect(Number(hits)).toBeGreaterThan(0)
  })

  test('law: an encoding that was refused is never sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(['br', 'gzip']), async (refused) => {
        const accept = ['br', 'gzip']
          .map((name) => `${name};q=${refused.includes(name) ? 0 : 0.5}`)
          .join(', ')
        const sent =
          (await get('/api', { 'accept-encoding': accept })).headers.get('content-encoding') ?? 'identity'
        expect(refused).not.toContain(sent)
      }),
      { numRuns: 8 },
    )
  })
})

describe('limits', () => {
  test('too many writes from one address: 429 with the time to wait, and reads go on', async () => {
    const limited = createApp(shell(), { limits: { writesPerMinute: 3 } })
    const statuses = []
    for (let i = 0; i < 5; i++)
      statuses.push((await limited.request('/api/v1/records', { method: 'POST' })).status)
    expect(statuses).toEqual([405, 405, 405, 429, 429])
    const last = await limited.request('/api/v1/records', { method: 'POST' })
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await last.json()).toMatchObject({ code: 'too_many_requests' })
    expect((await limited.request('/api/v1/records')).status).toBe(200)
  })
})

test('health: alive, ready, and not ready without a database', async () => {
  expect(await (await get('/healthz')).text()).toBe('ok')
  expect(await (await get('/readyz')).json()).toEqual({ ready: true, database: 'ready' })
  await sql`insert into migration (name) values ('99990101T0000_future')`.execute(database.db)
  const newer = await get('/readyz')
  expect([newer.status, await newer.json()]).toEqual([
    503,
    { ready: false, database: 'newer_than_this_version' },
  ])
  await sql`delete from migration where name = '99990101T0000_future'`.execute(database.db)
})

test('metrics name routes, never addresses or what was asked', async () => {
  await get('/api/v1/records?kind=measure', { 'x-forwarded-for': '203.0.113.7' })
  const text = await (await get('/metrics')).text()
  expect(text).toMatch(/tenth_requests_total\{method="GET",route="\/api\/v1\/records",status="200"\} \d+/)
  expect(text).not.toMatch(/203\.0\.113|kind=/)
})

test('the OpenAPI document holds the operations of every room, and the page lists each', async () => {
  const document = (await (await get('/api/openapi.json')).json()) as {
    openapi: string
    paths: Record<string, object>
  }
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/api/v1/records', '/api/v1/audit/checkpoint']),
  )
  for (const lang of ['', '/es']) {
    const page = await (await get(`${lang}/api`)).text()
    for (const path of Object.keys(document.paths)) expect(page).toContain(path)
    expect(page).not.toContain('<script')
  }
})
