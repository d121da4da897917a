import type { FC } from 'hono/jsx'
import { type Lang, roundTicks } from '../../ui/index.ts'
import type { Band, Brief, Deciders } from '../brief/brief.ts'
import type { Verdict } from '../brief/gains.ts'
import { axisOf } from '../brief/scale.ts'
import type { BriefWords } from '../brief/words.ts'
import { usd } from '../results/format.ts'

/** Better, worse, or not told apart: the sign carries it, in grey as in colour. */
export const VerdictSign: FC<{ verdict: Verdict; w: BriefWords }> = ({ verdict, w }) => (
  <svg
    class="verdict"
    width="11"
    height="11"
    viewBox="0 0 11 11"
    role="img"
    aria-label={w.gains.verdict[verdict]}
  >
    {verdict !== 'none' && <rect x="0.5" y="0.5" width="10" height="10" class={`verdict-${verdict}`} />}
    {(verdict === 'better' || verdict === 'worse') && <path d="M2.5 5.5h6" class={`mark-${verdict}`} />}
    {verdict === 'better' && <path d="M5.5 2.5v6" class="mark-better" />}
  </svg>
)

const WIDTH = 420
const TOP = 8

/** The members' reserve by month: bands with the plan, dashed and dotted lines without it. */
export const BriefFan: FC<{ brief: Brief; lang: Lang; w: BriefWords; height: number }> = (props) => {
  const { brief, lang, w, height } = props
  const { fan, plan } = brief
  const withStart = (band: Band, field: keyof Band) => [fan.start, ...band[field]]
  const all = (['q05', 'q95'] as const).flatMap((field) => [
    ...withStart(fan.with, field),
    ...withStart(fan.without, field),
  ])
  const axis = axisOf(all)
  const ticks = roundTicks(Math.min(...all), Math.max(...all), 5)
  const left = 12 + 7.4 * Math.max(...ticks.map((tick) => axis.text(tick).length))
  const [right, bottom] = [WIDTH - 26, height - 24]
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  const x = (month: number) => tenth(left + (month / plan.months) * (right - left))
  const y = (value: number) => tenth(bottom - ((value - low) / (high - low || 1)) * (bottom - TOP))
  const line = (band: Band, field: keyof Band) =>
    withStart(band, field)
      .map((value, month) => `${month === 0 ? 'M' : 'L'}${x(month)} ${y(value)}`)
      .join('')
  const area = (from: keyof Band, to: keyof Band) =>
    `${line(fan.with, to)}${withStart(fan.with, from)
      .map((value, month) => `L${x(month)} ${y(value)}`)
      .reverse()
      .join('')}Z`
  const end = (band: Band) => usd(band.q50.at(-1) ?? fan.start, lang)
  return (
    <svg
      class="chart brief-fan"
      viewBox={`0 0 ${WIDTH} ${height}`}
      width={WIDTH}
      height={height}
      role="img"
      aria-label={w.fan.name(plan.months, end(fan.with), end(fan.without))}
    >
      <defs>
        <pattern
          id="brief-hatch"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0v5" class="brief-hatch" />
        </pattern>
      </defs>
      {ticks.map((tick) => (
        <>
          <path d={`M${left} ${y(tick)}H${right}`} class={tick === 0 ? 'zero' : 'grid'} />
          <text x={left - 7} y={y(tick) + 4.5} class="tick" text-anchor="end">
            {axis.text(tick)}
          </text>
        </>
      ))}
      <path d={area('q05', 'q95')} class="brief-outer" />
      <path d={area('q25', 'q75')} class="brief-inner" />
      <path d={area('q25', 'q75')} fill="url(#brief-hatch)" />
      <path d={line(fan.without, 'q05')} class="brief-range" />
      <path d={line(fan.without, 'q95')} class="brief-range" />
      <path d={line(fan.with, 'q50')} class="brief-middle" />
      <path d={line(fan.without, 'q50')} class="brief-without" />
      {yearTicks(plan.months).map((month) => (
        <text x={x(month)} y={height - 6} class="tick" text-anchor={month === 0 ? 'start' : 'middle'}>
          {month === 0 ? w.fan.start : w.fan.year(month / 12)}
        </text>
      ))}
    </svg>
  )
}

/** At most six names of years, evenly. */
function yearTicks(months: number): readonly number[] {
  const years = Math.floor(months / 12)
  const step = Math.max(1, Math.ceil(years / 5))
  return Array.from({ length: Math.floor(years / step) + 1 }, (_, i) => 12 * step * i)
}

const tenth = (value: number): number => Math.round(value * 10) / 10

/** From the mean in one third of the draws to that in the other, on the scale of all rows; dashed at the mean of all. */
export const SwingBar: FC<{ deciders: Deciders; row: number }> = ({ deciders, row }) => {
  const ends = deciders.swings.flatMap(({ low, high }) => [low.mean, high.mean])
  const [least, most] = [Math.min(deciders.mean, ...ends), Math.max(deciders.mean, ...ends)]
  const at = (value: number) => 3 + (94 * (value - least)) / (most - least || 1)
  const swing = deciders.swings[row]
  if (!swing) return null
  const [from, to] = [at(swing.low.mean), at(swing.high.mean)]
  return (
    <svg class="swing" width="100%" height="15" aria-hidden="true">
      <rect
        x={percent(Math.min(from, to))}
        y="3"
        width={percent(Math.abs(to - from))}
        height="9"
        class="f-plan-fill"
      />
      <line
        x1={percent(at(deciders.mean))}
        x2={percent(at(deciders.mean))}
        y1="0"
        y2="15"
        class="swing-mean"
      />
      <circle cx={percent(from)} cy="7.5" r="3.5" class="swing-low" />
      <circle cx={percent(to)} cy="7.5" r="3.5" class="swing-high" />
    </svg>
  )
}

const percent = (value: number): string => `${value.toFixed(2)}%`
