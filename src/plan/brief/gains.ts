import { assert } from '../../base/index.ts'
import type { Figure, Group, GroupTotals, PlaceHorizon, Results, Total } from '../../scenario/index.ts'

/** What is gained or lost over the horizon: the own people first, then the budgets. */
export const GAINS = ['cuts', 'gdp', 'jobs', 'net', 'paid', 'cost'] as const
export type Gain = (typeof GAINS)[number]

/**
 * `better` and `worse` where the mean lies more than two standard errors from zero; `none` where no draw changes
 * anything; else chance alone could give it.
 */
export type Verdict = 'better' | 'worse' | 'unclear' | 'none'

/** With the plan less without it, over the draws. */
export interface Change extends Pick<Figure, 'mean' | 'mean_error' | 'q05' | 'q95'> {
  readonly verdict: Verdict
}

export interface GainRow {
  readonly gain: Gain
  readonly unit: 'USD' | 'job-years'
  /** Members without the plan, mean; nothing where only a difference has a meaning. */
  readonly without: number | undefined
  readonly members: Change
  readonly others: Change
  readonly nation: Change
}

export const TOTAL_OF: Readonly<Record<Exclude<Gain, 'net'>, Total>> = {
  cuts: 'cuts',
  gdp: 'gdp',
  jobs: 'jobs',
  paid: 'paid',
  cost: 'programmeCost',
}
/** Of these, less is better. */
const BURDENS: readonly Gain[] = ['cuts', 'paid', 'cost']
/** A run without the plan has no such thing. */
const ONLY_WITH: readonly Gain[] = ['gdp', 'jobs', 'net']
const MONTHS_A_YEAR = 12

/** Who gains and who loses, row by row. */
export function gainsOf(results: Results): readonly GainRow[] {
  return GAINS.map((gain) => {
    const factor = gain === 'jobs' ? 1 / MONTHS_A_YEAR : 1
    const of = (group: Group) => changeOf(gain, differenceOf(results, gain, group), factor)
    return {
      gain,
      unit: gain === 'jobs' ? 'job-years' : 'USD',
      without:
        gain === 'net' || ONLY_WITH.includes(gain)
          ? undefined
          : totalsOf(results, 'members').totals[TOTAL_OF[gain]].without.mean,
      members: of('members'),
      others: of('non-members'),
      nation: of('nation'),
    }
  })
}

function differenceOf(results: Results, gain: Gain, group: Group): Figure {
  return gain === 'net'
    ? horizonOfGroup(results, group).netFiscal
    : totalsOf(results, group).totals[TOTAL_OF[gain]].difference
}

function changeOf(gain: Gain, figure: Figure, factor: number): Change {
  const [mean, mean_error, q05, q95] = [figure.mean, figure.mean_error, figure.q05, figure.q95].map(
    (value) => value * factor,
  ) as [number, number, number, number]
  return { mean, mean_error, q05, q95, verdict: verdictOf(gain, figure) }
}

function verdictOf(gain: Gain, { mean, mean_error, q05, q95 }: Figure): Verdict {
  if (mean === 0 && mean_error === 0 && q05 === 0 && q95 === 0) return 'none'
  // One draw has no error, and says nothing of others.
  if (!(Math.abs(mean) > 2 * mean_error)) return 'unclear'
  return mean > 0 !== BURDENS.includes(gain) ? 'better' : 'worse'
}

export function totalsOf(results: Results, group: Group): GroupTotals {
  const found = results.totals.find(({ place }) => place === group)
  assert(found, `${group} has totals`)
  return found
}

export function horizonOfGroup(results: Results, group: Group): PlaceHorizon {
  const found = results.horizon.find(({ place }) => place === group)
  assert(found, `${group} has a horizon`)
  return found
}

/** How members end in the draws, in whole futures of a hundred that add up to a hundred. */
export interface Futures {
  readonly worse: number
  readonly same: number
  readonly better: number
  /** One standard error by chance of the most uncertain of the three, in futures of a hundred. */
  readonly error: number
}

export function futuresOf(results: Results): Futures {
  const { netFiscalAboveZero: better, netFiscalBelowZero: worse } = horizonOfGroup(results, 'members')
  const shares = [worse.probability, 1 - worse.probability - better.probability, better.probability]
  const [w = 0, s = 0, b = 0] = hundredths(shares)
  const same = { error: Math.sqrt(((shares[1] ?? 0) * (1 - (shares[1] ?? 0))) / results.draws) }
  return {
    worse: w,
    same: s,
    better: b,
    error: 100 * Math.max(better.error, worse.error, Number.isFinite(same.error) ? same.error : 0),
  }
}

/** Whole hundredths that add up to a hundred: the largest remainders are rounded up. */
function hundredths(shares: readonly number[]): readonly number[] {
  const exact = shares.map((share) => 100 * Math.max(0, share))
  const whole = exact.map(Math.floor)
  const left = 100 - whole.reduce((sum, value) => sum + value, 0)
  const order = exact.map((value, i) => [value - (whole[i] ?? 0), i] as const).sort((a, b) => b[0] - a[0])
  for (const [, i] of order.slice(0, left)) whole[i] = (whole[i] ?? 0) + 1
  return whole
}
