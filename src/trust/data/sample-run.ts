/**
 * An invented pay run of one member for the rehearsal that the pages play: round figures of no state. Whole dollars, one
 * payday. Whoever has a real run rehearses with it: `tenth trust rehearse … --payroll RUN.csv`.
 */
export const SAMPLE_RUN = {
  federal_income_tax: 40_000_000,
  social_security_employee: 18_600_000,
  social_security_employer: 18_600_000,
  medicare_employee: 4_350_000,
  medicare_employer: 4_350_000,
  additional_medicare: 100_000,
  gross_wages: 300_000_000,
  rows: 90_000,
} as const

/** A year for which every rate of interest is on record. */
export const SAMPLE_FROM = '2026-01-01'
export const SAMPLE_TO = '2026-12-31'
