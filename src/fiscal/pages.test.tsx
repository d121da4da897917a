import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { divisionOfState, type Principal, STATES } from '../base/index.ts'
import { type Shell, systemClock } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import type { PageEnv } from '../ui/index.ts'
import { listInventories } from './awards-store.ts'
import { fiscalPages } from './pages.tsx'
import { loadPosition } from './position-store.ts'
import { fiscalSlots } from './slots.ts'
import { startFiscal } from './start.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
let site: Hono<PageEnv>
beforeAll(async () => {
  database = await testDatabase()
  shell = { db: database.db, dataFolder: '', now: systemClock }
  await startFiscal(shell)
  site = siteFor({ kind: 'local' })
})
afterAll(() => database.close())

/** The room's pages as a server mounts them, asked by somebody. */
function siteFor(principal: Principal): Hono<PageEnv> {
  const app = new Hono<PageEnv>()
  for (const [path, lang] of [
    ['/es', 'es'],
    ['/', 'en'],
  ] as const) {
    const one = new Hono<PageEnv>()
    one.use(async (c, next) => {
      c.set('lang', lang)
      c.set('principal', principal)
      await next()
    })
    one.route('/', fiscalPages(shell))
    app.route(path, one)
  }
  return app
}
const get = async (path: string) => {
  const answer = await site.request(path)
  return { status: answer.status, text: (await answer.text()).replaceAll('&#39;', "'") }
}
const post = (
  path: string,
  fields: Record<string, string | File>,
  headers: Record<string, string> = {},
  to = site,
) => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return to.request(path, { method: 'POST', body, headers })
}

describe('every state has its position, funds and tracker, in both languages', () => {
  test.each(STATES.map((s) => s.usps.toLowerCase()))('%s', async (usps) => {
    for (const path of [
      `/position/${usps}`,
      `/es/position/${usps}`,
      `/position/${usps}/funds`,
      `/position/${usps}/disruptions`,
    ]) {
      const { status, text } = await get(path)
      expect(status, path).toBe(200)
      expect(text, path).not.toMatch(/undefined|NaN|\[object/)
    }
  })
})

test('the first sentence of Colorado is its heart', async () => {
  const { text } = await get('/position/co')
  expect(text).toContain(
    'Of each $100 of federal tax collected in Colorado, its public employers withhold <b>$2 to $3</b>.',
  )
  expect(text).toContain('Federal grants to its government are three to five times as large.')
  expect(text).toContain('8 actions on money since January 2025. 2 blocked by courts.')
})

test('the sign is one on all pages: a state that pays more has a minus, on map, ranking, dots and slots', async () => {
  const [map, co, slot] = await Promise.all([
    get('/position'),
    get('/position/co'),
    fiscalSlots(shell).stateSentence('CO', 'en'),
  ])
  expect(map.text).toContain('−511')
  expect(map.text).toContain('39 of 50 states got more than they paid')
  expect(co.text).toContain('−$3.0')
  expect(slot).toBe(
    'Pays more to Washington than it gets, by all three estimates on record: $3.0\u00a0bn more in FFY 2022, by the newest published one.',
  )
  expect(await fiscalSlots(shell).stateSentence('NM', 'en')).toMatch(
    /^Gets more from Washington than it pays, by all three estimates/,
  )
  expect(await fiscalSlots(shell).stateSentence('CO', 'es')).toContain('$3.0\u00a0mil millones')
})

test('California and New York: each estimate, its basis and why it differs; claims are marked', async () => {
  for (const [path, says] of [
    [
      '/position/ca',
      ['−$83.3', '−$280.8', '−$72.0', '−$275.6', 'Seven states sent 180 billion dollars', 'claim'],
    ],
    ['/position/ny', ['−$7.1', '−$19.4', '$21.2', '$3–4', 'The sponsor counts the state payroll only']],
  ] as const) {
    const { text } = await get(path)
    for (const words of says) expect(text, `${path} says ${words}`).toContain(words)
  }
})

test('each view counts the same estimates another way, and names what it leaves out', async () => {
  expect((await get('/position/co?view=per-resident')).text).toContain('−$511')
  expect((await get('/position/co?view=real')).text).toContain('Left out: several years added up')
  expect((await get('/position/co?view=gdp-share')).text).toContain('%')
  expect((await get('/position/co?view=deficit-neutral')).text).toContain('the source has scaled it already')
  expect((await get('/position/co?view=best')).status).toBe(400)
  expect((await get('/position?basis=best')).status).toBe(400)
})

test('a territory without payroll, collections or grants has no empty chart, and an illustration is not counted', async () => {
  const { text } = await get('/position/pr')
  expect(text).not.toContain('id="leverage"')
  expect(text).toContain('No estimate that may be counted is on record.')
})

// The data holds four whole-state ways of counting, and the claims of `claims.yaml` for the state.
test.each([
  ['ny', 5],
  ['ca', 6],
])('%s shows every estimate that the data holds, with its year and why it differs', async (usps, claims) => {
  const { estimates } = await loadPosition(shell, usps.toUpperCase() as 'NY')
  expect(estimates.filter((one) => one.kind === 'claim').length).toBe(claims)
  expect(estimates.length).toBe(4 + claims)
  const { text } = await get(`/position/${usps}`)
  const plain = text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  for (const one of estimates) {
    expect(plain, one.id).toContain(one.name)
    expect(plain, one.id).toContain(one.why_it_differs)
  }
})

test('an amount below zero in running text never breaks after its sign', async () => {
  const { text } = await get('/position/figures/balance.rockefeller.ny')
  expect(text).toContain('<span class="nowrap">−$7.1\u00a0bn</span>')
})

test('a map says what its source leaves out as a sentence', async () => {
  expect((await get('/position')).text).toContain(
    'Leaves out DC and the territories; pandemic programmes are counted.',
  )
  expect((await get('/es/position')).text).toContain('No incluye DC ni los territorios')
})

test('every figure on the leverage page opens to its formula and inputs, and each input to its own page', async () => {
  const { text } = await get('/position/figures/leverage.co')
  const inputs = [...text.matchAll(/href="(\/position\/figures\/[^"]+)"/g)].map((m) => m[1] ?? '')
  expect(inputs.length).toBeGreaterThanOrEqual(6)
  for (const words of ['$1.7–2.9', '$341,458,395.56', 'id="employer"', 'ssa.gov/slge'])
    expect(text).toContain(words)
  for (const path of new Set(inputs)) expect((await get(path)).status, path).toBe(200)
  expect((await get('/position/figures/census_employment.sl_gov_fte.co.2016')).text).toContain(
    '293546 employees',
  )
})

test.each([
  '/position/zz',
  '/position/methods/none',
  '/position/figures/none',
  '/position/figures/a.b.co.99999',
  '/position/zz/funds',
])('%s is not there, and says so', async (path) => expect((await get(path)).status).toBe(404))

test('capital letters lead to the one address', async () => {
  const answer = await site.request('/position/CO')
  expect([answer.status, answer.headers.get('location')]).toEqual([301, '/position/co'])
})

describe('what if', () => {
  // Colorado's project lines of the first list: 412,304,000 + 215,639,000 = 627,943,000 a year; half a year is half.
  test('six months without project money, without script', async () => {
    const { text } = await get('/position/co/funds?months=6&strength=project&reserve=100,000,000')
    expect(text).toContain('$313,971,500.00')
    expect(text).toContain('The reserve would last 1.9 months.')
  })
  test.each([
    ['months=0&strength=all', 'wanted 1 to 60; found “0”'],
    ['months=6', 'Tick at least one line'],
    ['months=6&strength=all&reserve=much', 'found “much”'],
  ])('%s is refused with what is wanted', async (query, words) => {
    expect((await get(`/position/co/funds?${query}`)).text).toContain(words)
  })
})

const LIST = 'year,agency,programme,amount\n2025,Department of Energy,Projects,100.00\nTotal,,,100.00\n'

describe('forms', () => {
  test('a list is imported; the same again, and a bad one, are refused in words', async () => {
    const file = new File([LIST], 'list.csv')
    const done = await post('/position/wy/funds', { file, format: 'template' })
    expect([done.status, done.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^\/position\/wy\/funds\?imported=template-[0-9a-f]{12}&tied=1$/),
    ])
    const again = await post('/position/wy/funds', { file, format: 'template' })
    expect([again.status, await again.text()]).toEqual([422, expect.stringContaining('is already here')])
    const bad = await post('/position/wy/funds', {
      file: new File([LIST.replace('100.00', '1,0')], 'bad.csv'),
      format: 'template',
    })
    expect([bad.status, await bad.text()]).toEqual([422, expect.stringContaining('bad.csv line 2')])
    expect((await listInventories(shell.db, divisionOfState('WY'))).length).toBe(2)
  })

  const disruption = {
    record_id: 'fed-omb-funding-freeze',
    kind: 'freeze',
    agency: 'HHS',
    programme: 'Head Start',
    since: '2025-01-27',
    stopped: '1,000,000',
    strength: 'project',
    source_url: 'https://example.org/x',
  }
  test('a disruption shows in the tracker, in the exposure, and under the chain of its registry record', async () => {
    const done = await post('/position/co/disruptions', disruption)
    expect(done.status).toBe(303)
    expect((await get('/position/co/disruptions')).text).toContain('Head Start')
    expect((await get('/position/co')).text).toContain('Recorded as stopped now: $1')
    expect(String(await fiscalSlots(shell).recordSection('fed-omb-funding-freeze', 'en'))).toContain(
      'Colorado',
    )
  })
  test.each([
    ['record_id', 'fed-nothing-like-it', 'registry has no record'],
    ['since', '2025-02-30', 'in the calendar'],
    ['stopped', '-5', 'zero or more'],
    ['kind', 'war', 'one of freeze'],
  ])('a disruption with %s %s is refused beside its field', async (field, value, words) => {
    const answer = await post('/position/co/disruptions', {
      ...disruption,
      programme: 'Another',
      [field]: value,
    })
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(words)])
    expect((await get('/position/co/disruptions')).text).not.toContain('Another')
  })
  test('a reserve opens the runway', async () => {
    expect((await get('/position/co')).text).toContain('reserve balance not loaded')
    const done = await post('/position/co/reserve', {
      as_of: '2026-06-30',
      amount: '1,500,000,000',
      source_url: 'https://example.org/r',
    })
    expect(done.status).toBe(303)
    expect((await get('/position/co')).text).toContain('1.9 months')
    expect((await post('/position/co/reserve', { as_of: 'now', amount: 'x', source_url: 'x' })).status).toBe(
      422,
    )
  })
  test('an own series stands beside the others', async () => {
    const about = {
      id: 'mine-2024',
      title: 'Mine',
      publisher: 'Me',
      url: 'https://example.org/s',
      year_kind: 'calendar',
      basis: 'resident',
      allocation: 'By hand.',
      left_out: 'Nothing known.',
    }
    const rows =
      'usps,year,direction,category,unit,value\nCO,2024,gives,Taxes,usd_millions,100\nCO,2024,gets,Spending,usd_millions,40\n'
    const file = new File([rows], 's.csv')
    expect((await post('/position/methods', { ...about, file })).status).toBe(303)
    expect((await get('/position/co')).text).toContain('−$60')
    expect((await post('/position/methods', { ...about, file })).status).toBe(422)
    const wrong = await post('/position/methods', {
      ...about,
      id: 'other',
      file: new File([rows.replace('40', 'x')], 's.csv'),
    })
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('s.csv:3')])
  })
  test('no stranger writes, and nobody from a page of another site', async () => {
    const away = await post('/position/ut/disruptions', disruption, {}, siteFor({ kind: 'anonymous' }))
    const crossed = await post('/position/ut/disruptions', disruption, { 'sec-fetch-site': 'cross-site' })
    const foreign = await post('/position/ut/disruptions', disruption, { origin: 'https://example.org' })
    expect([away.status, crossed.status, foreign.status]).toEqual([403, 403, 403])
    expect((await get('/position/ut/disruptions')).text).not.toContain('Head Start')
  })
})
