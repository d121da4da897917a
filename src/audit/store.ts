import { sql } from 'kysely'
import { assert, canonicalJson } from '../base/index.ts'
import type { Tx } from '../db/index.ts'
import { leafText } from './envelope.ts'
import { EVENT_KINDS } from './events.ts'
import { isPlainText, type NewEvent } from './schema.ts'
import { hasher, sha256 } from './sha256.ts'
import { addLeaf, type Hash } from './tree.ts'

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
  await sql`select pg_advisory_xact_lock(${APPEND_LOCK})`.execute(tx)
  const { size, peaks } = await loadPeaks(tx)
  const rows = events.map((event, i) => rowOf(event, size + i, peaks))
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) await insert(tx, rows.slice(i, i + ROWS_PER_INSERT))
  return rows.map((row) => ({ seq: BigInt(row.seq), leafHash: row.leafHash }))
}

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

/**
 * The size of the log and its perfect subtrees, largest first: each 1 bit of the size is one, and it stands
 * in the row of its last leaf.
 */
async function loadPeaks(tx: Tx): Promise<{ readonly size: number; readonly peaks: Hash[] }> {
  const { rows } = await sql<{ size: bigint; hash: Buffer | null }>`
    with log as (select coalesce(max(seq) + 1, 0) as size from audit_event)
    select log.size,
           case level when 0 then leaf_hash else substr(subtrees, (level - 1) * 32 + 1, 32) end as hash
    from log
    left join generate_series(0, 52) as level on (log.size >> level) & 1 = 1
    left join audit_event on seq = ((log.size >> level) << level) - 1
    order by level desc`.execute(tx)
  const size = Number(rows[0]?.size ?? 0n)
  const peaks = rows.map((row) => row.hash).filter((hash) => hash !== null)
  assert(size === 0 || peaks.every((peak) => peak.length === 32), 'every peak of the tree is in its row')
  return { size, peaks }
}
