import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command, Instant, Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { registryApi } from './api.ts'
import { searchCommands } from './search-commands.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  shell = { db: database.db, now: () => '2026-11-22T00:00:00.000Z' as Instant, dataFolder: '' }
})
afterAll(() => database.close())

async function run(name: string, input: object) {
  const out: string[] = []
  const errors: string[] = []
  const io: Io = { out: (t) => void out.push(t), err: (t) => void errors.push(t), isTerminal: false, cwd: '' }
  const found = searchCommands.find((c) => c.name === name) as Command<Shell>
  const read = found.input.safeParse(input)
  if (!read.success) return { code: 2, out: '', errors: read.error.issues.map((i) => i.message).join('\n') }
  const code = await found.run(read.data, io, async () => shell)
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}

test.each(['courthouse arrest', 'imigration', 'Sherril', 'zzzzqqq'])(
  'the command and the API rank the same records for %j',
  async (query) => {
    const { code, out } = await run('registry search', { text: query.split(' '), json: true })
    expect(code).toBe(0)
    const answer = await registryApi(shell).request(`/search?q=${encodeURIComponent(query)}`)
    const ids = (result: { results: { id: string }[] }) => result.results.map(({ id }) => id)
    expect(ids(JSON.parse(out))).toEqual(ids((await answer.json()) as never))
  },
)

test('for a person: a correction is said, each record has its link', async () => {
  const { out } = await run('registry search', { text: ['imigration'], limit: '3' })
  expect(out).toContain('No record holds "imigration"; searched for "immigration".')
  expect(out.match(/\/r\/[a-z]/g)?.length).toBe(3)
})

test.each([
  { kind: 'law' },
  { state: 'XX' },
  { page: '0' },
  { from: '2025-13' },
  { text: ['x'.repeat(201)] },
])('%j is bad use, and says what is wanted', async (input) => {
  const { code, errors } = await run('registry search', input)
  expect(code).toBe(2)
  expect(errors).toContain('wanted')
})

test('as of a day: what had begun by then, with the status of then', async () => {
  const words = ['affordable', 'care', 'act']
  const ids = async (asOf: string) => {
    const { out } = await run('registry search', { text: words, asOf, limit: '100', json: true })
    return (JSON.parse(out) as { results: { id: string }[] }).results.map(({ id }) => id)
  }
  expect(await ids('2010-02-28')).not.toContain('fed-aca-2010')
  expect(await ids('2010-04-01')).toContain('fed-aca-2010')
  const shown = await run('registry search', { text: words, asOf: '2010-03-10' })
  expect(shown.out).toMatch(/as of 2010-03-10.*in-effect \(\?\).*fed-aca-2010/s)
})

test('building the index anew changes no answer', async () => {
  const before = await run('registry search', { text: ['sanctuary'], json: true })
  expect((await run('registry reindex', {})).code).toBe(0)
  expect((await run('registry search', { text: ['sanctuary'], json: true })).out).toBe(before.out)
})
