import { z } from 'zod'
import {
  DivisionId,
  EdtfDate,
  findState,
  isDivisionId,
  NATION,
  spanOf,
  stateOfDivision,
} from '../base/index.ts'
import type { Book } from './book.ts'
import {
  Confidence,
  KINDS,
  Kind,
  LegalTier,
  Party,
  PolicyArea,
  type Rec,
  STATUSES,
  Stance,
} from './schema.ts'

/** `CO`, `us` for the nation, or a division id. */
const Place = z
  .string()
  .refine(
    (text) => text.toUpperCase() === 'US' || findState(text) !== undefined || isDivisionId(text),
    'wanted: a postal code such as CO, US for the nation, or an Open Civic Data id',
  )

const ALL_STATUSES = [...new Set(Object.values(STATUSES).flat())] as [string, ...string[]]
const oneOf = <T extends string>(values: z.ZodEnum<Readonly<Record<T, T>>>) =>
  z.enum(values.options as unknown as [T, ...T[]], `wanted: one of ${values.options.join(', ')}`)

/** What a list of records may be narrowed to; each absent field asks for everything. */
export const ListFilter = z.object({
  kind: oneOf(Kind).optional(),
  state: Place.optional(),
  area: oneOf(PolicyArea).optional(),
  status: z.enum(ALL_STATUSES, `wanted: one of ${ALL_STATUSES.join(', ')}`).optional(),
  stance: oneOf(Stance).optional(),
  party: oneOf(Party).optional(),
  tier: oneOf(LegalTier).optional(),
  confidence: oneOf(Confidence).optional(),
  from: EdtfDate.optional(),
  to: EdtfDate.optional(),
})
export type ListFilter = z.infer<typeof ListFilter>

/** The records of a book that pass, in the order of their kinds and ids; withdrawn ones are left out. */
export function listRecords(book: Book, filter: ListFilter): readonly Rec[] {
  const kinds = filter.kind === undefined ? (Object.keys(KINDS) as Kind[]) : [filter.kind]
  return kinds.flatMap((kind): readonly Rec[] => book.byKind[kind]).filter((rec) => passes(book, rec, filter))
}

function passes(book: Book, rec: Rec, filter: ListFilter): boolean {
  if (filter.state !== undefined && !concerns(rec, filter.state)) return false
  if (filter.area !== undefined && rec.policy_area !== filter.area) return false
  if (filter.status !== undefined && rec.status !== filter.status) return false
  if (filter.confidence !== undefined && rec.confidence !== filter.confidence) return false
  if (filter.stance !== undefined && !('stance' in rec && rec.stance === filter.stance)) return false
  if (filter.party !== undefined && !('adopted_by_party' in rec && rec.adopted_by_party === filter.party))
    return false
  if (filter.tier !== undefined && !tiersOf(book, rec).includes(filter.tier)) return false
  return (filter.from === undefined && filter.to === undefined) || happened(rec, filter)
}

/** A state stands for its counties and places too; an id for itself and what lies in it. */
function concerns(rec: Rec, place: string): boolean {
  if (place.toUpperCase() === 'US' || place === NATION) return rec.jurisdictions.includes(NATION)
  const state = findState(place)
  if (state !== undefined) return rec.jurisdictions.some((id) => stateOfDivision(id)?.usps === state.usps)
  const division = DivisionId.parse(place)
  return rec.jurisdictions.some((id) => id === division || id.startsWith(`${division}/`))
}

/** How sure the law is: of a playbook type its own tier, of a measure those of its types, worst last. */
export function tiersOf(book: Book, rec: Rec): readonly LegalTier[] {
  if (rec.kind === 'playbook-type') return [rec.legal_tier]
  if (rec.kind !== 'measure') return []
  const types = (rec.relations?.['is-a'] ?? []).map((id) => book.records.get(id))
  const tiers = new Set(types.flatMap((type) => (type?.kind === 'playbook-type' ? [type.legal_tier] : [])))
  return LegalTier.options.filter((tier) => tiers.has(tier))
}

const MAIN_DATES = [
  'enacted',
  'filed',
  'decided',
  'founded',
  'started',
  'announced',
  'effective',
  'proposed',
  'ended',
] as const

/** The date that says when a record came about; its dates of preparation and of its end only where there is no other. */
export function mainDate(rec: Rec): EdtfDate | undefined {
  const dates = datesOf(rec)
  return MAIN_DATES.map((name) => dates[name]).find((date) => date !== undefined)
}

const datesOf = (rec: Rec): Readonly<Record<string, EdtfDate | undefined>> =>
  ('dates' in rec ? (rec.dates ?? {}) : {}) as Readonly<Record<string, EdtfDate | undefined>>

/** Whether some dated event of a record may lie between two dates, both included, each taken as the span it is. */
function happened(rec: Rec, { from, to }: ListFilter): boolean {
  const first = from === undefined ? '0000' : spanOf(from).first
  const last = to === undefined ? '9999' : spanOf(to).last
  const dates = [...Object.values(datesOf(rec)), ...(rec.history ?? []).map((entry) => entry.from)]
  return dates.some((date) => date !== undefined && spanOf(date).last >= first && spanOf(date).first <= last)
}
