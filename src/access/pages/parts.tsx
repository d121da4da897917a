import type { Context } from 'hono'
import type { FC, PropsWithChildren } from 'hono/jsx'
import { ANONYMOUS } from '../../base/index.ts'
import { href, type Lang, Page, type PageEnv, PageHead, Refusal } from '../../ui/index.ts'
import type { Access, Known } from '../access-store.ts'
import { hostOf } from '../leave.ts'
import { type AccessWords, accessWords } from '../words.ts'

export type C = Context<PageEnv>

/** What a page of this room is made with. */
export interface Asked {
  readonly lang: Lang
  readonly t: AccessWords
}

export const ask = (c: C): Asked => {
  const lang = c.var.lang ?? 'en'
  return { lang, t: accessWords(lang) }
}

/** Who asks, with their session; the server found it out before any page. */
export const knownOf = (c: C): Known =>
  (c.get('known' as never) as Known | undefined) ?? { principal: ANONYMOUS, cookies: [] }

export const AccessPage: FC<
  PropsWithChildren<{ a: Asked; title: string; path: string; noindex?: boolean }>
> = ({ a, title, path, children }) => (
  <Page lang={a.lang} title={title} path={path} noindex>
    {children}
  </Page>
)

/** A page about somebody is nobody else's: it is kept nowhere. */
export function show(
  c: C,
  page: unknown,
  status: 200 | 401 | 403 | 404 | 422 | 429 = 200,
): Response | Promise<Response> {
  c.header('Cache-Control', 'private, no-store')
  return c.html(page as never, status)
}

/** The fields of a form, as text; a field that is sent twice counts once, a file is none. */
export async function readForm(c: C): Promise<Readonly<Record<string, string>>> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

/** Passes on what better-auth tells the browser to keep. */
export function keepCookies(c: C, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
}

export const networkOf = (c: C): string => (c.get('network' as never) as string | undefined) ?? 'unknown'

/** Whether the asker is where the operator says that the workbench is; cookies and passkeys are good only there. */
export function isAtOrigin(c: C, { settings }: Access): boolean {
  const host = hostOf(c)
  return settings.origin === undefined
    ? /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host)
    : new URL(settings.origin).host === host
}

export function refuse(c: C, reason: 'cross-site' | 'not-yours' | 'sign-in'): Response | Promise<Response> {
  const a = ask(c)
  const { leave } = a.t
  const why = { 'cross-site': leave.crossSite, 'not-yours': leave.notYours, 'sign-in': leave.signIn }[reason]
  return show(
    c,
    <AccessPage a={a} title={leave.title} path="/sign-in">
      <PageHead title={leave.title} />
      <Refusal title={why}>
        {reason === 'sign-in' && (
          <p>
            <a href={href(a.lang, '/sign-in')}>{leave.toSignIn}</a>
          </p>
        )}
      </Refusal>
    </AccessPage>,
    403,
  )
}

/** To another page, with the words that it shall say. */
export const goTo = (c: C, path: string): Response => {
  c.header('Cache-Control', 'private, no-store')
  return c.redirect(href(c.var.lang ?? 'en', path), 303)
}
