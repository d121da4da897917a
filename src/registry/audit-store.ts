import { sql } from 'kysely'
import type { Finding } from '../audit/index.ts'
import type { Db } from '../db/index.ts'

/**
 * Compares the versions of the registry with the log: each version has the event that its `audit_seq` names,
 * which tells the same; each event of a record has its version; and each record is what its hash says.
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
    for (const { seq, what } of rows)
      yield { check: 'registry versions', seq, detail: what } satisfies Finding
  },
}
