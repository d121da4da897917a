/**
 * Failure-to-deposit tiers, in percent of what was not deposited; the tier reached replaces the ones before it.
 * Days are calendar days after the deposit's due date.
 */
export const DEPOSIT_TIERS = [
  { tier: 'days_1_to_5', from_day: 1, percent: 2, source: '26 U.S.C. § 6656(b)(1)(A)(i)' },
  { tier: 'days_6_to_15', from_day: 6, percent: 5, source: '26 U.S.C. § 6656(b)(1)(A)(ii)' },
  { tier: 'over_15_days', from_day: 16, percent: 10, source: '26 U.S.C. § 6656(b)(1)(A)(iii)' },
] as const

/** Not deposited by the tenth day after the first delinquency notice, or by the day of a demand for immediate payment. */
export const AFTER_NOTICE = { tier: 'after_notice', days: 10, percent: 15, source: '26 U.S.C. § 6656(b)(1)(B)' } as const

/** Tax shown on a return and not paid: for each month or part of one, up to the most. In tenths of a percent. */
export const LATE_PAYMENT = { per_mille: 5, most_percent: 25, source: '26 U.S.C. § 6651(a)(2)' } as const

/** Interest compounds daily from this day; before it, interest was simple. Pub. L. 97-248, § 344(c). */
export const COMPOUND_FROM = '1983-01-01'
