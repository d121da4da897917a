/** `1 suit`, `2 suits`. */
export const n = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
