import { cents } from '../base/index.ts'
import { earningParts, executedItems, type TrustBook } from './book.ts'
import type { AgreementDocument } from './schema.ts'
import type { Movement } from './statements.ts'

/** Every movement of a book's money, as the statements want it: each deposit for itself, oldest first. */
export function movementsOf(book: TrustBook, { members }: AgreementDocument): readonly Movement[] {
  const deposits = new Map(book.deposits.map((deposit) => [deposit.id, deposit]))
  const held = book.deposits.map(
    ({ id, payday, member, depositor_class, amount_cents }): Movement => ({
      id,
      date: payday,
      kind: 'hold',
      member,
      depositor_class,
      payday,
      amount: amount_cents,
    }),
  )
  const earned = book.facts.flatMap(({ id, fact }): readonly Movement[] =>
    fact.kind === 'earnings'
      ? earningParts(book, { members }, fact)
          .filter(([, part]) => part > 0n)
          .map(([member, part]) => ({
            id: `${id}/${member}`,
            date: fact.on,
            kind: 'earnings',
            member,
            depositor_class: '',
            payday: fact.on,
            amount: cents(part),
          }))
      : [],
  )
  const executedOn = new Map(book.executed.map(({ item, on }) => [item, on]))
  const moved = executedItems(book).flatMap((item): readonly Movement[] => {
    const date = executedOn.get(item.id)
    if (date === undefined || item.action === 'wind-up') return []
    if (item.action === 'pay-member')
      return [
        {
          id: item.id,
          date,
          kind: 'pay-member',
          member: item.member,
          depositor_class: '',
          payday: date,
          amount: item.amount_cents,
        },
      ]
    const kind = item.action
    return item.holdings.flatMap(({ id, cents: amount }) => {
      const deposit = deposits.get(id)
      if (deposit === undefined) return []
      const { member, depositor_class, payday } = deposit
      return [{ id: `${item.id}/${id}`, date, kind, member, depositor_class, payday, amount }]
    })
  })
  return [...held, ...earned, ...moved].toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}
