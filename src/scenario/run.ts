import { z } from 'zod'
import { err, ok, type Result } from '../base/index.ts'
import { PARAMETER_COUNT } from './defaults.ts'
import { FIGURE_SIZE, type Figure, figureAt, Summariser, writeConstant } from './figures.ts'
import { horizonOf, type PlaceHorizon } from './horizon.ts'
import {
  GROUPS,
  type Layout,
  layoutOf,
  METRICS,
  type Metric,
  type Source,
  sourceOf,
  VIEWS,
  type View,
} from './layout.ts'
import { chancesOf, type Model, quantilesOf } from './model.ts'
import { advance } from './month.ts'
import { outcomesOf } from './outcomes.ts'
import { pathOf, type ScenarioIssue } from './parse.ts'
import { Desk, type Endings, endingsOf, OWN_ROOM, partOf, type Room, type State, startOf } from './state.ts'
import { type GroupSwings, swingsOf } from './swings.ts'
import { addMonths, type GroupTotals, totalsOf, totalsSize } from './totals.ts'

/** Goes up with every change that gives other numbers for the same scenario and seed. */
export const ENGINE_VERSION = '2'

export const MOST_DRAWS = 100_000

export const RunOptions = z.strictObject({
  draws: z
    .int('wanted: a whole number of draws')
    .min(1, `wanted: 1 to ${MOST_DRAWS} draws`)
    .max(MOST_DRAWS, `wanted: 1 to ${MOST_DRAWS} draws`)
    .default(10_000),
  seed: z
    .int('wanted: a whole number from 0 to 2^53 - 1')
    .nonnegative('wanted: a whole number from 0 to 2^53 - 1')
    .default(1),
})
export type RunOptions = z.infer<typeof RunOptions>

export interface RunOptionsError {
  readonly code: 'run_options_invalid'
  readonly issues: readonly ScenarioIssue[]
}

export function parseRunOptions(given: unknown): Result<RunOptions, RunOptionsError> {
  const read = RunOptions.safeParse(given)
  if (read.success) return ok(read.data)
  const issues = read.error.issues.map(({ path, message }) => ({ path: pathOf(path), problem: message }))
  return err({ code: 'run_options_invalid', issues })
}

export interface Results {
  readonly engineVersion: string
  readonly seed: number
  readonly draws: number
  readonly months: number
  readonly firstMonth: string
  readonly jurisdictions: readonly string[]
  readonly members: readonly string[]
  /** The jurisdictions, then `members`, `non-members` and `nation`. */
  readonly places: readonly string[]
  /** By place, metric, view, month and field of a figure; read it with `figureOf`. */
  readonly figures: Float64Array
  /** By place. */
  readonly horizon: readonly PlaceHorizon[]
  /** By group. */
  readonly totals: readonly GroupTotals[]
  /** By group: what goes with each parameter. */
  readonly swings: readonly GroupSwings[]
  /** By group, outcome and draw; read it with `outcomeOf`. */
  readonly outcomes: Float64Array
}

/** @param month from 1 */
export function figureOf(results: Results, place: string, metric: Metric, view: View, month: number): Figure {
  const at = figurePlace(
    results.places.indexOf(place),
    METRICS.indexOf(metric),
    VIEWS.indexOf(view),
    month - 1,
    results.months,
  )
  return figureAt(results.figures, at)
}

const figurePlace = (place: number, metric: number, view: number, month: number, months: number): number =>
  (((place * METRICS.length + metric) * VIEWS.length + view) * months + month) * FIGURE_SIZE

/** What all workers of a run share: the months of a block, the ends, and the figures. */
export interface Run {
  readonly model: Model
  readonly layout: Layout
  readonly seed: number
  readonly draws: number
  readonly blockMonths: number
  /** By month of the block, column of the row, and draw. */
  readonly columns: Float64Array
  readonly endings: Endings
  /** By draw and parameter. */
  readonly parameters: Float64Array
  /** By sum over a group and draw: the months so far, added up. */
  readonly totals: Float64Array
  readonly figures: Float64Array
}

/** What the months of a block may take, so that a run of 51 jurisdictions and 10,000 draws stays well under a gigabyte. */
const BLOCK_BYTES = 192 * 2 ** 20
const LONGEST_BLOCK = 12

export function openRun(model: Model, { draws, seed }: RunOptions, room: Room = OWN_ROOM): Run {
  const layout = layoutOf(model)
  const monthBytes = layout.width * draws * 8
  const longest = Math.min(LONGEST_BLOCK, model.months)
  const blockMonths = Math.max(1, Math.min(longest, Math.floor(BLOCK_BYTES / monthBytes)))
  return {
    model,
    layout,
    seed,
    draws,
    blockMonths,
    columns: room.floats(blockMonths * layout.width * draws),
    endings: endingsOf(model, draws, room),
    parameters: room.floats(PARAMETER_COUNT * draws),
    totals: room.floats(totalsSize(layout, draws)),
    figures: room.floats(figurePlace(placeCount(model), 0, 0, 0, model.months)),
  }
}

export const placeCount = (model: Model): number => model.jurisdictions.length + GROUPS.length

/** The draws of a run that one worker takes through all months. */
export interface Part {
  readonly first: number
  readonly count: number
  readonly state: State
  readonly desk: Desk
  readonly rows: Float64Array
}

/** Draws that are worked on together, so that their rows stay near while they are turned into columns. */
const TILE = 32

export function openPart(run: Run, first: number, count: number): Part {
  const chances = chancesOf(quantilesOf(run.model.scenario), run.seed, first, count)
  run.parameters.set(chances.parameters, first * PARAMETER_COUNT)
  return {
    first,
    count,
    state: startOf(run.model, chances, partOf(run.model, run.endings, first, count)),
    desk: new Desk(run.model),
    rows: new Float64Array(TILE * run.blockMonths * run.layout.width),
  }
}

/** Takes the part's draws through the months of a block, and lays them into the run's columns. */
export function simulateBlock(run: Run, part: Part, from: number, to: number): void {
  const { model, layout, draws, columns } = run
  const { state, desk, rows } = part
  const stride = (to - from) * layout.width
  for (let tile = 0; tile < part.count; tile += TILE) {
    const size = Math.min(TILE, part.count - tile)
    for (let d = 0; d < size; d++)
      advance(model, layout, state, desk, tile + d, from, to, rows, d * stride, layout.width)
    turn(rows, stride, size, columns, draws, part.first + tile)
  }
  addMonths(layout, columns, to - from, run.totals, draws, part.first, part.count)
}

function turn(
  rows: Float64Array,
  stride: number,
  size: number,
  columns: Float64Array,
  draws: number,
  firstDraw: number,
): void {
  for (let column = 0; column < stride; column++) {
    const at = column * draws + firstDraw
    for (let d = 0, from = column; d < size; d++, from += stride) columns[at + d] = rows[from] as number
  }
}

/** One for all blocks, since it remembers the figures of the month before. */
export const summariserOf = ({ model, draws }: Run): Summariser =>
  new Summariser(draws, placeCount(model) * METRICS.length * VIEWS.length)

/** Summarises the months of a block for the places whose number leaves `worker` when divided by `workers`. */
export function summariseBlock(
  run: Run,
  summariser: Summariser,
  from: number,
  to: number,
  worker: number,
  workers: number,
): void {
  for (let month = from; month < to; month++)
    for (let place = worker; place < placeCount(run.model); place += workers)
      summarisePlace(run, summariser, place, month, month - from)
}

/** For a jurisdiction these are its GDP times a factor that is never negative, and so is all that is said of them. */
const SCALED: readonly Metric[] = ['jobs', 'revenue']

function summarisePlace(
  run: Run,
  summariser: Summariser,
  place: number,
  month: number,
  blockMonth: number,
): void {
  const { model, layout } = run
  for (const [i, metric] of METRICS.entries()) {
    const at = VIEWS.map((_, view) => figurePlace(place, i, view, month, model.months)) as Places
    const withPlan = sourceOf(model, layout, metric, 1, place)
    const without = sourceOf(model, layout, metric, 0, place)
    if (place < model.jurisdictions.length && SCALED.includes(metric)) {
      const gdp = figurePlace(place, METRICS.indexOf('gdp'), 0, month, model.months)
      scaleFigures(run, gdp, at, withPlan.factor)
    } else
      summariseSources(
        run,
        summariser,
        withPlan,
        without,
        blockMonth,
        at,
        (place * METRICS.length + i) * VIEWS.length,
      )
  }
}

type Places = [withPlan: number, without: number, difference: number]

function scaleFigures({ figures, model }: Run, from: number, to: Places, factor: number): void {
  for (const [view, at] of to.entries()) {
    const base = from + view * model.months * FIGURE_SIZE
    for (let i = 0; i < FIGURE_SIZE; i++) figures[at + i] = (figures[base + i] as number) * factor
  }
}

function summariseSources(
  run: Run,
  summariser: Summariser,
  withPlan: Source,
  without: Source,
  blockMonth: number,
  at: Places,
  slot: number,
): void {
  const { figures } = run
  const [first, second] = [valuesOf(run, withPlan, blockMonth), valuesOf(run, without, blockMonth)]
  if (first === undefined) writeConstant(0, figures, at[0])
  else summariser.write(first, figures, at[0], slot)
  if (isSame(withPlan, without)) {
    figures.copyWithin(at[1], at[0], at[0] + FIGURE_SIZE)
    writeConstant(0, figures, at[2])
    return
  }
  if (second === undefined) {
    writeConstant(0, figures, at[1])
    figures.copyWithin(at[2], at[0], at[0] + FIGURE_SIZE)
    return
  }
  summariser.write(second, figures, at[1], slot + 1)
  const off = summariser.scratch
  subtract(first as Float64Array, second, off)
  summariser.write(off, figures, at[2], slot + 2)
}

function subtract(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = (a[i] as number) - (b[i] as number)
}

const isSame = (a: Source, b: Source): boolean =>
  a.columns.length === b.columns.length && a.columns.every((column, i) => column === b.columns[i])

/** By draw; nothing for what is zero in every draw. Factors other than 1 are those of `SCALED`, dealt with above. */
function valuesOf(run: Run, source: Source, blockMonth: number): Float64Array | undefined {
  const { columns, layout, draws } = run
  const [first, second] = source.columns.map((column) => {
    const from = (blockMonth * layout.width + column) * draws
    return columns.subarray(from, from + draws)
  })
  if (first === undefined || second === undefined) return first
  const sum = new Float64Array(draws)
  for (let d = 0; d < draws; d++) sum[d] = (first[d] as number) + (second[d] as number)
  return sum
}

export function closeRun(run: Run): Results {
  const { model, draws, seed } = run
  const names = model.jurisdictions
  return {
    engineVersion: ENGINE_VERSION,
    seed,
    draws,
    months: model.months,
    firstMonth: model.scenario.firstMonth,
    jurisdictions: names,
    members: [...model.members].map((j) => names[j] as string),
    places: [...names, ...GROUPS],
    figures: run.figures,
    horizon: horizonOf(model, run.endings, draws),
    totals: totalsOf(model, run.layout, run.totals, draws),
    swings: swingsOf(model, run.endings, run.parameters, draws),
    outcomes: outcomesOf(model, run.layout, run.endings, run.totals, draws),
  }
}

/** Runs a scenario on one thread. `onMonth` hears how many months are done; a run over workers gives the same bytes. */
export function simulate(
  model: Model,
  options: RunOptions,
  onMonth: (done: number) => void = () => {},
): Results {
  const run = openRun(model, options)
  const part = openPart(run, 0, run.draws)
  const summariser = summariserOf(run)
  for (let from = 0; from < model.months; from += run.blockMonths) {
    const to = Math.min(model.months, from + run.blockMonths)
    simulateBlock(run, part, from, to)
    summariseBlock(run, summariser, from, to, 0, 1)
    onMonth(to)
  }
  return closeRun(run)
}
