import { chanceOfRate, exp } from './arithmetic.ts'
import {
  CHANNELS_TOGETHER,
  channelPosition,
  freezeWord,
  TWO_TO_24,
  TWO_TO_31,
  TWO_TO_32,
  togetherPosition,
  uniformAt,
  wordAt,
} from './chances.ts'
import type { Model } from './model.ts'
import { CHANNEL_COUNT } from './parse.ts'
import { BUDGET_CHANNEL_COUNT } from './schema.ts'
import { ACCOUNT, CHANNEL_ROOM, type Desk, type Flows, type Frozen, P, type State } from './state.ts'

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
const EACH_BYTE = 0x01010101
const HIGHEST_BITS = 0x80808080 | 0
/** Bytes of the second word of four channels that belong to no channel: the highest, which no chance reaches. */
const NO_CHANNEL = -1 << (8 * (CHANNEL_COUNT - CHANNELS_TOGETHER))

/**
 * The largest word whose uniform is below a chance, with its sign bit turned, so that `u < chance` is one comparison of
 * whole numbers: exact, since a uniform is a whole number of 2^-32. For a chance of 0 there is none; that is asked apart.
 */
const lastWordBelow = (chance: number): number =>
  chance > 0 ? (Math.ceil(chance * TWO_TO_32) - 1 - TWO_TO_31) | 0 : SIGN

/** The highest bytes below this one may be those of words below the chance; 0 where none is. */
const firstByteAbove = (chance: number): number =>
  chance > 0 ? Math.floor((Math.ceil(chance * TWO_TO_32) - 1) / TWO_TO_24) + 1 : 0

/**
 * Not zero where one of four bytes is below a bound of at most 128, given as the bound in each byte (Mycroft's test).
 */
const hasByteBelow = (word: number, bounds: number): number => (word - bounds) & ~word & HIGHEST_BITS
const MOST_BOUND = 128

/**
 * A channel that was frozen in n months has lost n times the same loss, since neither its money nor the draw's share
 * changes; so the number of months is all that is kept. Where no channel of a place is frozen and no chance comes near,
 * one look at four channels says so. `unlawful` is there for the run with the plan.
 */
function freeze(
  model: Model,
  desk: Desk,
  { months: frozen, words }: Frozen,
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
  const { lossBudget, lossEconomy, need, arrearsBudget, arrearsEconomy } = flows
  const open = lastWordBelow(chance)
  const escalated = lastWordBelow(chanceEscalated)
  const restore = lastWordBelow(desk.restoreChance)
  const bound = firstByteAbove(Math.max(chance, chanceEscalated))
  const bounds = Math.imul(bound, EACH_BYTE)
  const J = model.jurisdictions.length
  const cells = J * CHANNEL_COUNT
  const count = places.length
  // Without the plan a freeze that stops nothing has no effect; with it a trust may still hold because of it.
  const channels = unlawful === undefined ? desk.channelsStopped : CHANNEL_COUNT
  const hasMany = channels > CHANNELS_TOGETHER
  for (let i = 0; i < count; i++) {
    const j = places[i] as number
    const at = draw * count + i
    const first = wordAt(togetherPosition(month, J, j, 0), key0, key1)
    let second = 0
    let stirs = (words[2 * at] as number) | hasByteBelow(first, bounds)
    if (hasMany) {
      second = wordAt(togetherPosition(month, J, j, 1), key0, key1)
      stirs |= (words[2 * at + 1] as number) | hasByteBelow(second | NO_CHANNEL, bounds)
    }
    if (stirs === 0 && bound <= MOST_BOUND) {
      lossBudget[j] = 0
      lossEconomy[j] = 0
      need[j] = 0
      arrearsBudget[j] = 0
      arrearsEconomy[j] = 0
      continue
    }
    const mask = unlawful === undefined ? 0 : (desk.escalated[i] as number)
    const cell = j * CHANNEL_COUNT
    let slot = at * CHANNEL_ROOM
    let position = channelPosition(month, cells, cell, 0)
    let lostBudget = 0
    let lostEconomy = 0
    let needed = 0
    let backBudget = 0
    let backEconomy = 0
    for (let k = 0; k < channels; k++, slot++, position += 3) {
      const months = frozen[slot] as number
      if (months === 0) {
        const together = k < CHANNELS_TOGETHER ? first : second
        if (((together >>> (8 * (k % CHANNELS_TOGETHER))) & 255) >= bound) continue
        const isEscalated = ((mask >> k) & 1) === 1
        const word = freezeWord(together, k, wordAt(position, key0, key1))
        if ((word ^ SIGN) > (isEscalated ? escalated : open)) continue
        if ((isEscalated ? chanceEscalated : chance) === 0) continue
        if (unlawful !== undefined)
          unlawful[slot] = uniformAt(position + 1, key0, key1) < desk.unlawfulShare ? 1 : 0
      } else if ((wordAt(position + 2, key0, key1) ^ SIGN) <= restore && desk.restoreChance > 0) {
        const lost = months * (freezeShare[k] as number) * (monthly[cell + k] as number)
        if (k < BUDGET_CHANNEL_COUNT) backBudget += arrearsPaid * lost
        else backEconomy += arrearsPaid * lost
        frozen[slot] = 0
        continue
      }
      frozen[slot] = months + 1
      const loss = (freezeShare[k] as number) * (monthly[cell + k] as number)
      if (k < BUDGET_CHANNEL_COUNT) {
        const share = unlawful === undefined ? replace[j] : desk.replace[i * BUDGET_CHANNEL_COUNT + k]
        lostBudget += loss
        needed += loss * (share as number)
      } else lostEconomy += loss
    }
    lossBudget[j] = lostBudget
    lossEconomy[j] = lostEconomy
    need[j] = needed
    arrearsBudget[j] = backBudget
    arrearsEconomy[j] = backEconomy
  }
}

/** `uChannel[t][j][k][which]` as a uniform. */
export function channelUniform(
  month: number,
  cells: number,
  cell: number,
  which: number,
  key0: number,
  key1: number,
): number {
  const word = wordAt(channelPosition(month, cells, cell, which), key0, key1)
  if (which !== 0) return (word >>> 0) / TWO_TO_32
  const [j, k] = [Math.floor(cell / CHANNEL_COUNT), cell % CHANNEL_COUNT]
  const group = Math.floor(k / CHANNELS_TOGETHER)
  const together = wordAt(togetherPosition(month, cells / CHANNEL_COUNT, j, group), key0, key1)
  return (freezeWord(together, k, word) >>> 0) / TWO_TO_32
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
    const months = state.memberFrozen.months[k] as number
    if (needsUnlawful ? months >= 2 && state.memberUnlawful[k] === 1 : months >= 1) return true
  }
  return false
}
