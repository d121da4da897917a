/*
 * PostgreSQL's text form of an array. The driver's own is several times slower on thousands of values. A column that
 * holds nothing at all is sent empty: `unnest` fills up the shorter of its arrays with nulls.
 */

/** Texts of any kind. */
export const textArray = (values: readonly (string | null)[]): string =>
  arrayOf(values, (value) => `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`)

/** Values that need no quotes: numbers, dates, words of ours. */
export const plainArray = (values: readonly (string | bigint | null)[]): string => arrayOf(values, String)

const arrayOf = <T>(values: readonly (T | null)[], write: (value: T) => string): string =>
  values.every((value) => value === null)
    ? '{}'
    : `{${values.map((value) => (value === null ? 'null' : write(value))).join(',')}}`
