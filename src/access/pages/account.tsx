import { Hono } from 'hono'
import type { PageEnv } from '../../ui/index.ts'
import { href } from '../../ui/index.ts'
import type { Access, Session } from '../access-store.ts'
import { PROVIDER_ID, passkeyHostOf } from '../auth-store.ts'
import { isOwnForm } from '../leave.ts'
import { passwordFault } from '../password-rule.ts'
import { seesPeople } from '../people.ts'
import type { Person } from '../schema.ts'
import { endSessions, listPasskeys, listSessions, logFactor } from '../session-store.ts'
import { findPerson } from '../store.ts'
import { removePasskey, removeProvider } from '../ways-store.ts'
import { AccountView, BackupsView, NewCodeView, ToProviderView } from './account-view.tsx'
import {
  ask,
  type C,
  goTo,
  isAtOrigin,
  keepCookies,
  knownOf,
  networkOf,
  readForm,
  refuse,
  show,
} from './parts.tsx'

export const accountPages = (access: Access): Hono<PageEnv> => {
  const own = (act: Own) => (c: C) => mine(c, access, act)
  const ways = (act: Own) => (c: C) => mine(c, access, ifProven(act))
  return new Hono<PageEnv>()
    .get('/account', (c) => accountPage(c, access))
    .post('/account/password', own(savePassword))
    .post('/account/code', ways(startCode))
    .post('/account/code/confirm', ways(confirmCode))
    .post('/account/code/remove', own(removeCode))
    .post('/account/backup-codes', own(newBackups))
    .post('/account/passkeys/options', ways(passkeyOptions))
    .post('/account/passkeys', ways(addPasskey))
    .post('/account/passkeys/remove', ways(dropPasskey))
    .post('/account/provider', ways(linkProvider))
    .post('/account/provider/remove', ways(dropProvider))
    .post('/account/sessions', own(endOne))
    .post('/account/sessions/others', own(endOthers))
}

/** A form about the account of who asks: from our own page, and in a session. */
interface Mine {
  readonly c: C
  readonly access: Access
  readonly person: Person
  readonly session: Session
}
type Own = (mine: Mine) => Promise<Response>

async function mine(c: C, access: Access, act: Own): Promise<Response> {
  if (!isOwnForm(c) || !isAtOrigin(c, access)) return refuse(c, 'cross-site')
  const { session } = knownOf(c)
  const person = session && (await findPerson(access.shell.db, session.person))
  if (!session || !person) return refuse(c, 'sign-in')
  return act({ c, access, person, session })
}

/**
 * Whoever has a way to sign in that proves two factors changes their ways only in such a session: a password that
 * somebody found out gives them no passkey of their own.
 */
const ifProven =
  (act: Own): Own =>
  async (m) => {
    const { ways } = m.person
    const hasStrong = ways.passkeys > 0 || ways.code || (ways.provider && m.access.providerIsStrong)
    if (m.session.isStrong || !hasStrong) return act(m)
    return refuseField(m, 'passkeys', ask(m.c).t.account.notProven)
  }

async function accountPage(c: C, access: Access, error?: Fault): Promise<Response> {
  const { session, principal } = knownOf(c)
  const person = session && (await findPerson(access.shell.db, session.person))
  if (!session || !person) return goTo(c, '/sign-in?next=/account')
  const { db, now } = access.shell
  const a = ask(c)
  const refused = c.req.query('refused') ?? c.req.query('error')
  const shown =
    error ?? (refused === undefined ? undefined : { field: 'provider', message: a.t.account.linkRefused })
  return show(
    c,
    <AccountView
      a={a}
      person={person}
      session={session}
      passkeys={await listPasskeys(db, person.id)}
      sessions={await listSessions(db, person.id, now())}
      provider={access.settings.provider}
      passkeyHost={passkeyHostOf(access.settings)}
      error={shown}
      seesPeople={seesPeople(principal)}
      isSaved={error === undefined && c.req.query('saved') !== undefined}
    />,
    error === undefined ? 200 : 422,
  )
}

interface Fault {
  readonly field: string
  readonly message: string
}

const refuseField = ({ c, access }: Mine, field: string, message: string) =>
  accountPage(c, access, { field, message })

const saved = (c: C) => goTo(c, '/account?saved=1')

/** Whoever sits at an open session may not try passwords without end either. */
async function isTooSoon({ c, access, session }: Mine): Promise<boolean> {
  const attempt = { network: networkOf(c), account: `session ${session.person}` }
  if (access.guard.admit(attempt, performance.now()) === 0) return false
  await access.noteFailure('too-many')
  return true
}

async function savePassword(m: Mine): Promise<Response> {
  const { c, access, person, session } = m
  const w = ask(c).t.account
  const { password = '', fresh = '' } = await readForm(c)
  const fault = passwordFault(fresh, [person.name, person.email])
  if (fault) return refuseField(m, 'password-new', w.faults[fault])
  const { headers } = c.req.raw
  if (!person.ways.password) {
    if (!session.isFresh) return refuseField(m, 'password-new', w.notFresh)
    await access.setPassword(headers, fresh)
    return saved(c)
  }
  if (await isTooSoon(m)) return refuseField(m, 'password-current', ask(c).t.signIn.wait(60))
  const answer = await access.ask(headers, '/change-password', {
    currentPassword: password,
    newPassword: fresh,
  })
  if (!answer.ok) return refuseField(m, 'password-current', w.wrongPassword)
  const { shell } = access
  const ended = { person: person.id, reason: 'password-changed', by: `user ${person.id}` } as const
  await shell.db.transaction().execute((tx) => endSessions(tx, { ...ended, now: shell.now() }))
  return goTo(c, '/sign-in?done=password')
}

async function startCode(m: Mine): Promise<Response> {
  const { c, access } = m
  const a = ask(c)
  const { password = '' } = await readForm(c)
  if (await isTooSoon(m)) return refuseField(m, 'code-password', a.t.signIn.wait(60))
  const answer = await access.ask(c.req.raw.headers, '/two-factor/enable', { password })
  if (!answer.ok) return refuseField(m, 'code-password', a.t.account.wrongPassword)
  const { totpURI, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: string[] }
  return show(c, <NewCodeView a={a} uri={totpURI} backups={backupCodes} />)
}

async function confirmCode(m: Mine): Promise<Response> {
  const { c, access, person } = m
  const a = ask(c)
  if (await isTooSoon(m)) return refuseField(m, 'second-factor', a.t.signIn.wait(60))
  const { code = '' } = await readForm(c)
  const answer = await access.ask(c.req.raw.headers, '/two-factor/verify-totp', {
    code: code.replaceAll(/\s/g, ''),
  })
  keepCookies(c, answer.headers.getSetCookie())
  if (!answer.ok) {
    await access.noteFailure('code')
    return show(c, <NewCodeView a={a} uri={undefined} backups={[]} error={a.t.code.failed} />, 422)
  }
  if (!person.ways.code) await logFactor(access.shell, person.id, 'added', 'code')
  return saved(c)
}

async function removeCode(m: Mine): Promise<Response> {
  const { c, access, person } = m
  const { password = '' } = await readForm(c)
  if (await isTooSoon(m)) return refuseField(m, 'code-remove-password', ask(c).t.signIn.wait(60))
  const answer = await access.ask(c.req.raw.headers, '/two-factor/disable', { password })
  if (!answer.ok) return refuseField(m, 'code-remove-password', ask(c).t.account.wrongPassword)
  keepCookies(c, answer.headers.getSetCookie())
  await logFactor(access.shell, person.id, 'removed', 'code')
  return saved(c)
}

async function newBackups(m: Mine): Promise<Response> {
  const { c, access, person } = m
  const a = ask(c)
  const { password = '' } = await readForm(c)
  if (await isTooSoon(m)) return refuseField(m, 'backup-password', a.t.signIn.wait(60))
  const answer = await access.ask(c.req.raw.headers, '/two-factor/generate-backup-codes', { password })
  if (!answer.ok) return refuseField(m, 'backup-password', a.t.account.wrongPassword)
  await logFactor(access.shell, person.id, 'added', 'backup-codes')
  const { backupCodes } = (await answer.json()) as { backupCodes: string[] }
  return show(c, <BackupsView a={a} backups={backupCodes} />)
}

async function passkeyOptions({ c, access }: Mine): Promise<Response> {
  const answer = await access.ask(c.req.raw.headers, '/passkey/generate-register-options')
  keepCookies(c, answer.headers.getSetCookie())
  c.header('Cache-Control', 'private, no-store')
  return c.json((await answer.json()) as Record<string, unknown>, answer.ok ? 200 : 422)
}

async function addPasskey({ c, access, session }: Mine): Promise<Response> {
  const { response, name } = (await c.req.json().catch(() => ({}))) as { response?: unknown; name?: unknown }
  const label = typeof name === 'string' ? name.trim().slice(0, 60) : ''
  const body = { response, ...(label !== '' && { name: label }) }
  const answer = await access.ask(c.req.raw.headers, '/passkey/verify-registration', body)
  c.header('Cache-Control', 'private, no-store')
  if (!answer.ok) {
    await access.noteFailure('passkey')
    return c.json({ code: 'refused' }, 422)
  }
  if (session.isStrong) return c.json({ ok: true })
  // The session that the invitation gave has done its work; the next begins with the passkey.
  await endMine(access, session, { only: session.id })
  return c.json({ ok: true, next: href(c.var.lang ?? 'en', '/sign-in?done=passkey') })
}

async function dropPasskey(m: Mine): Promise<Response> {
  const { c, access, person } = m
  const { id = '' } = await readForm(c)
  if (person.ways.passkeys === 1 && !person.ways.password && !person.ways.provider)
    return refuseField(m, 'passkeys', ask(c).t.account.lastWay)
  await removePasskey(access.shell, person.id, id)
  return saved(c)
}

async function linkProvider(m: Mine): Promise<Response> {
  const { c, access, session } = m
  const a = ask(c)
  const { provider } = access.settings
  if (!session.isFresh) return refuseField(m, 'provider', a.t.account.notFresh)
  if (!provider || !(await access.hasProvider())) return refuseField(m, 'provider', a.t.signIn.providerAway)
  const answer = await access.ask(c.req.raw.headers, '/link-social', {
    provider: PROVIDER_ID,
    callbackURL: `${href(a.lang, '/account')}?saved=1`,
    errorCallbackURL: `${href(a.lang, '/account')}?refused=provider`,
    disableRedirect: true,
  })
  if (!answer.ok) return refuseField(m, 'provider', a.t.signIn.providerAway)
  keepCookies(c, answer.headers.getSetCookie())
  const { url } = (await answer.json()) as { url: string }
  return show(c, <ToProviderView a={a} name={provider.name} url={url} />)
}

async function dropProvider(m: Mine): Promise<Response> {
  const { c, access, person } = m
  if (person.ways.passkeys === 0 && !person.ways.password)
    return refuseField(m, 'provider', ask(c).t.account.lastWay)
  await removeProvider(access.shell, person.id)
  return saved(c)
}

async function endOne({ c, access, session }: Mine): Promise<Response> {
  const { id = '' } = await readForm(c)
  await endMine(access, session, { only: id })
  return saved(c)
}

async function endOthers({ c, access, session }: Mine): Promise<Response> {
  await endMine(access, session, { except: session.id })
  return saved(c)
}

const endMine = (
  { shell }: Access,
  { person }: Session,
  which: { readonly only: string } | { readonly except: string },
): Promise<number> =>
  shell.db
    .transaction()
    .execute((tx) =>
      endSessions(tx, { person, ...which, reason: 'ended-by-owner', by: `user ${person}`, now: shell.now() }),
    )
