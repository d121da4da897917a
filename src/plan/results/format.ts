import { formatCount, formatMoney, formatPercent, type Lang } from '../../ui/index.ts'

const LARGE = 1e15

/** A forecast's dollars for a sentence or a table: under a million in whole thousands, since no more is known. */
export function usd(value: number, lang: Lang): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size < 0.5) return '$0'
  if (size < 500) return lang === 'en' ? 'under $1,000' : 'menos de $1,000'
  const rounded = size < 999_500 ? Math.round(value / 1000) * 1000 : value
  const cents = BigInt(Math.round(Math.max(-LARGE, Math.min(LARGE, rounded)) * 100))
  return size >= 999_500 && size < 99_950_000
    ? formatMoney(cents, lang, { unit: 'm', digits: size < 9_950_000 ? 1 : 0 })
    : formatMoney(cents, lang)
}

/** A difference in dollars, with its side of zero. */
export const usdChange = (value: number, lang: Lang): string =>
  value >= 500 ? `+${usd(value, lang)}` : usd(value, lang)

/** A number of jobs or job-years: whole, with a decimal where there are few. */
export function count(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 9.95 || value === 0) return formatCount(Math.round(value))
  const text = Math.abs(value).toFixed(1)
  return text === '0.0' ? 'under 0.1' : `${value < 0 ? '−' : ''}${text}`
}

export const countChange = (value: number): string => (value > 0 ? `+${count(value)}` : count(value))

/** The unit that a chart's axis counts in. */
export interface ChartUnit {
  readonly unit: 'bn' | 'm' | 'k'
  readonly scale: number
  /** Decimals of a cell of the chart's table. */
  readonly digits: number
}

export function chartUnit(values: readonly number[]): ChartUnit {
  const most = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  if (most >= 1e9) return { unit: 'bn', scale: 1e9, digits: 3 }
  if (most >= 1e6) return { unit: 'm', scale: 1e6, digits: 2 }
  return { unit: 'k', scale: 1e3, digits: 1 }
}

const MINUS = '−'

/** A number as a table's cell prints it, in the chart's unit. */
export function cellText(value: number, { scale, digits }: ChartUnit): string {
  if (!Number.isFinite(value)) return '–'
  const text = plain(Math.abs(value / scale), digits)
  if (/^[0.]+$/.test(text)) return '0'
  return `${value < 0 ? MINUS : ''}${text}`
}

/** Values in the unit of a chart, which its axis then counts in. */
export const scaled = (values: readonly number[], { scale }: ChartUnit): readonly number[] =>
  values.map((value) => value / scale)

/** Ticks of an axis in dollars: `$2.0`; the unit stands in the figure's subtitle. */
export const usdAxis = (value: number, digits: number): string =>
  `${value < 0 ? MINUS : ''}$${plain(Math.abs(value), digits)}`

/** Ticks of an axis that counts. */
export const countAxis = (value: number, digits: number): string =>
  `${value < 0 ? MINUS : ''}${plain(Math.abs(value), digits)}`

function plain(value: number, digits: number): string {
  const [whole = '0', rest] = value.toFixed(digits).split('.')
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return rest === undefined ? separated : `${separated}.${rest}`
}

/** A parameter's number: as many digits as tell it apart. */
export const parameterText = (value: number): string =>
  Number(value.toPrecision(3)).toString().replace('-', MINUS)

/** Keeps the sign of an error and its figure on one line. */
const JOIN = '\u00a0'

/** A share of draws with its standard error: `12.3% (± 0.3)`; an error that would print as nothing says so. */
export const shareText = ({
  probability,
  error,
}: {
  readonly probability: number
  readonly error: number
}): string =>
  `${formatPercent(probability)} (±${JOIN}${error > 0 && error < 0.0005 ? `<${JOIN}0.1` : (100 * error).toFixed(1)})`
