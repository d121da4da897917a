import { describe, expect, test } from 'vitest'
import { bookOn } from './book-on.ts'
import { viewOf } from './book-view.ts'
import { demonstrationOf } from './demonstration.ts'
import { readShippedAgreements } from './files.ts'
import { movementsOf } from './movements.ts'
import { summaryOf } from './statements.ts'

describe.each(readShippedAgreements().map((agreement) => [agreement.document.id, agreement] as const))(
  '%s',
  (_, agreement) => {
    const { days, book } = demonstrationOf(agreement)
    const some = days.filter(({ events }, i) => i % 23 === 0 || events.some(({ kind }) => kind === 'signed'))

    test('looking back at a day shows what that evening showed', () => {
      for (const { day, held_cents, awaiting_cents, exposure } of some) {
        const view = viewOf(agreement, book, day)
        expect([day, view.held, view.on_its_way]).toEqual([day, held_cents, awaiting_cents])
        expect(view.exposure.ok && view.exposure.value.owed).toBe(exposure?.owed)
      }
    })

    test('the statements of a day say the same as the picture of that day', () => {
      for (const { day, held_cents } of some) {
        const movements = movementsOf(bookOn(book, day), agreement.document)
        expect(summaryOf(movements, days[0]?.day ?? day, day).closing).toBe(held_cents)
      }
    })

    test('what is missing stands first, and nothing is both met and missing', () => {
      for (const { day } of some) {
        const { holding } = viewOf(agreement, book, day)
        const stands = holding.conditions.map(({ isMet }) => isMet)
        expect(stands).toEqual(stands.toSorted((a, b) => Number(a) - Number(b)))
        expect(
          holding.conditions
            .filter(({ isMet }) => !isMet)
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(holding.decision.missing.map(({ id }) => id).toSorted())
        expect(holding.decision.allowed).toBe(stands.every((isMet) => isMet))
      }
    })
  },
)
