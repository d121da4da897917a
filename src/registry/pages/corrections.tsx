import type { FC } from 'hono/jsx'
import { DataTable, formatDate, label, PageHead, Section } from '../../ui/index.ts'
import { differences, type Version } from '../versions.ts'
import { type OpenDoubt, openDoubts } from '../views/doubts.ts'
import { fieldName } from '../views/labels.ts'
import { Frame } from './frame.tsx'
import { inEnglish, Joined, RecordLink } from './parts.tsx'
import type { View } from './view.ts'

interface CorrectionsProps {
  readonly v: View
  /** Versions that put a mistake right, newest first. */
  readonly corrected: readonly Version[]
  /** All versions of each of these records, for the value before. */
  readonly histories: readonly (readonly Version[])[]
}

export const CorrectionsPage: FC<CorrectionsProps> = (props) => {
  const { v } = props
  const t = v.t.corrections
  return (
    <Frame
      v={v}
      title={t.title}
      current="registry"
      crumbs={[{ label: v.t.list.crumb, path: '/registry' }, { label: t.title }]}
    >
      <PageHead title={t.title} lede={t.lede} />
      <Made {...props} />
      <Open v={v} />
      <Section id="how" title={t.how} rail={<p>{t.howRail}</p>}>
        <ol class="steps">
          {t.steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        <p class="muted">{t.least}</p>
      </Section>
    </Frame>
  )
}

const Made: FC<CorrectionsProps> = ({ v, corrected, histories }) => {
  const t = v.t.corrections
  const rows = corrected.map((version, i) => ({
    version,
    before: histories[i]?.find((other) => other.version === version.version - 1),
  }))
  return (
    <Section id="made" title={t.made} rail={<p>{t.madeRail}</p>}>
      {rows.length === 0 ? (
        <p class="muted">{t.noneMade}</p>
      ) : (
        <DataTable
          lang={v.lang}
          caption={t.made}
          rows={rows}
          columns={[
            {
              key: 'record',
              head: v.t.changes.what,
              rowHead: true,
              cell: ({ version }) => <RecordLink v={v} rec={version.rec} />,
            },
            {
              key: 'when',
              head: v.t.changes.when,
              nowrap: true,
              cell: ({ version }) => formatDate(version.recorded_at.slice(0, 10), v.lang),
            },
            {
              key: 'change',
              head: v.t.changes.change,
              cell: ({ version, before }) =>
                before === undefined
                  ? ''
                  : differences(before.rec, version.rec).map((change) => (
                      <div>
                        {fieldName(change.field, v.lang)}: <del>{shown(change.before)}</del>{' '}
                        <ins>{shown(change.after)}</ins>
                      </div>
                    )),
            },
            {
              key: 'reason',
              head: v.t.changes.reason,
              cell: ({ version }) => (
                <>
                  <span lang={inEnglish(v.lang)}>{version.reason ?? '–'}</span>{' '}
                  <a href={v.plain(`/records/${version.rec.id}/v/${version.version - 1}`)}>
                    {v.t.record.versionNote(version.version - 1)}
                  </a>
                </>
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}

const LONGEST = 160

/** A value before or after, short enough for a cell; the versions show all of it. */
function shown(value: unknown): string {
  const text = value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

const SOME = 6

const Open: FC<{ v: View }> = ({ v }) => {
  const t = v.t.corrections
  const doubts = openDoubts(v.book)
  const fields = doubts.reduce((sum, doubt) => sum + doubt.records.length, 0)
  const records = new Set(doubts.flatMap((doubt) => doubt.records.map(({ id }) => id))).size
  return (
    <Section id="open" title={t.open} rail={<p>{t.openRail(fields, records)}</p>}>
      <DataTable
        lang={v.lang}
        caption={t.caption}
        rows={doubts}
        columns={[
          { key: 'field', head: t.field, rowHead: true, cell: (doubt) => fieldName(doubt.field, v.lang) },
          { key: 'kind', head: t.kind, cell: (doubt) => label(v.lang, 'kind', doubt.kind) },
          { key: 'count', head: t.count, align: 'right', cell: (doubt) => doubt.records.length },
          { key: 'some', head: t.some, cell: (doubt) => <Which v={v} doubt={doubt} /> },
        ]}
      />
    </Section>
  )
}

const Which: FC<{ v: View; doubt: OpenDoubt }> = ({ v, doubt }) => {
  const [some, rest] = [doubt.records.slice(0, SOME), doubt.records.slice(SOME)]
  const links = (recs: OpenDoubt['records']) => (
    <Joined items={recs.map((rec) => <RecordLink v={v} rec={rec} />)} />
  )
  if (rest.length === 0) return links(some)
  return (
    <details class="more-rows">
      <summary>{v.t.common.allOf(doubt.records.length)}</summary>
      {links(doubt.records)}
    </details>
  )
}
