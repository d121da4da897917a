import type { FC } from 'hono/jsx'
import type { IsoDate } from '../../base/index.ts'
import { label, Timeline, TimelineKey, type TrackMark } from '../../ui/index.ts'
import type { Rec } from '../schema.ts'
import { instrumentName } from '../views/labels.ts'
import { lastKnownDay, leadingMoment } from '../views/moments.ts'
import { actionTrack, recordTrack } from '../views/track.ts'
import type { Drawn } from './list-filters.tsx'
import { DateText, hasDoubt, Joined, RecordLink, Status, Where, WorstDoubt } from './parts.tsx'
import type { View } from './view.ts'

export const TimelineRows: FC<Drawn> = ({ v, request, facts }) => {
  const until = lastKnownDay(v.book)
  const rows = facts.rows.map((rec) => ({
    title: <RecordLink v={v} rec={rec} />,
    note: <TimelineNote v={v} rec={rec} />,
    status: <Status v={v} rec={rec} />,
    marks: marksOf(v, rec, until),
  }))
  const days = rows.flatMap((row) => row.marks.map((mark) => ('at' in mark ? mark.at : mark.from))).sort()
  const first = `${(days[0] ?? until).slice(0, 7)}-01` as IsoDate
  const undated = facts.rows.filter((rec) => leadingMoment(rec) === undefined).length
  return (
    <>
      <TimelineKey lang={v.lang} />
      <Timeline
        lang={v.lang}
        caption={v.t.list.timelineCaption}
        head={label(v.lang, 'kind', request.kind)}
        rows={rows}
        first={first}
        last={until}
      />
      {undated > 0 && <p class="muted">{v.t.list.timelineUndated(undated)}</p>}
    </>
  )
}

const TimelineNote: FC<{ v: View; rec: Rec }> = ({ v, rec }) => (
  <Joined
    items={[
      <DateText v={v} date={leadingMoment(rec)?.date} />,
      <Where v={v} rec={rec} most={2} />,
      rec.kind === 'federal-action'
        ? label(v.lang, 'action', rec.action_type)
        : rec.kind === 'measure'
          ? instrumentName(rec.instrument, v.lang)
          : '',
      hasDoubt(rec) && <WorstDoubt v={v} rec={rec} at="t" />,
    ]}
  />
)

/** A federal action has its own track; anything else is a bar from its date to the newest known day, if it stands. */
function marksOf(v: View, rec: Rec, until: IsoDate): readonly TrackMark[] {
  return rec.kind === 'federal-action'
    ? actionTrack(v.book, rec, undefined, until).marks
    : recordTrack(rec, until)
}
