import { Hono } from 'hono'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant, Principal } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { testDatabase } from '../../db/testing.ts'
import type { Lang, PageEnv } from '../../ui/index.ts'
import { planApi } from '../api.ts'
import { planPages } from '../pages.tsx'
import { bringFacts } from '../store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let app: Hono<PageEnv>
let asker: Principal = { kind: 'local' }
beforeAll(async () => {
  database = await testDatabase()
  const shell: Shell = {
    db: database.db,
    now: () => '2026-11-22T10:00:00.000Z' as Instant,
    dataFolder: '',
  }
  await bringFacts(shell)
  const room = (lang: Lang) =>
    new Hono<PageEnv>()
      .use(async (c, next) => {
        c.set('lang', lang)
        await next()
      })
      .route('/', planPages(shell))
  app = new Hono<PageEnv>()
    .use(async (c, next) => {
      c.set('principal', asker)
      await next()
    })
    .route('/es', room('es'))
    .route('/api/v1', planApi(shell))
    .route('/', room('en'))
})
afterAll(() => database.close())

const PLAN = 'seven-state-trust'
const post = (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers })

/** Follows a run until it has ended; it is short. */
async function ended(location: string): Promise<string> {
  const path = location.split('?')[0] ?? ''
  for (;;) {
    const { state } = (await (await app.request(`${path}/status`)).json()) as { state: string }
    if (state !== 'waiting' && state !== 'running') return state
    await new Promise((done) => setTimeout(done, 50))
  }
}

const keyIn = (location: string): string => /[0-9a-f]{64}/.exec(location)?.[0] ?? ''
let key = ''
beforeAll(async () => {
  const answer = await post(`/plans/${PLAN}/run`, { draws: '60', seed: '4' })
  const location = answer.headers.get('location') ?? ''
  expect([answer.status, await ended(location)]).toEqual([303, 'done'])
  key = keyIn(location)
})

describe.each(['', '/es'])('at %s/', (prefix) => {
  test.each([
    ['results', () => `/plans/${PLAN}/results?draws=60&seed=4&run=${key}`],
    ['the form', () => `/plans/${PLAN}/run`],
    ['results that are not there', () => `/plans/${PLAN}/results?draws=61`],
  ])('%s: one heading, the simulation bar, unique ids, nothing inline, nothing unread', async (_, path) => {
    const answer = await app.request(prefix + path())
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).toContain('class="bar simulation"')
    expect(html).not.toMatch(/<[^>]+ style="|undefined|\[object|NaN/)
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  })
})

test('the sentence, the squares and the sections stand in the order of the house', async () => {
  const html = await (await app.request(`/plans/${PLAN}/results?run=${key}`)).text()
  const order = [
    'gains',
    'months',
    'others',
    'members',
    'budget',
    'held',
    'decides',
    'change',
    'cases',
    'ground',
    'run',
  ]
  const places = order.map((id) => html.indexOf(`id="${id}"`))
  expect(places.every((at) => at > 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(html).toMatch(/In <b>\d+ of 100<\/b> possible futures the members together end worse off/)
  const [squares = ''] = /<div class="squares">.*?<\/svg>/.exec(html) ?? []
  expect(squares.match(/<rect/g)).toHaveLength(100)
  expect(html).toContain(key)
})

test('a link without a key leads to what stands for the plan as it is now', async () => {
  const answer = await app.request(`/es/plans/${PLAN}/results?draws=60&seed=4`)
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    `/es/plans/${PLAN}/results?draws=60&seed=4&run=${key}`,
  ])
})

test('a run of another plan is not shown under this one', async () => {
  const html = await (await app.request(`/plans/montana-real-id/results?run=${key}`)).text()
  expect(html).toContain('No run of this plan is kept here yet')
})

test('facts that changed since are named, and a new run is offered', async () => {
  await sql`update plan_run set ground = jsonb_set(ground, '{facts}', '"registry 0, figures 0"') where key = ${key}`.execute(
    database.db,
  )
  const html = await (await app.request(`/plans/${PLAN}/results?run=${key}`)).text()
  expect(html).toContain('The facts have changed since.')
  expect(html).toContain('Run with what is known now')
})

test.each([
  { fields: { draws: '0', seed: '1' }, wrong: ['draws'] },
  { fields: { draws: '100,001', seed: '1' }, wrong: ['draws'] },
  { fields: { draws: 'many', seed: '-1' }, wrong: ['draws', 'seed'] },
  { fields: { draws: '', seed: '1.5' }, wrong: ['draws', 'seed'] },
])('$fields: what is wrong stands at its field, and what was typed stays', async ({ fields, wrong }) => {
  const answer = await post(`/plans/${PLAN}/run`, fields)
  const html = await answer.text()
  expect(answer.status).toBe(400)
  for (const field of ['draws', 'seed'] as const)
    expect(html.includes(`id="${field}-error"`)).toBe(wrong.includes(field))
  expect(html).toContain(`value="${fields.draws}"`)
})

test('a run that is cancelled says what was not lost, and can be asked for again', async () => {
  const asked = await post(`/es/plans/${PLAN}/run`, { draws: '20,000', seed: '8' })
  const location = asked.headers.get('location') ?? ''
  const going = await (await app.request(location)).text()
  expect(going).toContain('<progress')
  expect(going).toContain('http-equiv="refresh"')
  const cancelled = await post(`/es/plans/${PLAN}/run/${keyIn(location)}/cancel?draws=20000&seed=8`)
  expect(cancelled.status).toBe(303)
  const html = await (await app.request(cancelled.headers.get('location') ?? '')).text()
  expect(html).toContain('La ejecución se canceló')
  expect(html).toContain('Ejecutar de nuevo')
})

test('a run that the server does not know says so', async () => {
  const answer = await app.request(`/plans/${PLAN}/run/${'0'.repeat(64)}?draws=5&seed=1`)
  expect([answer.status, (await answer.text()).includes('not known here any more')]).toEqual([404, true])
})

test.each([
  { who: 'anonymous', plan: PLAN, draws: '5', status: 403 },
  { who: 'from another site', plan: PLAN, draws: '10000', status: 403 },
])('$who: refused, and nothing starts', async ({ who, plan, draws, status }) => {
  asker = { kind: 'anonymous' }
  const headers: Record<string, string> = who === 'anonymous' ? {} : { 'sec-fetch-site': 'cross-site' }
  const answer = await post(`/plans/${plan}/run`, { draws, seed: '1' }, headers)
  asker = { kind: 'local' }
  expect(answer.status).toBe(status)
})

test('anybody may ask for the usual run of a plan of the project', async () => {
  asker = { kind: 'anonymous' }
  const asked = await post('/plans/montana-real-id/run', { draws: '10,000', seed: '1' })
  const location = asked.headers.get('location') ?? ''
  expect(asked.status).toBe(303)
  const cancelled = await post(`${location.split('?')[0]}/cancel?draws=10000&seed=1`)
  asker = { kind: 'local' }
  expect([cancelled.status, await ended(location)]).toEqual([303, 'cancelled'])
})

const api = (path: string) => app.request(`/api/v1/plans/${PLAN}/runs${path}`)
test('the API lists, shows and exports a run', async () => {
  const { runs } = (await (await api('')).json()) as { runs: { key: string; has_sensitivity: boolean }[] }
  expect(runs.find((run) => run.key === key)?.has_sensitivity).toBe(true)
  expect(await (await api(`/${key}`)).json()).toMatchObject({ state: 'done', draws: 60, seed: 4 })
  const whole = (await (await api(`/${key}/results`)).json()) as { figures: { members: object }; key: string }
  expect([whole.key, Object.keys(whole.figures.members)]).toEqual([key, expect.arrayContaining(['reserve'])])
  const lines = async (path: string) => (await (await api(path)).text()).split('\r\n')
  const figures = await lines(`/${key}/figures.csv?place=members&metric=held,exposure`)
  expect(figures).toHaveLength(1 + 2 * 3 * 72 + 1)
  expect(figures[0]).toMatch(/^place,metric,view,month,mean,mean_error,q05/)
  expect(await lines(`/${key}/outcomes.csv`)).toHaveLength(62)
  expect((await lines(`/${key}/decides.csv`)).join()).toContain('penaltyAssessed')
  expect((await lines(`/${key}/totals.csv`)).join()).toContain('members,cuts,difference')
})

test.each([
  { path: () => `/${'0'.repeat(64)}`, status: 404, code: 'unknown_run' },
  { path: () => `/${'0'.repeat(64)}/results`, status: 404, code: 'unknown_run' },
  { path: () => `/${key}/figures.csv?place=mars`, status: 400, code: 'bad_parameter' },
])('the API refuses with $status $code', async ({ path, status, code }) => {
  const answer = await api(path())
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code])
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
})

test('a program starts a run, and joins the one that is kept', async () => {
  const body = JSON.stringify({ draws: 60, seed: 5 })
  const start = () =>
    app.request(`/api/v1/plans/${PLAN}/runs`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
  const first = await start()
  const location = first.headers.get('location') ?? ''
  expect(first.status).toBe(202)
  expect(await ended(`/plans/${PLAN}/run/${keyIn(location)}`)).toBe('done')
  expect(await (await start()).json()).toMatchObject({ state: 'done', key: keyIn(location) })
})

test.each(['{"draws":0}', '{"draws":"many"}', '{"seed":-1}', 'null', '{', ''])(
  'a body that is not what is wanted, %s: refused, and nothing starts',
  async (body) => {
    const answer = await app.request(`/api/v1/plans/${PLAN}/runs`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(400)
  },
)
