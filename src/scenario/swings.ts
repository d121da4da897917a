import { PARAMETER_COUNT, PARAMETER_NAMES, type ParameterName } from './defaults.ts'
import { netFiscalOf, placesOf } from './horizon.ts'
import { GROUPS, type Group } from './layout.ts'
import type { Model } from './model.ts'
import { orderStatistics, Sieve } from './order-statistics.ts'
import type { Endings } from './state.ts'

/** The net fiscal result of the draws in which a parameter is at one end of its range. */
export interface SwingEnd {
  /** Value of the parameter nearest to the middle third. */
  readonly bound: number
  readonly mean: number
  /** One standard error by chance. */
  readonly mean_error: number
}

/** A third of the draws at each end: those with the lowest, and those with the highest values of the parameter. */
export interface Swing {
  readonly parameter: ParameterName
  readonly low: SwingEnd
  readonly high: SwingEnd
}

export interface GroupSwings {
  readonly place: Group
  /** In order of the parameters; those that do not vary are left out. */
  readonly swings: readonly Swing[]
}

/**
 * How far the mean of the net fiscal result moves with each parameter over the draws of a run. The other parameters
 * vary as they do, so that this says what goes with a cause; how much of the variance it makes is for Sobol's indices.
 * @param parameters by draw and parameter
 */
export function swingsOf(
  model: Model,
  endings: Endings,
  parameters: Float64Array,
  draws: number,
): readonly GroupSwings[] {
  const thirds = PARAMETER_NAMES.flatMap((parameter, p) => thirdsOf(parameter, parameters, p, draws))
  const places = placesOf(model)
  return GROUPS.map((place) => {
    const jurisdictions = places.find((one) => one.place === place)?.jurisdictions ?? []
    const net = netFiscalOf(model, endings, jurisdictions, draws)
    const swings = thirds.map(({ values, parameter, low, high }) => ({
      parameter,
      low: { bound: low, ...meanWhere(net, (d) => (values[d] as number) <= low) },
      high: { bound: high, ...meanWhere(net, (d) => (values[d] as number) >= high) },
    }))
    return { place, swings }
  })
}

interface Thirds {
  readonly parameter: ParameterName
  readonly values: Float64Array
  readonly low: number
  readonly high: number
}

function thirdsOf(
  parameter: ParameterName,
  parameters: Float64Array,
  p: number,
  draws: number,
): readonly Thirds[] {
  const third = Math.floor(draws / 3)
  if (third < 1) return []
  const values = Float64Array.from({ length: draws }, (_, d) => parameters[d * PARAMETER_COUNT + p] as number)
  let min = values[0] as number
  let max = min
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  const found = new Float64Array(2)
  const ranks = Int32Array.of(third - 1, draws - third)
  orderStatistics(values, draws, min, max, ranks, 0, 2, 0, found, new Sieve(draws))
  const [low, high] = [found[0] as number, found[1] as number]
  return low < high ? [{ parameter, values, low, high }] : []
}

function meanWhere(
  net: Float64Array,
  isIn: (draw: number) => boolean,
): { readonly mean: number; readonly mean_error: number } {
  let [count, sum] = [0, 0]
  for (let d = 0; d < net.length; d++)
    if (isIn(d)) {
      count++
      sum += net[d] as number
    }
  const mean = sum / count
  let squares = 0
  for (let d = 0; d < net.length; d++) if (isIn(d)) squares += ((net[d] as number) - mean) ** 2
  return { mean, mean_error: count > 1 ? Math.sqrt(squares / (count - 1) / count) : Number.NaN }
}
