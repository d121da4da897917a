import { measurePosition, uniformAt } from './chances.ts'
import { PARAMETER_NAMES } from './defaults.ts'
import { channelUniform } from './freezes.ts'
import { type Layout, layoutOf, type Metric, sourceOf } from './layout.ts'
import { type Chances, cellsOf, chancesOf, type Model, quantilesOf } from './model.ts'
import { advance } from './month.ts'
import { CHANNEL_COUNT, membersOf } from './parse.ts'
import { ENGINE_VERSION, type RunOptions } from './run.ts'
import { CHANNELS, type JurisdictionInputs, type Measure } from './schema.ts'
import { Desk, startOf } from './state.ts'

/** The uniforms are written only for so many draws. */
export const MOST_DRAWS_WITH_UNIFORMS = 100

export const DUMPED = [
  'held',
  'exposure',
  'loss',
  'arrears',
  'replaced',
  'cuts',
  'reserve',
  'paid',
  'gdp',
  'revenue',
] as const satisfies readonly Metric[]

/** One array of a dump: little-endian float64 in C order; the file's bytes follow one another by draw. */
export interface DumpArray {
  readonly file: string
  readonly shape: readonly number[]
  readonly axes: readonly string[]
}

/** Contents of `header.json`: all that another program needs, with the arrays, to compute the run again. */
export function dumpHeader(model: Model, { draws, seed }: RunOptions) {
  const { scenario, jurisdictions, months } = model
  const inputs = jurisdictions.map(
    (usps) => scenario.inputs[usps as keyof typeof scenario.inputs],
  ) as JurisdictionInputs[]
  const column = (symbol: Exclude<keyof JurisdictionInputs, 'G'>) => inputs.map((one) => one[symbol])
  return {
    engineVersion: ENGINE_VERSION,
    seed,
    draws,
    months,
    firstMonth: scenario.firstMonth,
    jurisdictions,
    channels: CHANNELS,
    members: [...model.members],
    parameters: PARAMETER_NAMES,
    underpaymentRate: scenario.underpaymentRate,
    inputs: {
      W: column('W'),
      V: column('V'),
      X: column('X'),
      G: inputs.map(({ G }) => CHANNELS.map((channel) => G[channel])),
      Y: column('Y'),
      R0: column('R0'),
      tax: column('tax'),
      jobsPerGdp: column('jobsPerGdp'),
      replace: column('replace'),
    },
    measures: scenario.measures.map((measure) => ({
      ...measure,
      members: jurisdictions.flatMap((usps, j) => (membersOf(scenario, measure).includes(usps) ? [j] : [])),
      ...streamsOf(model, measure),
    })),
    arrays: arraysOf(model, draws),
  }
}
export type DumpHeader = ReturnType<typeof dumpHeader>

/** Streams of a programme written out: dollars by member of the measure and month of the horizon since the start. */
function streamsOf(model: Model, measure: Measure) {
  const place = model.scenario.measures.indexOf(measure)
  const money = model.moneyMeasures.find((one) => one.measure === place)
  if (money === undefined) return {}
  const rows = (values: Float64Array) =>
    [...model.members].flatMap((_, m) =>
      model.belongs[place * model.members.length + m] === 1
        ? [[...values.subarray(m * model.months, (m + 1) * model.months)]]
        : [],
    )
  return measure.kind === 'programme'
    ? { cost: rows(money.cost), income: rows(money.income), spending: rows(money.spending) }
    : { cost: rows(money.cost), saving: rows(money.income) }
}

function arraysOf(model: Model, draws: number): Readonly<Record<string, DumpArray>> {
  const { months } = model
  const [J, measures] = [model.jurisdictions.length, model.starts.length]
  const array = (name: string, sizes: Readonly<Record<string, number>>): readonly [string, DumpArray] => [
    name,
    { file: `${name}.f64`, shape: Object.values(sizes), axes: Object.keys(sizes) },
  ]
  const uniforms =
    draws > MOST_DRAWS_WITH_UNIFORMS
      ? []
      : [
          array('uMeasure', { draw: draws, month: months, measure: measures, use: 2 }),
          array('uChannel', { draw: draws, month: months, jurisdiction: J, channel: CHANNEL_COUNT, use: 3 }),
        ]
  return Object.fromEntries([
    array('parameters', { draw: draws, parameter: PARAMETER_NAMES.length }),
    ...uniforms,
    ...(['with', 'without'] as const).flatMap((run) =>
      DUMPED.map((metric) => array(`${run}.${metric}`, { draw: draws, month: months, jurisdiction: J })),
    ),
  ])
}

/** Draws that are held in memory at a time. */
const CHUNK = 32

/** The arrays' values, a few draws at a time in order: appended to its file, each makes the array. */
export function* dumpValues(
  model: Model,
  { draws, seed }: RunOptions,
): Generator<{ readonly array: string; readonly values: Float64Array }> {
  const layout = layoutOf(model)
  const desk = new Desk(model)
  const quantiles = quantilesOf(model.scenario)
  for (let first = 0; first < draws; first += CHUNK) {
    const size = Math.min(CHUNK, draws - first)
    const chances = chancesOf(quantiles, seed, first, size)
    yield { array: 'parameters', values: chances.parameters }
    if (draws <= MOST_DRAWS_WITH_UNIFORMS) {
      yield { array: 'uMeasure', values: measureUniforms(model, chances) }
      yield { array: 'uChannel', values: channelUniforms(model, chances) }
    }
    const state = startOf(model, chances)
    const stride = model.months * layout.width
    const rows = new Float64Array(size * stride)
    for (let d = 0; d < size; d++)
      advance(model, layout, state, desk, d, 0, model.months, rows, d * stride, layout.width)
    for (const [run, place] of [
      ['with', 1],
      ['without', 0],
    ] as const)
      for (const metric of DUMPED)
        yield { array: `${run}.${metric}`, values: metricValues(model, layout, rows, metric, place) }
  }
}

function metricValues(
  model: Model,
  layout: Layout,
  rows: Float64Array,
  metric: Metric,
  run: 0 | 1,
): Float64Array {
  const sources = model.jurisdictions.map((_, j) => sourceOf(model, layout, metric, run, j))
  const months = rows.length / layout.width
  const values = new Float64Array(months * sources.length)
  let at = 0
  for (let month = 0; month < months; month++)
    for (const { columns, factor } of sources) {
      const [column] = columns
      values[at++] = column === undefined ? 0 : (rows[month * layout.width + column] as number) * factor
    }
  return values
}

const measureUniforms = (model: Model, chances: Chances): Float64Array =>
  uniforms(chances, model.months, model.starts.length, 2, (month, measure, use, key0, key1) =>
    uniformAt(measurePosition(month, measure, use), key0, key1),
  )

const channelUniforms = (model: Model, chances: Chances): Float64Array =>
  uniforms(chances, model.months, cellsOf(model), 3, (month, cell, use, key0, key1) =>
    channelUniform(month, cellsOf(model), cell, use, key0, key1),
  )

function uniforms(
  { count, keys }: Chances,
  months: number,
  cells: number,
  uses: number,
  uniform: (month: number, cell: number, use: number, key0: number, key1: number) => number,
): Float64Array {
  const values = new Float64Array(count * months * cells * uses)
  let at = 0
  for (let d = 0; d < count; d++)
    for (let month = 0; month < months; month++)
      for (let cell = 0; cell < cells; cell++)
        for (let use = 0; use < uses; use++)
          values[at++] = uniform(month, cell, use, keys[2 * d] as number, keys[2 * d + 1] as number)
  return values
}
