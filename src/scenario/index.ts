export { PARAMETER_NAMES, type ParameterName, type ParameterDefault, DEFAULTS, hazardsFrom } from './defaults.ts'
export { type Figure, type FigureField, FIGURE_FIELDS, FIGURE_SIZE, type Probability, QUANTILES } from './figures.ts'
export type { Emptied, PlaceHorizon } from './horizon.ts'
export { type Group, GROUPS, type Metric, METRICS, type View, VIEWS } from './layout.ts'
export { type Model, modelOf } from './model.ts'
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
