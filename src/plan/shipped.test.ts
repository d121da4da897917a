import { afterAll, describe, expect, test } from 'vitest'
import type { Instant } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import { monthOf, monthText } from './agenda/calendar.ts'
import { planTimetable } from './agenda/plan-timetable.ts'
import { checkPlan } from './check.ts'
import { readGroundwork, readSessions, readShippedPlans } from './files.ts'
import { faultText, readPlan } from './read.ts'
import { bringFacts, loadPlanFacts } from './store.ts'

const database = await testDatabase()
afterAll(database.close)
const shell = { db: database.db, now: () => '2026-11-22T10:00:00.000Z' as Instant, dataFolder: '' }
await bringFacts(shell)
const facts = await loadPlanFacts(shell)
const plans = readShippedPlans()
const grounds = {
  book: facts.book,
  groundwork: readGroundwork(),
  sessions: readSessions(),
  from: monthOf('2026-12'),
}

test('the plans that the project ships', () => {
  expect(plans.map(({ plan }) => plan.id)).toEqual([
    'colorado-payroll-trust',
    'colorado-steps',
    'missouri-firearm-sanctuary',
    'montana-real-id',
    'pennsylvania-reserve',
    'seven-state-trust',
    'washington-steps',
  ])
})

describe.each(plans)('$plan.id', (read) => {
  test('stands on the facts', () => {
    const checked = checkPlan(read.plan, facts)
    expect(checked.ok ? [] : checked.error.map(read.fault).map(faultText)).toEqual([])
    if (checked.ok) expect(checked.value.left_out.map((place) => place.usps)).toEqual(['DC'])
  })

  test('no measure starts before it can be ready', () => {
    const table = planTimetable(read.plan, grounds)
    if (!table.ok) throw new Error(table.error.code)
    const early = table.value.measures.filter((measure) => measure.months_early > 0)
    expect(
      early.map(
        ({ id, usps, starts, ready }) =>
          `${id} ${usps}: starts ${monthText(starts)}, ready ${monthText(ready)}`,
      ),
    ).toEqual([])
  })

  test('both cases have the same length, within a fifth', () => {
    const { case_for, case_against } = read.plan
    const [a, b] = [case_for.split(/\s+/).length, case_against.split(/\s+/).length]
    expect(Math.max(a, b) / Math.min(a, b)).toBeLessThanOrEqual(1.2)
  })
})

const [trust] = plans
const text = (members: string, type: string, record: string) => {
  const plan = trust?.plan
  if (plan === undefined) throw new Error('no plan')
  const body = {
    ...plan,
    members: [members],
    measures: [{ ...plan.measures[0], playbook_type: type }],
    sources: [{ title: 'T', publisher: 'P', record }],
  }
  return JSON.stringify(body)
}

test.each([
  {
    why: 'an unknown playbook type',
    members: 'CO',
    type: 'play-magic',
    record: 'doc-murphy-2018',
    path: 'measures[0].playbook_type',
    found: /play-magic/,
  },
  {
    why: 'a record that is no playbook type',
    members: 'CO',
    type: 'play-unknown-type',
    record: 'doc-murphy-2018',
    path: 'measures[0].playbook_type',
    found: /play-unknown/,
  },
  {
    why: 'a source that is no record',
    members: 'CO',
    type: 'play-reserve-fund',
    record: 'doc-nobody-1900',
    path: 'sources[0].record',
    found: /doc-nobody/,
  },
  {
    why: 'a missing input for a state',
    members: 'DC',
    type: 'play-reserve-fund',
    record: 'doc-murphy-2018',
    path: 'members[0]',
    found: /DC, an input of which is missing: G\.procurement/,
  },
])('refused: $why', ({ members, type, record, path, found }) => {
  const read = readPlan('x.plan.yaml', text(members, type, record))
  if (!read.ok) throw new Error(read.error.map(faultText).join())
  const checked = checkPlan(read.value.plan, facts)
  expect(checked.ok).toBe(false)
  if (checked.ok) return
  const faults = checked.error.map(read.value.fault)
  expect(faults.map((fault) => fault.path)).toEqual([path])
  expect(faults[0]?.found).toMatch(found)
})
