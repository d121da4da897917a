import type { EdtfDate } from '../base/index.ts'
import type { Book } from './book.ts'
import { LegalTier, type Rec } from './schema.ts'

/** How sure the law is: of a playbook type its own tier, of a measure those of its types, the surest first. */
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
  const dates = ('dates' in rec ? (rec.dates ?? {}) : {}) as Readonly<Record<string, EdtfDate | undefined>>
  return MAIN_DATES.map((name) => dates[name]).find((date) => date !== undefined)
}
