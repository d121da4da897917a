import { expect, test } from 'vitest'
import { assert } from '../base/index.ts'
import { PARAMETER_COUNT, PARAMETER_NAMES } from './defaults.ts'
import { sevenStateTrust } from './example.testing.ts'
import { netFiscalOf, placesOf } from './horizon.ts'
import { chancesOf, modelOf, quantilesOf } from './model.ts'
import { parseScenario } from './parse.ts'
import { openPart, openRun, simulate, simulateBlock } from './run.ts'

const scenarioOf = (parameters: object) => {
  const document = sevenStateTrust(24)
  const read = parseScenario({ ...document, parameters: { ...document.parameters, ...parameters } })
  assert(read.ok, 'the example is a scenario')
  return modelOf(read.value)
}

test('the ends of a swing are the means of a third of the draws each, sorted by the parameter', () => {
  const model = scenarioOf({})
  const options = { draws: 100, seed: 3 }
  const members = simulate(model, options).swings.find(({ place }) => place === 'members')
  const run = openRun(model, options)
  const part = openPart(run, 0, 100)
  for (let from = 0; from < 24; from += run.blockMonths)
    simulateBlock(run, part, from, Math.min(24, from + run.blockMonths))
  const places = placesOf(model).find(({ place }) => place === 'members')?.jurisdictions ?? []
  const net = netFiscalOf(model, run.endings, places, 100)
  const { parameters } = chancesOf(quantilesOf(model.scenario), 3, 0, 100)
  for (const swing of members?.swings ?? []) {
    const p = PARAMETER_NAMES.indexOf(swing.parameter)
    const sorted = Array.from(net, (value, d) => ({ value, by: parameters[d * PARAMETER_COUNT + p] ?? 0 }))
    sorted.sort((a, b) => a.by - b.by)
    const mean = (part: typeof sorted) => part.reduce((sum, { value }) => sum + value, 0) / part.length
    expect(swing.low.mean / mean(sorted.slice(0, 33))).toBeCloseTo(1, 9)
    expect(swing.high.mean / mean(sorted.slice(-33))).toBeCloseTo(1, 9)
    expect([swing.low.bound, swing.high.bound]).toEqual([sorted[32]?.by, sorted[67]?.by])
  }
  expect(members?.swings.map(({ parameter }) => parameter)).toEqual(
    PARAMETER_NAMES.filter((name) => !/wages|direct-payments/.test(name)),
  )
})

test('a parameter that is fixed has no swing, and two draws have none at all', () => {
  const model = scenarioOf({ compliance: { kind: 'fixed', value: 1 } })
  const named = (draws: number) =>
    simulate(model, { draws, seed: 1 }).swings[0]?.swings.map(({ parameter }) => parameter)
  expect(named(9)).not.toContain('compliance')
  expect(named(9)).toContain('deterrence')
  expect(named(2)).toEqual([])
})
