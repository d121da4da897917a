import type { FC } from 'hono/jsx'
import { digitsOf, roundTicks } from './axis.ts'
import { Drawing } from './charts.tsx'
import { px } from './time-frame.tsx'

export interface TornadoEnd {
  readonly value: number
  /** `likely`, `unlikely`: what the cause is like at this end. */
  readonly word: string
  /** One standard error by chance, drawn as a thin line of two to each side. */
  readonly error?: number
}

export interface TornadoRow {
  readonly label: string
  readonly ends: readonly [TornadoEnd, TornadoEnd]
}

export interface TornadoProps {
  /** The finding in a sentence; it is the picture's name. */
  readonly name: string
  /** The widest first. */
  readonly rows: readonly TornadoRow[]
  /** Of all draws: the dashed line. */
  readonly mean: number
  readonly axis: (value: number, digits: number) => string
}

/** How far a result moves as each cause moves, both ends named in words, about the mean of all draws. */
export const Tornado: FC<TornadoProps> = (props) => (
  <Drawing draw={(width) => <Drawn {...props} width={width} />} />
)

interface Place {
  readonly narrow: boolean
  readonly x: (value: number) => number
}

const Drawn: FC<TornadoProps & { width: number }> = ({ name, rows, mean, axis, width }) => {
  const narrow = width < 500
  const pitch = narrow ? 55 : 38
  const bottom = 6 + rows.length * pitch
  const reach = rows.flatMap((row) =>
    row.ends.flatMap(({ value, error = 0 }) => [value - 2 * error, value + 2 * error]),
  )
  const ticks = roundTicks(Math.min(mean, ...reach), Math.max(mean, ...reach), narrow ? 4 : 5)
  const digits = digitsOf((ticks[1] ?? 1) - (ticks[0] ?? 0))
  const words = rows.flatMap((row) => row.ends.map((end) => end.word.length))
  const beside = 14 + 7.4 * Math.max(...words)
  const label = narrow ? 0 : 16 + 8 * Math.max(...rows.map((row) => row.label.length))
  const [left, right] = [label + beside, width - beside]
  const [low, high] = [ticks[0] as number, ticks.at(-1) as number]
  const x = (value: number) => px(left + ((value - low) / (high - low)) * (right - left))
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${bottom + 28}`}
      width={width}
      height={bottom + 28}
      role="img"
      aria-label={name}
    >
      {ticks.map((tick) => (
        <>
          <path d={`M${x(tick)} 0V${bottom}`} class={tick === 0 ? 'zero' : 'grid'} />
          <text x={x(tick)} y={bottom + 20} class="tick" text-anchor="middle">
            {axis(tick, digits)}
          </text>
        </>
      ))}
      {rows.map((row, i) => (
        <Bar row={row} place={{ narrow, x }} top={6 + i * pitch} />
      ))}
      <path d={`M${x(mean)} 0V${bottom}`} class="mean" />
      {rows.map((row, i) => (
        <Words row={row} place={{ narrow, x }} top={6 + i * pitch} />
      ))}
    </svg>
  )
}

interface RowProps {
  readonly row: TornadoRow
  readonly place: Place
  readonly top: number
}

const sorted = ({ ends }: TornadoRow) =>
  ends.toSorted((a, b) => a.value - b.value) as [TornadoEnd, TornadoEnd]

const HIGH = 20
/** Top of a row's bar; where narrow, its name stands above it. */
const barTop = ({ top, place }: RowProps): number => top + (place.narrow ? 21 : 2)

const Bar: FC<RowProps> = (props) => {
  const { x } = props.place
  const [first, second] = sorted(props.row)
  return (
    <rect
      x={x(first.value)}
      y={barTop(props)}
      width={Math.max(1, x(second.value) - x(first.value))}
      height={HIGH}
      class="f-plan-fill"
    />
  )
}

/** Words stand on white, over every line: the mean and zero may pass behind them. */
const Words: FC<RowProps> = (props) => {
  const { row, place, top } = props
  const { narrow, x } = place
  const middle = barTop(props) + HIGH / 2
  return (
    <>
      <text x="0" y={narrow ? top + 14 : middle + 5} class="row-label on-white">
        {row.label}
      </text>
      {sorted(row).map((end, side) => {
        const by = 2 * (end.error ?? 0)
        const at = side === 0 ? x(end.value - by) - 7 : x(end.value + by) + 7
        const wide = 7.2 * end.word.length + 4
        return (
          <>
            <path d={`M${x(end.value - by)} ${middle}H${x(end.value + by)}`} class="whisker" />
            {end.word !== '' && (
              <rect
                x={side === 0 ? px(at - wide) : at - 2}
                y={middle - 9}
                width={px(wide)}
                height="18"
                class="ground"
              />
            )}
            <text x={at} y={middle + 5} class="end-word" text-anchor={side === 0 ? 'end' : 'start'}>
              {end.word}
            </text>
          </>
        )
      })}
    </>
  )
}
