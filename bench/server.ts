import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import autocannon from 'autocannon'
import { PACKAGE_ROOT } from '../src/db/index.ts'

interface Line {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly note?: string
}

const PAGES = ['/', '/states/co', '/es/states/co', '/api/v1/records']
const SECONDS = 10
const PER_SECOND = 100

/** A real server on an empty data folder: how long it takes to its first page, and how fast it is then. */
export async function bench(emit: (line: Line) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenth-bench-'))
  const port = await freePort()
  try {
    const first = await startServer(folder, port)
    emit({
      name: 'first start to first page',
      value: first.millis,
      unit: 'ms',
      note: 'empty data folder, all facts loaded',
    })
    await stopServer(first.server)
    const later = await startServer(folder, port)
    emit({ name: 'later start to first page', value: later.millis, unit: 'ms' })
    for (const path of PAGES) {
      const url = `http://127.0.0.1:${port}${path}`
      const status = (await fetch(url)).status
      if (status !== 200) {
        emit({ name: `${path} status`, value: status, unit: 'HTTP', note: 'not measured' })
        continue
      }
      await measure(url, path, emit)
    }
    emit({ name: 'memory of the server', value: await memoryOf(port), unit: 'MB' })
    await stopServer(later.server)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(url: string, path: string, emit: (line: Line) => void): Promise<void> {
  const millis: number[] = []
  const run = autocannon({
    url,
    connections: 10,
    duration: SECONDS,
    overallRate: PER_SECOND,
    headers: { 'accept-encoding': 'br' },
  }).on('response', (_client, _status, _bytes, responseMillis) => millis.push(responseMillis))
  const result = await run
  millis.sort((a, b) => a - b)
  const note = `${PER_SECOND} requests a second for ${SECONDS} s, ${millis.length} answered, ${result.non2xx + result.errors} failed`
  for (const part of [50, 95, 99]) {
    const value = millis[Math.ceil((millis.length * part) / 100) - 1] ?? Number.NaN
    emit({ name: `${path} p${part}`, value: Math.round(value * 100) / 100, unit: 'ms', note })
  }
  if (!path.startsWith('/api'))
    emit({
      name: `${path} first load`,
      value: await firstLoadBytes(url),
      unit: 'bytes',
      note: 'page, style, fonts and pictures, compressed',
    })
}

/** What a browser fetches for a first look: the page and everything its head and body name. */
async function firstLoadBytes(url: string): Promise<number> {
  const html = await (await fetch(url)).text()
  const named = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '')
  const addresses = [url, ...[...new Set(named)].map((path) => new URL(path, url).href)]
  let bytes = 0
  for (const address of addresses) {
    const answer = await fetch(address, { headers: { 'accept-encoding': 'br' } })
    bytes += Number(answer.headers.get('content-length') ?? (await answer.arrayBuffer()).byteLength)
  }
  return bytes
}

async function startServer(folder: string, port: number): Promise<{ server: ChildProcess; millis: number }> {
  const began = performance.now()
  const server = spawn(process.execPath, [join(PACKAGE_ROOT, 'scripts/run.mjs'), 'start'], {
    env: { ...process.env, TENTH_DATA: folder, PORT: String(port), DATABASE_URL: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (let tries = 0; tries < 3000; tries++) {
    const page = await fetch(`http://127.0.0.1:${port}/api`).catch(() => undefined)
    if (page?.ok) return { server, millis: Math.round(performance.now() - began) }
    if (server.exitCode !== null) break
    await sleep(20)
  }
  throw new Error('the server did not start')
}

async function stopServer(server: ChildProcess): Promise<void> {
  const ended = new Promise((done) => server.once('exit', done))
  server.kill('SIGTERM')
  await ended
}

async function memoryOf(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Math.round(Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1] ?? 0) / 1e6)
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
