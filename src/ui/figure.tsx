import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { Heading } from './heading.tsx'
import type { Lang } from './lang.ts'
import { words } from './words.ts'

export interface FigureProps {
  readonly lang: Lang
  readonly id?: string
  /** What, where, when. */
  readonly title: Child
  /** Unit, base, nominal or real, sign. */
  readonly subtitle?: Child
  /** Source line under the chart. */
  readonly source?: Child
  /** A table with every number drawn. */
  readonly table?: Child
  /** The words that open the table, if not "Show as table". */
  readonly tableWord?: string
  /** Marks figures that no run stands behind yet. */
  readonly illustrative?: boolean
  readonly level?: 2 | 3
}

/** A sheet with a chart: title, unit, drawing, source, and its table. */
export const Figure: FC<PropsWithChildren<FigureProps>> = (props) => {
  const w = words(props.lang)
  return (
    <figure class="sheet" id={props.id}>
      <figcaption>
        <Heading level={props.level ?? 3} class="figure-title">
          {props.title}
        </Heading>
        {props.illustrative && <span class="illustrative">{w.site.illustrative}</span>}
        {props.subtitle && <p class="figure-sub">{props.subtitle}</p>}
      </figcaption>
      {props.children}
      {props.source && <p class="figure-source">{props.source}</p>}
      {props.table && (
        <details class="as-table">
          <summary>
            <span>{props.tableWord ?? w.act.showTable}</span>
          </summary>
          {props.table}
        </details>
      )}
    </figure>
  )
}
