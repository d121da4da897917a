import { FIGURE_SIZE, type Figure, figureAt, type Probability, probabilityOf, Summariser } from './figures.ts'
import { GROUPS } from './layout.ts'
import type { Model } from './model.ts'
import type { Ending, Endings } from './state.ts'

/** What the whole horizon brings to a jurisdiction, or to a group of them. */
export interface PlaceHorizon {
  readonly place: string
  /** (Reserve at the end + its part of what the aid fund has left - sum of cuts) with the plan, less the same without. */
  readonly netFiscal: Figure
  readonly netFiscalAboveZero: Probability
  readonly netFiscalBelowZero: Probability
  /** What it put into the aid fund before the first month, and its part of what is left at the end; nothing where none. */
  readonly mutualAid?: { readonly pooled: number; readonly left: Figure }
  readonly reserveEmptied: { readonly with: Emptied; readonly without: Emptied }
}

/** That the reserve is zero at the end of a month; for a group, that of any of its jurisdictions. */
export interface Emptied extends Probability {
  /** The first such month, from 1, in the draws that have one. */
  readonly month?: Figure
}

export function horizonOf(model: Model, endings: Endings, draws: number): readonly PlaceHorizon[] {
  const summariser = new Summariser(draws)
  return placesOf(model).map(({ place, jurisdictions }) => {
    const net = netFiscalOf(model, endings, jurisdictions, draws)
    const pooled = pooledBy(model, jurisdictions)
    return {
      place,
      netFiscal: figureFrom(summariser, net),
      netFiscalAboveZero: probabilityOf(
        net.reduce((count, value) => count + (value > 0 ? 1 : 0), 0),
        draws,
      ),
      netFiscalBelowZero: probabilityOf(
        net.reduce((count, value) => count + (value < 0 ? 1 : 0), 0),
        draws,
      ),
      ...(pooled > 0 && {
        mutualAid: {
          pooled,
          left: figureFrom(
            summariser,
            endings.aid.map((left) => aidPart(model, left, pooled)),
          ),
        },
      }),
      reserveEmptied: {
        with: emptiedOf(model, endings.runs[1], jurisdictions, draws),
        without: emptiedOf(model, endings.runs[0], jurisdictions, draws),
      },
    }
  })
}

export interface Place {
  readonly place: string
  readonly jurisdictions: readonly number[]
}

export function placesOf(model: Model): readonly Place[] {
  const all = model.jurisdictions.map((_, j) => j)
  const isMember = (j: number): boolean => (model.memberOf[j] as number) >= 0
  const of = { members: all.filter(isMember), 'non-members': all.filter((j) => !isMember(j)), nation: all }
  return [
    ...model.jurisdictions.map((place, j) => ({ place, jurisdictions: [j] })),
    ...GROUPS.map((place) => ({ place, jurisdictions: of[place] })),
  ]
}

/** Net fiscal result of some jurisdictions together, by draw. */
export function netFiscalOf(
  model: Model,
  { runs: [without, withPlan], aid }: Endings,
  jurisdictions: readonly number[],
  draws: number,
): Float64Array {
  const J = model.jurisdictions.length
  const net = new Float64Array(draws)
  for (let d = 0; d < draws; d++) {
    let sum = 0
    for (const j of jurisdictions) {
      const at = d * J + j
      const put = putInBy(model, j)
      const reserve = (withPlan.reserve[at] as number) + aidPart(model, aid[d] as number, put)
      const left = reserve - (withPlan.cuts[at] as number)
      sum += left - ((without.reserve[at] as number) - (without.cuts[at] as number))
    }
    net[d] = sum
  }
  return net
}

/** What a jurisdiction put into the aid fund before the first month. */
const putInBy = (model: Model, j: number): number => model.contributions[model.memberOf[j] as number] ?? 0

const pooledBy = (model: Model, jurisdictions: readonly number[]): number =>
  jurisdictions.reduce((sum, j) => sum + putInBy(model, j), 0)

/** What is left in the fund belongs to those who filled it, by what each put in; an unused fund goes back to the cent. */
const aidPart = ({ pooled }: Model, left: number, put: number): number =>
  put === 0 ? 0 : (left / pooled) * put

function figureFrom(summariser: Summariser, values: Float64Array): Figure {
  const figure = new Float64Array(FIGURE_SIZE)
  summariser.write(values, figure, 0)
  return figureAt(figure, 0)
}

function emptiedOf(
  model: Model,
  { emptied }: Ending,
  jurisdictions: readonly number[],
  draws: number,
): Emptied {
  const J = model.jurisdictions.length
  const months: number[] = []
  for (let d = 0; d < draws; d++) {
    let first = 0
    for (const j of jurisdictions) {
      const month = emptied[d * J + j] as number
      if (month > 0 && (first === 0 || month < first)) first = month
    }
    if (first > 0) months.push(first)
  }
  const probability = probabilityOf(months.length, draws)
  if (months.length === 0) return probability
  return { ...probability, month: figureFrom(new Summariser(months.length), Float64Array.from(months)) }
}
