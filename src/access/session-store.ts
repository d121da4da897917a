import { type Kysely, type KyselyPlugin, sql } from 'kysely'
import { append } from '../audit/store.ts'
import type { Instant } from '../base/index.ts'
import type { Db, Shell, Tx } from '../db/index.ts'
import type { Method, OwnPasskey, OwnSession } from './schema.ts'

export type EndReason =
  | 'signed-out'
  | 'ended-by-owner'
  | 'duties-changed'
  | 'password-changed'
  | 'by-operator'
  | 'reset'
  | 'closed'

/** A session lives so long after it began, whatever is done in it (NIST SP 800-63B-4, 2.2.3: at most 24 hours). */
const LONGEST_HOURS = 24

export interface EndAsked {
  readonly person: string
  /** One session alone. */
  readonly only?: string | undefined
  /** All but this one. */
  readonly except?: string | undefined
  readonly reason: EndReason
  readonly by: string
  readonly now: Instant
}

/** Ends sessions of one person and logs it. @returns how many */
export async function endSessions(tx: Tx, asked: EndAsked): Promise<number> {
  const { person, only, except, reason, by, now } = asked
  const { rows } = await sql<{ is_live: boolean }>`
    delete from access_session where user_id = ${person}
      and ${only === undefined ? sql`true` : sql`id = ${only}`}
      and ${except === undefined ? sql`true` : sql`id <> ${except}`}
    returning expires_at > ${now} as is_live`.execute(tx)
  const sessions = rows.filter((row) => row.is_live).length
  if (sessions > 0)
    await append(tx, {
      at: now,
      actor: by,
      kind: 'access.session.ended',
      subject: person,
      payload: { sessions, reason },
    })
  return sessions
}

/** Sessions that are alive, the newest first. */
export async function listSessions(db: Db, person: string, now: Instant): Promise<readonly OwnSession[]> {
  const { rows } = await sql<OwnSession>`
    select id, method, coalesce(user_agent, '') as user_agent, created_at, updated_at as seen_at
    from access_session
    where user_id = ${person} and expires_at > ${now} and created_at > ${oldest(now)}
    order by created_at desc, id`.execute(db)
  return rows
}

const oldest = (now: Instant): string => new Date(Date.parse(now) - LONGEST_HOURS * 3_600_000).toISOString()

export const isTooOld = (created_at: Date, now: Instant): boolean => created_at.toISOString() <= oldest(now)

export async function listPasskeys(db: Db, person: string): Promise<readonly OwnPasskey[]> {
  const { rows } = await sql<OwnPasskey>`
    select id, coalesce(name, '') as name, created_at from access_passkey
    where user_id = ${person} order by created_at, id`.execute(db)
  return rows
}

/** Whether this person may have sessions at all. */
export async function mayHaveSessions(db: Db, person: string): Promise<boolean> {
  const { rows } = await sql`select 1 from access_user
    where id = ${person} and joined_at is not null and closed_at is null`.execute(db)
  return rows.length > 0
}

export async function hasSecondFactor(db: Db, person: string): Promise<boolean> {
  const { rows } = await sql`select 1 from access_user where id = ${person} and two_factor_enabled`.execute(
    db,
  )
  return rows.length > 0
}

/** Logged before the session is made: there is never one that the log does not know. */
export const logSignIn = (shell: Shell, person: string, method: Method): Promise<void> =>
  logOf(shell, person, 'access.signed-in', { method })

export type Factor = 'password' | 'code' | 'backup-codes' | 'passkey' | 'provider'

export const logFactor = (
  shell: Shell,
  person: string,
  what: 'added' | 'removed',
  factor: Factor,
): Promise<void> => logOf(shell, person, `access.factor.${what}`, { factor })

const logOf = (
  shell: Shell,
  person: string,
  kind: 'access.signed-in' | 'access.factor.added' | 'access.factor.removed',
  payload: Readonly<Record<string, string>>,
): Promise<void> =>
  shell.db.transaction().execute(async (tx) => {
    const actor = `user ${person}`
    await append(tx, { at: shell.now(), actor, kind, subject: person, payload })
    // What is over leaves when somebody comes.
    await sql`delete from access_session where expires_at < ${shell.now()}`.execute(tx)
    await sql`delete from access_verification where expires_at < ${shell.now()}`.execute(tx)
  })

/**
 * Uses up the code of an authenticator (RFC 6238, section 5.2: one code, one time), which better-auth does not
 * (better-auth issue 10387). A code is good for at most a minute and a half; it is kept for ten minutes.
 * @returns whether it was new
 */
export async function useCode(db: Db, person: string, code: string, now: Instant): Promise<boolean> {
  const forgotten = new Date(Date.parse(now) - 600_000).toISOString()
  await sql`delete from access_used_code where used_at < ${forgotten}`.execute(db)
  const { rows } = await sql`insert into access_used_code (user_id, code, used_at)
    values (${person}, ${code}, ${now}) on conflict do nothing returning 1`.execute(db)
  return rows.length > 0
}

/** better-auth reads instants as `Date` and counts as `number`; our pool gives text and `bigint`. */
const plainValues: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({
    ...result,
    rows: result.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'bigint'
            ? Number(value)
            : typeof value === 'string' && /_(at|until)$/.test(name)
              ? new Date(value)
              : value,
        ]),
      ),
    ),
  }),
}

/** The same database, as better-auth reads it. */
export const plainDb = (db: Db): Kysely<unknown> => db.withPlugin(plainValues)
