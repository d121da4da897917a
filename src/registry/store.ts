import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { appendAll } from '../audit/store.ts'
import {
  assert,
  EdtfDate,
  err,
  type Instant,
  type IsoDate,
  type Json,
  ok,
  type Result,
} from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import { onDay, withStatus } from './asof.ts'
import { type Book, buildBook } from './book.ts'
import { checkFiles, checkJurisdictions } from './check.ts'
import { readDataFiles, readJurisdictionsFile } from './files.ts'
import type { Fault } from './read.ts'
import { type Jurisdiction, Rec } from './schema.ts'
import { indexRecords } from './search-index.ts'
import {
  canonicalRecord,
  changeBetween,
  type NewRecord,
  planSync,
  type Standing,
  timesOf,
  type Version,
  validFrom,
} from './versions.ts'

const VersionRow = z
  .object({
    version: z.int(),
    valid_from: EdtfDate.nullable(),
    recorded_at: z.string(),
    record: z.string().transform((text) => Rec.parse(JSON.parse(text))),
    hash: z.string(),
    origin: z.enum(['file', 'operator']),
    change: z.enum(['added', 'correction', 'status']),
    reason: z.string().nullable(),
    revision: z.bigint().transform(Number),
  })
  .transform(({ record, ...row }): Version => ({ rec: record, ...row }))

/** Versions that came after a revision, oldest first. */
async function loadVersions(db: Db | Tx, after: number): Promise<readonly Version[]> {
  const { rows } = await sql`
    select version, valid_from, recorded_at, record, encode(hash, 'hex') as hash, origin, change, reason, revision
    from registry_version where revision > ${after} order by revision, audit_seq`.execute(db)
  return rows.map((row) => VersionRow.parse(row))
}

/** Every version of one record, oldest first; empty for an unknown id. */
export async function loadHistory(db: Db | Tx, id: string): Promise<readonly Version[]> {
  const { rows } = await sql`
    select version, valid_from, recorded_at, record, encode(hash, 'hex') as hash, origin, change, reason, revision
    from registry_version where id = ${id} order by version`.execute(db)
  return rows.map((row) => VersionRow.parse(row))
}

/** The newest versions to have been recorded, newest first: the change log. */
export async function loadChanges(
  db: Db | Tx,
  options: { readonly limit: number; readonly before?: number | undefined },
): Promise<readonly Version[]> {
  const { rows } = await sql`
    select version, valid_from, recorded_at, record, encode(hash, 'hex') as hash, origin, change, reason, revision
    from registry_version
    where revision < ${options.before ?? Number.MAX_SAFE_INTEGER}
    order by audit_seq desc limit ${options.limit}`.execute(db)
  return rows.map((row) => VersionRow.parse(row))
}

export async function loadRevision(db: Db | Tx): Promise<number> {
  const { rows } = await sql<{ revision: bigint }>`select revision from registry_revision`.execute(db)
  return Number(rows[0]?.revision ?? 0n)
}

export interface BookQuestion {
  /** Valid time: the world of that day. */
  readonly asOf?: IsoDate | undefined
  /** Recorded time: only what the registry knew at that instant. */
  readonly knownAt?: Instant | undefined
}

interface Held {
  readonly revision: number
  readonly versions: readonly Version[]
  readonly books: Map<string, Book>
}
const held = new WeakMap<object, Held>()
const BOOKS_HELD = 24

/** The registry in memory. It costs one small query while nothing has changed. */
export async function loadBook(db: Db, question: BookQuestion = {}): Promise<Book> {
  const now = await upToDate(db)
  const key = `${question.asOf ?? ''} ${question.knownAt ?? ''}`
  const kept = now.books.get(key)
  if (kept !== undefined) return kept
  const book = bookOf(now, question)
  const [oldest] = now.books.keys()
  if (now.books.size >= BOOKS_HELD && oldest !== undefined) now.books.delete(oldest)
  now.books.set(key, book)
  return book
}

async function upToDate(db: Db): Promise<Held> {
  const known = held.get(db)
  const revision = await loadRevision(db)
  if (known?.revision === revision) return known
  const fresh = await loadVersions(db, known?.revision ?? 0)
  const versions = [...(known?.versions ?? []), ...fresh]
  const next = {
    revision: Math.max(revision, ...fresh.slice(-1).map((v) => v.revision)),
    versions,
    books: new Map(),
  }
  held.set(db, next)
  return next
}

function bookOf({ versions, revision }: Held, { asOf, knownAt }: BookQuestion): Book {
  const byId = new Map<string, Version[]>()
  for (const version of versions) {
    if (knownAt !== undefined && version.recorded_at > knownAt) continue
    const list = byId.get(version.rec.id)
    if (list === undefined) byId.set(version.rec.id, [version])
    else list.push(version)
  }
  const newest = [...byId.values()].flatMap((list) => list.slice(-1).map((v) => v.rec))
  const jurisdictions = loadJurisdictions()
  if (asOf === undefined) return buildBook(newest, { revision, jurisdictions, knownAt })
  const uncertain = new Map<string, string>()
  const present = newest.flatMap((rec) => {
    const seen = onDay(rec, asOf, timesOf(byId.get(rec.id) ?? []))
    if (!seen.present) return []
    if (seen.uncertain !== undefined) uncertain.set(rec.id, seen.uncertain)
    return [withStatus(rec, seen.status)]
  })
  return buildBook(present, { revision, jurisdictions, asOf, knownAt, uncertain })
}

let jurisdictionRows: readonly Jurisdiction[] | undefined

/** The jurisdictions of the package's own file; read once. */
export function loadJurisdictions(): readonly Jurisdiction[] {
  if (jurisdictionRows === undefined) {
    const { rows, faults } = checkJurisdictions(readJurisdictionsFile())
    assert(faults.length === 0, 'jurisdictions.yaml has no fault: a test holds it')
    jurisdictionRows = rows
  }
  return jurisdictionRows
}

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
async function lockRevision(tx: Tx): Promise<number> {
  const { rows } = await sql<{ revision: bigint }>`select revision from registry_revision for update`.execute(
    tx,
  )
  return Number(rows[0]?.revision ?? 0n)
}

async function loadNewest(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Version>> {
  const { rows } = await sql`
    select distinct on (id)
           version, valid_from, recorded_at, record, encode(hash, 'hex') as hash, origin, change, reason, revision
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

export interface Synced {
  readonly added: number
  readonly changed: number
  readonly withdrawn: number
  readonly revision: number
}

/**
 * Brings the store up to the files of the registry: called at every start. Unchanged files cost one query. A
 * fault in a file refuses them all, and nothing is written.
 * @param folder another folder of files, for tests
 */
export async function syncFiles(
  db: Db,
  clock: { readonly at: Instant; readonly actor?: string },
  folder?: string,
): Promise<Result<Synced, readonly Fault[]>> {
  const files = readDataFiles(folder)
  const digests = new Map(files.map((file) => [file.path, sha256Hex(file.bytes)]))
  if (await isTakenIn(db, digests))
    return ok({ added: 0, changed: 0, withdrawn: 0, revision: await loadRevision(db) })
  const jurisdictions = checkJurisdictions(readJurisdictionsFile(folder))
  const checked = checkFiles(files, { jurisdictions: jurisdictions.rows })
  const faults = [...jurisdictions.faults, ...checked.faults]
  if (faults.length > 0) return err(faults)
  const records = checked.records.map(({ rec }) => ({ rec, hash: sha256Hex(canonicalRecord(rec)) }))
  return db.transaction().execute(async (tx) => {
    await lockRevision(tx)
    const planned = planSync(records, await loadStanding(tx), clock.at.slice(0, 10) as IsoDate)
    const writer: Writer = { at: clock.at, actor: clock.actor ?? 'tenth start', origin: 'file' }
    const versions = await writeVersions(tx, planned, writer)
    await saveTakenIn(tx, digests, records)
    const added = versions.filter((v) => v.change === 'added').length
    const withdrawn = versions.filter((v) => v.rec.withdrawn !== undefined).length
    return ok({
      added,
      withdrawn,
      changed: versions.length - added - withdrawn,
      revision: await loadRevision(tx),
    })
  })
}

const sha256Hex = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex')

async function isTakenIn(db: Db, digests: ReadonlyMap<string, string>): Promise<boolean> {
  const { rows } = await sql<{ path: string; sha256: string }>`
    select path, encode(sha256, 'hex') as sha256 from registry_file`.execute(db)
  return rows.length === digests.size && rows.every((row) => digests.get(row.path) === row.sha256)
}

async function loadStanding(tx: Tx): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await sql`
    select distinct on (id)
           version, valid_from, recorded_at, record, encode(hash, 'hex') as hash, origin, change, reason, revision
    from registry_version order by id, version desc`.execute(tx)
  const taken = await sql<{ id: string; hash: string }>`
    select id, encode(hash, 'hex') as hash from registry_file_record`.execute(tx)
  const hashes = new Map(taken.rows.map((row) => [row.id, row.hash]))
  return new Map(
    rows
      .map((row) => VersionRow.parse(row))
      .map((newest) => [newest.rec.id, { newest, fileHash: hashes.get(newest.rec.id) }]),
  )
}

async function saveTakenIn(
  tx: Tx,
  digests: ReadonlyMap<string, string>,
  records: readonly { readonly rec: Rec; readonly hash: string }[],
): Promise<void> {
  await sql`delete from registry_file`.execute(tx)
  await sql`
    insert into registry_file (path, sha256)
    select path, decode(sha256, 'hex')
    from unnest(${[...digests.keys()]}::text[], ${[...digests.values()]}::text[]) as row (path, sha256)`.execute(
    tx,
  )
  await sql`delete from registry_file_record`.execute(tx)
  await sql`
    insert into registry_file_record (id, hash)
    select id, decode(hash, 'hex')
    from unnest(${records.map((r) => r.rec.id)}::text[], ${records.map((r) => r.hash)}::text[]) as row (id, hash)
  `.execute(tx)
}
