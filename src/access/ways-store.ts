import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import { PROVIDER_ID } from './auth-store.ts'

/** @returns whether there was one of this person */
export async function removePasskey(db: Db, person: string, id: string): Promise<boolean> {
  const { rows } = await sql`delete from access_passkey where id = ${id} and user_id = ${person}
    returning 1`.execute(db)
  return rows.length > 0
}

export async function removeProvider(db: Db, person: string): Promise<boolean> {
  const { rows } = await sql`delete from access_account
    where user_id = ${person} and provider_id = ${PROVIDER_ID} returning 1`.execute(db)
  return rows.length > 0
}
