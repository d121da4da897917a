import type { FC } from 'hono/jsx'
import {
  Button,
  DataTable,
  ErrorSummary,
  Field,
  formatDate,
  href,
  PageHead,
  Section,
} from '../../ui/index.ts'
import type { BookView } from '../book-view.ts'
import { STATEMENT_KINDS, type Statement, type StatementKind } from '../statements.ts'
import { type Asked, className, exactly, TrustPage } from './parts.tsx'

export interface StatementsProps {
  readonly a: Asked
  readonly view: BookView
  readonly path: string
  readonly from: string
  readonly through: string
  readonly statements: Readonly<Record<StatementKind, readonly Statement[]>>
  /** What was asked and is no span of days. */
  readonly wrong?: string
}

/** Opening, what moved, and closing: by member, by depositor class, by Form 941 quarter. */
export const StatementsPage: FC<StatementsProps> = ({ a, view, path, from, through, statements, wrong }) => {
  const t = a.t.statements
  const asked = `?from=${from}&through=${through}`
  return (
    <TrustPage
      a={a}
      book={view.book}
      title={t.title}
      path={`${path}/statements`}
      crumbs={[{ label: a.t.trust, path: '/trust' }, { label: view.book.book, path }, { label: t.title }]}
    >
      <PageHead
        title={t.title}
        eyebrow={`${a.t.home.book} ${view.book.book}`}
        lede={t.lede(formatDate(from, a.lang), formatDate(through, a.lang))}
      />
      {wrong !== undefined && (
        <ErrorSummary lang={a.lang} errors={[{ field: 'from', message: t.badDate(wrong) }]} />
      )}
      <form class="inline-form" action={href(a.lang, `${path}/statements`)}>
        <Field id="from" label={t.from} type="date" value={from} />
        <Field id="through" label={t.through} type="date" value={through} />
        <Button kind="outline">{t.show}</Button>
      </form>
      {STATEMENT_KINDS.map((kind) => (
        <Section id={kind} title={t.kinds[kind]} rail={<p>{t.rail}</p>}>
          <StatementTable a={a} view={view} kind={kind} rows={statements[kind]} />
          <p class="under">
            <a href={`${path}/statements/${kind}.csv${asked}`}>{t.csv}</a>
          </p>
        </Section>
      ))}
    </TrustPage>
  )
}

const AMOUNTS = ['opening', 'held', 'released', 'returned', 'closing', 'earned'] as const

const StatementTable: FC<{ a: Asked; view: BookView; kind: StatementKind; rows: readonly Statement[] }> = ({
  a,
  view,
  kind,
  rows,
}) => {
  const t = a.t.statements
  return (
    <DataTable
      lang={a.lang}
      caption={t.kinds[kind]}
      rows={rows}
      empty={t.none}
      columns={[
        {
          key: 'of',
          head: t.of,
          rowHead: true,
          cell: ({ of }) => (kind === 'depositor-class' ? className(a, view, of) : of),
        },
        ...AMOUNTS.map((key) => ({
          key,
          head: t[key],
          align: 'right' as const,
          cell: (row: Statement) => exactly(a, row[key]),
        })),
      ]}
    />
  )
}
