/**
 * A number as people write it: `0.7`, `70%`, `$500,000`, `−3`. What is none stays the text that it is, so that the
 * check names it.
 */
export function numberIn(typed: string): number | string {
  const text = typed.trim().replace(/^[−–]/, '-')
  const percent = /^(-?\d{1,15}(?:\.\d{1,15})?)\s*%$/.exec(text)?.[1]
  if (percent !== undefined) return Number(`${percent}e-2`)
  const plain = text.replace(/^(-?)\$\s*/, '$1')
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return Number(plain.replaceAll(',', ''))
  return /^-?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?$/i.test(plain) ? Number(plain) : typed.trim()
}

const MOST_MONTHS = 1000

/**
 * Dollars a month: one number, or one for each month from the start, where `12 x 500,000` stands for twelve months.
 */
export function streamIn(typed: string): number | string | readonly number[] {
  const text = typed.trim()
  const single = numberIn(text)
  if (typeof single === 'number') return single
  const months = text
    .replace(/\s*[x×*]\s*/gi, 'x')
    .split(/[\s;]+|,(?=\s)/)
    .filter((part) => part !== '')
    .flatMap(monthsIn)
  return months.length > 0 && months.every((month) => typeof month === 'number') ? months : text
}

function monthsIn(part: string): readonly (number | string)[] {
  const [, times, amount] = /^(\d{1,3})x(.+)$/.exec(part) ?? []
  if (times === undefined || amount === undefined) return [numberIn(part.replace(/,$/, ''))]
  return Number(times) <= MOST_MONTHS ? Array.from({ length: Number(times) }, () => numberIn(amount)) : [part]
}

export const numberText = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'string' ? String(value) : ''

/** Dollars as the editor shows them: `500,000`, and `12 x 500,000` for a run of equal months. */
export function streamText(value: unknown): string {
  if (typeof value === 'number') return dollarsText(value)
  if (!Array.isArray(value)) return typeof value === 'string' ? value : ''
  const runs: { amount: unknown; times: number }[] = []
  for (const amount of value as readonly unknown[]) {
    const last = runs.at(-1)
    if (last && last.amount === amount) last.times++
    else runs.push({ amount, times: 1 })
  }
  // One month alone is written as a run, so that it is not read as every month.
  return runs
    .map(({ amount, times }) =>
      times > 1 || runs.length === 1 ? `${times} x ${dollarsText(amount)}` : dollarsText(amount),
    )
    .join('; ')
}

const dollarsText = (amount: unknown): string =>
  typeof amount === 'number' && Number.isInteger(amount) && Math.abs(amount) < 1e15
    ? String(amount).replace(/\B(?=(\d{3})+$)/g, ',')
    : String(amount)
