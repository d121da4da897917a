import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EdtfDate, IsoDate } from '../base/index.ts'
import { axisTicks, percentOf, type TrackFacts, trackOf } from './track.ts'

const day = (text: string) => text as IsoDate
const edtf = (text: string) => text as EdtfDate
const AS_OF = day('2026-04-03')

test.each<{ why: string; facts: TrackFacts; marks: unknown[] }>([
  {
    why: 'in force since a day',
    facts: { started: edtf('2025-10-02') },
    marks: [{ sign: 'in-force', from: '2025-10-02', to: '2026-04-03' }],
  },
  {
    why: 'began somewhere in a month, then in force',
    facts: { started: edtf('2025-12') },
    marks: [
      { sign: 'uncertain', from: '2025-12-01', to: '2025-12-31' },
      { sign: 'in-force', from: '2025-12-31', to: '2026-04-03' },
    ],
  },
  {
    why: 'the uncertain year is not over: nothing solid is drawn',
    facts: { started: edtf('2026') },
    marks: [{ sign: 'uncertain', from: '2026-01-01', to: '2026-04-03' }],
  },
  {
    why: 'announced only',
    facts: { started: edtf('2026-02-01'), announcedOnly: true },
    marks: [{ sign: 'announced', from: '2026-02-01', to: '2026-04-03' }],
  },
  {
    why: 'ticks until a court blocked it, sued and relieved',
    facts: {
      started: edtf('2026-01-06'),
      blocked: edtf('2026-03-10'),
      sued: [edtf('2026-01-08')],
      relief: edtf('2026-03-10'),
    },
    marks: [
      { sign: 'until-blocked', from: '2026-01-06', to: '2026-03-10' },
      { sign: 'sued', at: '2026-01-08' },
      { sign: 'relief', at: '2026-03-10' },
    ],
  },
  {
    why: 'blocked before it began: a point, not a span backwards',
    facts: { started: edtf('2026-03-10'), blocked: edtf('2026-03-01') },
    marks: [{ sign: 'until-blocked', from: '2026-03-10', to: '2026-03-10' }],
  },
  { why: 'no date known: nothing is drawn', facts: {}, marks: [] },
])('$why', ({ facts, marks }) => expect(trackOf(facts, AS_OF)).toEqual(marks))

test('law: a place on the axis is between 0 and 100 percent', () =>
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (date) => {
        const percent = percentOf(day(date.toISOString().slice(0, 10)), day('2025-01-01'), AS_OF)
        expect(percent).toBeGreaterThanOrEqual(0)
        expect(percent).toBeLessThanOrEqual(100)
      },
    ),
  ))

test('round dates on the axis', () => {
  expect(axisTicks(day('2025-01-01'), AS_OF)).toEqual(['2025-01', '2025-07', '2026-01'])
  expect(axisTicks(day('1990-06-01'), AS_OF).length).toBeLessThanOrEqual(7)
})
