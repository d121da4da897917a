import { stringify } from 'csv-stringify/sync'
import { canonicalJson, IsoDate } from '../../base/index.ts'
import { viewOf } from '../book-view.ts'
import { movementsOf } from '../movements.ts'
import { loadPublishedDay } from '../page-store.ts'
import { STATEMENT_KINDS, type Statement, type StatementKind, statementsBy } from '../statements.ts'
import { type AtBook, download, missing } from './at-book.tsx'
import { BookPage, bookTitle } from './book.tsx'
import { Link } from './parts.tsx'
import { Check, PublicPage, publicPath } from './public.tsx'
import { StatementsPage } from './statements.tsx'

export async function book({ c, shell, a, trust, day, path }: AtBook): Promise<Response> {
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

export async function publicBook({ c, shell, a, trust }: AtBook): Promise<Response> {
  const published = await loadPublishedDay(shell.db, trust.book)
  return c.html(<PublicPage a={a} trust={trust} published={published} />)
}

/** The picture of a day, byte for byte what was hashed. */
export async function publicDay({ c, shell, a, trust }: AtBook): Promise<Response> {
  const day = IsoDate.safeParse((c.req.param('file') ?? '').replace(/\.json$/, ''))
  const published = day.success ? await loadPublishedDay(shell.db, trust.book, day.data) : undefined
  if (!published) return missing(c, a, a.t.public.none)
  const type = { 'Content-Type': 'application/json; charset=utf-8' }
  return c.body(canonicalJson({ ...published.view }), 200, {
    ...type,
    ...download(`${published.view.day}.json`),
  })
}

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

export function statements(at: AtBook): Response | Promise<Response> {
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

export function statementFile(at: AtBook): Response | Promise<Response> {
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
