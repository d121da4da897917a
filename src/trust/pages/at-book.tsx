import type { Context } from 'hono'
import { mayDo, principalOf } from '../../access/index.ts'
import type { IsoDate, Principal } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { loadBook } from '../../registry/store.ts'
import { Failure, type PageEnv, PageHead, Refusal } from '../../ui/index.ts'
import { type Loaded, loadTrust } from '../book-store.ts'
import { dayOf } from '../store.ts'
import { type Asked, askedIn, Link, SignInLink, TrustPage } from './parts.tsx'

export type C = Context<PageEnv>

export const ask = (c: C): Asked => askedIn(c.var.lang ?? 'en')

export const missing = (c: C, a: Asked, words: string, status: 400 | 404 = 404) =>
  c.html(
    <TrustPage a={a} title={words} path="/trust" noindex>
      <Failure lang={a.lang} title={words}>
        <p>
          <Link a={a} to="/trust">
            {a.t.agreement.all}
          </Link>
        </p>
      </Failure>
    </TrustPage>,
    status,
  )

export interface AtBook {
  readonly c: C
  readonly shell: Shell
  readonly a: Asked
  readonly trust: Loaded
  readonly day: IsoDate
  readonly path: string
}
export type Handler = (at: AtBook) => Response | Promise<Response>

export const download = (name: string) => ({ 'Content-Disposition': `attachment; filename="${name}"` })

/** What a book shows changes with money and with who asks: nobody keeps a copy. */
export async function atBook(c: C, shell: Shell, handle: Handler): Promise<Response> {
  const a = ask(c)
  const name = c.req.param('book') ?? ''
  c.header('Cache-Control', 'private, no-store')
  const trust = await loadTrust(shell.db, name)
  if (!trust) return missing(c, a, a.t.book.unknown(name))
  const today = todayOf(shell)
  // An operating book lives today; a simulation stands at the last day on which something was run or moved.
  const day = trust.kind === 'operating' ? today : dayOf(trust, today)
  const records = await titlesOf(shell, trust)
  return handle({ c, shell, a: { ...a, records }, trust, day, path: `/trust/books/${trust.book}` })
}

/** Titles of the records that the facts of a book name, where the registry has them. */
async function titlesOf(shell: Shell, { rows }: Loaded): Promise<ReadonlyMap<string, string>> {
  const book = await loadBook(shell.db)
  const ids = rows.facts.flatMap(({ fact }) => ('record' in fact ? [fact.record] : []))
  return new Map(ids.flatMap((id) => (book.records.has(id) ? [[id, book.records.get(id)?.title ?? id]] : [])))
}

export const todayOf = (shell: Shell): IsoDate => shell.now().slice(0, 10) as IsoDate

/** Acts and statements are for those with a duty in the book; a simulation may be read by whoever may rehearse. */
function mayRead(principal: Principal, { kind, agreement: { document } }: Loaded): boolean {
  const has = (action: 'trust.read' | 'trust.rehearse') =>
    document.members.some((member) => mayDo(principal, action, member))
  return has('trust.read') || (kind === 'simulation' && has('trust.rehearse'))
}

export const reading =
  (handle: Handler): Handler =>
  (at) => {
    const { c, a, trust } = at
    const principal = principalOf(c)
    if (mayRead(principal, trust)) return handle(at)
    return refused(at, principal.kind === 'user' ? a.t.refused.notYours : a.t.refused.signIn, 403)
  }

/** The page that was asked for, to come back to; a form that was sent is not sent again. */
const ownPath = (c: C, path: string): string =>
  c.req.method === 'GET' ? c.req.path.replace(/^\/es(?=\/)/, '') : path

export const refused = ({ c, a, trust, path }: AtBook, why: string, status: 403 | 409 | 422) =>
  c.html(
    <TrustPage
      a={a}
      book={trust.rows}
      title={a.t.refused.title}
      path={path}
      crumbs={[
        { label: a.t.trust, path: '/trust' },
        { label: trust.book, path },
        { label: a.t.refused.title },
      ]}
      noindex
    >
      <PageHead title={a.t.refused.title} />
      <Refusal title={why}>
        <p>
          {principalOf(c).kind === 'user' ? (
            a.t.refused.who
          ) : (
            <SignInLink a={a} next={ownPath(c, path)}>
              {a.t.refused.signInLink}
            </SignInLink>
          )}
          {' · '}
          <Link a={a} to={path}>
            {a.t.refused.book(trust.book)}
          </Link>
        </p>
      </Refusal>
    </TrustPage>,
    status,
  )
