import type { MiddlewareHandler } from 'hono'
import type { Access } from '../access/access-store.ts'
import { refusedActOf } from '../access/index.ts'
import { AskerContext } from '../ui/index.ts'
import type { ServerEnv } from './env.ts'
import { networkOf } from './rate-limit.ts'

/**
 * Finds out who asks, before any page. An answer to somebody who is signed in is theirs alone: it shows their name
 * and is kept nowhere. What was refused to them is logged.
 */
export const knowAsker =
  (access: Access): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    const known = await access.recognise(c.req.raw.headers, c.get('isAtMachine'))
    c.set('principal', known.principal)
    c.set('known' as never, known as never)
    c.set('network' as never, networkOf(c.get('address')) as never)
    if (known.principal.kind === 'user') showName(c, known.principal.name)
    await next()
    for (const cookie of known.cookies)
      if (!isSetAgain(c.res.headers, cookie)) c.res.headers.append('set-cookie', cookie)
    if (known.cookies.length > 0 || known.principal.kind === 'user')
      c.res.headers.set('Cache-Control', 'private, no-store')
    const refused = refusedActOf(c)
    if (refused) await access.noteRefusal(known.principal, refused)
  }

/** A page that set the same cookie knows better. */
const isSetAgain = (headers: Headers, cookie: string): boolean =>
  headers.getSetCookie().some((one) => one.split('=')[0] === cookie.split('=')[0])

/** Every page's header shows the name, whichever room made the page. */
function showName(c: Parameters<MiddlewareHandler<ServerEnv>>[0], name: string): void {
  const html = c.html.bind(c) as (body: unknown, ...rest: unknown[]) => Response
  c.html = ((body: unknown, ...rest: unknown[]) =>
    html(
      typeof body === 'object' && !(body instanceof Promise) ? (
        <AskerContext.Provider value={{ name }}>{body as never}</AskerContext.Provider>
      ) : (
        body
      ),
      ...rest,
    )) as typeof c.html
}
