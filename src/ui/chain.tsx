import type { Child, FC } from 'hono/jsx'

export interface ChainCard {
  /** "Federal action", "Measure", "Lawsuit", "Order". */
  readonly kind: Child
  readonly title: Child
  readonly href?: string
  /** Facts, a line each; the status chip may be one. */
  readonly lines?: readonly Child[]
  /** How the next card follows: "is answered by", "is challenged by", "ended in". */
  readonly relation?: Child
  /** The record this page is about. */
  readonly present?: boolean
}

/** From act to outcome: cards joined by arrows with the relation in words; vertical on phones. */
export const Chain: FC<{ cards: readonly ChainCard[] }> = ({ cards }) => (
  <ol class="chain">
    {cards.map((card) => (
      <li class={card.present ? 'present' : undefined}>
        <p class="eyebrow">{card.kind}</p>
        <p class="chain-title">
          {card.href && !card.present ? <a href={card.href}>{card.title}</a> : card.title}
        </p>
        {card.lines?.map((line) => (
          <div class="chain-line">{line}</div>
        ))}
        {card.relation && <p class="relation">{card.relation}</p>}
      </li>
    ))}
  </ol>
)
