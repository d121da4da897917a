import { expect, test } from 'vitest'
import { sevenStateTrust } from './example.testing.ts'
import { VIEWS } from './layout.ts'
import { modelOf } from './model.ts'
import { parseScenario } from './parse.ts'
import { figureOf, simulate } from './run.ts'
import { TOTALS } from './totals.ts'

const scenario = parseScenario(sevenStateTrust(18))
if (!scenario.ok) throw new Error('the example is a scenario')
const model = modelOf(scenario.value)

test('law: the mean of a total is the sum of the means by month', () => {
  const results = simulate(model, { draws: 40, seed: 3 })
  for (const { place, totals } of results.totals)
    for (const metric of TOTALS)
      for (const view of VIEWS) {
        let sum = 0
        for (let month = 1; month <= results.months; month++)
          sum += figureOf(results, place, metric, view, month).mean
        const mean = totals[metric][view].mean
        expect(Math.abs(mean - sum), `${place} ${metric} ${view}`).toBeLessThanOrEqual(
          1e-9 * (1 + Math.abs(sum)),
        )
      }
})

test('law: of one draw every quantile is its total, and what is without a plan has none of its money', () => {
  const results = simulate(model, { draws: 1, seed: 4 })
  for (const { totals } of results.totals) {
    for (const metric of TOTALS)
      expect([totals[metric].with.q05, totals[metric].with.q95]).toEqual([
        totals[metric].with.mean,
        totals[metric].with.mean,
      ])
    expect([totals.paid.without.mean, totals.programmeCost.without.mean]).toEqual([0, 0])
  }
})

test('law: members and others make the nation, in every draw', () => {
  const [members, others, nation] = simulate(model, { draws: 1, seed: 9 }).totals
  for (const metric of TOTALS)
    expect(nation?.totals[metric].difference.mean).toBeCloseTo(
      (members?.totals[metric].difference.mean ?? 0) + (others?.totals[metric].difference.mean ?? 0),
      2,
    )
})

test('law: worse, better and the same are all there is', () => {
  for (const { netFiscalAboveZero, netFiscalBelowZero } of simulate(model, { draws: 50, seed: 2 }).horizon)
    expect(netFiscalAboveZero.probability + netFiscalBelowZero.probability).toBeLessThanOrEqual(1)
})
