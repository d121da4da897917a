import { sql } from 'kysely'
import { append } from '../audit/store.ts'
import { type DivisionId, divisionOfState, err, ok, type Result } from '../base/index.ts'
import type { Db, Shell, Tx } from '../db/index.ts'
import type { ImportError, Imported, ImportRequest, ReadSummary } from './import.ts'
import type { Award, Inventory } from './schema.ts'

/** Puts awards into the staging table of the transaction. */
export type AwardWriter = (awards: readonly Award[]) => Promise<void>

/** Ends a transaction without keeping anything of it. */
class RolledBack extends Error {
  readonly result: Result<Imported, ImportError>
  constructor(result: Result<Imported, ImportError>) {
    super('rolled back')
    this.result = result
  }
}

/**
 * Opens one transaction with a staging table, lets `read` fill it, and keeps it as an inventory only if all is well.
 * Nobody sees a row before that; a refusal, a cancel or a crash leaves nothing.
 */
export async function writeAwards(
  shell: Shell,
  request: ImportRequest & { readonly file_name: string },
  read: (writer: AwardWriter) => Promise<Result<ReadSummary, ImportError>>,
): Promise<Result<Imported, ImportError>> {
  try {
    return await shell.db.transaction().execute(async (tx) => {
      await sql`create temporary table staged_award (like fiscal_award) on commit drop`.execute(tx)
      const jurisdiction = divisionOfState(request.usps)
      const done = await read((awards) => writeAwardRows(tx, 'staged_award', jurisdiction, '', awards))
      if (!done.ok) throw new RolledBack(done)
      const kept = await keep(tx, shell, request, jurisdiction, done.value)
      if (!kept.ok || request.dry_run) throw new RolledBack(kept)
      return kept
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.result
    throw error
  }
}

export async function writeAwardRows(
  tx: Tx,
  table: 'staged_award' | 'fiscal_award',
  jurisdiction: DivisionId,
  inventory: string,
  awards: readonly Award[],
): Promise<void> {
  if (awards.length === 0) return
  await sql`insert into ${sql.table(table)}
    select ${jurisdiction}, ${inventory}, * from unnest(
      ${awards.map((a) => a.line)}::integer[], ${awards.map((a) => a.award_id)}::text[],
      ${awards.map((a) => a.agency)}::text[], ${awards.map((a) => a.aln)}::text[],
      ${awards.map((a) => a.programme)}::text[], ${awards.map((a) => a.strength)}::text[],
      ${awards.map((a) => a.state_agency)}::text[], ${awards.map((a) => a.year)}::smallint[],
      ${awards.map((a) => a.year_kind)}::text[], ${awards.map((a) => a.amount_cents)}::bigint[],
      ${awards.map((a) => a.match_cents)}::bigint[], ${awards.map((a) => a.effort_cents)}::bigint[])`.execute(
    tx,
  )
}

async function keep(
  tx: Tx,
  shell: Shell,
  request: ImportRequest & { readonly file_name: string },
  jurisdiction: DivisionId,
  summary: ReadSummary,
): Promise<Result<Imported, ImportError>> {
  const inventory: Inventory = {
    jurisdiction,
    id: `${request.format}-${summary.sha256.slice(0, 12)}`,
    title: request.title ?? request.file_name,
    format: request.format,
    file_name: request.file_name,
    sha256: summary.sha256,
    award_count: summary.awards,
    total_cents: summary.total,
    grade: 'user',
    imported_at: shell.now(),
  }
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${jurisdiction} ${inventory.id}`}, 731))`.execute(
    tx,
  )
  const { rows } = await sql`select 1 from fiscal_inventory
    where jurisdiction = ${jurisdiction} and id = ${inventory.id}`.execute(tx)
  if (rows.length > 0)
    return err({ code: 'already_imported', file: request.file_name, inventory: inventory.id })
  await saveInventory(tx, inventory)
  await sql`insert into fiscal_award
    select jurisdiction, ${inventory.id}, line, award_id, agency, aln, programme, strength, state_agency, year,
           year_kind, amount_cents, match_cents, effort_cents from staged_award`.execute(tx)
  await append(tx, {
    at: shell.now(),
    actor: request.actor,
    kind: 'fiscal.import.loaded',
    subject: `${jurisdiction} funds ${inventory.id}`,
    payload: { sha256: summary.sha256, rows: summary.awards },
  })
  const { ties_to_total, subtotals, elsewhere } = summary
  return ok({ inventory, ties_to_total, subtotals, elsewhere })
}

export async function saveInventory(tx: Tx, i: Inventory): Promise<void> {
  await sql`insert into fiscal_inventory
    (jurisdiction, id, title, format, file_name, sha256, award_count, total_cents, grade, imported_at)
    values (${i.jurisdiction}, ${i.id}, ${i.title}, ${i.format}, ${i.file_name}, ${i.sha256}, ${i.award_count},
            ${i.total_cents}, ${i.grade}, ${i.imported_at})`.execute(tx)
}

/** The inventories of a jurisdiction, the newest first; the one made from public tables always last. */
export async function listInventories(db: Db | Tx, jurisdiction: DivisionId): Promise<readonly Inventory[]> {
  const { rows } = await sql<Inventory>`
    select jurisdiction, id, title, format, file_name, sha256, award_count, total_cents, grade, imported_at
    from fiscal_inventory where jurisdiction = ${jurisdiction}
    order by format = 'first', imported_at desc, id`.execute(db)
  return rows
}

const AWARD = sql`line, award_id, agency, aln, programme, strength, state_agency, year, year_kind, amount_cents,
  match_cents, effort_cents`

export interface AwardPage {
  readonly limit: number
  readonly after: number
}

/** Awards of one inventory in the order of their file. */
export async function listAwards(
  db: Db,
  jurisdiction: DivisionId,
  inventory: string,
  page: AwardPage = { limit: 1000, after: 0 },
): Promise<readonly Award[]> {
  const { rows } = await sql<Award>`select ${AWARD} from fiscal_award
    where jurisdiction = ${jurisdiction} and inventory = ${inventory} and line > ${page.after}
    order by line limit ${page.limit}`.execute(db)
  return rows
}

/** The awards of some lines of one inventory. */
export async function findAwards(
  db: Db,
  jurisdiction: DivisionId,
  inventory: string,
  lines: readonly number[],
): Promise<readonly Award[]> {
  const { rows } = await sql<Award>`select ${AWARD} from fiscal_award
    where jurisdiction = ${jurisdiction} and inventory = ${inventory} and line = any(${lines}::integer[])
    order by line`.execute(db)
  return rows
}

export interface AwardGroup {
  readonly agency: string
  readonly programme: string
  readonly aln: string | null
  readonly strength: Award['strength']
  readonly year: number
  readonly year_kind: Award['year_kind']
  readonly amount_cents: bigint
  readonly match_cents: bigint | null
  readonly effort_cents: bigint | null
  readonly awards: number
  /** Lowest line of the group: its name in forms and links. */
  readonly line: number
  readonly state_agency: string | null
}

/** One row for each programme and year of an inventory, largest first: what a page can show of a long list. */
export async function groupAwards(
  db: Db,
  jurisdiction: DivisionId,
  inventory: string,
): Promise<readonly AwardGroup[]> {
  const { rows } = await sql<AwardGroup>`
    select agency, programme, aln, strength, year, year_kind, sum(amount_cents)::bigint as amount_cents,
           sum(match_cents)::bigint as match_cents, sum(effort_cents)::bigint as effort_cents,
           count(*)::integer as awards, min(line) as line,
           case when count(distinct state_agency) = 1 then min(state_agency) end as state_agency
    from fiscal_award where jurisdiction = ${jurisdiction} and inventory = ${inventory}
    group by agency, programme, aln, strength, year, year_kind
    order by amount_cents desc, line`.execute(db)
  return rows
}
