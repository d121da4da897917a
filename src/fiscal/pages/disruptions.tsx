import type { FC } from 'hono/jsx'
import { cents, type IsoDate, type Usps } from '../../base/index.ts'
import type { RecOf } from '../../registry/index.ts'
import {
  BarRows,
  Button,
  DataTable,
  ErrorSummary,
  Field,
  Figure,
  formatDate,
  formatMoney,
  formatSpan,
  href,
  Note,
  PageHead,
  Section,
  stateName,
} from '../../ui/index.ts'
import { daysOfDelay, type GroupBy, isOpen, type Running, runningTotals, totalOf } from '../disruption.ts'
import {
  DISRUPTION_FIELDS,
  type DisruptionField,
  type DisruptionForm,
  type FieldFault,
} from '../disruption-form.ts'
import type { MoneyAction } from '../money-actions.ts'
import { DISRUPTION_KINDS, type RecordedDisruption, STRENGTHS } from '../schema.ts'
import { ActionsTable } from './actions.tsx'
import { type Asked, codeOf, Downloads, English, FiscalPage, Link, nameOfPlace, pathOf } from './parts.tsx'

export interface TrackerProps {
  readonly a: Asked
  readonly usps: Usps
  readonly today: string
  readonly disruptions: readonly RecordedDisruption[]
  readonly actions: readonly MoneyAction[]
  /** Federal actions that a disruption may belong to. */
  readonly choices: readonly RecOf<'federal-action'>[]
  readonly form: DisruptionForm
  readonly faults: readonly FieldFault[]
  readonly saved: RecordedDisruption | undefined
}

/** The public tracker of one state, and the form that feeds it. Prints on one sheet. */
export const TrackerPage: FC<TrackerProps> = (props) => {
  const { a, usps, disruptions } = props
  const t = a.t.tracker
  const name = stateName(usps, a.lang)
  const total = totalOf(disruptions)
  return (
    <FiscalPage
      a={a}
      title={t.title(name)}
      path={pathOf(usps, '/disruptions')}
      crumbs={[{ label: name, path: pathOf(usps) }, { label: a.t.place.disruptions }]}
    >
      <div class="tracker">
        <PageHead
          title={t.h1(name)}
          lede={
            disruptions.length > 0
              ? t.lede(total.count, formatMoney(total.stopped, a.lang), formatMoney(total.back, a.lang))
              : t.none
          }
        />
        {props.saved && <Note>{t.recordedVersion(props.saved.id, props.saved.version)}</Note>}
        {disruptions.length > 0 && <Recorded {...props} />}
        <Section id="actions" title={a.t.place.disruptions} rail={<p>{a.t.place.shares(name)}</p>}>
          <ActionsTable a={a} actions={props.actions} name={name} />
        </Section>
        <div class="no-print">
          <RecordForm {...props} />
        </div>
        <Downloads a={a} path={`/disruptions/${usps.toLowerCase()}`} />
      </div>
    </FiscalPage>
  )
}

const Recorded: FC<TrackerProps> = ({ a, disruptions, today, usps }) => {
  const t = a.t.tracker
  const groups: readonly GroupBy[] = ['agency', 'programme', 'month']
  return (
    <>
      <Section id="recorded" title={t.list} rail={<p>{t.listRail}</p>}>
        <DisruptionsTable
          a={a}
          disruptions={disruptions}
          today={today}
          caption={t.title(stateName(usps, a.lang))}
        />
      </Section>
      <div class="no-print">
        <Section id="timeline" title={t.timeline} rail={<p>{t.totalsRail}</p>}>
          <Figure lang={a.lang} title={t.timelineTitle} subtitle={t.timelineUnit}>
            <BarRows
              name={t.timelineTitle}
              side
              rows={runningTotals(disruptions, 'month').flatMap((month) => [
                bar(`${formatDate(month.key, a.lang)}: ${t.stopped}`, month.stopped, 'exposure' as const, a),
                ...(month.back > 0n
                  ? [bar(`${formatDate(month.key, a.lang)}: ${t.back}`, month.back, 'gets' as const, a)]
                  : []),
              ])}
            />
          </Figure>
        </Section>
      </div>
      <div class="no-print">
        <Section id="totals" title={t.totals} rail={<p>{t.totalsRail}</p>}>
          {groups.map((by) => (
            <TotalsTable a={a} by={by} rows={runningTotals(disruptions, by)} />
          ))}
        </Section>
      </div>
    </>
  )
}

const bar = (label: string, amount: bigint, fill: 'exposure' | 'gets', a: Asked) => ({
  label,
  value: Number(amount),
  text: formatMoney(amount, a.lang),
  fill,
})

const TotalsTable: FC<{ a: Asked; by: GroupBy; rows: readonly Running[] }> = ({ a, by, rows }) => {
  const t = a.t.tracker
  return (
    <DataTable
      lang={a.lang}
      caption={t.by[by] ?? by}
      showCaption
      rows={rows}
      columns={[
        {
          key: 'key',
          head: t.by[by] ?? by,
          rowHead: true,
          cell: (row) => (by === 'month' ? formatDate(row.key, a.lang) : <English a={a}>{row.key}</English>),
        },
        { key: 'count', head: t.count, align: 'right', cell: (row) => String(row.count) },
        { key: 'stopped', head: t.stopped, align: 'right', cell: (row) => formatMoney(row.stopped, a.lang) },
        { key: 'back', head: t.back, align: 'right', cell: (row) => formatMoney(row.back, a.lang) },
        { key: 'without', head: t.without, align: 'right', cell: (row) => String(row.without_amount) },
      ]}
    />
  )
}

export const DisruptionsTable: FC<{
  a: Asked
  disruptions: readonly RecordedDisruption[]
  today: string
  caption: string
  /** Names the state of each row, where rows are of several; the record is then the page's own. */
  places?: boolean
}> = ({ a, disruptions, today, caption, places }) => {
  const t = a.t.tracker
  const money = (amount: bigint | null) =>
    amount === null ? <span class="muted">{a.t.notRecorded}</span> : formatMoney(cents(amount), a.lang)
  return (
    <DataTable
      lang={a.lang}
      caption={caption}
      rows={disruptions}
      columns={[
        {
          key: 'what',
          head: t.what,
          rowHead: true,
          cell: (d) => (
            <>
              <Link
                a={a}
                to={places ? `/position/${codeOf(d.jurisdiction)}/disruptions` : `/records/${d.record_id}`}
              >
                {places && `${nameOfPlace(d.jurisdiction, a.lang)}: `}
                {a.t.disruptionKinds[d.kind] ?? d.kind}: {d.programme}
              </Link>
              <span class="note-line">
                <English a={a}>{d.agency}</English> · {a.t.strengths[d.strength]} ·{' '}
                <a href={d.source_url}>{a.t.source}</a>
              </span>
            </>
          ),
        },
        {
          key: 'since',
          head: a.t.place.since,
          cell: (d) => formatSpan(d.since, d.until ?? undefined, a.lang),
        },
        { key: 'stopped', head: t.stopped, align: 'right', cell: (d) => money(d.stopped_cents) },
        { key: 'back', head: t.back, align: 'right', cell: (d) => money(d.back_cents) },
        {
          key: 'days',
          head: t.days,
          align: 'right',
          cell: (d) => {
            const { least, most } = daysOfDelay(d.since, d.until, today as IsoDate)
            return `${t.daysRange(least, most)}${isOpen(d, today as IsoDate) ? `, ${t.open}` : ''}`
          },
        },
        { key: 'court', head: t.court, cell: (d) => a.t.courts[d.court_status] ?? d.court_status },
      ]}
    />
  )
}

const RecordForm: FC<TrackerProps> = ({ a, usps, choices, form, faults }) => {
  const t = a.t.tracker
  const options: Partial<Record<DisruptionField, readonly { value: string; label: string }[]>> = {
    record_id: choices.map((action) => ({ value: action.id, label: action.title })),
    kind: DISRUPTION_KINDS.map((value) => ({ value, label: a.t.disruptionKinds[value] ?? value })),
    strength: STRENGTHS.map((value) => ({ value, label: a.t.strengths[value] })),
    court_status: Object.entries(a.t.courts).map(([value, label]) => ({ value, label })),
  }
  const fault = (field: string) => faults.find((one) => one.field === field)
  const message = (one: FieldFault) =>
    a.t.unknown.choice(t.fields[one.field] ?? one.field, one.found, one.wanted)
  return (
    <Section id="record" title={t.record} rail={<p>{t.recordRail}</p>}>
      <form method="post" action={href(a.lang, pathOf(usps, '/disruptions'))}>
        {faults.length > 0 && (
          <ErrorSummary
            lang={a.lang}
            errors={faults.map((one) => ({ field: one.field, message: message(one) }))}
          />
        )}
        {DISRUPTION_FIELDS.map((field) => {
          const bad = fault(field)
          return (
            <Field
              id={field}
              label={t.fields[field] ?? field}
              value={form[field] ?? (field === 'strength' ? 'not_coded' : '')}
              required={REQUIRED.includes(field)}
              {...(options[field] && { options: options[field] })}
              {...(field === 'affected' && { lines: 3 })}
              {...(bad && { error: message(bad) })}
            />
          )
        })}
        <Button>{t.doRecord}</Button>
      </form>
    </Section>
  )
}

const REQUIRED: readonly DisruptionField[] = [
  'record_id',
  'kind',
  'agency',
  'programme',
  'since',
  'source_url',
]
