import { type Instant, stateOf, type Usps } from '../../base/index.ts'
import type { Book } from '../../registry/index.ts'
import {
  type Figure,
  figureOf,
  type PlaceHorizon,
  type Results,
  type SensitivityResults,
  type Swing,
} from '../../scenario/index.ts'
import type { Groundwork } from '../agenda/groundwork.ts'
import type { RunGround, StoredRun } from '../runs/runs.ts'
import type { Plan } from '../schema.ts'
import { type Authority, authoritiesOf, type First, firstsOf } from './authority.ts'
import { type Futures, futuresOf, type GainRow, gainsOf, horizonOfGroup } from './gains.ts'

/** The version of the document that a brief is of. */
export interface BriefVersion {
  readonly origin: 'shipped' | 'saved' | 'file'
  /** From 1 for a saved plan. */
  readonly version: number
  readonly sha256: string
}

export interface BriefGround {
  readonly run: StoredRun
  readonly document: BriefVersion
  readonly book: Book
  readonly groundwork: Groundwork
}

/** All that a brief says, before anything is cut to two pages; texts of the plan and of records in their own language. */
export interface Brief {
  readonly plan: Plan
  /** Names of the members' states. */
  readonly members: readonly string[]
  readonly futures: Futures
  /** Reserve at the end less services cut, with the plan less without it: members together. */
  readonly net: Figure
  readonly gains: readonly GainRow[]
  readonly fan: Fan
  readonly emptied: PlaceHorizon['reserveEmptied']
  readonly mutual_aid: PlaceHorizon['mutualAid']
  readonly authorities: readonly Authority[]
  readonly firsts: readonly First[]
  readonly deciders: Deciders
  readonly inputs: readonly BriefInput[]
  /** Assumptions of the model that the plan replaces. */
  readonly replaced: readonly string[]
  readonly left_out: RunGround['left_out']
  readonly stamp: Stamp
}

/** Quantiles of the members' reserve by month, with the plan and without it; dollars. */
export interface Fan {
  /** What is in the reserves before the first month. */
  readonly start: number
  readonly start_basis: 'figures' | 'estimate' | 'assumption'
  readonly with: Band
  readonly without: Band
}
export type Band = Readonly<Record<'q05' | 'q25' | 'q50' | 'q75' | 'q95', readonly number[]>>

/** The mean result in the third of the draws at each end of an assumption, the widest apart first. */
export interface Deciders {
  /** Over all draws. */
  readonly mean: number
  readonly swings: readonly Decider[]
}
export interface Decider extends Swing {
  /** Its part in the spread of the result, where that was studied. */
  readonly sobol: { readonly total: number; readonly error: number } | undefined
}

/** An input of the model, of all members together. */
export interface BriefInput {
  readonly symbol: string
  readonly value: number
  readonly first_year: number | undefined
  readonly last_year: number | undefined
  readonly basis: 'figures' | 'estimate' | 'assumption'
}

/** What makes the same figures again. */
export interface Stamp {
  readonly document: BriefVersion
  readonly facts: string
  readonly engine: string
  readonly seed: number
  readonly draws: number
  readonly made_at: Instant
  readonly run: string
}

export function briefOf({ run, document, book, groundwork }: BriefGround): Brief {
  const { ground, results, sensitivity } = run
  const { plan } = ground
  const members = horizonOfGroup(results, 'members')
  const inputs = inputsOf(ground)
  return {
    plan,
    members: plan.members.map((usps) => stateOf(usps as Usps).name),
    futures: futuresOf(results),
    net: members.netFiscal,
    gains: gainsOf(results),
    fan: fanOf(results, inputs),
    emptied: members.reserveEmptied,
    mutual_aid: members.mutualAid,
    authorities: authoritiesOf(plan, ground.tiers, book),
    firsts: firstsOf(plan, book, groundwork),
    deciders: decidersOf(results, sensitivity, members.netFiscal),
    inputs,
    replaced: ground.assumptions.flatMap(({ name, basis }) => (basis === 'plan' ? [name] : [])),
    left_out: ground.left_out,
    stamp: {
      document,
      facts: ground.facts,
      engine: results.engineVersion,
      seed: results.seed,
      draws: results.draws,
      made_at: run.made_at as Instant,
      run: run.key,
    },
  }
}

function fanOf(results: Results, inputs: readonly BriefInput[]): Fan {
  const start = inputs.find(({ symbol }) => symbol === 'R0')
  const band = (view: 'with' | 'without'): Band => {
    const months = Array.from({ length: results.months }, (_, t) =>
      figureOf(results, 'members', 'reserve', view, t + 1),
    )
    const of = (field: keyof Band) => months.map((figure) => figure[field])
    return { q05: of('q05'), q25: of('q25'), q50: of('q50'), q75: of('q75'), q95: of('q95') }
  }
  return {
    start: start?.value ?? 0,
    start_basis: start?.basis ?? 'assumption',
    with: band('with'),
    without: band('without'),
  }
}

/** As many as there is room for. */
const MOST_DECIDERS = 5

function decidersOf({ swings }: Results, study: SensitivityResults | undefined, net: Figure): Deciders {
  const indices = study?.places.find(({ place }) => place === 'members')?.indices ?? []
  const ofMembers = swings.find(({ place }) => place === 'members')?.swings ?? []
  const reach = ({ low, high }: Swing) => Math.abs(high.mean - low.mean)
  const widest = ofMembers.filter((swing) => reach(swing) > 0).toSorted((a, b) => reach(b) - reach(a))
  return {
    mean: net.mean,
    swings: widest.slice(0, MOST_DECIDERS).map((swing) => {
      const index = indices.find(({ factor }) => factor === swing.parameter)
      return { ...swing, sobol: index && { total: index.total, error: index.error } }
    }),
  }
}

/** In dollars, so that members add up; shares are in the list of the run. */
const ADDED = [
  'W',
  'X',
  'G.medicaid',
  'G.formula-grants',
  'G.project-grants',
  'G.procurement',
  'Y',
  'R0',
] as const

/** The least certain goes for all. */
const BASES = ['figures', 'estimate', 'assumption'] as const

function inputsOf({ inputs }: RunGround): readonly BriefInput[] {
  return ADDED.map((symbol) => {
    const lines = inputs.flatMap((place) => place.lines.filter((line) => line.symbol === symbol))
    const years = lines.flatMap((line) => line.years)
    return {
      symbol,
      value: lines.reduce((sum, line) => sum + line.value, 0),
      first_year: years.length > 0 ? Math.min(...years) : undefined,
      last_year: years.length > 0 ? Math.max(...years) : undefined,
      basis: BASES.findLast((basis) => lines.some((line) => line.basis === basis)) ?? 'figures',
    }
  })
}

/** How much longer the longer case is than the shorter, as a share of the shorter; letters and spaces are counted. */
export function casesDiffer({ case_for, case_against }: Pick<Plan, 'case_for' | 'case_against'>): number {
  const [shorter, longer] = [case_for.length, case_against.length].sort((a, b) => a - b) as [number, number]
  return longer / shorter - 1
}

/** What a fair brief allows. */
export const MOST_CASES_DIFFER = 0.15
