import { streamOf } from './chances.ts'
import { DEFAULTS, PARAMETER_COUNT, PARAMETER_NAMES } from './defaults.ts'
import { type Quantile, quantileOf } from './distributions.ts'
import { CHANNEL_COUNT, membersOf } from './parse.ts'
import {
  type Amount,
  CHANNELS,
  type Channel,
  type Distribution,
  type JurisdictionInputs,
  type Measure,
  type Scenario,
  TIERS,
} from './schema.ts'

/** A trust by its place among the trusts; arrays by member. */
export interface Trust {
  readonly measure: number
  /** 1 where the member of the plan belongs to the trust. */
  readonly belongs: Uint8Array
  /** Dollars that should be deposited a month: share · (W + opened V) / 12. */
  readonly due: Float64Array
  readonly holdWhen: 'always' | 'while-frozen' | 'while-found-unlawful'
  readonly anyMember: boolean
  readonly monthlyYield: number
}

/** A measure with money in it: dollars by member (outer) and month since its start. */
export interface MoneyMeasure {
  readonly measure: number
  readonly cost: Float64Array
  readonly income: Float64Array
  readonly spending: Float64Array
}

export interface Replacement {
  readonly measure: number
  readonly belongs: Uint8Array
  readonly replace: number
  /** Bit k for channel k. */
  readonly channels: number
}

/** A scenario laid out in typed arrays; jurisdictions in order of USPS code. */
export interface Model {
  readonly scenario: Scenario
  readonly jurisdictions: readonly string[]
  readonly months: number
  /** Place of each member among the jurisdictions, in order of USPS code. */
  readonly members: Int32Array
  /** Place among the members, or -1. */
  readonly memberOf: Int32Array
  /** Federal money a month by jurisdiction and channel: G / 12. */
  readonly monthly: Float64Array
  readonly replace: Float64Array
  readonly gdp: Float64Array
  /** 1 / (ΣY - Y[i]). */
  readonly perOthersGdp: Float64Array
  readonly tax: Float64Array
  /** Jobs per dollar a month: 12 · jobsPerGdp. */
  readonly jobs: Float64Array
  /** Reserves at the start, without a plan and (less what is pooled) with it. */
  readonly reserve: Float64Array
  readonly reserveAfterPooling: Float64Array
  /** By member: what it puts into the aid fund before the first month. */
  readonly contributions: Float64Array
  /** The sum of the contributions. */
  readonly pooled: number
  /** 1 where the member belongs to a trust with mutual aid. */
  readonly drawsAid: Uint8Array
  /** 1 / (Σ over members of X / 12), or 0 where nothing is collected. */
  readonly perMembersTax: number
  readonly monthlyUnderpaymentRate: number
  /** Month of a calendar quarter, 0 to 2, in which the horizon begins. */
  readonly quarterMonth: number
  readonly starts: Int32Array
  readonly tiers: Int32Array
  /** By measure: bit k where channel k is at risk. */
  readonly atRisk: Int32Array
  /** By measure and member. */
  readonly belongs: Uint8Array
  readonly trusts: readonly Trust[]
  readonly moneyMeasures: readonly MoneyMeasure[]
  readonly replacements: readonly Replacement[]
}

export function modelOf(scenario: Scenario): Model {
  const jurisdictions = Object.keys(scenario.inputs).sort()
  const inputs = jurisdictions.map(
    (usps) => scenario.inputs[usps as keyof Scenario['inputs']] as JurisdictionInputs,
  )
  const column = (of: (one: JurisdictionInputs) => number) => Float64Array.from(inputs, of)
  const memberNames = jurisdictions.filter((usps) => (scenario.members as readonly string[]).includes(usps))
  const members = Int32Array.from(memberNames, (usps) => jurisdictions.indexOf(usps))
  const belongsTo = (measure: Measure) =>
    Uint8Array.from(memberNames, (usps) => (membersOf(scenario, measure).includes(usps) ? 1 : 0))
  const of = <T>(kind: string, make: (measure: Measure, place: number) => T): readonly T[] =>
    scenario.measures.flatMap((measure, place) => (measure.kind === kind ? [make(measure, place)] : []))
  const gdp = column(({ Y }) => Y)
  const national = gdp.reduce((sum, value) => sum + value, 0)
  const reserve = column(({ R0 }) => R0)
  const pool = poolOf(scenario, memberNames)
  const afterPooling = reserve.slice()
  const contributions = Float64Array.from(members, (j, m) => contributionOf(at(reserve, j), at(pool, m)))
  for (const [m, j] of members.entries()) afterPooling[j] = at(reserve, j) - at(contributions, m)
  const collected = members.reduce((sum, j) => sum + (inputs[j]?.X ?? 0) / 12, 0)
  return {
    scenario,
    jurisdictions,
    months: scenario.months,
    members,
    memberOf: Int32Array.from(jurisdictions, (usps) => memberNames.indexOf(usps)),
    monthly: Float64Array.from(inputs.flatMap(({ G }) => CHANNELS.map((channel) => G[channel] / 12))),
    replace: column((one) => one.replace),
    gdp,
    perOthersGdp: gdp.map((value) => 1 / (national - value)),
    tax: column((one) => one.tax),
    jobs: column(({ jobsPerGdp }) => 12 * jobsPerGdp),
    reserve,
    reserveAfterPooling: afterPooling,
    contributions,
    pooled: contributions.reduce((sum, value) => sum + value, 0),
    drawsAid: Uint8Array.from(pool, (share) => (share > 0 ? 1 : 0)),
    perMembersTax: collected > 0 ? 1 / collected : 0,
    monthlyUnderpaymentRate: scenario.underpaymentRate / 12,
    quarterMonth: (Number(scenario.firstMonth.slice(5)) - 1) % 3,
    starts: Int32Array.from(scenario.measures, ({ start }) => start),
    tiers: Int32Array.from(scenario.measures, ({ tier }) => TIERS.indexOf(tier)),
    atRisk: Int32Array.from(scenario.measures, ({ atRisk }) => bitsOf(atRisk)),
    belongs: Uint8Array.from(scenario.measures.flatMap((measure) => [...belongsTo(measure)])),
    trusts: of('trust', (measure, place) => trustOf(measure, place, belongsTo(measure), members, inputs)),
    moneyMeasures: scenario.measures.flatMap((measure, place) =>
      moneyOf(scenario, measure, place, memberNames),
    ),
    replacements: scenario.measures.flatMap((measure, place) =>
      measure.kind === 'replacement'
        ? [
            {
              measure: place,
              belongs: belongsTo(measure),
              replace: measure.replace,
              channels: bitsOf(measure.channels),
            },
          ]
        : [],
    ),
  }
}

const at = (array: Float64Array, i: number): number => array[i] as number

const bitsOf = (channels: readonly Channel[]): number =>
  channels.reduce((mask, channel) => mask | (1 << CHANNELS.indexOf(channel)), 0)

function trustOf(
  measure: Measure,
  place: number,
  belongs: Uint8Array,
  members: Int32Array,
  inputs: readonly JurisdictionInputs[],
): Trust {
  if (measure.kind !== 'trust') throw new Error('assertion failed: only trusts are laid out as trusts')
  const dueOf = (j: number): number => {
    const { W, V } = inputs[j] as JurisdictionInputs
    return (measure.share * (W + (measure.openV ? V : 0))) / 12
  }
  return {
    measure: place,
    belongs,
    due: Float64Array.from(members, (j, m) => (belongs[m] === 1 ? dueOf(j) : 0)),
    holdWhen: measure.holdWhen,
    anyMember: measure.trigger === 'any-member',
    monthlyYield: measure.yield / 12,
  }
}

/** Share of each member's reserve that all trusts pool together. */
function poolOf(scenario: Scenario, memberNames: readonly string[]): Float64Array {
  return Float64Array.from(memberNames, (usps) =>
    scenario.measures.reduce(
      (sum, measure) =>
        measure.kind === 'trust' && membersOf(scenario, measure).includes(usps)
          ? sum + measure.mutualAid
          : sum,
      0,
    ),
  )
}

/**
 * What is put in and what stays behind add up to the reserve to the last bit: the larger of the two is a product, and
 * the difference of numbers within a factor of two is exact (Sterbenz), so that the smaller is no approximation.
 */
const contributionOf = (reserve: number, share: number): number =>
  share > 0.5 ? reserve * share : reserve - reserve * (1 - share)

function moneyOf(
  scenario: Scenario,
  measure: Measure,
  place: number,
  memberNames: readonly string[],
): readonly MoneyMeasure[] {
  const spread = (amount: Amount) => spreadOf(amount, scenario, measure, memberNames)
  if (measure.kind === 'programme')
    return [
      {
        measure: place,
        cost: spread(measure.cost),
        income: spread(measure.income),
        spending: spread(measure.spending),
      },
    ]
  if (measure.kind === 'non-fiscal')
    return [
      { measure: place, cost: spread(measure.cost), income: spread(measure.saving), spending: spread(0) },
    ]
  return []
}

/** Dollars by member and month since the start. */
function spreadOf(
  amount: Amount,
  scenario: Scenario,
  measure: Measure,
  memberNames: readonly string[],
): Float64Array {
  const belongs = membersOf(scenario, measure)
  return Float64Array.from(
    memberNames.flatMap((usps) => {
      const stream =
        typeof amount === 'number' || Array.isArray(amount) ? amount : amount[usps as keyof typeof amount]
      return Array.from({ length: scenario.months }, (_, month) => {
        if (stream === undefined || !belongs.includes(usps)) return 0
        return typeof stream === 'number' ? stream : (stream[month] ?? 0)
      })
    }),
  )
}

/** The distribution of each parameter, in order: the scenario's own where it has one. */
export const distributionsOf = (scenario: Scenario): readonly Distribution[] =>
  PARAMETER_NAMES.map((name) => {
    const distribution = scenario.parameters[name] ?? DEFAULTS[name].distribution
    if (distribution === undefined) throw new Error(`assertion failed: ${name} was checked to be given`)
    return distribution
  })

/** Keys of the months' uniforms, and parameters, of some draws of a seed. */
export interface Chances {
  readonly count: number
  readonly keys: Int32Array
  /** By draw and parameter. */
  readonly parameters: Float64Array
}

/** How each parameter is drawn, in order; some lay out a table first, so make them once. */
export const quantilesOf = (scenario: Scenario): readonly Quantile[] =>
  distributionsOf(scenario).map(quantileOf)

export function chancesOf(
  quantiles: readonly Quantile[],
  seed: number,
  firstDraw: number,
  count: number,
): Chances {
  const keys = new Int32Array(2 * count)
  const parameters = new Float64Array(PARAMETER_COUNT * count)
  for (let d = 0; d < count; d++) {
    const stream = streamOf(seed, firstDraw + d)
    keys[2 * d] = stream.next()
    keys[2 * d + 1] = stream.next()
    for (const [p, quantile] of quantiles.entries())
      parameters[PARAMETER_COUNT * d + p] = quantile(stream.uniform())
  }
  return { count, keys, parameters }
}

/** Channels of all jurisdictions: the size of a month in the positions of `uChannel`. */
export const cellsOf = (model: Model): number => model.jurisdictions.length * CHANNEL_COUNT
