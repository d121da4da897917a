import { sql } from 'kysely'
import type { Finding } from '../audit/index.ts'
import type { Db } from '../db/index.ts'
import { hashOf, listVersions } from './disruption-store.ts'

const NAME = 'fiscal tables'

/**
 * Compares the room's tables with the log: each load of figures and each imported list has its event with the same
 * hash and count, each list still holds the awards that it says, and each version of a disruption is what was logged.
 */
export const fiscalCheck = {
  name: NAME,
  async *run(db: Db): AsyncIterable<Finding> {
    yield* findings(await loadsAgainstLog(db))
    yield* findings(await listsAgainstLog(db))
    yield* findings(await disruptionsAgainstLog(db))
  },
}

interface Wrong {
  readonly seq: bigint | null
  readonly what: string
}

function* findings(rows: readonly Wrong[]): Iterable<Finding> {
  for (const { seq, what } of rows) yield { check: NAME, seq, detail: what }
}

async function loadsAgainstLog(db: Db): Promise<readonly Wrong[]> {
  const { rows } = await sql<Wrong>`
    with told as (
      select seq, subject, payload::jsonb as payload from audit_event where kind = 'fiscal.import.loaded'
    )
    select null::bigint as seq, 'load ' || l.revision || ' of ' || l.subject || ' has no event that tells the same' as what
    from fiscal_load l
    where not exists (
      select 1 from told e where e.subject = l.subject and e.payload ->> 'sha256' = l.sha256
        and (e.payload ->> 'rows')::integer = l.row_count
    ) order by l.revision`.execute(db)
  return rows
}

async function listsAgainstLog(db: Db): Promise<readonly Wrong[]> {
  const { rows } = await sql<Wrong>`
    with told as (
      select seq, subject, payload::jsonb as payload from audit_event where kind = 'fiscal.import.loaded'
    ), held as (
      select jurisdiction, inventory, count(*) as awards, sum(amount_cents) as total
      from fiscal_award group by jurisdiction, inventory
    )
    select e.seq, 'list ' || i.jurisdiction || ' ' || i.id || ' ' ||
      case when e.seq is null then 'has no event in the log'
           when e.payload ->> 'sha256' <> i.sha256 then 'is not the file that was logged'
           when (e.payload ->> 'rows')::integer <> i.award_count then 'is logged with another number of awards'
           else 'does not hold the awards that it was imported with' end as what
    from fiscal_inventory i
    left join told e on e.subject = i.jurisdiction || ' funds ' || i.id
    left join held h on h.jurisdiction = i.jurisdiction and h.inventory = i.id
    where i.format <> 'first' and (
      e.seq is null or e.payload ->> 'sha256' <> i.sha256 or (e.payload ->> 'rows')::integer <> i.award_count
      or h.awards is distinct from i.award_count or h.total is distinct from i.total_cents)
    order by i.jurisdiction, i.id`.execute(db)
  return rows
}

/** The n-th version of a disruption is the n-th event of its subject, with the hash of its text. */
async function disruptionsAgainstLog(db: Db): Promise<readonly Wrong[]> {
  const { rows: events } = await sql<{ seq: bigint; subject: string; sha256: string }>`
    select seq, subject, payload::jsonb ->> 'sha256' as sha256
    from audit_event where kind = 'fiscal.disruption.recorded' order by seq`.execute(db)
  const told = new Map<string, (typeof events)[number][]>()
  for (const event of events) told.set(event.subject, [...(told.get(event.subject) ?? []), event])
  const versions = await listVersions(db)
  const wrong = versions.flatMap((d): Wrong[] => {
    const subject = `${d.jurisdiction} ${d.id}`
    const event = told.get(subject)?.[d.version - 1]
    if (!event)
      return [{ seq: null, what: `disruption ${subject} version ${d.version} has no event in the log` }]
    return event.sha256 === hashOf(d)
      ? []
      : [{ seq: event.seq, what: `disruption ${subject} version ${d.version} is not what was logged` }]
  })
  const held = new Map<string, number>()
  for (const d of versions) held.set(`${d.jurisdiction} ${d.id}`, d.version)
  const gone = [...told].flatMap(([subject, list]): Wrong[] =>
    list
      .slice(held.get(subject) ?? 0)
      .map((event) => ({ seq: event.seq, what: `disruption ${subject} is in the log and not in the table` })),
  )
  return [...wrong, ...gone]
}
