const MINUS = '−'

/** How values of one axis or column are printed: all in one unit, which stands beside the title. */
export interface Axis {
  readonly unit: 'bn' | 'm' | 'k'
  readonly text: (dollars: number) => string
}

const UNITS = [
  ['bn', 1e9],
  ['m', 1e6],
  ['k', 1e3],
] as const

export function axisOf(values: readonly number[]): Axis {
  const most = Math.max(...values.map(Math.abs))
  const [unit, size] = UNITS.find(([, one]) => most >= one) ?? ['k', 1e3]
  return { unit, text: (dollars) => signed(dollars / size, (value) => `$${plain(value)}`) }
}

/** As few decimals as tell the value. */
const plain = (value: number): string => grouped(Number(value.toPrecision(6)).toString())

/** Millions in a column. */
export const inMillions = (dollars: number): string => inThree(dollars / 1e6)

/** Three figures with a real minus; what is not zero never reads as zero. */
export function inThree(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size < 0.005) return `${value < 0 ? `>${MINUS}` : '<'}0.01`
  return signed(value, (one) => grouped(one.toFixed(size >= 99.5 ? 0 : size >= 0.995 ? 1 : 2)))
}

const signed = (value: number, dress: (size: number) => string): string =>
  `${value < 0 ? MINUS : ''}${dress(Math.abs(value))}`

const grouped = (text: string): string =>
  text.replace(/^\d+/, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ','))
