import type { FC } from 'hono/jsx'
import { DataTable, EventList, formatDate, href, KeyValue, PageHead, Section } from '../../ui/index.ts'
import type { Loaded } from '../book-store.ts'
import type { DayView } from '../day.ts'
import type { PublishedDay } from '../page-store.ts'
import { type Asked, exactly, inLang, Link, money, StateChip, TrustPage } from './parts.tsx'

export const publicPath = (book: string): string => `/trust/public/${book}`

/** A book for anyone: its newest published balance, never apart from what is owed, and how to check it. */
export const PublicPage: FC<{ a: Asked; trust: Loaded; published: PublishedDay | undefined }> = (props) => {
  const { a, trust, published } = props
  const t = a.t.public
  const title = inLang(a, trust.agreement.document, 'title')
  return (
    <TrustPage
      a={a}
      book={trust.rows}
      title={title}
      path={publicPath(trust.book)}
      crumbs={[
        { label: a.t.trust, path: '/trust' },
        { label: trust.book, path: `/trust/books/${trust.book}` },
        { label: t.crumb },
      ]}
      hashes
    >
      <PageHead
        title={title}
        lede={published ? sentence(a, published.view) : t.none}
        meta={
          published && (
            <>
              <StateChip a={a} state={published.view.state} /> ·{' '}
              {a.t.book.on(formatDate(published.view.day, a.lang))} ·{' '}
              {a.t.book.bookIs(a.t.home.kinds[trust.kind].toLowerCase())}
            </>
          )
        }
      />
      {published && (
        <Section id="figures" title={t.figures} rail={<p>{t.figuresRail}</p>}>
          <FiguresTable a={a} view={published.view} />
        </Section>
      )}
      <Section id="check" title={a.t.book.checkTitle} rail={<p>{a.t.book.checkRail}</p>}>
        <Check a={a} book={trust.book} published={published} />
      </Section>
    </TrustPage>
  )
}

function sentence(a: Asked, { held_cents, exposure, exposure_missing }: DayView): string {
  const t = a.t.book
  const held = BigInt(held_cents)
  const said = held > 0n ? t.held(money(a, held)) : t.nothingHeld
  if (exposure === null) return `${said}${t.noRate(exposure_missing ?? '')}`
  const owed = BigInt(exposure.owed)
  if (owed === 0n) return said
  return `${said}${held > 0n ? t.owedOn(money(a, owed)) : t.owedStill(money(a, owed))}`
}

const FiguresTable: FC<{ a: Asked; view: DayView }> = ({ a, view }) => {
  const t = a.t.public
  const { exposure } = view
  const rows = [
    [a.t.home.held, view.held_cents],
    [t.cap, view.cap_cents],
    [t.onWay, view.awaiting_cents],
    [a.t.agreement.earnings, view.earnings_cents],
    [a.t.book.penalty, exposure?.deposit_penalty ?? null],
    [a.t.book.latePayment, exposure?.late_payment ?? null],
    [a.t.book.interest, exposure?.interest ?? null],
    [a.t.home.owed, exposure?.owed ?? null],
  ] as const
  return (
    <DataTable
      lang={a.lang}
      caption={t.figures}
      phone="compact"
      rows={rows}
      columns={[
        { key: 'what', head: t.what, rowHead: true, cell: ([name]) => name },
        {
          key: 'amount',
          head: a.t.book.amount,
          align: 'right',
          cell: ([, amount]) =>
            amount === null ? <span class="muted">{t.noFigure}</span> : exactly(a, BigInt(amount)),
        },
      ]}
    />
  )
}

/** The picture of the day as bytes, its hash, the event that holds the hash, and the log's own proof. */
export const Check: FC<{ a: Asked; book: string; published: PublishedDay | undefined }> = ({
  a,
  book,
  published,
}) => {
  const t = a.t.public
  if (!published)
    return (
      <p>
        {t.none}{' '}
        <Link a={a} to="/audit">
          {a.t.book.checkLog}
        </Link>
      </p>
    )
  const { view, sha256, seq } = published
  const file = `${publicPath(book)}/${view.day}.json`
  return (
    <>
      <EventList
        items={[
          { when: '1.', title: <a href={file}>{t.step1(formatDate(view.day, a.lang))}</a> },
          { when: '2.', title: t.step2, note: <code>sha256sum {view.day}.json</code> },
          { when: '3.', title: <a href={href(a.lang, `/audit/events/${seq}`)}>{t.step3(String(seq))}</a> },
          { when: '4.', title: <a href={href(a.lang, '/audit#check')}>{t.step4}</a> },
        ]}
      />
      <KeyValue rows={[{ key: t.hash, value: <code>{sha256}</code> }]} />
    </>
  )
}
