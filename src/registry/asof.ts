import { type EdtfDate, type IsoDate, spanOf } from '../base/index.ts'
import type { Alliance, Rec, Status } from './schema.ts'
import { type Step, stepsOf } from './steps.ts'

/**
 * What a record says of one day. Every rule here is set out in `docs/methods/as-of.md`.
 * `uncertain` is set when the dates do not settle presence or status on that day, and says why.
 */
export type OnDay =
  | { readonly present: false }
  | { readonly present: true; readonly status: Status; readonly uncertain?: string }

/** A status that an earlier version of the record gave, and the date from which it was known to hold. */
export interface EarlierStatus {
  readonly from: EdtfDate | null
  readonly status: Status
}

interface Claim {
  readonly status: Status
  /** The first day on which it may have begun, and the first on which it surely had. */
  readonly first: IsoDate
  readonly sure: IsoDate
  readonly date: EdtfDate
  /** The day of change itself is unknown: the status had begun by `date` at the latest. */
  readonly atLatest: boolean
}

/** What the versions of a record add to what the newest one says by itself. */
export interface VersionTimes {
  /** Statuses of earlier versions, oldest first, without those that were corrected. */
  readonly earlier: readonly EarlierStatus[]
  /** From when the newest version's status is known to hold; null when nothing tells. */
  readonly since?: EdtfDate | null
}
const ONE_VERSION: VersionTimes = { earlier: [] }

/** Statuses by the order in which they began; empty for a record without any date. */
function timeline(rec: Rec, times: VersionTimes): readonly Claim[] {
  const sorted = datedClaims(rec, times.earlier)
  const present = presentClaim(rec, sorted.at(-1), times.since)
  return present === undefined ? sorted : [...sorted, present]
}

function datedClaims(rec: Rec, earlier: readonly EarlierStatus[]): readonly Claim[] {
  const claims = [
    ...tighten(stepsOf(rec)),
    ...(rec.history ?? []).map((h) => claimOf(h.status, h.from)),
    ...earlier.flatMap((e) => (e.from === null ? [] : [{ ...claimOf(e.status, e.from), atLatest: true }])),
  ]
  return claims
    .map((claim, order) => ({ claim, order }))
    .sort((a, b) => compare(a.claim.first, b.claim.first) || a.order - b.order)
    .map(({ claim }) => claim)
}

/**
 * The date from which a record's status is known to hold, by its own dates; null when they do not tell.
 * Stored with each version as `valid_from`.
 */
export function statusSince(rec: Rec): EdtfDate | null {
  const last = datedClaims(rec, []).at(-1)
  if (last?.status === rec.status) return last.date
  return firstKnown(rec, last) ?? null
}

/** The date that an event or a history entry of the record gives for its present status. */
export function statusEvent(rec: Rec): EdtfDate | undefined {
  const last = datedClaims(rec, []).at(-1)
  return last?.status === rec.status ? last.date : undefined
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const claimOf = (status: Status, date: EdtfDate): Claim => {
  const span = spanOf(date)
  return { status, date, first: span.first, sure: span.last, atLatest: false }
}

/**
 * Steps come in the order in which they are taken, so a later step (enacted `2025`) cannot begin before an
 * earlier one (proposed `2025-03`); and a step taken after a further one (announced after it began) changes nothing.
 */
function tighten(steps: readonly Step[]): readonly Claim[] {
  const claims: Claim[] = []
  for (const step of steps) {
    const claim = claimOf(step.status, step.date)
    const floor = claims.map((c) => c.first).filter((first) => first <= claim.sure)
    const first = [claim.first, ...floor].sort(compare).at(-1) ?? claim.first
    claims.push({ ...claim, first })
  }
  return claims.filter((claim, i) => !claims.slice(i + 1).some((further) => further.first < claim.first))
}

/** The record's own status, when no dated event already gives it. */
function presentClaim(
  rec: Rec,
  last: Claim | undefined,
  since: EdtfDate | null | undefined,
): Claim | undefined {
  if (last?.status === rec.status) return undefined
  const seen = since ?? firstKnown(rec, last)
  if (seen !== undefined) {
    const claim = { ...claimOf(rec.status, seen), atLatest: true }
    return last !== undefined && last.first > claim.first ? { ...claim, first: last.first } : claim
  }
  // Nothing tells when the status changed: it is shown from the last event on, as uncertain.
  return last === undefined ? undefined : { ...last, status: rec.status, sure: FOREVER, atLatest: false }
}

const firstKnown = (rec: Rec, last: Claim | undefined): EdtfDate | undefined =>
  rec.status_as_of ?? (last === undefined ? undefined : newestSource(rec, last.first))

const FOREVER = '9999-12-31' as IsoDate

function newestSource(rec: Rec, notBefore: IsoDate): EdtfDate | undefined {
  const dates = rec.sources.flatMap((source) => (source.date === undefined ? [] : [source.date]))
  const newest = dates.sort((a, b) => compare(spanOf(a).last, spanOf(b).last)).at(-1)
  return newest !== undefined && spanOf(newest).first >= notBefore ? newest : undefined
}

/** What a record without any dated event is taken for before its status is first known. */
const beforeKnown = (rec: Rec): Status => (rec.kind === 'lawsuit' ? 'pending' : rec.status)

/** Whether a record existed on a day and with which status. */
export function onDay(rec: Rec, day: IsoDate, times: VersionTimes = ONE_VERSION): OnDay {
  // A type is a way of acting, not an event: it is no older than the playbook and no newer.
  if (rec.kind === 'playbook-type') return { present: true, status: rec.status }
  const claims = timeline(rec, times)
  const begun = claims.filter((claim) => claim.first <= day)
  const now = begun.at(-1)
  if (now === undefined) return beforeFirst(rec, claims)
  const next = claims[begun.length]
  const why = doubt(rec, claims, now, next, day)
  return { present: true, status: now.status, ...(why === undefined ? {} : { uncertain: why }) }
}

function beforeFirst(rec: Rec, claims: readonly Claim[]): OnDay {
  const [first] = claims
  if (first !== undefined && !first.atLatest) return { present: false }
  const uncertain = first
    ? `no date of its beginning is recorded; its status is first known on ${first.date}`
    : 'the record has no date'
  return { present: true, status: beforeKnown(rec), uncertain }
}

function doubt(rec: Rec, claims: readonly Claim[], now: Claim, next: Claim | undefined, day: IsoDate) {
  if (now.sure === FOREVER)
    return `the day on which it became ${rec.status} is not recorded; the last dated event is of ${now.date}`
  if (now.sure > day)
    return claims[0] === now
      ? `dated ${now.date} only: it may have begun later`
      : `dated ${now.date} only: the status may have changed later`
  if (next?.atLatest && next.status !== now.status)
    return `the day on which it became ${next.status} is not recorded; it was by ${next.date}`
  return undefined
}

/** The record as it stood on a day: the same record with the status of that day. */
export const withStatus = (rec: Rec, status: Status): Rec =>
  rec.status === status ? rec : ({ ...rec, status } as Rec)

export interface MemberOnDay {
  readonly jurisdiction: Alliance['members'][number]['jurisdiction']
  /** Set when the dates of joining and leaving do not settle membership on the day. */
  readonly uncertain?: string
}

/** Who belonged to an alliance on a day; a date that is missing or straddles the day leaves a member in, in doubt. */
export function membersOnDay(alliance: Alliance, day: IsoDate): readonly MemberOnDay[] {
  const all = [...alliance.members, ...(alliance.former_members ?? [])] as readonly {
    readonly jurisdiction: MemberOnDay['jurisdiction']
    readonly joined?: EdtfDate
    readonly left?: EdtfDate
  }[]
  const former = new Set(alliance.former_members ?? [])
  return all.flatMap((member) => {
    const joined = member.joined ?? alliance.dates?.founded
    if (joined !== undefined && spanOf(joined).first > day) return []
    if (member.left !== undefined && spanOf(member.left).last <= day) return []
    const why = memberDoubt(member, former.has(member as never), day)
    return [{ jurisdiction: member.jurisdiction, ...(why === undefined ? {} : { uncertain: why }) }]
  })
}

function memberDoubt(
  member: { readonly joined?: EdtfDate; readonly left?: EdtfDate },
  isFormer: boolean,
  day: IsoDate,
): string | undefined {
  if (member.joined === undefined) return 'the date of joining is not recorded'
  if (spanOf(member.joined).last > day) return `joined in ${member.joined}`
  if (isFormer && member.left === undefined) return 'the date of leaving is not recorded'
  if (member.left !== undefined && spanOf(member.left).first <= day) return `left in ${member.left}`
  return undefined
}

/** What happened to a record by its dates, oldest first: for the history on its page. */
export function eventsOf(
  rec: Rec,
  times: VersionTimes = ONE_VERSION,
): readonly { readonly date: string; readonly status: Status; readonly atLatest: boolean }[] {
  return timeline(rec, times)
    .filter((claim) => claim.sure !== FOREVER)
    .map(({ date, status, atLatest }) => ({ date, status, atLatest }))
}
