import { type DivisionId, divisionOfState, stateOfDivision, type Usps } from '../../base/index.ts'
import type { Book, Measure, PlaybookType, RecOf, Status } from '../../registry/index.ts'

/** How a playbook type stands in a state, the strongest first. */
export const STANDINGS = ['in-force', 'in-force-locally', 'blocked', 'proposed', 'tried', 'open'] as const
export type Standing = (typeof STANDINGS)[number]

const FORCE: readonly Status[] = ['enacted', 'in-effect', 'challenged', 'partly-enjoined']
const PROPOSED: readonly Status[] = ['floated', 'planned', 'announced', 'proposed', 'passed-legislature']

/** How one measure stands: what is neither in force, blocked nor proposed has been tried. */
export function standingOfMeasure({
  status,
}: Pick<Measure, 'status'>): Exclude<Standing, 'in-force-locally' | 'open'> {
  if (FORCE.includes(status)) return 'in-force'
  if (status === 'enjoined') return 'blocked'
  return PROPOSED.includes(status) ? 'proposed' : 'tried'
}

/** A measure of the type here, and whether it is the state's own or that of a county or city. */
export interface Instance {
  readonly measure: Measure
  readonly isLocal: boolean
}

/** Measures of a playbook type in a state and its counties and cities, in order of their ids. */
export function instancesOf(book: Book, type: string, usps: Usps): readonly Instance[] {
  const own = divisionOfState(usps)
  return measuresOf(book, type)
    .filter(({ jurisdictions }) => jurisdictions.some((place) => isIn(place, usps)))
    .map((measure) => ({ measure, isLocal: !measure.jurisdictions.includes(own) }))
}

const isIn = (place: DivisionId, usps: Usps): boolean => stateOfDivision(place)?.usps === usps

export function measuresOf(book: Book, type: string): readonly Measure[] {
  return book
    .relationsTo(type)
    .flatMap(({ type: relation, from }) => {
      const rec = book.records.get(from)
      return relation === 'is-a' && rec?.kind === 'measure' && !rec.withdrawn ? [rec] : []
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

export function standingOf(instances: readonly Instance[]): Standing {
  const has = (wanted: string, isLocal: boolean) =>
    instances.some((one) => one.isLocal === isLocal && standingOfMeasure(one.measure) === wanted)
  if (has('in-force', false)) return 'in-force'
  for (const standing of ['blocked', 'proposed'] as const) if (has(standing, false)) return standing
  if (has('in-force', true)) return 'in-force-locally'
  for (const standing of ['blocked', 'proposed'] as const) if (has(standing, true)) return standing
  return instances.length > 0 ? 'tried' : 'open'
}

type Suit = RecOf<'lawsuit'>

/** Suits in which the state is a plaintiff together with others. */
export const jointSuits = (book: Book, usps: Usps): readonly Suit[] =>
  suitsOf(book, usps).filter((suit) => suit.plaintiffs.length > 1)

const RELIEF: readonly Status[] = ['preliminary-relief-granted', 'judgment-for-plaintiffs']
const ON_MONEY: readonly string[] = [
  'funds-frozen',
  'funds-denied',
  'grant-terminated',
  'payment-stop-announced',
]

/** Suits of the state against a federal action on money in which a court has given relief or judgment. */
export const suitsWithRelief = (book: Book, usps: Usps): readonly Suit[] =>
  suitsOf(book, usps).filter(
    (suit) =>
      RELIEF.includes(suit.status) &&
      (suit.relations?.challenges ?? []).some((id) => {
        const action = book.records.get(id)
        return action?.kind === 'federal-action' && ON_MONEY.includes(action.action_type)
      }),
  )

const suitsOf = (book: Book, usps: Usps): readonly Suit[] =>
  book.byKind.lawsuit.filter((suit) => suit.plaintiffs.includes(divisionOfState(usps)))

export const typesOf = (book: Book): readonly PlaybookType[] => book.byKind['playbook-type']

/** States, DC and territories that any measure, federal action or suit of the registry names. */
export function statesWithFacts(book: Book): readonly Usps[] {
  const found = new Set<Usps>()
  for (const kind of ['measure', 'federal-action', 'lawsuit'] as const)
    for (const rec of book.byKind[kind])
      for (const place of rec.kind === 'lawsuit'
        ? [...rec.jurisdictions, ...rec.plaintiffs]
        : rec.jurisdictions) {
        const state = stateOfDivision(place)
        if (state) found.add(state.usps)
      }
  return [...found].sort()
}
