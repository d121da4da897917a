import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { appendAll } from '../audit/store.ts'
import type { Instant, IsoDate, Json } from '../base/index.ts'
import type { Tx } from '../db/index.ts'
import { loadJurisdictions } from './book-store.ts'
import { indexRecords } from './search-index.ts'
import { VERSION, VersionRow } from './version-store.ts'
import { canonicalRecord, changeBetween, type NewRecord, type Version, validFrom } from './versions.ts'

export interface Writer {
  readonly at: Instant
  /** As the log names who did it: `operator`, `tenth start`. */
  readonly actor: string
  readonly origin: Version['origin']
}

/**
 * Adds a version for each record that differs from the newest one, with its event in the log, all in the
 * caller's transaction and under one new revision. The records have been checked.
 */
export async function writeVersions(
  tx: Tx,
  records: readonly NewRecord[],
  writer: Writer,
): Promise<readonly Version[]> {
  const revision = (await lockRevision(tx)) + 1
  const newest = await loadNewest(
    tx,
    records.map(({ rec }) => rec.id),
  )
  const versions = records.flatMap((record) =>
    nextVersion(record, newest.get(record.rec.id), writer, revision),
  )
  if (versions.length === 0) return []
  const logged = await appendAll(
    tx,
    versions.map((version) => eventOf(version, writer)),
  )
  await insertVersions(
    tx,
    versions,
    logged.map(({ seq }) => seq),
  )
  await sql`update registry_revision set revision = ${revision}`.execute(tx)
  const names = new Map(loadJurisdictions().map(({ id, name }) => [id, name]))
  await indexRecords(
    tx,
    versions.map(({ rec }) => rec),
    (id) => names.get(id),
  )
  return versions
}

/** Other changes wait from here until this transaction ends. */
export async function lockRevision(tx: Tx): Promise<number> {
  const { rows } = await sql<{ revision: bigint }>`select revision from registry_revision for update`.execute(
    tx,
  )
  return Number(rows[0]?.revision ?? 0n)
}

async function loadNewest(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Version>> {
  const { rows } = await sql`
    select distinct on (id) ${VERSION}
    from registry_version where id = any(${ids}::text[]) order by id, version desc`.execute(tx)
  return new Map(rows.map((row) => VersionRow.parse(row)).map((version) => [version.rec.id, version]))
}

function nextVersion(
  record: NewRecord,
  before: Version | undefined,
  writer: Writer,
  revision: number,
): readonly Version[] {
  const { rec } = record
  const hash = createHash('sha256').update(canonicalRecord(rec)).digest('hex')
  if (before?.hash === hash) return []
  const change = before === undefined ? 'added' : (record.change ?? changeBetween(before.rec, rec))
  const recordedOn = writer.at.slice(0, 10) as IsoDate
  return [
    {
      rec,
      version: (before?.version ?? 0) + 1,
      valid_from: validFrom(rec, change, before, recordedOn),
      recorded_at: writer.at,
      hash,
      origin: writer.origin,
      change,
      reason: record.reason ?? null,
      revision,
    },
  ]
}

function eventOf(version: Version, { at, actor }: Writer) {
  const { rec, change, reason } = version
  const made = { record_kind: rec.kind, version: version.version, sha256: version.hash }
  if (change === 'added')
    return {
      at,
      actor,
      kind: 'registry.record.added' as const,
      subject: rec.id,
      payload: made satisfies Json,
    }
  const payload: Json = { ...made, change, ...(reason === null ? {} : { reason }) }
  return { at, actor, kind: 'registry.record.changed' as const, subject: rec.id, payload }
}

const ROWS_PER_INSERT = 5_000

async function insertVersions(tx: Tx, versions: readonly Version[], seqs: readonly bigint[]): Promise<void> {
  for (let i = 0; i < versions.length; i += ROWS_PER_INSERT) {
    const rows = versions.slice(i, i + ROWS_PER_INSERT)
    await sql`
      insert into registry_version
        (id, version, kind, valid_from, recorded_at, record, hash, origin, change, reason, revision, audit_seq)
      select id, version, kind, valid_from, recorded_at, record, decode(hash, 'hex'), origin, change, reason,
             revision, audit_seq
      from unnest(
        ${rows.map((row) => row.rec.id)}::text[],
        ${rows.map((row) => row.version)}::integer[],
        ${rows.map((row) => row.rec.kind)}::text[],
        ${rows.map((row) => row.valid_from)}::text[],
        ${rows.map((row) => row.recorded_at)}::timestamptz[],
        ${rows.map((row) => canonicalRecord(row.rec))}::text[],
        ${rows.map((row) => row.hash)}::text[],
        ${rows.map((row) => row.origin)}::text[],
        ${rows.map((row) => row.change)}::text[],
        ${rows.map((row) => row.reason)}::text[],
        ${rows.map((row) => row.revision)}::bigint[],
        ${seqs.slice(i, i + rows.length).map(String)}::bigint[]
      ) as row (id, version, kind, valid_from, recorded_at, record, hash, origin, change, reason, revision, audit_seq)
    `.execute(tx)
  }
}
