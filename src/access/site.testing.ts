import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { BlockList } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { sql } from 'kysely'
import type { Grant } from '../base/index.ts'
import { type Shell, systemClock } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { createApp } from '../server/app.tsx'
import type { ServerEnv } from '../server/env.ts'
import type { Limits } from '../server/settings.ts'
import { Access } from './access-store.ts'
import { openKey } from './keys.ts'
import type { AccessSettings, Method } from './schema.ts'
import { acceptInvite, invite } from './store.ts'

const AT_MACHINE = { actor: 'operator at the machine' }

export interface TestSite {
  readonly origin: string
  readonly shell: Shell
  readonly access: Access
  readonly app: Hono<ServerEnv>
  readonly close: () => Promise<void>
}

/** The whole workbench behind a real port, on a database and a data folder of its own. */
export async function openTestSite(
  options: {
    readonly settings?: AccessSettings
    readonly limits?: Partial<Limits>
    /** Believes X-Forwarded-For of this machine, so that a test can ask from many addresses. */
    readonly isBehindProxy?: boolean
    /** Adds routes of the test's own behind the server's middleware. */
    readonly probe?: (app: Hono<ServerEnv>) => void
  } = {},
): Promise<TestSite> {
  const database = await testDatabase()
  const dataFolder = mkdtempSync(join(tmpdir(), 'tenth-access-'))
  const shell: Shell = { db: database.db, now: systemClock, dataFolder }
  let app: Hono<ServerEnv> | undefined
  const server = createServer(
    getRequestListener((request, env) => (app as Hono<ServerEnv>).fetch(request, env)),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  const origin = `http://localhost:${port}`
  const access = new Access(shell, { listensAt: origin, ...options.settings })
  const trustedProxies = new BlockList()
  if (options.isBehindProxy) trustedProxies.addAddress('127.0.0.1')
  app = createApp(shell, { access, trustedProxies, limits: { writesPerMinute: 100_000, ...options.limits } })
  options.probe?.(app)
  return {
    origin,
    shell,
    access,
    app,
    close: async () => {
      await access.close()
      await new Promise((done) => {
        server.close(done)
        server.closeAllConnections()
      })
      await database.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

export interface Got {
  readonly status: number
  readonly location: string | null
  readonly text: string
  readonly headers: Headers
}

/** A browser without script: it keeps cookies, says where its forms come from and follows nothing by itself. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly #origin: string

  constructor(origin: string) {
    this.#origin = origin
  }

  get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Got> =>
    this.#ask(path, { method: 'GET', headers: { ...headers } })

  post = (
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Got> =>
    this.#ask(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: this.#origin, 'sec-fetch-site': 'same-origin', ...headers },
    })

  /** A document for the API, from a page of this origin. */
  put = (path: string, body: string, origin = this.#origin, method: 'PUT' | 'POST' = 'PUT'): Promise<Got> =>
    this.#ask(path, {
      method,
      body,
      headers: {
        origin,
        'content-type': method === 'PUT' ? 'application/yaml' : 'application/json',
        'if-none-match': '*',
      },
    })

  async #ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Got> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(new URL(path, this.#origin), {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie !== '' && { cookie }), ...init.headers },
    })
    for (const line of answer.headers.getSetCookie()) this.#keep(line)
    const text = (await answer.text())
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
    return { status: answer.status, location: answer.headers.get('location'), text, headers: answer.headers }
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';')
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    if (attributes.some((one) => /^\s*max-age=0$/i.test(one)) || value === '') this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

export interface Someone {
  readonly id: string
  readonly email: string
  readonly visitor: Visitor
}

let made = 0

/** A person with these duties, in a session as the method gives it. */
export async function someone(
  site: TestSite,
  grants: readonly Grant[] = [],
  method: Method = 'passkey',
): Promise<Someone> {
  const email = `person-${++made}@agency.example`
  const asked = await invite(site.shell, { name: `Person ${made}`, email, grants }, AT_MACHINE)
  if (!asked.ok) throw new Error(asked.error.code)
  await acceptInvite(site.shell, asked.value.token)
  const visitor = new Visitor(site.origin)
  visitor.cookies.set('tenth.session_token', await newSession(site, asked.value.id, method))
  return { id: asked.value.id, email, visitor }
}

/** A session as better-auth makes one: a token in the table, signed in the cookie. */
export async function newSession({ shell }: TestSite, person: string, method: Method): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const expires_at = new Date(Date.parse(shell.now()) + 3_600_000).toISOString()
  await sql`insert into access_session (id, token, user_id, method, expires_at)
    values (${randomBytes(12).toString('hex')}, ${token}, ${person}, ${method}, ${expires_at})`.execute(
    shell.db,
  )
  const secret = openKey(join(shell.dataFolder, 'access.key'))
  return encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`)
}

/** RFC 6238 with the usual choices: SHA-1, six figures, thirty seconds. */
export function codeOf(base32: string, atMillis: number): string {
  const bits = [...base32.replaceAll('=', '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMillis / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The events of some kinds, oldest first, as their subject and payload. */
export async function eventsOf(
  site: TestSite,
  like: string,
): Promise<readonly { kind: string; subject: string; payload: string; actor: string }[]> {
  const { rows } = await sql<{ kind: string; subject: string; payload: string; actor: string }>`
    select kind, subject, payload, actor from audit_event where kind like ${like} order by seq`.execute(
    site.shell.db,
  )
  return rows
}
