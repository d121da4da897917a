import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import { registryApi } from './api.ts'
import { KINDS } from './schema.ts'
import { syncFiles } from './store.ts'

const AT = '2026-11-22T00:00:00.000Z' as Instant
interface Row {
  readonly status: string
  readonly id: string
  readonly kind: string
  readonly type: string
  readonly direction: string
  readonly field: string
  readonly meaning: string
  readonly revision: number
  readonly count: number
  readonly cells: readonly ({ readonly status: string } | null)[]
}

/** What the tests read of any answer. */
interface Answer {
  readonly total: number
  readonly matching: string
  readonly facets: Readonly<Record<string, readonly Row[]>>
  readonly revision: number
  readonly wanted: string
  readonly jurisdiction: { readonly name: string }
  readonly records: readonly Row[]
  readonly results: readonly Row[]
  readonly uncertain: readonly Row[]
  readonly relations: readonly Row[]
  readonly versions: readonly Row[]
  readonly changes: readonly Row[]
  readonly fields: readonly Row[]
  readonly columns: readonly Row[]
  readonly rows: readonly Row[]
  readonly did_you_mean: readonly Row[]
}

let database: Awaited<ReturnType<typeof testDatabase>>
let api: ReturnType<typeof registryApi>
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  const synced = await syncFiles(database.db, { at: AT })
  if (!synced.ok) throw new Error(JSON.stringify(synced.error))
  api = registryApi({ db: database.db, now: () => AT, dataFolder: '' })
})
afterAll(() => database.close())

const get = (path: string, headers: Record<string, string> = {}) => api.request(path, { headers })
const body = async (path: string): Promise<Answer> => (await get(path)).json() as Promise<Answer>

describe('refusals name the parameter, what was found and what is wanted', () => {
  test.each([
    ['/records?state=XX', 400, 'bad_parameter', 'state', 'XX'],
    ['/records?kind=law', 400, 'bad_parameter', 'kind', 'law'],
    ['/records?as_of=2025-02-30', 400, 'bad_parameter', 'as_of', '2025-02-30'],
    ['/records?known_at=yesterday', 400, 'bad_parameter', 'known_at', 'yesterday'],
    ['/records?page=-1', 400, 'bad_parameter', 'page', '-1'],
    [`/records?q=${'x'.repeat(201)}`, 400, 'bad_parameter', 'q', '201 characters'],
    ['/search?as_of=2025-13', 400, 'bad_parameter', 'as_of', '2025-13'],
    ['/search?q=%FF%FE', 400, 'bad_parameter', 'q', '%FF%FE'],
    [`/search?q=${'x'.repeat(201)}`, 400, 'bad_parameter', 'q', '201 characters'],
    ['/search?page=two', 400, 'bad_parameter', 'page', 'two'],
    ['/search?colour=red', 400, 'bad_parameter', 'colour', 'colour'],
    ['/matrix?by=party', 400, 'bad_parameter', 'by', 'party'],
    ['/changes?limit=0', 400, 'bad_parameter', 'limit', '0'],
    ['/jurisdictions?state=CO', 400, 'bad_parameter', 'state', 'state'],
    ['/jurisdictions/XX', 404, 'unknown_jurisdiction', 'id', 'XX'],
    ['/records/m-il-trust-ac', 404, 'unknown_record', 'id', 'm-il-trust-ac'],
    ['/records/%3Cscript%3E', 404, 'unknown_record', 'id', '<script>'],
    ['/records/m-nothing/versions', 404, 'unknown_record', 'id', 'm-nothing'],
  ])('%s is %i %s', async (path, status, code, parameter, found) => {
    const answer = await get(path)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    const problem = (await answer.json()) as Answer
    expect(problem).toMatchObject({ status, code, parameter, found })
    expect(problem.wanted).not.toBe('')
  })

  test('an unknown record is answered with near ones', async () => {
    const { did_you_mean } = await body('/records/m-il-trust-ac')
    expect(did_you_mean[0]?.id).toBe('m-il-trust-act')
  })
})

describe('records', () => {
  test('every record is listed once over the pages', async () => {
    const ids: string[] = []
    const { total } = await body('/records')
    for (let page = 1; page <= Math.ceil(total / 100); page++) {
      const { records } = await body(`/records?limit=100&page=${page}`)
      ids.push(...records.map((record) => record.id))
    }
    expect(ids.length).toBe(total)
    expect(new Set(ids).size).toBe(total)
  })

  test.each([
    'state=CO',
    'kind=measure&party=R',
    'area=immigration&tier=contested',
    'from=2025&to=2025-06',
    'status=proposed&state=NY',
  ])('the list and the search agree on %s', async (raw) => {
    const list = await body(`/records?${raw}&limit=100`)
    const search = await body(`/search?${raw}&limit=100`)
    expect(list.records.map((r) => r.id)).toEqual(search.results.map((r) => r.id))
    expect(list.total).toBe(search.total)
  })

  test('CSV by ending and by Accept, all that pass, with the fields of the dictionary', async () => {
    const byEnding = await get('/records.csv?kind=measure&state=CO')
    const byAccept = await get('/records?kind=measure&state=CO', { Accept: 'text/csv' })
    const text = await byEnding.text()
    expect(await byAccept.text()).toBe(text)
    expect(byEnding.headers.get('Content-Type')).toContain('text/csv')
    expect(byEnding.headers.get('Link')).toBe('</api/v1/dictionary>; rel="describedby"')
    const rows = parse(text, { columns: true }) as Record<string, string>[]
    const { total, records } = await body('/records?kind=measure&state=CO&limit=100')
    expect(rows.map((row) => row.id)).toEqual(records.map((r) => r.id))
    expect(rows.length).toBe(total)
    const { fields } = await body('/dictionary')
    const known = new Set(fields.map(({ field }) => field))
    expect(Object.keys(rows[0] ?? {}).filter((column) => !known.has(column))).toEqual([])
  })

  test('a record carries its relations from both ends', async () => {
    const { relations } = await body('/records/play-cannabis-legalization')
    expect(relations.some((r) => r.type === 'is-a' && r.direction === 'to')).toBe(true)
    const named = relations.find((r) => r.direction === 'to')
    const other = await body(`/records/${named?.id}/relations`)
    expect(other.relations.map((r) => r.id)).toContain('play-cannabis-legalization')
  })

  test('versions', async () => {
    const { versions } = await body('/records/m-il-trust-act/versions')
    expect(versions).toMatchObject([{ id: 'm-il-trust-act', version: 1, change: 'added', differences: [] }])
  })

  test('as of a day before a record began it is not listed; before all was recorded nothing is known', async () => {
    const early = await body('/records?as_of=1900&kind=lawsuit')
    // What bears no date at all cannot be ruled out, and is said to be uncertain.
    expect(early.uncertain.length).toBe(early.total)
    expect((await body('/records?known_at=2020-01-01')).total).toBe(0)
    expect((await get('/records/fed-aca-2010?as_of=2001')).status).toBe(404)
  })
})

describe('words as of a day', () => {
  test.each(['', '&state=IL', '&kind=measure&tier=settled', '&q=zzzzqqq'])(
    'without a day the records are those of the search, in its order (%s)',
    async (filters) => {
      const raw = filters.startsWith('&q=') ? filters.slice(1) : `q=immigration+status${filters}`
      const [list, search] = [await body(`/records?${raw}&limit=100`), await body(`/search?${raw}&limit=100`)]
      expect(list.records.map((r) => r.id)).toEqual(search.results.map((r) => r.id))
      expect([list.total, list.matching]).toEqual([search.total, search.matching])
    },
  )

  test('on the last day of all, the search of that day is the search of today', async () => {
    const [then, now] = [
      await body('/search?q=sanctuary&as_of=2026-11-22&limit=100'),
      await body('/search?q=sanctuary&limit=100'),
    ]
    expect(now.results.length).toBeGreaterThan(5)
    for (const [at, hit] of now.results.entries()) {
      expect(then.results[at]).toMatchObject({ ...hit, status: expect.any(String) })
    }
    expect({ ...then.facets, status: [] }).toEqual({ ...now.facets, status: [] })
  })

  // The registry dates the Affordable Care Act to 2010-03: within that month it is shown, and said to be uncertain.
  test('what had not begun is not found; a status is that of the day', async () => {
    const ids = async (day: string) =>
      (await body(`/records?q=affordable+care+act&as_of=${day}&limit=100`)).records.map((r) => r.id)
    expect(await ids('2010-02-28')).not.toContain('fed-aca-2010')
    expect(await ids('2010-03-31')).toContain('fed-aca-2010')
    const { uncertain } = await body('/search?q=affordable+care+act&as_of=2010-03-10')
    expect(uncertain.map(({ id }) => id)).toContain('fed-aca-2010')
    const { records } = await body('/records?as_of=2025-06-01&q=act&limit=100')
    const { results } = await body('/search?as_of=2025-06-01&q=act&limit=100')
    expect(results.map(({ id, status }) => [id, status])).toEqual(records.map((r) => [r.id, r.status]))
  })

  test('known at an instant before all was recorded, nothing is found', async () => {
    expect((await body('/search?q=sanctuary&known_at=2020-01-01')).total).toBe(0)
  })

  test('a CSV of a past day tells what is uncertain on it', async () => {
    const text = await (await get('/records.csv?q=act&as_of=2025-06-01')).text()
    const rows = parse(text, { columns: true }) as Record<string, string>[]
    const { uncertain } = await body('/records?q=act&as_of=2025-06-01&limit=100')
    const told = rows.filter((row) => row['uncertain_on_2025-06-01'] !== '')
    expect(told.length).toBeGreaterThan(0)
    expect(told.map(({ id }) => id)).toEqual(expect.arrayContaining(uncertain.map(({ id }) => id)))
  })
})

describe('the rest', () => {
  test('an answer is not sent again to a reader who has it', async () => {
    const first = await get('/records?kind=alliance')
    const etag = first.headers.get('ETag') ?? ''
    expect(etag).not.toBe('')
    expect((await get('/records?kind=alliance', { 'If-None-Match': etag })).status).toBe(304)
    expect((await get('/records.csv?kind=alliance', { 'If-None-Match': etag })).status).toBe(200)
  })

  test.each([
    '/jurisdictions/CO',
    '/jurisdictions/co',
    '/jurisdictions/ocd-division/country:us/state:co',
    '/jurisdictions/ocd-division%2Fcountry%3Aus%2Fstate%3Aco',
  ])('%s is Colorado', async (path) => expect((await body(path)).jurisdiction.name).toBe('Colorado'))

  test('the matrix as JSON and as CSV say the same', async () => {
    const { columns, rows } = await body('/matrix?by=area')
    const lines = parse(await (await get('/matrix?by=area', { Accept: 'text/csv' })).text(), {
      columns: true,
    }) as Record<string, string>[]
    expect(lines.length).toBe(rows.length)
    for (const [at, row] of rows.entries())
      for (const [n, cell] of row.cells.entries())
        expect(lines[at]?.[columns[n]?.id ?? '']?.replace(' (local)', '')).toBe(cell?.status ?? '')
  })

  test('the dictionary explains every field of every kind', async () => {
    const { fields } = await body('/dictionary')
    expect(new Set(fields.map(({ kind }) => kind))).toEqual(new Set([...Object.keys(KINDS), 'jurisdiction']))
    const silent = fields.filter(({ meaning }) => meaning === '')
    expect(silent).toEqual([])
  })

  test('changes come newest first and in full', async () => {
    const { changes, revision } = await body('/changes?limit=500')
    expect(changes.length).toBeGreaterThan(400)
    expect(Math.max(...changes.map((v) => v.revision))).toBe(revision)
  })
})

interface Parameter {
  readonly name: string
  readonly in: string
  readonly schema?: {
    readonly enum?: readonly string[]
    readonly items?: { readonly enum?: readonly string[] }
  }
}

test('law: whatever is asked within the API’s own description or beside it, the answer is one that it documents', async () => {
  const { paths } = api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } })
  const operations = Object.entries(paths ?? {}).map(([path, item]) => ({
    path,
    parameters: (item?.get?.parameters ?? []) as readonly Parameter[],
    statuses: Object.keys(item?.get?.responses ?? {}).map(Number),
  }))
  expect(operations.length).toBeGreaterThanOrEqual(11)
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }).map(encode),
    fc.constantFrom(
      '%FF',
      '',
      '0',
      '-1',
      '2025-13',
      "'%3B--",
      '%00',
      'CO',
      'm-il-trust-act',
      'US',
      '1e9',
      'x'.repeat(300),
    ),
  )
  const value = (parameter: Parameter) => {
    const values = parameter.schema?.enum ?? parameter.schema?.items?.enum ?? []
    return values.length > 0 ? fc.oneof(fc.constantFrom(...values), odd) : odd
  }
  const requests = fc.constantFrom(...operations).chain((operation) =>
    fc
      .tuple(...operation.parameters.map((parameter) => fc.option(value(parameter), { nil: undefined })))
      .map((values) => {
        let path = operation.path
        const query: string[] = []
        for (const [at, parameter] of operation.parameters.entries()) {
          const given = values[at]
          if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, given || 'x')
          else if (given !== undefined) query.push(`${parameter.name}=${given}`)
        }
        return { operation, url: `${path}?${query.join('&')}` }
      }),
  )
  await fc.assert(
    fc.asyncProperty(requests, async ({ operation, url }) => {
      const answer = await get(url)
      expect(operation.statuses, url).toContain(answer.status)
      if (answer.status >= 400)
        expect(await answer.json()).toMatchObject({ code: expect.any(String), status: answer.status })
    }),
    { numRuns: 250 },
  )
})

const encode = (text: string): string => encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/g, '?')) || 'x'
