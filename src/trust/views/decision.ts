import type { IsoDate, Json } from '../../base/index.ts'
import type { Decision, MissingCondition } from '../decide.ts'
import type { AgreementState, MoneyAction } from '../schema.ts'

/** A decision as it is shown and printed: every reason in full. */
export interface DecisionView {
  readonly allowed: boolean
  readonly action: MoneyAction
  readonly day: IsoDate
  readonly amount_cents: string
  readonly state: AgreementState
  readonly decided_by: string
  readonly missing: readonly MissingCondition[]
  /** The facts that it was decided on, as the conditions read them; amounts are cents, ages days. */
  readonly facts: { readonly [name: string]: Json }
}

export const decisionView = ({ context, amount_cents, ...decision }: Decision): DecisionView => ({
  ...decision,
  amount_cents: String(amount_cents),
  facts: context as { readonly [name: string]: Json },
})
