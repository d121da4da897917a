import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite, type Site } from './browser.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

const focused = (page: Page, what: 'id' | 'name' | 'value' | 'textContent'): Promise<string> =>
  page.evaluate(`document.activeElement?.${what} ?? ''`)

/** Presses Tab until the focus is in the element of this id. */
async function tabTo(page: Page, id: string, back = false): Promise<void> {
  for (let presses = 0; presses < 400; presses++) {
    if ((await focused(page, 'id')) === id) return
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`Tab does not lead to ${id}`)
}

const fill = async (page: Page, values: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, value] of Object.entries(values))
    await page.locator(`[name="${name}"]`).first().fill(value)
}
const press = (page: Page, act: string) => page.locator(`button[value="${act}"]:not(.vh)`).last().click()

const CASE = 'Frozen grants hurt at once, and a reserve is the only answer that is all the state’s own.'

test('an analyst without script builds a plan from nothing, mends a mistake and saves it', async () => {
  const page = await site.visit('/plans')
  await page.locator('a[href="/plans/new"]').click()
  expect(await page.textContent('h1')).toBe('A new plan')
  await page.locator('[name=members][value=VT]').check()
  await fill(page, {
    title: 'Vermont: a reserve for frozen grants',
    id: 'vermont-reserve',
    question: 'Should Vermont save for frozen grants?',
    summary: 'Vermont pays a part of its surplus into a reserve for frozen federal grants.',
  })
  await page.locator('[name=new_type]').selectOption('play-reserve-fund')
  await press(page, 'add:measures')
  expect(page.url()).toMatch(/#measure-1$/)
  expect(await page.locator('#measure-1').textContent()).toContain('Settled law')
  expect(await page.locator('[name="measures[0].kind"]').inputValue()).toBe('replacement')
  await fill(page, {
    'measures[0].what': 'The reserve makes up seven tenths of frozen grants.',
    'measures[0].start': '61',
    'measures[0].replace': '70%',
    case_for: CASE,
    case_against: CASE,
    'harm[0]': 'Money in the reserve is not spent on schools.',
    'would_change[0]': 'Freezes that last longer.',
    'not_known[0]': 'How long freezes last.',
    'sources[0].title': 'Reserve fund for withheld federal money',
    'sources[0].publisher': 'Tenth registry',
    'sources[0].record': 'play-reserve-fund',
    why: 'A first version',
  })
  await page.locator('[name="measures[0].channels"][value=formula-grants]').check()
  await press(page, 'add:would_change')
  await fill(page, { 'would_change[1]': 'A larger surplus.' })
  await press(page, 'save')
  expect(await page.textContent('.error-summary')).toContain('1 thing to fix')
  expect(await page.textContent('#f-measures-0-start-error')).toBe(
    'Wanted: a month within the horizon: 1 to 60. Entered: 61.',
  )
  expect(await page.locator('[name=why]').inputValue()).toBe('A first version')
  await page.locator('.error-summary a').click()
  expect(page.url()).toMatch(/#f-measures-0-start$/)
  await fill(page, { 'measures[0].start': '13' })
  await press(page, 'check')
  expect(await page.textContent('.holds')).toContain('this plan can be simulated')
  await press(page, 'save')
  expect(page.url()).toContain('/plans/vermont-reserve/edit?saved=1')
  expect(await page.textContent('.saved')).toContain('Version 1 is saved.')
  const answer = await fetch(`${site.origin}/api/v1/plans/vermont-reserve`)
  expect(await answer.json()).toMatchObject({
    version: 1,
    why: 'A first version',
    plan: {
      members: ['VT'],
      measures: [{ id: 'reserve-fund', replace: 0.7, start: 13, channels: ['formula-grants'] }],
      would_change: ['Freezes that last longer.', 'A larger surplus.'],
    },
  })
})

test('with script and a keyboard alone, the check answers while one writes, and rows move', async () => {
  const page = await site.visit('/plans/new?copy=colorado-payroll-trust', { script: true })
  await page.locator('form[data-live]').waitFor()
  await tabTo(page, 'f-measures-1-start')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('6')
  await page.keyboard.press('Tab')
  await page.locator('#f-measures-1-start-error').waitFor()
  expect(await page.textContent('#f-measures-1-start-error')).toContain(
    'Wanted: 12 or later, the start of reserve.',
  )
  expect(await page.textContent('[data-live-status]')).toBe('1 thing to fix')
  await tabTo(page, 'f-measures-1-start', true)
  await page.keyboard.press('Control+A')
  await page.keyboard.type('22')
  await page.locator('#f-measures-1-start-error').waitFor({ state: 'detached' })
  await page.keyboard.press('Alt+ArrowUp')
  await page.locator('#f-measures-0-id[value=escrow]').waitFor()
  expect(await page.locator('[name="measures[0].id"]').inputValue()).toBe('escrow')
  expect(await focused(page, 'value')).toBe('down:measures:0')
  await page.keyboard.press('Alt+ArrowDown')
  await page.locator('#f-measures-1-id[value=escrow]').waitFor()
  await tabTo(page, 'f-id', true)
  await page.keyboard.press('Control+A')
  await page.keyboard.type('by-keyboard')
  await tabTo(page, 'f-why')
  await page.keyboard.type('Written without a mouse')
  await page.keyboard.press('Tab')
  expect(await focused(page, 'value')).toBe('save')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/plans\/by-keyboard\/edit\?saved=1/)
  const text = await (await fetch(`${site.origin}/api/v1/plans/by-keyboard/document.yaml`)).text()
  const shipped = await (
    await fetch(`${site.origin}/api/v1/plans/colorado-payroll-trust/document.yaml`)
  ).text()
  const own = new Set(shipped.split('\n'))
  expect(text.split('\n').filter((line) => !own.has(line))).toEqual([
    'id: by-keyboard',
    "title: 'Copy of Colorado: hold own payroll tax in trust while federal money is frozen'",
  ])
})

test('a change that is not saved is not left without a question, and a kind brings its own fields', async () => {
  const page = await site.visit('/plans/by-keyboard/edit', { script: true })
  await page.locator('form[data-live]').waitFor()
  await page.locator('[name="measures[0].kind"]').selectOption('programme')
  await page.locator('[name="measures[0].cost"]').waitFor()
  await page.locator('[name="measures[0].cost"]').fill('12 x 500,000')
  await page.locator('[name="measures[0].kind"]').selectOption('replacement')
  await page.locator('[name="measures[0].replace"]').waitFor()
  expect(await page.locator('[name="measures[0].replace"]').inputValue()).toBe('0.7')
  const asked = new Promise<string>((resolve) =>
    page.once('dialog', (dialog) => {
      resolve(dialog.type())
      void dialog.dismiss()
    }),
  )
  await page.locator('header a.wordmark').click({ noWaitAfter: true })
  expect(await asked).toBe('beforeunload')
  expect(page.url()).toContain('/plans/by-keyboard/edit')
})

test('two versions are compared, in Spanish, and each has a link of its own', async () => {
  const page = await site.visit('/es/plans/vermont-reserve/edit', { width: 390 })
  expect(await page.getAttribute('html', 'lang')).toBe('es')
  await fill(page, { months: '48', why: 'Un plazo más corto' })
  await press(page, 'save')
  expect(await page.textContent('.saved')).toContain('Se guardó la versión 2.')
  await page.locator('a[href="/es/plans/vermont-reserve/versions?from=1&to=2"]').click()
  const changes = await page.textContent('#changes')
  for (const words of ['1 diferencia', 'Meses', '60', '48', 'Un plazo más corto'])
    expect(changes).toContain(words)
  await page.locator('a[href="/es/plans/vermont-reserve/v/1"]').click()
  expect(await page.textContent('main')).toMatch(/SHA-256 [0-9a-f]{64}/)
  expect(await page.textContent('main')).toContain('60 meses')
})

test.each(['/plans/new?copy=seven-state-trust', '/es/plans/new'])(
  'the editor at %s has no fault that axe can see, also where things are to fix, at any width',
  async (path) => {
    const context = await site.browser.newContext({ baseURL: site.origin, bypassCSP: true })
    try {
      const page = await context.newPage()
      await page.goto(path)
      await page.locator('form[data-live]').waitFor()
      await page.locator('[name=months]').fill('none')
      await page.locator('button[value="replace:compliance"]').click()
      await page.locator('#assumption-compliance select').waitFor()
      await press(page, 'check')
      await page.locator('.error-summary').waitFor()
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 })
        const axe = new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } })
        const { violations } = await axe.analyze()
        expect(
          violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`),
        ).toEqual([])
      }
      for (const width of [320, 768, 1024]) {
        await page.setViewportSize({ width, height: 900 })
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      }
    } finally {
      await context.close()
    }
  },
)
