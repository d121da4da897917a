import { sql } from 'kysely'
import type { Finding } from '../audit/index.ts'
import type { Db } from '../db/index.ts'

/**
 * Compares the versions of the registry with the log: each version has the event that its `audit_seq` names,
 * which tells the same; each event of a record has its version; and each record is what its hash says. Proposals and
 * their events likewise.
 */
export const registryCheck = {
  name: 'registry versions',
  async *run(db: Db): AsyncIterable<Finding> {
    const { rows } = await sql<{ seq: bigint; what: string }>`
      with told as (
        select seq, subject, at, kind, payload::jsonb as payload
        from audit_event where kind in ('registry.record.added', 'registry.record.changed')
      ), compared as (
        select coalesce(v.audit_seq, e.seq) as seq, coalesce(v.id, e.subject) as id,
               coalesce(v.version::text, e.payload ->> 'version') as version,
               case
                 when e.seq is null then 'has no event in the log'
                 when v.id is null then 'is in the log and not in the table'
                 when v.hash <> sha256(convert_to(v.record, 'UTF8')) then 'does not have the hash that stands beside it'
                 when e.subject <> v.id then 'has the event of ' || e.subject
                 when e.payload ->> 'version' <> v.version::text then 'has the event of version ' || (e.payload ->> 'version')
                 when e.payload ->> 'sha256' <> encode(v.hash, 'hex') then 'is not the text whose hash was logged'
                 when e.payload ->> 'record_kind' <> v.kind then 'is logged as another kind'
                 when e.at <> v.recorded_at then 'is logged at another time'
                 when (v.change = 'added') <> (e.kind = 'registry.record.added')
                   or (v.change <> 'added' and e.payload ->> 'change' <> v.change) then 'is logged as another change'
                 when e.payload ->> 'reason' is distinct from v.reason and v.change <> 'added' then 'is logged with another reason'
               end as wrong
        from registry_version v full join told e on e.seq = v.audit_seq
      )
      select seq, id || ' version ' || version || ' ' || wrong as what
      from compared where wrong is not null order by seq, what`.execute(db)
    const found = [...rows, ...(await proposalFindings(db))]
    for (const { seq, what } of found)
      yield { check: 'registry versions', seq, detail: what } satisfies Finding
  },
}

/**
 * Each proposal has the event that says it was proposed, and once decided the one that says so, of the same record,
 * text, time and reason; an accepted one names a version that there is; and no event tells of a proposal that is none.
 */
async function proposalFindings(db: Db): Promise<readonly { seq: bigint; what: string }[]> {
  const { rows } = await sql<{ seq: bigint; what: string }>`
    with told as (
      select seq, subject, at, replace(kind, 'registry.version.', '') as state, payload::jsonb as payload
      from audit_event where kind in ('registry.version.proposed', 'registry.version.accepted', 'registry.version.declined')
    ), wanted as (
      select n, record_id as subject, kind, 'proposed' as state, proposed_at as at, encode(hash, 'hex') as sha256,
             null::text as version, null::text as reason
      from registry_proposal
      union all
      select n, coalesce(accepted_as, record_id), kind, state, decided_at,
             case when state = 'declined' then encode(hash, 'hex') end, accepted_version::text, reason
      from registry_proposal where state <> 'proposed'
    ), compared as (
      select coalesce(e.seq, 0) as seq, coalesce(w.subject, e.subject) as subject, w.n, coalesce(w.state, e.state) as state,
             case
               when w.n is null then 'is in the log and not among the proposals'
               when e.seq is null then 'has no event in the log'
               when e.payload ->> 'record_kind' <> w.kind then 'is logged as another kind'
               when w.state <> 'proposed' and e.payload ->> 'reason' is distinct from w.reason
                 then 'is logged with another reason'
               when w.state = 'accepted' and not exists (
                 select from registry_version v where v.id = e.subject and v.version::text = e.payload ->> 'version'
                   and encode(v.hash, 'hex') = e.payload ->> 'sha256') then 'names a version that there is not'
             end as wrong
      from wanted w full join told e on e.subject = w.subject and e.state = w.state and e.at = w.at
        and (w.sha256 is null or e.payload ->> 'sha256' = w.sha256)
        and (w.version is null or e.payload ->> 'version' = w.version)
    )
    select seq, coalesce('proposal ' || n, 'the proposal') || ' of ' || subject || ', ' || state || ', ' || wrong as what
    from compared where wrong is not null
    union all
    select 0, 'proposal ' || n || ' of ' || record_id || ' does not have the hash that stands beside it'
    from registry_proposal where hash <> sha256(convert_to(record, 'UTF8'))
    order by seq, what`.execute(db)
  return rows
}
