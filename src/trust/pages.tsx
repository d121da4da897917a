import { stringify } from 'csv-stringify/sync'
import { type Context, Hono } from 'hono'
import { leaveFor, mayDo, principalOf } from '../access/index.ts'
import { actorOf, canonicalJson, IsoDate, type Principal } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { Failure, href, type PageEnv, Refusal } from '../ui/index.ts'
import type { Agreement } from './agreement.ts'
import { type Loaded, listAdopted, loadTrust } from './book-store.ts'
import { viewOf, type WaitingItem, waitingOf } from './book-view.ts'
import { demonstrationOf } from './demonstration.ts'
import { readShippedAgreements } from './files.ts'
import { itemHash } from './items.ts'
import { movementsOf } from './movements.ts'
import { loadPublishedDay } from './page-store.ts'
import { AgreementPage } from './pages/agreement.tsx'
import { BookPage, bookTitle } from './pages/book.tsx'
import { type ListedBook, TrustHome } from './pages/home.tsx'
import { ItemPage, type MaySign } from './pages/item.tsx'
import { type Asked, askedIn, Link, TrustPage } from './pages/parts.tsx'
import { Check, PublicPage, publicPath } from './pages/public.tsx'
import { RehearsalDayPage, RehearsalPage } from './pages/rehearsal.tsx'
import { StatementsPage } from './pages/statements.tsx'
import { STATEMENT_KINDS, type Statement, type StatementKind, statementsBy } from './statements.ts'
import { sign } from './store.ts'

type C = Context<PageEnv>

/** The trust pages: what it is, the agreements, rehearsals day by day, and the books that are kept. */
export const trustPages = (shell: Shell): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .get('/trust', (c) => home(c, shell))
    .get('/trust/agreements/:id', (c) => agreement(c))
    .get('/trust/rehearsals/:id', (c) => rehearsal(c))
    .get('/trust/rehearsals/:id/:day', (c) => rehearsalDay(c))
    .get('/trust/rehearsals/:id/files/:name', (c) => rehearsalFile(c))
    .get('/trust/public/:book', (c) => atBook(c, shell, publicBook))
    .get('/trust/public/:book/:file', (c) => atBook(c, shell, publicDay))
    .get('/trust/books/:book', (c) => atBook(c, shell, book))
    .get('/trust/books/:book/statements', (c) => atBook(c, shell, reading(statements)))
    .get('/trust/books/:book/statements/:file', (c) => atBook(c, shell, reading(statementFile)))
    .get('/trust/books/:book/items/:item', (c) => atBook(c, shell, reading(item)))
    .post('/trust/books/:book/items/:item', (c) => atBook(c, shell, reading(signing)))

const ask = (c: C): Asked => askedIn(c.var.lang ?? 'en')
const shipped = (id: string): Agreement | undefined =>
  readShippedAgreements().find(({ document }) => document.id === id)

const missing = (c: C, a: Asked, words: string, status: 400 | 404 = 404) =>
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

async function home(c: C, shell: Shell): Promise<Response> {
  const adopted = await listAdopted(shell.db)
  const books: ListedBook[] = []
  // Simulated and operating money never share a page: of operating books only the names are here.
  const operating = adopted.filter(({ kind }) => kind === 'operating').map(({ book }) => book)
  for (const { book } of adopted.filter(({ kind }) => kind === 'simulation')) {
    const trust = await loadTrust(shell.db, book)
    if (trust) books.push(listed(trust, dayOf(shell, trust)))
  }
  return c.html(
    <TrustHome a={ask(c)} agreements={readShippedAgreements()} books={books} operating={operating} />,
  )
}

function listed(trust: Loaded, day: IsoDate): ListedBook {
  const view = viewOf(trust.agreement, trust.rows, day)
  return {
    book: trust.book,
    kind: trust.kind,
    authority: trust.rows.authority,
    agreement: trust.agreement,
    state: view.state.state,
    held: view.held,
    owed: view.exposure.ok ? view.exposure.value.owed : undefined,
  }
}

function agreement(c: C): Response | Promise<Response> {
  const a = ask(c)
  const asked = c.req.param('id') ?? ''
  const found = shipped(asked.replace(/\.yaml$/, ''))
  if (!found) return missing(c, a, a.t.agreement.unknown(asked))
  if (asked.endsWith('.yaml'))
    return c.body(found.text, 200, { 'Content-Type': 'application/yaml; charset=utf-8', ...download(asked) })
  return c.html(<AgreementPage a={a} agreement={found} />)
}

const download = (name: string) => ({ 'Content-Disposition': `attachment; filename="${name}"` })

function rehearsal(c: C): Response | Promise<Response> {
  const a = ask(c)
  const found = shipped(c.req.param('id') ?? '')
  if (!found) return missing(c, a, a.t.agreement.unknown(c.req.param('id') ?? ''))
  const played = demonstrationOf(found)
  const last = played.days.at(-1)?.day
  if (last === undefined) return missing(c, a, a.t.agreement.unknown(found.document.id))
  const view = viewOf(found, played.book, last)
  return c.html(<RehearsalPage a={a} agreement={found} rehearsal={played} view={view} />)
}

function rehearsalDay(c: C): Response | Promise<Response> {
  const a = ask(c)
  const found = shipped(c.req.param('id') ?? '')
  if (!found) return missing(c, a, a.t.agreement.unknown(c.req.param('id') ?? ''))
  const played = demonstrationOf(found)
  const day = played.days.find((one) => one.day === c.req.param('day'))
  if (!day) return missing(c, a, a.t.play.unknownDay(c.req.param('day') ?? ''))
  const view = viewOf(found, played.book, day.day)
  return c.html(<RehearsalDayPage a={a} agreement={found} rehearsal={played} view={view} day={day} />)
}

function rehearsalFile(c: C): Response | Promise<Response> {
  const a = ask(c)
  const found = shipped(c.req.param('id') ?? '')
  const name = c.req.param('name') ?? ''
  const file = found && demonstrationOf(found).files.find((one) => one.name === name)
  if (!file) return missing(c, a, a.t.agreement.unknown(name))
  return c.body(file.text, 200, { 'Content-Type': 'text/plain; charset=utf-8', ...download(name) })
}

interface AtBook {
  readonly c: C
  readonly shell: Shell
  readonly a: Asked
  readonly trust: Loaded
  readonly day: IsoDate
  readonly path: string
}
type Handler = (at: AtBook) => Response | Promise<Response>

/** What a book shows changes with money and with who asks: nobody keeps a copy. */
async function atBook(c: C, shell: Shell, handle: Handler): Promise<Response> {
  const a = ask(c)
  const name = c.req.param('book') ?? ''
  c.header('Cache-Control', 'private, no-store')
  const trust = await loadTrust(shell.db, name)
  if (!trust) return missing(c, a, a.t.book.unknown(name))
  return handle({ c, shell, a, trust, day: dayOf(shell, trust), path: `/trust/books/${trust.book}` })
}

/** An operating book lives today; a simulation stands at the last day that was run, or that it knows of. */
function dayOf(shell: Shell, { kind, last_day, rows }: Loaded): IsoDate {
  const today = shell.now().slice(0, 10) as IsoDate
  if (kind === 'operating') return today
  const known = [...rows.facts.map(({ fact }) => fact.on), ...rows.deposits.map(({ payday }) => payday)]
  return last_day ?? known.toSorted().at(-1) ?? today
}

async function book({ c, shell, a, trust, day, path }: AtBook): Promise<Response> {
  const view = viewOf(trust.agreement, trust.rows, day)
  const published = await loadPublishedDay(shell.db, trust.book)
  return c.html(
    <BookPage
      a={a}
      view={view}
      title={bookTitle(a, view)}
      path={path}
      below={path}
      crumb={{ label: trust.book, path }}
      illustrative={false}
      check={
        <>
          <Check a={a} book={trust.book} published={published} />
          <p>
            <Link a={a} to={publicPath(trust.book)}>
              {a.t.public.link}
            </Link>
          </p>
        </>
      }
    />,
  )
}

async function publicBook({ c, shell, a, trust }: AtBook): Promise<Response> {
  const published = await loadPublishedDay(shell.db, trust.book)
  return c.html(<PublicPage a={a} trust={trust} published={published} />)
}

/** The picture of a day, byte for byte what was hashed. */
async function publicDay({ c, shell, a, trust }: AtBook): Promise<Response> {
  const day = IsoDate.safeParse((c.req.param('file') ?? '').replace(/\.json$/, ''))
  const published = day.success ? await loadPublishedDay(shell.db, trust.book, day.data) : undefined
  if (!published) return missing(c, a, a.t.public.none)
  const type = { 'Content-Type': 'application/json; charset=utf-8' }
  return c.body(canonicalJson({ ...published.view }), 200, {
    ...type,
    ...download(`${published.view.day}.json`),
  })
}

/** Acts and statements are for those with a duty in the book; a simulation may be read by whoever may rehearse. */
function mayRead(principal: Principal, { kind, agreement: { document } }: Loaded): boolean {
  const has = (action: 'trust.read' | 'trust.rehearse') =>
    document.members.some((member) => mayDo(principal, action, member))
  return has('trust.read') || (kind === 'simulation' && has('trust.rehearse'))
}

const reading =
  (handle: Handler): Handler =>
  (at) => {
    const { c, a, trust } = at
    const principal = principalOf(c)
    if (mayRead(principal, trust)) return handle(at)
    return refused(at, principal.kind === 'user' ? a.t.refused.notYours : a.t.refused.signIn, 403)
  }

const refused = ({ c, a, trust, path }: AtBook, why: string, status: 403 | 409 | 422) =>
  c.html(
    <TrustPage a={a} book={trust.rows} title={a.t.refused.title} path={path} noindex>
      <h1>{a.t.refused.title}</h1>
      <Refusal title={a.t.refused.title}>
        <p>{why}</p>
      </Refusal>
    </TrustPage>,
    status,
  )

interface Span {
  readonly from: IsoDate
  readonly through: IsoDate
  readonly wrong?: string
}

/** The days asked for; without them, the year up to now. */
function spanOf({ c, day }: AtBook): Span {
  const usual = { from: `${day.slice(0, 4)}-01-01` as IsoDate, through: day }
  const texts = [c.req.query('from') ?? usual.from, c.req.query('through') ?? usual.through]
  const [from, through] = texts.map((text) => IsoDate.safeParse(text))
  if (!from?.success || !through?.success || from.data > through.data)
    return { ...usual, wrong: texts.join(' – ') }
  return { from: from.data, through: through.data }
}

const stated = ({ trust }: AtBook, kind: StatementKind, { from, through }: Span) =>
  statementsBy(kind, movementsOf(trust.rows, trust.agreement.document), from, through)

function statements(at: AtBook): Response | Promise<Response> {
  const { c, a, trust, day, path } = at
  const span = spanOf(at)
  const view = viewOf(trust.agreement, trust.rows, day)
  const by = Object.fromEntries(STATEMENT_KINDS.map((kind) => [kind, stated(at, kind, span)])) as Record<
    StatementKind,
    readonly Statement[]
  >
  return c.html(
    <StatementsPage a={a} view={view} path={path} {...span} statements={by} />,
    span.wrong === undefined ? 200 : 400,
  )
}

const CSV = [
  'of',
  'from',
  'through',
  'opening',
  'held',
  'released',
  'returned',
  'closing',
  'earned',
  'paid_to_members',
]

function statementFile(at: AtBook): Response | Promise<Response> {
  const { c, a, trust } = at
  const asked = c.req.param('file') ?? ''
  const kind = STATEMENT_KINDS.find((one) => asked === `${one}.csv`)
  const span = spanOf(at)
  if (!kind || span.wrong !== undefined)
    return missing(c, a, a.t.statements.badDate(span.wrong ?? asked), 400)
  const rows = stated(at, kind, span).map((row) => ({ book_kind: trust.kind, book: trust.book, ...row }))
  const text = stringify(rows as never, {
    header: true,
    columns: ['book_kind', 'book', ...CSV],
    cast: { bigint: (cents) => dollarsOf(cents) },
  })
  const name = `${trust.kind}-${trust.book}-${kind}.csv`
  return c.body(text, 200, { 'Content-Type': 'text/csv; charset=utf-8', ...download(name) })
}

function dollarsOf(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

interface AtItem extends AtBook {
  readonly waiting: WaitingItem
}

function findItem(at: AtBook): AtItem | undefined {
  const found = at.trust.rows.items.find(({ id }) => id === at.c.req.param('item'))
  return found && { ...at, waiting: waitingOf(at.trust.agreement, at.trust.rows, found, at.day) }
}

function item(at: AtBook): Response | Promise<Response> {
  const found = findItem(at)
  if (!found) return missing(at.c, at.a, at.a.t.item.unknown(at.c.req.param('item') ?? ''))
  return itemPage(found, 200)
}

function itemPage(at: AtItem, status: 200 | 409 | 422, why?: string): Response | Promise<Response> {
  const { c, a, trust, day, path, waiting } = at
  const done = c.req.query('signed')
  return c.html(
    <ItemPage
      a={a}
      view={viewOf(trust.agreement, trust.rows, day)}
      path={path}
      waiting={waiting}
      sha256={itemHash(waiting.item)}
      maySign={maySign(at)}
      names={mayDo(principalOf(c), 'trust.read', waiting.item.member)}
      {...((done === 'executed' || done === 'signed') && { done })}
      {...(why !== undefined && { refused: why })}
    />,
    status,
  )
}

function maySign({ c, trust, waiting: { item: one, signatures } }: AtItem): MaySign {
  const principal = principalOf(c)
  if (principal.kind !== 'user') return { may: 'sign-in' }
  if (!mayDo(principal, 'trust.sign', one.member)) return { may: 'not-yours' }
  if (one.prepared_by === principal.id) return { may: 'own' }
  if (signatures.some(({ person }) => person === principal.id)) return { may: 'already' }
  const { executed, withdrawn } = trust.rows
  if ([...executed, ...withdrawn].some(({ item: of }) => of === one.id)) return { may: 'closed' }
  return { may: 'yes', offices: officesOf(principal, one.member) }
}

/** The offices in which a person approves for a member; without one, as an approver. */
function officesOf(principal: Principal, member: string): readonly string[] {
  if (principal.kind !== 'user') return []
  const own = principal.grants.filter(
    ({ role, jurisdiction }) => role === 'approver' && (jurisdiction === 'all' || jurisdiction === member),
  )
  return [...new Set(own.map(({ office }) => office ?? 'approver'))]
}

async function signing(at: AtBook): Promise<Response> {
  const { c, shell, a, trust, day, path } = at
  const found = findItem(at)
  if (!found) return missing(c, a, a.t.item.unknown(c.req.param('item') ?? ''))
  const { item: one } = found.waiting
  const leave = leaveFor(c, 'trust.sign', one.member)
  const principal = principalOf(c)
  if (leave === 'cross-site') return refused(at, a.t.refused.crossSite, 403)
  if (leave !== 'yes' || principal.kind !== 'user')
    return refused(at, leave === 'sign-in' ? a.t.item.signIn : a.t.item.notYours, 403)
  const body = await c.req.parseBody()
  if (body.seen !== 'yes') return itemPage(found, 422, a.t.refused.unseen)
  const office = officesOf(principal, one.member).find((name) => name === body.office)
  if (office === undefined) return itemPage(found, 422, a.t.refused.office)
  const signature = { item_sha256: String(body.sha256), person: principal.id, office }
  const signed = await sign(shell, trust.book, one.id, signature, day, { actor: actorOf(principal) })
  if (!signed.ok) {
    const { code } = signed.error
    return itemPage(found, 409, a.t.refused.codes[code] ?? a.t.refused.other(code))
  }
  return c.redirect(
    `${href(a.lang, `${path}/items/${one.id}`)}?signed=${signed.value.executed ? 'executed' : 'signed'}`,
    303,
  )
}
