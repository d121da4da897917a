import { type Cents, cents, divideHalfUp, dollars, err, ok, type Result } from '../base/index.ts'
import { COVERAGE, FICA_RATES, WAGE_BASES } from './data/fica.ts'
import type { WithholdingError } from './schema.ts'

/** Social Security and Medicare law of one year; rates in hundredths of a percent. */
export interface FicaLaw {
  readonly year: number
  readonly wage_base: Cents
  readonly social_security: bigint
  readonly medicare: bigint
  readonly additional_medicare: bigint
  readonly additional_medicare_threshold: Cents
}

export function ficaLawOf(year: number): Result<FicaLaw, WithholdingError> {
  const row = WAGE_BASES.find((r) => r.year === year)
  if (!row) return err({ code: 'year_not_carried', year, years: WAGE_BASES.map((r) => r.year) })
  return ok({
    year,
    wage_base: dollars(BigInt(row.wage_base)),
    social_security: BigInt(FICA_RATES.social_security),
    medicare: BigInt(FICA_RATES.medicare),
    additional_medicare: BigInt(FICA_RATES.additional_medicare),
    additional_medicare_threshold: dollars(BigInt(FICA_RATES.additional_medicare_threshold)),
  })
}

/** Taxes on one payment under the Federal Insurance Contributions Act, each rounded to the cent, halves up. */
export interface Fica {
  readonly social_security_employee: Cents
  readonly social_security_employer: Cents
  readonly medicare_employee: Cents
  readonly medicare_employer: Cents
  /** Employee only; the employer pays no part of it. */
  readonly additional_medicare: Cents
}

/**
 * @param wages   wages in this payment, never negative
 * @param earlier wages this employer already paid in the calendar year, never negative
 * Source: 26 U.S.C. §§ 3101, 3111, 3121(a)(1) (base: only wages up to it), 3102(f)(1) (threshold: only wages above it).
 */
export function fica(wages: Cents, earlier: Cents, law: FicaLaw): Fica {
  const socialSecurity = share(splitAt(law.wage_base, earlier, wages).below, law.social_security)
  const medicare = share(wages, law.medicare)
  return {
    social_security_employee: socialSecurity,
    social_security_employer: socialSecurity,
    medicare_employee: medicare,
    medicare_employer: medicare,
    additional_medicare: share(
      splitAt(law.additional_medicare_threshold, earlier, wages).above,
      law.additional_medicare,
    ),
  }
}

/** Splits a payment at a yearly line, the payments before it counted first. */
export function splitAt(
  line: Cents,
  earlier: Cents,
  payment: Cents,
): { readonly below: Cents; readonly above: Cents } {
  const room = line > earlier ? line - earlier : 0n
  const below = payment < room ? payment : room
  return { below: cents(below), above: cents(payment - below) }
}

const share = (amount: Cents, hundredthsOfPercent: bigint): Cents =>
  cents(divideHalfUp(amount * hundredthsOfPercent, 10_000n))

/** What decides whether a state or local position is covered. */
export interface CoverageFacts {
  readonly section_218_agreement: boolean
  readonly public_retirement_system: boolean
  /** Hired before 1986-04-01 and employed without a break since. */
  readonly hired_before_april_1986: boolean
}

export type Coverage = (typeof COVERAGE)[number]

/** The rule, with its source, for a position in state or local service. */
export function coverageOf(facts: CoverageFacts): Coverage {
  const [agreement, system, none, before1986] = COVERAGE
  if (facts.section_218_agreement) return agreement
  if (!facts.public_retirement_system) return none
  return facts.hired_before_april_1986 ? before1986 : system
}
