import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { testDatabase } from './testing.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase({ empty: true })
})
afterAll(() => database.close())

test('a second run finds nothing to do', async () => {
  expect(await migrate(database.db)).toEqual({ ok: true, value: [] })
})

test('a database of a newer version is refused by the names it does not know, and left as it was', async () => {
  await sql`insert into migration (name) values ('29991231T0000_from_the_future')`.execute(database.db)
  expect(await migrate(database.db)).toEqual({
    ok: false,
    error: { code: 'database_newer', unknown: ['29991231T0000_from_the_future'] },
  })
})
