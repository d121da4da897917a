import type { Child, FC } from 'hono/jsx'
import type { Lang } from './lang.ts'
import { words } from './words.ts'

export interface Column<Row> {
  readonly key: string
  readonly head: Child
  /** The label inside a phone card, if the head is no plain text or too long. */
  readonly label?: string
  readonly align?: 'right'
  /** The cell that names its row; it becomes the card's heading on a phone. One per table, first. */
  readonly rowHead?: boolean
  readonly cell: (row: Row) => Child
  /** Makes the head a link that sorts; `direction` if the table is sorted by it now. */
  readonly sort?: { readonly href: string; readonly direction?: 'ascending' | 'descending' }
  /** Keeps the cell on one line on wide screens. */
  readonly nowrap?: boolean
}

export interface DataTableProps<Row> {
  readonly lang: Lang
  /** Names the table for everyone; shown only with `showCaption`. */
  readonly caption: string
  readonly showCaption?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** On phones: `cards` (label–value pairs), `compact` (cells explain themselves, no labels), `scroll` (stays a table). */
  readonly phone?: 'cards' | 'compact' | 'scroll'
  /** On phones show only the first five cards, then this link to the whole list. */
  readonly allOnPhone?: { readonly label: string; readonly href: string }
  readonly rowClass?: (row: Row) => string | undefined
  /** What stands where there are no rows. */
  readonly empty?: Child
}

const PHONE_ROWS = 5

/** Roles written out: a table that CSS lays out as cards keeps its meaning in every browser. */
export const ROLE = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  rowheader: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const

/** A table whose rows become cards on phones. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  if (props.rows.length === 0 && props.empty !== undefined) return <p class="muted">{props.empty}</p>
  const phone = props.phone ?? 'cards'
  const table = (
    <table class={`data ${phone}${props.allOnPhone ? ' first-five' : ''}`} {...ROLE.table}>
      <caption class={props.showCaption ? undefined : 'vh'}>{props.caption}</caption>
      <thead {...ROLE.rowgroup}>
        <tr {...ROLE.row}>
          {props.columns.map((column) => (
            <HeadCell lang={props.lang} column={column as Column<unknown>} />
          ))}
        </tr>
      </thead>
      <tbody {...ROLE.rowgroup}>
        {props.rows.map((row) => (
          <tr {...ROLE.row} class={props.rowClass?.(row)}>
            {props.columns.map((column) => cellOf(column, row))}
          </tr>
        ))}
      </tbody>
    </table>
  )
  return (
    <>
      {phone === 'scroll' ? (
        <section class="scroller" aria-label={props.caption} tabindex={0}>
          {table}
        </section>
      ) : (
        <div class="fit">{table}</div>
      )}
      {props.allOnPhone && props.rows.length > PHONE_ROWS && (
        <p class="all-on-phone">
          <a href={props.allOnPhone.href}>{props.allOnPhone.label}</a>
        </p>
      )}
    </>
  )
}

const HeadCell: FC<{ lang: Lang; column: Column<unknown> }> = ({ lang, column }) => (
  <th scope="col" {...ROLE.columnheader} class={classOf(column)} aria-sort={column.sort?.direction}>
    {column.sort ? (
      <a href={column.sort.href} title={`${words(lang).act.sortBy}: ${labelOf(column) ?? column.key}`}>
        {column.head}
      </a>
    ) : (
      column.head
    )}
  </th>
)

function cellOf<Row>(column: Column<Row>, row: Row) {
  const content = <div class="cell">{column.cell(row)}</div>
  return column.rowHead ? (
    <th scope="row" {...ROLE.rowheader} class={classOf(column)}>
      {content}
    </th>
  ) : (
    <td {...ROLE.cell} class={classOf(column)} data-label={labelOf(column)}>
      {content}
    </td>
  )
}

const labelOf = <Row,>(column: Column<Row>): string | undefined =>
  column.label ?? (typeof column.head === 'string' ? column.head : undefined)

const classOf = <Row,>(column: Column<Row>): string | undefined =>
  [column.align === 'right' && 'right', column.nowrap && 'nowrap'].filter(Boolean).join(' ') || undefined
