import type { FC } from 'hono/jsx'
import { Drawing, tooLong } from './charts.tsx'
import { px } from './time-frame.tsx'

export interface GainLossRow {
  readonly label: string
  /** Above zero is a gain. */
  readonly value: number
  /** What 9 in 10 draws lie between, drawn as a thin line. */
  readonly low: number
  readonly high: number
  readonly text: string
  readonly range: string
}

export interface GainLossPanel {
  readonly title: string
  /** What is counted, and its unit. */
  readonly note: string
  readonly rows: readonly GainLossRow[]
  /** Panels with the same name share one scale; each has its own otherwise. */
  readonly scale: string
}

export interface GainLossProps {
  /** The finding in a sentence; it is the picture's name. */
  readonly name: string
  readonly panels: readonly GainLossPanel[]
  readonly loses: string
  readonly gains: string
}

/** Who loses, left, and who gains, right of one line: both have the same room and the same weight. */
export const GainLoss: FC<GainLossProps> = (props) => (
  <Drawing draw={(width) => <Drawn {...props} width={width} />} />
)

const HEAD = 30

/** Where everything of a row stands, for a picture of some width. */
interface Columns {
  readonly width: number
  readonly narrow: boolean
  /** Value and range do not fit beside the name. */
  readonly stacked: boolean
  readonly pitch: number
  /** Height of a panel's title; its note has a line of its own where narrow. */
  readonly title: number
  readonly zero: number
  readonly half: number
  /** Where the values end. */
  readonly values: number
}

function columnsOf(rows: readonly GainLossRow[], width: number): Columns {
  const narrow = width < 700
  const most = (length: (row: GainLossRow) => number) => Math.max(...rows.map(length))
  const stacked = narrow && rows.some((row) => tooLong(row.label, `${row.text} ${row.range}`, width, 8))
  const pitch = narrow ? (stacked ? 68 : 50) : 34
  const title = narrow ? 48 : 30
  const label = narrow ? 0 : 12 + 8 * most((row) => row.label.length)
  const ranges = 8 + 7.6 * most((row) => row.range.length)
  const values = width - ranges - 8
  const right = narrow ? width : values - 8.4 * most((row) => row.text.length) - 14
  return {
    width,
    narrow,
    stacked,
    pitch,
    title,
    values,
    zero: (label + right) / 2,
    half: (right - label) / 2 - 4,
  }
}

const Drawn: FC<GainLossProps & { width: number }> = ({ name, panels, loses, gains, width }) => {
  const columns = columnsOf(
    panels.flatMap((panel) => panel.rows),
    width,
  )
  const { zero, half, pitch, title, narrow } = columns
  const heights = panels.map((panel) => title + panel.rows.length * pitch + 10)
  const tops = heights.map((_, i) => HEAD + heights.slice(0, i).reduce((sum, height) => sum + height, 0))
  const height = HEAD + heights.reduce((sum, one) => sum + one, 0)
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={name}
    >
      <text x={px(zero - 10)} y="16" class="side-word t-gives" text-anchor="end">
        {`− ${loses}`}
      </text>
      <text x={px(zero + 10)} y="16" class="side-word t-plan">
        {`${gains} +`}
      </text>
      {panels.map((panel, i) => {
        const reach = reachOf(panels.filter((one) => one.scale === panel.scale))
        const x = (value: number) => px(zero + (reach > 0 ? value / reach : 0) * half)
        const top = tops[i] as number
        return (
          <>
            <text x="0" y={top + 17}>
              <tspan class="side-title">{panel.title}</tspan>
              <tspan class="tick" {...(narrow ? { x: '0', dy: '18' } : { dx: '8' })}>
                {panel.note}
              </tspan>
            </text>
            {panel.rows.map((row, r) => (
              <Row row={row} x={x} top={top + title + r * pitch} columns={columns} />
            ))}
          </>
        )
      })}
    </svg>
  )
}

const reachOf = (panels: readonly GainLossPanel[]): number =>
  Math.max(
    0,
    ...panels.flatMap(({ rows }) => rows.flatMap((row) => [row.low, row.high, row.value].map(Math.abs))),
  )

interface RowProps {
  readonly row: GainLossRow
  readonly x: (value: number) => number
  readonly top: number
  readonly columns: Columns
}

const Row: FC<RowProps> = ({ row, x, top, columns }) => {
  const { narrow, stacked, width, values } = columns
  const y = top + (narrow ? (stacked ? 40 : 22) : 4)
  const [from, to] = [Math.min(x(0), x(row.value)), Math.max(x(0), x(row.value))]
  const words = stacked ? top + 33 : narrow ? top + 14 : y + 14
  return (
    <>
      <text x="0" y={narrow ? top + 14 : y + 14} class="bar-name">
        {row.label}
      </text>
      {row.value !== 0 && (
        <rect
          x={from}
          y={y}
          width={Math.max(1.5, to - from)}
          height="18"
          class={row.value < 0 ? 'f-gives' : 'f-plan'}
        />
      )}
      {row.low !== row.high && (
        <path d={`M${x(row.low)} ${y + 5}v8m0-4H${x(row.high)}m0-4v8`} class="whisker" />
      )}
      <path d={`M${x(0)} ${y - 4}v26`} class="zero" />
      {narrow ? (
        <text x={stacked ? 0 : width} y={words} text-anchor={stacked ? 'start' : 'end'}>
          <tspan class="row-value">{row.text}</tspan>
          <tspan class="light" dx="8">
            {row.range}
          </tspan>
        </text>
      ) : (
        <>
          <text x={px(values)} y={words} class="row-value" text-anchor="end">
            {row.text}
          </text>
          <text x={px(values + 14)} y={words} class="light">
            {row.range}
          </text>
        </>
      )}
    </>
  )
}
