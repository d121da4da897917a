import type { Child, FC } from 'hono/jsx'
import type { Lang } from './lang.ts'
import { type Fill, fillOf } from './signs.tsx'
import { words } from './words.ts'

export interface BarRow {
  readonly label: Child
  /** A line under the bar. */
  readonly note?: Child
  readonly value: number
  /** The low end of a range; the bar is solid to it and a tint from there to `value`. */
  readonly low?: number
  /** The value as printed: `$9.0 bn`. */
  readonly text: Child
  /** After the value, lighter: `64%`. */
  readonly share?: Child
  readonly fill: Fill
}

/**
 * Simple bars from zero on one scale, as a list; `side` sets label, bar and value in one line on wide screens.
 * @param name what the list shows, for a screen reader
 */
export const BarRows: FC<{ name: string; rows: readonly BarRow[]; side?: boolean; max?: number }> = (
  props,
) => {
  const max = props.max ?? Math.max(...props.rows.map((row) => row.value), 0)
  return (
    <ul class={props.side ? 'bars side' : 'bars'} aria-label={props.name}>
      {props.rows.map((row) => (
        <li>
          <span class="bar-label">{row.label}</span>
          <span class="bar-text">
            <b>{row.text}</b>
            {row.share && <> · {row.share}</>}
          </span>
          <Bar row={row} max={max} />
          {row.note && <span class="bar-note">{row.note}</span>}
        </li>
      ))}
    </ul>
  )
}

const Bar: FC<{ row: BarRow; max: number }> = ({ row, max }) => (
  <svg class="bar-mark" width="100%" height="20" aria-hidden="true">
    {row.low !== undefined && (
      <rect x="0" y="0.5" width={share(row.value, max)} height="19" class="f-plan-band" />
    )}
    <rect x="0" y="0.5" width={share(row.low ?? row.value, max)} height="19" {...fillOf(row.fill)} />
  </svg>
)

/** A bar's share of its row in percent; a value above zero is never drawn as nothing. */
const share = (value: number, max: number): string =>
  value <= 0 || max <= 0 ? '0' : `${Math.max((value / max) * 99.8, 0.3).toFixed(2)}%`

export interface EstimateRow {
  readonly label: string
  /** "FFY 2022 · published". */
  readonly note: string
  readonly value: number
  /** `−$3.0 bn`. */
  readonly text: string
  readonly standing: 'published' | 'own' | 'illustration'
}

/**
 * Rival estimates, one row each, on one axis with zero: filled dot published, ring our own, dashed ring illustration.
 * Rows keep the order given; there is no mean.
 * @param name the finding in a sentence; it is the picture's name
 */
export const DotPlot: FC<{
  lang: Lang
  name: string
  rows: readonly EstimateRow[]
  ticks: readonly { readonly value: number; readonly text: string }[]
}> = (props) => <Drawing draw={(width) => <Dots {...props} width={width} />} />

/** Drawn three times; CSS shows the widest that fits at full size, so that no text ever shrinks. */
export const Drawing: FC<{ draw: (width: 806 | 600 | 342) => Child }> = ({ draw }) => (
  <div class="drawing">
    <div class="at-806">{draw(806)}</div>
    <div class="at-600">{draw(600)}</div>
    <div class="at-342">{draw(342)}</div>
  </div>
)

interface DotsProps {
  readonly lang: Lang
  readonly name: string
  readonly rows: readonly EstimateRow[]
  readonly ticks: readonly { readonly value: number; readonly text: string }[]
  readonly width: number
}

const Dots: FC<DotsProps> = ({ lang, name, rows, ticks, width }) => {
  const narrow = width < 700
  const w = words(lang).figure
  const stacked = narrow && rows.some((row) => tooLong(row.label, row.text, width, 7.6))
  const pitch = stacked ? 76 : narrow ? 58 : 46
  const bottom = 12 + rows.length * pitch
  const [left, right] = narrow ? [32, width - 106] : [300, width - 106]
  const all = [0, ...rows.map((row) => row.value), ...ticks.map((tick) => tick.value)]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const x = (value: number) => left + ((value - low) / (high - low || 1)) * (right - left)
  const zero = x(0)
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${bottom + 44}`}
      width={width}
      height={bottom + 44}
      role="img"
      aria-label={name}
    >
      {ticks.map((tick) => (
        <>
          {tick.value !== 0 && <path d={`M${x(tick.value)} 0V${bottom}`} class="grid" />}
          <text x={x(tick.value)} y={bottom + 18} class="tick" text-anchor="middle">
            {width < 500 ? bare(tick.text) : tick.text}
          </text>
        </>
      ))}
      <path d={`M${zero} 0V${bottom}`} class="zero" />
      {low < 0 && (
        <text x={zero - 8} y={bottom + 34} class="side-word t-gives" text-anchor="end">
          {w.paysMoreShort}
        </text>
      )}
      <text x={zero + 8} y={bottom + 34} class="side-word t-gets">
        {w.getsMoreShort}
      </text>
      {rows.map((row, i) => (
        <Estimate row={row} x={x} top={8 + i * pitch} width={width} narrow={narrow} stacked={stacked} />
      ))}
    </svg>
  )
}

/** Whether a name, in letters so many px wide, and a bold value would meet on one line. */
export const tooLong = (name: string, value: string, width: number, letter: number): boolean =>
  name.length * letter + value.length * 7.6 + 8 > width

/** A tick without its unit where letters are dear: each row says the unit. */
const bare = (tick: string): string => (tick.length > 9 ? (tick.split('\u00a0')[0] ?? tick) : tick)

const Estimate: FC<{
  row: EstimateRow
  x: (value: number) => number
  top: number
  width: number
  narrow: boolean
  stacked: boolean
}> = ({ row, x, top, width, narrow, stacked }) => {
  const y = top + (stacked ? 50 : narrow ? 32 : 16)
  const at = x(row.value)
  const side = row.value < 0 ? 'gives' : 'gets'
  const edge = at + (row.value < 0 ? 6 : -6)
  const crowded = !narrow && at < 400
  return (
    <g class={`estimate ${side} ${row.standing}`}>
      <path d={`M${edge} ${y}H${x(0)}`} class="stem" />
      <circle cx={at} cy={y} r="5.5" class="dot" />
      <text x="0" y={top + 15} class="row-label">
        {row.label}
      </text>
      {!narrow && (
        <text x="0" y={top + 33} class="tick">
          {row.note}
        </text>
      )}
      {narrow ? (
        <text
          x={stacked ? 0 : width}
          y={top + (stacked ? 34 : 15)}
          class="row-value"
          text-anchor={stacked ? 'start' : 'end'}
        >
          {row.text}
        </text>
      ) : crowded ? (
        <text x={at} y={y - 12} class="row-value">
          {row.text}
        </text>
      ) : (
        <text
          x={at + (row.value < 0 ? -12 : 12)}
          y={y + 5}
          class="row-value"
          text-anchor={row.value < 0 ? 'end' : 'start'}
        >
          {row.text}
        </text>
      )}
    </g>
  )
}

export interface OpposedBar {
  readonly label: string
  /** Undefined draws a hatched stub of fixed length, "not measured here". */
  readonly value?: number
  readonly text?: string
}

/** Gives left, gets right, on one post and one scale; what a source leaves out is a hatched stub. */
export const OpposedBars: FC<{
  lang: Lang
  name: string
  gives: { readonly title: string; readonly rows: readonly OpposedBar[] }
  gets: { readonly title: string; readonly rows: readonly OpposedBar[] }
}> = (props) => (
  <Drawing
    draw={(width) =>
      width === 806 ? <OpposedWide {...props} /> : <OpposedNarrow {...props} width={width} />
    }
  />
)

interface OpposedProps {
  readonly lang: Lang
  readonly name: string
  readonly gives: { readonly title: string; readonly rows: readonly OpposedBar[] }
  readonly gets: { readonly title: string; readonly rows: readonly OpposedBar[] }
}

const POST = 403
const REACH = 220
const STUB = 92

const OpposedWide: FC<OpposedProps> = ({ lang, name, gives, gets }) => {
  const max = Math.max(1e-9, ...[...gives.rows, ...gets.rows].map((row) => row.value ?? 0))
  const height = 30 + 38 * Math.max(gives.rows.length, gets.rows.length) + 6
  return (
    <svg class="chart" viewBox={`0 0 806 ${height}`} width="806" height={height} role="img" aria-label={name}>
      <text x={POST - 12} y="16" class="side-title t-gives" text-anchor="end">
        {gives.title}
      </text>
      <text x={POST + 12} y="16" class="side-title t-gets">
        {gets.title}
      </text>
      {gives.rows.map((row, i) => (
        <OpposedRow lang={lang} row={row} top={30 + i * 38} max={max} side="gives" />
      ))}
      {gets.rows.map((row, i) => (
        <OpposedRow lang={lang} row={row} top={30 + i * 38} max={max} side="gets" />
      ))}
      <path d={`M${POST} 0V${height}`} class="post" />
    </svg>
  )
}

const OpposedRow: FC<{ lang: Lang; row: OpposedBar; top: number; max: number; side: 'gives' | 'gets' }> = (
  props,
) => {
  const { row, top, side } = props
  const length = row.value === undefined ? STUB : Math.max((row.value / props.max) * REACH, 1.5)
  const direction = side === 'gives' ? -1 : 1
  const at = POST + direction * (length + 8)
  const anchor = side === 'gives' ? 'end' : 'start'
  return (
    <g>
      <rect
        x={side === 'gives' ? POST - length : POST}
        y={top}
        width={length}
        height="22"
        {...fillOf(row.value === undefined ? 'none' : side)}
      />
      <text x={at} y={top + 9} class="bar-name" text-anchor={anchor}>
        {row.label}
      </text>
      <text
        x={at}
        y={top + 25}
        class={row.value === undefined ? 'bar-missing' : 'bar-value'}
        text-anchor={anchor}
      >
        {row.value === undefined ? words(props.lang).figure.notMeasured : row.text}
      </text>
    </g>
  )
}

const OpposedNarrow: FC<OpposedProps & { width: number }> = ({ lang, name, gives, gets, width }) => {
  const max = Math.max(1e-9, ...[...gives.rows, ...gets.rows].map((row) => row.value ?? 0))
  const stacked = [...gives.rows, ...gets.rows].some((row) => tooLong(row.label, row.text ?? '', width, 6.6))
  const pitch = stacked ? 60 : 42
  const second = 34 + gives.rows.length * pitch
  const height = second + 34 + gets.rows.length * pitch
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={name}
    >
      <NarrowSide lang={lang} {...gives} side="gives" top={0} max={max} width={width} pitch={pitch} />
      <NarrowSide lang={lang} {...gets} side="gets" top={second} max={max} width={width} pitch={pitch} />
    </svg>
  )
}

const NarrowSide: FC<{
  lang: Lang
  title: string
  rows: readonly OpposedBar[]
  side: 'gives' | 'gets'
  top: number
  max: number
  width: number
  pitch: number
}> = ({ lang, title, rows, side, top, max, width, pitch }) => (
  <g>
    <text x="0" y={top + 16} class={`side-title t-${side}`}>
      {title}
    </text>
    {rows.map((row, i) => {
      const y = top + 28 + i * pitch
      const line = pitch - 42
      return (
        <>
          <text x="0" y={y + 13} class="bar-name">
            {row.label}
          </text>
          <text
            x={line > 0 ? 0 : width}
            y={y + 13 + line}
            class={row.value === undefined ? 'bar-missing' : 'bar-value'}
            text-anchor={line > 0 ? 'start' : 'end'}
          >
            {row.value === undefined ? words(lang).figure.notMeasured : row.text}
          </text>
          <rect
            x="0.5"
            y={y + 19 + line}
            width={row.value === undefined ? STUB : Math.max((row.value / max) * (width - 14), 1.5)}
            height="12"
            {...fillOf(row.value === undefined ? 'none' : side)}
          />
        </>
      )
    })}
  </g>
)
