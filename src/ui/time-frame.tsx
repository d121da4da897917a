import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { digitsOf, placeLabels, roundTicks } from './axis.ts'

/** The places along the time axis that are named. */
export interface TimeTick {
  /** Number of the point, from 0. */
  readonly at: number
  readonly text: string
  /** Drawn only where there is room. */
  readonly minor?: boolean
}

/** A value over time, drawn on one axis: what every such picture needs to be told. */
export interface TimeChartProps {
  /** The finding in a sentence; it is the picture's name. */
  readonly name: string
  readonly ticks: readonly TimeTick[]
  /** A value as the axis prints it with so many decimals: `$2.0`. The unit stands in the figure's subtitle. */
  readonly axis: (value: number, digits: number) => string
}

/** Where the plot lies in a picture of some width. */
export interface Plot {
  readonly width: number
  readonly narrow: boolean
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: (point: number) => number
  readonly y: (value: number) => number
  readonly values: readonly number[]
  readonly digits: number
}

const HEIGHT = 290
const TOP = 14
const BOTTOM = 262
const LETTER = 8.2

/** Lays out a plot: the labels of the values at its left, those of the lines at its right or, where narrow, inside. */
export function plotOf(
  { axis }: Pick<TimeChartProps, 'axis'>,
  width: number,
  points: number,
  range: readonly number[],
  labels: readonly string[],
): Plot {
  const known = range.filter(Number.isFinite)
  const values = roundTicks(Math.min(...known), Math.max(...known))
  const digits = digitsOf((values[1] ?? 1) - (values[0] ?? 0))
  const narrow = width < 500
  const left = 10 + LETTER * Math.max(...values.map((value) => axis(value, digits).length))
  const right = narrow ? width - 4 : width - 24 - 8.2 * Math.max(...labels.map((label) => label.length))
  const [low, high] = [values[0] as number, values.at(-1) as number]
  return {
    ...{ width, narrow, left, right, values, digits, top: TOP, bottom: BOTTOM },
    x: (point) => left + (points > 1 ? (point / (points - 1)) * (right - left) : (right - left) / 2),
    y: (value) => BOTTOM - ((value - low) / (high - low)) * (BOTTOM - TOP),
  }
}

/** The picture: grid, values, times, and what is drawn over them. */
export const TimeFrame: FC<PropsWithChildren<{ chart: TimeChartProps; plot: Plot }>> = (props) => {
  const { chart, plot } = props
  const { left, right, width, x, y } = plot
  const shown = chart.ticks.filter((tick) => !(plot.narrow && tick.minor))
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={chart.name}
    >
      {plot.values.map((value) => (
        <>
          <path d={`M${left} ${px(y(value))}H${px(right)}`} class={value === 0 ? 'zero' : 'grid'} />
          <text x={left - 8} y={px(y(value) + 4.5)} class="tick" text-anchor="end">
            {chart.axis(value, plot.digits)}
          </text>
        </>
      ))}
      {props.children}
      {shown.map((tick) => (
        <>
          <path d={`M${px(x(tick.at))} ${BOTTOM}v5`} class="tick-mark" />
          <text x={px(x(tick.at))} y={BOTTOM + 22} class="tick" text-anchor={anchorOf(x(tick.at), plot)}>
            {tick.text}
          </text>
        </>
      ))}
    </svg>
  )
}

/** A label at an edge does not leave the picture. */
const anchorOf = (at: number, { width, right, narrow }: Plot) =>
  narrow && at > right - 20 ? 'end' : at > width - 24 ? 'end' : 'middle'

export interface LineLabel {
  readonly text: Child
  /** Of the line's end. */
  readonly value: number
  readonly class: string
}

const GAP = 19

/** Labels at the ends of lines, moved apart; one that had to move far is led back to its line. */
export const LineLabels: FC<{ plot: Plot; labels: readonly LineLabel[] }> = ({ plot, labels }) => {
  const ends = labels.map(({ value }) => plot.y(value))
  const places = placeLabels(ends, GAP, plot.top, plot.bottom - 6)
  return (
    <>
      {labels.map((label, i) => {
        const [end, place] = [ends[i] as number, places[i] as number]
        const moved = Math.abs(end - place) > 4 && !plot.narrow
        return (
          <>
            {!plot.narrow && (
              <path
                d={`M${px(plot.right + 2)} ${px(end)}L${px(plot.right + 12)} ${px(place)}`}
                class={moved ? 'leader' : 'leader none'}
              />
            )}
            {plot.narrow && typeof label.text === 'string' && (
              <rect
                x={px(plot.right - 8 - 7.6 * label.text.length)}
                y={px(place - 8)}
                width={px(6 + 7.6 * label.text.length)}
                height="16"
                class="label-ground"
              />
            )}
            <text
              x={px(plot.narrow ? plot.right - 4 : plot.right + 16)}
              y={px(place + 4.5)}
              class={`line-label ${label.class}`}
              text-anchor={plot.narrow ? 'end' : 'start'}
            >
              {label.text}
            </text>
          </>
        )
      })}
    </>
  )
}

/** A line through values, one a point. */
export const lineOf = (plot: Plot, values: readonly number[]): string =>
  values.map((value, i) => `${i === 0 ? 'M' : 'L'}${px(plot.x(i))} ${px(plot.y(value))}`).join('')

/** The area between two lines. */
export const bandOf = (plot: Plot, low: readonly number[], high: readonly number[]): string =>
  `${lineOf(plot, high)}${low
    .map((value, i) => `L${px(plot.x(i))} ${px(plot.y(value))}`)
    .reverse()
    .join('')}Z`

/** Tenths of a pixel are enough, and keep the page small. */
export const px = (value: number): number => Math.round(value * 10) / 10
