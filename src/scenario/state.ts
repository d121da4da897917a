import { PARAMETER_COUNT } from './defaults.ts'
import type { Chances, Model } from './model.ts'
import { CHANNEL_COUNT } from './parse.ts'
import { BUDGET_CHANNEL_COUNT } from './schema.ts'

/** Months of spending that the economy feels. */
export const WINDOW = 12

/** Fields of a trust's account of one member. */
export const P = 0
export const B = 1
/** Deposits of the last and of this calendar quarter that bear no interest yet: the queue of B. */
export const QUEUE_LAST = 2
export const QUEUE_THIS = 3
export const INTEREST = 4
export const PENALTY = 5
export const EARNINGS = 6
/** Since the start: what was deposited, and what went to the Treasury. */
export const DEPOSITED = 7
export const REMITTED = 8
export const ACCOUNT = 9

/** How the horizon ended, by draw and jurisdiction, for one run. */
export interface Ending {
  readonly reserve: Float64Array
  /** Sum of the months' cuts. */
  readonly cuts: Float64Array
  /** First month, from 1, at whose end the reserve was zero; 0 for never. */
  readonly emptied: Uint8Array
}

/** How the horizon ended without the plan and with it; `aid` is what the aid fund holds, by draw. */
export interface Endings {
  readonly runs: readonly [Ending, Ending]
  readonly aid: Float64Array
}

/** What one run carries from month to month, by draw and jurisdiction. */
export interface RunState extends Ending {
  readonly revenue: Float64Array
  /**
   * Spending changes, by draw, month of a block of twelve, jurisdiction: this block's months as they come, and before
   * them in the block the sums from there to the end of the last block. Twelve months are then one sum of two figures,
   * and exactly zero where all twelve are.
   */
  readonly spending: Float64Array
  readonly thisBlock: Float64Array
}

/** Bytes for the channels of a place: two words, so that four channels can be seen at once. */
export const CHANNEL_ROOM = 8

/** Months that a channel has been frozen, 0 for open; `words` are the same bytes. */
export interface Frozen {
  readonly months: Uint8Array
  readonly words: Int32Array
}

function frozenOf(places: number): Frozen {
  const months = new Uint8Array(places * CHANNEL_ROOM)
  return { months, words: new Int32Array(months.buffer) }
}

export interface State extends Endings {
  readonly chances: Chances
  /** Without the plan by draw and jurisdiction, with it by draw and member. */
  readonly frozen: Frozen
  readonly memberFrozen: Frozen
  readonly memberUnlawful: Uint8Array
  /** By draw and measure. */
  readonly stopped: Uint8Array
  /** By draw, trust, member and field. */
  readonly accounts: Float64Array
  readonly runs: readonly [RunState, RunState]
}

/** An array for what is shared with other workers, or for oneself. */
export interface Room {
  floats(count: number): Float64Array
  bytes(count: number): Uint8Array
}

export const OWN_ROOM: Room = {
  floats: (count) => new Float64Array(count),
  bytes: (count) => new Uint8Array(count),
}

export function endingsOf(model: Model, draws: number, room: Room): Endings {
  const size = draws * model.jurisdictions.length
  const ending = (): Ending => ({
    reserve: room.floats(size),
    cuts: room.floats(size),
    emptied: room.bytes(size),
  })
  return { runs: [ending(), ending()], aid: room.floats(draws) }
}

/** The part of the endings that belongs to some draws. */
export function partOf(model: Model, { runs, aid }: Endings, first: number, count: number): Endings {
  const J = model.jurisdictions.length
  const part = (ending: Ending): Ending => ({
    reserve: ending.reserve.subarray(first * J, (first + count) * J),
    cuts: ending.cuts.subarray(first * J, (first + count) * J),
    emptied: ending.emptied.subarray(first * J, (first + count) * J),
  })
  return { runs: [part(runs[0]), part(runs[1])], aid: aid.subarray(first, first + count) }
}

/** Where every draw stands before the first month. */
export function startOf(
  model: Model,
  chances: Chances,
  endings = endingsOf(model, chances.count, OWN_ROOM),
): State {
  const draws = chances.count
  const [J, M] = [model.jurisdictions.length, model.members.length]
  for (let d = 0; d < draws; d++) {
    endings.runs[0].reserve.set(model.reserve, d * J)
    endings.runs[1].reserve.set(model.reserveAfterPooling, d * J)
  }
  const run = (ending: Ending): RunState => ({
    ...ending,
    revenue: new Float64Array(draws * J),
    spending: new Float64Array(draws * WINDOW * J),
    thisBlock: new Float64Array(draws * J),
  })
  return {
    chances,
    frozen: frozenOf(draws * J),
    memberFrozen: frozenOf(draws * M),
    memberUnlawful: new Uint8Array(draws * M * CHANNEL_ROOM),
    stopped: new Uint8Array(draws * model.starts.length),
    accounts: new Float64Array(draws * model.trusts.length * M * ACCOUNT),
    aid: endings.aid.fill(model.pooled),
    runs: [run(endings.runs[0]), run(endings.runs[1])],
  }
}

/** What freezes do to one jurisdiction in one month, by jurisdiction. */
export interface Flows {
  readonly lossBudget: Float64Array
  readonly lossEconomy: Float64Array
  readonly need: Float64Array
  readonly arrearsBudget: Float64Array
  readonly arrearsEconomy: Float64Array
}

/** Room for one month of one draw, and the parameters of the draw; used again for the next. */
export class Desk {
  key0 = 0
  key1 = 0
  compliance = 0
  freezeHazard = 0
  /** Chances a month of `freezeHazard` alone and, for who is escalated, with `escalation`. */
  freezeChance = 0
  escalatedChance = 0
  escalation = 0
  deterrence = 0
  readonly freezeShare = new Float64Array(CHANNEL_COUNT)
  /** Channels up to the last of which a freeze stops anything in this draw. */
  channelsStopped = 0
  restoreChance = 0
  unlawfulShare = 0
  arrearsPaid = 0
  readonly courtChance = new Float64Array(3)
  penaltyAssessed = 0
  multiplier = 0
  spillover = 0
  /** By measure, in this month. */
  readonly active: Uint8Array
  /** By member: channels that are escalated in this month, as bits. */
  readonly escalated: Int32Array
  /** By member and budget channel: the share replaced. */
  readonly replace: Float64Array
  readonly shortfall: Float64Array
  readonly rest: Float64Array
  readonly paid: Float64Array
  readonly held: Float64Array
  readonly exposure: Float64Array
  readonly cost: Float64Array
  readonly income: Float64Array
  readonly spending: Float64Array
  readonly effect: Float64Array
  readonly without: Flows
  readonly withPlan: Flows
  readonly everywhere: Int32Array
  readonly others: Int32Array

  constructor(model: Model) {
    const [J, M] = [model.jurisdictions.length, model.members.length]
    const byMember = () => new Float64Array(M)
    const flows = (): Flows => ({
      lossBudget: new Float64Array(J),
      lossEconomy: new Float64Array(J),
      need: new Float64Array(J),
      arrearsBudget: new Float64Array(J),
      arrearsEconomy: new Float64Array(J),
    })
    this.active = new Uint8Array(model.starts.length)
    this.escalated = new Int32Array(M)
    this.replace = new Float64Array(M * BUDGET_CHANNEL_COUNT)
    this.shortfall = byMember()
    this.rest = byMember()
    this.paid = byMember()
    this.held = byMember()
    this.exposure = byMember()
    this.cost = byMember()
    this.income = byMember()
    this.spending = byMember()
    this.effect = new Float64Array(J)
    this.without = flows()
    this.withPlan = flows()
    this.everywhere = Int32Array.from({ length: J }, (_, j) => j)
    this.others = this.everywhere.filter((j) => (model.memberOf[j] as number) < 0)
  }
}

export const parameterBase = (draw: number): number => draw * PARAMETER_COUNT
