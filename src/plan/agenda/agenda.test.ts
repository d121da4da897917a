import { expect, test } from 'vitest'
import { STATES } from '../../base/index.ts'
import { testDatabase } from '../../db/testing.ts'
import { loadBook } from '../../registry/store.ts'
import { readGroundwork, readSessions } from '../files.ts'
import { agendaOf } from './agenda.ts'
import { fitsSession, monthOf, monthText } from './calendar.ts'
import { neededTypes } from './groundwork.ts'
import { findCycle } from './order.ts'
import { planTimetable } from './plan-timetable.ts'
import { statesWithFacts } from './standing.ts'
import { timetableOf } from './timetable.ts'
import { WORKS } from './work.ts'

const database = await testDatabase()
const book = await loadBook(database.db)
await database.close()
const groundwork = readGroundwork()
const sessions = readSessions()
const from = monthOf('2026-12')
const grounds = { book, groundwork, sessions, from }
const places = statesWithFacts(book)
const agendas = new Map(places.map((usps) => [usps, agendaOf(usps, grounds)]))

test('the prerequisites are those of the registry, word for word, and their offices its offices', () => {
  const types = book.byKind['playbook-type']
  expect([...groundwork.keys()].sort()).toEqual(types.map((type) => type.id))
  for (const type of types) {
    const ground = groundwork.get(type.id)
    expect([type.id, ground?.prerequisites.map((one) => one.line)]).toEqual([type.id, type.prerequisites])
    for (const { office } of ground?.prerequisites ?? []) expect(type.responsible_offices).toContain(office)
  }
})

test('playbook types need one another in no circle', () => {
  const ids = [...groundwork.keys()]
  const needs = ids.map((id) =>
    (groundwork.get(id)?.prerequisites ?? []).flatMap(({ met_by }) =>
      met_by?.startsWith('play-') ? [ids.indexOf(met_by)] : [],
    ),
  )
  expect(needs.flat()).not.toContain(-1)
  expect(findCycle(needs)).toBeUndefined()
})

test('every state and DC has a session, within the year and in order', () => {
  const states = STATES.filter(({ kind }) => kind !== 'territory').map(({ usps }) => usps)
  expect(states.filter((usps) => !sessions.some((session) => session.usps === usps))).toEqual([])
  expect(sessions.filter(({ first_month, last_month }) => first_month > last_month)).toEqual([])
})

test('there is an agenda for every jurisdiction with facts, of every playbook type', () => {
  expect(places.length).toBeGreaterThanOrEqual(51)
  for (const { items } of agendas.values()) expect(items.length).toBe(book.byKind['playbook-type'].length)
})

test('law: in no agenda does a type stand before one that it needs, and in none is it ready before it', () => {
  for (const [usps, { items }] of agendas)
    for (const [i, item] of items.entries())
      for (const needed of item.after) {
        const at = items.findIndex((other) => other.type.id === needed)
        expect([usps, item.type.id, at < i]).toEqual([usps, item.type.id, true])
        expect((items[at]?.lead_months ?? 0) <= item.lead_months).toBe(true)
      }
})

test('law: what a record shows in force needs no work, and all else needs some', () => {
  for (const { items } of agendas.values())
    for (const { standing, lead_months, here, in_use_by } of items)
      if (standing === 'in-force')
        expect([lead_months, here.length + in_use_by.length > 0]).toEqual([0, true])
      else expect(lead_months).toBeGreaterThan(0)
})

test('the tax trust waits for the escrow wherever the escrow is not in force', () => {
  const items = agendas.get('CO')?.items ?? []
  const trust = items.find((item) => item.type.id === 'play-tax-trust-compact')
  expect(trust?.after).toEqual(['play-withholding-escrow'])
  expect(neededTypes(trust?.prerequisites ?? [])).toEqual(['play-withholding-escrow'])
})

test('by hand: Missouri’s firearm law was struck down, so the type has been tried there', () => {
  const item = agendas.get('MO')?.items.find(({ type }) => type.id === 'play-firearm-sanctuary')
  expect(item?.here.map(({ measure }) => measure.status)).toContain('struck-down')
  expect(item?.standing).not.toBe('in-force')
})

test('law: in the timetable of many measures at once no law is passed out of session and no work begins too soon', () => {
  const wanted = (['CO', 'WA', 'TX'] as const).flatMap((usps) =>
    [
      'play-tax-trust-compact',
      'play-reserve-fund',
      'play-public-bank',
      'play-shield-law',
      'play-firearm-sanctuary',
    ].map((type) => ({ key: `${usps} ${type}`, usps, type, after: [] })),
  )
  const table = timetableOf(wanted, { ...grounds, staff: { Legislature: 1, 'Attorney general': 1 } })
  if (!table.ok) throw new Error(table.error.code)
  const { works } = table.value
  expect(works.length).toBeGreaterThan(30)
  for (const work of works) {
    expect(work.start).toBeGreaterThanOrEqual(from)
    const own = sessions.filter((session) => session.usps === work.usps)
    if (WORKS[work.work].session) expect(fitsSession(own, work.start, WORKS[work.work].months)).toBe(true)
    const same = works.filter((other) => other.usps === work.usps && other.type === work.type)
    if (work.what === 'enactment')
      for (const other of same)
        if (other.what === 'prerequisite') expect(other.end).toBeLessThanOrEqual(work.start)
    if (work.what === 'start-up')
      for (const other of same)
        if (other.what === 'enactment') expect(other.end).toBeLessThanOrEqual(work.start)
  }
  for (const usps of ['CO', 'WA', 'TX'])
    for (let month = from; month < from + 60; month++) {
      const busy = works.filter(
        (w) => w.usps === usps && w.office === 'Attorney general' && w.start <= month && month < w.end,
      )
      expect(busy.length).toBeLessThanOrEqual(1)
    }
})

test.each([
  { why: 'the first month', usps: 'CO', month: '2027-01', months: 3, fits: true },
  { why: 'too late in the session', usps: 'CO', month: '2027-04', months: 3, fits: false },
  { why: 'out of session', usps: 'CO', month: '2027-08', months: 3, fits: false },
  { why: 'an odd year in Texas', usps: 'TX', month: '2027-02', months: 3, fits: true },
  { why: 'an even year in Texas', usps: 'TX', month: '2028-02', months: 3, fits: false },
  { why: 'a session shorter than the work', usps: 'VA', month: '2027-01', months: 3, fits: true },
  { why: 'a place without a calendar', usps: 'PR', month: '2027-08', months: 3, fits: true },
])('passage of a law, $why: $fits', ({ usps, month, months, fits }) => {
  const own = sessions.filter((session) => session.usps === usps)
  expect(fitsSession(own, monthOf(month), months)).toBe(fits)
  expect(monthText(monthOf(month))).toBe(month)
})

test('a plan of all states is laid out place by place, none later than on its own', () => {
  const measures = [...groundwork.keys()].slice(0, 4).map((playbook_type, m) => ({
    ...{ id: `m${m}`, playbook_type, start: 12 },
    after: m === 0 ? [] : [`m${m - 1}`],
  }))
  const planIn = (members: readonly (typeof places)[number][]) =>
    planTimetable({ members, firstMonth: '2027-01', staff: {}, measures }, grounds)
  const whole = planIn(places)
  if (!whole.ok) throw new Error(whole.error.code)
  const alone = places.map((usps) => planIn([usps])).map((one) => (one.ok ? one.value.months : Number.NaN))
  expect(whole.value.months).toBeGreaterThanOrEqual(Math.max(...alone))
  expect(whole.value.months).toBeLessThanOrEqual(Math.max(...alone) + 2)
  expect(whole.value.works.filter(({ critical }) => critical).length).toBeGreaterThan(0)
  expect(whole.value.measures).toHaveLength(measures.length * places.length)
})
