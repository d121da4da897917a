import type { FC } from 'hono/jsx'

export type SquareSign = 'minus' | 'blank' | 'plus'

export interface SquareGroup {
  readonly sign: SquareSign
  readonly count: number
  /** `48 worse off`. */
  readonly text: string
}

const ACROSS = 20
const PITCH = 15

/**
 * A hundred squares in the order of the groups, with what each sign means: the sign carries the meaning, the colour
 * only repeats it.
 * @param name the finding in a sentence; it is the picture's name
 */
export const Squares: FC<{ name: string; groups: readonly SquareGroup[] }> = ({ name, groups }) => {
  const signs = groups.flatMap(({ sign, count }) => Array.from({ length: count }, () => sign))
  const rows = Math.ceil(signs.length / ACROSS)
  return (
    <div class="squares">
      <svg viewBox={`0 0 ${ACROSS * PITCH} ${rows * PITCH}`} role="img" aria-label={name} class="chart">
        {signs.map((sign, i) => (
          <Sign sign={sign} x={(i % ACROSS) * PITCH + 1} y={Math.floor(i / ACROSS) * PITCH + 1} />
        ))}
      </svg>
      <ul class="squares-key">
        {groups.map(({ sign, text }) => (
          <li>
            <svg width="17" height="17" viewBox="0 0 15 15" aria-hidden="true" class="chart">
              <Sign sign={sign} x={1} y={1} />
            </svg>
            <b>{text}</b>
          </li>
        ))}
      </ul>
    </div>
  )
}

const Sign: FC<{ sign: SquareSign; x: number; y: number }> = ({ sign, x, y }) => (
  <>
    <rect x={x} y={y} width="13" height="13" class={`square-${sign}`} />
    {sign !== 'blank' && <path d={`M${x + 3} ${y + 6.5}h7`} class={`square-mark-${sign}`} />}
    {sign === 'plus' && <path d={`M${x + 6.5} ${y + 3}v7`} class="square-mark-plus" />}
  </>
)
