import { cents, type DivisionId } from '../base/index.ts'
import type { FunctionStrength } from './facts.ts'
import type { Figures } from './figures.ts'
import type { Award, Figure, Strength } from './schema.ts'
import { centsOf } from './units.ts'

/** Public tables that list money for people and firms of a state, past its budget. */
const PAST_THE_BUDGET: readonly {
  readonly series: string
  readonly category: string
  readonly agency: string
  readonly programme: string
  readonly aln: string | null
  readonly strength: Strength
}[] = [
  {
    series: 'usda_snap',
    category: 'snap_cost',
    agency: 'Department of Agriculture',
    programme: 'SNAP benefits, paid to households',
    aln: '10.551',
    strength: 'direct',
  },
  {
    series: 'irs_eitc',
    category: 'eitc_amount',
    agency: 'Department of the Treasury',
    programme: 'Earned income tax credit, paid to filers',
    aln: null,
    strength: 'direct',
  },
  {
    series: 'dod_contracts',
    category: 'dod_contract_obligations',
    agency: 'Department of Defense',
    programme: 'Defense contract obligations (illustration only)',
    aln: null,
    strength: 'contract',
  },
]

/**
 * A first list of a state's federal funds, for want of its own: the functions of the Census grants table in its
 * newest year, then what public tables hold of money past the budget. Years differ, and each line says its own.
 */
export function firstInventory(
  figures: Figures,
  place: DivisionId,
  judged: readonly FunctionStrength[],
): readonly Award[] {
  const total = figures.latest(place, 'census_grants', 'state_fed_grants_total')
  const grants = judged.flatMap(({ category, strength, agency }) => {
    const figure = total && figures.figure(place, 'census_grants', category, total.year)
    if (!figure || centsOf(figure) === 0n) return []
    const programme = figures.categories.get(`census_grants/${category}`)?.en ?? category
    return [{ figure, agency, programme, aln: null, strength }]
  })
  const past = PAST_THE_BUDGET.flatMap(({ series, category, ...line }) => {
    const figure = figures.latest(place, series, category)
    return figure ? [{ figure, ...line }] : []
  })
  return [...grants, ...past].map((line, at) => awardOf(at + 1, line))
}

interface FirstLine extends Pick<Award, 'agency' | 'programme' | 'aln' | 'strength'> {
  readonly figure: Figure
}

const awardOf = (line: number, { figure, ...rest }: FirstLine): Award => ({
  line,
  award_id: null,
  ...rest,
  state_agency: null,
  year: figure.year,
  year_kind: figure.year_kind,
  amount_cents: cents(centsOf(figure)),
  match_cents: null,
  effort_cents: null,
})
