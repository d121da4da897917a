import { assert, type DivisionId, divisionOfState, type Usps } from '../base/index.ts'
import {
  centsOf,
  countOf,
  type Figure,
  type Figures,
  type FunctionStrength,
  publicPayroll,
} from '../fiscal/index.ts'
import { type Channel, DEFAULT_REPLACE, type JurisdictionInputs } from '../scenario/index.ts'
import { estimateAnnualWithholding } from '../withholding/index.ts'

/** One input of the model with where it comes from. */
export interface InputLine {
  /** Symbol of the model: `W`, `G.medicaid`, `tax` … */
  readonly symbol: string
  readonly value: number
  readonly unit: 'USD a year' | 'USD' | 'share' | 'jobs per USD a year'
  /** Years of the figures that it was made from, the oldest first. */
  readonly years: readonly number[]
  readonly basis: 'figures' | 'estimate' | 'assumption'
  readonly how: string
  /** Figures that it was made from. */
  readonly figures: readonly Figure[]
}

export interface PlaceInputs {
  readonly usps: Usps
  readonly lines: readonly InputLine[]
  /** What no figure says; a place that misses anything is left out of the model by name. */
  readonly missing: readonly string[]
  readonly inputs: JurisdictionInputs | undefined
}

/** A balance that a place has itself reported. */
export interface ReportedReserve {
  readonly dollars: number
  readonly as_of: string
  readonly source: string
}

export interface InputFacts {
  readonly figures: Figures
  readonly judged: readonly FunctionStrength[]
  readonly reserves: ReadonlyMap<Usps, ReportedReserve>
}

const TAX_YEAR = 2023
/**
 * Shares of federal returns by filing status, rounded, for want of a table by state: about 53 in 100 single or
 * separate, 34 joint, 13 head of household (IRS Statistics of Income, returns of 2021). An assumption for each state.
 */
const FILING_MIX = { single_or_mfs: 53, married_filing_jointly: 34, head_of_household: 13 }

/**
 * Days that the median state could run on its rainy-day fund alone at the end of fiscal 2025: Pew, "State Reserves
 * Recede From Record High as Fiscal Pressures Mount", 15 October 2025, from NASBO's survey.
 */
const MEDIAN_RESERVE_DAYS = 46.9
const DAYS_A_YEAR = 365

type Draft = Omit<InputLine, 'symbol'> | string

/** What the model needs to know of a place, line by line; a draft that is a text says what is missing. */
export function inputsOf(usps: Usps, facts: InputFacts): PlaceInputs {
  const place = divisionOfState(usps)
  const drafts: Readonly<Record<string, Draft>> = {
    W: withheld(facts.figures, place),
    V: {
      value: 0,
      unit: 'USD a year',
      years: [],
      basis: 'assumption',
      how: 'no table of other depositors is loaded: zero',
      figures: [],
    },
    X: sumOf(
      facts.figures,
      place,
      'irs_collections',
      ['irs_withheld_income_and_fica', 'irs_nonwithheld_income_and_seca'],
      'IRS gross collections: individual income tax and FICA withheld, and paid by filers with SECA; before refunds, where the filer or employer remits',
    ),
    ...channels(facts, place),
    Y: sumOf(
      facts.figures,
      place,
      'bea_macro',
      ['gdp_current'],
      'gross domestic product in dollars of the year',
    ),
    R0: reserve(facts, usps, place),
    tax: ratio(facts.figures, place),
    jobsPerGdp: jobs(facts.figures, place),
    replace: {
      value: DEFAULT_REPLACE,
      unit: 'share',
      years: [],
      basis: 'assumption',
      how: 'share of a loss that the state makes up while its reserve lasts',
      figures: [],
    },
  }
  const lines: InputLine[] = []
  const missing: string[] = []
  for (const [symbol, draft] of Object.entries(drafts))
    if (typeof draft === 'string') missing.push(`${symbol}: ${draft}`)
    else lines.push({ symbol, ...draft })
  return { usps, lines, missing, inputs: missing.length > 0 ? undefined : gather(lines) }
}

function gather(lines: readonly InputLine[]): JurisdictionInputs {
  const of = (symbol: string): number => {
    const line = lines.find((one) => one.symbol === symbol)
    assert(line, `${symbol} is among the inputs`)
    return line.value
  }
  const G = (channel: Channel) => of(`G.${channel}`)
  return {
    W: of('W'),
    V: of('V'),
    X: of('X'),
    G: {
      medicaid: G('medicaid'),
      'formula-grants': G('formula-grants'),
      'project-grants': G('project-grants'),
      procurement: G('procurement'),
      wages: G('wages'),
      'direct-payments': G('direct-payments'),
    },
    Y: of('Y'),
    R0: of('R0'),
    tax: of('tax'),
    jobsPerGdp: of('jobsPerGdp'),
    replace: of('replace'),
  }
}

/** Cents of the ledger as dollars of a forecast. */
const dollarsOf = (figure: Figure): number => Number(centsOf(figure)) / 100
const yearsOf = (figures: readonly Figure[]): readonly number[] =>
  [...new Set(figures.map((f) => f.year))].sort()

function withheld(figures: Figures, place: DivisionId): Draft {
  const payroll = publicPayroll(figures, place)
  if (!payroll) return 'no count of state and local employees and their pay'
  const priced = estimateAnnualWithholding({
    year: TAX_YEAR,
    employees: Number(payroll.employees),
    meanAnnualWageCents: payroll.mean_pay,
    filingStatusMix: FILING_MIX,
  })
  if (!priced.ok) return `no withholding for ${TAX_YEAR}`
  return {
    value: Number(priced.value.central) / 100,
    unit: 'USD a year',
    years: yearsOf(payroll.inputs),
    basis: 'estimate',
    how: `${payroll.employees.toLocaleString('en-US')} full-time-equivalent state and local employees, brought to March ${payroll.year} by ${payroll.grown_by === 'own-state-government' ? 'the growth of the state government’s own payroll' : 'the growth of all state governments'}; pay log-normal round the mean; tables of ${TAX_YEAR}; filing statuses mixed 53 : 34 : 13 as in all federal returns`,
    figures: payroll.inputs,
  }
}

/** The newest year in which all categories have a figure. */
function sumOf(
  figures: Figures,
  place: DivisionId,
  series: string,
  categories: readonly string[],
  how: string,
): Draft {
  const [first = ''] = categories
  const newest = figures.latest(place, series, first)
  const parts = categories.flatMap((category) =>
    newest ? (figures.figure(place, series, category, newest.year) ?? []) : [],
  )
  if (parts.length < categories.length) return `no figure of ${series} for ${categories.join(' and ')}`
  return {
    value: parts.reduce((sum, figure) => sum + dollarsOf(figure), 0),
    unit: 'USD a year',
    years: yearsOf(parts),
    basis: 'figures',
    how,
    figures: parts,
  }
}

const DIRECT = [
  'social_security',
  'medicare',
  'railroad_retirement_benefits',
  'military_medical',
  'ssi',
  'snap',
  'veterans_benefits',
  'refundable_tax_credits',
]

/** Grants to the state government by the project's judgment of each function; what was not judged stands with project grants. */
function channels({ figures, judged }: InputFacts, place: DivisionId): Readonly<Record<string, Draft>> {
  const total = figures.latest(place, 'census_grants', 'state_fed_grants_total')
  const grants = (strengths: readonly string[], how: string): Draft => {
    const parts = judged.flatMap(({ category, strength }) =>
      total && strengths.includes(strength)
        ? (figures.figure(place, 'census_grants', category, total.year) ?? [])
        : [],
    )
    if (parts.length === 0) return 'no federal grants by function in the Census survey'
    const value = parts.reduce((sum, figure) => sum + dollarsOf(figure), 0)
    return {
      value: Math.max(0, value),
      unit: 'USD a year',
      years: yearsOf(parts),
      basis: 'figures',
      how,
      figures: parts,
    }
  }
  const to = 'to the state government, grants that go straight to localities left out'
  return {
    'G.medicaid': grants(
      ['entitlement'],
      `public welfare grants, mostly Medicaid, with CHIP, TANF and SNAP administration inside; ${to}`,
    ),
    'G.formula-grants': grants(
      ['formula'],
      `grants of functions that are mostly shared out by formula; ${to}`,
    ),
    'G.project-grants': grants(
      ['project', 'not_coded'],
      `grants of functions that are mostly awarded one by one, and those that the survey does not name; ${to}`,
    ),
    'G.procurement': sumOf(
      figures,
      place,
      'dod_contracts',
      ['dod_contract_obligations'],
      'defense contract obligations by place of performance, for want of all contracts: an illustration',
    ),
    'G.wages': sumOf(
      figures,
      place,
      'bea_flows',
      ['federal_civilian_compensation', 'military_compensation'],
      'pay of federal civilian and military staff with the employer’s contributions',
    ),
    'G.direct-payments': sumOf(figures, place, 'bea_flows', DIRECT, 'federal payments to persons'),
  }
}

function reserve({ figures, reserves }: InputFacts, usps: Usps, place: DivisionId): Draft {
  const own = reserves.get(usps)
  if (own)
    return {
      value: own.dollars,
      unit: 'USD',
      years: [Number(own.as_of.slice(0, 4))],
      basis: 'figures',
      how: `balance on ${own.as_of}, ${own.source}`,
      figures: [],
    }
  const taxes = figures.latest(place, 'census_taxes_2025', 'state_tax_total')
  if (!taxes) return 'no reserve reported, and no state tax collections to assume one from'
  return {
    value: (dollarsOf(taxes) * MEDIAN_RESERVE_DAYS) / DAYS_A_YEAR,
    unit: 'USD',
    years: [taxes.year],
    basis: 'assumption',
    how: `no balance is loaded: ${MEDIAN_RESERVE_DAYS} days, which the median state could run on its fund alone at the end of fiscal 2025 (Pew, 15 October 2025), of the state’s own tax collections`,
    figures: [taxes],
  }
}

function ratio(figures: Figures, place: DivisionId): Draft {
  const revenue = figures.latest(place, 'census_finance', 'sl_general_revenue_own_sources')
  const gdp = revenue && figures.figure(place, 'bea_macro', 'gdp_current', revenue.year)
  if (!revenue || !gdp) return 'no own-source revenue and GDP of one year'
  return {
    value: dollarsOf(revenue) / dollarsOf(gdp),
    unit: 'share',
    years: yearsOf([revenue, gdp]),
    basis: 'figures',
    how: 'state and local general revenue from own sources over the GDP of the same year',
    figures: [revenue, gdp],
  }
}

function jobs(figures: Figures, place: DivisionId): Draft {
  const count = figures.latest(place, 'bea_jobs', 'total_jobs')
  const gdp = figures.latest(place, 'bea_macro', 'gdp_current')
  if (!count || !gdp) return 'no count of jobs, or no GDP'
  return {
    value: Number(countOf(count)) / dollarsOf(gdp),
    unit: 'jobs per USD a year',
    years: yearsOf([count, gdp]),
    basis: 'figures',
    how: 'jobs of the older year over GDP of the newer: the growth of jobs between them is left out, that of prices is not counted as jobs',
    figures: [count, gdp],
  }
}
