import { expect, test } from 'vitest'
import { anyNumbers, sevenStateTrust } from './example.testing.ts'
import { modelOf } from './model.ts'
import { parseScenario } from './parse.ts'
import { FACTORS, sensitivityOf } from './sensitivity.ts'
import { totalOrder } from './sobol.ts'

function estimate(of: (x: readonly number[]) => number, inputs: number, rows: number, seed: number) {
  const next = anyNumbers(seed)
  // The low bits of the test's own generator are poor: only the high half is used.
  const uniform = () => (Math.floor(next() * 65_536) + next()) / 65_536
  const matrix = () => Array.from({ length: rows }, () => Array.from({ length: inputs }, uniform))
  const [A, B] = [matrix(), matrix()]
  const column = (rowsOf: readonly (readonly number[])[]) => Float64Array.from(rowsOf, of)
  const [a, b] = [column(A), column(B)]
  return Array.from({ length: inputs }, (_, i) => {
    const swapped = A.map((row, r) =>
      row.map((value, k) => (k === i ? ((B[r] as number[])[k] as number) : value)),
    )
    return totalOrder(a, b, column(swapped))
  })
}

// T. Ishigami and T. Homma (1990), a = 7, b = 0.1: total indices 0.5576, 0.4424, 0.2437.
const ishigami = ([x1 = 0, x2 = 0, x3 = 0]: readonly number[]) => {
  const at = (u: number) => Math.PI * (2 * u - 1)
  return Math.sin(at(x1)) + 7 * Math.sin(at(x2)) ** 2 + 0.1 * at(x3) ** 4 * Math.sin(at(x1))
}

// The g function of Sobol with the a, and totals to three places, of A. Saltelli and others (2010): 0.787, 0.242, 0.034, 0.010, 0.000.
const G_A = [0, 1, 4.5, 9, 99, 99, 99, 99]
const gFunction = (x: readonly number[]) =>
  x.reduce(
    (product, u, i) => (product * (Math.abs(4 * u - 2) + (G_A[i] as number))) / (1 + (G_A[i] as number)),
    1,
  )

/** V_i ∏ over j ≠ i of (1 + V_j), over ∏ (1 + V_j) - 1, with V_i = 1 / 3 (1 + a_i)². */
const gTotals = () => {
  const parts = G_A.map((a) => 1 / (3 * (1 + a) ** 2))
  const all = parts.reduce((product, v) => product * (1 + v), 1)
  return parts.map((v) => (v * all) / (1 + v) / (all - 1))
}

test('the published totals of the g function are those of its formula', () => {
  for (const [i, published] of [0.787, 0.242, 0.034, 0.01, 0].entries())
    expect(Math.abs((gTotals()[i] as number) - published)).toBeLessThan(6e-4)
})

test.each([
  ['Ishigami', ishigami, [0.5576, 0.4424, 0.2437]],
  ['g', gFunction, gTotals()],
])('total-order indices of the %s function, within four of their errors', (_name, of, truth) => {
  for (const [i, { total, error }] of estimate(of, truth.length, 20_000, 11).entries()) {
    expect(Math.abs(total - (truth[i] as number))).toBeLessThan(4 * error + 5e-5)
    expect(error).toBeLessThan(0.02)
  }
})

test('the errors are those that many studies show', () => {
  const studies = Array.from({ length: 200 }, (_, seed) => estimate(ishigami, 3, 300, seed * 7_919 + 1))
  for (let i = 0; i < 3; i++) {
    const totals = studies.map((study) => (study[i] as { total: number }).total)
    const mean = totals.reduce((sum, value) => sum + value, 0) / totals.length
    const seen = Math.sqrt(totals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (totals.length - 1))
    const said =
      studies.reduce((sum, study) => sum + (study[i] as { error: number }).error, 0) / studies.length
    // A standard deviation from 200 studies is itself uncertain by a twentieth.
    expect(said / seen).toBeGreaterThan(0.8)
    expect(said / seen).toBeLessThan(1.25)
  }
})

test('a result that never varies has no indices to give', () => {
  const same = new Float64Array(10).fill(3)
  expect(totalOrder(same, same, same).total).toBeNaN()
})

test('of a plan: every factor has an index, a fixed one none of the variance, and chance its part', () => {
  const read = parseScenario({
    ...sevenStateTrust(24),
    parameters: { ...sevenStateTrust(24).parameters, spillover: { kind: 'fixed', value: 0.25 } },
  })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  const results = sensitivityOf(modelOf(read.value), { rows: 130, seed: 5 })
  const members = results.places.find(({ place }) => place === 'members')
  expect(members?.indices.map(({ factor }) => factor)).toEqual(FACTORS)
  const of = (name: string) => members?.indices.find(({ factor }) => factor === name)
  expect(of('spillover')).toMatchObject({ total: 0, error: 0 })
  expect(of('freezeShare.wages')).toMatchObject({ total: 0, error: 0 })
  expect(of('chance')?.total).toBeGreaterThan(0.1)
  for (const { total, error } of members?.indices ?? []) {
    expect(total).toBeGreaterThanOrEqual(0)
    expect(error).toBeGreaterThanOrEqual(0)
  }
})

test('of no plan: nothing decides a difference that is not there', () => {
  const read = parseScenario({ ...sevenStateTrust(6), measures: [] })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  const results = sensitivityOf(modelOf(read.value), { rows: 8, seed: 5 })
  for (const { variance, mean, indices } of results.places)
    expect([variance, mean, indices]).toEqual([0, 0, []])
})
