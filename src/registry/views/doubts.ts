import type { Lang } from '../../ui/index.ts'
import type { Book } from '../book.ts'
import type { Rec } from '../schema.ts'
import { doubtName } from './labels.ts'
import { leadingMoment } from './moments.ts'

/** Which doubt stands in the line when there are several: the one that would mislead most. */
const WORST_FIRST = ['amount_usd', 'dates', 'jurisdictions', 'plaintiffs', 'members', 'status']

const rank = (field: string): number => {
  const at = WORST_FIRST.indexOf(field.startsWith('dates.') ? 'dates' : field)
  return at === -1 ? WORST_FIRST.length : at
}

export const doubtsOf = (rec: Rec): readonly string[] =>
  [...(rec.unverified_fields ?? [])].sort((a, b) => rank(a) - rank(b))

export const isDoubted = (rec: Rec, field: string): boolean => rec.unverified_fields?.includes(field) === true

/** The words of one doubt for a line, or none: unverified fields first, then a date that is only a month or a year. */
export function worstDoubt(rec: Rec, lang: Lang): string | undefined {
  const field = doubtsOf(rec)[0]
  if (field !== undefined) return doubtName(field, lang)
  const date = leadingMoment(rec)?.date
  return date === undefined ? undefined : vagueDate(date, lang)
}

/** What a date leaves open. */
export function vagueDate(date: string, lang: Lang): string | undefined {
  if (date.length === 7) return lang === 'en' ? 'day not known' : 'día no conocido'
  if (date.length === 4) return lang === 'en' ? 'month not known' : 'mes no conocido'
  return undefined
}

export interface OpenDoubt {
  readonly kind: Rec['kind']
  readonly field: string
  readonly records: readonly Rec[]
}

/** Every field that is not verified, counted, most first: what the corrections page asks for help with. */
export function openDoubts(book: Book): readonly OpenDoubt[] {
  const found = new Map<string, { kind: Rec['kind']; field: string; records: Rec[] }>()
  for (const rec of book.records.values())
    for (const field of rec.unverified_fields ?? []) {
      const key = `${rec.kind} ${field}`
      const entry = found.get(key) ?? { kind: rec.kind, field, records: [] }
      entry.records.push(rec)
      found.set(key, entry)
    }
  return [...found.values()].sort(
    (a, b) => b.records.length - a.records.length || (`${a.kind}${a.field}` < `${b.kind}${b.field}` ? -1 : 1),
  )
}
