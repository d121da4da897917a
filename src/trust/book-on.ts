import type { IsoDate } from '../base/index.ts'
import type { TrustBook } from './book.ts'

/** A book as it stood at the end of a day, by the days on which things happened. */
export function bookOn(book: TrustBook, day: IsoDate): TrustBook {
  const by = (on: string) => on.slice(0, 10) <= day
  return {
    ...book,
    facts: book.facts.filter(({ fact }) => by(fact.on)),
    deposits: book.deposits.filter(({ payday }) => by(payday)),
    items: book.items.filter(({ prepared_on }) => by(prepared_on)),
    signatures: book.signatures.filter(({ at }) => by(at)),
    executed: book.executed.filter(({ on }) => by(on)),
    sent: book.sent.filter(({ sent_on }) => by(sent_on)),
    settled: book.settled.filter(({ on }) => by(on)),
    withdrawn: book.withdrawn.filter(({ on }) => by(on)),
  }
}
