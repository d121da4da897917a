import { sql } from 'kysely'
import type { DivisionId } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import type { Rec } from './schema.ts'
import { type SearchDocument, searchDocument } from './search-document.ts'

/** Records per statement: a statement holds all their text as one JSON parameter. */
const BATCH = 500

/**
 * Brings the search index up to the given records, in the transaction that changed them: new and changed ones are
 * indexed anew, withdrawn ones leave the index.
 * @param nameOf the name of a jurisdiction, where one is known
 */
export async function indexRecords(
  tx: Tx,
  records: readonly Rec[],
  nameOf?: (id: DivisionId) => string | undefined,
): Promise<void> {
  await removeFromIndex(
    tx,
    records.map((record) => record.id),
  )
  const documents = records
    .filter((record) => record.withdrawn === undefined)
    .map((record) => searchDocument(record, nameOf))
  for (let at = 0; at < documents.length; at += BATCH) await insert(tx, documents.slice(at, at + BATCH))
  await updateTiers(
    tx,
    records.map((record) => record.id),
  )
}

async function removeFromIndex(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`with gone as (delete from registry_search_text where id = any(${ids}) returning words),
      counts as (select word, count(*)::int as n from gone, unnest(words) as word group by word)
    update registry_word w set documents = w.documents - c.n from counts c where c.word = w.word`.execute(tx)
  await sql`delete from registry_search where id = any(${ids})`.execute(tx)
  await sql`delete from registry_word where documents <= 0`.execute(tx)
}

/** Columns of a group, in the order of its unique key. */
const GROUP = sql.raw('kind, area, status, stance, party, confidence, tiers, states, places')

async function insert(tx: Tx, documents: readonly SearchDocument[]): Promise<void> {
  const json = JSON.stringify(documents)
  await sql`insert into registry_search_group (${GROUP})
    select distinct kind, area, status, stance, party, confidence,
      case when tier is null then '{}'::text[] else array[tier] end, states, places
    from jsonb_to_recordset(${json}::jsonb) as d(kind text, area text, status text, stance text, party text,
      confidence text, tier text, states text[], places text[])
    on conflict do nothing`.execute(tx)
  await sql`insert into registry_search (id, group_id, date_first, spans, types, vector)
    select d.id, g.id, d."dateFirst"::date, d.spans::datemultirange, d.types,
      setweight(to_tsvector('registry_english', weighted[1]), 'A')
        || setweight(to_tsvector('registry_english', weighted[2]), 'B')
        || setweight(to_tsvector('simple', weighted[2]), 'B')
        || setweight(to_tsvector('registry_english', weighted[3]), 'C')
        || setweight(to_tsvector('registry_english', weighted[4]), 'D')
    from jsonb_to_recordset(${json}::jsonb) as d(id text, kind text, places text[], states text[], area text,
      status text, stance text, party text, types text[], tier text, confidence text, "dateFirst" text, spans text,
      weighted text[])
    join registry_search_group g using (kind, area, status, stance, party, confidence, states, places)
    where g.tiers = case when d.tier is null then '{}' else array[d.tier] end`.execute(tx)
  await sql`insert into registry_search_text (id, title, summary, body, date, jurisdictions, words)
    select id, title, summary, body, date, jurisdictions, words
    from jsonb_to_recordset(${json}::jsonb) as d(id text, title text, summary text, body text, date text,
      jurisdictions text[], words text[])`.execute(tx)
  await sql`insert into registry_word (word, lexeme, documents)
    select word, (ts_lexize('english_stem', word))[1], count(*)
    from jsonb_to_recordset(${json}::jsonb) as d(words text[]), unnest(words) as word
    group by word order by word
    on conflict (word) do update set documents = registry_word.documents + excluded.documents`.execute(tx)
}

/** A measure has the legal tiers of the playbook types that it is an instance of, so it moves when these change. */
async function updateTiers(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`create temporary table if not exists moved_tier (
    id text primary key, group_id integer, tiers text[]) on commit delete rows`.execute(tx)
  await sql`insert into moved_tier
    select m.id, m.group_id, array_agg(distinct tier order by tier)
    from registry_search m
      join registry_search p on p.id = any(m.types)
      join registry_search_group pg on pg.id = p.group_id and pg.kind = 'playbook-type',
      unnest(pg.tiers) as tier
    where m.id = any(${ids}) or m.types && ${ids}::text[]
    group by m.id, m.group_id`.execute(tx)
  const columns = sql.raw(
    'g.kind, g.area, g.status, g.stance, g.party, g.confidence, t.tiers, g.states, g.places',
  )
  await sql`insert into registry_search_group (${GROUP})
    select distinct ${columns} from moved_tier t join registry_search_group g on g.id = t.group_id
    on conflict do nothing`.execute(tx)
  await sql`update registry_search m set group_id = n.id
    from moved_tier t join registry_search_group g on g.id = t.group_id
      join registry_search_group n on (n.kind, n.area, n.status, n.stance, n.party, n.confidence, n.tiers, n.states,
        n.places) = (${columns})
    where m.id = t.id and m.group_id <> n.id`.execute(tx)
  await sql`drop table moved_tier`.execute(tx)
}

/** Empties the index, to build it anew from the records. */
export async function clearIndex(db: Db | Tx): Promise<void> {
  await sql`truncate registry_search, registry_search_text, registry_search_group, registry_word`.execute(db)
}
