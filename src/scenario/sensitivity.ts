import { z } from 'zod'
import { err, ok, type Result } from '../base/index.ts'
import { PARAMETER_COUNT, PARAMETER_NAMES, type ParameterName } from './defaults.ts'
import { netFiscalOf, type Place, placesOf } from './horizon.ts'
import { layoutOf } from './layout.ts'
import { type Chances, chancesOf, distributionsOf, type Model, quantilesOf } from './model.ts'
import { advance } from './month.ts'
import { pathOf } from './parse.ts'
import type { RunOptionsError } from './run.ts'
import { spreadOf, type TotalOrder, totalOrder } from './sobol.ts'
import { Desk, OWN_ROOM, type Room, startOf } from './state.ts'

/** An input that may decide the result: a parameter, or all of the months' uniforms together. */
export type Factor = ParameterName | 'chance'
export const FACTORS: readonly Factor[] = [...PARAMETER_NAMES, 'chance']
const CHANCE = PARAMETER_COUNT

export interface FactorIndex extends TotalOrder {
  readonly factor: Factor
}

/** What decides the net fiscal result of a place. */
export interface PlaceSensitivity {
  readonly place: string
  readonly mean: number
  readonly variance: number
  /** In order of the factors; none where the result never varies. */
  readonly indices: readonly FactorIndex[]
}

export interface SensitivityResults {
  readonly rows: number
  readonly seed: number
  readonly places: readonly PlaceSensitivity[]
}

export const MOST_ROWS = 65_536

export const SensitivityOptions = z.strictObject({
  /** Rows of each of the two matrices; about 20 times as many draws are run. */
  rows: z.int('wanted: a whole number of rows').min(2).max(MOST_ROWS).default(1024),
  seed: z.int('wanted: a whole number from 0 to 2^53 - 1').nonnegative().default(1),
})
export type SensitivityOptions = z.infer<typeof SensitivityOptions>

export function parseSensitivityOptions(given: unknown): Result<SensitivityOptions, RunOptionsError> {
  const read = SensitivityOptions.safeParse(given)
  if (read.success) return ok(read.data)
  const issues = read.error.issues.map(({ path, message }) => ({ path: pathOf(path), problem: message }))
  return err({ code: 'run_options_invalid', issues })
}

/** What all workers of a study share: outcomes by matrix (A, B, then A with each factor from B), place and row. */
export interface Study {
  readonly model: Model
  readonly rows: number
  readonly seed: number
  readonly outcomes: Float64Array
}

const MATRICES = 2 + FACTORS.length

export const openStudy = (
  model: Model,
  { rows, seed }: SensitivityOptions,
  room: Room = OWN_ROOM,
): Study => ({
  model,
  rows,
  seed,
  outcomes: room.floats(MATRICES * placesOf(model).length * rows),
})

/** Rows that are worked on together. */
const TILE = 64

/** Row r of A is draw r of the seed, row r of B is draw `rows` + r: parameters and the months' uniforms alike. */
export function evaluateRows(study: Study, first: number, count: number): void {
  const places = placesOf(study.model)
  const distributions = distributionsOf(study.model.scenario)
  const quantiles = quantilesOf(study.model.scenario)
  const isFixed = (factor: number) => distributions[factor]?.kind === 'fixed'
  for (let row = first; row < first + count; row += TILE) {
    const size = Math.min(TILE, first + count - row)
    const a = chancesOf(quantiles, study.seed, row, size)
    const b = chancesOf(quantiles, study.seed, study.rows + row, size)
    evaluate(study, places, a, 0, row)
    evaluate(study, places, b, 1, row)
    for (let factor = 0; factor < FACTORS.length; factor++)
      if (isFixed(factor)) copyOutcomes(study, places.length, 2 + factor, row, size)
      else evaluate(study, places, swap(a, b, factor), 2 + factor, row)
  }
}

function swap(a: Chances, b: Chances, factor: number): Chances {
  if (factor === CHANCE) return { ...a, keys: b.keys }
  const parameters = a.parameters.slice()
  for (let d = 0; d < a.count; d++) {
    const at = d * PARAMETER_COUNT + factor
    parameters[at] = b.parameters[at] as number
  }
  return { ...a, parameters }
}

function evaluate(
  study: Study,
  places: readonly Place[],
  chances: Chances,
  matrix: number,
  row: number,
): void {
  const { model, rows, outcomes } = study
  const layout = layoutOf(model)
  const state = startOf(model, chances)
  const desk = new Desk(model)
  const figures = new Float64Array(layout.width)
  for (let d = 0; d < chances.count; d++)
    advance(model, layout, state, desk, d, 0, model.months, figures, 0, 0)
  for (const [place, { jurisdictions }] of places.entries())
    outcomes.set(
      netFiscalOf(model, state, jurisdictions, chances.count),
      (matrix * places.length + place) * rows + row,
    )
}

/** A factor that is the same in A and B changes nothing. */
function copyOutcomes(study: Study, places: number, matrix: number, row: number, size: number): void {
  for (let place = 0; place < places; place++) {
    const from = place * study.rows + row
    study.outcomes.copyWithin((matrix * places + place) * study.rows + row, from, from + size)
  }
}

export function closeStudy({ model, rows, seed, outcomes }: Study): SensitivityResults {
  const places = placesOf(model)
  const column = (matrix: number, place: number) => {
    const from = (matrix * places.length + place) * rows
    return outcomes.subarray(from, from + rows)
  }
  return {
    rows,
    seed,
    places: places.map(({ place }, i) => {
      const [a, b] = [column(0, i), column(1, i)]
      const spread = spreadOf(a, b)
      const indices = FACTORS.map((factor, f) => ({ factor, ...totalOrder(a, b, column(2 + f, i)) }))
      return { place, ...spread, indices: spread.variance > 0 ? indices : [] }
    }),
  }
}

/** On one thread; over workers it gives the same bytes. */
export function sensitivityOf(model: Model, options: SensitivityOptions): SensitivityResults {
  const study = openStudy(model, options)
  evaluateRows(study, 0, study.rows)
  return closeStudy(study)
}
