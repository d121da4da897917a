import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchCommands } from '../src/registry/search-commands.ts'
import { openSite, type Site } from './browser.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

test('a journalist with a keyboard and no script goes from the home page to a source', async () => {
  const page = await site.visit('/')
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement?.textContent')).toMatch(/skip/i)
  await page.locator('main input[type=search]').first().focus()
  await page.keyboard.type('courthouse arests')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/search\?/)
  expect(await page.textContent('main')).toContain('arrest')
  await page.locator('main a[href^="/records/"]').first().focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/records\//)
  const source = page.locator('main a[href^="http"]').first()
  expect(await source.getAttribute('href')).toMatch(/^https?:/)
})

test('a reader goes from Colorado’s page to what another party’s state did on the same lever, in Spanish', async () => {
  const page = await site.visit('/es/states/co', { width: 390 })
  expect(await page.textContent('h1')).toContain('Colorado')
  await page.goto('/es/registry/measures?area=firearms')
  await page.locator('a[href="/es/records/m-mo-firearm-sanctuary"]').first().click()
  expect(await page.getAttribute('html', 'lang')).toBe('es')
  expect(await page.locator('[lang=en]').count()).toBeGreaterThan(0)
})

test('the printed state page keeps its figures, drops the chrome and fits the paper', async () => {
  const page = await site.visit('/states/co', { script: true })
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('header nav').first().isVisible()).toBe(false)
  expect(await page.locator('h1').isVisible()).toBe(true)
  const pdf = await page.pdf({ format: 'Letter' })
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  expect(pages).toBeGreaterThan(1)
  expect(pages).toBeLessThan(16)
})

test('the command line and the page rank the same records the same way', async () => {
  for (const text of ['courthouse arrest', 'Sherril', 'imigration', 'REAL ID', 'child care freeze']) {
    const paper: string[] = []
    const io = { out: (line: string) => void paper.push(line), err: () => {}, isTerminal: false, cwd: '.' }
    const search = searchCommands.find((c) => c.name === 'registry search')
    const input = search?.input.parse({ text: [text], json: true, limit: '20' })
    expect(await search?.run(input, io, async () => site.shell)).toBe(0)
    const found = JSON.parse(paper.join('\n')).results.map((hit: { id: string }) => hit.id)
    const html = await (await fetch(`${site.origin}/search?q=${encodeURIComponent(text)}`)).text()
    const shown = [...html.matchAll(/href="\/records\/([a-z0-9-]+)"/g)].map((match) => match[1])
    expect([...new Set(shown)].slice(0, found.length), text).toEqual(found)
    expect(found.length).toBeGreaterThan(0)
  }
})
