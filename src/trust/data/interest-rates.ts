/**
 * Underpayment rate of 26 U.S.C. § 6621(a)(2) by quarter, in whole percent a year: the federal short-term rate and
 * three points. `grade`: official = read in an IRS table of quarterly rates; cited = two or more independent
 * transcriptions that name the ruling; partial = the IRS table names the periods, a rate in them was not readable and
 * comes from the ruling as remembered.
 */
export const INTEREST_RATES = [
  { year: 2015, percents: [3, 3, 3, 3], grade: 'official', source: 'IRS table of quarterly interest rates (Notice 433)' },
  { year: 2016, percents: [3, 4, 4, 4], grade: 'official', source: 'IRS table of quarterly interest rates (Notice 433)' },
  { year: 2017, percents: [4, 4, 4, 4], grade: 'official', source: 'IRS table of quarterly interest rates (Notice 433)' },
  { year: 2018, percents: [4, 5, 5, 5], grade: 'official', source: 'IRS table of quarterly interest rates (Notice 433)' },
  { year: 2019, percents: [6, 6, 5, 5], grade: 'official', source: 'IRS table of quarterly interest rates (Notice 433)' },
  { year: 2020, percents: [5, 5, 3, 3], grade: 'official', source: 'IRS table of quarterly interest rates (Notice 433)' },
  { year: 2021, percents: [3, 3, 3, 3], grade: 'official', source: 'IRS table of quarterly interest rates (Notice 433)' },
  { year: 2022, percents: [3, 4, 5, 6], grade: 'official', source: 'IRS table of quarterly interest rates (Notice 433); third quarter also I.R.B. 2022-23' },
  { year: 2023, percents: [7, 7, 7, 8], grade: 'partial', source: 'IRS table of quarterly interest rates (Notice 433) for the periods of the first three quarters; fourth quarter Rev. Rul. 2023-17, from memory' },
  { year: 2024, percents: [8, 8, 8, 8], grade: 'cited', source: 'Rev. Rul. 2023-22, 2024-6, 2024-11, 2024-18' },
  { year: 2025, percents: [7, 7, 7, 7], grade: 'cited', source: 'I.R.B. 2024-49, 2025-13, 2025-23, 2025-37' },
  { year: 2026, percents: [7, 6, 7, 7], grade: 'cited', source: 'Rev. Rul. 2025-22; I.R.B. 2026-8 (Rev. Rul. 2026-5), 2026-22, 2026-36 (Rev. Rul. 2026-15)' },
] as const
