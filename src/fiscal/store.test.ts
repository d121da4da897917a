import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { divisionOfState, type Instant } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { annualWithholding } from './annual-withholding.ts'
import { leverageOf } from './leverage.ts'
import { loadFacts, loadFigures } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  shell = { db: database.db, dataFolder: '', now: () => '2026-11-22T01:00:00.000Z' as Instant }
})
afterAll(() => database.close())

test('the files are loaded once for each of their states, with one event in the log', async () => {
  expect(await loadFacts(shell)).toBe(30_724)
  const f = await loadFigures(shell.db)
  for (const s of ['CO', 'NY', 'DC', 'CA'] as const) {
    const _l = leverageOf(f, divisionOfState(s), annualWithholding)
  }
  expect(await loadFacts(shell)).toBe(0)
  const { rows } = await sql`select kind, subject from audit_event`.execute(shell.db)
  expect(rows).toEqual([{ kind: 'fiscal.import.loaded', subject: 'src/fiscal/data' }])
})
