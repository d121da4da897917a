import { expect, test } from 'vitest'
import { LANGS } from './lang.ts'
import { FOOTER_NAV, NAV } from './nav.ts'
import { Page } from './page.tsx'
import { uiPages } from './parts.tsx'

const gallery = async (path: string) => (await uiPages().request(path)).text()

test('the gallery is a page', async () => {
  const html = await gallery('/method/parts')
  expect(html.startsWith('<!doctype html><html lang="en">')).toBe(true)
  expect(html).toContain('<title>Parts and their states · Tenth</title>')
})

test('no inline style and no script: the content policy forbids them', async () => {
  const html = await gallery('/method/parts')
  expect(html).not.toMatch(/ style="/)
  expect(html).not.toMatch(/<script| on[a-z]+="/)
})

test('ids are unique, and every reference leads to one', async () => {
  const html = await gallery('/method/parts')
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  const references = [
    ...html.matchAll(
      / (?:for|popovertarget|aria-labelledby|aria-describedby)="([^"]+)"| href="#([^"]+)"|url\(#([^)]+)\)/g,
    ),
  ].flatMap((match) => (match[1] ?? match[2] ?? match[3] ?? '').split(' '))
  expect(references.filter((id) => !ids.includes(id))).toEqual([])
})

test('only places that are there are linked in the header and footer', () => {
  const html = String(<Page lang="en" title="T" path="/" />)
  for (const item of [...NAV, ...FOOTER_NAV])
    expect(html.includes(`>${labelOf(item.key)}</a>`)).toBe(item.present)
  expect(String(<Page lang="en" title="T" path="/" alsoPresent={['plans']} />)).toContain('href="/plans"')
})

const LABELS: Record<string, string> = { coding: 'How we code', api: 'API', audit: 'Audit log' }
const labelOf = (key: string) => LABELS[key] ?? key.charAt(0).toUpperCase() + key.slice(1)

test.each(LANGS)('a page in %s names itself and its other language', (lang) => {
  const html = String(<Page lang={lang} title="T" path="/states/co?as_of=2025" origin="https://t.example" />)
  const own = lang === 'es' ? '/es/states/co' : '/states/co'
  expect(html).toContain(`rel="canonical" href="https://t.example${own}?as_of=2025"`)
  expect(html).toContain('hreflang="en" href="https://t.example/states/co?as_of=2025"')
  expect(html).toContain('hreflang="es" href="https://t.example/es/states/co?as_of=2025"')
})

test('the simulation bar stands inside main', () => {
  const html = String(<Page lang="en" title="T" path="/plans/1" simulation />)
  expect(html.indexOf('Simulation. No law')).toBeGreaterThan(html.indexOf('<main'))
})

test('what visitors typed cannot write markup', () => {
  const html = String(<Page lang="en" title={'<img src=x>'} path="/search?q=%3C" searched={'"><script>'} />)
  expect(html).not.toContain('<script>')
  expect(html).not.toContain('<img')
})
