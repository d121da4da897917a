/**
 * Social Security contribution and benefit base by year, whole dollars.
 * Source: Social Security Administration, contribution and benefit bases (42 U.S.C. § 430), read in an open-source
 * parameter file; 2024 to 2026 also in payroll code, 2025 also in IRS Publication 15 (2025).
 */
export const WAGE_BASES = [
  { year: 2018, wage_base: 128_400 },
  { year: 2019, wage_base: 132_900 },
  { year: 2020, wage_base: 137_700 },
  { year: 2021, wage_base: 142_800 },
  { year: 2022, wage_base: 147_000 },
  { year: 2023, wage_base: 160_200 },
  { year: 2024, wage_base: 168_600 },
  { year: 2025, wage_base: 176_100 },
  { year: 2026, wage_base: 184_500 },
] as const

/** Rates in hundredths of a percent, in force through all years of `WAGE_BASES`; the threshold in whole dollars. */
export const FICA_RATES = {
  social_security: 620, // 26 U.S.C. §§ 3101(a), 3111(a): 6.2 % each for employee and employer
  medicare: 145, // 26 U.S.C. §§ 3101(b)(1), 3111(b): 1.45 % each for employee and employer
  additional_medicare: 90, // 26 U.S.C. § 3101(b)(2): 0.9 %, employee only
  additional_medicare_threshold: 200_000, // 26 U.S.C. § 3102(f)(1), whatever the filing status
} as const

/** Supplemental wages: IRS Publication 15, section 7; 26 C.F.R. § 31.3402(g)-1. Rates in percent, threshold in dollars. */
export const SUPPLEMENTAL = [
  { from: 2018, to: 2026, flat_percent: 22, mandatory_percent: 37, threshold: 1_000_000,
    source: 'IRS Publication 15, section 7; IRS Publication 15-T (2026), page 3' },
] as const

/** Whom Social Security and Medicare cover in state and local service; withholding of income tax applies to all. */
export const COVERAGE = [
  { rule: 'section_218_agreement', social_security: 'as-agreed', medicare: 'as-agreed',
    text: 'Position under a Section 218 Agreement: Social Security and Medicare as the agreement says',
    source: 'https://www.ssa.gov/slge/faqs.htm' },
  { rule: 'public_retirement_system', social_security: 'no', medicare: 'yes',
    text: 'No agreement, member of a qualifying public retirement system: no Social Security; Medicare if hired after 1986-03-31',
    source: 'https://www.ssa.gov/slge/mand_ssandmed_cov.htm' },
  { rule: 'no_retirement_system', social_security: 'yes', medicare: 'yes',
    text: 'No agreement, not a member of a public retirement system: Social Security and Medicare mandatory since 1991-07-02',
    source: 'https://www.ssa.gov/slge/mand_ssandmed_cov.htm' },
  { rule: 'hired_before_april_1986', social_security: 'no', medicare: 'may-not-apply',
    text: 'Member of a public retirement system, no agreement, hired before 1986-04-01 and employed without a break since: Medicare also may not apply',
    source: 'https://www.irs.gov/government-entities/federal-state-local-governments/state-and-local-government-employees-social-security-and-medicare-coverage' },
] as const

/** Facts that no single rule of the table above decides. */
export const COVERAGE_NOTES = [
  { text: 'An interstate instrumentality, such as a compact agency, is treated as a State for a Section 218 Agreement',
    source: 'https://www.ssa.gov/slge/faqs.htm' },
  { text: 'Income tax is withheld from state and local pay whatever the answer on Social Security; no federal unemployment tax is due on it',
    source: 'IRS Publication 15 (2025), government employers' },
] as const
