import { expect, test } from 'vitest'
import { sevenStateTrust } from './example.testing.ts'
import { parseScenario } from './parse.ts'

type Loose = { [key: string]: Loose | Loose[] } & { [key: string]: unknown }

/** A good document with one thing wrong. */
function withWrong(path: readonly (string | number)[], value: unknown): unknown {
  const document = structuredClone(sevenStateTrust(24)) as unknown as Loose
  let place: Loose = document
  for (const key of path.slice(0, -1)) place = place[key] as Loose
  const last = path[path.length - 1] as string
  if (value === undefined) delete place[last]
  else (place as Record<string, unknown>)[last] = value
  return document
}

test('the example is a scenario', () => {
  expect(parseScenario(sevenStateTrust(24)).ok).toBe(true)
})

test.each<[why: string, path: readonly (string | number)[], value: unknown, named: string]>([
  ['a member that does not exist', ['members', 0], 'ZZ', 'members[0]'],
  ['a territory', ['members', 0], 'PR', 'members[0]'],
  ['a member twice', ['members', 1], 'CA', 'members[1]'],
  ['a member without inputs', ['inputs', 'CO'], undefined, 'inputs.CO'],
  ['a missing input', ['inputs', 'CO', 'W'], undefined, 'inputs.CO.W'],
  ['a missing channel', ['inputs', 'TX', 'G', 'procurement'], undefined, 'inputs.TX.G.procurement'],
  ['negative money', ['inputs', 'CO', 'R0'], -1, 'inputs.CO.R0'],
  ['negative federal money', ['inputs', 'CO', 'G', 'formula-grants'], -5, 'inputs.CO.G["formula-grants"]'],
  ['no GDP', ['inputs', 'CO', 'Y'], 0, 'inputs.CO.Y'],
  ['a share of more than one', ['measures', 0, 'share'], 1.01, 'measures[0].share'],
  ['a tax share of more than one', ['inputs', 'CO', 'tax'], 7, 'inputs.CO.tax'],
  ['shares of two trusts over one', ['measures', 1, 'share'], 0.3, 'measures[1].share'],
  ['aid of two trusts over one', ['measures', 1, 'mutualAid'], 0.95, 'measures[1].mutualAid'],
  ['a start after the horizon', ['measures', 2, 'start'], 25, 'measures[2].start'],
  ['a start before the horizon', ['measures', 2, 'start'], 0, 'measures[2].start'],
  ['half a month', ['measures', 2, 'start'], 1.5, 'measures[2].start'],
  ['a kind that does not exist', ['measures', 2, 'kind'], 'tax', 'measures[2].kind'],
  ['a tier that does not exist', ['measures', 2, 'tier'], 'safe', 'measures[2].tier'],
  ['a channel that does not exist', ['measures', 4, 'atRisk', 1], 'snap', 'measures[4].atRisk[1]'],
  ['a channel that no budget sees', ['measures', 2, 'channels', 0], 'wages', 'measures[2].channels[0]'],
  ['a measure’s member outside of the plan', ['measures', 1, 'members', 0], 'TX', 'measures[1].members[0]'],
  ['an amount of one who is not in', ['measures', 3, 'cost'], { WA: 5 }, 'measures[3].cost.WA'],
  ['a negative cost', ['measures', 3, 'cost'], -5, 'measures[3].cost'],
  ['a field that does not exist', ['measures', 3, 'costs'], 5, 'measures[3].costs'],
  ['too long a horizon', ['months'], 241, 'months'],
  ['no calendar month', ['firstMonth'], '2027-13', 'firstMonth'],
  ['no rate', ['underpaymentRate'], undefined, 'underpaymentRate'],
  ['not a number', ['inputs', 'CO', 'X'], Number.NaN, 'inputs.CO.X'],
  ['no end', ['inputs', 'CO', 'X'], Number.POSITIVE_INFINITY, 'inputs.CO.X'],
  ['a parameter that does not exist', ['parameters', 'mood'], { kind: 'fixed', value: 1 }, 'parameters.mood'],
  ['a hazard that nobody gave', ['parameters', 'freezeHazard'], undefined, 'parameters.freezeHazard'],
  [
    'a share that can be above one',
    ['parameters', 'compliance'],
    { kind: 'uniform', low: 0, high: 1.2 },
    'parameters.compliance',
  ],
  [
    'a log-normal share',
    ['parameters', 'spillover'],
    { kind: 'lognormal', median: 0.1, sigma: 1 },
    'parameters.spillover',
  ],
  [
    'a negative hazard',
    ['parameters', 'restoreHazard'],
    { kind: 'fixed', value: -0.1 },
    'parameters.restoreHazard',
  ],
  [
    'ends in the wrong order',
    ['parameters', 'deterrence'],
    { kind: 'uniform', low: 2, high: 1 },
    'parameters.deterrence.low',
  ],
  [
    'a mode outside',
    ['parameters', 'deterrence'],
    { kind: 'triangular', low: 0, mode: 4, high: 3 },
    'parameters.deterrence.mode',
  ],
  [
    'a mean above one',
    ['parameters', 'freezeShare.medicaid'],
    { kind: 'beta', mean: 1.2, concentration: 5 },
    'parameters["freezeShare.medicaid"].mean',
  ],
])('refuses %s and names the place', (_why, path, value, named) => {
  const read = parseScenario(withWrong(path, value))
  expect(read.ok ? [] : read.error.issues.map((issue) => issue.path)).toContain(named)
  for (const issue of read.ok ? [] : read.error.issues) expect(issue.problem.length).toBeGreaterThan(5)
})

test('names every place, not only the first', () => {
  const document = withWrong(['measures', 0, 'start'], 99) as {
    underpaymentRate: number
    measures: { start: number }[]
  }
  ;(document.measures[1] as { start: number }).start = -3
  const read = parseScenario(document)
  expect(read.ok ? [] : read.error.issues.map((issue) => issue.path)).toEqual([
    'measures[0].start',
    'measures[1].start',
  ])
})

test.each([null, 3, 'plan', [], {}])('refuses what is no document at all: %j', (document) => {
  const read = parseScenario(document)
  expect(read.ok ? 0 : read.error.issues.length).toBeGreaterThan(0)
})

test('one jurisdiction alone has nowhere to spill over to', () => {
  const { inputs, ...rest } = sevenStateTrust(24)
  const read = parseScenario({ ...rest, members: [], measures: [], inputs: { CO: inputs.CO } })
  expect(read.ok ? [] : read.error.issues.map((issue) => issue.path)).toEqual(['inputs'])
})
