/** PostgreSQL's text form of an array. The driver's own is several times slower on thousands of values. */
export const textArray = (values: readonly (string | null)[]): string =>
  `{${values.map((value) => (value === null ? 'null' : `"${escaped(value)}"`)).join(',')}}`

const escaped = (value: string): string => (/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value)

/** The same for values that need no quotes: numbers, dates, words of ours. */
export const plainArray = (values: readonly (string | bigint | null)[]): string =>
  `{${values.map((value) => value ?? 'null').join(',')}}`
