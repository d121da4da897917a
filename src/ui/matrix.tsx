import type { Child, FC } from 'hono/jsx'
import type { Lang } from './lang.ts'
import { Square } from './signs.tsx'
import { type RecordKind, STATUSES, type StatusSign, statusOf } from './status.ts'
import { words } from './words.ts'

export interface MatrixCell {
  readonly kind: RecordKind
  readonly status: string
  /** Only a city or county has it. */
  readonly localOnly?: boolean
  readonly href?: string
}

export interface MatrixRow {
  readonly label: string
  readonly href: string
  /** One for each column, in its order; undefined where none is recorded. */
  readonly cells: readonly (MatrixCell | undefined)[]
  readonly total: number
  readonly present?: boolean
}

export interface MatrixProps {
  readonly lang: Lang
  readonly caption: string
  /** Over the row heads: "Jurisdiction", and below it how the rows are sorted. */
  readonly corner: Child
  readonly cornerNote?: Child
  readonly columns: readonly { readonly label: string; readonly href?: string }[]
  readonly rows: readonly MatrixRow[]
  readonly totalHead: string
  readonly totals?: { readonly label: string; readonly counts: readonly number[] }
}

/** Jurisdictions by types, a status square in each cell; it scrolls inside itself with its first column held. */
export const MatrixTable: FC<MatrixProps> = (props) => (
  <section class="scroller matrix-place" aria-label={props.caption} tabindex={0}>
    <table class="matrix">
      <caption class="vh">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="corner">
            {props.corner}
            {props.cornerNote && <span>{props.cornerNote}</span>}
          </th>
          {[...props.columns, { label: props.totalHead, href: undefined }].map((column) => (
            <th scope="col">
              <span class="turned">
                {column.href ? <a href={column.href}>{column.label}</a> : column.label}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr class={row.present ? 'present' : undefined}>
            <th scope="row">
              <a href={row.href}>{row.label}</a>
            </th>
            {row.cells.map((cell) => (
              <td>
                <Cell lang={props.lang} cell={cell} />
              </td>
            ))}
            <td>
              <b>{row.total}</b>
            </td>
          </tr>
        ))}
      </tbody>
      {props.totals && (
        <tfoot>
          <tr>
            <th scope="row">{props.totals.label}</th>
            {props.totals.counts.map((count) => (
              <td>{count}</td>
            ))}
            <td>{''}</td>
          </tr>
        </tfoot>
      )}
    </table>
  </section>
)

const Cell: FC<{ lang: Lang; cell: MatrixCell | undefined }> = ({ lang, cell }) => {
  const w = words(lang).figure
  if (!cell)
    return (
      <>
        <span class="none" aria-hidden="true">
          ·
        </span>
        <span class="vh">{w.noneRecorded}</span>
      </>
    )
  const { sign, word } = statusOf(cell.kind, cell.status, lang)
  const title = cell.localOnly ? `${word}, ${w.localOnly}` : word
  const square = <Square sign={sign} small={cell.localOnly} title={title} />
  return cell.href ? <a href={cell.href}>{square}</a> : square
}

/** What the squares mean: one entry for each sign that the statuses shown use. */
export const StatusKey: FC<{
  lang: Lang
  kind: RecordKind
  statuses: readonly string[]
  small?: boolean
  none?: boolean
}> = (props) => {
  const w = words(props.lang).figure
  return (
    <ul class="chips status-key">
      {props.statuses.map((status) => {
        const { sign, word } = statusOf(props.kind, status, props.lang)
        return (
          <li class="chip">
            <Square sign={sign} />
            {word}
          </li>
        )
      })}
      {props.none && (
        <li class="chip">
          <span class="none" aria-hidden="true">
            ·
          </span>
          {w.noneRecordedKey}
        </li>
      )}
      {props.small && (
        <li class="chip">
          <Square sign="full" small />
          {w.smallLocal}
        </li>
      )}
    </ul>
  )
}

/** How much of a status has force now, most first: for choosing the most advanced status of a cell. */
const FORCE: readonly StatusSign[] = ['full', 'half', 'half-bar', 'bar', 'dashed', 'plain', 'cross', 'grey']

export function compareForce(kind: RecordKind, a: string, b: string): number {
  const rank = (status: string) => FORCE.indexOf(statusOf(kind, status, 'en').sign)
  const order = Object.keys(STATUSES[kind])
  return rank(a) - rank(b) || order.indexOf(a) - order.indexOf(b)
}
