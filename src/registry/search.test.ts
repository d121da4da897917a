import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import { buildBook } from './book.ts'
import { checkFiles, checkJurisdictions } from './check.ts'
import { readDataFiles, readJurisdictionsFile } from './files.ts'
import type { Rec } from './schema.ts'
import {
  FACET_NAMES,
  FACETS,
  parsePairs,
  parseSearch,
  QUERY_MAX,
  type SearchRequest,
  searchParams,
} from './search.ts'
import { searchBook } from './search-book.ts'
import { clearIndex, indexRecords } from './search-index.ts'
import { markedOf, START, STOP } from './search-snippet.ts'
import { searchRegistry } from './search-store.ts'
import { SYNONYMS } from './search-synonyms.ts'
import { editDistance, nearestWord, wordsOf } from './search-words.ts'

const { rows: jurisdictions } = checkJurisdictions(readJurisdictionsFile())
const facts = checkFiles(readDataFiles(), { jurisdictions }).records.map(({ rec }) => rec)

function requestOf(raw: string): SearchRequest {
  const pairs = parsePairs(raw)
  const request = pairs.ok ? parseSearch(pairs.value) : pairs
  if (!request.ok) throw new Error(JSON.stringify(request.error))
  return request.value
}

test('the method says every synonym and why', () => {
  const method = readFileSync(new URL('../../docs/methods/search.md', import.meta.url), 'utf8')
  for (const { terms, why } of SYNONYMS) expect(method).toContain(`| ${terms.join(', ')} | ${why} |`)
})

describe('words', () => {
  test.each([
    ['HB1312', ['hb', '1312']],
    ['287(g)', ['287', 'g']],
    ['287g', ['287', 'g']],
    ['1:25-cv-00127', ['1', '25', 'cv', '127']],
    ['Peña’s', ['pena', 's']],
    ["<b>x</b>' or 1=1 --", ['b', 'x', 'b', 'or', '1', '1']],
    ['\u0000\u0001 ', []],
  ])('%s', (text, words) => expect(wordsOf(text)).toEqual(words))

  // Worked by hand: substitution, insertion, swap of neighbors, and the limit.
  test.each([
    ['sherril', 'sherrill', 1],
    ['orgeon', 'oregon', 1],
    ['cannibas', 'cannabis', 2],
    ['abc', 'xyz', 3],
    ['', 'ab', 2],
  ])('%s to %s takes %i edits', (a, b, edits) => expect(editDistance(a, b, 3)).toBe(edits))

  test('law: distance is symmetric, zero for equal words only, and at most the longer length', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), (a, b) => {
        const edits = editDistance(a, b, 20)
        expect(edits).toBe(editDistance(b, a, 20))
        expect(edits === 0).toBe(a === b)
        expect(edits).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    ))

  test('short words and numbers are never corrected', () => {
    const vocabulary = [
      { word: 'ice', documents: 9 },
      { word: '1373', documents: 9 },
    ]
    expect(nearestWord('ide', vocabulary)).toBeUndefined()
    expect(nearestWord('1374', vocabulary)).toBeUndefined()
  })
})

describe('the request', () => {
  test.each([
    ['state=XX', 'unknown_jurisdiction', 'state', 'XX'],
    [
      'jurisdiction=ocd-division/country:us/state:zz',
      'unknown_jurisdiction',
      'jurisdiction',
      'ocd-division/country:us/state:zz',
    ],
    ['kind=law', 'unknown_value', 'kind', 'law'],
    ['area=immigration,sports', 'unknown_value', 'area', 'sports'],
    ['from=2025-13', 'bad_date', 'from', '2025-13'],
    ['from=2026&to=2025-12', 'bad_date', 'to', '2025-12'],
    ['page=0', 'bad_number', 'page', '0'],
    ['page=1e3', 'bad_number', 'page', '1e3'],
    ['limit=101', 'bad_number', 'limit', '101'],
    ['q=a&q=b', 'given_twice', 'q', 'a and b'],
    ['colour=red', 'unknown_parameter', 'colour', 'colour'],
    [`q=${'x'.repeat(QUERY_MAX + 1)}`, 'query_too_long', 'q', `${QUERY_MAX + 1} characters`],
  ])('%s is refused', (raw, code, parameter, found) => {
    const pairs = parsePairs(raw)
    const request = pairs.ok ? parseSearch(pairs.value) : pairs
    expect(request).toMatchObject({ ok: false, error: [{ code, parameter, found }] })
  })

  test.each(['q=%FF', 'q=%', 'q=%E2%28%A1', 'kind=%C0%80'])('%s is broken UTF-8', (raw) =>
    expect(parsePairs(raw)).toMatchObject({ ok: false, error: [{ code: 'broken_encoding' }] }),
  )

  test('law: the parameters of a request give the request again', () => {
    const some = (facet: (typeof FACET_NAMES)[number]) =>
      fc.uniqueArray(fc.constantFrom(...FACETS[facet]), { maxLength: 3 })
    const requests = fc.record({
      ...Object.fromEntries(FACET_NAMES.map((facet) => [facet, some(facet)])),
      query: fc.string({ maxLength: 40, unit: 'grapheme' }).map((text) => text.normalize('NFC').trim()),
      jurisdiction: fc.uniqueArray(fc.constantFrom(...jurisdictions.map(({ id }) => id)), { maxLength: 3 }),
      sort: fc.constantFrom('rank', 'newest', 'oldest', 'title'),
      page: fc.integer({ min: 1, max: 10_000 }),
      limit: fc.integer({ min: 1, max: 100 }),
    })
    fc.assert(
      fc.property(requests, (request) => {
        fc.pre(request.query.length <= QUERY_MAX)
        const again = requestOf(searchParams(request as unknown as SearchRequest).toString())
        expect(sorted(again)).toEqual(sorted(request))
      }),
      { numRuns: 150 },
    )
  })
  const sorted = (request: object) => ({
    ...request,
    jurisdiction: [...(request as SearchRequest).jurisdiction].sort(),
  })

  test('law: any text is read or refused with a reason, never thrown', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (raw) => {
        const pairs = parsePairs(raw)
        const request = pairs.ok ? parseSearch(pairs.value) : pairs
        if (!request.ok) expect(request.error.every((problem) => problem.wanted !== '')).toBe(true)
      }),
    ))
})

test('marks become positions', () =>
  expect(markedOf(`a ${START}bc${STOP} d ${START}e${STOP}`)).toEqual({
    text: 'a bc d e',
    matches: [
      [2, 4],
      [7, 8],
    ],
  }))

describe('in PostgreSQL, with the given facts', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  beforeAll(async () => {
    database = await testDatabase({ empty: true })
    await database.db.transaction().execute(async (tx) => {
      await clearIndex(tx)
      await indexRecords(tx, facts)
    })
  })
  afterAll(() => database.close())
  const search = (raw: string) => searchRegistry(database.db, requestOf(raw))
  const ids = async (raw: string) => (await search(raw)).results.map(({ id }) => id)

  test.each([
    ['q=courthouse+arrest', 'm-il-cook-county-courthouse-order'],
    ['q=arresting+courthouses', 'm-il-cook-county-courthouse-order'],
    ['q=287g', 'play-287g-ban'],
    ['q=287(g)', 'play-287g-ban'],
    ['q=Printz', 'doc-printz-1997'],
    ['q=1%3A25-cv-10139', 'suit-nj-v-trump-birthright'],
    ['q=HB1312+P.A.+104-440', 'm-il-bivens-act'],
    ['q=m-il-trust-act', 'm-il-trust-act'],
    ['q=obamacare', 'fed-aca-2010'],
    ['q=birthri', 'fed-eo14160-birthright'],
    ['q=COOK+COUNTY+courthouse', 'm-il-cook-county-courthouse-order'],
  ])('%s finds %s', async (raw, id) => expect(await ids(`${raw}&limit=100`)).toContain(id))

  test.each([
    ['q=imigration', [{ from: 'imigration', to: 'immigration' }]],
    [
      'q=cannibas+legalizatoin',
      [
        { from: 'cannibas', to: 'cannabis' },
        { from: 'legalizatoin', to: 'legalization' },
      ],
    ],
    ['q=orgeon', [{ from: 'orgeon', to: 'oregon' }]],
  ])('%s is corrected', async (raw, corrected) => {
    const result = await search(raw)
    expect(result.corrected).toEqual(corrected)
    expect(result.total).toBeGreaterThan(0)
  })

  test('a name misspelt, which records hold only in a headline, still finds', async () =>
    expect((await search('q=Sherril')).total).toBeGreaterThan(0))

  test('a synonym finds what the other form finds', async () => {
    const short = await search('q=ICE&limit=100')
    const long = await search('q=immigration+and+customs+enforcement&limit=100')
    const full = facts.filter((rec) => JSON.stringify(rec).includes('Immigration and Customs Enforcement'))
    expect(full.length).toBeGreaterThan(0)
    const found = new Set(short.results.map(({ id }) => id))
    expect(long.total).toBeGreaterThanOrEqual(full.length)
    expect(short.total > 100 || full.every((rec) => found.has(rec.id))).toBe(true)
  })

  test('when no record holds every word, those that hold some are found, and the answer says so', async () => {
    expect(await search('q=vaccine+zebra')).toMatchObject({ matching: 'any' })
    expect((await search('q=vaccine+zebra')).total).toBeGreaterThan(0)
  })

  test.each([
    "q='%3B+drop+table+registry_search%3B--",
    'q=%3Cscript%3Ealert(1)%3C/script%3E',
    'q=%00',
    'q=%26+|+!+(+%27+%3A*',
    'q=%F0%9F%98%80',
    `q=${'a+'.repeat(100)}`,
    'q=the+and+of',
  ])('%s is harmless', async (raw) => {
    await search(raw)
    expect((await search('')).total).toBe(facts.length)
  })

  test('a state includes its counties and cities, and the nation only itself', async () => {
    const found = await search('state=IL&limit=100')
    const wanted = facts.filter((rec) => rec.jurisdictions.some((id) => /state:il(\/|$)/.test(id)))
    expect(found.results.map(({ id }) => id).sort()).toEqual(wanted.map((rec) => rec.id).sort())
    const cook = await ids('jurisdiction=ocd-division/country:us/state:il/county:cook')
    expect(cook).toContain('m-il-cook-county-courthouse-order')
    expect(cook).not.toContain('m-il-trust-act')
    const nation = facts.filter((rec) => rec.jurisdictions.some((id) => id === 'ocd-division/country:us'))
    expect((await search('state=US')).total).toBe(nation.length)
  })

  test('a date is a span: a year overlaps a month in it', async () => {
    const { total } = await search('from=2025-12&to=2025-12')
    const has = (rec: Rec) =>
      'dates' in rec &&
      Object.values(rec.dates ?? {}).some((date) => date === '2025' || String(date).startsWith('2025-12'))
    expect(total).toBe(facts.filter(has).length)
  })

  test('a measure is found by the legal tier of its type, also after the type changes', async () => {
    const type = facts.find((rec) => rec.id === 'play-cannabis-legalization')
    if (type?.kind !== 'playbook-type') throw new Error('the type is in the facts')
    const other = type.legal_tier === 'settled' ? 'contested' : 'settled'
    const before = await search(`kind=measure&area=cannabis&tier=${other}&limit=100`)
    await database.db.transaction().execute((tx) => indexRecords(tx, [{ ...type, legal_tier: other }]))
    const after = await search(`kind=measure&area=cannabis&tier=${other}&limit=100`)
    await database.db.transaction().execute((tx) => indexRecords(tx, [type]))
    expect(after.total).toBeGreaterThan(before.total)
    expect((await search(`kind=measure&area=cannabis&tier=${other}&limit=100`)).total).toBe(before.total)
  })

  test('law: a facet counts what choosing the value would show', async () => {
    const values = FACET_NAMES.flatMap((facet) => FACETS[facet].map((value) => ({ facet, value })))
    const filters = fc.uniqueArray(fc.constantFrom(...values), {
      maxLength: 3,
      selector: ({ facet }) => facet,
    })
    const queries = fc.constantFrom('', 'q=immigration', 'q=health+alliance', 'state=CA', 'q=court&state=NY')
    await fc.assert(
      fc.asyncProperty(queries, filters, fc.constantFrom(...values), async (base, chosen, next) => {
        const raw = (list: typeof chosen) =>
          [base, ...list.map(({ facet, value }) => `${facet}=${value}`)].join('&')
        const result = await search(raw(chosen))
        const others = chosen.filter(({ facet }) => facet !== next.facet)
        const shown = await search(raw([...others, next]))
        const count = result.facets[next.facet].find(({ value }) => value === next.value)?.count ?? 0
        if (shown.matching === 'all' && result.matching === 'all') expect(count).toBe(shown.total)
      }),
      { numRuns: 40 },
    )
  })

  test('pages together are the whole result, each record once, in one order', async () => {
    const whole = (await search('q=state&limit=100')).results.map(({ id }) => id)
    const paged = []
    for (let page = 1; page <= 5; page++) paged.push(...(await ids(`q=state&limit=20&page=${page}`)))
    expect(paged).toEqual(whole)
    expect(new Set(paged).size).toBe(paged.length)
  })

  test('matches point at the words found', async () => {
    const { results } = await search('q=courthouse')
    const texts = results.flatMap(({ title, title_matches, snippet }) => [
      ...title_matches.map(([start, end]) => title.slice(start, end)),
      ...snippet.matches.map(([start, end]) => snippet.text.slice(start, end)),
    ])
    expect(texts.length).toBeGreaterThan(0)
    expect(texts.every((text) => /^courthouses?$/i.test(text))).toBe(true)
  })

  test('law: a book filters, counts and ranks as the index does', async () => {
    const book = buildBook(facts, {
      revision: 1,
      jurisdictions,
      knownAt: '2999-01-01T00:00:00.000Z' as Instant,
    })
    const some = (values: readonly string[]) => fc.subarray([...values], { maxLength: 2 })
    const requests = fc
      .record({
        q: fc.constantFrom('', '', 'immigration', 'court sheriff vaccine', 'imigration status', 'the', 'gun'),
        kind: some(FACETS.kind),
        area: some(FACETS.area.slice(0, 6)),
        stance: some(FACETS.stance),
        tier: some(FACETS.tier),
        state: some(['CO', 'TX', 'US', 'MD']),
        from: fc.constantFrom('', '2024', '2025-03'),
        sort: fc.constantFrom('rank', 'newest', 'oldest', 'title'),
      })
      .map((given) =>
        Object.entries(given).flatMap(([name, value]) => [value].flat().map((v) => `${name}=${v}`)),
      )
    await fc.assert(
      fc.asyncProperty(requests, async (pairs) => {
        const request = requestOf(pairs.join('&'))
        expect(await searchBook(database.db, book, request)).toEqual(
          await searchRegistry(database.db, request),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('indexing again changes nothing; a withdrawn record leaves the index and its words with it', async () => {
    const state = async () =>
      (await sql`select word, lexeme, documents from registry_word order by word`.execute(database.db)).rows
    const before = await state()
    await database.db.transaction().execute((tx) => indexRecords(tx, facts.slice(0, 120)))
    expect(await state()).toEqual(before)
    const withdrawn = { on: '2026-01-01', why: 'test' } as Rec['withdrawn']
    const gone = facts.map((rec) => ({ ...rec, withdrawn }) as Rec)
    await database.db.transaction().execute((tx) => indexRecords(tx, gone))
    expect(await state()).toEqual([])
    expect((await search('')).total).toBe(0)
  })
})
