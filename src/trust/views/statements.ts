import type { IsoDate } from '../../base/index.ts'
import type { TrustBook } from '../book.ts'
import { movementsOf } from '../movements.ts'
import type { AgreementDocument } from '../schema.ts'
import { STATEMENT_KINDS, type StatementKind, type StatementTotals, statementsBy } from '../statements.ts'

/** Totals of one member, class or Form 941 quarter from the first day on. Amounts are cents as decimal strings. */
export type StatementView = { readonly [total in keyof StatementTotals as `${total}_cents`]: string } & {
  readonly kind: StatementKind
  readonly of: string
}

/** @param through the last day that counts */
export function statementsView(
  book: TrustBook,
  document: AgreementDocument,
  through: IsoDate,
): readonly StatementView[] {
  const movements = movementsOf(book, document)
  const from = movements[0]?.date ?? through
  return STATEMENT_KINDS.flatMap((kind) =>
    statementsBy(kind, movements, from, through).map((one) => ({
      kind,
      of: one.of,
      opening_cents: String(one.opening),
      held_cents: String(one.held),
      released_cents: String(one.released),
      returned_cents: String(one.returned),
      closing_cents: String(one.closing),
      earned_cents: String(one.earned),
      paid_to_members_cents: String(one.paid_to_members),
    })),
  )
}
