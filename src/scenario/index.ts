export {
  DEFAULTS,
  hazardsFrom,
  PARAMETER_NAMES,
  type ParameterDefault,
  type ParameterName,
} from './defaults.ts'
export { type DumpArray, type DumpHeader, dumpHeader, dumpValues } from './dump.ts'
export {
  FIGURE_FIELDS,
  FIGURE_SIZE,
  type Figure,
  type FigureField,
  type Probability,
  QUANTILES,
} from './figures.ts'
export type { Emptied, PlaceHorizon } from './horizon.ts'
export { GROUPS, type Group, METRICS, type Metric, VIEWS, type View } from './layout.ts'
export { type Model, modelOf } from './model.ts'
export { OUTCOMES, type Outcome, outcomeOf } from './outcomes.ts'
export { parseScenario, type ScenarioError, type ScenarioIssue } from './parse.ts'
export {
  ENGINE_VERSION,
  figureOf,
  MOST_DRAWS,
  parseRunOptions,
  type Results,
  RunOptions,
  type RunOptionsError,
  simulate,
} from './run.ts'
export * from './schema.ts'
export {
  FACTORS,
  type Factor,
  type FactorIndex,
  type PlaceSensitivity,
  parseSensitivityOptions,
  SensitivityOptions,
  type SensitivityResults,
  sensitivityOf,
} from './sensitivity.ts'
export { type TotalOrder, totalOrder } from './sobol.ts'
export type { GroupSwings, Swing, SwingEnd } from './swings.ts'
export { type GroupTotals, TOTALS, type Total } from './totals.ts'
