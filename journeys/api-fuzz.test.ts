import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publish } from '../src/audit/publish.ts'
import { systemClock } from '../src/db/index.ts'
import { testDatabase } from '../src/db/testing.ts'
import { createApp } from '../src/server/app.tsx'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly schema?: { readonly enum?: readonly string[]; readonly type?: string }
}
interface Operation {
  readonly path: string
  readonly parameters: readonly Parameter[]
}

let database: Awaited<ReturnType<typeof testDatabase>>
let app: ReturnType<typeof createApp>
let operations: readonly Operation[]

beforeAll(async () => {
  database = await testDatabase()
  const shell = { db: database.db, now: systemClock, dataFolder: mkdtempSync(join(tmpdir(), 'tenth-fuzz-')) }
  // Sign the head first: the first signature logs its key.
  await publish(shell)
  app = createApp(shell)
  const answer = await app.request('/api/openapi.json')
  const document = (await answer.json()) as {
    paths: Record<string, Record<string, { parameters?: Parameter[] }>>
  }
  operations = Object.entries(document.paths)
    .filter(([, verbs]) => verbs.get !== undefined)
    .map(([path, verbs]) => ({ path, parameters: verbs.get?.parameters ?? [] }))
})
afterAll(() => database.close())

const HOSTILE = [
  '',
  ' ',
  '0',
  '-1',
  '1e9',
  '99999999999999999999',
  'NaN',
  'null',
  '2025-02-30',
  '0000-00-00',
  'XX',
  'co',
  'CO',
  "'; drop table migration; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  '\u0000',
  '%ff%fe',
  '\ud800',
  'a'.repeat(5000),
  '🏛'.repeat(100),
  '{{7*7}}',
  '=cmd|x',
  'm-il-trust-act',
  'measure',
  'immigration',
  '2025-06-01',
]

/** A value that the document calls right, one known to be hard, or any text at all. */
const valueFor = (parameter: Parameter) =>
  fc.oneof(
    fc.constantFrom(...(parameter.schema?.enum ?? ['measure', '1', 'CO', '2025-06-01', 'm-il-trust-act'])),
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )

const encode = (text: string): string => {
  try {
    return encodeURIComponent(text)
  } catch {
    return '%ED%A0%80' // A lone surrogate has no UTF-8: send its bytes all the same.
  }
}

const request = fc.nat().chain((pick) => {
  const operation = operations[pick % operations.length] as Operation
  return fc
    .record(
      Object.fromEntries(
        operation.parameters.map((p) => [
          `${p.in} ${p.name}`,
          fc.option(valueFor(p), { freq: 3, nil: undefined }),
        ]),
      ),
    )
    .map((values) => {
      const path = operation.path.replace(/\{([^}]+)\}/g, (_, name) => encode(values[`path ${name}`] || 'x'))
      const query = operation.parameters
        .filter((p) => p.in === 'query' && values[`query ${p.name}`] !== undefined)
        .map((p) => `${encode(p.name)}=${encode(values[`query ${p.name}`] ?? '')}`)
      return query.length > 0 ? `${path}?${query.join('&')}` : path
    })
})

test('the document lists the API', () => {
  expect(operations.length).toBeGreaterThan(10)
})

test('law: whatever is asked, the answer is what was asked for or a problem that says what is wanted; nothing changes', async () => {
  const changes = async () =>
    (await sql<{ n: bigint }>`select count(*) as n from audit_event`.execute(database.db)).rows[0]?.n
  const before = await changes()
  await fc.assert(
    fc.asyncProperty(request, async (url) => {
      const answer = await app.request(new Request(`http://127.0.0.1${url}`))
      const text = await answer.text()
      expect(answer.status, `${url}: ${text.slice(0, 300)}`).toBeLessThan(500)
      if (answer.status < 400) return
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      const problem = JSON.parse(text)
      expect(problem.status).toBe(answer.status)
      expect(problem.code).toMatch(/^[a-z_]+$/)
      expect(problem.detail.length).toBeGreaterThan(10)
    }),
    { numRuns: 5000 },
  )
  expect(await changes()).toBe(before)
}, 120_000)
