import { type RawBuilder, sql } from 'kysely'
import { append } from '../audit/store.ts'
import type { Shell } from '../db/index.ts'
import { PROVIDER_ID } from './auth-store.ts'

/** Does nothing where there is none of this id that is this person's. */
export const removePasskey = (shell: Shell, person: string, id: string): Promise<void> =>
  remove(
    shell,
    person,
    'passkey',
    sql`delete from access_passkey where id = ${id} and user_id = ${person} returning 1`,
  )

export const removeProvider = (shell: Shell, person: string): Promise<void> =>
  remove(
    shell,
    person,
    'provider',
    sql`delete from access_account where user_id = ${person} and provider_id = ${PROVIDER_ID} returning 1`,
  )

const remove = (
  shell: Shell,
  person: string,
  factor: 'passkey' | 'provider',
  deletion: RawBuilder<unknown>,
): Promise<void> =>
  shell.db.transaction().execute(async (tx) => {
    if ((await deletion.execute(tx)).rows.length === 0) return
    await append(tx, {
      at: shell.now(),
      actor: `user ${person}`,
      kind: 'access.factor.removed',
      subject: person,
      payload: { factor },
    })
  })
