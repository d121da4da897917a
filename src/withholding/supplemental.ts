import { type Cents, cents, divideHalfUp, dollars, err, ok, type Result } from '../base/index.ts'
import { SUPPLEMENTAL } from './data/fica.ts'
import { splitAt } from './fica.ts'
import { withhold } from './percentage-method.ts'
import type { Law, Paycheck, WithholdingError } from './schema.ts'

export interface FlatSupplemental {
  readonly tax: Cents
  /** Part of the payment up to $1 million a year, and the tax on it at the optional flat rate. */
  readonly flat: { readonly wages: Cents; readonly percent: number; readonly tax: Cents }
  /** Part above $1 million a year, and the tax on it, which is mandatory whatever the Form W-4 says. */
  readonly mandatory: { readonly wages: Cents; readonly percent: number; readonly tax: Cents }
  readonly source: string
}

/**
 * Supplemental wages identified apart from regular wages, at flat rates. The optional rate is open only where income
 * tax was withheld from the employee's regular wages in this or the preceding calendar year.
 * @param earlier supplemental wages that the employee already got in the calendar year
 * Source: IRS Publication 15, section 7; 26 C.F.R. § 31.3402(g)-1(a)(2) (above $1 million), (a)(7) (optional rate).
 */
export function withholdSupplementalFlat(
  supplemental: Cents,
  earlier: Cents,
  year: number,
): Result<FlatSupplemental, WithholdingError> {
  if (supplemental < 0n) return err({ code: 'amount_negative', field: 'supplemental', found: supplemental })
  if (earlier < 0n) return err({ code: 'amount_negative', field: 'earlier', found: earlier })
  const law = SUPPLEMENTAL.find((row) => row.from <= year && year <= row.to)
  if (!law) return err({ code: 'year_not_carried', year, years: SUPPLEMENTAL.flatMap((r) => [r.from, r.to]) })
  const { below, above } = splitAt(dollars(BigInt(law.threshold)), earlier, supplemental)
  const at = (wages: Cents, percent: number) => ({
    wages,
    percent,
    tax: cents(divideHalfUp(wages * BigInt(percent), 100n)),
  })
  const flat = at(below, law.flat_percent)
  const mandatory = at(above, law.mandatory_percent)
  return ok({ tax: cents(flat.tax + mandatory.tax), flat, mandatory, source: law.source })
}

/**
 * Supplemental wages by the aggregate method: tax on both together as one payment of the regular payroll period, less
 * what is withheld already from the regular wages and from supplemental wages added to them before.
 * @param regular      the regular payment, its wages those already taxed in the period (all payments so far)
 * @param withheld     tax already withheld from those wages
 * @returns tax to withhold from the supplemental payment, never negative
 * Source: IRS Publication 15, section 7, method 1b; 26 C.F.R. § 31.3402(g)-1(a)(6).
 */
export function withholdSupplementalAggregate(
  regular: Paycheck,
  supplemental: Cents,
  withheld: Cents,
  law: Law,
): Result<Cents, WithholdingError> {
  if (supplemental < 0n) return err({ code: 'amount_negative', field: 'supplemental', found: supplemental })
  const together = withhold({ ...regular, wages: cents(regular.wages + supplemental) }, law)
  if (!together.ok) return together
  const rest = together.value.tax - withheld
  return ok(cents(rest < 0n ? 0n : rest))
}
