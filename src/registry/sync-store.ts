import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { err, type Instant, type IsoDate, ok, type Result } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import { checkFiles, checkJurisdictions } from './check.ts'
import { readDataFiles, readJurisdictionsFile } from './files.ts'
import type { Fault } from './read.ts'
import type { Rec } from './schema.ts'
import { loadRevision, VERSION, VersionRow } from './version-store.ts'
import { canonicalRecord, planSync, type Standing } from './versions.ts'
import { lockRevision, type Writer, writeVersions } from './write-store.ts'

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
    select distinct on (id) ${VERSION}
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
