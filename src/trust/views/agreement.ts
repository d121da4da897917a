import type { Agreement } from '../agreement.ts'
import type { Condition } from '../conditions.ts'
import { type AgreementDocument, MONEY_ACTIONS, type MoneyAction } from '../schema.ts'

/** An agreement as it is shown: its document, and for each act what must be so, in plain words beside the policy. */
export interface AgreementView extends Omit<AgreementDocument, 'conditions' | 'cap'> {
  readonly cap: { readonly rule: 'arrears' | 'none' | 'fixed'; readonly cents: string | null }
  /** SHA-256 of the text together with the rules of every agreement. */
  readonly sha256: string
  readonly text: string
  readonly acts: readonly {
    readonly action: MoneyAction
    /** Undefined where the agreement does not provide for the act. */
    readonly permit: Condition | undefined
    /** The agreement's own first. */
    readonly conditions: readonly Condition[]
  }[]
}

export function agreementView({ document, text, sha256, conditions }: Agreement): AgreementView {
  const { conditions: _, cap, ...rest } = document
  return {
    ...rest,
    cap: { rule: cap.rule, cents: cap.rule === 'fixed' ? String(cap.cents) : null },
    sha256,
    text,
    acts: MONEY_ACTIONS.map((action) => {
      const of = conditions.filter(({ actions }) => actions.includes(action))
      const forbids = of.filter(({ effect }) => effect === 'forbid')
      return {
        action,
        permit: of.find(({ effect }) => effect === 'permit'),
        conditions: forbids.toSorted((a, b) => Number(a.of === 'every') - Number(b.of === 'every')),
      }
    }),
  }
}
