import type { Principal, Usps } from '../base/index.ts'
import { type Action, mayDo } from './actions.ts'
import type { Person } from './schema.ts'

/** Where a person's duties lie; whoever has none belongs to all. */
export const placesOf = ({ grants }: Pick<Person, 'grants'>): readonly (Usps | 'all')[] => {
  const places = [...new Set(grants.map(({ jurisdiction }) => jurisdiction))]
  return places.length === 0 ? ['all'] : places
}

/** People whom who asks may see: with a duty in a place that is theirs, and there only those duties. */
export const visibleTo = (principal: Principal, people: readonly Person[]): readonly Person[] =>
  people.flatMap((person) => {
    if (mayDo(principal, 'access.read', 'all')) return [person]
    const grants = person.grants.filter((grant) => mayDo(principal, 'access.read', grant.jurisdiction))
    return grants.length === 0 ? [] : [{ ...person, grants }]
  })

/** The first place of a person where who asks may not do this; a whole account is touched only by who may everywhere. */
export const barredFrom = (
  principal: Principal,
  action: Action,
  person: Pick<Person, 'grants'>,
): Usps | 'all' | undefined => placesOf(person).find((place) => !mayDo(principal, action, place))

/** Whether who asks may see anybody's duties at all. */
export const seesPeople = (principal: Principal): boolean =>
  mayDo(principal, 'access.read', 'all') ||
  (principal.kind === 'user' &&
    principal.grants.some(({ jurisdiction }) => mayDo(principal, 'access.read', jurisdiction)))
