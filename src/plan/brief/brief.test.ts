import { inflateRawSync } from 'node:zlib'
import { readSheet } from 'read-excel-file/node'
import { afterAll, describe, expect, test } from 'vitest'
import type { Instant } from '../../base/index.ts'
import { testDatabase } from '../../db/testing.ts'
import { readShippedPlans } from '../files.ts'
import { bringFacts, loadPlanFacts } from '../store.ts'
import { briefFor } from './brief.testing.ts'
import { casesDiffer, MOST_CASES_DIFFER } from './brief.ts'
import { GAINS } from './gains.ts'
import { inThree } from './scale.ts'
import { htmlOf, tableOf } from './store.ts'

const database = await testDatabase()
afterAll(database.close)
const shell = { db: database.db, now: () => '2026-11-22T10:00:00.000Z' as Instant, dataFolder: '' }
await bringFacts(shell)
const facts = await loadPlanFacts(shell)
const plans = readShippedPlans().map(({ plan }) => plan)
const [trust] = plans
if (!trust) throw new Error('no plan is shipped')
const made = briefFor(trust, facts)

describe.each(plans)('$id', (plan) => {
  test('both cases have the same length, within 15 in 100, in letters and in words', () => {
    expect(casesDiffer(plan)).toBeLessThanOrEqual(MOST_CASES_DIFFER)
    const [a = 0, b = 0] = [plan.case_for, plan.case_against].map((text) => text.split(/\s+/).length)
    expect(Math.max(a, b) / Math.min(a, b)).toBeLessThanOrEqual(1 + MOST_CASES_DIFFER)
  })
})

test('futures add up to a hundred', () => {
  const { worse, same, better, error } = made.brief.futures
  expect(worse + same + better).toBe(100)
  expect(error).toBeGreaterThan(0)
})

test('of every gain the nation is members and others together', () => {
  expect(made.brief.gains.map(({ gain }) => gain)).toEqual(GAINS)
  for (const { members, others, nation } of made.brief.gains)
    expect(nation.mean).toBeCloseTo(members.mean + others.mean, 2)
})

test('a burden that falls is better, a gain that falls is worse, and what chance could give is neither', () => {
  for (const { gain, members } of made.brief.gains) {
    if (members.verdict === 'none') expect([members.mean, members.q05, members.q95]).toEqual([0, 0, 0])
    if (members.verdict === 'unclear')
      expect(Math.abs(members.mean)).toBeLessThanOrEqual(2 * members.mean_error)
    const isBurden = ['cuts', 'paid', 'cost'].includes(gain)
    if (members.verdict === 'better') expect(isBurden ? -members.mean : members.mean).toBeGreaterThan(0)
    if (members.verdict === 'worse') expect(isBurden ? members.mean : -members.mean).toBeGreaterThan(0)
  }
})

test.each([
  { value: 0, text: '0' },
  { value: 0.004, text: '<0.01' },
  { value: -0.004, text: '>−0.01' },
  { value: 0.52, text: '0.52' },
  { value: -12.34, text: '−12.3' },
  { value: 99.96, text: '100' },
  { value: -12_155.4, text: '−12,155' },
])('$value in three figures: $text', ({ value, text }) => expect(inThree(value)).toBe(text))

describe.each(['en', 'es'] as const)('the document in %s', (lang) => {
  const html = htmlOf(made, lang, 'letter')

  test('stands alone: no script, no style attribute, nothing from the network', () => {
    expect(html).not.toMatch(/<script|<[^>]+ style="|\son\w+="|(?:src|href)="http/)
    expect(html.match(/url\((?!data:|"?#)/g)).toBeNull()
  })

  test('marks the words of the plan as English where the page is not', () => {
    expect(html).toContain(`<html lang="${lang}">`)
    expect(html).toMatch(/<h1[^>]* lang="en">/)
  })

  test('holds every part of a brief', () => {
    const plain = html.replaceAll(/<style>[\s\S]*?<\/style>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    const { plan, stamp } = made.brief
    for (const words of [
      plan.question,
      plan.case_against.split('. ').at(-1) ?? '',
      ...plan.harm.map((line) => line.split(' ').slice(0, 3).join(' ')),
      ...plan.not_known.map((line) => line.split(' ').at(0) ?? ''),
      stamp.facts,
      stamp.document.sha256.slice(0, 8),
      lang === 'en' ? 'Likely preempted' : 'Probablemente sin efecto',
      lang === 'en' ? 'Page 2 of 2' : 'Página 2 de 2',
      lang === 'en' ? '300 draws' : '300 sorteos',
    ])
      expect(plain).toContain(words.replaceAll("'", '&#39;'))
    expect(plain).not.toMatch(/undefined|NaN|\[object/)
  })

  test('tells by shape what it tells by colour', () => {
    expect(html).toContain('id="brief-hatch"')
    const signs = [...html.matchAll(/<svg class="verdict"[^>]*aria-label="([^"]+)"[^>]*>(.*?)<\/svg>/g)]
    expect(signs.length).toBeGreaterThan(10)
    const shapes = new Map(
      signs.map(([, name = '', drawn = '']) => [name, drawn.replaceAll(/class="[^"]*"/g, '')]),
    )
    expect(new Set(shapes.values()).size).toBe(shapes.size)
  })
})

test('plan text is shown as text', () => {
  const sharp = { ...trust, question: 'Is <b>5</b> > 4 & "so"? <script>alert(1)</script>' }
  const html = htmlOf(briefFor(sharp, facts, { draws: 20, rows: 2 }), 'en', 'a4')
  expect(html).toContain('Is &lt;b&gt;5&lt;/b&gt; &gt; 4 &amp; &quot;so&quot;?')
  expect(html).not.toContain('<script>')
})

test('one draw: no error is made up', () => {
  const { brief } = briefFor(trust, facts, { draws: 1, rows: 2 })
  const { worse, same, better } = brief.futures
  expect([worse, same, better].toSorted((a, b) => a - b)).toEqual([0, 0, 100])
  const html = htmlOf({ ...made, brief }, 'en', 'letter')
  expect(html).toContain('The mean result is')
  expect(html).not.toMatch(/NaN|by chance ±/)
})

/** Files of a zip by its central directory (APPNOTE.TXT 4.3.12). */
function unzip(zip: Buffer): ReadonlyMap<string, string> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const files = new Map<string, string>()
  let entry = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((at) => zip.readUInt16LE(entry + at)) as [
      number,
      number,
      number,
    ]
    const local = zip.readUInt32LE(entry + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const packed = zip.subarray(from, from + zip.readUInt32LE(entry + 20))
    const content = zip.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed)
    files.set(zip.toString('utf8', entry + 46, entry + 46 + name), content.toString('utf8'))
    entry += 46 + name + extra + comment
  }
  return files
}

interface CellRead {
  readonly formula: string | undefined
  readonly value: number
  readonly isText: boolean
}

const cellsOf = (xml: string): ReadonlyMap<string, CellRead> =>
  new Map(
    [...xml.matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(?:<f>([^<]*)<\/f>)?<v>([^<]*)<\/v><\/c>)/g)].map(
      ([, at = '', attributes = '', formula, value = '']) => [
        at,
        {
          formula: formula?.replaceAll('&apos;', "'"),
          value: Number(value),
          isText: attributes.includes('t="s"'),
        },
      ],
    ),
  )

/** Sums, differences and quotients over cells of another sheet: a reader of formulas that knows nothing of how they were made. */
function evaluate(formula: string, cellAt: (sheet: string, at: string) => number): number {
  const tokens = formula.match(/'[^']+'![A-Z]+\d+|[\d.]+|[-+*/()]/g) ?? []
  let next = 0
  const atom = (): number => {
    const token = tokens[next++] ?? ''
    if (token === '(') {
      const value = sum()
      next++
      return value
    }
    const reference = /^'([^']+)'!([A-Z]+\d+)$/.exec(token)
    return reference ? cellAt(reference[1] ?? '', reference[2] ?? '') : Number(token)
  }
  const product = (): number => {
    let value = atom()
    while (tokens[next] === '/' || tokens[next] === '*')
      value = tokens[next++] === '/' ? value / atom() : value * atom()
    return value
  }
  const sum = (): number => {
    let value = product()
    while (tokens[next] === '+' || tokens[next] === '-')
      value = tokens[next++] === '+' ? value + product() : value - product()
    return value
  }
  return sum()
}

describe.each(['en', 'es'] as const)('the workbook in %s', (lang) => {
  test('computed again, every formula gives the value that stands in it, and the figures of the page', async () => {
    const files = unzip(Buffer.from(await tableOf(made, lang)))
    const [summary, run] = [1, 2].map((n) => cellsOf(files.get(`xl/worksheets/sheet${n}.xml`) ?? ''))
    if (!summary || !run) throw new Error('no sheets')
    const formulas = [...summary].filter(([, { formula }]) => formula !== undefined)
    expect(formulas.length).toBeGreaterThan(50)
    for (const [at, { formula = '', value }] of formulas) {
      const again = evaluate(formula, (_, cell) => run.get(cell)?.value ?? Number.NaN)
      expect(Math.abs(again - value), `${at}: ${formula}`).toBeLessThanOrEqual(1e-12 * Math.abs(value))
    }
    for (const [i, { gain, unit, members, others, nation }] of made.brief.gains.entries()) {
      const scale = unit === 'USD' ? 1e6 : 1
      for (const [column, page] of [
        ['D', members.mean],
        ['F', others.mean],
        ['G', nation.mean],
        ['J', members.q05],
        ['K', members.q95],
      ] as const)
        expect(summary.get(`${column}${6 + i}`)?.value, `${gain} ${column}`).toBeCloseTo(page / scale, 3)
    }
    expect(files.get('xl/workbook.xml')).toContain('fullCalcOnLoad="1"')
  })

  test('a reader that does not calculate finds values', async () => {
    const rows = await readSheet(Buffer.from(await tableOf(made, lang)), 1)
    expect(rows[5]?.slice(3, 7).every((cell) => typeof cell === 'number')).toBe(true)
  })
})

test('words of a plan never become a formula, and the same brief gives the same bytes', async () => {
  const sly = {
    ...trust,
    title: "=1+1&cmd|' /C calc'!A0",
    harm: ['=HYPERLINK("http://x.example")', '+1', '@a', '-1'],
  }
  const brief = briefFor(sly, facts, { draws: 20, rows: 2 })
  const bytes = await tableOf(brief, 'en')
  for (const [name, xml] of unzip(Buffer.from(bytes)))
    if (name.startsWith('xl/worksheets/'))
      for (const [, cell] of cellsOf(xml)) expect(cell.formula ?? '').not.toMatch(/HYPERLINK|cmd|^[=@]/)
  expect(Buffer.compare(Buffer.from(bytes), Buffer.from(await tableOf(brief, 'en')))).toBe(0)
})
