import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Instant, Io } from '../../base/index.ts'
import { PACKAGE_ROOT, type Shell } from '../../db/index.ts'
import { testDatabase } from '../../db/testing.ts'
import { sweepCommands } from './commands.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let folder: string
const children: ChildProcess[] = []
beforeAll(async () => {
  database = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'tenth-sweep-'))
})
beforeEach(async () => {
  await sql`delete from plan_sweep_run`.execute(database.db)
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.close()
})

const sweepOf = (lines: string) => `schema: 1\nid: trial\ntitle: A trial\n${lines}`
const SMALL = sweepOf(`plans: [colorado-payroll-trust, pennsylvania-reserve]
assumptions:
  - as-written
  - id: many-freezes
    assumptions: { freezeHazard: { distribution: { kind: lognormal, median: 0.05, sigma: 0.6 }, source: assumption } }
draws: 40
seeds: [1, 2]
`)

async function tenth(name: string, input: Readonly<Record<string, unknown>> = {}) {
  const command = sweepCommands.find((c) => c.name === name)
  const paper = { out: [] as string[], err: [] as string[] }
  const io: Io = {
    out: (text) => void paper.out.push(text),
    err: (text) => void paper.err.push(text),
    isTerminal: false,
    cwd: folder,
  }
  const shell: Shell = {
    db: database.db,
    now: () => '2026-11-22T10:00:00.000Z' as Instant,
    dataFolder: folder,
    url: () => database.url,
  }
  const code = await command?.run(command.input.parse(input) as never, io, () => Promise.resolve(shell))
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n') }
}

function sweep(text: string, more: Readonly<Record<string, unknown>> = {}) {
  writeFileSync(join(folder, 'trial.sweep.yaml'), text)
  return tenth('plan sweep', { spec: 'trial.sweep.yaml', ...more })
}

/** A process of ours on the same database. */
function startWorker(...words: readonly string[]): ChildProcess & { readonly text: () => string } {
  const child = spawn(
    process.execPath,
    [join(PACKAGE_ROOT, 'bin/tenth'), 'plan', 'sweep-worker', '--workers', '1', ...words],
    {
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DATABASE_URL: database.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  children.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  return Object.assign(child, { text: () => text })
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await holds()) return
    await sleep(50)
  }
  throw new Error(`in vain: ${what}`)
}

const count = async (query: ReturnType<typeof sql<{ n: number }>>): Promise<number> =>
  (await query.execute(database.db)).rows[0]?.n ?? 0
const alive = () =>
  count(sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
    where application_name = 'tenth sweep, alive' and datname = current_database() and query like '%advisory_lock%'`)
const taken = () =>
  count(sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs where locked_at is not null`)

function sha256Of(out: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(join(folder, out), { recursive: true, encoding: 'utf8' }).sort())
    if (/\.(json|csv)$/.test(name)) hash.update(`${name}\n`).update(readFileSync(join(folder, out, name)))
  return hash.digest('hex')
}

test('one, two and four threads and two processes write the same files', async () => {
  const hashes: string[] = []
  for (const workers of ['1', '2', '4']) {
    await sql`delete from plan_sweep_run`.execute(database.db)
    expect((await sweep(SMALL, { out: `out-${workers}`, workers })).code).toBe(0)
    hashes.push(sha256Of(`out-${workers}`))
  }
  await sql`delete from plan_sweep_run`.execute(database.db)
  const workers = [startWorker(), startWorker()]
  await until(`two workers: ${workers.map((one) => one.text())}`, async () => (await alive()) === 2)
  expect((await sweep(SMALL, { out: 'out-processes', work: false })).code).toBe(0)
  hashes.push(sha256Of('out-processes'))
  expect(new Set(hashes).size).toBe(1)
  await until(
    'eight runs',
    async () =>
      workers
        .map((one) => one.text())
        .join('')
        .split('done: ').length === 9,
  )
  const names = readdirSync(join(folder, 'out-1/jobs')).sort()
  expect(names).toHaveLength(8)
  expect(names[0]).toBe('colorado-payroll-trust.as-written.as-written.seed-1.json')
  const summary = readFileSync(join(folder, 'out-1/summary.csv'), 'utf8').trimEnd().split('\r\n')
  const dictionary = readFileSync(join(folder, 'out-1/summary-dictionary.csv'), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(summary).toHaveLength(9)
  expect(summary[0]?.split(',')).toEqual(dictionary.slice(1).map((line) => line.split(',')[0]))
  const result = JSON.parse(readFileSync(join(folder, 'out-1/jobs', names[0] as string), 'utf8'))
  const net = result.horizon.find(({ place }: { place: string }) => place === 'members').netFiscal.mean
  expect(summary[1]).toContain(String(net))
}, 120_000)

test('a worker that is killed loses no run: another does it', async () => {
  const long = sweepOf('plans: [seven-state-trust]\ndraws: 5000\n')
  const worker = startWorker()
  await until('a worker', async () => (await alive()) === 1)
  const waiting = sweep(long, { work: false })
  await until('a run that is taken', async () => (await taken()) === 1)
  const gone = new Promise((done) => worker.once('close', done))
  worker.kill('SIGKILL')
  await gone
  const other = startWorker('--until-idle')
  expect((await waiting).code).toBe(0)
  expect(other.text()).toContain('done: ')
}, 120_000)

test('a run that fails is named, the others are done, and the next time it is tried again', async () => {
  const spec = sweepOf('plans: [colorado-payroll-trust, pennsylvania-reserve]\ndraws: 20\n')
  const jobs = JSON.parse((await sweep(spec, { json: true })).out).rows as { job: string; key: string }[]
  const [first, second] = jobs
  await sql`update plan_sweep_run set result = null, scenario = '{}' where key = ${first?.key}`.execute(
    database.db,
  )
  const failed = await sweep(spec, { out: 'failed' })
  expect(failed.code).toBe(1)
  expect(failed.err).toBe(`${first?.job}: the model does not take its scenario`)
  expect(failed.out).toContain(`${first?.job}: failed`)
  expect(readdirSync(join(folder, 'failed/jobs'))).toEqual([`${second?.job}.json`])
  expect(readFileSync(join(folder, 'failed/summary.csv'), 'utf8')).toContain(
    ',failed,the model does not take',
  )
  await sql`delete from plan_sweep_run where key = ${first?.key}`.execute(database.db)
  expect((await sweep(spec, { out: 'failed' })).code).toBe(0)
  expect(readdirSync(join(folder, 'failed/jobs'))).toHaveLength(2)
})

test('each state of which all inputs are known, with the plan that names no member in its measures', async () => {
  const { code, out } = await sweep(
    sweepOf(
      'plans: [colorado-payroll-trust]\nmembers: [each-state, { id: two, members: [CO, WA] }]\ndraws: 2\n',
    ),
    { json: true },
  )
  const { rows, passed_over } = JSON.parse(out)
  expect(code).toBe(0)
  expect(passed_over).toContain('DC')
  expect(rows).toHaveLength(51 - passed_over.length + 1)
  expect(rows.at(-1)).toMatchObject({ member_set: 'two', members: 'CO WA' })
  expect(new Set(rows.map(({ key }: { key: string }) => key)).size).toBe(rows.length)
}, 60_000)

test.each([
  ['no plans', 'draws: 5\n', 'trial.sweep.yaml:1: plans: found nothing; wanted: a list of plans'],
  [
    'a plan that is not there',
    'plans: [nothing]\n',
    'nothing:1: (document): found no readable file (ENOENT)',
  ],
  [
    'a field that is not',
    'plans: [pennsylvania-reserve]\nworkers: 4\n',
    'trial.sweep.yaml:5: workers: found 4; wanted: no such field',
  ],
  [
    'a plan twice',
    'plans: [pennsylvania-reserve, pennsylvania-reserve]\n',
    ':4: plans[1]: found "pennsylvania-reserve"; wanted: pennsylvania-reserve once',
  ],
  [
    'too many draws',
    'plans: [pennsylvania-reserve]\ndraws: 1000000\n',
    ':5: draws: found 1000000; wanted: 1 to 100000',
  ],
  [
    'an assumption that is none',
    'plans: [pennsylvania-reserve]\nassumptions:\n  - id: odd\n    assumptions:\n      mood: { distribution: { kind: fixed, value: 1 }, source: assumption }\n',
    ':8: assumptions[0].assumptions.mood: found',
  ],
  [
    'an assumption out of its range',
    'plans: [pennsylvania-reserve]\nassumptions:\n  - id: odd\n    assumptions:\n      compliance: { distribution: { kind: fixed, value: 3 }, source: assumption }\n',
    ':6: assumptions[0]: found pennsylvania-reserve with members as-written: ',
  ],
  [
    'members without inputs',
    'plans: [colorado-payroll-trust]\nmembers: [{ id: capital, members: [DC] }]\n',
    ':5: members[0]: found colorado-payroll-trust with members capital: members[0]: DC, an input of which is missing',
  ],
  [
    'too many runs',
    `plans: [pennsylvania-reserve]\nseeds: [${Array.from({ length: 999 }, (_, i) => i)}]\nmembers: [each-state]\n`,
    'wanted: at most 10000 runs',
  ],
])('refuses %s and names the place', async (_why, lines, message) => {
  const { code, err } = await sweep(sweepOf(lines))
  expect(err).toContain(message)
  expect(code).toBe(1)
})

test('refuses to write into a folder that is not its own', async () => {
  writeFileSync(join(folder, 'mine.txt'), 'mine')
  const { code, err } = await sweep(SMALL, { out: '.' })
  expect(code).toBe(1)
  expect(err).toContain('holds something that is no sweep')
  expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('mine')
})

test('the schema is a JSON Schema of what a person writes', async () => {
  const schema = JSON.parse((await tenth('plan sweep-schema')).out)
  expect(schema.required).toEqual(['schema', 'id', 'title', 'plans'])
})
