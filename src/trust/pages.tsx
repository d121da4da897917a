import { Hono } from 'hono'
import type { IsoDate } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import type { PageEnv } from '../ui/index.ts'
import type { Agreement } from './agreement.ts'
import { type Loaded, listAdopted, loadTrust } from './book-store.ts'
import { viewOf } from './book-view.ts'
import { demonstrationOf } from './demonstration.ts'
import { readShippedAgreements } from './files.ts'
import { AgreementPage } from './pages/agreement.tsx'
import { ask, atBook, type C, download, missing, reading, todayOf } from './pages/at-book.tsx'
import { book, publicBook, publicDay, statementFile, statements } from './pages/books.tsx'
import { acting, desk } from './pages/desk-acts.tsx'
import { type ListedBook, TrustHome } from './pages/home.tsx'
import { RehearsalDayPage, RehearsalPage } from './pages/rehearsal.tsx'
import { item, paymentFile, signing } from './pages/signing.tsx'
import { dayOf } from './store.ts'

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
    .get('/trust/books/:book/desk', (c) => atBook(c, shell, reading(desk)))
    .post('/trust/books/:book/desk', (c) => atBook(c, shell, reading(acting)))
    .get('/trust/books/:book/items/:item/payment.ach', (c) => atBook(c, shell, reading(paymentFile)))
    .get('/trust/books/:book/items/:item', (c) => atBook(c, shell, reading(item)))
    .post('/trust/books/:book/items/:item', (c) => atBook(c, shell, reading(signing)))

const shipped = (id: string): Agreement | undefined =>
  readShippedAgreements().find(({ document }) => document.id === id)

async function home(c: C, shell: Shell): Promise<Response> {
  const adopted = await listAdopted(shell.db)
  const books: ListedBook[] = []
  // Simulated and operating money never share a page: of operating books only the names are here.
  const operating = adopted.filter(({ kind }) => kind === 'operating').map(({ book }) => book)
  for (const { book } of adopted.filter(({ kind }) => kind === 'simulation')) {
    const trust = await loadTrust(shell.db, book)
    if (trust) books.push(listed(trust, dayOf(trust, todayOf(shell))))
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
