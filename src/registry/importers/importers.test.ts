import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Command, Instant, Io } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { testDatabase } from '../../db/testing.ts'
import { retryAfter } from '../../net/index.ts'
import { registryCheck } from '../audit-store.ts'
import { checkRecord } from '../check.ts'
import { loadBook, loadHistory, loadJurisdictions, syncFiles } from '../store.ts'
import { importerCommands } from './commands.ts'
import { loadProposals } from './proposal-store.ts'
import type { Question } from './service.ts'
import { SERVICES } from './services.ts'

const pagesOf = (service: string): readonly unknown[] =>
  JSON.parse(readFileSync(new URL(`./shapes/${service}.json`, import.meta.url), 'utf8')).pages

const QUESTION: Question = { state: 'CO', since: '2025-01-01' as never, query: 'invented' }

/** What a person would add to each kind of draft. */
const GIVEN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  measure: { policy_area: 'other', stance: 'noncooperation', status: 'proposed' },
  lawsuit: { policy_area: 'other', jurisdictions: ['ocd-division/country:us/state:co'] },
  'federal-action': { policy_area: 'fiscal', action_type: 'other', targets: ['States'] },
}

test('the method tells of every service, its pace and its key', () => {
  const method = readFileSync(new URL('../../../docs/methods/importers.md', import.meta.url), 'utf8')
  for (const { name, perMinute, keyVariable } of SERVICES) {
    const row = method
      .split('\n')
      .find((line) => line.startsWith(`| \`${name}\` | `) && line.includes(' a minute |'))
    expect(row).toContain(` ${perMinute} a minute |`)
    expect(row).toContain(keyVariable === undefined ? '| none |' : `| \`${keyVariable}\` |`)
  }
})

describe.each(SERVICES)('$title: the mapper', (service) => {
  const pages = pagesOf(service.name)
  const read = () => {
    let cursor: string | null = null
    return pages.map((body) => {
      const page = service.read(body, QUESTION, cursor)
      if (!page.ok) throw new Error(JSON.stringify(page.error))
      cursor = page.value.next
      return page.value
    })
  }

  test('leads from page to page and ends', () => {
    const nexts = read().map(({ next }) => next)
    expect(nexts.slice(0, -1).every((next) => typeof next === 'string')).toBe(true)
    expect(nexts.at(-1)).toBeNull()
  })

  test('every draft, with what it needs given, is a record that the check accepts', () => {
    const drafts = read().flatMap((page) => page.drafts)
    expect(drafts.length).toBeGreaterThan(2 - 1)
    for (const draft of drafts) {
      const given = Object.fromEntries(draft.needs.map((field) => [field, GIVEN[draft.kind]?.[field]]))
      const { rec, complaints } = checkRecord(
        { id: draft.id, kind: draft.kind, ...draft.fields, ...given },
        { jurisdictions: loadJurisdictions() },
      )
      expect(complaints, draft.id).toEqual([])
      expect(rec?.id).toBe(draft.id)
      expect(draft.needs.some((field) => field in draft.fields)).toBe(false)
    }
  })

  test.each([null, [], 'text', {}, { results: [{}] }, { status: 'ERROR', alert: { message: 'x' } }])(
    'the answer %j is refused, or read as empty, and never thrown on',
    (body) => {
      const page = service.read(body, QUESTION, null)
      if (page.ok) expect(page.value.drafts).toEqual([])
      else expect(page.error.wanted).not.toBe('')
    },
  )
})

// Decided by hand from the invented answers and the rules that the mappers state.
test.each([
  [
    'open-states',
    'm-co-2031a-hb-31-9001',
    { status: 'enacted', dates: { proposed: '2026-01-14', enacted: '2026-03-02' } },
  ],
  ['open-states', 'm-co-2031a-hb-31-9002', { status: 'vetoed' }],
  ['open-states', 'm-co-2031a-hb-31-9003', { status: 'passed-legislature', instrument: 'resolution' }],
  [
    'courtlistener',
    'suit-courtlistener-99900001',
    { status: 'pending', plaintiffs: ['ocd-division/country:us/state:co'] },
  ],
  [
    'courtlistener',
    'suit-courtlistener-99900002',
    { status: 'settled-or-closed', defendants: ['ocd-division/country:us/state:or'] },
  ],
  ['courtlistener', 'suit-courtlistener-99900003', { plaintiffs: [] }],
  [
    'federal-register',
    'fed-fr-2031-00002',
    { status: 'in-effect', agency: 'Executive Office of the President' },
  ],
  ['usaspending', 'fed-usaspending-99invented001-p00001', { amount_usd: 25_000_000 }],
  ['usaspending', 'fed-usaspending-99invented002-p00002', { amount_usd: 4_000_000 }],
])('%s: %s', (name, id, fields) => {
  const service = SERVICES.find((known) => known.name === name)
  const drafts = pagesOf(name).flatMap((body) => {
    const page = service?.read(body, QUESTION, null)
    return page?.ok ? page.value.drafts : []
  })
  expect(drafts.find((draft) => draft.id === id)?.fields).toMatchObject(fields)
})

test.each([
  ['120', null, 120],
  ['Sun, 22 Nov 2026 00:01:00 GMT', 'Sun, 22 Nov 2026 00:00:00 GMT', 60],
  ['soon', null, 0],
  [null, null, 0],
])('Retry-After %s is %i seconds', (value, date, seconds) => expect(retryAfter(value, date)).toBe(seconds))

type Reply = (response: ServerResponse) => void
const reply =
  (body: unknown): Reply =>
  (response) =>
    void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
const status =
  (code: number, headers: Record<string, string> = {}): Reply =>
  (response) =>
    void response.writeHead(code, headers).end('{"detail":"invented refusal"}')
const cut: Reply = (response) =>
  void response.writeHead(200, { 'Content-Length': '500' }).write('{"results":', () => response.destroy())
const broken: Reply = (response) => void response.writeHead(200).end('<html>not JSON')

describe('the commands, against a server of our own', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  let shell: Shell
  let server: Server
  let base: string
  let script: Reply[]
  let asked: { readonly url: string; readonly headers: NodeJS.Dict<string | string[]> }[]
  let slept: number[]
  let folder: string
  const AT = '2026-11-22T00:00:00.000Z' as Instant

  beforeAll(async () => {
    database = await testDatabase({ empty: true })
    const synced = await syncFiles(database.db, { at: AT })
    if (!synced.ok) throw new Error(JSON.stringify(synced.error))
    server = createServer((request, response) => {
      asked.push({ url: request.url ?? '', headers: request.headers })
      const next = script.shift() ?? status(500)
      next(response)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenth-fetch-'))
    shell = { db: database.db, dataFolder: folder, now: () => AT }
    ;[script, asked, slept] = [[], [], []]
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await database.close()
  })

  async function run(name: string, input: object, env: Record<string, string> = KEYS, at: string = base) {
    const lines: string[] = []
    const io: Io = {
      out: (t) => void lines.push(t),
      err: (t) => void lines.push(t),
      isTerminal: false,
      cwd: folder,
    }
    let clock = 0
    const sleep = async (ms: number) => {
      slept.push(ms)
      clock += ms
    }
    const commands = importerCommands({ outside: { fetch, sleep, now: () => clock }, env, base: at })
    const found = commands.find((c) => c.name === name) as Command<Shell>
    const read = found.input.safeParse(input)
    const code = read.success ? await found.run(read.data, io, async () => shell) : 2
    return { code, text: lines.join('\n') }
  }
  const KEYS = {
    OPENSTATES_API_KEY: 'k-open',
    LEGISCAN_API_KEY: 'k-legi',
    COURTLISTENER_API_TOKEN: 'k-court',
  }
  const count = async () => (await loadProposals(database.db)).length
  const events = async (kind: string) =>
    (
      await sql<{ n: bigint }>`select count(*) as n from audit_event where kind = ${kind}`.execute(
        database.db,
      )
    ).rows[0]?.n

  test.each(SERVICES.map(({ name }) => name))('%s: all pages become proposals, once', async (service) => {
    const before = await count()
    script = pagesOf(service).map(reply)
    const first = await run('registry fetch', { service, ...QUESTION })
    expect(first.code, first.text).toBe(0)
    const added = (await count()) - before
    expect(added).toBeGreaterThan(0)
    expect(asked.length).toBe(pagesOf(service).length)
    script = pagesOf(service).map(reply)
    expect((await run('registry fetch', { service, ...QUESTION })).code).toBe(0)
    expect((await count()) - before).toBe(added)
  })

  test('keys go where each service wants them, and are never printed', async () => {
    script = pagesOf('open-states').map(reply)
    await run('registry fetch', { service: 'open-states', ...QUESTION })
    expect(asked[0]?.headers['x-api-key']).toBe('k-open')
    script = [status(401)]
    const refused = await run('registry fetch', { service: 'legiscan', ...QUESTION })
    expect(refused.code).toBe(3)
    expect(refused.text).not.toContain('k-legi')
    script = [status(403)]
    await run('registry fetch', { service: 'courtlistener', ...QUESTION })
    expect(asked.at(-1)?.headers.authorization).toBe('Token k-court')
  })

  test('without a key: bad use that names the variable, and nobody is asked', async () => {
    const { code, text } = await run('registry fetch', { service: 'open-states', ...QUESTION }, {})
    expect(code).toBe(2)
    expect(text).toContain('OPENSTATES_API_KEY')
    expect(asked).toEqual([])
  })

  test('without a network: failure of the system, and nothing changed', async () => {
    const before = await count()
    const { code, text } = await run(
      'registry fetch',
      { service: 'federal-register', ...QUESTION },
      {},
      'http://127.0.0.1:1',
    )
    expect(code).toBe(3)
    expect(text).toContain('Nothing was changed')
    expect(await count()).toBe(before)
  })

  test('a pause that is asked for is kept; failures are tried again; the pace is held', async () => {
    const [one, two] = pagesOf('federal-register')
    script = [status(429, { 'Retry-After': '7' }), status(500), broken, cut, reply(one), reply(two)]
    const { code, text } = await run('registry fetch', {
      service: 'federal-register',
      ...QUESTION,
      query: 'pace',
    })
    expect(code, text).toBe(0)
    expect(asked.length).toBe(6)
    // 7 s as asked, then 2, 4 and 8 s; the next page waits out the 2 s between requests.
    expect(slept).toEqual([7000, 2000, 4000, 8000, 2000])
  })

  test('a service that stays broken is given up after five tries; what came is kept; --resume goes on', async () => {
    const [one, two] = pagesOf('federal-register')
    const question = { service: 'federal-register', ...QUESTION, query: 'resume' }
    script = [reply(one), ...Array.from({ length: 5 }, () => status(500))]
    const stopped = await run('registry fetch', question)
    expect(stopped.code).toBe(3)
    expect(stopped.text).toContain('--resume')
    expect(asked.length).toBe(6)
    script = [reply(two)]
    const resumed = await run('registry fetch', { ...question, resume: true })
    expect(resumed.code, resumed.text).toBe(0)
    expect(resumed.text).toContain('going on after page 1')
    expect(asked.at(-1)?.url).toContain('page=2')
    expect(asked.length).toBe(7)
  })

  test('an answer of another shape stops with the place named', async () => {
    script = [reply({ results: [{ document_number: 7 }], count: 1 })]
    const { code, text } = await run('registry fetch', {
      service: 'federal-register',
      ...QUESTION,
      query: 'shape',
    })
    expect(code).toBe(3)
    expect(text).toContain('results.0.document_number')
  })

  test.each([
    [{ service: 'congress' }],
    [{ service: 'legiscan', state: 'CO' }],
    [{ service: 'usaspending' }],
    [{ service: 'open-states', state: 'XX' }],
    [{ service: 'usaspending', since: '2026-02-30' }],
  ])('%j is bad use', async (input) => expect((await run('registry fetch', input)).code).toBe(2))

  describe('a person decides', () => {
    const numberOf = async (id: string) => {
      const found = (await loadProposals(database.db)).find((proposal) => proposal.record_id === id)
      if (found === undefined) throw new Error(`no proposal of ${id}`)
      return found.n
    }

    test('a proposal lacks what the service cannot know, and is refused until it is given', async () => {
      const n = await numberOf('fed-fr-2031-00001')
      const refused = await run('registry accept', { n })
      expect(refused.code).toBe(1)
      expect(refused.text).toContain('policy_area, action_type, targets')
      expect((await loadBook(database.db)).records.has('fed-fr-2031-00001')).toBe(false)
    })

    test('a value that no record may have is refused, and nothing is written', async () => {
      const n = await numberOf('fed-fr-2031-00001')
      const set = ['policy_area=sports', 'action_type=other', 'targets=States']
      const refused = await run('registry accept', { n, set })
      expect(refused.code).toBe(1)
      expect(refused.text).toContain('policy_area')
      expect(await numberOf('fed-fr-2031-00001')).toBe(n)
    })

    test('accepted, it is a record with its events; a later change of the service is proposed on top', async () => {
      const n = await numberOf('fed-fr-2031-00001')
      const before = await events('registry.version.accepted')
      const set = ['policy_area=fiscal', 'action_type=other', 'targets=States|Territories']
      const accepted = await run('registry accept', { n, set, reason: 'invented test' })
      expect(accepted.code, accepted.text).toBe(0)
      const record = (await loadBook(database.db)).records.get('fed-fr-2031-00001')
      expect(record).toMatchObject({ policy_area: 'fiscal', targets: ['States', 'Territories'] })
      expect(await events('registry.version.accepted')).toBe((before ?? 0n) + 1n)
      expect((await run('registry accept', { n, set })).code).toBe(1)

      const [page] = pagesOf('federal-register') as [{ results: { publication_date: string }[] }]
      const [changed] = page.results
      script = [
        reply({ count: 1, total_pages: 1, results: [{ ...changed, publication_date: '2026-02-02' }] }),
      ]
      await run('registry fetch', { service: 'federal-register', ...QUESTION, query: 'later' })
      const later = await numberOf('fed-fr-2031-00001')
      expect((await run('registry accept', { n: later })).code).toBe(0)
      const history = await loadHistory(database.db, 'fed-fr-2031-00001')
      expect(history.map(({ version }) => version)).toEqual([1, 2])
      expect(history[1]?.rec).toMatchObject({ policy_area: 'fiscal', dates: { announced: '2026-02-02' } })
    })

    test('declined, it is not proposed again', async () => {
      const n = await numberOf('fed-fr-2031-00003')
      expect((await run('registry decline', { n })).code).toBe(2)
      expect((await run('registry decline', { n, reason: 'invented: not about states' })).code).toBe(0)
      expect(await events('registry.version.declined')).toBe(1n)
      script = pagesOf('federal-register').map(reply)
      await run('registry fetch', { service: 'federal-register', ...QUESTION })
      await expect(numberOf('fed-fr-2031-00003')).rejects.toThrow()
    })

    test('accepted as another record, it adds to that one; what the service says later is proposed of it', async () => {
      const [page] = pagesOf('federal-register') as [{ results: { document_number: string }[] }]
      const [given] = page.results
      const asked = async (document: object) => {
        script = [reply({ count: 1, total_pages: 1, results: [{ ...given, ...document }] })]
        await run('registry fetch', { service: 'federal-register', ...QUESTION, query: 'twin' })
      }
      await asked({ document_number: '2031-77777', html_url: 'https://example.org/twin' })
      const n = await numberOf('fed-fr-2031-77777')
      for (const as of ['fed-nothing', 'm-il-trust-act'])
        expect((await run('registry accept', { n, as })).text).toContain('--as: found')
      const before = (await loadBook(database.db)).records.get('fed-fr-2031-00001')
      expect((await run('registry accept', { n, as: 'fed-fr-2031-00001' })).code).toBe(0)
      const { records } = await loadBook(database.db)
      expect(records.has('fed-fr-2031-77777')).toBe(false)
      const after = records.get('fed-fr-2031-00001')
      expect(after?.title).toBe(before?.title)
      expect(after?.sources.length).toBe((before?.sources.length ?? 0) + 1)
      await asked({
        document_number: '2031-77777',
        html_url: 'https://example.org/twin',
        publication_date: '2026-03-03',
      })
      await numberOf('fed-fr-2031-00001')
    })

    const findings = async () => {
      const found: string[] = []
      for await (const { detail } of registryCheck.run(database.db)) found.push(detail)
      return found
    }

    test('the log and the proposals agree, and what is altered behind the log is found', async () => {
      expect(await findings()).toEqual([])
      const altered = async (change: string, restore: string) => {
        await sql.raw(change).execute(database.db)
        const found = await findings()
        await sql.raw(restore).execute(database.db)
        return found
      }
      const declined = `where record_id = 'fed-fr-2031-00003'`
      expect(
        await altered(
          `update registry_proposal set reason = 'another' ${declined}`,
          `update registry_proposal set reason = 'invented: not about states' ${declined}`,
        ),
      ).toEqual([
        expect.stringMatching(/^proposal \d+ of fed-fr-2031-00003, declined, is logged with another reason$/),
      ])
      expect(
        await altered(
          `update registry_proposal set state = 'proposed', decided_at = null ${declined}`,
          `update registry_proposal p set state = 'declined', decided_at = e.at from audit_event e
             where p.record_id = e.subject and e.kind = 'registry.version.declined'`,
        ),
      ).toEqual(['the proposal of fed-fr-2031-00003, declined, is in the log and not among the proposals'])
      expect(
        await altered(
          `update registry_proposal set proposed_at = proposed_at + interval '1 second' ${declined}`,
          `update registry_proposal set proposed_at = proposed_at - interval '1 second' ${declined}`,
        ),
      ).toHaveLength(2)
      expect(await findings()).toEqual([])
    })

    test('a number that is none is refused', async () => {
      expect((await run('registry accept', { n: 99_999 })).code).toBe(1)
      expect((await run('registry decline', { n: 99_999, reason: 'x' })).code).toBe(1)
      expect((await run('registry accept', { n: 1, set: ['nonsense'] })).code).toBe(2)
      expect((await run('registry proposals', { n: 99_999 })).code).toBe(1)
    })

    test('the list names what is needed', async () => {
      const { code, text } = await run('registry proposals', {})
      expect(code).toBe(0)
      expect(text).toContain('needs policy_area, stance')
    })
  })
})
