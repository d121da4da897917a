import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { connect, type Db } from './connect.ts'

/**
 * A database of its own for one test file, copied from the template that `vitest.setup.ts` made: the whole
 * schema, the facts loaded. Close it in `afterAll`.
 */
export async function testDatabase(options: { readonly empty?: boolean } = {}): Promise<{
  readonly db: Db
  readonly url: string
  readonly close: () => Promise<void>
}> {
  const server = process.env.TENTH_TEST_SERVER
  if (server === undefined) throw new Error('run tests with `npm test`, which starts PostgreSQL')
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = connect(`${server}/postgres`, 1)
  await sql
    .raw(`create database ${name} template ${options.empty ? 'template_empty' : 'template_full'}`)
    .execute(admin.db)
  const url = `${server}/${name}`
  const { db } = connect(url, 5)
  return {
    db,
    url,
    close: async () => {
      await db.destroy()
      await sql.raw(`drop database ${name} with (force)`).execute(admin.db)
      await admin.db.destroy()
    },
  }
}
