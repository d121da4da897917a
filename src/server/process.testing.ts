import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PACKAGE_ROOT } from '../db/root.ts'

/** A real process of ours, with what it printed. */
export interface Program {
  readonly child: ChildProcess
  readonly text: () => string
  readonly ended: Promise<number | null>
}

export function run(args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, args, {
    cwd: '/',
    // A worker of the test runner has settings of its own that a program of ours must not see.
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  return { child, text: () => text, ended }
}

export const runServer = (env: Readonly<Record<string, string>>): Program =>
  run([join(PACKAGE_ROOT, 'scripts/run.mjs'), 'start'], env)

export const runCli = (words: readonly string[], env: Readonly<Record<string, string>>): Program =>
  run([join(PACKAGE_ROOT, 'bin/tenth'), ...words], env)

/** Waits until `holds`, for half a minute at most; the last try's failure is the message. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await holds()) return
    await sleep(50)
  }
  throw new Error(`in vain: ${what}`)
}

export async function untilServing(server: Program, port: number): Promise<void> {
  await until(`a server at ${port}: ${server.text()}`, async () => {
    if (server.child.exitCode !== null) throw new Error(`the server ended: ${server.text()}`)
    return (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok ?? false
  })
}

export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
