import type { Child, FC } from 'hono/jsx'
import { EventList, formatDate, Section, statusOf } from '../../ui/index.ts'
import type { Rec } from '../schema.ts'
import { differences, type Version } from '../versions.ts'
import { fieldName, momentName } from '../views/labels.ts'
import { momentsOf } from '../views/moments.ts'
import { AsOfForm } from './frame.tsx'
import { statusWord } from './parts.tsx'
import type { View } from './view.ts'

export interface RecordPageProps {
  readonly v: View
  readonly rec: Rec
  readonly version: Version
  /** All versions, oldest first. */
  readonly history: readonly Version[]
  /** From floors above, under the chain. */
  readonly added?: Child
}

export const History: FC<RecordPageProps> = ({ v, rec, version, history }) => {
  const t = v.t.record
  const versions = [...history].reverse().map((entry) => {
    const before = history.find((other) => other.version === entry.version - 1)
    return {
      when: formatDate(entry.recorded_at.slice(0, 10), v.lang),
      title:
        before === undefined
          ? t.firstLoad(entry.rec.sources.length, statusWord(entry.rec, v.lang).toLowerCase())
          : changeWords(v, before, entry),
      note: (
        <>
          {t.recordedTime} ·{' '}
          {entry.version === version.version ? (
            t.versionNote(entry.version)
          ) : (
            <a href={v.plain(`/records/${rec.id}/v/${entry.version}`)}>{t.versionNote(entry.version)}</a>
          )}
          {entry.reason !== null && ` · ${entry.reason}`}
        </>
      ),
    }
  })
  const statusDate = rec.status_as_of
  const events = [
    ...momentsOf(rec).map(({ name, date }) => ({
      date: date as string,
      title: (t.event as Record<string, string>)[name] ?? momentName(name, v.lang),
    })),
    ...(rec.history ?? []).map((entry) => ({
      date: entry.from as string,
      title: `${statusOf(rec.kind, entry.status, v.lang).word}.`,
    })),
    ...(statusDate === undefined
      ? []
      : [
          {
            date: statusDate as string,
            title: t.statusKnown(statusWord(rec, v.lang).toLowerCase()),
            note: t.knownTime,
          },
        ]),
  ].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))
  return (
    <Section
      id="history"
      title={t.historyTitle}
      rail={
        <>
          <p>{t.historyRail}</p>
          <AsOfForm v={v} action={v.plain(`/records/${rec.id}`)} />
        </>
      }
    >
      <EventList
        items={[
          ...versions,
          ...events.map((event) => ({
            when: formatDate(event.date, v.lang),
            title: event.title,
            note: 'note' in event ? event.note : t.validTime,
          })),
        ]}
      />
    </Section>
  )
}

const changeWords = (v: View, before: Version, after: Version): string =>
  v.t.record.changedTo(
    differences(before.rec, after.rec)
      .map(({ field }) => fieldName(field, v.lang).toLowerCase())
      .join(', '),
  )
