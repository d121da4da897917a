import {
  DEFAULTS,
  type Distribution,
  hazardsFrom,
  PARAMETER_NAMES,
  type ParameterName,
} from '../scenario/index.ts'
import type { EditorWords } from './editor/words.ts'
import type { Hazards } from './hazards.ts'

/** The distribution that a plan has where it says nothing, by parameter. */
export type Shapes = Readonly<Record<ParameterName, Distribution>>

/** The model's defaults, with the two hazards that are counted in the registry. */
export function usualShapes(hazards: Hazards): Shapes {
  const counted: Readonly<Partial<Record<ParameterName, Distribution>>> = hazardsFrom(
    hazards.freezeMedian,
    hazards.restoreMedian,
  )
  return Object.fromEntries(
    PARAMETER_NAMES.map((name) => [
      name,
      counted[name] ?? DEFAULTS[name].distribution ?? { kind: 'fixed', value: 0 },
    ]),
  ) as Shapes
}

/** "0.8 to 2.1, most likely 1.5". */
export function shapeText(distribution: Distribution, { shapeText: words }: EditorWords): string {
  switch (distribution.kind) {
    case 'fixed':
      return words.fixed(short(distribution.value))
    case 'uniform':
      return words.uniform(short(distribution.low), short(distribution.high))
    case 'triangular':
      return words.triangular(short(distribution.low), short(distribution.mode), short(distribution.high))
    case 'beta':
      return words.beta(short(distribution.mean), short(distribution.concentration))
    case 'lognormal':
      return words.lognormal(short(distribution.median), short(distribution.sigma))
  }
}

/** At most three figures that count: a default is no measurement. */
const short = (value: number): string => String(Number(value.toPrecision(3)))
