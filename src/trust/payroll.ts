import { type Cents, cents, type IsoDate, type Usps, UspsCode } from '../base/index.ts'
import type { PayrollTotals } from '../withholding/index.ts'
import { sha256Of } from './items.ts'
import { yearOf } from './liability/days.ts'
import { depositsOf } from './liability/deposit-due.ts'
import type { AgreementDocument, Deposit, TaxPart } from './schema.ts'

/** A pay run as the withholding room prices it: what it owes, by agency. */
export interface PricedRun {
  readonly sha256: string
  readonly agencies: readonly ({ readonly agency: string } & PayrollTotals)[]
}

/** What a payday brings: deposits that ask to be held, and the tax that goes to the Treasury whatever is decided. */
export interface Payday {
  readonly deposits: readonly Deposit[]
  readonly direct_cents: Cents
}

/**
 * Divides a pay run. The name of an agency may begin with its member and its class, `OR/state-payroll/Revenue`; without
 * them it belongs to the first of each. The share that the agreement holds is rounded down to cents.
 */
export function paydayOf(document: AgreementDocument, book: string, run: PricedRun, payday: IsoDate): Payday {
  const rows = run.agencies.map((totals) => ({ totals, ...placeOf(document, totals.agency) }))
  const owed = new Map<Usps, bigint>()
  for (const { member, totals } of rows) owed.set(member, (owed.get(member) ?? 0n) + liabilityOf(totals))
  const deposits = rows.flatMap(({ member, depositor_class, totals }) =>
    partsOf(document, depositor_class, totals).flatMap(([tax, amount]): readonly Deposit[] => {
      const amount_cents = cents((amount * BigInt(document.share_per_mille)) / 1000n)
      if (amount_cents <= 0n) return []
      const key = [book, member, depositor_class, totals.agency, payday, tax, run.sha256].join('\n')
      return [
        {
          id: `dep-${sha256Of(key).slice(0, 24)}`,
          book,
          member,
          depositor_class,
          agency: totals.agency,
          payday,
          tax,
          deposit_due: dueOn(payday, cents(owed.get(member) ?? 0n)),
          amount_cents,
          payroll_sha256: run.sha256,
        },
      ]
    }),
  )
  const all = [...owed.values()].reduce((sum, one) => sum + one, 0n)
  const asked = deposits.reduce((sum, { amount_cents }) => sum + amount_cents, 0n)
  return { deposits, direct_cents: cents(all - asked) }
}

function placeOf({ members, depositor_classes }: AgreementDocument, agency: string) {
  const parts = agency.split('/')
  const named = UspsCode.safeParse(parts[0])
  const member = named.success ? named.data : (members[0] as Usps)
  const place = named.success ? parts[1] : parts[0]
  const found = depositor_classes.find(({ id }) => id === place)
  const depositor_class = found?.id ?? depositor_classes[0]?.id ?? ''
  return { member, depositor_class }
}

/** Everything that an employer owes for the payday: what the due date of its deposit follows from. */
const liabilityOf = (totals: PayrollTotals): bigint =>
  totals.federal_income_tax +
  totals.social_security_employee +
  totals.social_security_employer +
  totals.medicare_employee +
  totals.medicare_employer +
  totals.additional_medicare

function partsOf(
  { depositor_classes }: AgreementDocument,
  depositorClass: string,
  t: PayrollTotals,
): readonly (readonly [TaxPart, bigint])[] {
  const taxes = depositor_classes.find(({ id }) => id === depositorClass)?.taxes ?? []
  const has = (tax: (typeof taxes)[number]): bigint => (taxes.includes(tax) ? 1n : 0n)
  const [income, employee, employer] = [has('income-tax'), has('employee-fica'), has('employer-fica')]
  return [
    ['income_tax', income * t.federal_income_tax],
    ['social_security', employee * t.social_security_employee + employer * t.social_security_employer],
    ['medicare', employee * (t.medicare_employee + t.additional_medicare) + employer * t.medicare_employer],
  ]
}

/** A state is a semiweekly depositor: its lookback is far above 50,000 dollars. 26 CFR 31.6302-1(b), (c). */
function dueOn(payday: IsoDate, amount: Cents): IsoDate {
  const { deposits } = depositsOf([{ pay_date: payday, amount }], { [yearOf(payday)]: 'semiweekly' })
  return deposits[0]?.due_date ?? payday
}
