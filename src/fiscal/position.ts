import {
  type Cents,
  cents,
  type DivisionId,
  divisionOfState,
  type IsoDate,
  STATES,
  type Usps,
} from '../base/index.ts'
import { balanceOf } from './balance.ts'
import { isOpen, stillStopped } from './disruption.ts'
import { type EmployerShare, employerShareOf } from './employer-share.ts'
import { type Exposure, exposureByFunction } from './exposure.ts'
import type { FunctionStrength } from './facts.ts'
import type { Figures } from './figures.ts'
import { type AnnualWithholding, type Leverage, leverageOf, stateOnlyLeverage } from './leverage.ts'
import { dependenceOf, generalFundOf, type Ratio, type RatioFacts, ratiosOf } from './ratios.ts'
import { type Estimate, rivals } from './rivals.ts'
import type { Claim, Figure, RecordedDisruption, SponsorFigure, Strength } from './schema.ts'
import { centsOf } from './units.ts'

/** Lines of one source's year, largest first, with what they add up to. */
export interface Sides {
  readonly year: number
  readonly gives: readonly Figure[]
  readonly gets: readonly Figure[]
  readonly given: Cents
  readonly got: Cents
  readonly balance: Cents
}

/** Everything that a page about one place's position says, decided from facts; the page only shows it. */
export interface Position {
  readonly usps: Usps
  readonly jurisdiction: DivisionId
  readonly estimates: readonly Estimate[]
  readonly sides: Sides | undefined
  /** Gross federal collections in the year of the leverage estimate. */
  readonly collected: Figure | undefined
  readonly exposure: Exposure | undefined
  readonly stopped: readonly { readonly strength: Strength; readonly amount: Cents }[]
  readonly leverage: Leverage | undefined
  /** Beside the leverage, never inside it. */
  readonly employer: EmployerShare | undefined
  readonly state_only: ReturnType<typeof stateOnlyLeverage>
  readonly sponsor: readonly SponsorFigure[]
  readonly dependence: RatioFacts['dependence']
  readonly ratios: readonly Ratio[]
}

export interface PositionFacts {
  readonly figures: Figures
  readonly claims: readonly Claim[]
  readonly sponsors: readonly SponsorFigure[]
  readonly judged: readonly FunctionStrength[]
  readonly price: AnnualWithholding
  /** The exposure of the place's own list of awards, where it has one. */
  readonly ownExposure?: Exposure | undefined
  readonly reserve?: { readonly amount: Cents; readonly as_of: string } | undefined
  readonly disruptions?: readonly RecordedDisruption[]
  readonly today: IsoDate
}

/** The year of both the collections and the pay that leverage is measured in. */
export const LEVERAGE_YEAR = 2023

export function positionOf(usps: Usps, facts: PositionFacts): Position {
  const { figures, price } = facts
  const jurisdiction = divisionOfState(usps)
  const leverage = leverageOf(figures, jurisdiction, price)
  const exposure = facts.ownExposure ?? exposureByFunction(figures, jurisdiction, facts.judged)
  const collected = figures.figure(jurisdiction, 'irs_collections', 'irs_total', LEVERAGE_YEAR)
  const dependence = dependenceOf(figures, jurisdiction)
  const generalFund = generalFundOf(figures, jurisdiction)
  return {
    usps,
    jurisdiction,
    estimates: rivals(figures, jurisdiction, facts.claims),
    sides: sidesOf(figures, jurisdiction),
    collected,
    exposure,
    stopped: stoppedNow(facts.disruptions ?? [], facts.today),
    leverage,
    employer: leverage && employerShareOf(leverage),
    state_only: stateOnlyLeverage(figures, jurisdiction, price),
    sponsor: facts.sponsors.filter((figure) => figure.usps === usps),
    dependence,
    ratios: ratiosOf({ leverage, exposure, collected, dependence, generalFund, reserve: facts.reserve }),
  }
}

/** What a place gave and got by category, from the one source that holds categories for every state. */
export function sidesOf(figures: Figures, place: DivisionId): Sides | undefined {
  const lines = (total: string) =>
    figures
      .categoriesOf('recon_2018')
      .filter((category) => category.part_of === total)
      .flatMap((category) => figures.figure(place, 'recon_2018', category.category, 2018) ?? [])
      .sort((a, b) => Number(centsOf(b) - centsOf(a)))
  const [gives, gets] = [lines('receipts_total'), lines('expenditures_total_excl_procurement')]
  if (gives.length === 0 || gets.length === 0) return undefined
  const sum = (list: readonly Figure[]) => cents(list.reduce((total, f) => total + centsOf(f), 0n))
  const flows = { gives: sum(gives), gets: sum(gets) }
  return { year: 2018, gives, gets, given: flows.gives, got: flows.gets, balance: balanceOf(flows) }
}

/** What recorded disruptions hold back today, by the strength of the money. */
function stoppedNow(disruptions: readonly RecordedDisruption[], today: IsoDate): Position['stopped'] {
  const totals = new Map<Strength, bigint>()
  for (const d of disruptions) {
    const rest = isOpen(d, today) ? stillStopped(d) : undefined
    if (rest !== undefined && rest > 0n) totals.set(d.strength, (totals.get(d.strength) ?? 0n) + rest)
  }
  return [...totals].map(([strength, amount]) => ({ strength, amount: cents(amount) }))
}

/** Published estimates of the newest year first: the one that a first sentence may quote, and the others beside it. */
export function newestPublished(estimates: readonly Estimate[]): Estimate | undefined {
  const published = estimates.filter((one) => one.kind === 'published')
  return published.toSorted((a, b) => b.year - a.year)[0]
}

/** Estimates that a sentence may count: neither illustration nor claim. */
export const countedEstimates = (estimates: readonly Estimate[]): readonly Estimate[] =>
  estimates.filter((one) => one.kind === 'published' || one.kind === 'own')

export interface LeverageRow {
  readonly usps: Usps
  readonly leverage: Leverage | undefined
  readonly employer: EmployerShare | undefined
  readonly collected: Figure | undefined
  readonly exposure: Exposure | undefined
  /** The newest published balance. */
  readonly balance: Estimate | undefined
  readonly rank: number | undefined
}

/** Usable leverage of the 50 states and DC beside gross balance and exposure, in order of postal code. */
export function leverageTable(facts: Omit<PositionFacts, 'today'>): readonly LeverageRow[] {
  const { figures, price, judged } = facts
  const rows = STATES.filter((state) => state.kind !== 'territory')
    .map(({ usps }) => {
      const place = divisionOfState(usps)
      const leverage = leverageOf(figures, place, price)
      return {
        usps,
        leverage,
        employer: leverage && employerShareOf(leverage),
        collected: figures.figure(place, 'irs_collections', 'irs_total', LEVERAGE_YEAR),
        exposure: exposureByFunction(figures, place, judged),
        balance: newestPublished(rivals(figures, place, [])),
      }
    })
    .sort((a, b) => (a.usps < b.usps ? -1 : 1))
  const highs = rows.flatMap((row) => (row.leverage ? [row.leverage.high] : []))
  return rows.map((row) => {
    const high = row.leverage?.high
    return { ...row, rank: high === undefined ? undefined : 1 + highs.filter((other) => other > high).length }
  })
}
