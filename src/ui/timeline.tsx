import type { Child, FC } from 'hono/jsx'
import type { EdtfDate, IsoDate } from '../base/index.ts'
import { formatDate } from './format.ts'
import type { Lang } from './lang.ts'
import { ROLE } from './table.tsx'
import { axisTicks, percentOf, type TrackMark } from './track.ts'
import { words } from './words.ts'

export interface TimelineRow {
  readonly title: Child
  /** Date, kind, amount and doubt, in words: they say all that the track draws. */
  readonly note: Child
  /** The status chip, and the suit below it. */
  readonly status: Child
  readonly marks: readonly TrackMark[]
}

/** One row an action: title and words, track, status. The track is hidden from screen readers. */
export const Timeline: FC<{
  lang: Lang
  caption: string
  /** What the rows are: "Federal action". */
  head: string
  rows: readonly TimelineRow[]
  first: IsoDate
  last: IsoDate
}> = (props) => {
  const w = words(props.lang)
  return (
    <table class="timeline" {...ROLE.table}>
      <caption class="vh">{props.caption}</caption>
      <thead {...ROLE.rowgroup}>
        <tr {...ROLE.row}>
          <th scope="col" {...ROLE.columnheader}>
            {props.head}
          </th>
          <td class="track-head" aria-hidden="true">
            <Axis lang={props.lang} first={props.first} last={props.last} />
          </td>
          <th scope="col" {...ROLE.columnheader}>
            {w.track.status}
          </th>
        </tr>
      </thead>
      <tbody {...ROLE.rowgroup}>
        {props.rows.map((row) => (
          <tr {...ROLE.row}>
            <th scope="row" {...ROLE.rowheader}>
              <div class="cell">
                {row.title}
                <span class="note-line">{row.note}</span>
              </div>
            </th>
            <td class="track" aria-hidden="true">
              <Track marks={row.marks} first={props.first} last={props.last} />
            </td>
            <td {...ROLE.cell}>
              <div class="cell">{row.status}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Axis: FC<{ lang: Lang; first: IsoDate; last: IsoDate }> = ({ lang, first, last }) => (
  <svg class="axis" width="100%" height="16" aria-hidden="true">
    {axisTicks(first, last).map((tick) => (
      <text x={`${percentOf(`${tick}-01` as IsoDate, first, last)}%`} y="13">
        {tickLabel(tick, lang)}
      </text>
    ))}
  </svg>
)

/** January carries its year; July does not. */
const tickLabel = (tick: EdtfDate, lang: Lang): string =>
  tick.endsWith('-01') ? formatDate(tick, lang) : (formatDate(tick, lang).split(' ')[0] ?? '')

/** One track, as wide as its place; positions are percentages, so it is drawn once for every width. */
export const Track: FC<{ marks: readonly TrackMark[]; first: IsoDate; last: IsoDate }> = ({
  marks,
  first,
  last,
}) => (
  <svg class="track-line" width="100%" height="20" aria-hidden="true">
    <line x1="0" y1="10" x2="100%" y2="10" class="track-base" />
    {marks.map((mark) =>
      'at' in mark ? (
        <svg
          x={`${percentOf(mark.at, first, last)}%`}
          y="10"
          width="1"
          height="1"
          overflow="visible"
          aria-hidden="true"
        >
          <Event sign={mark.sign} />
        </svg>
      ) : (
        <Span
          sign={mark.sign}
          from={percentOf(mark.from, first, last)}
          to={percentOf(mark.to, first, last)}
        />
      ),
    )}
  </svg>
)

const Event: FC<{ sign: 'sued' | 'relief' }> = ({ sign }) =>
  sign === 'sued' ? (
    <path d="M0-6.5 6.5 5.5h-13z" class="t-sued" />
  ) : (
    <path d="M0-6.5 6.5 0 0 6.5-6.5 0z" class="t-relief" />
  )

const Span: FC<{
  sign: 'in-force' | 'announced' | 'uncertain' | 'until-blocked'
  from: number
  to: number
}> = (props) => {
  const width = `${Math.max(props.to - props.from, 1.6).toFixed(2)}%`
  const start = Math.min(props.from, 98.4)
  if (props.sign === 'in-force')
    return <rect x={`${start}%`} y="7" width={width} height="6" class="t-force" />
  if (props.sign === 'announced')
    return <rect x={`${start}%`} y="6.5" width={width} height="7" class="t-announced" />
  return (
    <line
      x1={`${start}%`}
      x2={`${Math.max(props.to, start + 1.6)}%`}
      y1="10"
      y2="10"
      class={props.sign === 'uncertain' ? 't-uncertain' : 't-until'}
    />
  )
}

/** What the signs mean; `suer` is who sued ("Colorado"). */
export const TimelineKey: FC<{ lang: Lang; suer?: string }> = ({ lang, suer }) => {
  const w = words(lang).track
  return (
    <ul class="timeline-key">
      {(['in-force', 'announced', 'uncertain', 'until-blocked'] as const).map((sign) => (
        <li>
          <svg width="34" height="14" aria-hidden="true">
            <svg y="-3" width="34" height="20" overflow="visible" aria-hidden="true">
              <Span sign={sign} from={0} to={100} />
            </svg>
          </svg>
          {w[sign]}
        </li>
      ))}
      {(['sued', 'relief'] as const).map((sign) => (
        <li>
          <svg class="event" width="16" height="14" aria-hidden="true">
            <svg x="8" y="7" width="1" height="1" overflow="visible" aria-hidden="true">
              <Event sign={sign} />
            </svg>
          </svg>
          {sign === 'sued' && suer ? (lang === 'en' ? `${suer} sued` : `${suer} demandó`) : w[sign]}
        </li>
      ))}
    </ul>
  )
}
