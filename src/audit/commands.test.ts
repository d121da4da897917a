import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson, type Instant, type Json } from '../base/index.ts'
import { PACKAGE_ROOT, type Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { auditApi } from './api.ts'
import { auditCommands } from './commands.ts'
import { appendAll } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  const dataFolder = mkdtempSync(join(tmpdir(), 'tenth-audit-'))
  shell = { db: database.db, dataFolder, now: () => '2026-11-22T01:02:03.456Z' as Instant }
  await log(0, 11)
})
afterAll(async () => {
  await database.close()
  rmSync(shell.dataFolder, { recursive: true })
})

const log = (from: number, count: number) =>
  database.db.transaction().execute((tx) =>
    appendAll(
      tx,
      Array.from({ length: count }, (_, i) => ({
        at: '2026-11-22T00:00:00.000Z' as Instant,
        actor: 'operator',
        kind: 'registry.record.added' as const,
        subject: `measure-ñ-${from + i}`,
        payload: { record_kind: 'measure', version: 1, sha256: 'cd'.repeat(32) },
      })),
    ),
  )

async function run(name: string, input: Record<string, unknown> = {}) {
  const found = auditCommands(async () => []).find((c) => c.name === name)
  if (found === undefined) throw new Error(name)
  const [out, err]: [string[], string[]] = [[], []]
  const io = {
    out: (t: string) => out.push(t),
    err: (t: string) => err.push(t),
    isTerminal: false,
    cwd: shell.dataFolder,
  }
  const parsed = found.input.safeParse(input)
  if (!parsed.success) return { code: 2, out: '', err: parsed.error.message }
  const code = await found.run(parsed.data, io, async () => shell)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

/** Another program, in another style, that imports Node's crypto alone. */
const stranger = (file: string, what: string) =>
  execFileSync(
    process.execPath,
    [join(PACKAGE_ROOT, 'docs/audit-verifier.mjs'), what, join(shell.dataFolder, file)],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )

describe('a stranger’s program, which shares nothing with this one,', () => {
  const save = (file: string, text: string) => writeFileSync(join(shell.dataFolder, file), text)

  test('verifies each event’s proof and the signature of its checkpoint', async () => {
    for (let event = 0; event < 11; event++) {
      const { code, out } = await run('audit prove', { event: String(event), json: true })
      expect(code).toBe(0)
      save('proof.json', out)
      expect(stranger('proof.json', 'proof')).toMatch(
        new RegExp(`^event ${event} is in the log of 12 events`),
      )
    }
  })

  test.each([
    {
      why: 'another subject',
      change: (p: Proof) => ({ ...p, leaf: p.leaf.replace('measure-', 'lawsuit-') }),
    },
    {
      why: 'another payload',
      change: (p: Proof) => ({ ...p, event: { ...p.event, payload: { version: 2 } } }),
    },
    { why: 'another place', change: (p: Proof) => ({ ...p, index: p.index + 1 }) },
    { why: 'a path cut short', change: (p: Proof) => ({ ...p, audit_path: p.audit_path.slice(1) }) },
    {
      why: 'another head',
      change: (p: Proof) => ({ ...p, checkpoint: p.checkpoint.replace('\n12\n', '\n13\n') }),
    },
  ])('refuses $why', async ({ change }) => {
    const { out } = await run('audit prove', { event: '3', json: true })
    save('proof.json', JSON.stringify(change(JSON.parse(out))))
    expect(() => stranger('proof.json', 'proof')).toThrow()
  })

  test('recomputes the root of the whole export', async () => {
    const { out } = await run('audit export')
    const head = (await run('audit checkpoint')).out.split('\n')
    save('log.jsonl', `${out}\n`)
    expect(stranger('log.jsonl', 'log').trim()).toBe(`${head[1]} events, root ${head[2]}`)
  })

  test('verifies that a head it kept is the beginning of a later one', async () => {
    const kept = (await run('audit checkpoint')).out
    await log(11, 9)
    const { out } = await run('audit consistency', { from: kept.split('\n')[1], json: true })
    save('heads.json', out)
    expect(stranger('heads.json', 'heads')).toMatch(/^the first 12 of 21 events are unchanged/)
    save('heads.json', out.replace(/"from_root": "./, '"from_root": "x'))
    expect(() => stranger('heads.json', 'heads')).toThrow()
  })
})

interface Proof {
  readonly event: Record<string, unknown>
  readonly leaf: string
  readonly index: number
  readonly audit_path: readonly string[]
  readonly checkpoint: string
}

test('after the key was replaced, heads and proofs of both keys are verified', async () => {
  const kept = (await run('audit checkpoint')).out.split('\n')[1]
  expect((await run('audit rotate-key', { by: 'the operator' })).code).toBe(0)
  for (const size of [kept, undefined]) {
    writeFileSync(
      join(shell.dataFolder, 'proof.json'),
      (await run('audit prove', { event: '3', size, json: true })).out,
    )
    expect(stranger('proof.json', 'proof')).toContain('event 3 is in the log')
  }
  writeFileSync(
    join(shell.dataFolder, 'heads.json'),
    (await run('audit consistency', { from: kept, json: true })).out,
  )
  expect(stranger('heads.json', 'heads')).toContain(`the first ${kept} of`)
})

describe('the command line', () => {
  test('audit prove in words names the event, and as a tlog-proof is the format of C2SP', async () => {
    expect((await run('audit prove', { event: '0' })).out).toMatch(
      /^Event 0: The record measure-ñ-0 was added/,
    )
    const { out } = await run('audit prove', { event: '1', tlogProof: true })
    expect(out).toMatch(
      /^c2sp\.org\/tlog-proof@v1\nindex 1\n([A-Za-z0-9+/]{43}=\n)+\ntenth\.local\/.*\n\d+\n/,
    )
  })

  test('audit verify exits 0 on a clean log, with a head that was kept', async () => {
    writeFileSync(join(shell.dataFolder, 'kept.txt'), `${(await run('audit checkpoint')).out}\n`)
    const { code, out } = await run('audit verify', { kept: ['kept.txt'] })
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing is wrong.')])
    expect(JSON.parse((await run('audit verify', { json: true })).out)).toMatchObject({
      found: 0,
      findings: [],
    })
  })

  test('audit verify exits 2 on a file that is no checkpoint', async () => {
    writeFileSync(join(shell.dataFolder, 'kept.txt'), 'a shopping list\n')
    expect(await run('audit verify', { kept: ['kept.txt'] })).toMatchObject({
      code: 2,
      err: expect.stringContaining('kept.txt'),
    })
  })

  test.each([
    { name: 'audit prove', input: { event: '999' }, code: 1, err: 'There is no event 999' },
    {
      name: 'audit prove',
      input: { event: '2', json: true, size: '1' },
      code: 1,
      err: '"size_out_of_range"',
    },
    { name: 'audit prove', input: { event: '2', size: '7' }, code: 1, err: 'No checkpoint of 7 events' },
    { name: 'audit prove', input: { event: '-1' }, code: 2, err: 'wanted: the number of an event' },
    { name: 'audit prove', input: { event: 'last' }, code: 2, err: 'wanted: the number of an event' },
    { name: 'audit consistency', input: { from: '3000' }, code: 1, err: '3000 events' },
    { name: 'audit checkpoint', input: { size: '7' }, code: 1, err: 'No checkpoint of 7 events' },
    { name: 'audit log', input: { kind: 'registry.record.eaten' }, code: 2, err: 'wanted: a kind of event' },
    { name: 'audit rotate-key', input: { lost: 'two\nlines' }, code: 2, err: 'wanted: one line' },
  ])('$name $input is refused with $code', async ({ name, input, code, err }) => {
    const refused = await run(name, input)
    expect([refused.code, refused.out]).toEqual([code, ''])
    expect(refused.err).toContain(err)
  })

  test('audit log and audit export tell the same events', async () => {
    const listed = JSON.parse((await run('audit log', { limit: '1000', json: true })).out) as Json[]
    const exported = (await run('audit export')).out.split('\n')
    expect(exported).toEqual(listed.toReversed().map(canonicalJson))
    expect((await run('audit log', { subject: 'measure-ñ-4' })).out).toBe(
      '4  2026-11-22T00:00:00.000Z  operator  The record measure-ñ-4 was added to the registry.',
    )
  })
})

describe('the API', () => {
  const get = (path: string) => auditApi(shell).request(path)
  const body = async (path: string) => (await get(path)).json()

  test('gives the head, the key and a proof that the command line gives too', async () => {
    expect(`${(await run('audit checkpoint')).out}\n`).toBe(await (await get('/audit/checkpoint')).text())
    expect(`${(await run('audit key')).out}\n`).toBe(await (await get('/audit/key')).text())
    const { out } = await run('audit prove', { event: '5', json: true })
    expect(await body('/audit/events/5/proof')).toEqual(JSON.parse(out))
    expect(await body('/audit/events/5')).toEqual(JSON.parse(out).event)
  })

  test('pages through the events in both orders', async () => {
    for (const order of ['asc', 'desc']) {
      const seen: number[] = []
      for (let next: string | null = `/audit/events?limit=4&order=${order}`; next !== null; ) {
        const page = (await body(next)) as { events: { seq: number }[]; next: string | null }
        seen.push(...page.events.map((e) => e.seq))
        next = page.next
      }
      const all = Array.from({ length: 22 }, (_, i) => i)
      expect(seen).toEqual(order === 'asc' ? all : all.toReversed())
    }
  })

  test('streams the log as JSON Lines', async () => {
    const response = await get('/audit/events.jsonl?kind=audit.key.created')
    expect(response.headers.get('content-type')).toMatch('application/jsonl')
    const lines = (await response.text()).trimEnd().split('\n')
    expect(lines.map((l) => JSON.parse(l).kind)).toEqual(['audit.key.created'])
  })

  test.each([
    { path: '/audit/events/-1', status: 400, detail: 'seq: found "-1"; wanted: the number of an event' },
    { path: '/audit/events/1e3', status: 400, detail: 'seq: found "1e3"' },
    { path: '/audit/events/9999', status: 404, detail: 'There is no event 9999' },
    { path: '/audit/events/9999/proof', status: 404, detail: 'There is no event 9999' },
    { path: '/audit/events/3/proof?size=2', status: 404, detail: '2 events' },
    { path: '/audit/events/3/proof?size=9999', status: 404, detail: '9999 events' },
    { path: '/audit/events/3/proof?size=x', status: 400, detail: 'size: found "x"' },
    { path: '/audit/events?limit=0', status: 400, detail: 'limit: found "0"; wanted: 1 to 1000' },
    { path: '/audit/events?limit=1001', status: 400, detail: 'wanted: 1 to 1000' },
    { path: '/audit/events?kind=%27%3B%20drop%20table', status: 400, detail: 'wanted: a kind of event' },
    { path: '/audit/events?order=up', status: 400, detail: 'wanted: asc or desc' },
    { path: '/audit/consistency', status: 400, detail: 'from' },
    { path: '/audit/consistency?from=9&to=3', status: 404, detail: '9 events' },
    { path: '/audit/consistency?from=9&to=999999999999999', status: 404, detail: '999999999999999 events' },
  ])('$path is refused with $status', async ({ path, status, detail }) => {
    const response = await get(path)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status, detail: expect.stringContaining(detail) })
    expect(response.status).toBe(status)
  })

  test('an event that is cut after its head was signed stops the signing, with the reason', async () => {
    await run('audit checkpoint')
    await sql
      .raw('alter table audit_event disable trigger user; delete from audit_event where seq > 15')
      .execute(shell.db)
    const response = await get('/audit/checkpoint')
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ code: 'log_shorter' })
    const { code, out } = await run('audit verify')
    expect([code, out]).toEqual([1, expect.stringContaining('WRONG, first at event 16: cut off')])
  })
})
