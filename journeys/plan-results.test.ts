import { AxeBuilder } from '@axe-core/playwright'
import { PDFDocument } from 'pdf-lib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite, type Site } from './browser.ts'
import { keepRuns, SMALL_RUN } from './runs.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

const TRUST = 'colorado-payroll-trust'
const WAIT = { timeout: 90_000 }

async function fill(page: Page, draws: string, seed: string): Promise<void> {
  await page.fill('#draws', draws)
  await page.fill('#seed', seed)
  await page.click('form.run-form button')
}

const faults = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
}

test('without script: from the plan to its results, which the page opens by itself', async () => {
  const page = await site.visit(`/plans/${TRUST}`)
  await page.click(`a[href="/plans/${TRUST}/run"]`)
  await fill(page, 'a lot', '3')
  expect(await page.locator('#draws-error').textContent()).toContain('You entered “a lot”')
  await fill(page, '1,200', '3')
  await page.waitForURL(/\/results\?draws=1200&seed=3&run=[0-9a-f]{64}$/, WAIT)
  expect(await page.locator('.lede').textContent()).toMatch(
    /In \d+ of 100 possible futures Colorado ends worse off/,
  )
  expect(await page.locator('.squares > svg rect').count()).toBe(100)
  await page.click('#budget .as-table summary')
  expect(await page.locator('#budget table.months tbody tr').count()).toBe(60)
  expect(await page.locator('#decides .bars li').count()).toBeGreaterThan(2)
}, 120_000)

test('with script: watched, cancelled, and run again to its end', async () => {
  const context = await site.browser.newContext({ baseURL: site.origin, bypassCSP: true })
  const page = await context.newPage()
  await page.goto('/es/plans/seven-state-trust/run')
  await fill(page, '4000', '7')
  await page.waitForFunction('document.querySelector("progress")?.value > 0', undefined, WAIT)
  expect(await page.locator('.run-stage').textContent()).toMatch(/^Etapa 1 de 2: mes \d+ de 72/)
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'Cancelar' }).click()
  await page.getByRole('heading', { level: 1, name: 'La ejecución se canceló' }).waitFor(WAIT)
  expect(await page.locator('main').textContent()).toContain('No se perdió nada guardado')
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'Ejecutar de nuevo' }).click()
  await page.waitForURL(/\/es\/plans\/seven-state-trust\/results\?/, WAIT)
  expect(await page.locator('#members tbody tr').count()).toBe(7)
  expect(await page.locator('#held .held-area').count()).toBe(3)
  await context.close()
}, 180_000)

test.each([true, false])(
  'two plans are compared on the same chances; script: %s',
  async (script) => {
    const page = await site.visit('/plans/compare', { script })
    await page.selectOption('#a', TRUST)
    await page.selectOption('#b', TRUST)
    await page.getByRole('button', { name: 'Compare' }).click()
    expect(await page.locator('.field-error').textContent()).toContain('not the same')
    const seed = script ? 4 : 5
    await page.goto(`/plans/compare?a=${TRUST}&b=colorado-steps&draws=300&seed=${seed}`)
    await page.getByRole('button', { name: 'Run what is missing' }).click()
    await page.locator('#difference-1').waitFor(WAIT)
    expect(await page.locator('.squares').count()).toBe(2)
    expect(await page.locator('#difference-1 tbody tr').count()).toBe(10)
    expect(await page.locator('#side .chart path.line-dashed').count()).toBe(3)
  },
  120_000,
)

test('results are printed: every chart and table, and no link of theirs is dead', async () => {
  await keepRuns(site.shell, [TRUST])
  const page = await site.visit(`/plans/${TRUST}/results?draws=${SMALL_RUN.draws}&seed=${SMALL_RUN.seed}`)
  const printed = await PDFDocument.load(await page.pdf({ preferCSSPageSize: true }))
  expect(printed.getPageCount()).toBeGreaterThan(5)
  expect(printed.getPageCount()).toBeLessThan(20)
  const links = await page
    .locator('main a[href^="/"]')
    .evaluateAll((all) =>
      all.map((link) => (link as unknown as { getAttribute: (name: string) => string }).getAttribute('href')),
    )
  expect(links.length).toBeGreaterThan(20)
  for (const link of new Set(links)) {
    const answer = await page.request.get(link)
    expect([link, answer.status()]).toEqual([link, 200])
  }
}, 120_000)
