import { type DivisionId, divisionOfState, NATION, STATES } from '../../base/index.ts'

const BY_FIPS = new Map<string, DivisionId>(STATES.map((s) => [s.fips, divisionOfState(s.usps)]))
const BY_NAME = new Map<string, DivisionId>(STATES.map((s) => [s.name, divisionOfState(s.usps)]))

/** The division of a two-digit FIPS code, `00` for the nation; undefined for regions and other areas. */
export const placeOfFips = (code: string): DivisionId | undefined =>
  code === '00' ? NATION : BY_FIPS.get(code)

export const placeOfName = (name: string): DivisionId | undefined => BY_NAME.get(name)
