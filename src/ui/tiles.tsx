import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { Heading } from './heading.tsx'
import type { Lang } from './lang.ts'
import { type Fill, Swatch } from './signs.tsx'
import { words } from './words.ts'

export interface StatTileProps {
  readonly fill?: Fill
  readonly name: Child
  /** `$94.3`; undefined leaves the figure out, and `why` says the reason. */
  readonly figure?: string
  readonly unit?: string
  /** Basis and year: "$16,112 per resident, FFY 2022". */
  readonly basis?: Child
  /** One sentence why, with the doubt in it. */
  readonly why?: Child
  /** A SourcePopover, or a link to add what is missing. */
  readonly source?: Child
  readonly lang: Lang
  /** The heading's level: 2 under the page's h1 (usual), 3 inside a section. */
  readonly level?: 2 | 3
}

/** One figure with its basis, its doubt and its source; or "Left out" with the reason. */
export const StatTile: FC<StatTileProps> = (props) => (
  <div class="tile">
    <Heading level={props.level ?? 2} class="tile-name">
      {props.fill && <Swatch fill={props.fill} />}
      {props.name}
    </Heading>
    {props.figure === undefined ? (
      <p class="figure left-out">{words(props.lang).figure.leftOut}</p>
    ) : (
      <p class="figure">
        {props.figure}
        {props.unit && <small> {props.unit}</small>}
      </p>
    )}
    {props.basis && <p class="basis">{props.basis}</p>}
    {props.why && <p class="why">{props.why}</p>}
    {props.source}
  </div>
)

/** Four in a row, divided by hairlines, one ink edge on top. */
export const StatTiles: FC<PropsWithChildren> = ({ children }) => <div class="tiles">{children}</div>

/** In a source's place, with its sign: a link to the part of a page that explains the figure. */
export const SourceLink: FC<PropsWithChildren<{ href: string }>> = ({ href, children }) => (
  <div class="source">
    <a class="source-button" href={href}>
      <Info />
      <span>{children}</span>
    </a>
  </div>
)

export interface SourceRow {
  readonly key: Child
  readonly value: Child
}

/**
 * "Source and method" under a figure, opening a note without script; where popovers fail the note stands in the line.
 * @param id    unique on the page
 * @param title what the figure is: "Usable leverage, Colorado"
 */
export const SourcePopover: FC<{
  lang: Lang
  id: string
  title: Child
  rows: readonly SourceRow[]
  links?: readonly { readonly label: Child; readonly href: string }[]
  /** The words of the button, if not "Source and method". */
  word?: string
}> = (props) => (
  <div class="source">
    <button type="button" class="source-button" popovertarget={props.id}>
      <Info />
      <span>{props.word ?? words(props.lang).act.source}</span>
    </button>
    <div id={props.id} popover="auto" class="pop">
      <SourceNote title={props.title} rows={props.rows} links={props.links} />
    </div>
  </div>
)

/** What a source popover holds; also usable in the open. */
export const SourceNote: FC<{
  title: Child
  rows: readonly SourceRow[]
  links?: readonly { readonly label: Child; readonly href: string }[]
}> = ({ title, rows, links }) => (
  <>
    <p class="pop-title">{title}</p>
    <dl class="pop-rows">
      {rows.map((row) => (
        <div>
          <dt>{row.key}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
    {links && links.length > 0 && (
      <p class="pop-links">
        {links.map((link, i) => (
          <>
            {i > 0 && ' · '}
            <a href={link.href}>{link.label}</a>
          </>
        ))}
      </p>
    )}
  </>
)

const Info: FC = () => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
    <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" stroke-width="1.4" />
    <path d="M7 3v2m0 1v5" stroke="currentColor" stroke-width="1.6" />
  </svg>
)
