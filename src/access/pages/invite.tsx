import { Hono } from 'hono'
import { Button, Buttons, Failure, href, type PageEnv, PageHead } from '../../ui/index.ts'
import type { Access } from '../access-store.ts'
import { isOwnForm } from '../leave.ts'
import { findInvited } from '../store.ts'
import { AccessPage, ask, type C, goTo, isAtOrigin, keepCookies, networkOf, refuse, show } from './parts.tsx'

/** Looking at a one-time link does not use it up: programs that preview links look too. */
export const invitePages = (access: Access): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .get('/invite/:token', (c) => invitation(c, access))
    .post('/invite/:token', (c) => accept(c, access))

async function invitation(c: C, access: Access): Promise<Response> {
  if (access.guard.admitChallenge(networkOf(c), performance.now()) > 0) return gone(c)
  const { shell } = access
  const name = await findInvited(shell.db, c.req.param('token') ?? '', shell.now())
  if (name === undefined) return gone(c)
  const a = ask(c)
  const w = a.t.invite
  return show(
    c,
    <AccessPage a={a} title={w.title} path={`/invite/${c.req.param('token')}`}>
      <PageHead title={w.title} lede={w.lede(name)} />
      <p>{w.next}</p>
      <form method="post" action={href(a.lang, `/invite/${c.req.param('token')}`)}>
        <Buttons>
          <Button>{w.submit}</Button>
        </Buttons>
      </form>
    </AccessPage>,
  )
}

async function accept(c: C, access: Access): Promise<Response> {
  if (!isOwnForm(c) || !isAtOrigin(c, access)) return refuse(c, 'cross-site')
  if (access.guard.admitChallenge(networkOf(c), performance.now()) > 0) return gone(c)
  const token = c.req.param('token') ?? ''
  const answer = await access.ask(c.req.raw.headers, '/invite/accept', { token })
  keepCookies(c, answer.headers.getSetCookie())
  if (answer.ok) return goTo(c, '/account')
  await access.noteFailure('invitation')
  return gone(c)
}

function gone(c: C) {
  const a = ask(c)
  const w = a.t.invite
  return show(
    c,
    <AccessPage a={a} title={w.gone} path="/invite">
      <Failure lang={a.lang} title={w.gone}>
        <p>{w.goneWhy}</p>
      </Failure>
    </AccessPage>,
    404,
  )
}
