import type { Cents, DivisionId } from '../base/index.ts'
import type { Exposure } from './exposure.ts'
import type { Figures } from './figures.ts'
import type { Leverage } from './leverage.ts'
import type { Figure, YearKind } from './schema.ts'
import { centsOf, shareOf } from './units.ts'
import { runwayTenths } from './what-if.ts'

export const RATIOS = [
  'leverage-to-exposure',
  'leverage-to-collected',
  'dependence',
  'exposure-to-general-fund',
  'runway',
] as const
export type RatioId = (typeof RATIOS)[number]

/** An input of a ratio with the year it is of, so that a reader sees years mixed. */
export interface RatioInput {
  readonly name: string
  readonly year: number
  readonly year_kind: YearKind
}

export type Ratio = { readonly id: RatioId; readonly inputs: readonly RatioInput[] } & (
  | { readonly ok: true; readonly low: number; readonly high: number; readonly unit: 'share' | 'months' }
  | { readonly ok: false; readonly missing: readonly MissingInput[] }
)
export type MissingInput = 'leverage' | 'exposure' | 'collected' | 'revenue' | 'general-fund' | 'reserve'

export interface RatioFacts {
  readonly leverage: Leverage | undefined
  readonly exposure: Exposure | undefined
  readonly collected: Figure | undefined
  readonly dependence: Dependence | undefined
  readonly generalFund: { readonly fund: Figure; readonly exposure: Figure } | undefined
  readonly reserve: { readonly amount: Cents; readonly as_of: string } | undefined
}

/** The ratios of one place. A missing input leaves the ratio out and is named. */
export function ratiosOf(facts: RatioFacts): readonly Ratio[] {
  return [
    leverageToExposure(facts),
    leverageToCollected(facts),
    dependenceRatio(facts),
    exposureToGeneralFund(facts),
    runway(facts),
  ]
}

function leverageToExposure({ leverage, exposure }: RatioFacts): Ratio {
  const id = 'leverage-to-exposure'
  if (!leverage || !exposure) return leftOut(id, [!leverage && 'leverage', !exposure && 'exposure'])
  return {
    id,
    ok: true,
    unit: 'share',
    low: shareOf(leverage.low, exposure.total),
    high: shareOf(leverage.high, exposure.total),
    inputs: [inputOf(leverage), exposureInput(exposure)],
  }
}

function leverageToCollected({ leverage, collected }: RatioFacts): Ratio {
  const id = 'leverage-to-collected'
  if (!leverage || !collected) return leftOut(id, [!leverage && 'leverage', !collected && 'collected'])
  const whole = centsOf(collected)
  return {
    id,
    ok: true,
    unit: 'share',
    low: shareOf(leverage.low, whole),
    high: shareOf(leverage.high, whole),
    inputs: [inputOf(leverage), figureInput('IRS', collected)],
  }
}

function dependenceRatio({ dependence }: RatioFacts): Ratio {
  if (!dependence) return leftOut('dependence', ['revenue'])
  const { share } = dependence
  return {
    id: 'dependence',
    ok: true,
    unit: 'share',
    low: share,
    high: share,
    inputs: [figureInput('Census', dependence.revenue)],
  }
}

/** Both of the newest state fiscal year that both surveys hold: an old figure, but one of one year. */
function exposureToGeneralFund({ generalFund }: RatioFacts): Ratio {
  if (!generalFund) return leftOut('exposure-to-general-fund', ['general-fund'])
  const share = shareOf(centsOf(generalFund.exposure), centsOf(generalFund.fund))
  return {
    id: 'exposure-to-general-fund',
    ok: true,
    unit: 'share',
    low: share,
    high: share,
    inputs: [figureInput('Census', generalFund.exposure), figureInput('NASBO', generalFund.fund)],
  }
}

function runway({ reserve, exposure }: RatioFacts): Ratio {
  if (!reserve || !exposure) return leftOut('runway', [!reserve && 'reserve', !exposure && 'exposure'])
  const months = Number(runwayTenths(reserve.amount, exposure.total)) / 10
  const year = Number(reserve.as_of.slice(0, 4))
  return {
    id: 'runway',
    ok: true,
    unit: 'months',
    low: months,
    high: months,
    inputs: [{ name: 'reserve', year, year_kind: 'calendar' }, exposureInput(exposure)],
  }
}

export interface Dependence {
  readonly share: number
  readonly federal: Figure
  readonly revenue: Figure
}

/** Federal money in general revenue: of the state government; for DC, which has no state level, of the District. */
export function dependenceOf(figures: Figures, place: DivisionId): Dependence | undefined {
  for (const level of ['state', 'sl']) {
    const revenue = figures.latest(place, 'census_finance', `${level}_general_revenue`)
    const federal =
      revenue &&
      figures.figure(place, 'census_finance', `${level}_federal_intergovernmental_revenue`, revenue.year)
    if (revenue && federal) return { share: shareOf(centsOf(federal), centsOf(revenue)), federal, revenue }
  }
  return undefined
}

/** The newest general fund with the federal grants of the same state fiscal year. */
export function generalFundOf(figures: Figures, place: DivisionId): RatioFacts['generalFund'] {
  const fund = figures.latest(place, 'nasbo', 'nasbo_general_fund_spending')
  const exposure = fund && figures.figure(place, 'census_grants', 'state_fed_grants_total', fund.year)
  return fund && exposure ? { fund, exposure } : undefined
}

/** Rank of each place by a value, largest first; equal values share a rank. Places without one are left out. */
export function ranks<K>(values: ReadonlyMap<K, number>): ReadonlyMap<K, number> {
  const sorted = [...values.values()].sort((a, b) => b - a)
  return new Map([...values].map(([place, value]) => [place, sorted.indexOf(value) + 1]))
}

const leftOut = (id: RatioId, missing: readonly (MissingInput | false)[]): Ratio => ({
  id,
  ok: false,
  inputs: [],
  missing: missing.filter((name) => name !== false),
})
const inputOf = (leverage: Leverage): RatioInput => ({
  name: 'leverage',
  year: leverage.tax_year,
  year_kind: 'calendar',
})
const exposureInput = (exposure: Exposure): RatioInput => ({
  name: exposure.inputs.length > 0 ? 'Census' : 'inventory',
  year: exposure.year,
  year_kind: exposure.inputs[0]?.year_kind ?? 'state-fiscal',
})
const figureInput = (name: string, { year, year_kind }: Figure): RatioInput => ({ name, year, year_kind })
