import {
  type Cents,
  cents,
  type DivisionId,
  divisionOfState,
  type IsoDate,
  STATES,
  type Usps,
} from '../base/index.ts'
import type { Db, Shell } from '../db/index.ts'
import { annualWithholding } from './annual-withholding.ts'
import { groupAwards, listInventories } from './awards-store.ts'
import { listDisruptions } from './disruption-store.ts'
import { type Exposure, exposureOfAwards } from './exposure.ts'
import { readClaims, readFunctionStrengths, readSponsorFigures } from './facts.ts'
import type { Figures } from './figures.ts'
import type { AnnualWithholding } from './leverage.ts'
import { type LeverageRow, leverageTable, type Position, type PositionFacts, positionOf } from './position.ts'
import { RATIOS, type Ratio, ranks } from './ratios.ts'
import { loadFigures, loadReserve } from './store.ts'

const prices = new WeakMap<Figures, AnnualWithholding>()

/** The engine, asked once for each payroll of a revision: a page asks for the same few again and again. */
function priceOf(figures: Figures): AnnualWithholding {
  const known = prices.get(figures)
  if (known) return known
  const priced = new Map<string, Cents>()
  const price: AnnualWithholding = (payroll) => {
    const key = Object.values(payroll).join(' ')
    const tax = priced.get(key) ?? annualWithholding(payroll)
    priced.set(key, tax)
    return tax
  }
  prices.set(figures, price)
  return price
}

export const factsOf = (figures: Figures) => ({
  figures,
  claims: readClaims(),
  sponsors: readSponsorFigures(),
  judged: readFunctionStrengths(),
  price: priceOf(figures),
})

/** A place's position with what its own people have added: their list of awards, reserve, disruptions. */
export async function loadPosition(shell: Shell, usps: Usps): Promise<Position> {
  const place = divisionOfState(usps)
  const [figures, ownExposure, reserve, disruptions] = await Promise.all([
    loadFigures(shell.db),
    loadOwnExposure(shell.db, place),
    loadReserve(shell.db, place),
    listDisruptions(shell.db, { jurisdiction: place }),
  ])
  const facts: PositionFacts = {
    ...factsOf(figures),
    ownExposure,
    reserve: reserve && { amount: cents(reserve.amount_cents), as_of: reserve.as_of },
    disruptions,
    today: todayOf(shell),
  }
  return positionOf(usps, facts)
}

export const todayOf = (shell: Shell): IsoDate => shell.now().slice(0, 10) as IsoDate

/** The exposure that the newest list of a place's own shows; nothing while it has only the first list. */
async function loadOwnExposure(db: Db, place: DivisionId): Promise<Exposure | undefined> {
  const newest = (await listInventories(db, place)).find((inventory) => inventory.format !== 'first')
  if (!newest) return undefined
  const groups = await groupAwards(db, place, newest.id)
  return exposureOfAwards(groups)
}

const tables = new WeakMap<Figures, readonly LeverageRow[]>()

/** The leverage of every state, reckoned once for each revision of the figures. */
export async function loadLeverageTable(db: Db): Promise<readonly LeverageRow[]> {
  const figures = await loadFigures(db)
  const known = tables.get(figures) ?? leverageTable(factsOf(figures))
  tables.set(figures, known)
  return known
}

const allRanks = new WeakMap<Figures, ReadonlyMap<Ratio['id'], ReadonlyMap<Usps, number>>>()

/** Where a place stands among all by each ratio, by the facts alone: own lists and reserves of one state rank nobody. */
export async function loadRanks(
  db: Db,
  usps: Usps,
): Promise<ReadonlyMap<Ratio['id'], { readonly rank: number; readonly of: number }>> {
  const figures = await loadFigures(db)
  const known = allRanks.get(figures) ?? rankAll(figures)
  allRanks.set(figures, known)
  return new Map(
    [...known].flatMap(([id, byPlace]) => {
      const rank = byPlace.get(usps)
      return rank === undefined ? [] : [[id, { rank, of: byPlace.size }] as const]
    }),
  )
}

function rankAll(figures: Figures): ReadonlyMap<Ratio['id'], ReadonlyMap<Usps, number>> {
  const facts = { ...factsOf(figures), today: '2000-01-01' as IsoDate }
  const positions = STATES.filter((state) => state.kind !== 'territory').map((state) =>
    positionOf(state.usps, facts),
  )
  return new Map(
    RATIOS.map((id) => {
      const values = positions.flatMap((position) => {
        const ratio = position.ratios.find((one) => one.id === id)
        return ratio?.ok ? [[position.usps, ratio.high] as const] : []
      })
      return [id, ranks(new Map(values))]
    }),
  )
}
