import { canonicalJson, type EdtfDate, type IsoDate, type Json } from '../base/index.ts'
import { type EarlierStatus, statusEvent, statusSince, type VersionTimes } from './asof.ts'
import type { Rec, Status } from './schema.ts'

/** `added`: the first version. `correction`: the record was wrong. `status`: the world changed. */
export type Change = 'added' | 'correction' | 'status'

/** A version of a record with its two times. */
export interface Version {
  readonly rec: Rec
  readonly version: number
  readonly valid_from: EdtfDate | null
  readonly recorded_at: string
  readonly hash: string
  readonly origin: 'file' | 'operator'
  readonly change: Change
  readonly reason: string | null
  readonly revision: number
}

export const canonicalRecord = (rec: Rec): string => canonicalJson(rec as Json)

/** Fields that tell what has happened; a difference in any other is a correction. */
const EVENT_FIELDS = new Set([
  'status',
  'status_as_of',
  'history',
  'dates',
  'outcome',
  'tracker_status',
  'dockets',
  'members',
  'former_members',
  'membership_note',
  'jurisdictions',
  'plaintiffs',
  'plaintiff_note',
  'defendants',
  'relations',
  'summary',
  'note',
  'sources',
  'confidence',
  'unverified_fields',
])

/**
 * Whether the world changed or the record was wrong, where nobody says which: the world changed when the status,
 * the history or the membership differs and nothing that cannot change with events does.
 */
export function changeBetween(before: Rec, after: Rec): Exclude<Change, 'added'> {
  const fields = differences(before, after).map(({ field }) => field)
  const moved = ['status', 'history', 'members', 'former_members'].some((field) => fields.includes(field))
  return moved && fields.every((field) => EVENT_FIELDS.has(field)) ? 'status' : 'correction'
}

export interface Difference {
  readonly field: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

/** The top-level fields in which two versions of a record differ, in the order of the schema. */
export function differences(before: Rec, after: Rec): readonly Difference[] {
  const [a, b] = [before, after] as unknown as readonly [Fields, Fields]
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return names.flatMap((field) =>
    textOf(a[field]) === textOf(b[field]) ? [] : [{ field, before: a[field], after: b[field] }],
  )
}

type Fields = { readonly [field: string]: Json | undefined }
const textOf = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : canonicalJson(value)

/** The valid time of a new version; `docs/methods/as-of.md` gives the rule. */
export function validFrom(
  rec: Rec,
  change: Change,
  before: Version | undefined,
  recordedOn: IsoDate,
): EdtfDate | null {
  if (before === undefined || change === 'added') return statusSince(rec)
  if (change === 'correction') return statusSince(rec) ?? before.valid_from
  if (rec.status === before.rec.status) return statusSince(rec) ?? before.valid_from
  const isNewDate = rec.status_as_of !== undefined && rec.status_as_of !== before.rec.status_as_of
  return statusEvent(rec) ?? (isNewDate ? rec.status_as_of : undefined) ?? (recordedOn as string as EdtfDate)
}

/** What the versions of one record, oldest first, say of the times of its statuses; corrected ones say nothing. */
export function timesOf(versions: readonly Version[]): VersionTimes {
  const held: (EarlierStatus & { readonly status: Status })[] = []
  for (const version of versions) {
    if (version.change === 'correction') held.pop()
    held.push({ from: version.valid_from, status: version.rec.status })
  }
  const newest = held.at(-1)
  const earlier = held.slice(0, -1).filter((e, i) => e.status !== held[i + 1]?.status)
  return { earlier, since: newest?.from ?? null }
}

/** A record that is to become a new version. */
export interface NewRecord {
  readonly rec: Rec
  /** Which it is, when somebody says so; otherwise `changeBetween` decides. */
  readonly change?: Exclude<Change, 'added'> | undefined
  readonly reason?: string | undefined
}

const GONE_FROM_FILES = 'the record is no longer in the files of the registry'

export interface Standing {
  readonly newest: Version
  /** Hash of the record as last taken from the files; undefined when it is not from there. */
  readonly fileHash?: string | undefined
}

/**
 * What a start must add so that the store follows the files. A record is changed only when its own text in the
 * files changed since it was last taken from them, so that what the operator has recorded meanwhile stays; and a
 * record that left the files is withdrawn, never deleted.
 */
export function planSync(
  files: readonly { readonly rec: Rec; readonly hash: string }[],
  standing: ReadonlyMap<string, Standing>,
  today: IsoDate,
): readonly NewRecord[] {
  const inFiles = new Set(files.map(({ rec }) => rec.id))
  const changed = files.filter(({ rec, hash }) => {
    const known = standing.get(rec.id)
    return known === undefined || (known.fileHash !== hash && known.newest.hash !== hash)
  })
  const gone = [...standing.values()].filter(
    ({ newest, fileHash }) =>
      fileHash !== undefined && !inFiles.has(newest.rec.id) && newest.rec.withdrawn === undefined,
  )
  return [
    ...changed.map(({ rec }) => ({ rec })),
    ...gone.map(({ newest }) => ({
      rec: { ...newest.rec, withdrawn: { on: today, why: GONE_FROM_FILES } } as Rec,
      change: 'correction' as const,
      reason: GONE_FROM_FILES,
    })),
  ]
}
