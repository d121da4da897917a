import { sql } from 'kysely'
import { append } from '../../audit/store.ts'
import { err, type Instant, ok, type Result } from '../../base/index.ts'
import type { Db, Shell, Tx } from '../../db/index.ts'
import { readShippedPlans } from '../files.ts'
import { readPlan } from '../read.ts'
import {
  isTaken,
  type PlanDocument,
  type PlanVersion,
  type SaveError,
  type SetAside,
  sha256Of,
} from './documents.ts'

interface Row {
  readonly id: string
  readonly version: number
  readonly sha256: string
  readonly text: string
  readonly why: string
  readonly saved_at: Instant
  readonly saved_by: string
  readonly aside_why: string | null
  readonly aside_at: Instant | null
  readonly aside_by: string | null
}

/** A plan that comes with the project, or one saved here: its newest version where none is named. */
export async function findPlan(
  shell: Pick<Shell, 'db'>,
  id: string,
  version?: number,
): Promise<PlanDocument | undefined> {
  const shipped = shippedDocuments().find((one) => one.id === id)
  if (shipped) return version === undefined || version === 0 ? shipped : undefined
  return findSaved(shell.db, id, version)
}

/** Every plan: those of the project, then those saved here in the order of their names, each in its newest version. */
export async function listPlans(shell: Pick<Shell, 'db'>): Promise<readonly PlanDocument[]> {
  const { rows } = await sql<Row>`
    select distinct on (v.id) ${COLUMNS} from plan_version v left join plan_set_aside a on a.id = v.id
    order by v.id, v.version desc`.execute(shell.db)
  return [...shippedDocuments(), ...rows.map(documentOf)]
}

/** Versions of a saved plan, the newest first; none for a plan that comes with the project. */
export async function listPlanVersions(
  shell: Pick<Shell, 'db'>,
  id: string,
): Promise<readonly PlanVersion[]> {
  const { rows } = await sql<Row>`
    select version, sha256, why, saved_at, saved_by from plan_version where id = ${id}
    order by version desc`.execute(shell.db)
  return rows.map(({ version, sha256, why, saved_at, saved_by }) => ({
    version,
    sha256,
    why,
    at: saved_at,
    by: saved_by,
  }))
}

export interface NewVersion {
  readonly text: string
  /** SHA-256 of the version that was edited; nothing for a new plan. */
  readonly base: string | undefined
  readonly why: string
  readonly actor: string
}

/**
 * Keeps a document as the next version of its plan, with its event, in one transaction. What the newest version holds
 * byte for byte is not kept again. What somebody else has saved since is never written over.
 */
export async function savePlan(
  shell: Pick<Shell, 'db' | 'now'>,
  { text, base, why, actor }: NewVersion,
): Promise<Result<PlanDocument, SaveError>> {
  const read = readPlan('the document', text)
  if (!read.ok) return err({ code: 'plan_refused', faults: read.error })
  const { id } = read.value.plan
  const reason = why.trim()
  if (reason === '' || reason.length > MOST_WHY || /[\p{Cc}\p{Cs}]/u.test(reason))
    return err({ code: 'no_why' })
  if (isTaken(id)) return err({ code: 'id_taken', id, by: 'a page' })
  if (shippedDocuments().some((one) => one.id === id)) return err({ code: 'id_taken', id, by: 'a plan' })
  return shell.db.transaction().execute(async (tx) => {
    await lock(tx, id)
    const newest = await findSaved(tx, id)
    const sha256 = sha256Of(text)
    if (newest && base === undefined) return err({ code: 'id_taken', id, by: 'a plan' })
    if (newest && newest.sha256 !== base) return err({ code: 'saved_since', newest })
    if (!newest && base !== undefined) return err({ code: 'none_saved', id })
    if (newest?.sha256 === sha256) return ok(newest)
    const version = (newest?.version ?? 0) + 1
    const at = shell.now()
    await sql`insert into plan_version (id, version, sha256, text, why, saved_at, saved_by)
      values (${id}, ${version}, ${sha256}, ${text}, ${reason}, ${at}, ${actor})`.execute(tx)
    await append(tx, { at, actor, kind: 'plan.version.saved', subject: id, payload: { sha256, version } })
    return ok({
      ...{ id, origin: 'saved' as const, version, sha256, text, read },
      saved: { at, by: actor, why: reason },
      set_aside: newest?.set_aside,
    })
  })
}

/** Sets a plan aside, or brings it back; its versions stay as they are. Doing it twice changes nothing. */
export async function setPlanAside(
  shell: Pick<Shell, 'db' | 'now'>,
  id: string,
  aside: boolean,
  { why, actor }: { readonly why: string; readonly actor: string },
): Promise<Result<PlanDocument, SaveError>> {
  const reason = why.trim()
  if (aside && (reason === '' || reason.length > MOST_WHY)) return err({ code: 'no_why' })
  return shell.db.transaction().execute(async (tx) => {
    await lock(tx, id)
    const newest = await findSaved(tx, id)
    if (!newest) return err({ code: 'none_saved', id })
    if ((newest.set_aside !== undefined) === aside) return ok(newest)
    const at = shell.now()
    await (aside
      ? sql`insert into plan_set_aside (id, why, set_at, set_by) values (${id}, ${reason}, ${at}, ${actor})`
      : sql`delete from plan_set_aside where id = ${id}`
    ).execute(tx)
    const kind = aside ? ('plan.set-aside' as const) : ('plan.brought-back' as const)
    await append(tx, { at, actor, kind, subject: id, payload: { version: newest.version } })
    const set_aside: SetAside | undefined = aside ? { at, by: actor, why: reason } : undefined
    return ok({ ...newest, set_aside })
  })
}

export const MOST_WHY = 400

const COLUMNS = sql`v.id, v.version, v.sha256, v.text, v.why, v.saved_at, v.saved_by,
  a.why as aside_why, a.set_at as aside_at, a.set_by as aside_by`

const lock = (tx: Tx, id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`plan ${id}`}, 731))`.execute(tx)

async function findSaved(db: Db | Tx, id: string, version?: number): Promise<PlanDocument | undefined> {
  if (version !== undefined && !(Number.isInteger(version) && version >= 1 && version < 2 ** 31))
    return undefined
  const { rows } = await sql<Row>`
    select ${COLUMNS} from plan_version v left join plan_set_aside a on a.id = v.id
    where v.id = ${id} and (${version ?? null}::integer is null or v.version = ${version ?? null})
    order by v.version desc limit 1`.execute(db)
  return rows[0] && documentOf(rows[0])
}

function documentOf(row: Row): PlanDocument {
  const { id, version, sha256, text, why, saved_at, saved_by, aside_why, aside_at, aside_by } = row
  return {
    ...{ id, origin: 'saved', version, sha256, text },
    read: readOnce(`${id}, version ${version}`, sha256, text),
    saved: { at: saved_at, by: saved_by, why },
    set_aside:
      aside_why !== null && aside_at !== null && aside_by !== null
        ? { at: aside_at, by: aside_by, why: aside_why }
        : undefined,
  }
}

const MOST_READ = 200
const alreadyRead = new Map<string, PlanDocument['read']>()

/** A version never changes, so it is read once; the oldest leave first. */
function readOnce(name: string, sha256: string, text: string): PlanDocument['read'] {
  const key = `${name} ${sha256}`
  const known = alreadyRead.get(key)
  if (known) return known
  const read = readPlan(name, text)
  alreadyRead.set(key, read)
  if (alreadyRead.size > MOST_READ) alreadyRead.delete(alreadyRead.keys().next().value ?? '')
  return read
}

function shippedDocuments(): readonly PlanDocument[] {
  return readShippedPlans().map(({ plan, fault, text }) => ({
    ...{ id: plan.id, origin: 'shipped', version: 0, sha256: sha256Of(text), text },
    read: ok({ plan, fault }),
    saved: undefined,
    set_aside: undefined,
  }))
}
