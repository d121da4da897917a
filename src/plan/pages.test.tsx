import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import type { Lang, PageEnv } from '../ui/index.ts'
import { readShippedPlans } from './files.ts'
import { planPages } from './pages.tsx'
import { bringFacts, loadPlanFacts } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let app: Hono<PageEnv>
let records: ReadonlySet<string>
beforeAll(async () => {
  database = await testDatabase()
  const shell = { db: database.db, now: () => '2026-11-22T10:00:00.000Z' as Instant, dataFolder: '' }
  await bringFacts(shell)
  records = new Set((await loadPlanFacts(shell)).book.records.keys())
  const room = (lang: Lang) =>
    new Hono<PageEnv>()
      .use(async (c, next) => {
        c.set('lang', lang)
        await next()
      })
      .route('/', planPages(shell))
  app = new Hono<PageEnv>().route('/es', room('es')).route('/', room('en'))
})
afterAll(() => database.close())

const get = async (path: string) => {
  const answer = await app.request(path)
  return { status: answer.status, html: await answer.text(), location: answer.headers.get('location') }
}
const paths = [
  '/plans',
  ...readShippedPlans().map(({ plan }) => `/plans/${plan.id}`),
  '/plans/agenda/co',
  '/plans/agenda/tx',
  '/plans/agenda/pr',
]

describe.each(['', '/es'])('pages at %s/', (prefix) => {
  test.each(paths)(
    '%s: one heading, the simulation bar, no style, no script inside, records that exist',
    async (path) => {
      const { status, html } = await get(prefix + path)
      expect(status).toBe(200)
      expect(html.match(/<h1/g)).toHaveLength(1)
      expect(html).toContain('class="bar simulation"')
      expect(html).not.toMatch(/<[^>]+ style="/)
      expect(html).not.toMatch(/undefined|\[object|NaN/)
      const linked = [...html.matchAll(/href="(?:\/es)?\/records\/([a-z0-9-]+)"/g)].map(
        (match) => match[1] ?? '',
      )
      expect(linked.filter((id) => !records.has(id))).toEqual([])
      if (prefix !== '')
        expect(
          [...html.matchAll(/href="(\/plans[^"]*)"/g)].map((m) => m[1]).filter((to) => to !== path),
        ).toEqual([])
    },
  )
})

test('every page that the list leads to is there', async () => {
  const { html } = await get('/plans')
  const led = [...new Set([...html.matchAll(/href="(\/plans\/[^"#]+)"/g)].map((match) => match[1] ?? ''))]
  expect(led.length).toBeGreaterThan(58)
  for (const path of led) expect([path, (await get(path)).status]).toEqual([path, 200])
})

test('a plan shows its tiers, both cases in one row, and what is not known', async () => {
  const { html } = await get('/plans/colorado-payroll-trust')
  for (const words of [
    'Likely preempted',
    'class="both-sides"',
    'None recorded',
    'Left out of the model',
    'District of Columbia: no figures on federal contracts',
  ])
    expect(html).toContain(words)
})

test('Spanish words around an English document that says so', async () => {
  const { html } = await get('/es/plans/colorado-payroll-trust')
  expect(html).toContain('Qué debe ir antes')
  expect(html).toMatch(/<h1><span lang="en">/)
})

test.each([
  { path: '/plans/nothing', status: 404 },
  { path: '/plans/agenda/zz', status: 404 },
  { path: '/es/plans/agenda/zz', status: 404 },
])('$path: $status, with a way on', async ({ path, status }) => {
  const found = await get(path)
  expect(found.status).toBe(status)
  expect(found.html).toMatch(/href="(\/es)?\/plans"/)
})

test('one address for each agenda', async () => {
  expect(await get('/es/plans/agenda/CO')).toMatchObject({ status: 301, location: '/es/plans/agenda/co' })
})
