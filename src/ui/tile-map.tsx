import type { FC } from 'hono/jsx'
import { STATES, type Usps } from '../base/index.ts'
import { formatSigned } from './format.ts'
import type { Lang } from './lang.ts'
import { binClass, type Scale } from './scale.ts'
import { stateName, words } from './words.ts'

/** Column and row of each jurisdiction on the tile grid, from 0; 11 columns, 8 rows. */
export const TILE_PLACES: Record<Usps, readonly [column: number, row: number]> = {
  AK: [0, 0],
  ME: [10, 0],
  VT: [9, 1],
  NH: [10, 1],
  WA: [0, 2],
  ID: [1, 2],
  MT: [2, 2],
  ND: [3, 2],
  MN: [4, 2],
  WI: [5, 2],
  MI: [6, 2],
  NY: [8, 2],
  MA: [9, 2],
  CT: [10, 2],
  OR: [0, 3],
  NV: [1, 3],
  WY: [2, 3],
  SD: [3, 3],
  IA: [4, 3],
  IL: [5, 3],
  IN: [6, 3],
  OH: [7, 3],
  PA: [8, 3],
  NJ: [9, 3],
  RI: [10, 3],
  CA: [0, 4],
  UT: [1, 4],
  CO: [2, 4],
  NE: [3, 4],
  MO: [4, 4],
  KY: [5, 4],
  WV: [6, 4],
  VA: [7, 4],
  MD: [8, 4],
  DE: [9, 4],
  DC: [10, 4],
  AZ: [1, 5],
  NM: [2, 5],
  KS: [3, 5],
  AR: [4, 5],
  TN: [5, 5],
  NC: [6, 5],
  SC: [7, 5],
  AS: [0, 6],
  OK: [3, 6],
  LA: [4, 6],
  MS: [5, 6],
  AL: [6, 6],
  GA: [7, 6],
  HI: [0, 7],
  GU: [1, 7],
  MP: [2, 7],
  TX: [3, 7],
  FL: [8, 7],
  PR: [9, 7],
  VI: [10, 7],
}

export interface TileValue {
  readonly value: number
  /** What the tile prints, `−511`; else the value with its sign on the diverging scale, plain on counts. */
  readonly text?: string
  /** What a screen reader hears after the state's name: "pays $511 more than it gets". */
  readonly said?: string
}

export interface TileMapProps {
  readonly lang: Lang
  /** Names the list of tiles: the figure's title. */
  readonly name: string
  readonly scale: Scale
  readonly values: Partial<Record<Usps, TileValue>>
  /** Where a tile leads. */
  readonly link: (usps: Usps) => string
}

/** 50 states, DC and five territories, all squares one size, each a link; hatched where there is no figure. */
export const TileMap: FC<TileMapProps> = (props) => (
  <ul class="tile-map" aria-label={props.name}>
    {STATES.map((state) => (
      <Tile {...props} usps={state.usps} />
    ))}
  </ul>
)

const Tile: FC<TileMapProps & { usps: Usps }> = ({ lang, scale, values, link, usps }) => {
  const [column, row] = TILE_PLACES[usps]
  const value = values[usps]
  const said = value ? value.said : words(lang).figure.noFigure
  return (
    <li class={`c${column} r${row} ${value ? binClass(scale, value.value) : 'no-figure'}`}>
      <a href={link(usps)}>
        <b>{usps}</b>
        {value && (
          <>
            {' '}
            <span class="tile-value">{printed(scale, value)}</span>
          </>
        )}
        <span class="vh">
          {' '}
          {stateName(usps, lang)}
          {said && `: ${said}`}
        </span>
      </a>
    </li>
  )
}

const printed = (scale: Scale, value: TileValue): string =>
  value.text ?? (scale.kind === 'diverging' ? formatSigned(value.value) : String(value.value))

/** The scale under a map, with every threshold printed. */
export const MapLegend: FC<{ lang: Lang; scale: Scale; low?: string; high?: string }> = (props) => {
  const w = words(props.lang).figure
  const { scale } = props
  const starts = [Number.NEGATIVE_INFINITY, ...scale.edges]
  return (
    <div class={`map-legend ${scale.kind}`}>
      {scale.kind === 'diverging' && (
        <p>
          <b class="t-gives">{props.low ?? w.paysMore}</b> <b class="t-gets">{props.high ?? w.getsMore}</b>
        </p>
      )}
      <ol aria-label={w.legend}>
        {starts.map((start, i) => (
          <li class={binClass(scale, start)}>
            {scale.kind === 'diverging' ? (
              i > 0 && <Threshold value={start} />
            ) : (
              <span>{countBin(scale, i)}</span>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** A threshold in full, and in thousands where a phone has no room. */
const Threshold: FC<{ value: number }> = ({ value }) => (
  <>
    <span class="desk-only">{formatSigned(value)}</span>
    <span class="phone-only">
      {value !== 0 && value % 1000 === 0 ? `${formatSigned(value / 1000)}k` : formatSigned(value)}
    </span>
  </>
)

/** The counts of one bin: `0`, `3`, `3–5`, `12+`. */
function countBin(scale: Scale, bin: number): string {
  const [from, to] = [bin === 0 ? 0 : (scale.edges[bin - 1] ?? 0), scale.edges[bin]]
  return to === undefined ? `${from}+` : to - 1 === from ? `${from}` : `${from}–${to - 1}`
}

const PITCH = 17
const SIDE = 15.5

/** A small map seen at a glance: one picture with one name, no links inside. */
export const MiniMap: FC<{ name: string; scale: Scale; values: Partial<Record<Usps, TileValue>> }> = (
  props,
) => (
  <MiniSvg
    name={props.name}
    classOf={(usps) => {
      const value = props.values[usps]
      return value ? binClass(props.scale, value.value) : 'n0'
    }}
  />
)

/** Where a state stands: its tile in ink, the others pale. */
export const LocatorMap: FC<{ name: string; here: readonly Usps[] }> = ({ name, here }) => (
  <MiniSvg name={name} classOf={(usps) => (here.includes(usps) ? 'here' : 'away')} />
)

const MiniSvg: FC<{ name: string; classOf: (usps: Usps) => string }> = ({ name, classOf }) => (
  <svg class="mini-map" viewBox="0 0 187 136" width="187" height="136" role="img" aria-label={name}>
    {STATES.map((state) => {
      const [column, row] = TILE_PLACES[state.usps]
      return (
        <rect x={column * PITCH} y={row * PITCH} width={SIDE} height={SIDE} class={classOf(state.usps)} />
      )
    })}
  </svg>
)

/** Small maps side by side, each with a link over it and its finding in words below. */
export const SmallMultiples: FC<{
  maps: readonly {
    readonly title: string
    readonly href: string
    readonly note: string
    readonly scale: Scale
    readonly values: Partial<Record<Usps, TileValue>>
  }[]
}> = ({ maps }) => (
  <ul class="small-maps">
    {maps.map((map) => (
      <li>
        <a href={map.href}>{map.title}</a>
        <MiniMap name={`${map.title}: ${map.note}`} scale={map.scale} values={map.values} />
        <p>{map.note}</p>
      </li>
    ))}
  </ul>
)
