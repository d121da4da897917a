import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { append } from '../audit/store.ts'
import { canonicalJson, type DivisionId, err, type Json, ok, type Result } from '../base/index.ts'
import type { Db, Shell, Tx } from '../db/index.ts'
import { loadHistory } from '../registry/store.ts'
import { type DisruptionFault, faultsOf } from './disruption.ts'
import type { Disruption, RecordedDisruption } from './schema.ts'

const COLUMNS = sql`jurisdiction, id, version, record_id, kind, agency, programme, aln, strength, awarded_cents,
  drawn_cents, stopped_cents, back_cents, since, until, affected, court_status, source_url, recorded_at, recorded_by`

export type DisruptionError =
  | { readonly code: 'fields_disagree'; readonly faults: readonly DisruptionFault[] }
  | { readonly code: 'record_unknown'; readonly record_id: string }

/**
 * Keeps a disruption as a new version of its id, with its event, in one transaction. What is already recorded word
 * for word is not recorded again.
 */
export async function recordDisruption(
  shell: Shell,
  disruption: Disruption,
  actor: string,
): Promise<Result<RecordedDisruption, DisruptionError>> {
  const faults = faultsOf(disruption)
  if (faults.length > 0) return err({ code: 'fields_disagree', faults })
  return shell.db.transaction().execute(async (tx) => {
    const { jurisdiction, id, record_id } = disruption
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${jurisdiction} ${id}`}, 731))`.execute(tx)
    if ((await loadHistory(tx, record_id)).length === 0) return err({ code: 'record_unknown', record_id })
    const before = (await historyOf(tx, jurisdiction, id))[0]
    if (before && textOf(before) === textOf(disruption)) return ok(before)
    const at = shell.now()
    const recorded = {
      ...disruption,
      version: (before?.version ?? 0) + 1,
      recorded_at: at,
      recorded_by: actor,
    }
    await insert(tx, recorded)
    await append(tx, {
      at,
      actor,
      kind: 'fiscal.disruption.recorded',
      subject: `${jurisdiction} ${id}`,
      payload: {
        sha256: hashOf(disruption),
        jurisdiction,
        programme: disruption.aln ?? disruption.programme,
      },
    })
    return ok(recorded)
  })
}

async function insert(tx: Tx, d: RecordedDisruption): Promise<void> {
  await sql`insert into fiscal_disruption (${COLUMNS}) values (
    ${d.jurisdiction}, ${d.id}, ${d.version}, ${d.record_id}, ${d.kind}, ${d.agency}, ${d.programme}, ${d.aln},
    ${d.strength}, ${d.awarded_cents}, ${d.drawn_cents}, ${d.stopped_cents}, ${d.back_cents}, ${d.since}, ${d.until},
    ${d.affected}, ${d.court_status}, ${d.source_url}, ${d.recorded_at}, ${d.recorded_by})`.execute(tx)
}

/** SHA-256 of the canonical JSON of a disruption: what its event carries. */
export const hashOf = (d: Disruption): string => createHash('sha256').update(textOf(d)).digest('hex')

/** The canonical JSON of what was recorded; amounts as decimal strings. */
function textOf(d: Disruption): string {
  const { jurisdiction, id, record_id, kind, agency, programme, aln, strength, since, until } = d
  const { affected, court_status, source_url } = d
  const amount = (value: bigint | null): Json => value?.toString() ?? null
  return canonicalJson({
    ...{ jurisdiction, id, record_id, kind, agency, programme, aln, strength, since, until },
    ...{ affected, court_status, source_url },
    awarded_cents: amount(d.awarded_cents),
    drawn_cents: amount(d.drawn_cents),
    stopped_cents: amount(d.stopped_cents),
    back_cents: amount(d.back_cents),
  })
}

/** Every version of one disruption, the newest first. */
export async function historyOf(
  db: Db | Tx,
  jurisdiction: DivisionId,
  id: string,
): Promise<readonly RecordedDisruption[]> {
  const { rows } = await sql<RecordedDisruption>`select ${COLUMNS} from fiscal_disruption
    where jurisdiction = ${jurisdiction} and id = ${id} order by version desc`.execute(db)
  return rows
}

/** Every version of every disruption, in order. */
export async function listVersions(db: Db): Promise<readonly RecordedDisruption[]> {
  const { rows } = await sql<RecordedDisruption>`select ${COLUMNS} from fiscal_disruption
    order by jurisdiction, id, version`.execute(db)
  return rows
}

/** The newest version of each disruption: of one jurisdiction, of one registry record, or all; newest stop first. */
export async function listDisruptions(
  db: Db | Tx,
  of: { readonly jurisdiction?: DivisionId; readonly record_id?: string } = {},
): Promise<readonly RecordedDisruption[]> {
  const { rows } = await sql<RecordedDisruption>`
    select * from (
      select distinct on (jurisdiction, id) ${COLUMNS} from fiscal_disruption
      where ${of.jurisdiction ?? null}::text is null or jurisdiction = ${of.jurisdiction ?? null}
      order by jurisdiction, id, version desc
    ) as newest
    where ${of.record_id ?? null}::text is null or record_id = ${of.record_id ?? null}
    order by since desc, jurisdiction, id`.execute(db)
  return rows
}
