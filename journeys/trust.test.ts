import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dollars, type IsoDate } from '../src/base/index.ts'
import { readShippedAgreements } from '../src/trust/files.ts'
import { adopt, record, runTrustDay, takePayday } from '../src/trust/store.ts'
import { href, LANGS } from '../src/ui/index.ts'
import { openSite, type Site } from './browser.ts'

let site: Site
const BOOK = 'sim-journey'
const by = { actor: 'journey' }
const d = (day: string) => day as IsoDate

/** A simulated book that holds a payday, stopped by a court, with a release that waits for its signatures. */
beforeAll(async () => {
  site = await openSite()
  const { shell } = site
  const agreement = readShippedAgreements().find(({ document }) => document.id === 'ny-recourse')
  if (!agreement) throw new Error('the agreement is shipped')
  await adopt(
    shell,
    { book: BOOK, kind: 'simulation', agreement, authority: { kind: 'simulation' }, accounts: {} },
    by,
  )
  const source = 'invented'
  const owed = dollars(90_000_000n)
  const facts = [
    {
      kind: 'federal-action',
      on: '2026-02-01',
      record: 'fed-x',
      status: 'in-effect',
      in_force: true,
      unpaid_cents: owed,
      source,
    },
    { kind: 'finding', on: '2026-02-02', record: 'suit-x', finding: 'contravenes', source },
    { kind: 'report', on: '2026-03-01', office: 'comptroller', arrears_cents: owed, source },
    ...['governor', 'comptroller', 'budget-director'].map((office) => ({
      kind: 'sign-off',
      on: '2026-03-02',
      office,
      person: `invented ${office}`,
      source,
    })),
  ]
  for (const fact of facts) await record(shell, BOOK, fact as never, by)
  const zero = dollars(0n)
  const none = {
    rows: 1,
    gross_wages: zero,
    social_security_employee: zero,
    social_security_employer: zero,
    medicare_employee: zero,
    medicare_employer: zero,
    additional_medicare: zero,
  }
  const run = {
    sha256: 'a'.repeat(64),
    agencies: [{ agency: 'Corrections', federal_income_tax: dollars(40_000_000n), ...none }],
  }
  await takePayday(shell, BOOK, run, d('2026-03-06'), by)
  await record(
    shell,
    BOOK,
    { kind: 'order', on: d('2026-03-09'), order: 'stay', court: 'SDNY', docket: '1', source } as never,
    by,
  )
  await runTrustDay(shell, BOOK, d('2026-04-10'), by)
})
afterAll(() => site.close())

test.each(LANGS)(
  'the pages of a book have no fault that axe can see and fit every width (%s)',
  async (lang) => {
    const book = await (await fetch(`${site.origin}/trust/books/${BOOK}`)).text()
    const item = /items\/(item-[a-z0-9-]+)/.exec(book)?.[1]
    const context = await site.browser.newContext({ baseURL: site.origin, bypassCSP: true })
    const page = await context.newPage()
    try {
      for (const path of ['', '/statements', `/items/${item}`, '/desk']
        .map((below) => `/trust/books/${BOOK}${below}`)
        .concat(`/trust/public/${BOOK}`)) {
        const answer = await page.goto(href(lang, path))
        expect([path, answer?.status()]).toEqual([path, 200])
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 900 })
          const { violations } = await new AxeBuilder({ page })
            .options({ rules: { 'target-size': { enabled: true } } })
            .analyze()
          expect(
            violations.map((v) => `${path} ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`),
          ).toEqual([])
        }
        for (const width of [320, 768, 1024]) {
          await page.setViewportSize({ width, height: 900 })
          const wide = await page.evaluate('document.documentElement.scrollWidth')
          expect(wide, `${path} at ${width}`).toBeLessThanOrEqual(width)
        }
      }
    } finally {
      await context.close()
    }
  },
)

test('a controller reads what is held, what is owed and what waits, and follows it to the act', async () => {
  const page = await site.visit(`/trust/books/${BOOK}`)
  expect(await page.textContent('.lede')).toMatch(
    /\$40\.0.m is held.*\$4\.0.m is owed on it today.*One act waits/,
  )
  await page.getByRole('link', { name: 'Release' }).first().click()
  expect(await page.textContent('h1')).toMatch(/Release, \$40\.0.m/)
  expect(await page.textContent('main')).toContain('Two people have signed this item')
  expect(await page.locator('button', { hasText: 'Sign this act' }).count()).toBe(0)
})

test('a rehearsal plays day by day: by links without script, by itself with it', async () => {
  const start = '/trust/rehearsals/ny-recourse/2026-01-16'
  const plain = await site.visit(start)
  await plain.getByRole('link', { name: /Day after/ }).click()
  expect(plain.url()).toContain('2026-01-30')
  expect(await plain.getByRole('button', { name: 'Play' }).count()).toBe(0)
  const page = await site.visit(start, { script: true })
  await page.getByRole('button', { name: 'Play' }).click()
  await page.waitForURL(/2026-02-02/)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Play' }).waitFor()
  expect(await page.locator('h1').count()).toBe(1)
})

test('on paper a book keeps its bar, its chart and its hatches, and drops the chrome', async () => {
  const page = await site.visit('/trust/rehearsals/ny-recourse/2026-07-02')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('header nav').first().isVisible()).toBe(false)
  expect(await page.locator('.bar.simulation').isVisible()).toBe(true)
  expect(await page.locator('.f-owed').first().count()).toBe(1)
  const pdf = await page.pdf({ format: 'Letter' })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeLessThan(14)
})
