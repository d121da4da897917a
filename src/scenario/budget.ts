import type { Layout } from './layout.ts'
import { SUMMED } from './layout.ts'
import type { Model } from './model.ts'
import { type Desk, type Flows, type State, WINDOW } from './state.ts'

/**
 * Steps 5 and 6 of one run for the members (group 0) and then for the others (group 1): reserves and cuts, then what
 * spending does to GDP. Writes the month's figures into `row` at `base`.
 */
export function settleMonth(
  model: Model,
  layout: Layout,
  state: State,
  desk: Desk,
  draw: number,
  month: number,
  run: 0 | 1,
  row: Float64Array,
  base: number,
): void {
  const memberFlows = run === 1 ? desk.withPlan : desk.without
  const spread =
    payBudgets(model, layout, state, desk, draw, month, run, 0, model.members, memberFlows, row, base) +
    payBudgets(model, layout, state, desk, draw, month, run, 1, desk.others, desk.without, row, base)
  spreadEffects(model, layout, state, desk, draw, run, 0, model.members, spread, row, base)
  spreadEffects(model, layout, state, desk, draw, run, 1, desk.others, spread, row, base)
}

/** Step 5, and the effect e[j] of step 6; gives the group's part of Σ e[i] / (ΣY - Y[i]). */
function payBudgets(
  model: Model,
  layout: Layout,
  state: State,
  desk: Desk,
  draw: number,
  month: number,
  run: 0 | 1,
  group: 0 | 1,
  places: Int32Array,
  flows: Flows,
  row: Float64Array,
  base: number,
): number {
  const { reserve, cuts: cutsSoFar, emptied, revenue, spending, thisBlock } = state.runs[run]
  const { lossBudget, lossEconomy, need, arrearsBudget, arrearsEconomy } = flows
  const { effect } = desk
  const perMonth = desk.multiplier / WINDOW
  const { perOthersGdp } = model
  const J = model.jurisdictions.length
  const first = draw * J
  const place = month % WINDOW
  const window = draw * WINDOW * J + place * J
  const hasPlan = run === 1 && group === 0
  const columns = layout.runs[run]
  const lossColumn = base + columns.loss
  const arrearsColumn = base + columns.arrears
  const replacedColumn = base + columns.replaced
  const cutsColumn = base + columns.cuts
  const reserveColumn = base + columns.reserve
  const keepsFlows = run === 0 || group === 0
  let sumLoss = 0
  let sumArrears = 0
  let sumReplaced = 0
  let sumCuts = 0
  let sumReserve = 0
  let spread = 0
  for (let i = 0; i < places.length; i++) {
    const j = places[i] as number
    const at = first + j
    const change = revenue[at] as number
    let obligations = change < 0 ? -change : 0
    let inflows = Math.max(change, 0) + (arrearsBudget[j] as number)
    let spent = 0
    if (hasPlan) {
      const net = (desk.cost[i] as number) - (desk.income[i] as number)
      obligations += (desk.shortfall[i] as number) + Math.max(net, 0)
      inflows += (desk.rest[i] as number) + (net < 0 ? -net : 0)
      spent = desk.spending[i] as number
    }
    let money = (reserve[at] as number) + inflows
    const needed = need[j] as number
    const paid = Math.min(money, obligations)
    money -= paid
    let replaced = Math.min(money, needed)
    money -= replaced
    if (hasPlan && replaced < needed && model.drawsAid[i] === 1)
      replaced += takeAid(state, draw, needed - replaced)
    const cuts = (lossBudget[j] as number) - replaced + (obligations - paid)
    reserve[at] = money
    cutsSoFar[at] = (cutsSoFar[at] as number) + cuts
    if (money === 0 && emptied[at] === 0) emptied[at] = month + 1

    const s = spent - cuts - (lossEconomy[j] as number) + (arrearsEconomy[j] as number)
    const block = (thisBlock[at] as number) + s
    thisBlock[at] = block
    spending[window + j] = s
    // The sums of the last block's later months stand after this month's place.
    const before = place + 1 < WINDOW ? (spending[window + J + j] as number) : 0
    const e = perMonth * (block + before)
    effect[j] = e
    spread += e * (perOthersGdp[j] as number)

    const loss = (lossBudget[j] as number) + (lossEconomy[j] as number)
    const arrears = (arrearsBudget[j] as number) + (arrearsEconomy[j] as number)
    if (keepsFlows) {
      row[lossColumn + (run === 0 ? j : i)] = loss
      row[arrearsColumn + (run === 0 ? j : i)] = arrears
    }
    row[replacedColumn + j] = replaced
    row[cutsColumn + j] = cuts
    row[reserveColumn + j] = money
    sumLoss += loss
    sumArrears += arrears
    sumReplaced += replaced
    sumCuts += cuts
    sumReserve += money
  }
  const sums = base + layout.sums + (2 * run + group) * SUMMED.length
  row[sums] = sumLoss
  row[sums + 1] = sumArrears
  row[sums + 2] = sumReplaced
  row[sums + 3] = sumCuts
  row[sums + 4] = sumReserve
  return spread
}

/** What the aid fund pays of a member's need that its own reserve could not. */
function takeAid(state: State, draw: number, left: number): number {
  const fund = state.aid[draw] as number
  const aid = Math.min(fund, left)
  state.aid[draw] = fund - aid
  return aid
}

/** Step 6: each effect stays in part at home and falls in part on the others by their GDP. */
function spreadEffects(
  model: Model,
  layout: Layout,
  state: State,
  desk: Desk,
  draw: number,
  run: 0 | 1,
  group: 0 | 1,
  places: Int32Array,
  spread: number,
  row: Float64Array,
  base: number,
): void {
  const { revenue } = state.runs[run]
  const { effect, spillover } = desk
  const { gdp, perOthersGdp, tax, jobs } = model
  const atHome = 1 - spillover
  const first = draw * model.jurisdictions.length
  const column = base + layout.runs[run].gdp
  let sumGdp = 0
  let sumJobs = 0
  let sumRevenue = 0
  for (let i = 0; i < places.length; i++) {
    const j = places[i] as number
    const e = effect[j] as number
    const felt = atHome * e + (gdp[j] as number) * spillover * (spread - e * (perOthersGdp[j] as number))
    const change = (tax[j] as number) * felt
    revenue[first + j] = change
    row[column + j] = felt
    sumGdp += felt
    sumJobs += (jobs[j] as number) * felt
    sumRevenue += change
  }
  const sums = base + layout.sums + (2 * run + group) * SUMMED.length
  row[sums + 5] = sumGdp
  row[sums + 6] = sumJobs
  row[sums + 7] = sumRevenue
}

/** At the end of a block of twelve months its months become the sums from each to the end. */
export function closeBlock(model: Model, state: State, draw: number): void {
  const J = model.jurisdictions.length
  const from = draw * WINDOW * J
  for (const { spending, thisBlock } of state.runs) {
    for (let place = WINDOW - 2; place >= 0; place--)
      for (let at = from + place * J; at < from + (place + 1) * J; at++)
        spending[at] = (spending[at] as number) + (spending[at + J] as number)
    thisBlock.fill(0, draw * J, (draw + 1) * J)
  }
}
