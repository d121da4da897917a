import type { FC } from 'hono/jsx'
import { Drawing } from './charts.tsx'
import { LineLabels, lineOf, plotOf, type TimeChartProps, TimeFrame } from './time-frame.tsx'

export interface LinesProps extends TimeChartProps {
  /** At most four: they are told apart by their dashes and labels, never by colour alone. */
  readonly lines: readonly { readonly label: string; readonly values: readonly number[] }[]
}

const LOOKS = ['fan-middle', 'line-dashed', 'line-dotted', 'fan-beside'] as const

/** Lines over time on one axis, each with its label at its end. */
export const Lines: FC<LinesProps> = (props) => (
  <Drawing draw={(width) => <Drawn {...props} width={width} />} />
)

const Drawn: FC<LinesProps & { width: number }> = (props) => {
  const { lines, width } = props
  const plot = plotOf(
    props,
    width,
    lines[0]?.values.length ?? 0,
    [0, ...lines.flatMap(({ values }) => values)],
    lines.map(({ label }) => label),
  )
  return (
    <TimeFrame chart={props} plot={plot}>
      {lines.map(({ values }, i) => (
        <path d={lineOf(plot, values)} class={LOOKS[i % LOOKS.length] ?? LOOKS[0]} />
      ))}
      <LineLabels
        plot={plot}
        labels={lines.map(({ label, values }) => ({
          text: label,
          value: values.at(-1) ?? 0,
          class: '',
        }))}
      />
    </TimeFrame>
  )
}
