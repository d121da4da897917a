import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant, Principal } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { testDatabase } from '../../db/testing.ts'
import type { Lang, PageEnv } from '../../ui/index.ts'
import { findPlan, listPlanVersions } from '../documents/store.ts'
import { documentOf, typedOf } from '../editor/form-document.ts'
import { writtenPlan } from '../editor/text.ts'
import type { Typed } from '../editor/typed.ts'
import { readShippedPlans } from '../files.ts'
import { planPages } from '../pages.tsx'
import { bringFacts } from '../store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
let app: Hono<PageEnv>
let principal: Principal = { kind: 'local' }
beforeAll(async () => {
  database = await testDatabase()
  shell = { db: database.db, now: () => '2026-11-22T10:00:00.000Z' as Instant, dataFolder: '' }
  await bringFacts(shell)
  const room = (lang: Lang) =>
    new Hono<PageEnv>()
      .use(async (c, next) => {
        c.set('lang', lang)
        c.set('principal', principal)
        await next()
      })
      .route('/', planPages(shell))
  app = new Hono<PageEnv>().route('/es', room('es')).route('/', room('en'))
})
afterAll(() => database.close())

const shipped = readShippedPlans().find(({ plan }) => plan.id === 'colorado-payroll-trust')
const own = (id: string): Typed => {
  if (!shipped) throw new Error('no plan')
  return typedOf({ ...shipped.plan, id, title: 'A plan of our own' })
}

/** The form as a browser sends it. */
function sent(typed: Typed, more: Readonly<Record<string, string>>): FormData {
  const data = new FormData()
  for (const [name, values] of typed.fields) for (const value of values) data.append(name, value)
  for (const [list, rows] of Object.entries(typed.rows))
    for (const [i, row] of rows.entries())
      for (const [rest, values] of row)
        for (const value of values) data.append(`${list}[${i}]${rest === '' ? '' : `.${rest}`}`, value)
  for (const [name, value] of Object.entries({ mode: 'form', text: '', ...more })) data.append(name, value)
  return data
}

const changed = (typed: Typed, name: string, value: string): Typed => ({
  ...typed,
  fields: new Map([...typed.fields, [name, [value]]]),
})
const changedMeasure = (typed: Typed, m: number, name: string, value: string): Typed => ({
  ...typed,
  rows: {
    ...typed.rows,
    measures: typed.rows.measures.map((row, i) => (i === m ? new Map([...row, [name, [value]]]) : row)),
  },
})

async function post(path: string, body: FormData, headers: Record<string, string> = {}) {
  const answer = await app.request(path, { method: 'POST', body, headers })
  return { status: answer.status, html: await answer.text(), headers: answer.headers }
}

/** What stands in a field of the page that came back. */
const shownIn = (html: string, name: string): string | undefined => {
  const escaped = name.replaceAll('"', '&quot;').replace(/[[\]().*+?^$|\\]/g, '\\$&')
  return new RegExp(`<input[^>]*name="${escaped}"[^>]*value="([^"]*)"`).exec(html)?.[1]
}

test('what was typed comes back as it was typed, right and wrong, with the fault at its field', async () => {
  const typed = changedMeasure(changed(own('typed'), 'months', 'sixty'), 1, 'share', '<b>half</b>')
  const { status, html, headers } = await post('/plans/new', sent(typed, { do: 'check' }))
  expect(status).toBe(200)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(shownIn(html, 'months')).toBe('sixty')
  expect(shownIn(html, 'measures[1].share')).toBe('&lt;b&gt;half&lt;/b&gt;')
  expect(html).toContain('href="#f-months"')
  expect(html).toContain('href="#f-measures-1-share"')
  expect(html).toContain('Wanted: a number. Entered: &lt;b&gt;half&lt;/b&gt;.')
  expect(html).not.toContain('<b>half</b>')
})

test('the faults of a form are those of plan check, in Spanish too', async () => {
  const typed = changedMeasure(own('typed'), 1, 'start', '0')
  const { html } = await post('/es/plans/new', sent(typed, { do: 'check' }))
  expect(html).toContain('Se espera: un mes dentro del plazo: de 1 a 60. Se escribió: 0.')
  expect(html).not.toMatch(/Wanted|Entered/)
})

test.each([
  ['a row is added', 'add:measures', ['reserve', 'escrow', 'fusion-center-exit'], 'play-fusion-center-exit'],
  ['a row moves up', 'up:measures:1', ['escrow', 'reserve'], ''],
  ['a row moves down', 'down:measures:0', ['escrow', 'reserve'], ''],
  ['a row is removed', 'remove:measures:0', ['escrow'], ''],
  ['the first cannot move up', 'up:measures:0', ['reserve', 'escrow'], ''],
  ['a row that is not there', 'remove:measures:77', ['reserve', 'escrow'], ''],
  ['an act that nobody knows', 'burn:measures:0', ['reserve', 'escrow'], ''],
])('%s', async (_, act, ids, new_type) => {
  const { html } = await post('/plans/new', sent(own('rows'), { do: act, new_type }))
  expect(ids.map((_id, i) => shownIn(html, `measures[${i}].id`))).toEqual(ids)
  expect(shownIn(html, `measures[${ids.length}].id`)).toBeUndefined()
})

test('an assumption is replaced with its default to begin with, and given back', async () => {
  const { html } = await post('/plans/new', sent(own('a'), { do: 'replace:freezeShare.medicaid' }))
  expect(shownIn(html, 'assumptions["freezeShare.medicaid"].distribution.mean')).toBe('0.05')
  const replaced = changed(own('a'), 'assumptions["freezeShare.medicaid"].distribution.kind', 'beta')
  const back = await post('/plans/new', sent(replaced, { do: 'default:freezeShare.medicaid' }))
  expect(shownIn(back.html, 'assumptions["freezeShare.medicaid"].distribution.mean')).toBeUndefined()
})

test('a plan is saved, edited and saved again; over what somebody else saved it is not', async () => {
  const first = await post('/plans/new', sent(own('ours'), { do: 'save', why: 'first' }))
  expect([first.status, first.headers.get('location')]).toEqual([303, '/plans/ours/edit?saved=1'])
  const { sha256 = '', version = 0 } = (await findPlan(shell, 'ours')) ?? {}
  const base = { base_sha: sha256, base_version: String(version) }
  const mine = changed(own('ours'), 'months', '48')
  const theirs = changed(own('ours'), 'months', '36')
  expect((await post('/plans/ours/edit', sent(theirs, { do: 'save', why: 'theirs', ...base }))).status).toBe(
    303,
  )
  const late = await post('/plans/ours/edit', sent(mine, { do: 'save', why: 'mine', ...base }))
  expect(late.status).toBe(409)
  expect(late.html).toContain('Version 2 was saved since you began')
  expect(late.html).toContain('theirs')
  expect(shownIn(late.html, 'months')).toBe('48')
  const over = /formaction="(\?over=[0-9a-f]{64})"/.exec(late.html)?.[1] ?? ''
  const joined = await post(`/plans/ours/edit${over}`, sent(mine, { do: 'save', why: 'mine', ...base }))
  expect(joined.headers.get('location')).toBe('/plans/ours/edit?saved=3')
  expect((await listPlanVersions(shell, 'ours')).map(({ why }) => why)).toEqual(['mine', 'theirs', 'first'])
})

test.each<[string, Typed, Record<string, string>, number, string]>([
  ['no reason', own('x1'), { why: ' ' }, 422, 'Say why'],
  [
    'the name of a plan of the project',
    own('colorado-steps'),
    { why: 'w' },
    409,
    'is the name of another plan',
  ],
  ['the name of a page', own('new'), { why: 'w' }, 409, 'is a word of our addresses'],
  ['a fault', changed(own('x2'), 'title', ''), { why: 'w' }, 422, '1 thing to fix'],
])('not saved for %s, with all that was typed', async (_, typed, more, status, words) => {
  const answer = await post('/plans/new', sent(typed, { do: 'save', ...more }))
  expect(answer.status).toBe(status)
  expect(answer.html).toContain(words)
  expect(answer.html).toContain('Should Colorado hold its own payroll tax')
})

test('without leave a plan can be written, checked and downloaded, and not saved', async () => {
  principal = { kind: 'anonymous' }
  const page = await (await app.request('/plans/new')).text()
  expect(page).toContain('saving needs leave')
  const refused = await post('/plans/new', sent(own('theirs'), { do: 'save', why: 'w' }))
  expect(refused.status).toBe(403)
  expect(shownIn(refused.html, 'id')).toBe('theirs')
  expect(await findPlan(shell, 'theirs')).toBeUndefined()
  const file = await post('/plans/new', sent(own('theirs'), { do: 'download' }))
  expect(file.headers.get('content-disposition')).toContain('theirs.plan.yaml')
  expect(file.html).toBe(writtenPlan(documentOf(own('theirs')), ''))
  principal = { kind: 'local' }
  const foreign = await post('/plans/new', sent(own('theirs'), { do: 'save', why: 'w' }), {
    'sec-fetch-site': 'cross-site',
  })
  expect(foreign.status).toBe(403)
  expect(await findPlan(shell, 'theirs')).toBeUndefined()
})

const asFile = (text: string, more: Readonly<Record<string, string>>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries({ mode: 'text', text, ...more })) data.append(name, value)
  return data
}

test('the file and the form are one document', async () => {
  const text = (shipped?.text ?? '').replace(/^id: .*$/m, 'id: filed # by hand')
  const form = await post('/plans/new', asFile(text, { do: 'form' }))
  expect(shownIn(form.html, 'measures[1].id')).toBe('escrow')
  const again = await post(
    '/plans/new',
    sent(changed(own('filed'), 'title', shipped?.plan.title ?? ''), { do: 'text', text }),
  )
  expect(again.html).toContain('id: filed # by hand')
  const saved = await post('/plans/new', asFile(text, { do: 'save', why: 'from a file' }))
  expect(saved.status).toBe(303)
  expect((await findPlan(shell, 'filed'))?.text).toBe(text)
})

test.each([
  ['too long', `a: ${'b'.repeat(1_000_000)}`, 'at most 400000'],
  ['a bomb', `a: &a [${'x,'.repeat(50)}]\nb: [${'*a,'.repeat(1000)}]`, 'plain YAML without it'],
  ['an unknown field', `${shipped?.text}surprise: 1\n`, 'no such field'],
  ['a field twice', `${shipped?.text}months: 5\n`, 'each field once'],
  ['markup', 'title: <script>alert(1)</script>\n', 'Wanted'],
])('a file that is %s stays as it was typed, with its lines', async (_, text, words) => {
  const { status, html } = await post('/plans/new', asFile(text, { do: 'save', why: 'w' }))
  expect(status).toBe(422)
  expect(html).toContain(words)
  expect(html).toMatch(/line \d+, /)
  expect(html).not.toContain('<script>alert')
  expect(html.length).toBeGreaterThan(text.length)
})

test('a lever of a state’s agenda becomes a plan with its warning and tier', async () => {
  const html = await (await app.request('/plans/new?type=play-withholding-escrow&member=CO')).text()
  expect(shownIn(html, 'measures[0].id')).toBe('withholding-escrow')
  expect(html).toContain('Likely preempted')
  expect(html).toMatch(/value="trust" selected/)
  expect(html).toMatch(/value="CO" checked/)
})

test('a plan of the project is edited as a copy, and what is not there is said so', async () => {
  const answer = await app.request('/plans/colorado-steps/edit')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/plans/new?copy=colorado-steps'])
  expect((await app.request('/plans/nothing/edit')).status).toBe(404)
  expect((await app.request('/plans/new?copy=nothing')).status).toBe(404)
  expect((await app.request('/plans/nothing/versions')).status).toBe(404)
  expect((await app.request('/plans/ours/versions?from=1&to=99')).status).toBe(404)
  expect((await app.request('/plans/ours/v/99')).status).toBe(404)
  expect((await app.request('/plans/ours/v/x')).status).toBe(404)
})

test('versions are told apart in words and in lines, and a plan leaves the list and comes back', async () => {
  const html = await (await app.request('/plans/ours/versions?from=1&to=2')).text()
  expect(html).toContain('1 difference')
  expect(html).toMatch(/Removed line: <\/span>months: 60/)
  expect(html).toMatch(/Added line: <\/span>months: 36/)
  const act = (more: Record<string, string>) =>
    app.request('/plans/ours/versions', { method: 'POST', body: new URLSearchParams(more) })
  expect((await act({ do: 'aside', why: '' })).status).toBe(422)
  expect((await act({ do: 'aside', why: 'replaced' })).status).toBe(303)
  expect(await (await app.request('/plans')).text()).toContain('1 plan is set aside')
  expect((await act({ do: 'back' })).status).toBe(303)
  principal = { kind: 'anonymous' }
  expect((await act({ do: 'aside', why: 'x' })).status).toBe(403)
  principal = { kind: 'local' }
})
