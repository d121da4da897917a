import type { Child, FC } from 'hono/jsx'
import { DataTable, formatDate, PageHead, Section } from '../../ui/index.ts'
import type { BookEntry, BookView, Judged, WaitingItem } from '../book-view.ts'
import { Balance } from './balance.tsx'
import { Conditions, NextWords, RefusedAct } from './conditions.tsx'
import { DepositsTable, LiabilityTable } from './liability.tsx'
import { type Asked, className, inLang, Link, money, officeName, StateChip, TrustPage } from './parts.tsx'

export interface BookPageProps {
  readonly a: Asked
  readonly view: BookView
  /** English path of the page itself. */
  readonly path: string
  /** Path of the book; items and statements stand below it. Absent in a rehearsal, whose items have no page. */
  readonly below?: string
  readonly title: string
  readonly crumb: { readonly label: string; readonly path: string }
  /** True while no real run stands behind the figures. */
  readonly illustrative: boolean
  /** Before everything but a refusal: the steps of a rehearsal. */
  readonly play?: Child
  /** How a stranger checks the figures. */
  readonly check: Child
  /** An act that someone asked for on this day. */
  readonly asked?: Judged
  /** Whether the reader may see who signed. */
  readonly names?: boolean
}

/** A book on a day: held and owed in one sentence, then what was refused, then everything else. */
export const BookPage: FC<BookPageProps> = (props) => {
  const { a, view, path, below } = props
  const { t } = a
  const { document } = view.agreement
  return (
    <TrustPage
      a={a}
      book={view.book}
      title={props.title}
      path={path}
      crumbs={[{ label: t.trust, path: '/trust' }, props.crumb, { label: formatDate(view.day, a.lang) }]}
      hashes
    >
      <PageHead
        title={props.title}
        chips={props.illustrative ? <span class="illustrative">{t.book.illustrative}</span> : undefined}
        lede={<Sentence a={a} view={view} />}
        meta={
          <>
            {t.book.state}: <StateChip a={a} state={view.state.state} />{' '}
            {t.book.since(formatDate(view.since, a.lang))} · {t.book.on(formatDate(view.day, a.lang))} ·{' '}
            {t.book.bookIs(t.home.kinds[view.book.kind].toLowerCase())} ·{' '}
            <Link a={a} to={`/trust/agreements/${document.id}`}>
              {t.book.text}
            </Link>
            {below !== undefined && (
              <>
                {' · '}
                <Link a={a} to={`${below}/statements`}>
                  {t.book.statements}
                </Link>
                {' · '}
                <Link a={a} to={`${below}/desk`}>
                  {t.desk.link}
                </Link>
              </>
            )}{' '}
            · <a href="#check">{t.book.check}</a>
          </>
        }
      />
      {refusals(view, props.asked).map((judged) => (
        <RefusedAct a={a} judged={judged} />
      ))}
      {props.play}
      <Section id="balance" title={t.book.balance} rail={<p>{t.book.balanceRail}</p>}>
        <Balance a={a} view={view} illustrative={props.illustrative} />
      </Section>
      {view.exposure.ok && (
        <Section id="rules" title={t.book.byRule} rail={<p>{t.book.byRuleRail}</p>}>
          <LiabilityTable a={a} exposure={view.exposure.value} />
          {view.exposure.value.deposits.length > 0 && <DepositsTable a={a} exposure={view.exposure.value} />}
        </Section>
      )}
      <Section id="waiting" title={t.book.waiting} rail={<p>{t.book.waitingRail}</p>}>
        <WaitingTable a={a} rows={view.waiting} below={below} />
      </Section>
      {view.releasing && view.waiting.length === 0 && !props.asked && (
        <Section id="needs" title={t.book.needs} rail={<p>{t.book.needsRail}</p>}>
          <Conditions a={a} judged={view.releasing} caption={t.book.needs} />
          <NextWords a={a} judged={view.releasing} />
        </Section>
      )}
      <Section id="entries" title={t.book.entries} rail={<p>{t.book.entriesRail}</p>}>
        <EntriesTable a={a} view={view} rows={view.entries.slice(0, NEWEST)} />
      </Section>
      <Section id="check" title={t.book.checkTitle} rail={<p>{t.book.checkRail}</p>}>
        {props.check}
      </Section>
    </TrustPage>
  )
}

const NEWEST = 10

/** What is held, and never apart from it, what would be owed on it. */
const Sentence: FC<{ a: Asked; view: BookView }> = ({ a, view }) => {
  const t = a.t.book
  const { exposure } = view
  const owed = exposure.ok ? exposure.value.owed : 0n
  const owedWords = !exposure.ok
    ? t.noRate(exposure.error.quarter)
    : owed === 0n
      ? ''
      : view.held > 0n
        ? t.owedOn(money(a, owed))
        : t.owedStill(money(a, owed))
  return (
    <>
      {view.held > 0n ? t.held(money(a, view.held)) : t.nothingHeld}
      {owedWords}
      {view.on_its_way > 0n && t.onWay(money(a, view.on_its_way))}
      {t.waits(view.waiting.length)}
    </>
  )
}

/** What was asked and refused, what waits for more than a signature, and holding itself where it may not be. */
function refusals(view: BookView, asked: Judged | undefined): readonly Judged[] {
  const stopped = view.waiting
    .map(({ judged }) => judged)
    .filter(({ conditions }) => conditions.some(({ isMet, kind }) => !isMet && kind !== 'signature'))
  const holding = view.state.state === 'suspended' ? [view.holding] : []
  return [...(asked ? [asked] : []), ...stopped, ...holding]
}

const WaitingTable: FC<{ a: Asked; rows: readonly WaitingItem[]; below?: string | undefined }> = ({
  a,
  rows,
  below,
}) => {
  const t = a.t.book
  return (
    <DataTable
      lang={a.lang}
      caption={t.waiting}
      rows={rows}
      empty={t.noneWaiting}
      columns={[
        {
          key: 'movement',
          head: t.movement,
          rowHead: true,
          cell: ({ item }) => (
            <>
              {below === undefined ? (
                a.t.nouns[item.action]
              ) : (
                <Link a={a} to={`${below}/items/${item.id}`}>
                  {a.t.nouns[item.action]}
                </Link>
              )}
              , {item.member}
              <span class="note-line">{a.t.agreement.causes[item.cause]}</span>
            </>
          ),
        },
        {
          key: 'amount',
          head: t.amount,
          align: 'right',
          nowrap: true,
          cell: ({ item }) => money(a, item.amount_cents),
        },
        {
          key: 'signed',
          head: t.signed,
          cell: ({ signatures }) =>
            signatures.length === 0
              ? t.nobody
              : signatures
                  .map(({ office, at }) => `${officeName(a, office)} ${formatDate(at, a.lang)}`)
                  .join(' · '),
        },
        {
          key: 'waits',
          head: t.waitsFor,
          cell: ({ next }) => <b>{next.map((office) => officeName(a, office)).join(', ')}</b>,
        },
        { key: 'since', head: t.sinceHead, nowrap: true, cell: ({ days }) => t.days(days) },
      ]}
    />
  )
}

/** The class stands beside the member only where an agreement has more than one. */
const accountName = (a: Asked, view: BookView, account: string): string => {
  const [kind = '', member, id] = account.split(':')
  const isOne = view.agreement.document.depositor_classes.length === 1
  const of = [member, id === undefined || isOne ? undefined : className(a, view, id)]
  return [a.t.book.accounts[kind] ?? kind, ...of].filter((part) => part !== undefined).join(', ')
}

const entryName = (a: Asked, { kind, action, count }: BookEntry): string => {
  const { kinds } = a.t.book
  if (kind === 'deposit') return kinds.deposit(count)
  const act = action === undefined ? '' : a.t.nouns[action]
  return kind === 'executed' ? act : [kinds[kind], act.toLowerCase()].filter((word) => word !== '').join(': ')
}

const EntriesTable: FC<{ a: Asked; view: BookView; rows: readonly BookEntry[] }> = ({ a, view, rows }) => {
  const t = a.t.book
  return (
    <DataTable
      lang={a.lang}
      caption={t.entries}
      rows={rows}
      empty={t.noEntries}
      columns={[
        { key: 'entry', head: t.entry, rowHead: true, cell: (row) => entryName(a, row) },
        { key: 'date', head: t.date, nowrap: true, cell: ({ date }) => formatDate(date, a.lang) },
        { key: 'debit', head: t.debit, cell: ({ debit }) => accountName(a, view, debit) },
        { key: 'credit', head: t.credit, cell: ({ credit }) => accountName(a, view, credit) },
        {
          key: 'amount',
          head: t.amount,
          align: 'right',
          nowrap: true,
          cell: ({ amount }) => money(a, amount),
        },
      ]}
    />
  )
}

export const bookTitle = (a: Asked, view: BookView): string => inLang(a, view.agreement.document, 'title')
