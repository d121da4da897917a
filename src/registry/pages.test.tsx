import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import type { PageEnv } from '../ui/index.ts'
import { registryPages } from './pages.tsx'
import { syncFiles } from './store.ts'

const NOW = '2026-11-22T10:00:00.000Z' as Instant
let ask: (path: string) => Promise<{ readonly status: number; readonly text: string; readonly type: string }>
let close: () => Promise<void>

beforeAll(async () => {
  const database = await testDatabase()
  close = database.close
  const synced = await syncFiles(database.db, { at: NOW })
  expect(synced.ok).toBe(true)
  const pages = registryPages({ db: database.db, dataFolder: '/nowhere', now: () => NOW })
  const speak = (lang: 'en' | 'es') =>
    new Hono<PageEnv>().use(async (c, next) => {
      c.set('lang', lang)
      await next()
    })
  const app = new Hono().route('/es', speak('es').route('/', pages)).route('/', speak('en').route('/', pages))
  ask = async (path) => {
    const response = await app.request(`http://tenth.test${path}`)
    return {
      status: response.status,
      text: await response.text(),
      type: response.headers.get('content-type') ?? '',
    }
  }
})
afterAll(() => close())

const FAMILIES = [
  '/',
  '/?map=measures&area=firearms',
  '/states?sort=lawsuits',
  '/states/co',
  '/states/as',
  '/states/ca?peers=NY+TX',
  '/states/co/place/denver',
  '/states/il/county/cook',
  '/registry',
  '/registry/measures',
  '/registry/federal-actions?view=timeline',
  '/registry/lawsuits?sort=place&page=2',
  '/registry/alliances',
  '/registry/doctrine?view=map',
  '/registry/playbook',
  '/registry/matrix?by=area&sort=name',
  '/registry/changes?page=2',
  '/records/m-mo-firearm-sanctuary',
  '/records/m-mo-firearm-sanctuary/v/1',
  '/records/m-mo-firearm-sanctuary/chain',
  '/records/alliance-eric',
  '/records/doc-printz-1997',
  '/records/play-firearm-sanctuary',
  '/search?q=courthose+arrests',
  '/corrections',
  '/downloads',
  '/method',
  '/accessibility',
]

describe('every page', () => {
  test.each(FAMILIES)('%s is there in both languages, with one heading and no empty word', async (path) => {
    for (const prefix of ['', '/es']) {
      const { status, text } = await ask(
        path === '/' ? prefix || '/' : `${prefix}${path.replace(/^\/\?/, '?')}`,
      )
      expect(status, `${prefix}${path}`).toBe(200)
      expect(text.match(/<h1/g)).toHaveLength(1)
      expect(text).toContain(`<html lang="${prefix === '' ? 'en' : 'es'}"`)
      expect(text).not.toMatch(/undefined|\[object|NaN/)
      expect(text).not.toMatch(/ style="|<script/)
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
      expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
    }
  })
  test('the Spanish pages are not the English ones, and keep titles of records in English', async () => {
    const { text } = await ask('/es/states/co')
    expect(text).toContain('Se nombra en 14 medidas federales registradas desde enero de 2025')
    expect(text).toContain('lang="en">Veto of the Arkansas Valley Conduit bill</a>')
    expect(text).not.toContain('What Washington did')
  })
})

describe('as of a day', () => {
  test('shows the statuses of that day, says so, and keeps the day in its links', async () => {
    const { text } = await ask('/records/m-mo-firearm-sanctuary?as-of=2023-01-01')
    expect(text).toContain('This page shows the registry as of 1 Jan 2023.')
    expect(text).toMatch(/<dt>Status<\/dt><dd><span class="chip">.*?In effect/)
    expect(text).toContain('/registry/measures?area=firearms&amp;as-of=2023-01-01')
  })
  test('the API’s spelling works too', async () => {
    expect((await ask('/registry/measures?as_of=2023-01-01')).text).toContain('as of 1 Jan 2023')
  })
  test.each(['2025-02-30', 'yesterday', '1500-01-01', '2199-01-01'])('%s is refused by name', async (day) => {
    const { status, text } = await ask(`/states/co?as-of=${day}`)
    expect(status).toBe(400)
    expect(text).toContain('<code>as-of</code>')
    expect(text).toContain(day)
  })
})

describe('what cannot be shown', () => {
  test.each([
    ['/states/colorodo', 'We have no state called “colorodo”', 'href="/states/co"'],
    ['/es/states/colorodo', 'No tenemos ningún estado llamado «colorodo»', 'href="/es/states/co"'],
    ['/records/m-mo-firearms-sanctuary', 'We have no record', 'href="/records/m-mo-firearm-sanctuary"'],
    [
      '/states/co/place/boulder',
      'no county or city called “boulder” in Colorado',
      'href="/states/co/place/denver"',
    ],
    ['/records/m-mo-firearm-sanctuary/v/9', 'no version “9”', 'href="/records/m-mo-firearm-sanctuary"'],
    ['/registry/mesures', 'no kind of record called “mesures”', 'href="/registry"'],
    ['/feeds/states/zz.atom', 'no page at', 'href="/registry/changes"'],
  ])('%s: not found, with what is near', async (path, words, link) => {
    const { status, text } = await ask(path)
    expect(status).toBe(404)
    expect(text).toContain(words)
    expect(text).toContain(link)
  })
  test.each([
    ['/registry/measures?status=bogus', 'status', 'bogus'],
    ['/registry/measures?from=20x', 'from', '20x'],
    ['/registry/measures?page=0', 'page', '0'],
    ['/registry/measures?color=red', 'color', 'red'],
    ['/registry/measures?state=ZZ', 'state', 'ZZ'],
    ['/registry/measures?sort=worst', 'sort', 'worst'],
    ['/registry/measures?view=map', 'view', 'map'],
    ['/registry/measures?q=%ff', 'q', '%ff'],
    ['/registry/matrix?by=party', 'by', 'party'],
    ['/registry/changes?page=99999', 'page', '99999'],
    ['/states/co?peers=XX', 'peers', 'XX'],
    ['/states?sort=size', 'sort', 'size'],
    ['/?map=roads', 'map', 'roads'],
    ['/search?q=a&kind=person', 'kind', 'person'],
  ])('%s: refused, naming the parameter and what was found', async (path, parameter, found) => {
    const { status, text } = await ask(path)
    expect(status).toBe(400)
    expect(text).toContain(`<code>${parameter}</code>`)
    if (parameter !== 'color') expect(text).toContain(found)
    const spanish = await ask(`/es${path.replace(/^\/\?/, '?')}`)
    expect(spanish.status).toBe(400)
    expect(spanish.text).not.toMatch(/one of |a whole number/)
  })
  test('nothing found names the filters and how to drop each', async () => {
    const { status, text } = await ask('/registry/measures?q=militia&state=IA&area=firearms')
    expect(status).toBe(200)
    expect(text).toContain('No measures match “militia”.')
    expect(text).toContain('3 filters are set:')
    expect(text).toContain('href="/registry/measures?q=militia&amp;area=firearms"')
    expect(text).toContain('Not recorded is not the same as not there.')
  })
  test.each(['/search?q=missouri+firearms', '/registry/measures?q=missouri+firearms'])(
    '%s: words find only what was there on the day',
    async (path) => {
      const link = 'href="/records/m-mo-firearm-sanctuary'
      expect((await ask(path)).text).toContain(link)
      const before = await ask(`${path}&as-of=2019-01-01`)
      expect(before.status).toBe(200)
      expect(before.text).not.toContain(link)
      expect(before.text).toContain('name="as-of" value="2019-01-01"')
      expect((await ask(`${path}&as-of=2022-01-01`)).text).toContain(`${link}?as-of=2022-01-01"`)
    },
  )
  test('what is typed is shown as text', async () => {
    const typed = '<script>alert(1)</script>'
    for (const path of ['/search?q=', '/registry/measures?q=', '/states/', '/records/']) {
      const { text } = await ask(`${path}${encodeURIComponent(typed)}`)
      expect(text).not.toContain(typed)
    }
  })
})

describe('feeds', () => {
  test.each(['changes', 'states/co', 'areas/immigration', 'kinds/lawsuit'])(
    '%s.atom is Atom 1.0',
    async (name) => {
      const { status, text, type } = await ask(`/feeds/${name}.atom`)
      expect(status).toBe(200)
      expect(type).toContain('application/atom+xml')
      const head = text.slice(0, text.indexOf('<entry>'))
      for (const element of ['title', 'id', 'updated', 'author']) expect(head).toContain(`<${element}>`)
      expect(head).toContain(
        `<link rel="self" type="application/atom+xml" href="http://tenth.test/feeds/${name}.atom"/>`,
      )
      const entries = text.split('<entry>').slice(1)
      expect(entries.length).toBeGreaterThan(0)
      for (const entry of entries)
        for (const element of ['title', 'id', 'updated', 'summary'])
          expect(entry).toMatch(new RegExp(`<${element}[ >]`))
      const ids = entries.map((entry) => /<id>(.*?)<\/id>/.exec(entry)?.[1])
      expect(new Set(ids).size).toBe(ids.length)
      expect(text.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
    },
  )
  test('a feed holds only what is in its scope', async () => {
    const { text } = await ask('/feeds/kinds/lawsuit.atom')
    expect(text.match(/<category term="lawsuit"\/>/g)).toHaveLength((text.match(/<entry>/g) ?? []).length)
  })
})
