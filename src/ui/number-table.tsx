import type { FC } from 'hono/jsx'

/**
 * A long table of numbers, as small as a page can hold it: it stays a table on phones and scrolls inside itself. Where
 * rows are months, print shows the last of each twelve.
 */
export const NumberTable: FC<{
  caption: string
  heads: readonly string[]
  /** The first cell names its row. */
  rows: readonly (readonly string[])[]
  months?: boolean
}> = ({ caption, heads, rows, months }) => (
  <section class="scroller" aria-label={caption} tabindex={0}>
    <table class={`data scroll numbers${months ? ' months' : ''}`}>
      <caption class="vh">{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells]) => (
          <tr>
            <th scope="row">{name}</th>
            {cells.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
