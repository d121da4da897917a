/**
 * What Worksheet 1A needs beside its tables, in whole dollars: line 1g by filing status, the value of one
 * allowance (line 1k), and the standard deduction that the tables of the year have built in (used to check them).
 * `grade`: `official` read in the publication; `transcribed` two independent transcriptions agree;
 * `identity` derived from the return brackets of the year, partly read elsewhere.
 */
export const YEARS = [
  {
    year: 2020,
    line_1g: { single_or_mfs: 8_600, married_filing_jointly: 12_900, head_of_household: 8_600 },
    allowance: 4_300,
    standard_deduction: { single_or_mfs: 12_400, married_filing_jointly: 24_800, head_of_household: 18_650 },
    grade: 'identity',
    source: 'Threshold identity with the year\'s return brackets (Rev. Proc. 2019-44); STANDARD single and joint thresholds also read in a second code base',
  },
  {
    year: 2021,
    line_1g: { single_or_mfs: 8_600, married_filing_jointly: 12_900, head_of_household: 8_600 },
    allowance: 4_300,
    standard_deduction: { single_or_mfs: 12_550, married_filing_jointly: 25_100, head_of_household: 18_800 },
    grade: 'identity',
    source: 'Threshold identity with the year\'s return brackets (Rev. Proc. 2020-45); STANDARD single and joint thresholds also read in a second code base',
  },
  {
    year: 2022,
    line_1g: { single_or_mfs: 8_600, married_filing_jointly: 12_900, head_of_household: 8_600 },
    allowance: 4_300,
    standard_deduction: { single_or_mfs: 12_950, married_filing_jointly: 25_900, head_of_household: 19_400 },
    grade: 'identity',
    source: 'Threshold identity with the year\'s return brackets (Rev. Proc. 2021-45, single top bracket from 539,900); STANDARD single and joint thresholds also read in a second code base',
  },
  {
    year: 2023,
    line_1g: { single_or_mfs: 8_600, married_filing_jointly: 12_900, head_of_household: 8_600 },
    allowance: 4_300,
    standard_deduction: { single_or_mfs: 13_850, married_filing_jointly: 27_700, head_of_household: 20_800 },
    grade: 'transcribed',
    source: 'Two transcriptions in open-source payroll code, equal to each other and to the threshold identity',
  },
  {
    year: 2024,
    line_1g: { single_or_mfs: 8_600, married_filing_jointly: 12_900, head_of_household: 8_600 },
    allowance: 4_300,
    standard_deduction: { single_or_mfs: 14_600, married_filing_jointly: 29_200, head_of_household: 21_900 },
    grade: 'transcribed',
    source: 'Two transcriptions in open-source payroll code, equal to each other and to the threshold identity',
  },
  {
    year: 2025,
    line_1g: { single_or_mfs: 8_600, married_filing_jointly: 12_900, head_of_household: 8_600 },
    allowance: 4_300,
    standard_deduction: { single_or_mfs: 15_000, married_filing_jointly: 30_000, head_of_household: 22_500 },
    grade: 'official',
    source: 'IRS Publication 15-T (2025), pages 9-11; the tables predate P.L. 119-21, which later raised the standard deduction on the return',
  },
  {
    year: 2026,
    line_1g: { single_or_mfs: 8_600, married_filing_jointly: 12_900, head_of_household: 8_600 },
    allowance: 4_300,
    standard_deduction: { single_or_mfs: 16_100, married_filing_jointly: 32_200, head_of_household: 24_150 },
    grade: 'official',
    source: 'IRS Publication 15-T (2026), pages 10-12',
  },
] as const

/** Pay periods in a year: Worksheet 1A, table 3. Always these, also in a year with 53 or 27 paydays. */
export const PAY_PERIODS = {
  annual: 1, // not in table 3; the worksheet with one period
  semiannually: 2,
  quarterly: 4,
  monthly: 12,
  semimonthly: 24,
  biweekly: 26,
  weekly: 52,
  daily: 260,
} as const

/**
 * Amounts, in cents, added to a nonresident alien's wages to figure income tax only: they are neither paid nor
 * reported. A year without rows here is refused, not guessed.
 */
export const NONRESIDENT_ADDBACK = [
  { year: 2026, form: '2019_or_earlier', amounts: { weekly: 226_90, biweekly: 453_80, semimonthly: 491_70, monthly: 983_30, quarterly: 2_950_00, semiannually: 5_900_00, annual: 11_800_00, daily: 45_40 }, source: 'IRS Publication 15-T (2026), tables for nonresident alien employees' },
  { year: 2026, form: '2020_or_later', amounts: { weekly: 309_60, biweekly: 619_20, semimonthly: 670_80, monthly: 1_341_70, quarterly: 4_025_00, semiannually: 8_050_00, annual: 16_100_00, daily: 61_90 }, source: 'IRS Publication 15-T (2026), tables for nonresident alien employees' },
] as const
