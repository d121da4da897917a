import { chanceOfRate, exp } from './arithmetic.ts'
import { channelPosition, TWO_TO_31, TWO_TO_32, uniformAt, wordAt } from './chances.ts'
import type { Model } from './model.ts'
import { CHANNEL_COUNT } from './parse.ts'
import { BUDGET_CHANNEL_COUNT } from './schema.ts'
import { ACCOUNT, type Desk, type Flows, P, type State } from './state.ts'

/** Steps 2 and 3 without the plan: every jurisdiction at the bare hazard. */
export function freezeWithout(model: Model, state: State, desk: Desk, draw: number, month: number): void {
  const chance = desk.freezeChance
  freeze(model, desk, state.frozen, undefined, draw, month, desk.everywhere, chance, chance, desk.without)
}

/** Steps 2 and 3 with the plan, for members alone: for others they are the same as without. */
export function freezeMembers(
  model: Model,
  state: State,
  desk: Desk,
  draw: number,
  month: number,
  leverage: number,
): void {
  let [open, escalated] = [desk.freezeChance, desk.escalatedChance]
  if (leverage > 0) {
    const deterred = exp(-desk.deterrence * leverage)
    open = chanceOfRate(desk.freezeHazard * deterred)
    escalated = chanceOfRate(desk.freezeHazard * desk.escalation * deterred)
  }
  const { memberFrozen, memberUnlawful } = state
  freeze(
    model,
    desk,
    memberFrozen,
    memberUnlawful,
    draw,
    month,
    model.members,
    open,
    escalated,
    desk.withPlan,
  )
}

const SIGN = 0x80000000 | 0

/**
 * The largest word whose uniform is below a chance, with its sign bit turned, so that `u < chance` is one comparison of
 * whole numbers: exact, since a uniform is a whole number of 2^-32. For a chance of 0 there is none; that is asked apart.
 */
const lastWordBelow = (chance: number): number =>
  chance > 0 ? (Math.ceil(chance * TWO_TO_32) - 1 - TWO_TO_31) | 0 : SIGN

/**
 * A channel that was frozen in n months has lost n times the same loss, since neither its money nor the draw's share
 * changes; so the number of months is all that is kept. `unlawful` is there for the run with the plan.
 */
function freeze(
  model: Model,
  desk: Desk,
  frozen: Uint8Array,
  unlawful: Uint8Array | undefined,
  draw: number,
  month: number,
  places: Int32Array,
  chance: number,
  chanceEscalated: number,
  flows: Flows,
): void {
  const { monthly, replace } = model
  const { key0, key1, freezeShare, arrearsPaid } = desk
  const open = lastWordBelow(chance)
  const escalated = lastWordBelow(chanceEscalated)
  const restore = lastWordBelow(desk.restoreChance)
  const cells = model.jurisdictions.length * CHANNEL_COUNT
  const count = places.length
  // Without the plan a freeze that stops nothing has no effect; with it a trust may still hold because of it.
  const channels = unlawful === undefined ? desk.channelsStopped : CHANNEL_COUNT
  for (let i = 0; i < count; i++) {
    const j = places[i] as number
    const mask = unlawful === undefined ? 0 : (desk.escalated[i] as number)
    const cell = j * CHANNEL_COUNT
    let slot = (draw * count + i) * CHANNEL_COUNT
    let position = channelPosition(month, cells, cell, 0)
    let lossBudget = 0
    let lossEconomy = 0
    let need = 0
    let arrearsBudget = 0
    let arrearsEconomy = 0
    for (let k = 0; k < channels; k++, slot++, position += 3) {
      const months = frozen[slot] as number
      if (months === 0) {
        const isEscalated = ((mask >> k) & 1) === 1
        if ((wordAt(position, key0, key1) ^ SIGN) > (isEscalated ? escalated : open)) continue
        if ((isEscalated ? chanceEscalated : chance) === 0) continue
        if (unlawful !== undefined)
          unlawful[slot] = uniformAt(position + 1, key0, key1) < desk.unlawfulShare ? 1 : 0
      } else if ((wordAt(position + 2, key0, key1) ^ SIGN) <= restore && desk.restoreChance > 0) {
        const lost = months * (freezeShare[k] as number) * (monthly[cell + k] as number)
        if (k < BUDGET_CHANNEL_COUNT) arrearsBudget += arrearsPaid * lost
        else arrearsEconomy += arrearsPaid * lost
        frozen[slot] = 0
        continue
      }
      frozen[slot] = months + 1
      const loss = (freezeShare[k] as number) * (monthly[cell + k] as number)
      if (k < BUDGET_CHANNEL_COUNT) {
        const share = unlawful === undefined ? replace[j] : desk.replace[i * BUDGET_CHANNEL_COUNT + k]
        lossBudget += loss
        need += loss * (share as number)
      } else lossEconomy += loss
    }
    flows.lossBudget[j] = lossBudget
    flows.lossEconomy[j] = lossEconomy
    flows.need[j] = need
    flows.arrearsBudget[j] = arrearsBudget
    flows.arrearsEconomy[j] = arrearsEconomy
  }
}

/** Money that a trust, or all of them, holds for its members. */
export function heldBy(model: Model, state: State, draw: number, trust: number): number {
  const M = model.members.length
  let base = (draw * model.trusts.length + trust) * M * ACCOUNT
  let held = 0
  for (let m = 0; m < M; m++, base += ACCOUNT) held += state.accounts[base + P] as number
  return held
}

/** Whether a channel of the member is frozen, or frozen and found unlawful: from the month after its start. */
export function isFrozen(state: State, slot: number, needsUnlawful: boolean): boolean {
  for (let k = slot; k < slot + CHANNEL_COUNT; k++) {
    const months = state.memberFrozen[k] as number
    if (needsUnlawful ? months >= 2 && state.memberUnlawful[k] === 1 : months >= 1) return true
  }
  return false
}
