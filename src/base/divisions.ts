import { z } from 'zod'
import { STATES, type Usps } from './states.ts'

/** A state, DC or a territory by its postal code, upper case. */
export const UspsCode = z
  .string()
  .refine(
    (code): code is Usps => BY_USPS.has(code),
    'wanted: the postal code of a state, DC or a territory, such as CO',
  )
export type UspsCode = Usps

/**
 * Open Civic Data division id: `ocd-division/country:us`, `…/state:co`, `…/district:dc`, `…/territory:pr`,
 * and below these counties and places. Source: github.com/opencivicdata/ocd-division-ids, identifiers for the US.
 */
export const DivisionId = z
  .string()
  .refine(isDivisionId, 'wanted: an Open Civic Data id such as ocd-division/country:us/state:co/place:denver')
  .brand<'DivisionId'>()
export type DivisionId = z.infer<typeof DivisionId>

export const NATION = 'ocd-division/country:us' as DivisionId

export interface StateRow {
  readonly usps: Usps
  readonly fips: string
  readonly name: string
  readonly kind: 'state' | 'district' | 'territory'
  readonly neighbors: readonly Usps[]
}

const BY_USPS = new Map<string, StateRow>(STATES.map((row) => [row.usps, row]))

export const stateOf = (usps: Usps): StateRow => BY_USPS.get(usps) as StateRow
export const findState = (usps: string): StateRow | undefined => BY_USPS.get(usps.toUpperCase())

export const divisionOfState = (usps: Usps): DivisionId =>
  `${NATION}/${stateOf(usps).kind}:${usps.toLowerCase()}` as DivisionId

/** The state that a division is or lies in; undefined for the nation. */
export function stateOfDivision(id: DivisionId): StateRow | undefined {
  const code = /^ocd-division\/country:us\/(?:state|district|territory):([a-z]{2})/.exec(id)?.[1]
  return code === undefined ? undefined : findState(code)
}

/** True for counties and places; false for a state, DC, a territory and the nation. */
export const isLocal = (id: DivisionId): boolean => id.split('/').length > 3

export function isDivisionId(id: string): boolean {
  const match =
    /^ocd-division\/country:us(?:\/(state|district|territory):([a-z]{2})((?:\/(?:county|parish|borough|place):[a-z0-9_.~-]+)*))?$/.exec(
      id,
    )
  if (!match) return false
  if (match[1] === undefined) return true
  return findState(match[2] ?? '')?.kind === match[1]
}
