import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessCheck } from './audit-store.ts'
import { openTestSite, someone, type TestSite } from './site.testing.ts'
import { close, grant, revoke } from './store.ts'

const BY = { actor: 'operator at the machine' }

let site: TestSite
beforeAll(async () => {
  site = await openTestSite()
})
afterAll(() => site.close())

const found = async () => {
  const list: string[] = []
  for await (const { detail } of accessCheck.run(site.shell.db)) list.push(detail)
  return list
}

test('what the room gives and takes agrees with the log', async () => {
  const { id } = await someone(site, [{ role: 'analyst', jurisdiction: 'CO' }])
  const other = await someone(site, [{ role: 'editor', jurisdiction: 'WY' }])
  for (let times = 0; times < 2; times++) {
    const given = await grant(
      site.shell,
      id,
      { role: 'approver', jurisdiction: 'CO', office: 'comptroller' },
      BY,
    )
    if (!given.ok) throw new Error(given.error.code)
    if (times === 0) expect((await revoke(site.shell, given.value.id, BY)).ok).toBe(true)
  }
  expect((await close(site.shell, other.id, BY)).ok).toBe(true)
  expect(await found()).toEqual([])
})

test('a duty that was written into the table is found, and one that was wiped', async () => {
  const { id } = await someone(site, [{ role: 'preparer', jurisdiction: 'CO' }])
  await sql`insert into access_grant (id, user_id, role, jurisdiction, granted_at, granted_by)
    values ('g-aaaaaaaaaaaaaaaa', ${id}, 'approver', 'WY', now(), 'nobody')`.execute(site.shell.db)
  await sql`delete from access_grant where user_id = ${id} and role = 'preparer'`.execute(site.shell.db)
  expect(await found()).toEqual([
    `${id} as approver for WY is in the table, and the log gave no such duty`,
    `${id} as preparer for CO was given in the log, and is not in the table`,
  ])
})

test('a person whom nobody invited is found', async () => {
  await sql`insert into access_user (id, name, email, joined_at)
    values ('u-aaaaaaaaaaaaaaaa', 'Eve', 'eve@evil.example', now())`.execute(site.shell.db)
  const wrong = (await found()).filter((what) => what.startsWith('u-aaaaaaaaaaaaaaaa'))
  expect(wrong).toEqual([
    'u-aaaaaaaaaaaaaaaa has joined, and the log does not say so',
    'u-aaaaaaaaaaaaaaaa is in the table, and the log invited no such person',
  ])
})
