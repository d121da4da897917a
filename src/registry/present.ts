import type { DivisionId } from '../base/index.ts'
import { eventsOf } from './asof.ts'
import type { Book } from './book.ts'
import { mainDate, tiersOf } from './filter.ts'
import type { Proposal } from './import.ts'
import { RELATIONS } from './relations.ts'
import type { Rec, RelationType } from './schema.ts'
import { timesOf, type Version } from './versions.ts'

/** Columns of text under their names, two spaces apart; the last one may run as long as it likes. */
export function table(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = names.map((name, i) => Math.max(name.length, ...rows.map((row) => (row[i] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [names, ...rows].map(line).join('\n')
}

/** `1 record`, `2 records`. */
export const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`

export function describeList(book: Book, records: readonly Rec[]): string {
  const rows = records.map((rec) => [
    rec.id,
    `${rec.status}${book.uncertain.has(rec.id) ? ' (?)' : ''}`,
    mainDate(rec) ?? '',
    rec.jurisdictions.map(shortPlace).slice(0, 3).join(',') + (rec.jurisdictions.length > 3 ? ',…' : ''),
    rec.title,
  ])
  const doubtful = records.filter((rec) => book.uncertain.has(rec.id)).length
  const day = book.asOf === undefined ? '' : ` as of ${book.asOf}`
  const doubts = doubtful === 0 ? '' : `; (?) marks ${doubtful} whose dates do not settle that day`
  const end = `${counted(records.length, 'record')}${day}, registry revision ${book.revision}${doubts}`
  return records.length === 0 ? end : `${table(['id', 'status', 'date', 'where', 'title'], rows)}\n\n${end}`
}

/** `CO` for a state, `CO/denver` for what lies in it, `US` for the nation. */
const shortPlace = (id: DivisionId): string =>
  id
    .split('/')
    .slice(2)
    .map((part, i) => (i === 0 ? part.split(':')[1]?.toUpperCase() : part.split(':')[1]))
    .join('/') || 'US'

export interface ShownRelation {
  readonly type: RelationType
  readonly words: string
  readonly id: string
  readonly title: string
}

/** The relations of a record from both ends, in the words that each end reads. */
export function shownRelations(
  book: Book,
  id: string,
): {
  readonly from: readonly ShownRelation[]
  readonly to: readonly ShownRelation[]
} {
  const shown = (type: RelationType, side: 'from' | 'to', other: string): ShownRelation => ({
    type,
    words: RELATIONS[type].en[side],
    id: other,
    title: book.records.get(other)?.title ?? other,
  })
  return {
    from: book.relationsFrom(id).map(({ type, to }) => shown(type, 'from', to)),
    to: book.relationsTo(id).map(({ type, from }) => shown(type, 'to', from)),
  }
}

/** Everything about one record, for a terminal. */
export function describeRecord(book: Book, rec: Rec, versions: readonly Version[]): string {
  const { from, to } = shownRelations(book, rec.id)
  const groups = [...new Set([...from, ...to].map((r) => r.words))]
  const relations = groups.flatMap((words) => [
    `${words}:`,
    ...[...from, ...to].filter((r) => r.words === words).map((r) => `  ${r.id}  ${r.title}`),
  ])
  const tiers = tiersOf(book, rec)
  const uncertain = book.uncertain.get(rec.id)
  const events = eventsOf(versions.at(-1)?.rec ?? rec, timesOf(versions))
  return [
    rec.title,
    `${rec.id} · ${rec.kind} · ${rec.policy_area}`,
    '',
    rec.summary,
    '',
    ...(rec.withdrawn === undefined ? [] : [`WITHDRAWN ${rec.withdrawn.on}: ${rec.withdrawn.why}`]),
    `status         ${rec.status}${rec.status_as_of === undefined ? '' : ` as of ${rec.status_as_of}`}`,
    ...(uncertain === undefined ? [] : [`               uncertain on ${book.asOf}: ${uncertain}`]),
    `jurisdictions  ${rec.jurisdictions.map(shortPlace).join(', ')}`,
    ...ownLines(rec),
    ...(tiers.length === 0 ? [] : [`legal tier     ${tiers.join(', ')}`]),
    `confidence     ${rec.confidence}${rec.unverified_fields === undefined ? '' : `; not shown in the sources: ${rec.unverified_fields.join(', ')}`}`,
    '',
    ...relations,
    ...(relations.length === 0 ? [] : ['']),
    ...(events.length === 0
      ? []
      : ['History:', ...events.map((e) => `  ${e.atLatest ? 'by ' : ''}${e.date}  ${e.status}`), '']),
    'Sources:',
    ...rec.sources.map((s) => `  ${s.publisher}${s.date === undefined ? '' : `, ${s.date}`}  ${s.url}`),
    '',
    `version ${versions.at(-1)?.version ?? 1}, recorded ${versions.at(-1)?.recorded_at ?? ''}`,
  ].join('\n')
}

const SHOWN_ELSEWHERE = new Set([
  'id',
  'kind',
  'title',
  'jurisdictions',
  'policy_area',
  'summary',
  'status',
  'status_as_of',
  'history',
  'relations',
  'confidence',
  'unverified_fields',
  'withdrawn',
  'sources',
  'legal_tier',
])

/** The fields that only this kind has, one line each; lists of more than words as JSON. */
function ownLines(rec: Rec): readonly string[] {
  return Object.entries(rec).flatMap(([name, value]) => {
    if (SHOWN_ELSEWHERE.has(name)) return []
    const label = name.padEnd(14)
    if (!Array.isArray(value)) return [`${label} ${typeof value === 'object' ? fieldsText(value) : value}`]
    return value.map((entry, i) => {
      const text = typeof entry === 'object' ? fieldsText(entry) : String(entry)
      return `${i === 0 ? label : ''.padEnd(14)} ${text}`
    })
  })
}

const fieldsText = (fields: object): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')

/** What an import would do, field by field. */
export function describeProposal(proposal: Proposal): string {
  const lines = [
    ...proposal.added.map((rec) => `+ ${rec.id}  ${rec.title}`),
    ...proposal.changed.flatMap(({ rec, differences }) => [
      `~ ${rec.id}  ${rec.title}`,
      ...differences.flatMap((d) => [
        `    ${d.field}`,
        ...(d.before === undefined ? [] : [`      - ${JSON.stringify(d.before)}`]),
        ...(d.after === undefined ? [] : [`      + ${JSON.stringify(d.after)}`]),
      ]),
    ]),
  ]
  const sum = `${proposal.added.length} new, ${proposal.changed.length} changed, ${proposal.same} as they are`
  return [...lines, ...(lines.length === 0 ? [] : ['']), sum].join('\n')
}
