import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { divisionOfState, type EdtfDate } from '../base/index.ts'
import { type Shell, systemClock } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { fiscalCheck } from './audit-store.ts'
import { recordDisruption } from './disruption-store.ts'
import { importAwards } from './import.ts'
import type { Disruption } from './schema.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
const folder = mkdtempSync(join(tmpdir(), 'tenth-check-'))
beforeAll(async () => {
  database = await testDatabase()
  shell = { db: database.db, dataFolder: folder, now: systemClock }
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await database.close()
})

const found = async () => {
  const list: string[] = []
  for await (const finding of fiscalCheck.run(database.db)) list.push(finding.detail)
  return list
}
const disruption: Disruption = {
  jurisdiction: divisionOfState('CO'),
  id: 'co-x',
  record_id: 'fed-omb-funding-freeze',
  kind: 'freeze',
  agency: 'HHS',
  programme: 'Head Start',
  aln: '93.600',
  strength: 'project',
  awarded_cents: null,
  drawn_cents: null,
  stopped_cents: 100n,
  back_cents: null,
  since: '2025-01' as EdtfDate,
  until: null,
  affected: '',
  court_status: 'no-suit',
  source_url: 'https://example.org/',
}

test('what is recorded by the room agrees with the log', async () => {
  const path = join(folder, 'a.csv')
  writeFileSync(path, 'year,agency,programme,amount\n2025,ED,Schools,1.00\n2025,ED,Buses,2.00\n')
  expect((await importAwards(shell, { path, usps: 'CO', format: 'template', actor: 'operator' })).ok).toBe(
    true,
  )
  expect((await recordDisruption(shell, disruption, 'operator')).ok).toBe(true)
  expect((await recordDisruption(shell, { ...disruption, back_cents: 40n }, 'operator')).ok).toBe(true)
  expect(await found()).toEqual([])
})

test('versions cannot be changed through the table; a hand that can is found', async () => {
  await expect(sql`update fiscal_disruption set stopped_cents = 1`.execute(database.db)).rejects.toThrow(
    /append-only/,
  )
  await sql`alter table fiscal_disruption disable trigger all`.execute(database.db)
  await sql`update fiscal_disruption set stopped_cents = 1 where version = 1`.execute(database.db)
  await sql`delete from fiscal_disruption where version = 2`.execute(database.db)
  await sql`update fiscal_award set amount_cents = 999 where inventory <> 'first' and line = 2`.execute(
    database.db,
  )
  await sql`update fiscal_load set sha256 = repeat('0', 64)`.execute(database.db)
  const all = await found()
  for (const words of [
    'no event that tells the same',
    'does not hold the awards',
    'version 1 is not what was logged',
    'in the log and not in the table',
  ])
    expect(
      all.some((line) => line.includes(words)),
      words,
    ).toBe(true)
})
