import type { Usps } from '../../base/index.ts'
import type { Book } from '../../registry/index.ts'
import { instancesOf, jointSuits, standingOf, suitsWithRelief } from './standing.ts'
import type { Work } from './work.ts'

/** What must be done before a measure of a type can start. */
export interface GroundworkOf {
  readonly enactment: Work
  readonly start_up: Work
  readonly in_use_by?: 'joint-suits' | undefined
  readonly prerequisites: readonly {
    readonly line: string
    readonly work: Work
    readonly office: string
    /** A playbook type, or `relief` in a suit on federal money. */
    readonly met_by?: string | undefined
  }[]
}
export type Groundwork = ReadonlyMap<string, GroundworkOf>

export interface Prerequisite {
  readonly line: string
  readonly office: string
  readonly work: Work
  /** `none-recorded` is not the same as missing: the registry may not have looked. */
  readonly state: 'met' | 'none-recorded'
  /** Records that show it met. */
  readonly evidence: readonly string[]
  /** The playbook type that must be in force first. */
  readonly needs: string | undefined
}

const isType = (met_by: string | undefined): met_by is string => met_by?.startsWith('play-') === true

export function prerequisitesOf(
  book: Book,
  groundwork: Groundwork,
  type: string,
  usps: Usps,
): readonly Prerequisite[] {
  return (groundwork.get(type)?.prerequisites ?? []).map(({ line, office, work, met_by }) => {
    const evidence = evidenceOf(book, groundwork, met_by, usps)
    return {
      line,
      office,
      work,
      state: evidence.length > 0 ? ('met' as const) : ('none-recorded' as const),
      evidence,
      needs: isType(met_by) ? met_by : undefined,
    }
  })
}

function evidenceOf(
  book: Book,
  groundwork: Groundwork,
  met_by: string | undefined,
  usps: Usps,
): readonly string[] {
  if (met_by === 'relief') return suitsWithRelief(book, usps).map((suit) => suit.id)
  return isType(met_by) ? inForceBy(book, groundwork, met_by, usps) : []
}

/** Records by which a type is in force in the state as a whole; none while it is not. */
export function inForceBy(book: Book, groundwork: Groundwork, type: string, usps: Usps): readonly string[] {
  const instances = instancesOf(book, type, usps)
  if (standingOf(instances) === 'in-force')
    return instances.filter((one) => !one.isLocal).map((one) => one.measure.id)
  return groundwork.get(type)?.in_use_by === 'joint-suits'
    ? jointSuits(book, usps).map((suit) => suit.id)
    : []
}

/** Types that must be in force before the type can be, by the lines that no record shows met. */
export const neededTypes = (prerequisites: readonly Prerequisite[]): readonly string[] =>
  prerequisites.flatMap(({ state, needs }) => (state === 'met' || needs === undefined ? [] : [needs]))
