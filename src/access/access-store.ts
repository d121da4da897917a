import { createHash, randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { appendAll } from '../audit/store.ts'
import { ANONYMOUS, actorOf, type Principal } from '../base/index.ts'
import { type Shell, systemClock } from '../db/index.ts'
import { AUTH_PATH, type Auth, makeAuth, originOf, PROVIDER_ID } from './auth-store.ts'
import { Guard } from './guard.ts'
import { isMark, keyFileOf, markOf, openKey } from './keys.ts'
import type { RefusedAct } from './leave.ts'
import type { AccessSettings, Method } from './schema.ts'
import { isTooOld } from './session-store.ts'
import { hasAccounts, loadGrants } from './store.ts'
import { Tally, type Told } from './tally.ts'

/** What is wrong so often is told in the log once in so long. */
const TELL_MILLIS = 600_000
const FRESH_MILLIS = 900_000
/** A provider that did not answer is asked again after so long. */
const RETRY_MILLIS = 30_000

export interface Session {
  readonly id: string
  readonly person: string
  readonly method: Method
  /** Began so lately that new ways to sign in may be added. */
  readonly isFresh: boolean
  /** Proves two factors; without it the person has no duties. */
  readonly isStrong: boolean
}

export interface Known {
  readonly principal: Principal
  readonly session?: Session
  readonly email?: string
  readonly cookies: readonly string[]
}

type FailedWay = 'password' | 'code' | 'passkey' | 'provider' | 'invitation' | 'too-many'
interface Refusal extends RefusedAct {
  readonly actor: string
}

/** The one who knows who asks: sessions, the limits on trying, and what is told of them. */
export class Access {
  readonly shell: Shell
  readonly settings: AccessSettings
  readonly guard = new Guard()
  readonly #failures = new Tally<FailedWay>({
    windowMillis: TELL_MILLIS,
    nameOf: (way) => way,
    rest: 'too-many',
  })
  readonly #refusals = new Tally<Refusal>({
    windowMillis: TELL_MILLIS,
    nameOf: (one) => [one.actor, one.action, one.jurisdiction, one.reason].join('\n'),
    rest: { actor: 'others', action: 'access.read', jurisdiction: 'all', reason: 'not-yours' },
  })
  readonly #timer: NodeJS.Timeout
  #auth: { readonly auth: Auth; readonly secret: string; readonly madeAt: number } | undefined
  #hasAccounts = false

  constructor(shell: Shell, settings: AccessSettings = {}, report: (error: unknown) => void = () => {}) {
    this.shell = shell
    this.settings = settings
    this.#timer = setInterval(() => void this.#tellEnded(Date.now()).catch(report), 60_000)
    this.#timer.unref()
  }

  /** Tells what is still counted. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#tellEnded(Number.POSITIVE_INFINITY)
  }

  get origin(): string {
    return originOf(this.settings)
  }

  /** Whether the operator says that the provider asks for a second factor. */
  get providerIsStrong(): boolean {
    return this.settings.provider?.hasSecondFactor ?? false
  }

  #opened(): { readonly auth: Auth; readonly secret: string } {
    if (this.#auth) return this.#auth
    const secret = openKey(keyFileOf(this.shell.dataFolder, this.settings.keyFile))
    this.#auth = { auth: makeAuth(this.shell, this.settings, secret), secret, madeAt: performance.now() }
    return this.#auth
  }

  /** Nothing is read for a stranger without a cookie, but whether anybody has an account, and that once it is so no more. */
  async recognise(headers: Headers, isAtMachine: boolean): Promise<Known> {
    if (!hasSessionCookie(headers)) {
      const principal: Principal =
        isAtMachine && !(await this.#accountsExist()) ? { kind: 'local' } : ANONYMOUS
      return { principal, cookies: [] }
    }
    const { auth } = this.#opened()
    const found = await auth.api.getSession({ headers, returnHeaders: true })
    const cookies = found.headers?.getSetCookie() ?? []
    const stranger = { principal: ANONYMOUS, cookies }
    if (!found.response) return stranger
    const { session, user } = found.response
    if (isTooOld(session.createdAt, this.shell.now())) return stranger
    const method = session.method as Method
    const isStrong = this.#isStrong(method)
    const isFresh = Date.parse(this.shell.now()) - session.createdAt.getTime() < FRESH_MILLIS
    const grants = isStrong ? await loadGrants(this.shell.db, user.id) : []
    return {
      principal: { kind: 'user', id: user.id, name: user.name, grants },
      session: { id: session.id, person: user.id, method, isFresh, isStrong },
      email: user.email,
      cookies,
    }
  }

  async #accountsExist(): Promise<boolean> {
    this.#hasAccounts ||= await hasAccounts(this.shell.db)
    return this.#hasAccounts
  }

  /** A passkey is held and unlocked; a password needs its code; a provider is what the operator says it is. */
  #isStrong(method: Method): boolean {
    switch (method) {
      case 'passkey':
      case 'password+code':
      case 'password+backup-code':
        return true
      case 'provider':
        return this.providerIsStrong
      case 'password':
      case 'invite':
        return false
    }
  }

  /** Hands a request of ours to better-auth, with what the browser said about itself. */
  async ask(headers: Headers, path: string, body?: unknown): Promise<Response> {
    const { auth } = this.#opened()
    const passed = new Headers()
    for (const name of PASSED_ON) {
      const value = headers.get(name)
      if (value !== null) passed.set(name, value)
    }
    if (body !== undefined) passed.set('content-type', 'application/json')
    return auth.handler(
      new Request(`${this.origin}${AUTH_PATH}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: passed,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
  }

  /** Gives a first password to a person who is signed in; better-auth has no address for it. */
  async setPassword(headers: Headers, newPassword: string): Promise<void> {
    await this.#opened().auth.api.setPassword({ headers, body: { newPassword } })
  }

  /** Whether the operator's provider can be asked; one that did not answer at first is tried again. */
  async hasProvider(): Promise<boolean> {
    if (!this.settings.provider) return false
    const isThere = async () => {
      const { socialProviders } = await this.#opened().auth.$context
      return socialProviders.some((one) => one.id === PROVIDER_ID)
    }
    if (await isThere()) return true
    if (performance.now() - (this.#auth?.madeAt ?? 0) < RETRY_MILLIS) return false
    this.#auth = undefined
    return isThere()
  }

  /** The browser's mark for this account, if it is a true one. */
  knownDevice(cookie: string | undefined, email: string): string | undefined {
    const [nonce = '', mark = ''] = (cookie ?? '').split('.')
    return nonce !== '' && isMark(this.#opened().secret, `${nonce} ${accountOf(email)}`, mark)
      ? nonce
      : undefined
  }

  /** A cookie by which this browser is known for this account, at both addresses of the page that signs in. */
  deviceCookies(email: string): readonly string[] {
    const nonce = randomBytes(12).toString('base64url')
    const mark = markOf(this.#opened().secret, `${nonce} ${accountOf(email)}`)
    const secure = this.origin.startsWith('https:') ? '; Secure' : ''
    return [AUTH_PATH, `/es${AUTH_PATH}`].map(
      (path) =>
        `${DEVICE_COOKIE}=${nonce}.${mark}; Path=${path}; Max-Age=15552000; HttpOnly; SameSite=Lax${secure}`,
    )
  }

  async noteFailure(way: FailedWay): Promise<void> {
    await this.#tell(this.#failures.note(way, Date.now()), [])
  }

  async noteRefusal(principal: Principal, act: RefusedAct): Promise<void> {
    await this.#tell([], this.#refusals.note({ ...act, actor: actorOf(principal) }, Date.now()))
  }

  async #tellEnded(at: number): Promise<void> {
    await this.#tell(this.#failures.end(at), this.#refusals.end(at))
  }

  async #tell(failures: readonly Told<FailedWay>[], refusals: readonly Told<Refusal>[]): Promise<void> {
    if (failures.length + refusals.length === 0) return
    const at = systemClock()
    const failed = failures.map((told) => ({
      at,
      actor: 'tenth',
      kind: 'access.sign-in.failed' as const,
      subject: told.key,
      payload: timesOf(told),
    }))
    const refused = refusals.map((told) => {
      const { actor, action, jurisdiction, reason } = told.key
      const payload = { action, jurisdiction, reason, ...timesOf(told) }
      return { at, actor: 'tenth', kind: 'access.refused' as const, subject: actor, payload }
    })
    await this.shell.db.transaction().execute((tx) => appendAll(tx, [...failed, ...refused]))
  }
}

export const DEVICE_COOKIE = 'tenth.known'
const PASSED_ON = ['cookie', 'origin', 'user-agent', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']

const timesOf = ({ times, from, until }: Told<unknown>) => ({
  times,
  from: new Date(from).toISOString(),
  until: new Date(until).toISOString(),
})

/** What stands for an account in counts: nobody's address is kept. */
export const accountOf = (email: string): string =>
  createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')

/** Whether the asker brings a session, true or not. */
export const hasSessionCookie = (headers: Headers): boolean =>
  /(?:^|[;\s])(?:__Secure-)?tenth\.session_token=/.test(headers.get('cookie') ?? '')
