import { describe, expect, test } from 'vitest'
import { divisionOfState, type EdtfDate, type IsoDate } from '../base/index.ts'
import { daysOfDelay, faultsOf, isOpen, runningTotals, stillStopped } from './disruption.ts'
import type { Disruption } from './schema.ts'

const disruption = (over: Partial<Disruption> = {}): Disruption => ({
  jurisdiction: divisionOfState('CO'),
  id: 'co-test',
  record_id: 'fed-test',
  kind: 'freeze',
  agency: 'HHS',
  programme: 'Child care',
  aln: '93.575',
  strength: 'formula',
  awarded_cents: 1000n,
  drawn_cents: 200n,
  stopped_cents: 800n,
  back_cents: null,
  since: '2026-01-06' as EdtfDate,
  until: null,
  affected: '',
  court_status: 'pending',
  source_url: 'https://example.org/',
  ...over,
})
const today = '2026-03-01' as IsoDate

// Counted on a calendar: 6 January to 1 March 2026 is 25 + 28 + 1 days; a date of month or year gives its ends.
describe('days of delay', () => {
  test.each([
    { why: 'open, to the day', since: '2026-01-06', until: null, least: 54, most: 54 },
    { why: 'closed', since: '2026-01-06', until: '2026-01-16', least: 10, most: 10 },
    { why: 'began in a month', since: '2026-01', until: '2026-02-05', least: 5, most: 35 },
    { why: 'began in a year', since: '2025', until: '2026-01-01', least: 1, most: 365 },
    { why: 'announced for later', since: '2026-06-01', until: null, least: 0, most: 0 },
  ])('$why', ({ since, until, least, most }) => {
    expect(daysOfDelay(since as EdtfDate, until as EdtfDate | null, today)).toEqual({ least, most })
  })
})

test('what is stopped and not yet back', () => {
  expect(stillStopped(disruption())).toBe(800n)
  expect(stillStopped(disruption({ back_cents: 300n }))).toBe(500n)
  expect(stillStopped(disruption({ stopped_cents: null }))).toBeUndefined()
  expect(isOpen(disruption(), today)).toBe(true)
  expect(isOpen(disruption({ until: '2026-02' as EdtfDate }), today)).toBe(false)
  expect(isOpen(disruption({ kind: 'restoration' }), today)).toBe(false)
})

test('running totals by agency, programme and month; a record without an amount is counted and left out of sums', () => {
  const list = [
    disruption(),
    disruption({
      id: 'b',
      agency: 'DOE',
      programme: 'Energy',
      stopped_cents: 5000n,
      back_cents: 10n,
      since: '2025' as EdtfDate,
    }),
    disruption({ id: 'c', stopped_cents: null, since: '2026-01' as EdtfDate }),
  ]
  expect(
    runningTotals(list, 'agency').map((r) => [r.key, r.count, r.stopped, r.back, r.without_amount]),
  ).toEqual([
    ['DOE', 1, 5000n, 10n, 0],
    ['HHS', 2, 800n, 0n, 1],
  ])
  expect(runningTotals(list, 'month').map((r) => [r.key, r.count])).toEqual([
    ['2025', 1],
    ['2026-01', 2],
  ])
})

test.each([
  { fault: 'until', over: { until: '2025-12-31' as EdtfDate } },
  { fault: 'drawn_cents', over: { drawn_cents: 1001n } },
  { fault: 'back_cents', over: { back_cents: 801n } },
  { fault: 'back_cents', over: { kind: 'restoration' as const } },
])('fields that cannot be together: $fault', ({ fault, over }) => {
  expect(faultsOf(disruption(over)).map((f) => f.field)).toEqual([fault])
})
