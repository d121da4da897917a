import { expect, test } from 'vitest'
import { assert } from '../base/index.ts'
import { sevenStateTrust } from './example.testing.ts'
import { GROUPS } from './layout.ts'
import { modelOf } from './model.ts'
import { outcomeOf } from './outcomes.ts'
import { parseScenario } from './parse.ts'
import { simulate } from './run.ts'
import { TOTALS } from './totals.ts'

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length

test('outcomes by draw have the means that the summaries give, and members and others make the nation', () => {
  const read = parseScenario(sevenStateTrust(24))
  assert(read.ok, 'the example is a scenario')
  const results = simulate(modelOf(read.value), { draws: 50, seed: 2 })
  for (const group of GROUPS) {
    const horizon = results.horizon.find(({ place }) => place === group)
    const totals = results.totals.find(({ place }) => place === group)?.totals
    const net = outcomeOf(results, group, 'netFiscal')
    expect(net.length).toBe(50)
    expect(meanOf(net)).toBeCloseTo(horizon?.netFiscal.mean ?? Number.NaN, 2)
    for (const total of TOTALS)
      expect(meanOf(outcomeOf(results, group, total))).toBeCloseTo(totals?.[total].difference.mean ?? 0, 2)
  }
  const [members, others, nation] = GROUPS.map((group) => outcomeOf(results, group, 'gdp'))
  for (let d = 0; d < 50; d++) expect(nation?.[d]).toBeCloseTo((members?.[d] ?? 0) + (others?.[d] ?? 0), 1)
  expect(new Set(members).size).toBeGreaterThan(10)
})
