import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { commandLineOf, isAlive } from '../db/alive.ts'
import { freePort, type Program, runCli, runServer, until, untilServing } from './process.testing.ts'

// A path with spaces, in a folder that only its owner may enter (mkdtemp makes it so).
const parent = mkdtempSync(join(tmpdir(), 'tenth serve '))
const folder = join(parent, 'the data')
const running: Program[] = []

function start(env: Record<string, string>): Program {
  const server = runServer({ TENTH_DATA: folder, ...env })
  running.push(server)
  return server
}

async function stop(server: Program): Promise<number | null> {
  server.child.kill('SIGTERM')
  return server.ended
}

const postmaster = (): number => {
  const file = join(folder, 'postgres/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
}
const databaseRuns = (): boolean =>
  isAlive(postmaster()) && commandLineOf(postmaster())?.includes(folder) === true

beforeAll(async () => {
  const { build } = (await import('../../scripts/build.mjs' as string)) as { build: () => Promise<void> }
  await build()
})
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.child.kill('SIGTERM')
    await server.ended
  }
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

describe('one server and its commands', () => {
  test('a second server is refused and names the first; commands work beside it; all leave nothing behind', async () => {
    const port = await freePort()
    const first = start({ PORT: String(port) })
    await untilServing(first, port)
    const second = start({ PORT: String(await freePort()) })
    expect(await second.ended).toBe(1)
    expect(second.text()).toContain(`process ${first.child.pid}`)
    expect(second.text()).toContain(`http://127.0.0.1:${port}`)

    const command = runCli(['registry', 'search', 'courthouse arrest', '--json'], { TENTH_DATA: folder })
    expect(await command.ended).toBe(0)
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).ok).toBe(true)

    expect(await stop(first)).toBe(0)
    expect(databaseRuns()).toBe(false)
    expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false)
  })

  test('a command alone starts the database and stops it', async () => {
    const command = runCli(['db', 'status', '--json'], { TENTH_DATA: folder })
    expect(await command.ended).toBe(0)
    expect(databaseRuns()).toBe(false)
  })

  test('the last to leave stops the database, whoever that is', async () => {
    const port = await freePort()
    const server = start({ PORT: String(port) })
    await untilServing(server, port)
    const commands = [1, 2, 3, 4].map(() => runCli(['db', 'status'], { TENTH_DATA: folder }))
    const stopped = stop(server)
    for (const command of commands) expect(await command.ended, command.text()).toBe(0)
    expect(await stopped).toBe(0)
    expect(databaseRuns()).toBe(false)
  })

  test('a killed server leaves a database that the next start adopts', async () => {
    const port = await freePort()
    const killed = start({ PORT: String(port) })
    await untilServing(killed, port)
    const before = postmaster()
    killed.child.kill('SIGKILL')
    await killed.ended
    expect(databaseRuns()).toBe(true)
    const next = start({ PORT: String(port) })
    await untilServing(next, port)
    expect(postmaster()).toBe(before)
    expect(await stop(next)).toBe(0)
    expect(databaseRuns()).toBe(false)
  })

  test('a killed database: 503 in words, then served again by the same process', async () => {
    const port = await freePort()
    const server = start({ PORT: String(port) })
    await untilServing(server, port)
    const before = postmaster()
    process.kill(before, 'SIGKILL')
    await until('the database is away', async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/records?page=2`)
      if (answer.status === 200) return postmaster() !== before
      expect(answer.status).toBe(503)
      expect(await answer.json()).toMatchObject({
        code: 'database_away',
        detail: expect.stringContaining('Nothing that was saved before is lost'),
      })
      return true
    })
    await untilServing(server, port)
    expect((await fetch(`http://127.0.0.1:${port}/api/v1/records`)).status).toBe(200)
    expect(postmaster()).not.toBe(before)
    expect(server.child.exitCode).toBeNull()
    expect(await stop(server)).toBe(0)
    expect(databaseRuns()).toBe(false)
  })

  test('the id of a dead database that belongs to another program now does not stop a start', async () => {
    const file = join(folder, 'postgres/postmaster.pid')
    writeFileSync(
      file,
      `${process.pid}\n${folder}/postgres\n1700000000\n5432\n\n127.0.0.1\n  1234567 0\nready   \n`,
    )
    const command = runCli(['db', 'status'], { TENTH_DATA: folder })
    expect(await command.ended, command.text()).toBe(0)
    expect(isAlive(process.pid)).toBe(true)
  })
})

describe('refusals at the door', () => {
  test('an occupied port is named, and the database is not left running', async () => {
    const other: Server = createServer()
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const { port } = other.address() as { port: number }
    const server = start({ PORT: String(port) })
    expect(await server.ended).toBe(1)
    expect(server.text()).toContain(`Port ${port}`)
    expect(server.text()).toContain('PORT=')
    expect(databaseRuns()).toBe(false)
    other.close()
  })

  test.each([
    { why: 'PORT', env: { PORT: 'eighty' }, code: 2, words: 'PORT is "eighty"' },
    { why: 'HOST', env: { HOST: '203.0.113.1', PORT: '0' }, code: 2, words: 'HOST is "203.0.113.1"' },
    { why: 'a folder that is a file', env: { TENTH_DATA: '/etc/hostname' }, code: 3, words: '/etc/hostname' },
    {
      why: 'DATABASE_URL',
      env: { DATABASE_URL: 'mysql://a:secret@b/c' },
      code: 2,
      words: 'DATABASE_URL cannot be read',
    },
    {
      why: 'no such server',
      env: { DATABASE_URL: 'postgres://a:secret@127.0.0.1:1/c' },
      code: 3,
      words: 'a@127.0.0.1:1/c',
    },
  ])('$why: exit $code and words, no password', async ({ env, code, words }) => {
    const server = start({ PORT: '0', ...(env as object) })
    expect(await server.ended).toBe(code)
    expect(server.text()).toContain(words)
    expect(server.text()).not.toContain('secret')
  })

  test('a wrong password is told without the password', async () => {
    const wrong = (process.env.TENTH_TEST_SERVER ?? '').replace(/:[^:@/]+@/, ':topsecret@')
    const server = start({ DATABASE_URL: `${wrong}/postgres`, PORT: '0' })
    expect(await server.ended).toBe(3)
    expect(server.text()).toContain('refused the connection')
    expect(server.text()).not.toContain('topsecret')
  })

  test('a data folder of another PostgreSQL is left as it is', async () => {
    const file = join(folder, 'postgres/PG_VERSION')
    const real = readFileSync(file, 'utf8')
    writeFileSync(file, '99\n')
    const server = start({ PORT: '0' })
    expect(await server.ended).toBe(1)
    expect(server.text()).toContain('made by PostgreSQL 99')
    writeFileSync(file, real)
  })
})

test('asked to stop during its start, it stops, and leaves nothing', async () => {
  const fresh = join(parent, 'fresh')
  for (const wait of [150, 400, 900]) {
    const server = start({ TENTH_DATA: fresh, PORT: '0' })
    await new Promise((done) => setTimeout(done, wait))
    server.child.kill('SIGINT')
    server.child.kill('SIGINT')
    await server.ended
    const file = join(fresh, 'postgres/postmaster.pid')
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
    expect(isAlive(pid) && commandLineOf(pid)?.includes(fresh)).toBeFalsy()
  }
})

test('a request that runs is answered before the server ends', async () => {
  const port = await freePort()
  const server = start({ PORT: String(port) })
  await untilServing(server, port)
  const answers = Array.from({ length: 20 }, (_, i) =>
    fetch(`http://127.0.0.1:${port}/api/v1/records?page=${i + 1}`),
  )
  await Promise.all(answers.slice(0, 1))
  server.child.kill('SIGTERM')
  for (const answer of await Promise.allSettled(answers))
    if (answer.status === 'fulfilled') expect(answer.value.status).toBe(200)
  expect(await server.ended).toBe(0)
})
