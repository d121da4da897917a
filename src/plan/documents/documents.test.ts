import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { testDatabase } from '../../db/testing.ts'
import { readShippedPlans } from '../files.ts'
import { planDocumentsCheck } from './audit-store.ts'
import { sha256Of } from './documents.ts'
import { findPlan, listPlans, listPlanVersions, savePlan, setPlanAside } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
let minute = 0
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  const now = () => `2026-11-22T01:${String(minute++).padStart(2, '0')}:00.000Z` as Instant
  shell = { db: database.db, dataFolder: '', now }
})
afterAll(() => database.close())

const [shipped] = readShippedPlans()
const textOf = (id: string, title = 'A plan of our own') =>
  (shipped?.text ?? '').replace(/^id: .*$/m, `id: ${id}`).replace(/^title: .*$/m, `title: ${title}`)
const save = (text: string, base?: string, why = 'first thoughts') =>
  savePlan(shell, { text, base, why, actor: 'user ana' })
const findings = async () => {
  const found: string[] = []
  for await (const { detail } of planDocumentsCheck.run(database.db)) found.push(detail)
  return found
}

test('a plan of the project is found by its name, with the bytes of its file', async () => {
  const found = await findPlan(shell, 'colorado-payroll-trust')
  expect(found).toMatchObject({ origin: 'shipped', version: 0, saved: undefined })
  expect(found?.sha256).toBe(sha256Of(shipped?.text ?? ''))
  expect(await findPlan(shell, 'colorado-payroll-trust', 2)).toBeUndefined()
  expect(await findPlan(shell, 'nothing-like-it')).toBeUndefined()
})

test('each save is a version with its own bytes, hash, person and reason', async () => {
  const first = await save(textOf('own'))
  if (!first.ok) throw new Error(first.error.code)
  const second = await save(textOf('own', 'A better title'), first.value.sha256, 'a better title')
  if (!second.ok) throw new Error(second.error.code)
  expect(second.value.version).toBe(2)
  expect((await findPlan(shell, 'own'))?.text).toBe(textOf('own', 'A better title'))
  expect((await findPlan(shell, 'own', 1))?.text).toBe(textOf('own'))
  expect((await findPlan(shell, 'own', 1))?.read.ok).toBe(true)
  expect(await findPlan(shell, 'own', 3)).toBeUndefined()
  expect(await findPlan(shell, 'own', 2 ** 40)).toBeUndefined()
  expect(await listPlanVersions(shell, 'own')).toMatchObject([
    { version: 2, why: 'a better title', by: 'user ana' },
    { version: 1, why: 'first thoughts', by: 'user ana' },
  ])
  const again = await save(textOf('own', 'A better title'), second.value.sha256, 'by mistake')
  expect(again.ok && again.value.version).toBe(2)
  expect((await listPlans(shell)).map(({ id, version }) => `${id} ${version}`)).toEqual([
    ...readShippedPlans().map(({ plan }) => `${plan.id} 0`),
    'own 2',
  ])
})

test('what somebody else has saved since is never written over, and both are shown', async () => {
  const first = await save(textOf('shared'))
  const base = first.ok ? first.value.sha256 : ''
  const both = await Promise.all([
    save(textOf('shared', 'Mine'), base),
    save(textOf('shared', 'Yours'), base),
  ])
  const refused = both.filter((one) => !one.ok)
  expect(both.filter((one) => one.ok)).toHaveLength(1)
  expect(refused).toMatchObject([{ error: { code: 'saved_since', newest: { version: 2 } } }])
  expect((await listPlanVersions(shell, 'shared')).map(({ version }) => version)).toEqual([2, 1])
})

test.each([
  ['a plan of the project', () => save(textOf('colorado-steps')), { code: 'id_taken', by: 'a plan' }],
  ['a page', () => save(textOf('new')), { code: 'id_taken', by: 'a page' }],
  ['a new plan under a name in use', () => save(textOf('own')), { code: 'id_taken', by: 'a plan' }],
  ['a version of nothing', () => save(textOf('nowhere'), 'a'.repeat(64)), { code: 'none_saved' }],
  ['no reason', () => save(textOf('reasonless'), undefined, '  '), { code: 'no_why' }],
  ['no plan', () => save('id: broken\n'), { code: 'plan_refused' }],
  ['a NUL', () => save(`# \u0000\n${textOf('nul')}`), { code: 'plan_refused' }],
  ['half a character', () => save(`# \ud800\n${textOf('half')}`), { code: 'plan_refused' }],
])('%s is not saved', async (_, act, error) => {
  const before = await listPlans(shell)
  expect(await act()).toMatchObject({ ok: false, error })
  expect(await listPlans(shell)).toEqual(before)
})

test('a plan is set aside and brought back with all its versions', async () => {
  const aside = await setPlanAside(shell, 'own', true, { why: 'replaced', actor: 'user ana' })
  expect(aside).toMatchObject({ ok: true, value: { set_aside: { why: 'replaced', by: 'user ana' } } })
  expect((await findPlan(shell, 'own', 1))?.set_aside?.why).toBe('replaced')
  expect(await findings()).toEqual([])
  await setPlanAside(shell, 'own', false, { why: '', actor: 'user ana' })
  expect((await findPlan(shell, 'own'))?.set_aside).toBeUndefined()
  expect(await setPlanAside(shell, 'colorado-steps', true, { why: 'x', actor: 'user ana' })).toMatchObject({
    error: { code: 'none_saved' },
  })
  const { rows } = await sql<{ kind: string }>`select kind from audit_event where subject = 'own'`.execute(
    database.db,
  )
  expect(rows.map(({ kind }) => kind)).toEqual([
    'plan.version.saved',
    'plan.version.saved',
    'plan.set-aside',
    'plan.brought-back',
  ])
})

test('a byte changed, a version gone and one slipped in are found', async () => {
  expect(await findings()).toEqual([])
  await sql`update plan_version set text = text || ' ' where id = 'own' and version = 1`.execute(database.db)
  await sql`delete from plan_version where id = 'shared' and version = 1`.execute(database.db)
  await sql`insert into plan_version values ('slipped-in', 1, ${sha256Of('x')}, 'x', 'y', now(), 'z')`.execute(
    database.db,
  )
  await sql`insert into plan_set_aside values ('own', 'x', now(), 'y')`.execute(database.db)
  expect(await findings()).toEqual([
    'version 1 of plan own does not hold the bytes that it was saved with',
    'version 1 of plan slipped-in has no event in the log',
    'version 1 of plan shared is in the log and not in the table',
    'plan own stands set aside, which the log does not say',
  ])
})
