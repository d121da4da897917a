import { sql } from 'kysely'
import type { Finding } from '../audit/index.ts'
import type { Db } from '../db/index.ts'

const NAME = 'access tables'

/**
 * Compares people and duties with the log: who holds what is what was given and not taken since, and everybody was
 * invited. A duty that somebody wrote into the table is found, and one that somebody wiped from it.
 */
export const accessCheck = {
  name: NAME,
  async *run(db: Db): AsyncIterable<Finding> {
    for (const { seq, what } of [...(await dutiesAgainstLog(db)), ...(await peopleAgainstLog(db))])
      yield { check: NAME, seq, detail: what } satisfies Finding
  },
}

interface Wrong {
  readonly seq: bigint | null
  readonly what: string
}

async function dutiesAgainstLog(db: Db): Promise<readonly Wrong[]> {
  const { rows } = await sql<Wrong>`
    with told as (
      select distinct on (subject, payload::jsonb) seq, kind, subject,
        payload::jsonb ->> 'role' as role, payload::jsonb ->> 'jurisdiction' as jurisdiction,
        coalesce(payload::jsonb ->> 'office', '') as office
      from audit_event where kind in ('access.granted', 'access.revoked')
      order by subject, payload::jsonb, seq desc
    )
    select coalesce(given.seq, taken.seq) as seq, coalesce(g.user_id, given.subject) || ' as ' ||
      coalesce(g.role, given.role) || ' for ' || coalesce(g.jurisdiction, given.jurisdiction) ||
      case when given.seq is null then ' is in the table, and the log gave no such duty'
           else ' was given in the log, and is not in the table' end as what
    from access_grant g
    full join (select * from told where kind = 'access.granted') as given
      on given.subject = g.user_id and given.role = g.role
        and given.jurisdiction = g.jurisdiction and given.office = g.office
    left join told as taken on taken.kind = 'access.revoked' and taken.subject = g.user_id
      and taken.role = g.role and taken.jurisdiction = g.jurisdiction and taken.office = g.office
    where g.id is null or given.seq is null
    order by 2`.execute(db)
  return rows
}

async function peopleAgainstLog(db: Db): Promise<readonly Wrong[]> {
  const { rows } = await sql<Wrong>`
    select null::bigint as seq, id || ' is in the table, and the log invited no such person' as what
    from access_user where not exists (
      select from audit_event where kind = 'access.person.invited' and subject = id)
    union all
    select null, id || ' has joined, and the log does not say so'
    from access_user where joined_at is not null and not exists (
      select from audit_event where kind = 'access.person.joined' and subject = id)
    order by 2`.execute(db)
  return rows
}
