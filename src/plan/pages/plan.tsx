import type { FC } from 'hono/jsx'
import type { Book, LegalTier } from '../../registry/index.ts'
import {
  BothSides,
  ConditionChip,
  DataTable,
  formatDate,
  href,
  Note,
  PageHead,
  Section,
  stateName,
  TierChip,
} from '../../ui/index.ts'
import { monthText } from '../agenda/calendar.ts'
import type { Prerequisite } from '../agenda/groundwork.ts'
import type { MeasureReady } from '../agenda/plan-timetable.ts'
import type { PlanDocument } from '../documents/documents.ts'
import { actorText, versionWords } from '../documents/version-words.ts'
import type { PlaceInputs } from '../inputs.ts'
import { missingText } from '../results/missing-words.ts'
import type { Plan } from '../schema.ts'
import { type Asked, English, Link, PlanPage, Records } from './parts.tsx'

export interface PlanView {
  readonly plan: Plan
  readonly document: PlanDocument
  /** Whether it is shown as the plan, and not as one of its versions. */
  readonly isNewest: boolean
  readonly book: Book
  readonly tiers: readonly LegalTier[]
  readonly left_out: readonly PlaceInputs[]
  readonly measures: readonly MeasureReady[]
  /** Prerequisites of the types that are not in force, by place. */
  readonly first: readonly {
    readonly usps: string
    readonly type: string
    readonly prerequisite: Prerequisite
  }[]
}

export const PlanDocumentPage: FC<{ a: Asked; view: PlanView }> = ({ a, view }) => {
  const { plan } = view
  const t = a.t.plan
  return (
    <PlanPage
      a={a}
      title={plan.title}
      path={view.isNewest ? `/plans/${plan.id}` : `/plans/${plan.id}/v/${view.document.version}`}
      description={plan.question}
      hashes={view.document.origin === 'saved'}
      simulation={view.tiers.includes('likely-preempted')}
      crumbs={[
        { label: t.crumb, path: '/plans' },
        ...(view.isNewest
          ? [{ label: plan.id }]
          : [
              { label: plan.id, path: `/plans/${plan.id}` },
              { label: `${versionWords(a.lang).version} ${view.document.version}` },
            ]),
      ]}
    >
      <PageHead
        title={<English a={a}>{plan.title}</English>}
        lede={
          <English a={a}>
            {plan.question} {plan.summary}
          </English>
        }
        meta={<Meta a={a} view={view} />}
      />
      <Ways a={a} view={view} />
      <Section id="measures" title={t.measures} rail={<p>{t.measuresRail}</p>}>
        <Measures a={a} view={view} />
      </Section>
      <Section id="cases" title={t.cases} rail={<p>{t.casesRail}</p>}>
        <BothSides
          first={{ title: t.caseFor, text: <English a={a}>{plan.case_for}</English> }}
          second={{ title: t.caseAgainst, text: <English a={a}>{plan.case_against}</English> }}
        />
      </Section>
      <Section id="first" title={t.first} rail={<p>{t.firstRail}</p>}>
        <FirstTable a={a} view={view} />
      </Section>
      <Section id="doubt" title={t.doubt} rail={<p>{t.doubtRail}</p>}>
        <List a={a} title={t.harm} lines={plan.harm} />
        <List a={a} title={t.change} lines={plan.would_change} />
        <List a={a} title={t.unknown} lines={plan.not_known} />
        {view.left_out.length > 0 && (
          <>
            <h3>{t.leftOut}</h3>
            <ul class="plain-list">
              {view.left_out.map(({ usps, missing }) => (
                <li>
                  {stateName(usps, a.lang)}: {missingText(missing, a.lang)}
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
      <Section id="run" title={t.run} rail={<p>{t.runRail}</p>}>
        <p>
          <a class="button" href={href(a.lang, `/plans/${plan.id}/run`)}>
            {t.runHere}
          </a>
        </p>
        <p>{t.runWords}</p>
        <p>
          <code>
            tenth plan simulate {plan.id} <span class="nowrap">--draws 10000</span>{' '}
            <span class="nowrap">--seed 1</span>
          </code>
        </p>
      </Section>
      <Section id="sources" title={t.sources}>
        <ul class="plain-list">
          {plan.sources.map((source) => (
            <li>
              <Source a={a} source={source} />
            </li>
          ))}
        </ul>
      </Section>
    </PlanPage>
  )
}

const Meta: FC<{ a: Asked; view: PlanView }> = ({ a, view: { plan, document } }) => {
  const { saved, set_aside } = document
  const w = versionWords(a.lang)
  return (
    <>
      {a.t.plan.facts(plan.members.join(', '), plan.months, formatDate(plan.firstMonth, a.lang))}
      {saved && (
        <span class="note-line">
          {w.version} {document.version}, {formatDate(saved.at.slice(0, 10), a.lang)},{' '}
          {actorText(saved.by, a.lang)}: <English a={a}>{saved.why}</English> · SHA-256{' '}
          <code class="hash">{document.sha256}</code>
        </span>
      )}
      {set_aside && (
        <span class="note-line">
          {w.aside.is(
            actorText(set_aside.by, a.lang),
            formatDate(set_aside.at.slice(0, 10), a.lang),
            set_aside.why,
          )}
        </span>
      )}
    </>
  )
}

/** What can be done with the plan, the first thing first. */
const Ways: FC<{ a: Asked; view: PlanView }> = ({ a, view: { plan, document, isNewest } }) => {
  const t = a.t.plan.ways
  const path = `/plans/${plan.id}`
  if (!isNewest)
    return (
      <Note title={versionWords(a.lang).permanent}>
        <Link a={a} to={path}>
          {versionWords(a.lang).toNewest}
        </Link>
        {' · '}
        <Link a={a} to={`/plans/new?copy=${plan.id}&version=${document.version}`}>
          {t.copy}
        </Link>
        {' · '}
        <a href={`/api/v1/plans/${plan.id}/versions/${document.version}/document.yaml`}>{t.file}</a>
      </Note>
    )
  return (
    <nav class="buttons no-print" aria-label={t.label}>
      <a class="button" href={href(a.lang, `${path}/results`)}>
        {t.results}
      </a>
      <a class="button outline" href={href(a.lang, `${path}/brief`)}>
        {t.brief}
      </a>
      <a
        class="button outline"
        href={href(a.lang, document.origin === 'saved' ? `${path}/edit` : `/plans/new?copy=${plan.id}`)}
      >
        {document.origin === 'saved' ? t.edit : t.copy}
      </a>
      {document.origin === 'saved' && (
        <a class="button outline" href={href(a.lang, `${path}/versions`)}>
          {t.versions}
        </a>
      )}
      <a class="button outline" href={`/api/v1/plans/${plan.id}/document.yaml`}>
        {t.file}
      </a>
    </nav>
  )
}

const Measures: FC<{ a: Asked; view: PlanView }> = ({ a, view: { plan, tiers, measures, book } }) => {
  const t = a.t.plan
  const rows = plan.measures.map((measure, m) => ({
    measure,
    tier: tiers[m],
    ready: measures.filter((one) => one.id === measure.id).toSorted((x, y) => y.ready - x.ready)[0],
  }))
  return (
    <DataTable
      lang={a.lang}
      caption={t.measures}
      rows={rows}
      columns={[
        {
          key: 'measure',
          head: t.measure,
          rowHead: true,
          cell: ({ measure, tier }) => (
            <>
              <Link a={a} to={`/records/${measure.playbook_type}`} english>
                {book.records.get(measure.playbook_type)?.title ?? measure.playbook_type}
              </Link>
              {tier !== undefined && (
                <span class="note-line">
                  <TierChip lang={a.lang} tier={tier} />
                </span>
              )}
            </>
          ),
        },
        {
          key: 'what',
          head: t.what,
          cell: ({ measure }) => (
            <English a={a}>
              {measure.what}
              {measure.money_source !== undefined && (
                <span class="note-line">
                  {t.money}: {measure.money_source}
                </span>
              )}
            </English>
          ),
        },
        {
          key: 'starts',
          head: t.starts,
          nowrap: true,
          cell: ({ ready }) => (ready ? formatDate(monthText(ready.starts), a.lang) : ''),
        },
        {
          key: 'ready',
          head: t.canStart,
          cell: ({ ready }) =>
            ready && (
              <>
                <span class="nowrap">{formatDate(monthText(ready.ready), a.lang)}</span>
                {ready.months_early > 0 && <span class="note-line">{t.tooSoon(ready.months_early)}</span>}
              </>
            ),
        },
      ]}
    />
  )
}

interface FirstLine {
  readonly prerequisite: Prerequisite
  readonly places: string[]
}

/** What stands alike in several members is one line that names them. */
function firstLines(first: PlanView['first']): readonly FirstLine[] {
  const lines = new Map<string, FirstLine>()
  for (const { usps, type, prerequisite } of first) {
    const { line, office, state, evidence } = prerequisite
    const key = JSON.stringify([type, line, office, state, evidence])
    const one = lines.get(key)
    if (one) one.places.push(usps)
    else lines.set(key, { prerequisite, places: [usps] })
  }
  return [...lines.values()]
}

const FirstTable: FC<{ a: Asked; view: PlanView }> = ({ a, view: { first, book } }) => {
  const t = a.t.plan
  return (
    <DataTable
      lang={a.lang}
      caption={t.first}
      rows={firstLines(first)}
      empty={t.readyAlready}
      columns={[
        {
          key: 'line',
          head: t.prerequisite,
          rowHead: true,
          cell: ({ places, prerequisite }) => (
            <English a={a}>
              {prerequisite.line}
              <span class="note-line">{places.join(', ')}</span>
            </English>
          ),
        },
        {
          key: 'office',
          head: t.office,
          cell: ({ prerequisite }) => <English a={a}>{prerequisite.office}</English>,
        },
        {
          key: 'stands',
          head: t.stands,
          cell: ({ prerequisite: { state, evidence } }) => (
            <>
              {state === 'met' ? (
                <ConditionChip lang={a.lang} condition={{ stands: 'met' }} />
              ) : (
                <span class="muted">{t.noneRecorded}</span>
              )}
              <Records
                a={a}
                records={evidence.slice(0, 3).map((id) => ({ id, title: book.records.get(id)?.title ?? id }))}
              />
            </>
          ),
        },
      ]}
    />
  )
}

const List: FC<{ a: Asked; title: string; lines: readonly string[] }> = ({ a, title, lines }) => (
  <>
    <h3>{title}</h3>
    <ul class="plain-list">
      {lines.map((line) => (
        <li>
          <English a={a}>{line}</English>
        </li>
      ))}
    </ul>
  </>
)

const Source: FC<{ a: Asked; source: Plan['sources'][number] }> = ({ a, source }) => {
  const { title, publisher, url, record, date } = source
  const tail = [publisher, date].filter((part) => part !== undefined).join(', ')
  if (record !== undefined)
    return (
      <>
        <Link a={a} to={`/records/${record}`} english>
          {title}
        </Link>
        , {tail}
      </>
    )
  return (
    <English a={a}>
      {url === undefined ? title : <a href={url}>{title}</a>}, {tail}
    </English>
  )
}
