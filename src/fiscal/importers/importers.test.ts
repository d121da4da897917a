import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Command, Instant, Io } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { testDatabase } from '../../db/testing.ts'
import { fiscalCheck } from '../audit-store.ts'
import { rivals } from '../rivals.ts'
import { loadFigures } from '../store.ts'
import { writeXlsx } from '../xlsx.testing.ts'
import { fetchCommands } from './commands.ts'
import { SOURCES } from './sources.ts'

const YEAR = 2031
const CO = 'ocd-division/country:us/state:co' as never
const US = 'ocd-division/country:us' as never

/** What a source answers, part by part: values invented, structure that of the service. */
function shapesOf(source: string, table: string): readonly unknown[] {
  const file = readFileSync(new URL(`./shapes/${source}.json`, import.meta.url), 'utf8')
  const parts: unknown[] = JSON.parse(file).tables[table]
  if (table === 'data-book') return parts.map((rows) => writeXlsx(rows as string[][]))
  return table === 'soi' ? parts.map((text) => Buffer.from(text as string)) : parts
}
const first = <T>(source: string, table: string): T => structuredClone(shapesOf(source, table)[0]) as T

const TABLES = SOURCES.flatMap((source) =>
  source.tables.map((table) => ({ source, table, name: `${source.name} ${table.name}` })),
)

test('the method tells of every source, table, pace and key', () => {
  const method = readFileSync(new URL('../../../docs/methods/fiscal-importers.md', import.meta.url), 'utf8')
  for (const { name, perMinute, keyVariable, tables } of SOURCES) {
    const row = method.split('\n').find((text) => text.startsWith(`| \`${name}\` | `))
    expect(row).toContain(`| ${perMinute} a minute |`)
    expect(row).toContain(keyVariable === undefined ? '| none |' : `| \`${keyVariable}\` |`)
    for (const table of tables) {
      expect(row).toContain(`\`${table.name}\``)
      for (const { category } of table.categories()) expect(method).toContain(`\`${category}\``)
    }
  }
})

describe.each(TABLES)('$name: the reader', ({ source, table }) => {
  const question = { year: YEAR }

  test('leads from part to part, ends, and fills every measure that it promises', async () => {
    let cursor: string | null = null
    const seen = new Set<string>()
    const nexts: (string | null)[] = []
    for (const body of shapesOf(source.name, table.name)) {
      const part = await table.read(body, question, cursor)
      if (!part.ok) throw new Error(JSON.stringify(part.error))
      for (const { category } of part.value.values) seen.add(category)
      cursor = part.value.next
      nexts.push(cursor)
    }
    expect(nexts.slice(0, -1).every((next) => typeof next === 'string')).toBe(true)
    expect(nexts.at(-1)).toBeNull()
    expect([...seen].sort()).toEqual(
      table
        .categories()
        .map(({ category }) => category)
        .sort(),
    )
  })

  test.each([
    null,
    [],
    'text',
    {},
    [['A'], ['1']],
    { results: [{}] },
    Buffer.from('PK'),
    Buffer.from('a,b\n1,2'),
  ])('the answer %j is refused with field, found and wanted, and never thrown on', async (body) => {
    const part = await table.read(body, question, null)
    expect(part).toMatchObject({ ok: false, error: { field: expect.stringMatching(/./) } })
    if (!part.ok) expect(part.error.found && part.error.wanted).toBeTruthy()
  })

  test('an answer about another year is refused, where the answer names its year', async () => {
    if (['usaspending', 'soi'].some((name) => name === source.name || name === table.name)) return
    const part = await table.read(shapesOf(source.name, table.name)[0], { year: 2030 }, null)
    expect(part.ok).toBe(false)
  })
})

type Reply = (response: ServerResponse) => void
const reply =
  (body: unknown): Reply =>
  (response) =>
    void response.writeHead(200).end(Buffer.isBuffer(body) ? body : JSON.stringify(body))
const status =
  (code: number, headers: Record<string, string> = {}): Reply =>
  (response) =>
    void response.writeHead(code, headers).end('{"detail":"invented refusal"}')
const cut: Reply = (response) =>
  void response.writeHead(200, { 'Content-Length': '500' }).write('{"data":', () => response.destroy())
const broken: Reply = (response) => void response.writeHead(200).end('<html>not JSON')

describe('the command, against a server of our own', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  let shell: Shell
  let server: Server
  let base: string
  let script: Reply[]
  let asked: { readonly url: string; body: string }[]
  let slept: number[]
  let folder: string
  let at = '2032-01-02T00:00:00.000Z' as Instant

  beforeAll(async () => {
    database = await testDatabase()
    server = createServer((request, response) => {
      const entry = { url: request.url ?? '', body: '' }
      asked.push(entry)
      request.on('data', (chunk) => {
        entry.body += chunk
      })
      request.on('end', () => (script.shift() ?? status(500))(response))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenth-fiscal-fetch-'))
    shell = { db: database.db, dataFolder: folder, now: () => at }
    ;[script, asked, slept] = [[], [], []]
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await database.close()
  })

  const KEYS = { BEA_API_KEY: 'k-bea', CENSUS_API_KEY: 'k-census' }
  async function run(input: object, env: Record<string, string> = KEYS, where: string = base) {
    const lines: string[] = []
    const print = (text: string) => void lines.push(text)
    const io: Io = { out: print, err: print, isTerminal: false, cwd: folder }
    let clock = 0
    const sleep = async (ms: number) => {
      slept.push(ms)
      clock += ms
    }
    const [fetching] = fetchCommands({ outside: { fetch, sleep, now: () => clock }, env, base: where })
    const read = (fetching as Command<Shell>).input.safeParse({ year: String(YEAR), ...input })
    if (!read.success) return { code: 2, text: JSON.stringify(read.error.issues) }
    const code = await (fetching as Command<Shell>).run(read.data, io, async () => shell)
    return { code, text: lines.join('\n') }
  }
  const held = async () => {
    const { rows } = await sql<{ n: bigint }>`
      select (select count(*) from fiscal_series) + (select count(*) from fiscal_flow)
        + (select count(*) from fiscal_load) + (select count(*) from audit_event) as n`.execute(database.db)
    return rows[0]?.n
  }
  const unchanged = async (act: () => Promise<{ readonly code: number; readonly text: string }>) => {
    const before = await held()
    const done = await act()
    expect(await held()).toBe(before)
    return done
  }

  test.each(TABLES)(
    '$name: a series of its own, with source, vintage and basis, and one event',
    async ({ source, table }) => {
      const id = `${source.name}-${table.name}-${YEAR}-20320102`
      const shapes = shapesOf(source.name, table.name)
      script = shapes.map(reply)
      const dry = await unchanged(() => run({ source: source.name, table: table.name, dryRun: true }))
      expect(dry).toMatchObject({ code: 0, text: expect.stringContaining('Nothing was changed') })
      expect(dry.text).toContain(id)
      expect(asked.length).toBe(shapes.length)
      script = shapes.map(reply)
      const done = await run({ source: source.name, table: table.name })
      expect(done.code, done.text).toBe(0)
      const figures = await loadFigures(database.db)
      const series = figures.series.get(id)
      expect(series).toMatchObject({
        origin: 'fetched',
        basis: table.about.basis,
        source: id,
        year_kind: table.about.year_kind,
      })
      expect(series?.vintage).not.toBe('')
      expect(figures.sources.get(id)?.url).toMatch(/^https:/)
      expect(figures.all(id).length).toBeGreaterThan(0)
      expect(figures.all(id).every((figure) => figure.series === id && figure.year === YEAR)).toBe(true)
      const { rows } = await sql<{ actor: string }>`
      select actor from audit_event where kind = 'fiscal.import.loaded' and subject = ${`series ${id}`}`.execute(
        database.db,
      )
      expect(rows).toEqual([{ actor: `tenth fiscal fetch ${source.name}` }])
      script = shapes.map(reply)
      const again = await unchanged(() => run({ source: source.name, table: table.name }))
      expect(again).toMatchObject({ code: 1, text: expect.stringContaining('already here') })
    },
  )

  // Read by hand from the invented shapes.
  test.each([
    ['bea-sagdp2', CO, 'gdp_current', '200', 'usd_millions'],
    ['bea-sainc35', US, 'social_security', '9001', 'usd_thousands'],
    ['bea-sainc50', CO, 'fed_individual_income_tax_gross', '201', 'usd_thousands'],
    ['census-finance', CO, 'state_federal_intergovernmental_revenue', '2000', 'usd_thousands'],
    ['census-finance', US, 'sl_total_taxes', '3000', 'usd_thousands'],
    ['census-aspep', CO, 'local_gov_march_payroll', '1001', 'usd'],
    ['usaspending-performance', CO, 'usaspending_grants', '1000001.50', 'usd'],
    [
      'usaspending-recipient',
      'ocd-division/country:us/state:wy' as never,
      'usaspending_contracts',
      '-20.25',
      'usd',
    ],
    ['treasury-receipts', US, 'mts_receipts_total', '120000.25', 'usd'],
    ['treasury-outlays', US, 'mts_offsetting', '-330000.25', 'usd'],
    ['irs-data-book', CO, 'irs_excise', '210', 'usd_thousands'],
    ['irs-soi', CO, 'soi_total_tax_liability', '2000', 'usd_thousands'],
  ])('%s: %s %s is %s', async (series, place, category, value, unit) => {
    const figures = await loadFigures(database.db)
    expect(figures.figure(place, `${series}-${YEAR}-20320102`, category, YEAR)).toMatchObject({ value, unit })
  })

  test('what is kept back stays out: no figure is made of (NA), X or [d]', async () => {
    const figures = await loadFigures(database.db)
    const wy = 'ocd-division/country:us/state:wy' as never
    expect(
      figures.figure(wy, `bea-sainc50-${YEAR}-20320102`, 'fed_individual_income_tax_gross', YEAR),
    ).toBeUndefined()
    expect(figures.figure(wy, `census-finance-${YEAR}-20320102`, 'sl_total_taxes', YEAR)).toBeUndefined()
    expect(figures.figure(wy, `irs-data-book-${YEAR}-20320102`, 'irs_excise', YEAR)).toBeUndefined()
  })

  test('a fetched series is blended into no estimate, and survives the next load of the project', async () => {
    const figures = await loadFigures(database.db)
    expect(rivals(figures, CO, []).filter((one) => one.year === YEAR)).toEqual([])
    await sql`insert into fiscal_load (subject, sha256, row_count, loaded_at)
      values ('src/fiscal/data', ${'0'.repeat(64)}, 0, now())`.execute(database.db)
    at = '2032-01-03T00:00:00.000Z' as Instant
    script = [reply(shapesOf('irs', 'soi')[0])]
    expect((await run({ source: 'irs', table: 'soi' })).code).toBe(0)
    await sql`delete from fiscal_load where sha256 = ${'0'.repeat(64)}`.execute(database.db)
    const later = await loadFigures(database.db)
    expect(later.series.has(`bea-sainc35-${YEAR}-20320102`)).toBe(true)
    expect(later.series.has(`irs-soi-${YEAR}-20320103`)).toBe(true)
    const found: string[] = []
    for await (const { detail } of fiscalCheck.run(database.db)) found.push(detail)
    expect(found).toEqual([])
  })

  test('one state is asked for as each service wants it', async () => {
    script = shapesOf('usaspending', 'recipient').map(reply)
    await run({ source: 'usaspending', table: 'recipient', state: 'co', dryRun: true })
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      filters: {
        time_period: [{ start_date: '2030-10-01', end_date: '2031-09-30' }],
        award_type_codes: ['A', 'B', 'C', 'D'],
      },
      scope: 'recipient_location',
      geo_layer: 'state',
      geo_layer_filters: ['CO'],
    })
    script = [status(404)]
    await run({ source: 'bea', table: 'SAINC50', state: 'CO' })
    expect(asked.at(-1)?.url).toContain('GeoFips=08000')
    script = [status(404)]
    await run({ source: 'census', table: 'finance', state: 'CO' })
    expect(decodeURIComponent(asked.at(-1)?.url ?? '')).toContain('for=state:08')
  })

  test('a file is read in place of a fetch, asks nobody, and keeps to the state that is asked for', async () => {
    writeFileSync(join(folder, 'book.xlsx'), shapesOf('irs', 'data-book')[0] as Buffer)
    const done = await run({ source: 'irs', table: 'data-book', state: 'CO', file: 'book.xlsx' })
    expect(done.code, done.text).toBe(0)
    expect(asked).toEqual([])
    const figures = await loadFigures(database.db)
    expect(new Set(figures.all(`irs-data-book-${YEAR}-co-20320103`).map((f) => f.jurisdiction))).toEqual(
      new Set([CO]),
    )
    writeFileSync(join(folder, 'no.xlsx'), 'nothing')
    expect(await unchanged(() => run({ source: 'irs', table: 'data-book', file: 'no.xlsx' }))).toMatchObject({
      code: 1,
      text: expect.stringContaining('wanted an XLSX workbook'),
    })
  })

  test.each([
    ['bea', 'sainc50', 'BEA_API_KEY'],
    ['census', 'finance', 'CENSUS_API_KEY'],
  ])(
    '%s without its key: bad use that names the variable, and nobody is asked',
    async (source, table, variable) => {
      const done = await unchanged(() => run({ source, table }, {}))
      expect(done).toMatchObject({ code: 2, text: expect.stringContaining(variable) })
      expect(asked).toEqual([])
    },
  )

  test.each(TABLES)('$name without a network: exit 3, and nothing changed', async ({ source, table }) => {
    const done = await unchanged(() =>
      run({ source: source.name, table: table.name }, KEYS, 'http://127.0.0.1:1'),
    )
    expect(done).toMatchObject({ code: 3, text: expect.stringContaining('Nothing was changed.') })
    expect(done.text).not.toContain('k-bea')
  })

  test('a pause that is asked for is kept; 500, broken JSON and a cut connection are tried again', async () => {
    at = '2032-01-04T00:00:00.000Z' as Instant
    const [one, two] = shapesOf('treasury', 'receipts')
    script = [status(429, { 'Retry-After': '7' }), status(500), broken, cut, reply(one), reply(two)]
    const done = await run({ source: 'treasury', table: 'receipts' })
    expect(done.code, done.text).toBe(0)
    // 7 s as asked, then 2, 4 and 8 s; the next page waits out the 2 s between requests.
    expect(slept).toEqual([7000, 2000, 4000, 8000, 2000])
  })

  test('no content is an answer: it is not asked for again', async () => {
    script = [(response) => void response.writeHead(204).end()]
    const done = await unchanged(() => run({ source: 'census', table: 'finance' }))
    expect(done).toMatchObject({ code: 3, text: expect.stringContaining('nothing for this question') })
    expect(asked.length).toBe(1)
  })

  test('given up after five tries, nothing is in the database; --resume goes on and brings the whole', async () => {
    at = '2032-01-05T00:00:00.000Z' as Instant
    const [one, two] = shapesOf('bea', 'sainc50')
    script = [reply(one), ...Array.from({ length: 5 }, () => status(500))]
    const stopped = await unchanged(() => run({ source: 'bea', table: 'sainc50' }))
    expect(stopped).toMatchObject({ code: 3, text: expect.stringContaining('--resume') })
    expect(asked.length).toBe(6)
    script = [reply(two)]
    const resumed = await run({ source: 'bea', table: 'sainc50', resume: true })
    expect(resumed.code, resumed.text).toBe(0)
    expect(resumed.text).toContain('going on after part 1')
    expect(asked.at(-1)?.url).toContain('LineCode=81')
    const figures = await loadFigures(database.db)
    expect(figures.all(`bea-sainc50-${YEAR}-20320105`).length).toBe(5)
    expect(readdirSync(join(folder, 'fiscal-fetch'))).toEqual([])
  })

  type BeaShape = { BEAAPI: { Results: { Statistic: string; Data: Record<string, string>[] } } }
  const beaWith = (change: (results: BeaShape['BEAAPI']['Results']) => void) => {
    const shape = first<BeaShape>('bea', 'sainc50')
    change(shape.BEAAPI.Results)
    return shape
  }
  test.each([
    [
      beaWith((r) => Object.assign(r.Data[0] ?? {}, { CL_UNIT: 'Dollars' })),
      'CL_UNIT: found "Dollars"; wanted Thousands of dollars',
    ],
    [beaWith((r) => Object.assign(r.Data[0] ?? {}, { UNIT_MULT: '6' })), 'UNIT_MULT: found "6"; wanted 3'],
    [
      beaWith((r) => Object.assign(r.Data[1] ?? {}, { DataValue: '1.2.3' })),
      'DataValue: found "1.2.3"; wanted a number',
    ],
    [beaWith((r) => Object.assign(r, { Statistic: 'Another line' })), 'Statistic: found "Another line"'],
    [beaWith((r) => Object.assign(r, { Data: 7 })), 'Results.Data: found 7'],
    [
      {
        BEAAPI: {
          Results: { Error: { APIErrorCode: '1', APIErrorDescription: 'Invented refusal of k-bea' } },
        },
      },
      'Invented refusal of (key)',
    ],
  ])('an unexpected shape or unit is exit 1 with found and wanted: %#', async (body, words) => {
    script = [reply(body)]
    const done = await unchanged(() => run({ source: 'bea', table: 'sainc50' }))
    expect(done.code, done.text).toBe(1)
    expect(done.text).toContain(words)
    expect(done.text).toContain('Nothing was changed.')
  })

  test('another unit in the file of the IRS, and in the types of the Treasury', async () => {
    const rows = JSON.parse(readFileSync(new URL('./shapes/irs.json', import.meta.url), 'utf8')).tables[
      'data-book'
    ][0]
    rows[1] = ['[Money amounts are in millions of dollars]']
    script = [reply(writeXlsx(rows))]
    expect(await unchanged(() => run({ source: 'irs', table: 'data-book' }))).toMatchObject({
      code: 1,
      text: expect.stringContaining('wanted thousands of dollars'),
    })
    const page = first<{ meta: { dataTypes: Record<string, string> } }>('treasury', 'outlays')
    page.meta.dataTypes.current_fytd_rcpt_outly_amt = 'PERCENTAGE'
    script = [reply(page)]
    expect(await unchanged(() => run({ source: 'treasury', table: 'outlays' }))).toMatchObject({
      code: 1,
      text: expect.stringContaining('found "PERCENTAGE"; wanted CURRENCY'),
    })
  })

  test('an answer without figures, or with a figure twice, brings nothing in', async () => {
    script = [
      reply({
        ...first<object>('treasury', 'receipts'),
        data: [],
        meta: { 'total-pages': 1, dataTypes: { current_fytd_rcpt_outly_amt: 'CURRENCY' } },
      }),
    ]
    expect(await unchanged(() => run({ source: 'treasury', table: 'receipts' }))).toMatchObject({
      code: 1,
      text: expect.stringContaining('found "none"; wanted figures of 2031'),
    })
    script = [reply(Buffer.concat([shapesOf('irs', 'soi')[0] as Buffer, Buffer.from('CO,0,1,1,1,1,1\n')]))]
    expect(await unchanged(() => run({ source: 'irs', table: 'soi' }))).toMatchObject({
      code: 1,
      text: expect.stringContaining('two values'),
    })
  })

  test.each([
    [{ source: 'nasbo', table: 'x' }],
    [{ source: 'bea' }],
    [{ source: 'bea', table: 'sainc99' }],
    [{ source: 'bea', table: 'sainc50', year: '31' }],
    [{ source: 'bea', table: 'sainc50', state: 'ZZ' }],
    [{ source: 'bea', table: 'sainc50', file: 'x.csv' }],
    [{ source: 'treasury', table: 'receipts', state: 'CO' }],
    [{ source: 'irs', table: 'soi', file: 'not-there.csv' }],
  ])('%j is bad use', async (input) => {
    expect((await unchanged(() => run(input))).code).toBe(2)
    expect(asked).toEqual([])
  })
})
