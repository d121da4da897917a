import { type Cents, cents, type DivisionId, divideHalfUp, divisionOfState, STATES } from '../base/index.ts'
import { balanceOf, type Flows } from './balance.ts'
import type { Figures } from './figures.ts'
import type { Claim, Figure, Grade, YearKind } from './schema.ts'
import { centsOf, countOf, toCents } from './units.ts'

/** What stands behind a balance; a picture shows it by the form of the dot. */
export type EstimateKind = 'published' | 'own' | 'illustration' | 'user' | 'claim'

/** One estimate of one place's balance with the federal government, as its source counts. */
export interface Estimate {
  readonly id: string
  readonly jurisdiction: DivisionId
  readonly name: string
  readonly kind: EstimateKind
  readonly grade: Grade | 'claim'
  readonly year: number
  readonly year_kind: YearKind
  /** More than one for a yearly mean over several years. */
  readonly year_span: number
  readonly flows: Flows | undefined
  readonly balance: Cents
  /** How the number was made from the inputs; empty for a published total. */
  readonly formula: string
  readonly inputs: readonly Figure[]
  readonly why_it_differs: string
  readonly url: string | undefined
}

interface Method {
  readonly id: string
  readonly name: string
  readonly kind: EstimateKind
  readonly formula: string
  readonly why: string
  readonly make: (figures: Figures, place: DivisionId) => Made | undefined
}
interface Made {
  readonly flows: Flows
  readonly balance: Cents
  readonly inputs: readonly Figure[]
  readonly series: string
}

/** Every way of counting that the data holds for whole states, in the order in which pages show them. */
export const METHODS: readonly Method[] = [
  {
    id: 'rockefeller',
    name: 'Rockefeller Institute',
    kind: 'published',
    formula: 'published value per resident × residents of the calendar year',
    why: 'Taxes are placed where their burden falls; pandemic programmes are inside; one year of large deficits.',
    make: rockefeller,
  },
  {
    id: 'recon_2018',
    name: 'Our reconstruction',
    kind: 'own',
    formula: 'sum of spending lines − sum of receipt lines',
    why: 'Contracts and federal pensions are left out, so every state looks poorer than it is; before the pandemic.',
    make: reconstruction,
  },
  {
    id: 'tax_foundation',
    name: 'Tax Foundation, yearly mean',
    kind: 'published',
    formula: 'sum of 25 years ÷ 25',
    why: 'A mean of 1981 to 2005 in dollars of those years; the deficit is counted as a tax that is due.',
    make: taxFoundation,
  },
  {
    id: 'irs_less_usaspending',
    name: 'IRS gross less USAspending awards',
    kind: 'illustration',
    formula: 'awards at place of performance − gross collections at place of filing',
    why: 'Taxes count where they are filed and before refunds; most Social Security is missing and insurers are booked where they sit.',
    make: irsLessAwards,
  },
]

/** Every estimate on record for a place: whole-state sources, a user's own series, then claims. */
export function rivals(figures: Figures, place: DivisionId, claims: readonly Claim[]): readonly Estimate[] {
  const made = METHODS.flatMap((method) => {
    const one = estimate(figures, place, method)
    return one ? [one] : []
  })
  const own = [...figures.series.values()]
    .filter((series) => series.origin === 'user')
    .flatMap((series) => userEstimate(figures, place, series.id))
  const said = claims.filter((claim) => divisionOfUsps(claim.usps) === place).map(fromClaim)
  return [...made, ...own, ...said]
}

export function estimate(figures: Figures, place: DivisionId, method: Method): Estimate | undefined {
  const made = method.make(figures, place)
  const series = made && figures.series.get(made.series)
  if (!made || !series) return undefined
  return {
    id: method.id,
    jurisdiction: place,
    name: method.name,
    kind: method.kind,
    grade: series.grade,
    year: made.inputs[0]?.year ?? 0,
    year_kind: series.year_kind,
    year_span: series.year_span ?? 1,
    flows: made.flows,
    balance: made.balance,
    formula: method.formula,
    inputs: made.inputs,
    why_it_differs: method.why,
    url: figures.sources.get(series.source)?.url,
  }
}

/** One method for every state and DC that its source covers. */
export function estimates(figures: Figures, methodId: string): ReadonlyMap<DivisionId, Estimate> {
  const method = METHODS.find((m) => m.id === methodId)
  const places = STATES.filter((s) => s.kind !== 'territory').map((s) => divisionOfState(s.usps))
  return new Map(
    places.flatMap((place) => {
      const one = method && estimate(figures, place, method)
      return one ? [[place, one] as const] : []
    }),
  )
}

function rockefeller(figures: Figures, place: DivisionId): Made | undefined {
  const one = (category: string) => figures.figure(place, 'rockefeller', category, 2022)
  const gives = one('bop_receipts_per_capita')
  const gets = one('bop_expenditures_per_capita')
  const balance = one('bop_balance_per_capita')
  const residents = figures.figure(place, 'bea_macro', 'population', 2022)
  if (!gives || !gets || !balance || !residents) return undefined
  const total = (figure: Figure) => cents(centsOf(figure) * countOf(residents))
  const flows = { gives: total(gives), gets: total(gets) }
  return { flows, balance: total(balance), inputs: [gives, gets, balance, residents], series: 'rockefeller' }
}

function reconstruction(figures: Figures, place: DivisionId): Made | undefined {
  const gives = figures.figure(place, 'recon_2018', 'receipts_total', 2018)
  const gets = figures.figure(place, 'recon_2018', 'expenditures_total_excl_procurement', 2018)
  return between('recon_2018', gets, gives)
}

function irsLessAwards(figures: Figures, place: DivisionId): Made | undefined {
  const gives = figures.figure(place, 'irs_collections', 'irs_total', 2025)
  const gets = figures.figure(place, 'usaspending_awards', 'usaspending_award_total', 2025)
  return between('usaspending_awards', gets, gives)
}

function between(series: string, gets: Figure | undefined, gives: Figure | undefined): Made | undefined {
  if (!gets || !gives) return undefined
  const flows = { gets: centsOf(gets), gives: centsOf(gives) }
  return { flows, balance: balanceOf(flows), inputs: [gets, gives], series }
}

function taxFoundation(figures: Figures, place: DivisionId): Made | undefined {
  const one = (what: string) =>
    figures.figure(place, 'tax_foundation', `taxfound_cum_1981_2005_${what}`, 2005)
  const [gets, gives, net] = [one('spending'), one('taxes'), one('net')]
  if (!gets || !gives || !net) return undefined
  const yearly = (figure: Figure) => cents(divideHalfUp(centsOf(figure), 25n))
  return {
    flows: { gets: yearly(gets), gives: yearly(gives) },
    balance: yearly(net),
    inputs: [gets, gives, net],
    series: 'tax_foundation',
  }
}

/** The newest year for which a user's series has both sides, in one unit of money and one kind of year. */
function userEstimate(figures: Figures, place: DivisionId, seriesId: string): readonly Estimate[] {
  const series = figures.series.get(seriesId)
  const own = figures.all(seriesId).filter((f) => f.jurisdiction === place)
  const years = [...new Set(own.map((f) => f.year))].sort((a, b) => b - a)
  for (const year of years) {
    const side = (direction: string) => own.filter((f) => f.year === year && f.direction === direction)
    const [gives, gets] = [side('gives'), side('gets')]
    if (!series || gives.length === 0 || gets.length === 0) continue
    const sum = (list: readonly Figure[]) => cents(list.reduce((total, f) => total + centsOf(f), 0n))
    const flows = { gives: sum(gives), gets: sum(gets) }
    return [
      {
        id: series.id,
        jurisdiction: place,
        name: series.short,
        kind: 'user',
        grade: 'user',
        year,
        year_kind: series.year_kind,
        year_span: 1,
        flows,
        balance: balanceOf(flows),
        formula: 'sum of spending lines − sum of receipt lines',
        inputs: [...gets, ...gives],
        why_it_differs: series.allocation,
        url: figures.sources.get(series.source)?.url,
      },
    ]
  }
  return []
}

const fromClaim = (claim: Claim): Estimate => ({
  id: claim.id,
  jurisdiction: divisionOfUsps(claim.usps) as DivisionId,
  name: claim.who,
  kind: 'claim',
  grade: 'claim',
  year: claim.year,
  year_kind: claim.year_kind,
  year_span: 1,
  flows: undefined,
  balance: toCents(claim.balance_usd, 'usd'),
  formula: '',
  inputs: [],
  why_it_differs: `${claim.says} ${claim.why_it_differs}`,
  url: claim.url,
})

const divisionOfUsps = (usps: string): DivisionId | undefined => {
  const state = STATES.find((s) => s.usps === usps)
  return state && divisionOfState(state.usps)
}
