import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { append } from '../audit/store.ts'
import type { DivisionId, Instant } from '../base/index.ts'
import type { Db, Shell, Tx } from '../db/index.ts'
import { checksumOfFacts, type FlowRow, readCategories, readFlows, readSeries, readSources } from './facts.ts'
import { type Figures, indexFigures, type Origin, type StoredFlow } from './figures.ts'
import type { ReadSeries } from './own-series.ts'
import type { Category, Series, Source } from './schema.ts'

const LOAD_LOCK = 7_310_000_030n
const FACTS = 'src/fiscal/data'
const ROWS_PER_INSERT = 8_000

/**
 * Brings the figures of the project's own files into the database, once for each state of the files, in one
 * transaction with one event in the log. Series of users and services stay.
 * @returns the rows loaded now; 0 when the files are those already loaded
 */
export async function loadFacts(shell: Shell): Promise<number> {
  const sha256 = checksumOfFacts()
  return shell.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOAD_LOCK})`.execute(tx)
    if ((await lastLoad(tx, FACTS)) === sha256) return 0
    await sql`delete from fiscal_flow where series in (select id from fiscal_series where origin = 'project')`.execute(
      tx,
    )
    await sql`delete from fiscal_series where origin = 'project'`.execute(tx)
    const series = readSeries()
    await saveSeries(tx, 'project', series, readCategories(), readSources())
    const rows = series.flatMap(readFlows)
    await saveFlows(tx, rows)
    await recordLoad(tx, shell.now(), 'tenth start', { subject: FACTS, sha256, row_count: rows.length })
    return rows.length
  })
}

export interface Load {
  readonly subject: string
  readonly sha256: string
  readonly row_count: number
  readonly source?: string
}

/** Notes that figures came in: a new revision, and an event in the log. */
export async function recordLoad(tx: Tx, at: Instant, actor: string, load: Load): Promise<void> {
  await sql`insert into fiscal_load (subject, sha256, row_count, loaded_at)
    values (${load.subject}, ${load.sha256}, ${load.row_count}, ${at})`.execute(tx)
  const payload = {
    sha256: load.sha256,
    rows: load.row_count,
    ...(load.source !== undefined && { source: load.source }),
  }
  await append(tx, { at, actor, kind: 'fiscal.import.loaded', subject: load.subject, payload })
}

async function lastLoad(tx: Tx, subject: string): Promise<string | undefined> {
  const { rows } = await sql<{ sha256: string }>`
    select sha256 from fiscal_load where subject = ${subject} order by revision desc limit 1`.execute(tx)
  return rows[0]?.sha256
}

export async function saveSeries(
  tx: Tx,
  origin: Origin,
  series: readonly Series[],
  categories: readonly Category[],
  sources: readonly Source[],
): Promise<void> {
  await sql`insert into fiscal_series (id, origin, position, body)
    select body ->> 'id', ${origin}, position, body
    from jsonb_array_elements(${JSON.stringify(series)}::jsonb) with ordinality as row (body, position)`.execute(
    tx,
  )
  await sql`insert into fiscal_category (series, category, position, body)
    select body ->> 'series', body ->> 'category', position, body
    from jsonb_array_elements(${JSON.stringify(categories)}::jsonb) with ordinality as row (body, position)`.execute(
    tx,
  )
  await sql`insert into fiscal_source (source_id, body)
    select body ->> 'source_id', body from jsonb_array_elements(${JSON.stringify(sources)}::jsonb) as row (body)
    on conflict (source_id) do update set body = excluded.body`.execute(tx)
}

export async function saveFlows(tx: Tx, rows: readonly FlowRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    const part = rows.slice(at, at + ROWS_PER_INSERT)
    await sql`insert into fiscal_flow (jurisdiction, series, category, year, value, source)
      select * from unnest(
        ${part.map((r) => r.jurisdiction)}::text[], ${part.map((r) => r.series)}::text[],
        ${part.map((r) => r.category)}::text[], ${part.map((r) => r.year)}::smallint[],
        ${part.map((r) => r.value)}::numeric[], ${part.map((r) => r.source)}::text[])`.execute(tx)
  }
}

const held = new WeakMap<Db, Promise<Figures>>()

/** Every figure, kept in memory until the next load: a page asks the database for one number only. */
export async function loadFigures(db: Db): Promise<Figures> {
  const { rows } = await sql<{ revision: bigint }>`
    select coalesce(max(revision), 0) as revision from fiscal_load`.execute(db)
  const revision = rows[0]?.revision ?? 0n
  const known = await held.get(db)
  if (known?.revision === revision) return known
  const reading = readFigures(db, revision)
  held.set(db, reading)
  reading.catch(() => held.delete(db))
  return reading
}

async function readFigures(db: Db, revision: bigint): Promise<Figures> {
  const [series, sources, categories, flows] = await Promise.all([
    sql<{ origin: Origin; body: Series }>`
      select origin, body from fiscal_series order by origin, position, id`.execute(db),
    sql<{ body: Source }>`select body from fiscal_source order by source_id`.execute(db),
    sql<{ body: Category }>`select body from fiscal_category order by series, position`.execute(db),
    sql<StoredFlow>`select jurisdiction, series, category, year, value::text as value, source
      from fiscal_flow order by jurisdiction, series, category, year`.execute(db),
  ])
  return indexFigures(
    revision,
    series.rows.map(({ origin, body }) => ({ ...body, origin })),
    sources.rows.map((row) => row.body),
    categories.rows.map((row) => row.body),
    flows.rows,
  )
}

export interface Reserve {
  readonly as_of: string
  readonly amount_cents: bigint
  readonly source_url: string
}

/** The reserve that a jurisdiction has reported last, if it has. */
export async function loadReserve(db: Db, jurisdiction: DivisionId): Promise<Reserve | undefined> {
  const { rows } = await sql<Reserve>`
    select as_of, amount_cents, source_url from fiscal_reserve
    where jurisdiction = ${jurisdiction} order by as_of desc limit 1`.execute(db)
  return rows[0]
}

/** Notes what a jurisdiction holds in reserve on a day; a second figure for the day replaces the first, and both are logged. */
export async function saveReserve(
  shell: Shell,
  actor: string,
  jurisdiction: DivisionId,
  reserve: Reserve,
): Promise<void> {
  const sha256 = createHash('sha256')
    .update(`${jurisdiction} ${reserve.as_of} ${reserve.amount_cents}`)
    .digest('hex')
  await shell.db.transaction().execute(async (tx) => {
    await sql`insert into fiscal_reserve (jurisdiction, as_of, amount_cents, source_url, recorded_at)
      values (${jurisdiction}, ${reserve.as_of}, ${reserve.amount_cents}, ${reserve.source_url}, ${shell.now()})
      on conflict (jurisdiction, as_of) do update set amount_cents = excluded.amount_cents,
        source_url = excluded.source_url, recorded_at = excluded.recorded_at`.execute(tx)
    await append(tx, {
      at: shell.now(),
      actor,
      kind: 'fiscal.import.loaded',
      subject: `${jurisdiction} reserve ${reserve.as_of}`,
      payload: { sha256, rows: 1, source: reserve.source_url },
    })
  })
}

/** Keeps a series beside the project's own. @returns false when its id is taken: nothing is replaced */
export async function saveOwnSeries(
  shell: Shell,
  actor: string,
  read: ReadSeries,
  sha256: string,
  origin: Exclude<Origin, 'project'> = 'user',
): Promise<boolean> {
  return shell.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOAD_LOCK})`.execute(tx)
    const { rows } = await sql`select 1 from fiscal_series where id = ${read.series.id}`.execute(tx)
    if (rows.length > 0) return false
    await saveSeries(tx, origin, [read.series], read.categories, [read.source])
    await saveFlows(tx, read.rows)
    await recordLoad(tx, shell.now(), actor, {
      subject: `series ${read.series.id}`,
      sha256,
      row_count: read.rows.length,
      source: read.source.url,
    })
    return true
  })
}
