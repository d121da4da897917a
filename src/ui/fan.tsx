import type { FC } from 'hono/jsx'
import { Drawing } from './charts.tsx'
import { bandOf, LineLabels, lineOf, plotOf, type TimeChartProps, TimeFrame } from './time-frame.tsx'

/** Quantiles over the draws, one value a point in time. */
export interface FanSeries {
  readonly q05: readonly number[]
  readonly q25: readonly number[]
  readonly q50: readonly number[]
  readonly q75: readonly number[]
  readonly q95: readonly number[]
}

export interface FanProps extends TimeChartProps {
  readonly series: FanSeries
  /** What it is held against, on the same draws: its middle dashed, its 9 in 10 dotted. */
  readonly beside?: Pick<FanSeries, 'q05' | 'q50' | 'q95'>
  readonly labels: {
    readonly outer: string
    readonly inner: string
    readonly middle: string
    readonly beside?: string
  }
  /** The axis shows zero even where no value is near it. */
  readonly fromZero?: boolean
}

/** A fan: the band that holds 9 in 10 draws, the band that holds 1 in 2, and the median. */
export const Fan: FC<FanProps> = (props) => <Drawing draw={(width) => <Drawn {...props} width={width} />} />

const Drawn: FC<FanProps & { width: number }> = (props) => {
  const { series, beside, labels } = props
  const range = [...series.q05, ...series.q95, ...(beside ? [...beside.q05, ...beside.q95] : [])]
  const plot = plotOf(props, props.width, series.q50.length, props.fromZero ? [0, ...range] : range, [
    labels.outer,
    labels.inner,
    labels.middle,
    labels.beside ?? '',
  ])
  const last = (values: readonly number[]) => values.at(-1) ?? 0
  const ends = [
    { text: labels.outer, value: last(series.q95), class: 'of-band' },
    { text: labels.inner, value: last(series.q75), class: 'of-band' },
    { text: labels.middle, value: last(series.q50), class: 'of-plan' },
    ...(beside && labels.beside !== undefined
      ? [{ text: labels.beside, value: last(beside.q50), class: '' }]
      : []),
  ]
  return (
    <TimeFrame chart={props} plot={plot}>
      <path d={bandOf(plot, series.q05, series.q95)} class="fan-outer" />
      <path d={bandOf(plot, series.q25, series.q75)} class="fan-inner" />
      {beside && (
        <>
          <path d={lineOf(plot, beside.q05)} class="fan-beside-range" />
          <path d={lineOf(plot, beside.q95)} class="fan-beside-range" />
        </>
      )}
      <path d={lineOf(plot, series.q50)} class="fan-middle" />
      {beside && <path d={lineOf(plot, beside.q50)} class="fan-beside" />}
      <LineLabels plot={plot} labels={ends} />
    </TimeFrame>
  )
}
