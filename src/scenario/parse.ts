import { err, ok, type Result } from '../base/index.ts'
import { DEFAULTS, PARAMETER_NAMES, type ParameterName } from './defaults.ts'
import { type Amount, CHANNELS, type Distribution, JURISDICTIONS, type Measure, Scenario } from './schema.ts'

export interface ScenarioIssue {
  /** Place in the document: `measures[0].share`, `inputs.CO.W`, `parameters["freezeShare.medicaid"].mean`. */
  readonly path: string
  /** What is wrong there, and what is wanted. */
  readonly problem: string
}

export interface ScenarioError {
  readonly code: 'scenario_invalid'
  readonly issues: readonly ScenarioIssue[]
}

/** Reads a document as a scenario, or says at which places it cannot be one: every place, not only the first. */
export function parseScenario(document: unknown): Result<Scenario, ScenarioError> {
  const read = Scenario.safeParse(document)
  if (!read.success) return err({ code: 'scenario_invalid', issues: read.error.issues.flatMap(issuesOf) })
  const issues = [
    ...membersIssues(read.data),
    ...read.data.measures.flatMap((measure, i) => measureIssues(read.data, measure, `measures[${i}]`)),
    ...sharedIssues(read.data),
    ...PARAMETER_NAMES.flatMap((name) => parameterIssues(name, read.data.parameters[name])),
    ...inputsIssues(read.data),
  ]
  return issues.length > 0 ? err({ code: 'scenario_invalid', issues }) : ok(read.data)
}

interface ZodIssue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
}

/** An unknown key is named as a place of its own. */
function issuesOf(issue: ZodIssue): readonly ScenarioIssue[] {
  if (issue.code !== 'unrecognized_keys' || issue.keys === undefined)
    return [{ path: pathOf(issue.path), problem: issue.message }]
  return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), problem: 'no such field' }))
}

export const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part, i) => {
      if (typeof part === 'number') return `[${part}]`
      const name = String(part)
      if (!/^[A-Za-z_]\w*$/.test(name)) return `["${name}"]`
      return i === 0 ? name : `.${name}`
    })
    .join('') || '(document)'

function membersIssues({ members, inputs }: Scenario): readonly ScenarioIssue[] {
  return members.flatMap((member, i) => [
    ...(inputs[member] === undefined
      ? [{ path: `inputs.${member}`, problem: `missing; ${member} is a member (members[${i}])` }]
      : []),
    ...(members.indexOf(member) < i ? [{ path: `members[${i}]`, problem: `${member} is named twice` }] : []),
  ])
}

function measureIssues(scenario: Scenario, measure: Measure, path: string): readonly ScenarioIssue[] {
  const issues: ScenarioIssue[] = []
  if (measure.start < 1 || measure.start > scenario.months)
    issues.push({
      path: `${path}.start`,
      problem: `${measure.start} is outside of the horizon; wanted: 1 to ${scenario.months}`,
    })
  for (const [i, member] of (measure.members ?? []).entries()) {
    if (!scenario.members.includes(member))
      issues.push({ path: `${path}.members[${i}]`, problem: `${member} is not a member of the plan` })
    if ((measure.members ?? []).indexOf(member) < i)
      issues.push({ path: `${path}.members[${i}]`, problem: `${member} is named twice` })
  }
  for (const [field, amount] of amountsOf(measure))
    if (typeof amount === 'object' && !Array.isArray(amount))
      for (const member of Object.keys(amount))
        if (!membersOf(scenario, measure).includes(member))
          issues.push({
            path: `${path}.${field}.${member}`,
            problem: `${member} is not a member of the measure`,
          })
  return issues
}

export const membersOf = (scenario: Scenario, measure: Measure): readonly string[] =>
  measure.members ?? scenario.members

function amountsOf(measure: Measure): readonly (readonly [string, Amount])[] {
  if (measure.kind === 'programme')
    return [
      ['cost', measure.cost],
      ['income', measure.income],
      ['spending', measure.spending],
    ]
  if (measure.kind === 'non-fiscal')
    return [
      ['cost', measure.cost],
      ['saving', measure.saving],
    ]
  return []
}

/** The same dollar can be deposited in one trust, and pooled in one fund, only once. */
function sharedIssues(scenario: Scenario): readonly ScenarioIssue[] {
  const issues: ScenarioIssue[] = []
  for (const field of ['share', 'mutualAid'] as const)
    for (const member of scenario.members) {
      let sum = 0
      for (const [i, measure] of scenario.measures.entries()) {
        if (measure.kind !== 'trust' || !membersOf(scenario, measure).includes(member)) continue
        const before = sum
        sum += measure[field]
        if (before <= 1 && sum > 1 + 1e-12)
          issues.push({
            path: `measures[${i}].${field}`,
            problem: `with the trusts before it, ${member} would give ${sum}; wanted: at most 1 over all trusts`,
          })
      }
    }
  return issues
}

const at = (name: ParameterName, field = '') => ({
  path: pathOf(['parameters', name, ...(field === '' ? [] : [field])]),
})

function parameterIssues(name: ParameterName, given: Distribution | undefined): readonly ScenarioIssue[] {
  const { distribution: usual, range, source } = DEFAULTS[name]
  const distribution = given ?? usual
  if (distribution === undefined)
    return [{ ...at(name), problem: `missing; wanted: a distribution (${source})` }]
  const order = orderIssues(name, distribution)
  if (order.length > 0) return order
  const [low, high] = supportOf(distribution)
  const wanted = { share: 'a share from 0 to 1', nonnegative: 'zero or more', any: '' }[range]
  const isOutside = (range !== 'any' && low < 0) || (range === 'share' && high > 1)
  return isOutside ? [{ ...at(name), problem: `takes values from ${low} to ${high}; wanted: ${wanted}` }] : []
}

function orderIssues(name: ParameterName, distribution: Distribution): readonly ScenarioIssue[] {
  if (distribution.kind !== 'uniform' && distribution.kind !== 'triangular') return []
  const { low, high } = distribution
  if (low > high) return [{ ...at(name, 'low'), problem: `${low} is above high, ${high}` }]
  if (distribution.kind === 'triangular' && (distribution.mode < low || distribution.mode > high))
    return [
      { ...at(name, 'mode'), problem: `${distribution.mode} is not between low, ${low}, and high, ${high}` },
    ]
  return []
}

function supportOf(distribution: Distribution): readonly [low: number, high: number] {
  switch (distribution.kind) {
    case 'fixed':
      return [distribution.value, distribution.value]
    case 'uniform':
    case 'triangular':
      return [distribution.low, distribution.high]
    case 'beta':
      return [0, 1]
    case 'lognormal':
      return distribution.sigma === 0 || distribution.median === 0
        ? [distribution.median, distribution.median]
        : [0, Number.POSITIVE_INFINITY]
  }
}

/** A GDP effect that spills over needs somewhere to go. */
function inputsIssues({ inputs }: Scenario): readonly ScenarioIssue[] {
  const count = JURISDICTIONS.filter((usps) => inputs[usps] !== undefined).length
  return count >= 2
    ? []
    : [
        {
          path: 'inputs',
          problem: `holds ${count} jurisdictions; wanted: at least 2, so that effects can spill over`,
        },
      ]
}

export const CHANNEL_COUNT = CHANNELS.length
