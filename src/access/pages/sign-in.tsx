import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { FC } from 'hono/jsx'
import {
  Button,
  Buttons,
  ErrorSummary,
  Field,
  href,
  Island,
  Note,
  type PageEnv,
  PageHead,
  Section,
} from '../../ui/index.ts'
import { type Access, accountOf, DEVICE_COOKIE } from '../access-store.ts'
import { PROVIDER_ID, passkeyHostOf } from '../auth-store.ts'
import { isOwnForm } from '../leave.ts'
import { safeNext } from '../next.ts'
import { endSessions } from '../session-store.ts'
import {
  AccessPage,
  type Asked,
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

export const signInPages = (access: Access): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .get('/sign-in', (c) => signInPage(c, access, {}))
    .post('/sign-in', (c) => signIn(c, access))
    .get('/sign-in/code', (c) => codePage(c, {}))
    .post('/sign-in/code', (c) => verifyCode(c, access))
    .post('/sign-in/passkey/options', (c) => passkeyOptions(c, access))
    .post('/sign-in/passkey', (c) => verifyPasskey(c, access))
    .get('/sign-in/provider', (c) => toProvider(c, access))
    .get('/sign-in/callback/openid', (c) => fromProvider(c, access))
    .post('/sign-out', (c) => signOut(c, access))

interface Tried {
  readonly email?: string
  readonly error?: string
  readonly next?: string | undefined
}

async function signInPage(c: C, access: Access, tried: Tried, status: 200 | 422 | 429 = 200) {
  const a = ask(c)
  if (knownOf(c).principal.kind === 'user' && status === 200 && c.req.query('refused') === undefined)
    return goTo(c, safeNext(c.req.query('next')) ?? '/account')
  const refused = c.req.query('refused') ?? c.req.query('error')
  return show(
    c,
    <SignInView
      a={a}
      access={access}
      tried={{
        ...tried,
        next: tried.next ?? safeNext(c.req.query('next')),
        ...(refused !== undefined && {
          error: refused === 'away' ? a.t.signIn.providerAway : a.t.signIn.providerRefused,
        }),
      }}
      done={a.t.signIn.done[c.req.query('done') ?? '']}
      isOpen={isAtOrigin(c, access)}
    />,
    status,
  )
}

const SignInView: FC<{
  a: Asked
  access: Access
  tried: Tried
  done: string | undefined
  isOpen: boolean
}> = ({ a, access, tried, done, isOpen }) => {
  const w = a.t.signIn
  const { provider } = access.settings
  return (
    <AccessPage a={a} title={w.title} path="/sign-in">
      <PageHead title={w.title} lede={w.lede} />
      {done && <Note>{done}</Note>}
      {tried.error && <ErrorSummary lang={a.lang} errors={[{ field: 'email', message: tried.error }]} />}
      {isOpen ? (
        <>
          <Section id="passkey" title={w.withPasskey} rail={<p>{w.passkeyHint}</p>}>
            <PasskeyForm a={a} access={access} next={tried.next} />
          </Section>
          <Section id="with-password" title={w.withPassword}>
            <form method="post" action={href(a.lang, '/sign-in')}>
              {tried.next && <input type="hidden" name="next" value={tried.next} />}
              <Field
                id="email"
                label={w.email}
                type="email"
                autocomplete="username"
                required
                {...(tried.email !== undefined && { value: tried.email })}
              />
              <Field
                id="password"
                label={w.password}
                type="password"
                autocomplete="current-password"
                required
              />
              <Buttons>
                <Button>{w.submit}</Button>
              </Buttons>
            </form>
          </Section>
          {provider && (
            <Section id="provider" title={w.withProvider(provider.name)}>
              <p>
                <Button
                  kind="outline"
                  href={`${href(a.lang, '/sign-in/provider')}${tried.next ? `?next=${encodeURIComponent(tried.next)}` : ''}`}
                >
                  {w.provider(provider.name)}
                </Button>
              </p>
            </Section>
          )}
        </>
      ) : (
        <Note>{w.noOrigin}</Note>
      )}
      <Section id="none" title={w.noAccount}>
        <p>{w.invited}</p>
      </Section>
    </AccessPage>
  )
}

/** The button does nothing by itself; the island shows it where the browser can use it. */
const PasskeyForm: FC<{ a: Asked; access: Access; next: string | undefined }> = ({ a, access, next }) => {
  const w = a.t.signIn
  const host = passkeyHostOf(access.settings)
  return (
    <>
      <noscript>
        <p>{w.passkeyNoScript}</p>
      </noscript>
      <form
        class="passkey"
        hidden
        data-passkey="sign-in"
        data-host={host}
        data-options={href(a.lang, '/sign-in/passkey/options')}
        data-verify={href(a.lang, '/sign-in/passkey')}
        data-next={href(a.lang, next ?? '/account')}
      >
        <Button>{w.passkey}</Button>
        <p class="field-error" role="alert" hidden data-failed>
          {w.passkeyFailed}
        </p>
      </form>
      <p class="passkey-elsewhere" hidden>
        {w.passkeyElsewhere(host)}
      </p>
      <Island room="access" name="passkey" />
    </>
  )
}

async function signIn(c: C, access: Access): Promise<Response> {
  if (!isOwnForm(c) || !isAtOrigin(c, access)) return refuse(c, 'cross-site')
  const a = ask(c)
  const form = await readForm(c)
  const { email = '', password = '' } = form
  const next = safeNext(form.next)
  const attempt = {
    network: networkOf(c),
    account: accountOf(email),
    device: access.knownDevice(getCookie(c, DEVICE_COOKIE), email),
  }
  const wait = access.guard.admit(attempt, performance.now())
  if (wait > 0) {
    await access.noteFailure('too-many')
    c.header('Retry-After', String(wait))
    return signInPage(c, access, { email, next, error: a.t.signIn.wait(wait) }, 429)
  }
  const answer = await access.ask(c.req.raw.headers, '/sign-in/email', { email, password })
  if (!answer.ok) {
    await access.noteFailure('password')
    return signInPage(c, access, { email, next, error: a.t.signIn.failed }, 422)
  }
  access.guard.forgive(attempt)
  keepCookies(c, [...answer.headers.getSetCookie(), ...access.deviceCookies(email)])
  const { twoFactorRedirect } = (await answer.json()) as { twoFactorRedirect?: boolean }
  // Without a second factor there are no duties yet: the account page says how to get one.
  return goTo(
    c,
    twoFactorRedirect ? `/sign-in/code${next ? `?next=${encodeURIComponent(next)}` : ''}` : '/account',
  )
}

function codePage(
  c: C,
  tried: { readonly error?: string; readonly next?: string | undefined },
  status: 200 | 422 | 429 = 200,
) {
  const a = ask(c)
  const w = a.t.code
  const next = tried.next ?? safeNext(c.req.query('next'))
  return show(
    c,
    <AccessPage a={a} title={w.title} path="/sign-in/code">
      <PageHead title={w.title} lede={w.lede} />
      {tried.error && <ErrorSummary lang={a.lang} errors={[{ field: 'code', message: tried.error }]} />}
      <form method="post" action={href(a.lang, '/sign-in/code')}>
        {next && <input type="hidden" name="next" value={next} />}
        <Field id="code" label={w.label} autocomplete="one-time-code" required />
        <Buttons>
          <Button>{w.submit}</Button>
        </Buttons>
      </form>
    </AccessPage>,
    status,
  )
}

async function verifyCode(c: C, access: Access): Promise<Response> {
  if (!isOwnForm(c) || !isAtOrigin(c, access)) return refuse(c, 'cross-site')
  const a = ask(c)
  const form = await readForm(c)
  const next = safeNext(form.next)
  const wait = access.guard.admitChallenge(networkOf(c), performance.now())
  if (wait > 0) {
    await access.noteFailure('too-many')
    return codePage(c, { error: a.t.signIn.wait(wait), next }, 429)
  }
  // Whoever is signed in has no challenge to answer.
  if (knownOf(c).principal.kind === 'user') return goTo(c, '/account')
  const code = (form.code ?? '').replaceAll(/\s/g, '')
  const path = /^\d{6}$/.test(code) ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code'
  const answer = await access.ask(c.req.raw.headers, path, { code })
  keepCookies(c, answer.headers.getSetCookie())
  if (answer.ok) return goTo(c, next ?? '/account')
  await access.noteFailure('code')
  const { code: why } = (await answer.json().catch(() => ({}))) as { code?: string }
  const isOver = why !== 'INVALID_CODE' && why !== 'INVALID_BACKUP_CODE' && why !== 'CODE_USED'
  return codePage(c, { error: isOver ? a.t.code.over : a.t.code.failed, next }, 422)
}

async function passkeyOptions(c: C, access: Access): Promise<Response> {
  if (!isOwnForm(c) || !isAtOrigin(c, access)) return c.json({ code: 'cross_site' }, 403)
  if (access.guard.admitChallenge(networkOf(c), performance.now()) > 0)
    return c.json({ code: 'too_many' }, 429)
  const answer = await access.ask(c.req.raw.headers, '/passkey/generate-authenticate-options')
  keepCookies(c, answer.headers.getSetCookie())
  c.header('Cache-Control', 'private, no-store')
  const options = (await answer.json()) as Record<string, unknown>
  return c.json({ ...options, userVerification: 'required' }, answer.ok ? 200 : 422)
}

async function verifyPasskey(c: C, access: Access): Promise<Response> {
  if (!isOwnForm(c) || !isAtOrigin(c, access)) return c.json({ code: 'cross_site' }, 403)
  const response = await c.req.json().catch(() => undefined)
  const answer = await access.ask(c.req.raw.headers, '/passkey/verify-authentication', { response })
  keepCookies(c, answer.headers.getSetCookie())
  c.header('Cache-Control', 'private, no-store')
  if (answer.ok) return c.json({ ok: true })
  await access.noteFailure('passkey')
  return c.json({ code: 'refused' }, 422)
}

async function toProvider(c: C, access: Access): Promise<Response> {
  if (!isAtOrigin(c, access) || !access.settings.provider) return goTo(c, '/sign-in')
  if (!(await access.hasProvider())) return goTo(c, '/sign-in?refused=away')
  const { lang } = ask(c)
  const answer = await access.ask(c.req.raw.headers, '/sign-in/social', {
    provider: PROVIDER_ID,
    callbackURL: href(lang, safeNext(c.req.query('next')) ?? '/account'),
    errorCallbackURL: `${href(lang, '/sign-in')}?refused=provider`,
    disableRedirect: true,
  })
  if (!answer.ok) return goTo(c, '/sign-in?refused=away')
  keepCookies(c, answer.headers.getSetCookie())
  c.header('Cache-Control', 'private, no-store')
  return c.redirect(((await answer.json()) as { url: string }).url, 302)
}

async function fromProvider(c: C, access: Access): Promise<Response> {
  const answer = await access.ask(c.req.raw.headers, `/callback/openid${new URL(c.req.url).search}`)
  keepCookies(c, answer.headers.getSetCookie())
  const location = answer.headers.get('location') ?? '/sign-in?refused=provider'
  const { pathname, search, searchParams } = new URL(location, access.origin)
  if (searchParams.has('error')) await access.noteFailure('provider')
  c.header('Cache-Control', 'private, no-store')
  // better-auth's own error page is none of ours.
  return c.redirect(/^\/sign-in\/error/.test(pathname) ? '/sign-in?refused=provider' : pathname + search, 303)
}

async function signOut(c: C, access: Access): Promise<Response> {
  if (!isOwnForm(c)) return refuse(c, 'cross-site')
  const { session } = knownOf(c)
  if (session) {
    const { shell } = access
    const ended = {
      person: session.person,
      only: session.id,
      reason: 'signed-out',
      by: `user ${session.person}`,
    } as const
    await shell.db.transaction().execute((tx) => endSessions(tx, { ...ended, now: shell.now() }))
    keepCookies(c, (await access.ask(c.req.raw.headers, '/sign-out', {})).headers.getSetCookie())
  }
  return goTo(c, '/sign-in?done=out')
}
