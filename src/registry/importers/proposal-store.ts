import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { appendAll } from '../../audit/store.ts'
import { canonicalJson, type Instant, type Json } from '../../base/index.ts'
import type { Db, Tx } from '../../db/index.ts'
import type { Book } from '../book.ts'
import { Kind } from '../schema.ts'
import { openNeeds, proposedRecord } from './merge.ts'
import type { Draft } from './service.ts'

const Row = z.object({
  n: z.bigint().transform(Number),
  record_id: z.string(),
  kind: Kind,
  service: z.string(),
  record: z.string().transform((text) => JSON.parse(text) as Readonly<Record<string, unknown>>),
  sha256: z.string(),
  needs: z.array(z.string()),
  proposed_at: z.string(),
  state: z.enum(['proposed', 'accepted', 'declined']),
  reason: z.string().nullable(),
})
export type Proposal = z.infer<typeof Row>

const COLUMNS = sql.raw(
  "n, record_id, kind, service, record, encode(hash, 'hex') as sha256, needs, proposed_at, state, reason",
)

/** Proposals that wait for a decision, oldest first. */
export async function loadProposals(db: Db | Tx): Promise<readonly Proposal[]> {
  const { rows } =
    await sql`select ${COLUMNS} from registry_proposal where state = 'proposed' order by n`.execute(db)
  return rows.map((row) => Row.parse(row))
}

/** One proposal, held until the transaction ends. */
export async function lockProposal(tx: Tx, n: number): Promise<Proposal | undefined> {
  const { rows } = await sql`select ${COLUMNS} from registry_proposal where n = ${n} for update`.execute(tx)
  return rows[0] === undefined ? undefined : Row.parse(rows[0])
}

export interface Proposer {
  readonly at: Instant
  readonly service: string
}

/**
 * Proposes what differs from the records and was never proposed before, with an event of each in the log.
 * @returns how many were new
 */
export async function propose(
  tx: Tx,
  drafts: readonly Draft[],
  book: Book,
  { at, service }: Proposer,
): Promise<number> {
  const accepted = await loadAcceptedAs(tx)
  const rows = drafts.flatMap((draft) => {
    const id = accepted.get(draft.id) ?? draft.id
    const existing = book.records.get(id)
    const record = canonicalJson(proposedRecord(draft, existing) as Json)
    if (existing !== undefined && canonicalJson(existing as Json) === record) return []
    return [{ id, kind: draft.kind, record, hash: sha256(record), needs: openNeeds(draft, existing) }]
  })
  const unique = [...new Map(rows.map((row) => [`${row.id} ${row.hash}`, row])).values()]
  const { rows: added } = await sql<{ record_id: string; kind: string; sha256: string }>`
    insert into registry_proposal (record_id, kind, service, record, hash, needs, proposed_at)
    select id, kind, ${service}, record, decode(hash, 'hex'), needs, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(unique)}::jsonb)
      as row (id text, kind text, record text, hash text, needs text[])
    on conflict (record_id, hash) do nothing
    returning record_id, kind, encode(hash, 'hex') as sha256`.execute(tx)
  await appendAll(
    tx,
    added.map(({ record_id, kind, sha256: hash }) => ({
      at,
      actor: `tenth registry fetch ${service}`,
      kind: 'registry.version.proposed' as const,
      subject: record_id,
      payload: { record_kind: kind, sha256: hash, reason: `fetched from ${service}` },
    })),
  )
  return added.length
}

/** What services call by an id of their own, and a person has said is another record. */
async function loadAcceptedAs(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ record_id: string; accepted_as: string }>`
    select record_id, accepted_as from registry_proposal where accepted_as is not null order by n`.execute(tx)
  return new Map(rows.map((row) => [row.record_id, row.accepted_as]))
}

/** Marks a proposal as decided, with its event. @param made the version that it became */
export async function decideProposal(
  tx: Tx,
  proposal: Proposal,
  decision:
    | {
        readonly state: 'accepted'
        /** Id of the record that it became a version of. */
        readonly as: string
        readonly version: number
        readonly sha256: string
        readonly reason?: string | undefined
      }
    | { readonly state: 'declined'; readonly reason: string },
  at: Instant,
): Promise<void> {
  await sql`update registry_proposal set state = ${decision.state}, decided_at = ${at}::timestamptz,
    reason = ${decision.reason ?? null},
    accepted_version = ${decision.state === 'accepted' ? decision.version : null},
    accepted_as = ${decision.state === 'accepted' && decision.as !== proposal.record_id ? decision.as : null}
    where n = ${proposal.n}`.execute(tx)
  const reason: { readonly [key: string]: Json } =
    decision.reason === undefined ? {} : { reason: decision.reason }
  const payload: Json =
    decision.state === 'accepted'
      ? { record_kind: proposal.kind, version: decision.version, sha256: decision.sha256, ...reason }
      : { record_kind: proposal.kind, sha256: proposal.sha256, ...reason }
  await appendAll(tx, [
    {
      at,
      actor: 'operator',
      kind: `registry.version.${decision.state}`,
      subject: decision.state === 'accepted' ? decision.as : proposal.record_id,
      payload,
    },
  ])
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
