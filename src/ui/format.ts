import type { Lang } from './lang.ts'

const MINUS = '−'
/** Keeps a figure and its unit on one line. */
const JOIN = '\u00a0'

const MONTHS = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
} as const

/**
 * An EDTF date (`2021`, `2021-06`, `2021-06-12`) or an instant as people write it: `12 Jun 2021`, `Jun 2021`, `2021`;
 * in Spanish `12 jun 2021`. Text that is no date comes back as it is.
 */
export function formatDate(date: string, lang: Lang): string {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?$/.exec(date)
  if (!match) return date
  const [, year, month, day] = match
  const monthName = month === undefined ? undefined : MONTHS[lang][Number(month) - 1]
  return [day === undefined ? undefined : Number(day), monthName, year]
    .filter((x) => x !== undefined)
    .join(' ')
}

/** `3 Jan 2025 – 9 Feb 2026`; an open end says so in words. */
export function formatSpan(first: string, last: string | undefined, lang: Lang): string {
  if (last === undefined) return `${lang === 'en' ? 'since' : 'desde'} ${formatDate(first, lang)}`
  return first === last ? formatDate(first, lang) : `${formatDate(first, lang)} – ${formatDate(last, lang)}`
}

/** A whole number with US separators and a real minus: `5,957,493`, `−511`. */
export function formatCount(n: number | bigint): string {
  const text = (n < 0 ? -n : n).toString()
  return (n < 0 ? MINUS : '') + separated(text)
}

/** A whole number that always shows its side of zero: `+15,817`, `−511`, `0`. */
export const formatSigned = (n: number | bigint): string => (n > 0 ? '+' : '') + formatCount(n)

/** @param share 0.282 for 28.2% */
export function formatPercent(share: number, digits = 1): string {
  return signed(share * 100, digits, (text) => `${text}%`)
}

/** `19–32%`, one sign at the end. */
export const formatPercentRange = (low: number, high: number, digits = 0): string =>
  `${(low * 100).toFixed(digits)}–${(high * 100).toFixed(digits)}%`

export type MoneyUnit = 'bn' | 'm' | 'exact'

/** What stands after the figure; "bn" is never *billón* in Spanish. */
export const moneyUnit = (unit: MoneyUnit, lang: Lang): string =>
  unit === 'exact' ? '' : lang === 'en' ? unit : { bn: 'mil millones', m: 'millones' }[unit]

/** The unit a figure reads best in: billions from $1 bn, millions from $1 m, else whole dollars. */
export function unitFor(cents: bigint): MoneyUnit {
  const size = cents < 0n ? -cents : cents
  return size >= 99_950_000_000n ? 'bn' : size >= 99_950_000n ? 'm' : 'exact'
}

/**
 * Money for a sentence or a table: `$9.0 bn`, `$600 m`, `−$511`; Spanish `$9.0 mil millones`. Halves round away from zero.
 * @param options.unit   forces one unit for a column; else the best one for this figure
 * @param options.digits decimals after the unit is applied; else 1 for bn, 0 otherwise
 */
export function formatMoney(
  cents: bigint,
  lang: Lang,
  options: { unit?: MoneyUnit; digits?: number } = {},
): string {
  const unit = options.unit ?? unitFor(cents)
  const figure = moneyFigure(cents, unit, options.digits)
  const word = unit === 'm' && lang === 'es' && /^−?\$1$/.test(figure) ? 'millón' : moneyUnit(unit, lang)
  return word === '' ? figure : `${figure}${JOIN}${word}`
}

/** The figure alone, `$9.0` or `−$511`, for tiles that set the unit smaller. */
export function moneyFigure(
  cents: bigint,
  unit: MoneyUnit = unitFor(cents),
  digits = unit === 'bn' ? 1 : 0,
): string {
  const perUnit = { bn: 100_000_000_000n, m: 100_000_000n, exact: 100n }[unit]
  const steps = 10n ** BigInt(digits)
  const size = cents < 0n ? -cents : cents
  const rounded = (2n * size * steps + perUnit) / (2n * perUnit)
  const whole = separated((rounded / steps).toString())
  const rest = digits === 0 ? '' : `.${(rounded % steps).toString().padStart(digits, '0')}`
  return `${cents < 0n && rounded > 0n ? MINUS : ''}$${whole}${rest}`
}

/** `$1.7–2.9 bn`: both ends in one unit, the larger end's. */
export function formatMoneyRange(
  low: bigint,
  high: bigint,
  lang: Lang,
  options: { unit?: MoneyUnit; digits?: number } = {},
): string {
  const unit = options.unit ?? unitFor(high < 0n ? low : high)
  const word = moneyUnit(unit, lang)
  const figure = moneyRangeFigure(low, high, unit, options.digits)
  return word === '' ? figure : `${figure}${JOIN}${word}`
}

/** The range's figure alone, `$1.7–2.9`; where an end is below zero both ends carry their sign. */
export function moneyRangeFigure(low: bigint, high: bigint, unit: MoneyUnit, digits?: number): string {
  const [a, b] = [moneyFigure(low, unit, digits), moneyFigure(high, unit, digits)]
  if (a === b) return a
  return low < 0n || high < 0n ? `${a} … ${b}` : `${a}–${b.slice(1)}`
}

function separated(digits: string): string {
  return digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

function signed(n: number, digits: number, dress: (text: string) => string): string {
  const text = Math.abs(n).toFixed(digits)
  return (n < 0 && Number(text) !== 0 ? MINUS : '') + dress(text)
}
