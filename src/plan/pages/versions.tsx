import type { FC } from 'hono/jsx'
import type { Leave } from '../../access/index.ts'
import {
  Button,
  Buttons,
  DataTable,
  Field,
  formatDate,
  href,
  Note,
  PageHead,
  Refusal,
  Section,
} from '../../ui/index.ts'
import type { Difference } from '../documents/differences.ts'
import type { PlanDocument, PlanVersion } from '../documents/documents.ts'
import type { Hunk } from '../documents/line-diff.ts'
import { actorText, type VersionWords } from '../documents/version-words.ts'
import { DifferencesTable } from './differences.tsx'
import { type Asked, English, Link, PlanPage } from './parts.tsx'

export interface Compared {
  readonly from: PlanVersion
  readonly to: PlanVersion
  /** Nothing where one of the two is no plan to this version of the workbench. */
  readonly differences: readonly Difference[] | undefined
  readonly hunks: readonly Hunk[]
}

export interface VersionsView {
  readonly a: Asked
  readonly t: VersionWords
  readonly document: PlanDocument
  readonly versions: readonly PlanVersion[]
  readonly compared: Compared | undefined
  /** What came of the form that sets a plan aside. */
  readonly refused: Exclude<Leave, 'yes'> | 'no_why' | undefined
}

/** Every version of a plan, two of them side by side, and whether it is set aside. */
export const VersionsPage: FC<{ v: VersionsView }> = ({ v }) => {
  const { a, t, document, versions, compared } = v
  const title = document.read.ok ? document.read.value.plan.title : document.id
  const path = `/plans/${document.id}/versions`
  return (
    <PlanPage
      a={a}
      title={t.title(title)}
      path={compared ? `${path}?from=${compared.from.version}&to=${compared.to.version}` : path}
      hashes
      crumbs={[
        { label: a.t.plans.title, path: '/plans' },
        { label: document.id, path: `/plans/${document.id}` },
        { label: t.crumb },
      ]}
    >
      <PageHead title={t.title(title)} lede={document.origin === 'shipped' ? t.shippedLede : t.lede} />
      {compared && <Changes v={v} compared={compared} />}
      {versions.length > 0 && (
        <Section id="versions" title={t.table}>
          <VersionsTable v={v} />
        </Section>
      )}
      {versions.length > 1 && (
        <Section id="compare" title={t.compare} rail={<p>{t.compareRail}</p>}>
          <CompareForm v={v} />
        </Section>
      )}
      {document.origin === 'saved' && (
        <Section id="aside" title={t.aside.title} rail={<p>{t.aside.rail}</p>}>
          <AsideForm v={v} />
        </Section>
      )}
    </PlanPage>
  )
}

const VersionsTable: FC<{ v: VersionsView }> = ({ v: { a, t, document, versions } }) => (
  <DataTable
    lang={a.lang}
    caption={t.table}
    rows={versions}
    columns={[
      {
        key: 'version',
        head: t.version,
        rowHead: true,
        nowrap: true,
        cell: ({ version }) => (
          <>
            <Link a={a} to={`/plans/${document.id}/v/${version}`}>
              {t.version} {version}
            </Link>
            {version === versions[0]?.version && <span class="note-line">{t.newest}</span>}
          </>
        ),
      },
      {
        key: 'saved',
        head: t.saved,
        cell: ({ at, by }) => (
          <>
            {formatDate(at.slice(0, 10), a.lang)}
            <span class="note-line">{actorText(by, a.lang)}</span>
          </>
        ),
      },
      { key: 'why', head: t.why, cell: ({ why }) => <English a={a}>{why}</English> },
      {
        key: 'hash',
        head: t.hash,
        cell: ({ sha256 }) => <code class="hash">{sha256}</code>,
      },
      {
        key: 'links',
        head: t.links,
        nowrap: true,
        cell: ({ version }) =>
          version > 1 ? (
            <Link a={a} to={`/plans/${document.id}/versions?from=${version - 1}&to=${version}`}>
              {t.compareBefore(version - 1)}
            </Link>
          ) : (
            <span class="muted">{t.first}</span>
          ),
      },
    ]}
  />
)

const CompareForm: FC<{ v: VersionsView }> = ({ v: { a, t, document, versions, compared } }) => {
  const options = versions.map(({ version }) => ({
    value: String(version),
    label: `${t.version} ${version}`,
  }))
  const [newest, before] = versions
  return (
    <form method="get" action={href(a.lang, `/plans/${document.id}/versions`)} class="add-row">
      <Field
        id="from"
        label={t.from}
        options={options}
        value={String(compared?.from.version ?? before?.version ?? '')}
      />
      <Field
        id="to"
        label={t.to}
        options={options}
        value={String(compared?.to.version ?? newest?.version ?? '')}
      />
      <Button kind="outline">{t.doCompare}</Button>
    </form>
  )
}

const Changes: FC<{ v: VersionsView; compared: Compared }> = ({ v: { a, t }, compared }) => {
  const { from, to, differences, hunks } = compared
  return (
    <Section
      id="changes"
      title={t.changes(from.version, to.version)}
      rail={
        <>
          <p>{differences ? t.count(differences.length) : t.unread}</p>
          <p>
            <English a={a}>{to.why}</English>
          </p>
        </>
      }
    >
      {differences && (
        <DifferencesTable
          a={a}
          caption={t.changes(from.version, to.version)}
          differences={differences}
          heads={[`${t.version} ${from.version}`, `${t.version} ${to.version}`]}
        />
      )}
      <h3>{t.lines}</h3>
      {hunks.length === 0 ? <p class="muted">{t.linesSame}</p> : <Hunks t={t} hunks={hunks} />}
    </Section>
  )
}

const Hunks: FC<{ t: VersionWords; hunks: readonly Hunk[] }> = ({ t, hunks }) => (
  <ol class="line-diff" lang="en">
    {hunks.map(({ skipped, lines }) => (
      <>
        {skipped > 0 && (
          <li class="gap" aria-hidden="true">
            …
          </li>
        )}
        {lines.map(({ is, text }) => (
          <li class={is}>
            <span aria-hidden="true">{is === 'added' ? '+' : is === 'removed' ? '−' : ' '}</span>
            <span>
              {is !== 'same' && <span class="vh">{is === 'added' ? t.added : t.removed}: </span>}
              {text}
            </span>
          </li>
        ))}
      </>
    ))}
  </ol>
)

const AsideForm: FC<{ v: VersionsView }> = ({ v: { a, t, document, refused } }) => {
  const { set_aside } = document
  return (
    <form method="post" action={href(a.lang, `/plans/${document.id}/versions`)}>
      {refused !== undefined && refused !== 'no_why' && (
        <Refusal title={t.aside.title}>
          <p>{t.aside.refused}</p>
        </Refusal>
      )}
      {set_aside ? (
        <Note>
          <p>
            {t.aside.is(
              actorText(set_aside.by, a.lang),
              formatDate(set_aside.at.slice(0, 10), a.lang),
              set_aside.why,
            )}
          </p>
        </Note>
      ) : (
        <Field
          id="aside-why"
          name="why"
          label={t.aside.why}
          {...(refused === 'no_why' && { error: t.aside.noWhy })}
        />
      )}
      <Buttons>
        <Button kind="outline" name="do" value={set_aside ? 'back' : 'aside'}>
          {set_aside ? t.aside.back : t.aside.set}
        </Button>
      </Buttons>
    </form>
  )
}
