import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import type { Lang } from './lang.ts'
import { words } from './words.ts'

/**
 * A section: the rail says the finding and the caveat in two or three sentences, the evidence stands at its right.
 * @param id    unique on the page; the in-page links use it
 * @param rail  paragraphs below the heading
 */
export const Section: FC<PropsWithChildren<{ id: string; title: Child; rail?: Child }>> = (props) => (
  <section class="section" id={props.id} aria-labelledby={`${props.id}-title`}>
    <div class="rail">
      <h2 id={`${props.id}-title`}>{props.title}</h2>
      {props.rail}
    </div>
    <div class="evidence">{props.children}</div>
  </section>
)

export interface LinkItem {
  readonly label: Child
  readonly href: string
  readonly current?: boolean
}

/** Links to the sections of this page. */
export const InPageNav: FC<{ lang: Lang; links: readonly LinkItem[] }> = ({ lang, links }) => (
  <nav class="in-page" aria-label={words(lang).site.onThisPage}>
    <ul>
      {links.map((link) => (
        <li>
          <a href={link.href}>{link.label}</a>
        </li>
      ))}
    </ul>
  </nav>
)

/** Views of the same page as links; the present one is told by weight and an underline. */
export const Tabs: FC<{ name: string; tabs: readonly LinkItem[] }> = ({ name, tabs }) => (
  <nav class="tabs" aria-label={name}>
    <ul>
      {tabs.map((tab) => (
        <li>
          <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
            {tab.label}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** Label and value, one pair a line. */
export const KeyValue: FC<{ rows: readonly { readonly key: Child; readonly value: Child }[] }> = ({
  rows,
}) => (
  <dl class="key-value">
    {rows.map((row) => (
      <div>
        <dt>{row.key}</dt>
        <dd>{row.value}</dd>
      </div>
    ))}
  </dl>
)

/** Newest events, a record's history: when at the left, what at its right. */
export const EventList: FC<{
  items: readonly { readonly when: Child; readonly title: Child; readonly note?: Child }[]
}> = ({ items }) => (
  <ol class="events">
    {items.map((item) => (
      <li>
        <span class="when">{item.when}</span>
        <div>
          {item.title}
          {item.note && <span class="note-line">{item.note}</span>}
        </div>
      </li>
    ))}
  </ol>
)

/** Two readings of one question in one row, at one length. */
export const BothSides: FC<{
  first: { readonly title: string; readonly text: Child }
  second: { readonly title: string; readonly text: Child }
}> = ({ first, second }) => (
  <div class="both-sides">
    {[first, second].map((side) => (
      <div>
        <h3>{side.title}</h3>
        <p>{side.text}</p>
      </div>
    ))}
  </div>
)

/** Ways in: a sheet of cells, each a heading and links. */
export const LinkCards: FC<{
  cards: readonly { readonly title: string; readonly links: readonly LinkItem[] }[]
}> = ({ cards }) => (
  <div class="link-cards">
    {cards.map((card) => (
      <div>
        <h3>{card.title}</h3>
        <ul>
          {card.links.map((link) => (
            <li>
              <a href={link.href}>{link.label}</a>
            </li>
          ))}
        </ul>
      </div>
    ))}
  </div>
)

/** A list page: filters in the rail's place, the list at their right. */
export const WithFilters: FC<PropsWithChildren<{ filters: Child }>> = ({ filters, children }) => (
  <div class="with-filters">
    {filters}
    <div class="evidence">{children}</div>
  </div>
)
