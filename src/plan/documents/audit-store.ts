import { sql } from 'kysely'
import type { Finding } from '../../audit/index.ts'
import type { Db } from '../../db/index.ts'

const NAME = 'plan documents'

interface Wrong {
  readonly seq: bigint | null
  readonly what: string
}

/**
 * Compares the saved plans with the log: each version holds the bytes that its event names, each event has its
 * version, and what stands set aside is what the log last says.
 */
export const planDocumentsCheck = {
  name: NAME,
  async *run(db: Db): AsyncIterable<Finding> {
    for (const find of [versionsAgainstLog, logAgainstVersions, asideAgainstLog])
      for (const { seq, what } of await find(db)) yield { check: NAME, seq, detail: what }
  },
}

async function versionsAgainstLog(db: Db): Promise<readonly Wrong[]> {
  const { rows } = await sql<Wrong>`
    with told as (
      select seq, subject, (payload::jsonb ->> 'version')::integer as version, payload::jsonb ->> 'sha256' as sha256
      from audit_event where kind = 'plan.version.saved'
    )
    select t.seq, 'version ' || v.version || ' of plan ' || v.id || case
      when t.seq is null then ' has no event in the log'
      when t.sha256 <> v.sha256 then ' is not the one that was logged'
      else ' does not hold the bytes that it was saved with' end as what
    from plan_version v left join told t on t.subject = v.id and t.version = v.version
    where t.seq is null or t.sha256 <> v.sha256
      or encode(sha256(convert_to(v.text, 'UTF8')), 'hex') <> v.sha256
    order by v.id, v.version`.execute(db)
  return rows
}

async function logAgainstVersions(db: Db): Promise<readonly Wrong[]> {
  const { rows } = await sql<Wrong>`
    select e.seq, 'version ' || (e.payload::jsonb ->> 'version') || ' of plan ' || e.subject ||
      ' is in the log and not in the table' as what
    from audit_event e
    where e.kind = 'plan.version.saved' and not exists (
      select 1 from plan_version v
      where v.id = e.subject and v.version = (e.payload::jsonb ->> 'version')::integer
    ) order by e.seq`.execute(db)
  return rows
}

async function asideAgainstLog(db: Db): Promise<readonly Wrong[]> {
  const { rows } = await sql<Wrong>`
    with last_told as (
      select distinct on (subject) seq, subject, kind from audit_event
      where kind in ('plan.set-aside', 'plan.brought-back') order by subject, seq desc
    )
    select t.seq, 'plan ' || coalesce(a.id, t.subject) || case
      when a.id is null then ' was set aside and stands as if it was not'
      else ' stands set aside, which the log does not say' end as what
    from plan_set_aside a full join (select * from last_told where kind = 'plan.set-aside') t on t.subject = a.id
    where a.id is null or t.seq is null
    order by 2`.execute(db)
  return rows
}
