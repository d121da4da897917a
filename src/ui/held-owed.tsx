import type { FC } from 'hono/jsx'
import { Drawing } from './charts.tsx'
import { lineOf, type Plot, plotOf, px, type TimeChartProps, TimeFrame } from './time-frame.tsx'

export interface HeldOwedProps extends TimeChartProps {
  /** At each point in time, in one unit. */
  readonly points: readonly { readonly held: number; readonly owed: number }[]
  /** What the last point of each is called, with its value: `held $1,645 m`. `note` is a second, lighter line. */
  readonly held: string
  readonly owed: string
  readonly note?: string
  /** Balances that stay until they change, in place of a line from point to point. */
  readonly steps?: boolean
  /** Moments with a name, drawn as a dotted line; at most two are told apart well. */
  /** `short` is said where there is no room for the text. */
  readonly moments?: readonly MomentOfChart[]
}

interface MomentOfChart {
  readonly at: number
  readonly text: string
  readonly short?: string
}

/** Money held and what is owed on it, on one axis and in one picture: owed is hatched, and never shown alone. */
export const HeldOwed: FC<HeldOwedProps> = (props) => (
  <Drawing draw={(width) => <Drawn {...props} width={width} />} />
)

const Drawn: FC<HeldOwedProps & { width: number }> = (props) => {
  const { points, steps = false } = props
  const held = points.map((point) => point.held)
  const owed = points.map((point) => point.owed)
  const plot = plotOf(
    props,
    props.width,
    steps ? points.length + 1 : points.length,
    [0, ...held, ...owed],
    [props.held, props.owed, props.note ?? ''],
  )
  const line = (values: readonly number[]) => (steps ? stairsOf(plot, values) : lineOf(plot, values))
  const end = plot.x(steps ? points.length : points.length - 1)
  const area = (values: readonly number[]) =>
    `${line(values)}L${px(end)} ${px(plot.y(0))}L${px(plot.x(0))} ${px(plot.y(0))}Z`
  return (
    <TimeFrame chart={props} plot={plot}>
      <path d={area(held)} class="held-area" />
      <path d={area(owed)} class="owed-ground" />
      <path d={area(owed)} class="f-owed" fill="url(#hatch-owed)" />
      <path d={line(held)} class="held-line" />
      {(props.moments ?? []).map((moment, i) => (
        <Moment plot={plot} moment={moment} level={i} />
      ))}
      <EndLabels {...props} plot={plot} last={points.at(-1) ?? { held: 0, owed: 0 }} />
    </TimeFrame>
  )
}

/** Each value from its point to the next. */
const stairsOf = (plot: Plot, values: readonly number[]): string =>
  values
    .map((value, i) => `${i === 0 ? 'M' : 'L'}${px(plot.x(i))} ${px(plot.y(value))}H${px(plot.x(i + 1))}`)
    .join('')

const Moment: FC<{ plot: Plot; moment: MomentOfChart; level: number }> = (props) => {
  const { plot, moment, level } = props
  const x = px(plot.x(moment.at))
  const y = plot.top + 10 + level * 22
  const late = plot.x(moment.at) > plot.left + (plot.right - plot.left) * 0.55
  // On a narrow page its words may be longer than what is left beside their line: they then begin further left.
  const text = plot.narrow ? (moment.short ?? moment.text) : moment.text
  const room = plot.right - LETTER * text.length
  const from = late || plot.x(moment.at) <= room ? x : px(Math.max(0, room))
  return (
    <>
      <path d={`M${x} ${y + 6}V${plot.bottom}`} class="moment" />
      <text x={from} y={y} class="line-label" text-anchor={late ? 'end' : 'start'}>
        {text}
      </text>
    </>
  )
}

const LINE = 18
/** Mean width of a letter of a label, in pixels. */
const LETTER = 7

const EndLabels: FC<HeldOwedProps & { plot: Plot; last: { held: number; owed: number } }> = (props) => {
  const { plot, last } = props
  const lines = [props.owed, ...(props.note === undefined ? [] : [props.note])]
  const owedAt = Math.min(plot.y(last.owed) + 4, plot.bottom - (lines.length - 1) * LINE)
  const heldAt = Math.min(plot.y(last.held) + 5, owedAt - LINE - 3)
  const [x, anchor] = plot.narrow ? [plot.right - 6, 'end'] : [plot.right + 12, 'start']
  return (
    <>
      <text
        x={px(x)}
        y={px(plot.narrow ? Math.max(heldAt - 10, plot.top) : heldAt)}
        class="line-label"
        text-anchor={anchor}
      >
        {props.held}
      </text>
      {lines.map((text, i) => (
        <text
          x={px(x)}
          y={px((plot.narrow ? owedAt - 8 - (lines.length - 1) * LINE : owedAt) + i * LINE)}
          class={i === 0 ? 'line-label' : 'line-label light'}
          text-anchor={anchor}
        >
          {text}
        </text>
      ))}
    </>
  )
}
