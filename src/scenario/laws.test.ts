import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dumpValues } from './dump.ts'
import { anyInputs, anyNumbers, sevenStateTrust } from './example.testing.ts'
import { GROUPS, layoutOf, METRICS, type Metric } from './layout.ts'
import { chancesOf, type Model, modelOf, quantilesOf } from './model.ts'
import { advance } from './month.ts'
import { parseScenario } from './parse.ts'
import { figureOf, parseRunOptions, simulate } from './run.ts'
import { CHANNELS, type ScenarioDocument } from './schema.ts'
import { ACCOUNT, B, DEPOSITED, Desk, EARNINGS, INTEREST, P, PENALTY, REMITTED, startOf } from './state.ts'

function modelFrom(document: ScenarioDocument): Model {
  const read = parseScenario(document)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return modelOf(read.value)
}

/** The members of the example and two others. */
function nineStates(months: number): ScenarioDocument {
  const { inputs, ...rest } = sevenStateTrust(months)
  const kept = [...rest.members, 'TX', 'AK']
  return {
    ...rest,
    inputs: Object.fromEntries(Object.entries(inputs).filter(([usps]) => kept.includes(usps))),
  }
}

const fixed = (value: number) => ({ kind: 'fixed' as const, value })
const NEVER = {
  freezeHazard: fixed(0),
  restoreHazard: fixed(0),
  'courtHazard.settled': fixed(0),
  'courtHazard.contested': fixed(0),
  'courtHazard.likely-preempted': fixed(0),
}

/** All dumped figures of the draws, by array. */
function dumped(model: Model, draws: number, seed = 3): ReadonlyMap<string, readonly number[]> {
  const arrays = new Map<string, number[]>()
  for (const { array, values } of dumpValues(model, { draws, seed })) {
    const list = arrays.get(array) ?? []
    for (const value of values) list.push(value)
    arrays.set(array, list)
  }
  return arrays
}

test('law: the same seed gives the same bytes, another seed others', () => {
  const model = modelFrom(sevenStateTrust(14))
  const figures = (seed: number) => simulate(model, { draws: 60, seed }).figures
  expect(figures(1)).toEqual(figures(1))
  expect(figures(1)).not.toEqual(figures(2))
})

test('law: a draw is the same however many draws and months are run', () => {
  const long = dumped(modelFrom(sevenStateTrust(20)), 8)
  const short = dumped(modelFrom({ ...sevenStateTrust(20), months: 13 }), 3)
  for (const array of ['with.gdp', 'without.reserve', 'with.held']) {
    const [all, some] = [long.get(array) ?? [], short.get(array) ?? []]
    for (let d = 0; d < 3; d++)
      expect(some.slice(d * 13 * 51, (d + 1) * 13 * 51)).toEqual(all.slice(d * 20 * 51, (d * 20 + 13) * 51))
  }
})

test('law: a plan with no measures changes nothing, in any draw', () => {
  const model = modelFrom({ ...sevenStateTrust(30), measures: [] })
  const arrays = dumped(model, 40)
  for (const [array, values] of arrays)
    if (array.startsWith('with.')) expect(values).toEqual(arrays.get(array.replace('with.', 'without.')))
  const results = simulate(model, { draws: 40, seed: 3 })
  for (const place of results.places)
    for (const metric of METRICS)
      expect(figureOf(results, place, metric, 'difference', 30)).toMatchObject({
        mean: 0,
        q05: 0,
        q95: 0,
        mean_error: 0,
      })
  for (const { netFiscal, netFiscalAboveZero } of results.horizon)
    expect([netFiscal.mean, netFiscal.q95, netFiscalAboveZero.probability]).toEqual([0, 0, 0])
})

const poolingOnly = (shares: readonly number[]): ScenarioDocument['measures'] =>
  shares.map((mutualAid, i) => ({
    kind: 'trust',
    start: 1 + i,
    tier: 'contested',
    share: 0,
    holdWhen: 'always',
    yield: 0.04,
    mutualAid,
    ...(i > 0 && { members: ['CO', 'NY'] }),
  }))

test('law: to pool reserves, and nothing else, changes no net fiscal result while nothing is frozen', () => {
  const anyShares = fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 })
    .map((shares) => shares.map((share) => share / shares.length))
  const anyReserve = fc.double({ min: 0, max: 1e12, noNaN: true })
  fc.assert(
    fc.property(anyShares, anyReserve, (shares, R0) => {
      const base = nineStates(5)
      const inputs = { ...base.inputs, CO: { ...(base.inputs.CO as NonNullable<typeof base.inputs.CO>), R0 } }
      const document = { ...base, inputs, measures: poolingOnly(shares), parameters: NEVER }
      for (const { place, netFiscal, netFiscalAboveZero, mutualAid } of simulate(modelFrom(document), {
        draws: 3,
        seed: 8,
      }).horizon) {
        expect([place, netFiscal.mean, netFiscal.q05, netFiscal.q95]).toEqual([place, 0, 0, 0])
        expect(netFiscalAboveZero.probability).toBe(0)
        expect(mutualAid?.left.mean).toBe(mutualAid?.pooled)
      }
    }),
  )
})

test('law: pooled money is given once: what the fund lost is what members got of it', () => {
  const base = sevenStateTrust(30)
  const rough = {
    ...base,
    measures: poolingOnly([0.5]),
    parameters: { ...base.parameters, freezeHazard: fixed(0.3), restoreHazard: fixed(0.02) },
  }
  const inputs = Object.fromEntries(
    Object.entries(rough.inputs).map(([usps, one]) => [usps, { ...one, R0: (one?.R0 ?? 0) / 10, tax: 0 }]),
  )
  const { horizon } = simulate(modelFrom({ ...rough, inputs } as ScenarioDocument), { draws: 40, seed: 5 })
  const members = horizon.find(({ place }) => place === 'members')
  const size = members?.mutualAid?.pooled ?? 0
  expect(members?.mutualAid?.left.mean).toBeLessThan(0.9 * size)
  // Without own revenue to lose, a dollar of reserve moved from one member to another is still a dollar.
  for (const figure of ['mean', 'q05', 'q95'] as const)
    expect(Math.abs(members?.netFiscal[figure] ?? Number.NaN)).toBeLessThan(1e-9 * size)
  expect(horizon.find(({ place }) => place === 'TX')?.mutualAid).toBeUndefined()
})

test('law: with no freezes and no courts a trust that always holds follows the closed forms', () => {
  const months = 60
  const document: ScenarioDocument = {
    ...sevenStateTrust(months),
    firstMonth: '2027-01',
    members: ['CO', 'WA'],
    measures: [
      {
        kind: 'trust',
        start: 1,
        tier: 'contested',
        share: 0.7,
        openV: true,
        holdWhen: 'always',
        yield: 0.045,
      },
    ],
    parameters: NEVER,
    underpaymentRate: 0.07,
  }
  const model = modelFrom(document)
  const chances = chancesOf(quantilesOf(model.scenario), 9, 0, 20)
  for (let to = 1; to <= months; to += 7) {
    const state = startOf(model, chances)
    const [layout, desk] = [layoutOf(model), new Desk(model)]
    const row = new Float64Array(layout.width)
    for (let d = 0; d < 20; d++) {
      advance(model, layout, state, desk, d, 0, to, row, 0, 0)
      for (let m = 0; m < 2; m++) {
        const inputs = model.scenario.inputs[(['CO', 'WA'] as const)[m] as 'CO']
        const compliance = chances.parameters[d * 19] as number
        const D = (compliance * 0.7 * ((inputs?.W ?? 0) + (inputs?.V ?? 0))) / 12
        const account = state.accounts.subarray((d * 2 + m) * ACCOUNT, (d * 2 + m + 1) * ACCOUNT)
        // Quarters that bear interest at month t: those whose next quarter's second month is past; 3 deposits each.
        const bearing = (t: number) => 3 * Math.max(0, Math.floor((t + 1) / 3) - 1)
        let [interest, penalty] = [0, 0]
        for (let t = 1; t <= to; t++) {
          interest += D * bearing(t) * (0.07 / 12) * (1 + 0.07 / 12) ** (to - t)
          penalty += 0.005 * D * bearing(t)
        }
        const close = (value: number | undefined, truth: number) =>
          expect(Math.abs((value ?? Number.NaN) - truth)).toBeLessThanOrEqual(1e-9 * truth)
        close(account[P], to * D)
        close(account[EARNINGS], ((0.045 / 12) * D * to * (to + 1)) / 2)
        close(account[B], D * bearing(to))
        close(account[INTEREST], interest)
        close(account[PENALTY], Math.min(penalty, 0.25 * to * D))
        close(row[layout.held + m], to * D)
        const exposure = 0.1 * (to - 1) * D + 0.05 * D + Math.min(penalty, 0.25 * to * D) + interest
        close(row[layout.exposure + m], exposure)
      }
    }
  }
})

test('law: frozen months are the share that the two-state chain has', () => {
  const [freezeHazard, restoreHazard] = [0.11, 0.35]
  const next = anyNumbers(5)
  const document: ScenarioDocument = {
    ...sevenStateTrust(240),
    measures: [],
    parameters: {
      ...NEVER,
      freezeHazard: fixed(freezeHazard),
      restoreHazard: fixed(restoreHazard),
      'freezeShare.medicaid': fixed(1),
      'freezeShare.procurement': fixed(1),
    },
    inputs: Object.fromEntries(
      (['CO', 'TX'] as const).map((usps, i) => {
        const inputs = anyInputs(next)
        const G = Object.fromEntries(CHANNELS.map((channel) => [channel, 0])) as typeof inputs.G
        return [usps, { ...inputs, G: { ...G, [i === 0 ? 'medicaid' : 'procurement']: 12 } }]
      }),
    ),
    members: [],
  }
  const draws = 400
  const arrays = dumped(modelFrom(document), draws)
  const loss = arrays.get('without.loss') ?? []
  const p = 1 - Math.exp(-freezeHazard)
  const r = 1 - Math.exp(-restoreHazard)
  const stationary = p / (p + r)
  for (let j = 0; j < 2; j++) {
    let frozen = 0
    let count = 0
    // After forty months the start is forgotten: (1 - p - r)^40 is about 1e-10.
    for (let d = 0; d < draws; d++)
      for (let t = 40; t < 240; t++) {
        frozen += loss[(d * 240 + t) * 2 + j] as number
        count++
      }
    // Months of a chain are correlated: (1 + c) / (1 - c) times the variance of independent ones, c = 1 - p - r.
    const c = 1 - p - r
    const error = Math.sqrt(((stationary * (1 - stationary)) / count) * ((1 + c) / (1 - c)))
    expect(Math.abs(frozen / count - stationary)).toBeLessThan(4 * error)
    expect(error).toBeLessThan(0.005)
  }
})

test('law: deposits are what is held and what the Treasury got; money held is what the dump shows', () => {
  const model = modelFrom(sevenStateTrust(45))
  const state = startOf(model, chancesOf(quantilesOf(model.scenario), 3, 0, 50))
  const [layout, desk] = [layoutOf(model), new Desk(model)]
  const row = new Float64Array(layout.width)
  let settled = 0
  for (let d = 0; d < 50; d++)
    for (let t = 0; t < 45; t++) {
      advance(model, layout, state, desk, d, t, t + 1, row, 0, 0)
      for (let i = 0; i < 2 * 7; i++) {
        const account = state.accounts.subarray((d * 14 + i) * ACCOUNT, (d * 14 + i + 1) * ACCOUNT)
        const [deposited = 0, held = 0, remitted = 0] = [account[DEPOSITED], account[P], account[REMITTED]]
        expect(Math.abs(deposited - held - remitted)).toBeLessThanOrEqual(1e-9 * deposited)
        if (remitted > 0) settled++
      }
      for (let m = 0; m < 7; m++) {
        const both = [0, 1].map((i) => state.accounts[(d * 14 + i * 7 + m) * ACCOUNT + P] as number)
        expect(row[layout.held + m]).toBe((both[0] as number) + (both[1] as number))
      }
    }
  expect(settled).toBeGreaterThan(100)
})

test('law: what the nation gains is the sum of the effects: nothing is lost between states', () => {
  const document = sevenStateTrust(24)
  const still = dumped(
    modelFrom({ ...document, parameters: { ...document.parameters, spillover: fixed(0) } }),
    20,
  )
  const moved = dumped(
    modelFrom({
      ...document,
      parameters: { ...document.parameters, spillover: fixed(0.6) },
      // Own revenue would feed back by place; without it the effects of both runs are the same.
      inputs: Object.fromEntries(
        Object.entries(document.inputs).map(([usps, one]) => [usps, { ...one, tax: 0 }]),
      ),
    }),
    20,
  )
  const none = dumped(
    modelFrom({
      ...document,
      parameters: { ...document.parameters, spillover: fixed(0) },
      inputs: Object.fromEntries(
        Object.entries(document.inputs).map(([usps, one]) => [usps, { ...one, tax: 0 }]),
      ),
    }),
    20,
  )
  for (const array of ['with.gdp', 'without.gdp']) {
    const [here, there] = [moved.get(array) ?? [], none.get(array) ?? []]
    expect(here).not.toEqual(there)
    for (let month = 0; month < 20 * 24; month++) {
      const sum = (list: readonly number[]) =>
        list.slice(month * 51, (month + 1) * 51).reduce((a, b) => a + b, 0)
      const size = there.slice(month * 51, (month + 1) * 51).reduce((a, b) => a + Math.abs(b), 0)
      expect(Math.abs(sum(here) - sum(there))).toBeLessThanOrEqual(1e-9 * size)
    }
  }
  expect(still.get('with.gdp')).not.toEqual(none.get('with.gdp'))
})

test('law: doubling every dollar doubles every dollar', () => {
  const twice = (amount: unknown): unknown =>
    typeof amount === 'number'
      ? 2 * amount
      : Array.isArray(amount)
        ? amount.map(twice)
        : typeof amount === 'object' && amount !== null
          ? Object.fromEntries(Object.entries(amount).map(([key, value]) => [key, twice(value)]))
          : amount
  const DOLLARS = ['W', 'V', 'X', 'G', 'Y', 'R0']
  const document = sevenStateTrust(40)
  const doubled = {
    ...document,
    measures: document.measures.map((measure) =>
      Object.fromEntries(
        Object.entries(measure).map(([key, value]) => [
          key,
          ['cost', 'income', 'spending', 'saving'].includes(key) ? twice(value) : value,
        ]),
      ),
    ) as ScenarioDocument['measures'],
    inputs: Object.fromEntries(
      Object.entries(document.inputs).map(([usps, inputs]) => [
        usps,
        Object.fromEntries(
          Object.entries(inputs ?? {}).map(([key, value]) => [
            key,
            DOLLARS.includes(key) ? twice(value) : value,
          ]),
        ),
      ]),
    ) as ScenarioDocument['inputs'],
  }
  const [once, again] = [dumped(modelFrom(document), 12), dumped(modelFrom(doubled), 12)]
  for (const [array, values] of once)
    if (array.startsWith('with')) {
      const other = again.get(array) ?? []
      // A factor of two is exact in float64, so that nothing may be off by even one bit.
      expect(other).toEqual(values.map((value) => 2 * value))
    }
})

test('law: the error of a mean is there, and shrinks as one over the root of the draws', () => {
  const model = modelFrom(nineStates(8))
  const errorOf = (draws: number, metric: Metric) =>
    figureOf(simulate(model, { draws, seed: 21 }), 'nation', metric, 'difference', 8).mean_error
  for (const metric of ['cuts', 'gdp', 'reserve', 'exposure'] as const) {
    const ratio = errorOf(250, metric) / errorOf(4000, metric)
    expect(ratio).toBeGreaterThan(3)
    expect(ratio).toBeLessThan(5.4)
  }
})

test('the error of a mean is how far means of other seeds lie apart', () => {
  const model = modelFrom(nineStates(6))
  const figures = Array.from({ length: 120 }, (_, seed) =>
    figureOf(simulate(model, { draws: 100, seed }), 'members', 'cuts', 'with', 6),
  )
  const mean = figures.reduce((sum, one) => sum + one.mean, 0) / figures.length
  const spread = Math.sqrt(
    figures.reduce((sum, one) => sum + (one.mean - mean) ** 2, 0) / (figures.length - 1),
  )
  const said = figures.reduce((sum, one) => sum + one.mean_error, 0) / figures.length
  expect(said / spread).toBeGreaterThan(0.75)
  expect(said / spread).toBeLessThan(1.3)
})

test('figures are those of the draws: means, quantiles and sums over members, others and the nation', () => {
  const draws = 50
  const model = modelFrom(sevenStateTrust(16))
  const results = simulate(model, { draws, seed: 3 })
  const arrays = dumped(model, draws)
  const of = (run: string, metric: string, d: number, month: number, j: number) =>
    (arrays.get(`${run}.${metric}`) ?? [])[(d * 16 + month - 1) * 51 + j] as number
  const inside: Record<string, (j: number) => boolean> = {
    members: (j) => (model.memberOf[j] as number) >= 0,
    'non-members': (j) => (model.memberOf[j] as number) < 0,
    nation: () => true,
  }
  for (const metric of [
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
  ] as const)
    for (const place of [...GROUPS, 'CO', 'TX'])
      for (const month of [1, 9, 16]) {
        const belongs = inside[place] ?? ((j: number) => model.jurisdictions[j] === place)
        const value = (run: string, d: number) =>
          model.jurisdictions.reduce((sum, _, j) => sum + (belongs(j) ? of(run, metric, d, month, j) : 0), 0)
        const views = {
          with: (d: number) => value('with', d),
          without: (d: number) => value('without', d),
          difference: (d: number) => value('with', d) - value('without', d),
        }
        for (const [view, get] of Object.entries(views)) {
          const sorted = Array.from({ length: draws }, (_, d) => get(d)).sort((a, b) => a - b)
          const size = Math.max(...sorted.map(Math.abs))
          const figure = figureOf(results, place, metric, view as keyof typeof views, month)
          const near = (mine: number, theirs: number) =>
            expect(Math.abs(mine - theirs)).toBeLessThanOrEqual(1e-9 * size + 1e-4)
          near(figure.mean, sorted.reduce((sum, one) => sum + one, 0) / draws)
          near(figure.q50, ((sorted[24] as number) + (sorted[25] as number)) / 2)
          near(figure.q95, (sorted[46] as number) + 0.55 * ((sorted[47] as number) - (sorted[46] as number)))
        }
      }
})

test('the horizon: net result, its chance of being above zero, and when reserves run out', () => {
  const draws = 80
  const base = sevenStateTrust(16)
  // With a pooled fund, outsider.test.ts computes the net result again.
  const measures = base.measures.map((one) => (one.kind === 'trust' ? { ...one, mutualAid: 0 } : one))
  const model = modelFrom({ ...base, measures })
  const results = simulate(model, { draws, seed: 3 })
  const arrays = dumped(model, draws)
  const list = (run: string, metric: string, d: number, j: number) =>
    Array.from(
      { length: 16 },
      (_, t) => (arrays.get(`${run}.${metric}`) ?? [])[(d * 16 + t) * 51 + j] as number,
    )
  for (const place of ['CO', 'TX', 'AK']) {
    const j = model.jurisdictions.indexOf(place)
    const left = (run: string, d: number) =>
      (list(run, 'reserve', d, j)[15] as number) - list(run, 'cuts', d, j).reduce((sum, one) => sum + one, 0)
    const net = Array.from({ length: draws }, (_, d) => left('with', d) - left('without', d))
    const horizon = results.horizon.find((one) => one.place === place)
    const mean = net.reduce((sum, one) => sum + one, 0) / draws
    expect(horizon?.netFiscal.mean).toBeCloseTo(mean, 0)
    expect(horizon?.netFiscalAboveZero.probability).toBe(net.filter((one) => one > 0).length / draws)
    for (const run of ['with', 'without'] as const) {
      const months = Array.from(
        { length: draws },
        (_, d) => list(run, 'reserve', d, j).indexOf(0) + 1,
      ).filter((t) => t > 0)
      expect(horizon?.reserveEmptied[run].probability).toBe(months.length / draws)
      if (months.length > 0)
        expect(horizon?.reserveEmptied[run].month?.mean).toBeCloseTo(
          months.reduce((sum, t) => sum + t, 0) / months.length,
          10,
        )
    }
  }
})

test('law: money never turns to something else, whatever the plan', () => {
  const anyPlan = fc.record({
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    mutualAid: fc.double({ min: 0, max: 1, noNaN: true }),
    hazard: fc.double({ min: 0, max: 5, noNaN: true }),
    start: fc.integer({ min: 1, max: 12 }),
    holdWhen: fc.constantFrom('always' as const, 'while-frozen' as const, 'while-found-unlawful' as const),
    cost: fc.double({ min: 0, max: 1e12, noNaN: true }),
    seed: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  })
  fc.assert(
    fc.property(anyPlan, ({ share, mutualAid, hazard, start, holdWhen, cost, seed }) => {
      const base = sevenStateTrust(12)
      const model = modelFrom({
        ...base,
        measures: [
          { kind: 'trust', start, tier: 'contested', share, holdWhen, yield: 0.05, mutualAid },
          { kind: 'programme', start, tier: 'settled', cost, spending: cost / 2 },
        ],
        parameters: { ...base.parameters, freezeHazard: fixed(hazard) },
      })
      for (const [array, values] of dumped(model, 3, seed)) {
        expect(values.every(Number.isFinite)).toBe(true)
        if (!/gdp|revenue|cuts/.test(array)) expect(values.every((value) => value >= 0)).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
})

test('draws and seeds that cannot be are refused by name', () => {
  for (const [given, path] of [
    [{ draws: 0 }, 'draws'],
    [{ draws: 1.5 }, 'draws'],
    [{ draws: 1e9 }, 'draws'],
    [{ seed: -1 }, 'seed'],
    [{ seed: 2 ** 60 }, 'seed'],
  ] as const) {
    const read = parseRunOptions(given)
    expect(read.ok ? [] : read.error.issues.map((issue) => issue.path)).toEqual([path])
  }
  expect(parseRunOptions({})).toEqual({ ok: true, value: { draws: 10_000, seed: 1 } })
})
