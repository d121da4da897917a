import { AxeBuilder } from '@axe-core/playwright'
import { PDFDocument, PDFName } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { briefFor } from '../src/plan/brief/brief.testing.ts'
import { type Print, withPress } from '../src/plan/brief/print-files.ts'
import { type MadeBrief, sheetOf } from '../src/plan/brief/store.ts'
import { checkPlan } from '../src/plan/check.ts'
import { readShippedPlans } from '../src/plan/files.ts'
import { runOrLoad } from '../src/plan/runs/store.ts'
import { Plan } from '../src/plan/schema.ts'
import { loadPlanFacts, type PlanFacts } from '../src/plan/store.ts'
import { openSite, type Site } from './browser.ts'

/*
 * The brief on paper: two pages for every plan that the project ships, on both papers and in both languages, and for
 * the longest plan that the schema takes.
 */

let site: Site
let facts: PlanFacts
let print: Print
let close = () => {}
let closed: Promise<unknown>

beforeAll(async () => {
  site = await openSite()
  facts = await loadPlanFacts(site.shell)
  const until = new Promise<void>((resolve) => {
    close = resolve
  })
  // One browser prints them all.
  await new Promise<void>((ready, failed) => {
    closed = withPress(async (press) => {
      print = press
      ready()
      await until
      return { ok: true as const, value: undefined }
    }).then((done) => done.ok || failed(new Error(JSON.stringify(done.error))))
  })
})
afterAll(async () => {
  close()
  await closed
  await site.close()
})

const PAPERS = { letter: [612, 792], a4: [595, 842] } as const
const plans = readShippedPlans().map(({ plan }) => plan)
const briefs = new Map<string, MadeBrief>()
const briefOf = (plan: Plan): MadeBrief => {
  const made =
    briefs.get(plan.id) ?? briefFor(plan, facts, { draws: plan.members.length > 7 ? 20 : 200, rows: 2 })
  briefs.set(plan.id, made)
  return made
}

async function printed(made: MadeBrief, lang: 'en' | 'es', paper: 'letter' | 'a4') {
  const sheet = sheetOf(made, lang, paper)
  const tries: number[] = []
  const html = (less: number) => {
    tries.push(less)
    return sheet.html(less)
  }
  const pdf = await print({ ...sheet, html })
  if (!pdf.ok) throw new Error(JSON.stringify(pdf.error))
  return { tries, doc: await PDFDocument.load(pdf.value, { updateMetadata: false }) }
}

const sizesOf = (doc: PDFDocument) =>
  doc.getPages().map((page) => [Math.round(page.getWidth()), Math.round(page.getHeight())])

describe.each(plans)('$id', (plan) => {
  test.each([
    { paper: 'letter', lang: 'en' },
    { paper: 'a4', lang: 'en' },
    { paper: 'letter', lang: 'es' },
    { paper: 'a4', lang: 'es' },
  ] as const)('two pages of $paper in $lang, as the letters were counted', async ({ paper, lang }) => {
    const { doc, tries } = await printed(briefOf(plan), lang, paper)
    expect(sizesOf(doc)).toEqual([PAPERS[paper], PAPERS[paper]])
    expect(tries).toEqual([0])
  })
})

test('the file names its title, its language and the day of its figures, and is tagged', async () => {
  const [plan] = plans
  if (!plan) throw new Error('no plan')
  const { doc } = await printed(briefOf(plan), 'es', 'letter')
  expect(doc.getTitle()).toBe(`Informe: ${plan.title}`)
  expect(doc.catalog.get(PDFName.of('Lang'))?.toString()).toContain('es')
  expect(doc.catalog.has(PDFName.of('StructTreeRoot'))).toBe(true)
  expect(doc.getCreationDate()?.toISOString()).toBe('2026-11-22T10:00:00.000Z')
  expect(doc.getModificationDate()?.toISOString()).toBe('2026-11-22T10:00:00.000Z')
})

test('the same brief from another browser has the same bytes', async () => {
  const [plan] = plans
  if (!plan) throw new Error('no plan')
  const sheet = sheetOf(briefOf(plan), 'en', 'a4')
  const [first, second] = [await withPress((press) => press(sheet)), await withPress((press) => press(sheet))]
  if (!first.ok || !second.ok) throw new Error('not printed')
  expect(Buffer.compare(Buffer.from(first.value), Buffer.from(second.value))).toBe(0)
})

const long = (most: number) =>
  'Wide WORDS meet narrow ill-fitting ones, again. '.repeat(most).slice(0, most).trim()
/** As much as the schema takes, and one word that no line holds. */
function longest(): Plan {
  const [trust] = plans
  const measure = trust?.measures[0]
  if (!trust || !measure) throw new Error('no plan')
  const types = [...facts.book.records.values()]
    .filter((rec) => rec.kind === 'playbook-type')
    .map(({ id }) => id)
  return Plan.parse({
    ...trust,
    id: 'the-longest',
    title: long(140),
    question: long(200),
    summary: long(800),
    members: facts.places.filter(({ inputs }) => inputs).map(({ usps }) => usps),
    measures: Array.from({ length: 40 }, (_, m) => ({
      ...{ ...measure, after: [] },
      id: `step-${m}`,
      playbook_type: types[m % types.length],
    })),
    case_for: long(1600),
    case_against: 'X'.repeat(1500),
    harm: Array.from({ length: 60 }, () => long(400)),
    would_change: Array.from({ length: 60 }, () => 'W'.repeat(400)),
    not_known: Array.from({ length: 60 }, () => long(399)),
    sources: Array.from({ length: 200 }, () => ({ title: long(300), publisher: long(200) })),
  })
}

describe('the longest plan that the schema takes', () => {
  test.each(['letter', 'a4'] as const)('is cut to two pages of %s, and says so', async (paper) => {
    const made = briefOf(longest())
    expect(sizesOf((await printed(made, 'en', paper)).doc)).toEqual([PAPERS[paper], PAPERS[paper]])
    const html = sheetOf(made, 'en', paper).html(0)
    for (const words of ['more, see the plan', 'goes on in the plan']) expect(html).toContain(words)
  })
})

test('no letter on paper is smaller than 9.5 pt', async () => {
  const page = await site.browser.newPage()
  await page.emulateMedia({ media: 'print' })
  for (const plan of [plans[0], plans[5]])
    if (plan) {
      await page.setContent(sheetOf(briefOf(plan), 'en', 'letter').html(0))
      const smallest = await page.evaluate(`
        (() => {
          const walker = document.createTreeWalker(document.querySelector('.brief'), NodeFilter.SHOW_TEXT)
          let least = Infinity
          while (walker.nextNode()) {
            const { parentElement, textContent } = walker.currentNode
            if (textContent.trim() === '' || parentElement.closest('.vh')) continue
            least = Math.min(least, parseFloat(getComputedStyle(parentElement).fontSize))
          }
          return least
        })()`)
      // CSS pixels are three quarters of a point.
      expect((smallest as number) * 0.75).toBeGreaterThanOrEqual(9.5)
    }
  await page.close()
})

describe('in the workbench', () => {
  const path = '/plans/montana-real-id/brief'

  test.each(['', '/es'])(
    '%s: without a kept run it says which is missing, and starts none',
    async (prefix) => {
      const page = await site.visit(prefix + path)
      expect(await page.locator('h1').count()).toBe(1)
      expect(await page.locator('main').textContent()).toContain('10,000')
      const to = await page.locator('main a.button').first().getAttribute('href')
      expect(to).toBe(`${prefix}/plans/montana-real-id/run?draws=10000&seed=1`)
    },
  )

  test('with one, it is a page to read, to print and to take away', async () => {
    const plan = plans.find(({ id }) => id === 'montana-real-id')
    const checked = plan && checkPlan(plan, facts)
    if (!plan || !checked?.ok) throw new Error('no plan')
    const run = await runOrLoad(site.shell, { plan, checked: checked.value, facts }, { draws: 200, seed: 7 })
    if (!run.ok) throw new Error('the run was cancelled')
    for (const [prefix, width] of [
      ['', 1280],
      ['/es', 320],
    ] as const) {
      const page = await site.visit(`${prefix}${path}?draws=200&seed=7`, { width })
      expect(new URL(page.url()).searchParams.get('run')).toBe(run.value.key)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      const seen = await site.visit(`${prefix}${path}?run=${run.value.key}`, { width, script: true })
      const { violations } = await new AxeBuilder({ page: seen })
        .options({ rules: { 'target-size': { enabled: true } } })
        .analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      const paper = await PDFDocument.load(await page.pdf({ preferCSSPageSize: true }))
      expect(paper.getPageCount()).toBe(2)
      for (const link of await page.locator('.brief-downloads a').all()) {
        const answer = await page.request.get((await link.getAttribute('href')) ?? '')
        expect([await link.textContent(), answer.status()]).toEqual([await link.textContent(), 200])
      }
    }
  })

  test.each([
    { query: '?run=nonsense', status: 404 },
    { query: `?run=${'a'.repeat(64)}`, status: 404 },
    { query: '?draws=0', status: 400 },
    { query: '?v=99', status: 404 },
  ])('$query: $status', async ({ query, status }) => {
    for (const ending of ['', '.pdf', '.xlsx', '.html'])
      expect((await fetch(`${site.origin}${path}${ending}${query}`)).status).toBe(status)
  })

  test('a plan that is not there', async () =>
    expect((await fetch(`${site.origin}/plans/nothing/brief.pdf`)).status).toBe(404))
})
