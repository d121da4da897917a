import { sql } from 'kysely'
import { assert, canonicalJson, type Instant } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import { leafText } from './envelope.ts'
import { EVENT_KINDS } from './events.ts'
import { isPlainText, type LoggedEvent, type NewEvent } from './schema.ts'
import { hasher, sha256 } from './sha256.ts'
import { addLeaf, type Hash, joinSubtrees, type Range, subtreesOf } from './tree.ts'

/** Held until the transaction ends, so that numbers have no gaps and follow the order of commits. */
const APPEND_LOCK = 7_310_000_002n
const ROWS_PER_INSERT = 5_000

export interface Appended {
  readonly seq: bigint
  readonly leafHash: Hash
}

/** Logs one event in the transaction of the change that it tells. */
export async function append(tx: Tx, event: NewEvent): Promise<Appended> {
  const [appended] = await appendAll(tx, [event])
  assert(appended, 'one event in, one event logged')
  return appended
}

/** Logs events in their order. Other transactions that log wait from here until this one ends. */
export async function appendAll(tx: Tx, events: readonly NewEvent[]): Promise<readonly Appended[]> {
  if (events.length === 0) return []
  await lockLog(tx)
  const { size, peaks } = await loadPeaks(tx)
  const rows = events.map((event, i) => rowOf(event, size + i, peaks))
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) await insert(tx, rows.slice(i, i + ROWS_PER_INSERT))
  return rows.map((row) => ({ seq: BigInt(row.seq), leafHash: row.leafHash }))
}

/** Lets nothing else be logged until the transaction ends. */
export const lockLog = (tx: Tx) => sql`select pg_advisory_xact_lock(${APPEND_LOCK})`.execute(tx)

type Row = ReturnType<typeof rowOf>

/** @param peaks of the tree before; afterwards, of the tree with this event */
function rowOf(event: NewEvent, seq: number, peaks: Hash[]) {
  const { at, actor, kind, subject } = event
  assert(new Date(at).toISOString() === at, `an event's time is a UTC instant in milliseconds, not ${at}`)
  assert(isPlainText(actor) && isPlainText(subject), `actor and subject of ${kind} are one line of text`)
  const fits = EVENT_KINDS[kind].payload.safeParse(event.payload)
  assert(fits.success, `the payload of ${kind} is as src/audit/events.ts says: ${fits.error?.message}`)
  const payload = canonicalJson(event.payload)
  const payload_hash = sha256(payload).toString('hex')
  const leafHash = hasher.leaf(Buffer.from(leafText({ actor, at, kind, payload_hash, seq, subject })))
  const subtrees = addLeaf(hasher, peaks, seq, leafHash)
  return { seq, at, actor, kind, subject, payload, payload_hash, leafHash, subtrees }
}

async function insert(tx: Tx, rows: readonly Row[]): Promise<void> {
  const hex = (hashes: readonly Hash[]) => Buffer.concat(hashes).toString('hex')
  await sql`
    insert into audit_event (seq, at, actor, kind, subject, payload, payload_hash, leaf_hash, subtrees)
    select seq, at, actor, kind, subject, payload,
           decode(payload_hash, 'hex'), decode(leaf_hash, 'hex'), decode(subtrees, 'hex')
    from unnest(
      ${rows.map((row) => row.seq)}::bigint[],
      ${rows.map((row) => row.at)}::timestamptz[],
      ${rows.map((row) => row.actor)}::text[],
      ${rows.map((row) => row.kind)}::text[],
      ${rows.map((row) => row.subject)}::text[],
      ${rows.map((row) => row.payload)}::text[],
      ${rows.map((row) => row.payload_hash)}::text[],
      ${rows.map((row) => hex([row.leafHash]))}::text[],
      ${rows.map((row) => hex(row.subtrees))}::text[]
    ) as row (seq, at, actor, kind, subject, payload, payload_hash, leaf_hash, subtrees)`.execute(tx)
}

export interface Head {
  readonly size: number
  readonly root: Hash
}

export async function loadHead(db: Db): Promise<Head> {
  const { size, peaks } = await loadPeaks(db)
  return { size, root: joinSubtrees(hasher, peaks) }
}

/**
 * The size of the log and its perfect subtrees, largest first: each 1 bit of the size is one, and it stands
 * in the row of its last leaf.
 */
async function loadPeaks(db: Db): Promise<{ readonly size: number; readonly peaks: Hash[] }> {
  const { rows } = await sql<{ size: bigint; level: number | null; hash: Buffer | null }>`
    with log as (select coalesce(max(seq) + 1, 0) as size from audit_event)
    select log.size, level,
           case level when 0 then leaf_hash else substr(subtrees, (level - 1) * 32 + 1, 32) end as hash
    from log
    left join generate_series(0, 52) as level on (log.size >> level) & 1 = 1
    left join audit_event on seq = ((log.size >> level) << level) - 1
    order by level desc`.execute(db)
  const size = Number(rows[0]?.size ?? 0n)
  return { size, peaks: size === 0 ? [] : rows.map((row) => whole(row.hash)) }
}

/** A log whose rows were damaged stops everything that would build on it. */
function whole(hash: Buffer | null | undefined): Hash {
  assert(hash?.length === 32, 'every node of the tree is in its row; run `tenth audit verify`')
  return hash
}

/** The roots over ranges of the tree, read as the perfect subtrees that make them up: O(log n) rows each. */
export async function loadRoots(db: Db, ranges: readonly Range[]): Promise<readonly Hash[]> {
  const wanted = ranges.map(subtreesOf)
  const nodes = wanted.flat().map(({ level, index }) => ({ level, seq: (index + 1) * 2 ** level - 1 }))
  const { rows } = await sql<{ place: bigint; hash: Buffer | null }>`
    select place, case level when 0 then leaf_hash else substr(subtrees, (level - 1) * 32 + 1, 32) end as hash
    from unnest(${nodes.map((n) => n.seq)}::bigint[], ${nodes.map((n) => n.level)}::int[])
      with ordinality as node (seq, level, place)
    left join audit_event using (seq)
    order by place`.execute(db)
  let next = 0
  return wanted.map((subtrees) =>
    joinSubtrees(
      hasher,
      subtrees.map(() => whole(rows[next++]?.hash)),
    ),
  )
}

/** The root of the tree over the first `size` events. */
export const loadRoot = async (db: Db, size: number): Promise<Hash> =>
  size === 0 ? hasher.empty : ((await loadRoots(db, [{ from: 0, to: size }]))[0] as Hash)

/** A row as it lies in the table, nothing parsed: what a check of the log reads. */
export interface StoredEvent {
  readonly seq: bigint
  readonly at: string
  readonly actor: string
  readonly kind: string
  readonly subject: string
  readonly payload: string
  readonly payload_hash: Buffer
  readonly leaf_hash: Buffer
  readonly subtrees: Buffer
}

export interface EventFilter {
  readonly kind?: string | undefined
  readonly subject?: string | undefined
  /** The first number to list when ascending, the last when descending. */
  readonly from?: number | undefined
  readonly order: 'asc' | 'desc'
  readonly limit: number
}

export async function loadStored(db: Db, filter: EventFilter): Promise<readonly StoredEvent[]> {
  const { kind, subject, from, order, limit } = filter
  const start =
    order === 'asc' ? sql`seq >= ${from ?? 0}` : from === undefined ? sql`true` : sql`seq <= ${from}`
  const { rows } = await sql<StoredEvent>`
    select seq, at, actor, kind, subject, payload, payload_hash, leaf_hash, subtrees from audit_event
    where ${start}
      and ${kind === undefined ? sql`true` : sql`kind = ${kind}`}
      and ${subject === undefined ? sql`true` : sql`subject = ${subject}`}
    order by seq ${sql.raw(order)} limit ${limit}`.execute(db)
  return rows
}

export const loadEvents = async (db: Db, filter: EventFilter): Promise<readonly LoggedEvent[]> =>
  (await loadStored(db, filter)).map(loggedOf)

export async function loadEvent(db: Db, seq: number): Promise<LoggedEvent | undefined> {
  const [row] = await loadStored(db, { from: seq, order: 'asc', limit: 1 })
  return row?.seq === BigInt(seq) ? loggedOf(row) : undefined
}

/** Every event from `from` on, a page at a time, so that a log of any length fits in memory. */
export async function* streamEvents(
  db: Db,
  filter: Omit<EventFilter, 'limit' | 'order'>,
): AsyncGenerator<LoggedEvent> {
  const limit = 2000
  for (let from = filter.from ?? 0; ; ) {
    const page = await loadEvents(db, { ...filter, from, order: 'asc', limit })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < limit) return
    from = last.seq + 1
  }
}

function loggedOf(row: StoredEvent): LoggedEvent {
  return {
    actor: row.actor,
    at: row.at,
    kind: row.kind,
    payload_hash: row.payload_hash.toString('hex'),
    seq: Number(row.seq),
    subject: row.subject,
    payload: parseOrText(row.payload),
    leaf_hash: row.leaf_hash.toString('hex'),
  }
}

/** A payload that someone damaged is shown as the text that it is; `audit verify` names it. */
function parseOrText(payload: string): LoggedEvent['payload'] {
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}

export interface StoredCheckpoint extends Head {
  /** The signed note. */
  readonly note: string
  readonly at: Instant
}

const toCheckpoint = (row: { size: bigint; root: Buffer; note: string; at: Instant }): StoredCheckpoint => ({
  ...row,
  size: Number(row.size),
})

/** Published tree heads, newest first. */
export async function loadCheckpoints(
  db: Db,
  { size, limit = 1_000_000 }: { readonly size?: number; readonly limit?: number } = {},
): Promise<readonly StoredCheckpoint[]> {
  const { rows } = await sql<{ size: bigint; root: Buffer; note: string; at: Instant }>`
    select size, root, note, at from audit_checkpoint
    where ${size === undefined ? sql`true` : sql`size = ${size}`} order by size desc limit ${limit}`.execute(
    db,
  )
  return rows.map(toCheckpoint)
}

/** Keeps a head that is handed out. Where another process signed the same size first, its note stands. */
export async function insertCheckpoint(db: Db, checkpoint: StoredCheckpoint, keyId: string): Promise<void> {
  const { size, root, note, at } = checkpoint
  await sql`insert into audit_checkpoint (size, root, key_id, note, at)
    values (${size}, ${Buffer.from(root)}, ${keyId}, ${note}, ${at}) on conflict do nothing`.execute(db)
}

/** The events about the signing key, oldest first. */
export async function loadKeyEvents(db: Db): Promise<readonly LoggedEvent[]> {
  const { rows } = await sql<StoredEvent>`
    select seq, at, actor, kind, subject, payload, payload_hash, leaf_hash, subtrees from audit_event
    where kind in ('audit.key.created', 'audit.key.rotated', 'audit.key.replaced') order by seq`.execute(db)
  return rows.map(loggedOf)
}
