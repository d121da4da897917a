import { sql } from 'kysely'
import { append, appendAll } from '../audit/store.ts'
import { err, type Grant, type Instant, ok, type Result, type Role, type Usps } from '../base/index.ts'
import type { Db, Shell, Tx } from '../db/index.ts'
import { hashOfToken, newId, newToken } from './keys.ts'
import { type GrantRefusal, refuseGrant } from './roles.ts'
import type { HeldGrant, Person, PersonState } from './schema.ts'
import { type EndReason, endSessions } from './session-store.ts'

/** A one-time link is good for so long. */
const INVITE_HOURS = 72

/** Who acts: as the log names them, and which person it is, if one. */
export interface By {
  readonly actor: string
  readonly person?: string | undefined
}

export type AccessError =
  | GrantRefusal
  | { readonly code: 'email_taken' }
  | { readonly code: 'no_such_person' }
  | { readonly code: 'no_such_grant' }
  | { readonly code: 'person_closed' }
  | { readonly code: 'last_operator' }

export interface Invited {
  readonly id: string
  /** Stands in the link, and nowhere else. */
  readonly token: string
  readonly expires_at: Instant
}

export interface InviteAsked {
  readonly name: string
  readonly email: string
  readonly grants: readonly Grant[]
}

/** Makes a person who can accept one invitation; the link is in the answer alone. */
export const invite = (shell: Shell, asked: InviteAsked, by: By): Promise<Result<Invited, AccessError>> =>
  changing(shell, async (tx, now) => {
    const taken = await sql`select 1 from access_user where email = ${asked.email}`.execute(tx)
    if (taken.rows.length > 0) return err({ code: 'email_taken' })
    const id = newId('u')
    await sql`insert into access_user (id, name, email, created_at, updated_at)
      values (${id}, ${asked.name}, ${asked.email}, ${now}, ${now})`.execute(tx)
    const link = await newLink(tx, id, now, by)
    const event = { at: now, actor: by.actor, subject: id } as const
    await append(tx, {
      ...event,
      kind: 'access.person.invited',
      payload: { expires_at: link.expires_at },
    })
    for (const grant of asked.grants) {
      const given = await giveGrant(tx, id, grant, by, now)
      if (!given.ok) return given
    }
    return ok({ id, ...link })
  })

/** Gives one duty. It begins with the person's next sign-in: their sessions end. */
export const grant = (
  shell: Shell,
  person: string,
  asked: Grant,
  by: By,
): Promise<Result<HeldGrant, AccessError>> =>
  changing(shell, async (tx, now) => {
    const state = await stateOf(tx, person)
    if (state === undefined) return err({ code: 'no_such_person' })
    if (state === 'closed') return err({ code: 'person_closed' })
    const given = await giveGrant(tx, person, asked, by, now)
    if (given.ok) await endSessions(tx, { person, reason: 'duties-changed', by: by.actor, now })
    return given
  })

async function giveGrant(
  tx: Tx,
  person: string,
  asked: Grant,
  by: By,
  now: Instant,
): Promise<Result<HeldGrant, AccessError>> {
  const held = await loadGrants(tx, person)
  const refusal = refuseGrant({ grant: asked, held, isOwn: by.person === person })
  if (refusal) return err(refusal)
  const id = newId('g')
  await sql`insert into access_grant (id, user_id, role, jurisdiction, office, granted_at, granted_by)
    values (${id}, ${person}, ${asked.role}, ${asked.jurisdiction}, ${asked.office ?? ''}, ${now}, ${by.actor})`.execute(
    tx,
  )
  await append(tx, dutyEvent('access.granted', person, asked, by, now))
  return ok({ ...asked, id })
}

export const revoke = (shell: Shell, id: string, by: By): Promise<Result<HeldGrant, AccessError>> =>
  changing(shell, async (tx, now) => {
    const found = await findGrant(tx, id)
    if (!found) return err({ code: 'no_such_grant' })
    const { person, grant: held } = found
    if (isChiefGrant(held) && (await isLastOperator(tx, person))) return err({ code: 'last_operator' })
    await sql`delete from access_grant where id = ${id}`.execute(tx)
    await append(tx, dutyEvent('access.revoked', person, held, by, now))
    await endSessions(tx, { person, reason: 'duties-changed', by: by.actor, now })
    return ok(held)
  })

/** Takes away every way to sign in and makes a new one-time link: for whoever lost theirs. */
export const reset = (shell: Shell, person: string, by: By): Promise<Result<Invited, AccessError>> =>
  changing(shell, async (tx, now) => {
    const state = await stateOf(tx, person)
    if (state === undefined) return err({ code: 'no_such_person' })
    if (state === 'closed') return err({ code: 'person_closed' })
    await forgetWays(tx, person, 'reset', by, now)
    const link = await newLink(tx, person, now, by)
    await append(tx, {
      at: now,
      actor: by.actor,
      kind: 'access.person.reset',
      subject: person,
      payload: { expires_at: link.expires_at },
    })
    return ok({ id: person, ...link })
  })

/** Ends an account for good: no duty, no way to sign in, no name and no address is left of it. */
export const close = (shell: Shell, person: string, by: By): Promise<Result<true, AccessError>> =>
  changing(shell, async (tx, now) => {
    const state = await stateOf(tx, person)
    if (state === undefined) return err({ code: 'no_such_person' })
    if (state === 'closed') return err({ code: 'person_closed' })
    const held = await loadGrants(tx, person)
    if (held.some(isChiefGrant) && (await isLastOperator(tx, person))) return err({ code: 'last_operator' })
    await sql`delete from access_grant where user_id = ${person}`.execute(tx)
    await appendAll(
      tx,
      held.map((one) => dutyEvent('access.revoked', person, one, by, now)),
    )
    await forgetWays(tx, person, 'closed', by, now)
    await sql`update access_user set name = '', email = ${`${person}@closed.invalid`}, closed_at = ${now}
      where id = ${person}`.execute(tx)
    await append(tx, { at: now, actor: by.actor, kind: 'access.person.closed', subject: person, payload: {} })
    return ok(true)
  })

async function forgetWays(tx: Tx, person: string, reason: EndReason, by: By, now: Instant): Promise<void> {
  await endSessions(tx, { person, reason, by: by.actor, now })
  await sql`delete from access_account where user_id = ${person}`.execute(tx)
  await sql`delete from access_passkey where user_id = ${person}`.execute(tx)
  await sql`delete from access_two_factor where user_id = ${person}`.execute(tx)
  await sql`delete from access_invite where user_id = ${person} and used_at is null`.execute(tx)
  await sql`update access_user set two_factor_enabled = false where id = ${person}`.execute(tx)
}

/**
 * Uses up a one-time link. Of two who use it at once, one has it.
 * @returns the person whom it invited
 */
export const acceptInvite = (shell: Shell, token: string): Promise<string | undefined> =>
  shell.db.transaction().execute(async (tx) => {
    const now = shell.now()
    const { rows } = await sql<{ user_id: string }>`
      update access_invite set used_at = ${now}
      where token_hash = ${hashOfToken(token)} and used_at is null and expires_at > ${now}
      returning user_id`.execute(tx)
    const person = rows[0]?.user_id
    if (person === undefined) return undefined
    await sql`update access_user set joined_at = coalesce(joined_at, ${now}), email_verified = true
      where id = ${person} and closed_at is null`.execute(tx)
    const actor = `user ${person}`
    await append(tx, { at: now, actor, kind: 'access.person.joined', subject: person, payload: {} })
    return person
  })

/** Whom a link invites that can still be used. */
export async function findInvited(db: Db, token: string, now: Instant): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select u.name from access_invite i join access_user u on u.id = i.user_id
    where i.token_hash = ${hashOfToken(token)} and i.used_at is null and i.expires_at > ${now}
      and u.closed_at is null`.execute(db)
  return rows[0]?.name
}

async function newLink(tx: Tx, person: string, now: Instant, by: By): Promise<Omit<Invited, 'id'>> {
  const token = newToken()
  const expires_at = new Date(Date.parse(now) + INVITE_HOURS * 3_600_000).toISOString() as Instant
  await sql`insert into access_invite (token_hash, user_id, created_at, expires_at, created_by)
    values (${hashOfToken(token)}, ${person}, ${now}, ${expires_at}, ${by.actor})`.execute(tx)
  return { token, expires_at }
}

/** One change of people or duties at a time, so that two at once cannot make what either alone may not. */
const changing = <T>(
  shell: Shell,
  work: (tx: Tx, now: Instant) => Promise<Result<T, AccessError>>,
): Promise<Result<T, AccessError>> =>
  shell.db
    .transaction()
    .execute(async (tx) => {
      await sql`lock table access_grant in share row exclusive mode`.execute(tx)
      const done = await work(tx, shell.now())
      // What was begun before a refusal is undone with the transaction.
      if (!done.ok) throw new Undone(done)
      return done
    })
    .catch((error: unknown) => {
      if (error instanceof Undone) return error.refusal as Result<T, AccessError>
      throw error
    })

class Undone extends Error {
  readonly refusal: Result<never, AccessError>
  constructor(refusal: Result<never, AccessError>) {
    super('refused')
    this.refusal = refusal
  }
}

const dutyEvent = (
  kind: 'access.granted' | 'access.revoked',
  subject: string,
  { role, jurisdiction, office }: Grant,
  by: By,
  at: Instant,
) => ({
  at,
  actor: by.actor,
  kind,
  subject,
  payload: { role, jurisdiction, ...(office !== undefined && { office }) },
})

/** An operator for all jurisdictions can make every other; without one nobody could. */
const isChiefGrant = (held: Grant): boolean => held.role === 'operator' && held.jurisdiction === 'all'

async function isLastOperator(tx: Tx, person: string): Promise<boolean> {
  const { rows } = await sql<{ user_id: string }>`
    select distinct user_id from access_grant g join access_user u on u.id = g.user_id
    where role = 'operator' and jurisdiction = 'all' and joined_at is not null and closed_at is null`.execute(
    tx,
  )
  return rows.length === 1 && rows[0]?.user_id === person
}

async function stateOf(tx: Tx, person: string): Promise<PersonState | undefined> {
  const { rows } = await sql<{ state: PersonState }>`
    select ${STATE} as state from access_user u where id = ${person}`.execute(tx)
  return rows[0]?.state
}

const STATE = sql`case when u.closed_at is not null then 'closed'
  when u.joined_at is null then 'invited' else 'active' end`

interface GrantRow {
  readonly id: string
  readonly user_id: string
  readonly role: Role
  readonly jurisdiction: Usps | 'all'
  readonly office: string
}

const heldGrant = ({ id, role, jurisdiction, office }: GrantRow): HeldGrant => ({
  id,
  role,
  jurisdiction,
  ...(office !== '' && { office }),
})

export async function loadGrants(db: Db, person: string): Promise<readonly HeldGrant[]> {
  const { rows } = await sql<GrantRow>`
    select id, user_id, role, jurisdiction, office from access_grant where user_id = ${person}
    order by role, jurisdiction, office`.execute(db)
  return rows.map(heldGrant)
}

export async function findGrant(
  db: Db,
  id: string,
): Promise<{ readonly person: string; readonly grant: HeldGrant } | undefined> {
  const { rows } = await sql<GrantRow>`
    select id, user_id, role, jurisdiction, office from access_grant where id = ${id}`.execute(db)
  return rows[0] && { person: rows[0].user_id, grant: heldGrant(rows[0]) }
}

/** Everyone who was ever invited, with their duties and how they can sign in. */
export async function listPeople(db: Db, person?: string): Promise<readonly Person[]> {
  const { rows } = await sql<
    Pick<Person, 'id' | 'name' | 'email' | 'state'> & {
      password: boolean
      code: boolean
      passkeys: number
      provider: boolean
    }
  >`
    select u.id, u.name, u.email, ${STATE} as state, u.two_factor_enabled as code,
      exists (select from access_account a where a.user_id = u.id and provider_id = 'credential') as password,
      exists (select from access_account a where a.user_id = u.id and provider_id <> 'credential') as provider,
      (select count(*)::int from access_passkey p where p.user_id = u.id) as passkeys
    from access_user u where ${person === undefined ? sql`true` : sql`u.id = ${person}`}
    order by u.closed_at is not null, lower(u.name), u.id`.execute(db)
  const grants = await sql<GrantRow>`
    select id, user_id, role, jurisdiction, office from access_grant
    where ${person === undefined ? sql`true` : sql`user_id = ${person}`}
    order by role, jurisdiction, office`.execute(db)
  return rows.map(({ password, code, passkeys, provider, ...about }) => ({
    ...about,
    ways: { password, code, passkeys, provider },
    grants: grants.rows.filter((row) => row.user_id === about.id).map(heldGrant),
  }))
}

export const findPerson = async (db: Db, id: string): Promise<Person | undefined> =>
  (await listPeople(db, id))[0]

/** Whether anybody has ever joined; from then on nobody acts as the person at the machine. */
export async function hasAccounts(db: Db): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select exists (select from access_user where joined_at is not null) as there`.execute(db)
  return rows[0]?.there ?? false
}
