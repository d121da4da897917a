import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant, Principal } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import { planApi } from './api.ts'
import { sha256Of } from './documents/documents.ts'
import { readShippedPlans } from './files.ts'
import { bringFacts } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let api: OpenAPIHono
let principal: Principal = { kind: 'local' }
beforeAll(async () => {
  database = await testDatabase()
  const shell = { db: database.db, now: () => '2026-11-22T10:00:00.000Z' as Instant, dataFolder: '' }
  await bringFacts(shell)
  api = new OpenAPIHono()
  api.use(async (c, next) => {
    c.set('principal' as never, principal as never)
    await next()
  })
  api.route('/api/v1', planApi(shell))
})
afterAll(() => database.close())

const [shipped] = readShippedPlans()
const own = (shipped?.text ?? '').replace(/^id: .*$/m, 'id: our-own')
const get = async (path: string) => {
  const answer = await api.request(`/api/v1/plans${path}`)
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}
const put = async (id: string, text: string, headers: Record<string, string>, why = 'for a test') => {
  const answer = await api.request(`/api/v1/plans/${id}?why=${encodeURIComponent(why)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/yaml', ...headers },
    body: text,
  })
  return { status: answer.status, json: await answer.json() }
}
const check = async (body: string, type = 'application/yaml') => {
  const answer = await api.request('/api/v1/plans/check', {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  })
  return { status: answer.status, json: await answer.json() }
}

test('each plan of the project is listed and read, as JSON and byte for byte', async () => {
  const { plans } = JSON.parse((await get('')).text)
  expect(plans.map((one: { id: string }) => one.id)).toEqual(readShippedPlans().map(({ plan }) => plan.id))
  for (const { plan, text } of readShippedPlans()) {
    const read = await get(`/${plan.id}/document.yaml`)
    expect(read.text).toBe(text)
    expect(read.headers.get('content-disposition')).toContain(`${plan.id}.plan.yaml`)
    expect(JSON.parse((await get(`/${plan.id}`)).text).sha256).toBe(sha256Of(text))
  }
  const schema = JSON.parse((await get('/schema.json')).text)
  expect(schema.$id).toMatch(/\/api\/v1\/plans\/schema\.json$/)
})

test('what is not there is said so', async () => {
  for (const path of [
    '/nothing',
    '/nothing/versions',
    '/nothing/document.yaml',
    '/colorado-steps/versions/7',
  ]) {
    const { status, text } = await get(path)
    expect([status, JSON.parse(text).code], path).toEqual([404, 'unknown_plan'])
  }
})

test('a document is checked, as YAML or JSON, and nothing is stored', async () => {
  expect(await check(own)).toMatchObject({
    status: 200,
    json: { id: 'our-own', left_out: expect.anything() },
  })
  expect(await check(JSON.stringify({ ...shipped?.plan }), 'application/json')).toMatchObject({ status: 200 })
  const wrong = await check(
    own.replace('months: 60', 'months: 600').replace('play-reserve-fund', 'play-none'),
  )
  expect(wrong).toMatchObject({
    status: 422,
    json: { code: 'plan_refused', faults: [{ path: 'months', line: 10, found: '600' }] },
  })
  const unknown = await check(own.replace('play-reserve-fund', 'play-none'))
  expect(unknown.json).toMatchObject({
    faults: [{ path: 'measures[0].playbook_type', found: '"play-none"' }],
  })
  expect((await get('/our-own')).status).toBe(404)
})

test('a plan is saved, changed on what was read, and refused on what somebody else has changed', async () => {
  expect(await put('our-own', own, {})).toMatchObject({
    status: 428,
    json: { code: 'precondition_required' },
  })
  expect(await put('other', own, { 'if-none-match': '*' })).toMatchObject({
    status: 422,
    json: { faults: [{ path: 'id', wanted: 'other, the id of the address' }] },
  })
  const first = await put('our-own', own, { 'if-none-match': '*' })
  expect(first).toMatchObject({ status: 200, json: { version: 1, sha256: sha256Of(own) } })
  expect(await put('our-own', own, { 'if-none-match': '*' })).toMatchObject({ status: 409 })
  const changed = own.replace('months: 60', 'months: 48')
  const match = { 'if-match': `"${sha256Of(own)}"` }
  expect(await put('our-own', changed, match)).toMatchObject({ status: 200, json: { version: 2 } })
  expect(await put('our-own', own.replace('months: 60', 'months: 36'), match)).toMatchObject({
    status: 412,
    json: { code: 'saved_since', newest: { version: 2 } },
  })
  const { versions } = JSON.parse((await get('/our-own/versions')).text)
  expect(versions.map((one: { version: number }) => one.version)).toEqual([2, 1])
  expect((await get('/our-own/versions/1/document.yaml')).text).toBe(own)
  expect(JSON.parse((await get('/our-own')).text).plan.months).toBe(48)
})

test.each<[string, Principal, number]>([
  ['a stranger', { kind: 'anonymous' }, 401],
  ['a reader', { kind: 'user', id: 'u', name: 'U', grants: [{ role: 'reader', jurisdiction: 'all' }] }, 403],
  [
    'an analyst of another state',
    { kind: 'user', id: 'u', name: 'U', grants: [{ role: 'analyst', jurisdiction: 'WA' }] },
    403,
  ],
  [
    'an analyst of the state',
    { kind: 'user', id: 'u', name: 'U', grants: [{ role: 'analyst', jurisdiction: 'CO' }] },
    200,
  ],
])('%s who saves a plan of Colorado', async (_, who, status) => {
  principal = who
  const id = `by-${status}-${who.kind}-${who.kind === 'user' ? who.grants[0]?.role : ''}`.replace(/-$/, '')
  const text = own.replace('id: our-own', `id: ${id}`)
  expect((await put(id, text, { 'if-none-match': '*' })).status).toBe(status)
  expect((await get(`/${id}`)).status).toBe(status === 200 ? 200 : 404)
  principal = { kind: 'local' }
})
