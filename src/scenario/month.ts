import { chanceOfRate } from './arithmetic.ts'
import { closeBlock, settleMonth } from './budget.ts'
import { measurePosition, uniformAt } from './chances.ts'
import { PARAMETER_NAMES, type ParameterName } from './defaults.ts'
import { freezeMembers, freezeWithout, heldBy } from './freezes.ts'
import type { Layout } from './layout.ts'
import type { Model } from './model.ts'
import { BUDGET_CHANNEL_COUNT, CHANNELS, TIERS } from './schema.ts'
import { type Desk, parameterBase, type State, WINDOW } from './state.ts'
import { runTrusts, settleAll } from './trusts.ts'

/**
 * Takes one draw through months, with and without the plan on the same chances.
 * @param from first month, from 0; @param to the month after the last
 * @param rows the row of each month is written at `base`, and `stride` further for each month
 */
export function advance(
  model: Model,
  layout: Layout,
  state: State,
  desk: Desk,
  draw: number,
  from: number,
  to: number,
  rows: Float64Array,
  base: number,
  stride: number,
): void {
  readParameters(state, desk, draw)
  for (let month = from; month < to; month++) {
    const row = base + (month - from) * stride
    freezeWithout(model, state, desk, draw, month)
    planMonth(model, state, desk, draw, month)
    settleMonth(model, layout, state, desk, draw, month, 0, rows, row)
    settleMonth(model, layout, state, desk, draw, month, 1, rows, row)
    recordPlan(layout, desk, rows, row)
    if (month % WINDOW === WINDOW - 1) closeBlock(model, state, draw)
  }
}

const placeOf = (name: ParameterName): number => PARAMETER_NAMES.indexOf(name)
const COMPLIANCE = placeOf('compliance')
const FREEZE_HAZARD = placeOf('freezeHazard')
const ESCALATION = placeOf('escalation')
const DETERRENCE = placeOf('deterrence')
const FREEZE_SHARE = placeOf('freezeShare.medicaid')
const RESTORE_HAZARD = placeOf('restoreHazard')
const UNLAWFUL_SHARE = placeOf('unlawfulShare')
const ARREARS_PAID = placeOf('arrearsPaid')
const COURT_HAZARD = placeOf('courtHazard.settled')
const PENALTY_ASSESSED = placeOf('penaltyAssessed')
const MULTIPLIER = placeOf('spendingMultiplier')
const SPILLOVER = placeOf('spillover')

function readParameters({ chances }: State, desk: Desk, draw: number): void {
  const base = parameterBase(draw)
  const at = (place: number): number => chances.parameters[base + place] as number
  desk.key0 = chances.keys[2 * draw] as number
  desk.key1 = chances.keys[2 * draw + 1] as number
  desk.compliance = at(COMPLIANCE)
  desk.freezeHazard = at(FREEZE_HAZARD)
  desk.escalation = at(ESCALATION)
  desk.freezeChance = chanceOfRate(desk.freezeHazard)
  desk.escalatedChance = chanceOfRate(desk.freezeHazard * desk.escalation)
  desk.deterrence = at(DETERRENCE)
  desk.channelsStopped = 0
  for (let k = 0; k < CHANNELS.length; k++) {
    desk.freezeShare[k] = at(FREEZE_SHARE + k)
    if (at(FREEZE_SHARE + k) > 0) desk.channelsStopped = k + 1
  }
  desk.restoreChance = chanceOfRate(at(RESTORE_HAZARD))
  desk.unlawfulShare = at(UNLAWFUL_SHARE)
  desk.arrearsPaid = at(ARREARS_PAID)
  for (let tier = 0; tier < TIERS.length; tier++)
    desk.courtChance[tier] = chanceOfRate(at(COURT_HAZARD + tier))
  desk.penaltyAssessed = at(PENALTY_ASSESSED)
  desk.multiplier = at(MULTIPLIER)
  desk.spillover = at(SPILLOVER)
}

/** Steps 1 to 4 of the run with the plan, and the programmes' money. */
function planMonth(model: Model, state: State, desk: Desk, draw: number, month: number): void {
  clear(desk)
  const leverage = readLeverage(model, state, desk, draw)
  runCourts(model, state, desk, draw, month)
  markAtRisk(model, desk)
  raiseReplacement(model, desk)
  freezeMembers(model, state, desk, draw, month, leverage)
  runTrusts(model, state, desk, draw, month)
  runProgrammes(model, desk, month)
}

function clear(desk: Desk): void {
  const { shortfall, rest, paid, held, exposure, cost, income, spending, escalated } = desk
  for (let m = 0; m < escalated.length; m++) {
    shortfall[m] = 0
    rest[m] = 0
    paid[m] = 0
    held[m] = 0
    exposure[m] = 0
    cost[m] = 0
    income[m] = 0
    spending[m] = 0
    escalated[m] = 0
  }
}

const ALL_CHANNELS = (1 << CHANNELS.length) - 1

/** L, and the escalation of every channel of the members of a trust that held money: both at the end of the month before. */
function readLeverage(model: Model, state: State, desk: Desk, draw: number): number {
  let total = 0
  for (const [i, trust] of model.trusts.entries()) {
    const held = heldBy(model, state, draw, i)
    total += held
    if (held > 0)
      for (let m = 0; m < trust.belongs.length; m++)
        if (trust.belongs[m] === 1) desk.escalated[m] = ALL_CHANNELS
  }
  return total * model.perMembersTax
}

/** Step 1. A measure that was stopped stays so. */
function runCourts(model: Model, state: State, desk: Desk, draw: number, month: number): void {
  const { key0, key1, courtChance, active } = desk
  const base = draw * active.length
  for (let measure = 0; measure < active.length; measure++) {
    active[measure] = 0
    if (month + 1 < (model.starts[measure] as number) || state.stopped[base + measure] === 1) continue
    const chance = courtChance[model.tiers[measure] as number] as number
    if (uniformAt(measurePosition(month, measure, 0), key0, key1) < chance) {
      state.stopped[base + measure] = 1
      settleAll(model, state, desk, draw, month, measure)
    } else active[measure] = 1
  }
}

function markAtRisk(model: Model, desk: Desk): void {
  const M = model.members.length
  for (let measure = 0; measure < desk.active.length; measure++) {
    const atRisk = model.atRisk[measure] as number
    if (atRisk === 0 || desk.active[measure] === 0) continue
    for (let m = 0; m < M; m++)
      if (model.belongs[measure * M + m] === 1) desk.escalated[m] = (desk.escalated[m] as number) | atRisk
  }
}

function raiseReplacement(model: Model, desk: Desk): void {
  const { replace } = desk
  for (let m = 0; m < model.members.length; m++)
    for (let k = 0; k < BUDGET_CHANNEL_COUNT; k++)
      replace[m * BUDGET_CHANNEL_COUNT + k] = model.replace[model.members[m] as number] as number
  for (const raised of model.replacements) {
    if (desk.active[raised.measure] === 0) continue
    for (let m = 0; m < raised.belongs.length; m++)
      for (let k = 0; k < BUDGET_CHANNEL_COUNT; k++) {
        if (raised.belongs[m] === 0 || ((raised.channels >> k) & 1) === 0) continue
        const at = m * BUDGET_CHANNEL_COUNT + k
        replace[at] = Math.max(replace[at] as number, raised.replace)
      }
  }
}

function runProgrammes(model: Model, desk: Desk, month: number): void {
  for (const { measure, cost, income, spending } of model.moneyMeasures) {
    if (desk.active[measure] === 0) continue
    let at = month + 1 - (model.starts[measure] as number)
    for (let m = 0; m < model.members.length; m++, at += model.months) {
      desk.cost[m] = (desk.cost[m] as number) + (cost[at] as number)
      desk.income[m] = (desk.income[m] as number) + (income[at] as number)
      desk.spending[m] = (desk.spending[m] as number) + (spending[at] as number)
    }
  }
}

function recordPlan(layout: Layout, desk: Desk, rows: Float64Array, row: number): void {
  const kept = [desk.held, desk.exposure, desk.paid, desk.cost]
  const columns = [layout.held, layout.exposure, layout.paid, layout.programmeCost]
  for (let i = 0; i < kept.length; i++) {
    const values = kept[i] as Float64Array
    const column = row + (columns[i] as number)
    let sum = 0
    for (let m = 0; m < values.length; m++) {
      rows[column + m] = values[m] as number
      sum += values[m] as number
    }
    rows[row + layout.trustSums + i] = sum
  }
}
