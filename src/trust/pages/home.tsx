import type { FC } from 'hono/jsx'
import { ConfidenceChip, DataTable, formatDate, Note, PageHead, Section } from '../../ui/index.ts'
import type { Agreement } from '../agreement.ts'
import { OBJECTIONS } from '../data/objections.ts'
import { PROPOSALS } from '../data/proposals.ts'
import type { AgreementState, Authority, BookKind } from '../schema.ts'
import { type Asked, English, inLang, Link, money, StateChip, TrustPage } from './parts.tsx'

/** A simulated book in the list. */
export interface ListedBook {
  readonly book: string
  readonly kind: BookKind
  readonly authority: Authority
  readonly agreement: Agreement
  readonly state: AgreementState
  readonly held: bigint
  /** Undefined where a rate is missing. */
  readonly owed: bigint | undefined
}

export const TrustHome: FC<{
  a: Asked
  agreements: readonly Agreement[]
  books: readonly ListedBook[]
  /** Names of operating books: their money stands on pages of their own. */
  operating: readonly string[]
}> = ({ a, agreements, books, operating }) => {
  const t = a.t.home
  return (
    <TrustPage a={a} title={t.title} path="/trust" description={t.description}>
      <PageHead title={t.title} lede={t.lede} />
      <Note title={t.frameTitle}>{t.frame}</Note>
      <Section id="agreements" title={t.agreements} rail={<p>{t.agreementsRail}</p>}>
        <AgreementsTable a={a} agreements={agreements} />
      </Section>
      <Section id="books" title={t.books} rail={<p>{t.booksRail}</p>}>
        <BooksTable a={a} books={books} />
        {operating.length > 0 && (
          <p>
            {t.operatingBooks}{' '}
            {operating.map((book) => (
              <>
                <Link a={a} to={`/trust/books/${book}`}>
                  {book}
                </Link>{' '}
              </>
            ))}
          </p>
        )}
      </Section>
      <Section id="against" title={t.against} rail={<p>{t.againstRail}</p>}>
        <ObjectionsTable a={a} />
      </Section>
      <Section id="proposals" title={t.proposals} rail={<p>{t.proposalsRail}</p>}>
        <ProposalsTable a={a} />
      </Section>
      <Section id="self" title={t.self} rail={<p>{t.selfRail}</p>}>
        <ul class="plain-list">
          {COMMANDS.map(([command, what]) => (
            <li>
              <code>{command}</code>
              <span class="note-line">{t.commands[what]}</span>
            </li>
          ))}
        </ul>
      </Section>
    </TrustPage>
  )
}

const COMMANDS = [
  ['tenth trust rehearse ny-recourse --payroll RUN.csv --from 2026-01-01 --to 2026-12-31', 'rehearse'],
  ['tenth trust penalty --kind deposit IN.csv --out OUT.csv', 'penalty'],
  ['tenth trust decide --help', 'decide'],
] as const

const AgreementsTable: FC<{ a: Asked; agreements: readonly Agreement[] }> = ({ a, agreements }) => {
  const t = a.t.home
  return (
    <DataTable
      lang={a.lang}
      caption={t.agreements}
      rows={agreements.map(({ document }) => document)}
      columns={[
        {
          key: 'agreement',
          head: t.agreement,
          rowHead: true,
          cell: (document) => (
            <>
              <Link a={a} to={`/trust/agreements/${document.id}`}>
                {inLang(a, document, 'title')}
              </Link>
              <span class="note-line">{inLang(a, document, 'summary')}</span>
            </>
          ),
        },
        { key: 'members', head: t.members, cell: ({ members }) => members.join(', ') },
        {
          key: 'model',
          head: t.model,
          cell: ({ modelled_on }) => (
            <English a={a}>
              <a href={modelled_on.source}>{modelled_on.name}</a>
              <span class="note-line">
                {modelled_on.status}, {t.asOf(formatDate(modelled_on.status_as_of, a.lang))}
              </span>
            </English>
          ),
        },
        {
          key: 'play',
          head: t.play,
          cell: ({ id }) => (
            <Link a={a} to={`/trust/rehearsals/${id}`}>
              {t.playLink}
            </Link>
          ),
        },
      ]}
    />
  )
}

const BooksTable: FC<{ a: Asked; books: readonly ListedBook[] }> = ({ a, books }) => {
  const t = a.t.home
  return (
    <DataTable
      lang={a.lang}
      caption={t.books}
      rows={books}
      empty={t.noBooks}
      columns={[
        {
          key: 'book',
          head: t.book,
          rowHead: true,
          cell: ({ book, agreement }) => (
            <>
              <Link a={a} to={`/trust/books/${book}`}>
                {book}
              </Link>
              <span class="note-line">{inLang(a, agreement.document, 'title')}</span>
            </>
          ),
        },
        { key: 'state', head: t.state, cell: ({ state }) => <StateChip a={a} state={state} /> },
        { key: 'held', head: t.held, align: 'right', cell: ({ held }) => money(a, held) },
        {
          key: 'owed',
          head: t.owed,
          align: 'right',
          cell: ({ owed }) => (owed === undefined ? '' : money(a, owed)),
        },
      ]}
    />
  )
}

const ObjectionsTable: FC<{ a: Asked }> = ({ a }) => {
  const t = a.t.home
  return (
    <DataTable
      lang={a.lang}
      caption={t.against}
      rows={OBJECTIONS}
      columns={[
        {
          key: 'topic',
          head: t.topic,
          rowHead: true,
          cell: (row) => (
            <>
              {row[a.lang][0]}
              <span class="note-line">{t.groups[row.group]}</span>
            </>
          ),
        },
        { key: 'says', head: t.says, cell: (row) => row[a.lang][1] },
        {
          key: 'authority',
          head: t.authority,
          cell: ({ authority, source }) => (
            <English a={a}>
              <a href={source}>{authority}</a>
            </English>
          ),
        },
      ]}
    />
  )
}

const ProposalsTable: FC<{ a: Asked }> = ({ a }) => {
  const t = a.t.home
  const ordered = PROPOSALS.toSorted((x, y) => (x.year < y.year ? -1 : x.year > y.year ? 1 : 0))
  return (
    <DataTable
      lang={a.lang}
      caption={t.proposals}
      rows={ordered}
      columns={[
        {
          key: 'proposal',
          head: t.proposal,
          rowHead: true,
          cell: (row) => (
            <English a={a}>
              <a href={row.source}>
                {row.jurisdiction}, {row.number}, {row.year}
              </a>
              <span class="note-line">{row.title}</span>
            </English>
          ),
        },
        { key: 'what', head: t.what, cell: (row) => <English a={a}>{row.mechanism}</English> },
        {
          key: 'decides',
          head: t.decides,
          cell: (row) => (
            <English a={a}>
              {row.who_decides}
              <span class="note-line">{row.release_rule}</span>
            </English>
          ),
        },
        {
          key: 'status',
          head: t.status,
          cell: (row) => (
            <>
              <English a={a}>{row.status}</English>
              <span class="note-line">{t.asOf(formatDate(row.status_as_of, a.lang))}</span>
              <ConfidenceChip lang={a.lang} confidence={levelOf(row)} />
            </>
          ),
        },
      ]}
    />
  )
}

/** "high (text)" says what the height rests on. */
const levelOf = ({ confidence }: { readonly confidence: string }) => {
  if (confidence.startsWith('high')) return 'high'
  return confidence.startsWith('medium') ? 'medium' : 'low'
}
