import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite, type Site } from './browser.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

test('the server answers a browser', async () => {
  const page = await site.visit('/healthz')
  expect(await page.textContent('body')).toContain('ok')
})
