import { spawnSync } from 'node:child_process'
import { wordAt } from '../src/scenario/chances.ts'
import { sevenStateTrust } from '../src/scenario/example.testing.ts'
import { type Model, modelOf, parseScenario } from '../src/scenario/index.ts'
import { openPart, openRun, simulateBlock } from '../src/scenario/run.ts'
import { simulateOnWorkers } from '../src/scenario/run-workers.ts'

interface Line {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly note?: string
}

const MONTHS = 120
const DRAWS = 10_000
const JURISDICTIONS = 51
/** A cell-step is one month of one jurisdiction in one draw of one run. */
const CELL_STEPS = JURISDICTIONS * MONTHS * DRAWS * 2

/** Ten thousand futures of every state for ten years, with and without a plan. */
export async function bench(emit: (line: Line) => void): Promise<void> {
  const model = exampleModel()
  await benchWhole(model, emit)
  const rate = benchMonths(model)
  const limit = limitRate()
  emit({
    name: 'scenario.months',
    value: rate,
    unit: 'cell-steps/s',
    note: 'one thread, months only, both runs, without the figures over the draws',
  })
  emit({
    name: 'scenario.months.limit',
    value: limit,
    unit: 'cell-steps/s',
    note: 'one thread, a loop of the same arithmetic without logic',
  })
  emit({ name: 'scenario.months.share', value: round(rate / limit), unit: 'of the limit' })
  benchNumpy(rate, emit)
}

const round = (ratio: number): number => Math.round(ratio * 1000) / 1000

function exampleModel(): Model {
  const scenario = parseScenario(sevenStateTrust(MONTHS))
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.error))
  return modelOf(scenario.value)
}

async function benchWhole(model: Model, emit: (line: Line) => void): Promise<void> {
  let best = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < 3; turn++) {
    const start = performance.now()
    const run = await simulateOnWorkers(model, { draws: DRAWS, seed: turn }, { workers: 2 })
    if (!run.ok) throw new Error(run.error.code)
    best = Math.min(best, (performance.now() - start) / 1000)
  }
  emit({
    name: 'scenario.run',
    value: round(best),
    unit: 's',
    note: '51 jurisdictions, 120 months, 10,000 draws, with and without, 2 workers, every figure with exact quantiles and errors; goal: 3',
  })
  emit({
    name: 'scenario.run.rate',
    value: Math.round(CELL_STEPS / best),
    unit: 'cell-steps/s',
    note: 'of that run',
  })
}

/** Cell-steps a second of the months alone, on this thread. */
function benchMonths(model: Model): number {
  const draws = 2_000
  let best = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < 4; turn++) {
    const run = openRun(model, { draws, seed: turn })
    const part = openPart(run, 0, draws)
    const start = performance.now()
    for (let from = 0; from < MONTHS; from += run.blockMonths)
      simulateBlock(run, part, from, Math.min(MONTHS, from + run.blockMonths))
    best = Math.min(best, performance.now() - start)
  }
  return Math.round((JURISDICTIONS * MONTHS * draws * 2) / (best / 1000))
}

/**
 * The one word that a month must look at where nothing happens, and for each run the sums, products and minima of budget and economy, on
 * arrays that stay in the cache, with no state, no plan and no branch.
 */
function limitRate(): number {
  const draws = 2_000
  const reserve = new Float64Array(JURISDICTIONS * 2).fill(1e9)
  const sums = new Float64Array(JURISDICTIONS * 2)
  const row = new Float64Array(JURISDICTIONS * 12)
  let best = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < 4; turn++) {
    const start = performance.now()
    for (let draw = 0; draw < draws; draw++)
      for (let month = 0; month < MONTHS; month++) plainMonth(draw, month, reserve, sums, row)
    best = Math.min(best, performance.now() - start)
  }
  return Math.round((JURISDICTIONS * MONTHS * draws * 2) / (best / 1000))
}

function plainMonth(
  draw: number,
  month: number,
  reserve: Float64Array,
  sums: Float64Array,
  row: Float64Array,
): void {
  let spread = 0
  for (let j = 0; j < JURISDICTIONS; j++) {
    const loss = wordAt(month * JURISDICTIONS + j, draw, 77) >>> 0
    for (let run = 0; run < 2; run++) {
      const at = run * JURISDICTIONS + j
      const inflow = (reserve[at] as number) + loss * 0.1
      const paid = Math.min(inflow, loss * 0.01)
      const replaced = Math.min(inflow - paid, loss * 0.5)
      const cuts = loss - replaced + (loss * 0.01 - paid)
      reserve[at] = inflow - paid - replaced
      sums[at] = (sums[at] as number) * 0.9 - cuts
      const effect = (1.5 * (sums[at] as number)) / 12
      spread += effect * 1e-13
      const felt = 0.75 * effect + 1e11 * 0.25 * (spread - effect * 1e-13)
      const to = run * JURISDICTIONS * 6 + j
      row[to] = loss
      row[to + JURISDICTIONS] = replaced
      row[to + 2 * JURISDICTIONS] = cuts
      row[to + 3 * JURISDICTIONS] = reserve[at] as number
      row[to + 4 * JURISDICTIONS] = felt
      row[to + 5 * JURISDICTIONS] = felt * 0.1
    }
  }
}

const NUMPY = `
import json, time
import numpy as np
J, K, N, T = 51, 6, 500, 24
rng = np.random.Generator(np.random.SFC64(1))
monthly = rng.random((J, K)) * 1e9
replace = rng.random(J)
Y = rng.random(J) * 1e12 + 5e10
per_others = 1 / (Y.sum() - Y)
tax = rng.random(J) * 0.1
member = np.zeros(J, bool); member[:7] = True
share = rng.random((N, 1, K)) * 0.3
hazard = rng.random((N, 1, 1)) * 0.04
escalated = np.where(member[None, :, None], hazard * 1.5, hazard)
chance = [1 - np.exp(-np.broadcast_to(hazard, (N, J, 1))), 1 - np.exp(-escalated)]
restore = 1 - np.exp(-rng.random((N, 1, 1)) * 0.3)
arrears_paid = rng.random((N, 1))
multiplier = rng.random((N, 1)) + 1
spill = rng.random((N, 1)) * 0.4

def run():
    frozen = [np.zeros((N, J, K), bool) for _ in range(2)]
    lost = [np.zeros((N, J, K)) for _ in range(2)]
    R = [np.full((N, J), 1e9) for _ in range(2)]
    last = [np.zeros((12, N, J)) for _ in range(2)]
    revenue = [np.zeros((N, J)) for _ in range(2)]
    for t in range(T):
        u = rng.random((N, J, K)); v = rng.random((N, J, K))
        for r in range(2):
            ends = frozen[r] & (v < restore)
            starts = ~frozen[r] & (u < chance[r])
            arrears = np.where(ends, lost[r], 0.0)
            lost[r][ends] = 0
            frozen[r] = (frozen[r] & ~ends) | starts
            loss = np.where(frozen[r], share * monthly, 0.0)
            lost[r] += loss
            budget = loss[:, :, :3].sum(2); economy = loss[:, :, 3:].sum(2)
            need = budget * replace
            obligations = np.maximum(-revenue[r], 0)
            money = R[r] + np.maximum(revenue[r], 0) + arrears_paid * arrears[:, :, :3].sum(2)
            paid = np.minimum(money, obligations); money -= paid
            replaced = np.minimum(money, need); money -= replaced
            R[r] = money
            cuts = budget - replaced + obligations - paid
            s = arrears_paid * arrears[:, :, 3:].sum(2) - cuts - economy
            last[r][t % 12] = s
            e = multiplier * last[r].sum(0) / 12
            a = (e * per_others).sum(1, keepdims=True)
            gdp = (1 - spill) * e + Y * spill * (a - e * per_others)
            revenue[r] = tax * gdp

run()
best = 1e9
for _ in range(3):
    start = time.perf_counter(); run(); best = min(best, time.perf_counter() - start)
print(json.dumps({'rate': N * J * T * 2 / best, 'numpy': np.__version__}))
`

/** Freezes, budgets and economy of both runs by numpy on one thread; passed over where it is not installed. */
function benchNumpy(rate: number, emit: (line: Line) => void): void {
  if (spawnSync('python3', ['-c', 'import numpy']).status !== 0) return
  const run = spawnSync('python3', ['-c', NUMPY], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  })
  if (run.status !== 0) throw new Error(run.stderr)
  const peer = JSON.parse(run.stdout) as { rate: number; numpy: string }
  emit({
    name: 'scenario.months.numpy',
    value: Math.round(peer.rate),
    unit: 'cell-steps/s',
    note: `numpy ${peer.numpy}, one thread: freezes, budget and economy of both runs, without trusts, sums and records`,
  })
  emit({ name: 'scenario.months.over_numpy', value: round(rate / peer.rate), unit: 'times', note: 'goal: 5' })
}
