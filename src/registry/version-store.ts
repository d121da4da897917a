import { sql } from 'kysely'
import { z } from 'zod'
import { EdtfDate } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import { Rec } from './schema.ts'
import type { Version } from './versions.ts'

/** What `VersionRow` reads of a row of `registry_version`. */
export const VERSION = sql.raw(
  "version, valid_from, recorded_at, record, encode(hash, 'hex') as hash, origin, change, reason, revision",
)
export const VersionRow = z
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
export async function loadVersions(db: Db | Tx, after: number): Promise<readonly Version[]> {
  const { rows } = await sql`
    select ${VERSION}
    from registry_version where revision > ${after} order by revision, audit_seq`.execute(db)
  return rows.map((row) => VersionRow.parse(row))
}

/** Every version of one record, oldest first; empty for an unknown id. */
export async function loadHistory(db: Db | Tx, id: string): Promise<readonly Version[]> {
  const { rows } = await sql`
    select ${VERSION}
    from registry_version where id = ${id} order by version`.execute(db)
  return rows.map((row) => VersionRow.parse(row))
}

/** The newest versions to have been recorded, newest first: the change log. */
export async function loadChanges(
  db: Db | Tx,
  options: { readonly limit: number; readonly before?: number | undefined },
): Promise<readonly Version[]> {
  const { rows } = await sql`
    select ${VERSION}
    from registry_version
    where revision < ${options.before ?? Number.MAX_SAFE_INTEGER}
    order by audit_seq desc limit ${options.limit}`.execute(db)
  return rows.map((row) => VersionRow.parse(row))
}

export async function loadRevision(db: Db | Tx): Promise<number> {
  const { rows } = await sql<{ revision: bigint }>`select revision from registry_revision`.execute(db)
  return Number(rows[0]?.revision ?? 0n)
}
