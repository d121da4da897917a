import { afterAll, beforeAll, expect, test } from 'vitest'
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
