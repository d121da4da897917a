import type { FC } from 'hono/jsx'
import type { StatusSign } from './status.ts'

export type Tier = 'settled' | 'contested' | 'likely-preempted'
export type Confidence = 'high' | 'medium' | 'low'
/** What a swatch or a bar stands for: the three quantities, exposure (hatched), ink, and no figure (grey hatch). */
export type Fill =
  | 'gives'
  | 'gets'
  | 'gets-mid'
  | 'gets-light'
  | 'plan'
  | 'plan-fill'
  | 'plan-band'
  | 'exposure'
  | 'owed'
  | 'ink'
  | 'none'

const FRAME = 'M2 2h12v12H2z'

const SQUARES: Record<StatusSign, () => unknown> = {
  full: () => <path d="M1 1h14v14H1z" fill="currentColor" />,
  half: () => (
    <>
      <path d={FRAME} fill="#fff" stroke="currentColor" stroke-width="2" />
      <path d="M1 15V1h14z" fill="currentColor" />
    </>
  ),
  'half-bar': () => (
    <>
      <path d={FRAME} fill="#fff" stroke="currentColor" stroke-width="2" />
      <path d="M1 15V1h14z" fill="currentColor" />
      <path d="M8 11.5h5" stroke="currentColor" stroke-width="2" />
    </>
  ),
  bar: () => (
    <>
      <path d={FRAME} fill="#fff" stroke="currentColor" stroke-width="2" />
      <path d="M4 8h8" stroke="currentColor" stroke-width="3" />
    </>
  ),
  dashed: () => (
    <path
      d={FRAME}
      fill="#fff"
      stroke="currentColor"
      stroke-width="2"
      stroke-dasharray="3 2"
      stroke-dashoffset="1.5"
    />
  ),
  cross: () => (
    <>
      <path d={FRAME} fill="#fff" stroke="currentColor" stroke-width="2" />
      <path d="m4.5 4.5 7 7m0-7-7 7" stroke="currentColor" stroke-width="2" />
    </>
  ),
  grey: () => <path d="M1.5 1.5h13v13h-13z" class="grey-square" />,
  plain: () => <path d={FRAME} fill="none" stroke="currentColor" stroke-width="1.5" />,
}

/** A status square, 16 px; `small` for a local measure only. Decoration: the word stands beside it or names the image. */
export const Square: FC<{ sign: StatusSign; small?: boolean; title?: string }> = ({ sign, small, title }) => (
  <svg
    class={small ? 'sign small-sign' : 'sign'}
    width={small ? 9 : 16}
    height={small ? 9 : 16}
    viewBox="0 0 16 16"
    {...(title === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': title })}
  >
    {SQUARES[sign]()}
  </svg>
)

export const TierCircle: FC<{ tier: Tier }> = ({ tier }) => (
  <svg class="sign" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
    {tier === 'settled' && <circle cx="8" cy="8" r="7" fill="currentColor" />}
    {tier === 'contested' && (
      <>
        <circle cx="8" cy="8" r="6" fill="#fff" stroke="currentColor" stroke-width="2" />
        <path d="M8 1a7 7 0 0 1 0 14z" fill="currentColor" />
      </>
    )}
    {tier === 'likely-preempted' && (
      <circle
        cx="8"
        cy="8"
        r="6"
        fill="#fff"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-dasharray="2.7 2.01"
      />
    )}
  </svg>
)

export const ConfidenceBars: FC<{ confidence: Confidence }> = ({ confidence }) => {
  const filled = { high: 3, medium: 2, low: 1 }[confidence]
  const bars = ['M1.5 10.5h3v4h-3z', 'M6.5 6.5h3v8h-3z', 'M11.5 1.5h3v13h-3z']
  return (
    <svg class="sign" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      {bars.map((d, i) => (
        <path d={d} class={i < filled ? 'bar-full' : 'bar-empty'} />
      ))}
    </svg>
  )
}

/** Pattern ids are shared by every picture on the page; `Page` draws them once. */
export const Patterns: FC = () => (
  <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false">
    <defs>
      {(['exposure', 'owed', 'none'] as const).map((name) => (
        <pattern
          id={`hatch-${name}`}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform={name === 'none' ? 'rotate(45)' : 'rotate(45)'}
        >
          <path d="M0 0v6" class={`hatch-${name}`} />
        </pattern>
      ))}
    </defs>
  </svg>
)

/** The SVG attributes of a mark with this fill. */
export const fillOf = (fill: Fill): { class: string; fill?: string } =>
  fill === 'exposure' || fill === 'owed' || fill === 'none'
    ? { class: `f-${fill}`, fill: `url(#hatch-${fill})` }
    : { class: `f-${fill}` }

export const Swatch: FC<{ fill: Fill }> = ({ fill }) => (
  <svg class="swatch" width="12" height="12" aria-hidden="true">
    <rect x="0.5" y="0.5" width="11" height="11" {...fillOf(fill)} />
  </svg>
)
