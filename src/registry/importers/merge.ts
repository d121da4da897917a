import type { Rec } from '../schema.ts'
import type { Draft } from './service.ts'

type Fields = Readonly<Record<string, unknown>>

/** What a service may change on a record that a person has already accepted: what happened, and where it was read. */
const NEWS = ['status', 'status_as_of', 'note'] as const

/**
 * The record that a draft proposes. A new one has the draft's fields; of one on record only news is taken over, so
 * that what people wrote stays theirs.
 */
export function proposedRecord(draft: Draft, existing: Rec | undefined): Fields {
  if (existing === undefined) return { id: draft.id, kind: draft.kind, ...draft.fields }
  const news = Object.fromEntries(
    NEWS.filter((name) => name in draft.fields).map((name) => [name, draft.fields[name]]),
  )
  const own: Fields = { ...existing }
  const dates = {
    ...((own.dates as Fields | undefined) ?? {}),
    ...((draft.fields.dates as Fields | undefined) ?? {}),
  }
  const known = new Set(existing.sources.map(({ url }) => url))
  const sources = (draft.fields.sources as readonly { readonly url: string }[]).filter(
    ({ url }) => !known.has(url),
  )
  return {
    ...own,
    ...news,
    ...(Object.keys(dates).length > 0 && { dates }),
    sources: [...existing.sources, ...sources],
  }
}

/** Fields that a person must still give before the record can be one. */
export const openNeeds = (draft: Draft, existing: Rec | undefined): readonly string[] =>
  existing === undefined ? draft.needs : draft.needs.filter((field) => !(field in existing))
