import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EdtfDate, type IsoDate, spanOf } from '../base/index.ts'
import { membersOnDay, onDay } from './asof.ts'
import { checkFiles, checkJurisdictions } from './check.ts'
import { readDataFiles, readJurisdictionsFile } from './files.ts'
import type { Alliance, Lawsuit, Measure, Rec, Status } from './schema.ts'
import { timesOf, type Version, validFrom } from './versions.ts'

const { rows: jurisdictions } = checkJurisdictions(readJurisdictionsFile())
const records = checkFiles(readDataFiles(), { jurisdictions }).records.map(({ rec }) => rec)
const real = <R extends Rec>(id: string): R => {
  const rec = records.find((r) => r.id === id)
  if (rec === undefined) throw new Error(`no ${id}`)
  return rec as R
}
const day = (text: string) => text as IsoDate
const edtf = (text: string) => text as EdtfDate

/** A measure of which only the fields that tell time are set. */
const measure = (fields: Partial<Measure>): Measure => ({
  ...real<Measure>('m-il-bivens-act'),
  dates: undefined,
  sources: [{ url: 'https://example.org/', publisher: 'Example' }],
  ...fields,
})
const suit = (fields: Partial<Lawsuit>): Lawsuit => ({
  ...real<Lawsuit>('suit-us-v-illinois-bivens'),
  dates: undefined,
  status_as_of: undefined,
  sources: [{ url: 'https://example.org/', publisher: 'Example' }],
  ...fields,
})
const dates = (given: Record<string, string>) => given as unknown as NonNullable<Measure['dates']>
const seen = (rec: Rec, on: string) => {
  const at = onDay(rec, day(on))
  return at.present ? `${at.status}${at.uncertain === undefined ? '' : ' ?'}` : 'absent'
}

// Worked by hand from docs/methods/as-of.md.
describe('a record on a day', () => {
  const bill = measure({ status: 'in-effect', dates: dates({ proposed: '2025-03', enacted: '2025-12-09' }) })
  const law = measure({
    status: 'in-effect',
    dates: dates({ enacted: '2025-12-09', effective: '2026-01-01' }),
  })
  const struck = measure({
    status: 'struck-down',
    dates: dates({ enacted: '2020' }),
    sources: [{ url: 'https://example.org/', publisher: 'Example', date: edtf('2024-08') }],
  })
  const undatedFall = measure({ status: 'struck-down', dates: dates({ enacted: '2020' }) })
  const filed = suit({
    status: 'dismissed',
    status_as_of: edtf('2025-07-25'),
    dates: { filed: edtf('2025-02-06') },
  })
  const told = measure({
    status: 'enjoined',
    dates: dates({ enacted: '2025-01-10' }),
    history: [
      { from: edtf('2025-04-01'), status: 'challenged' },
      { from: edtf('2025-06'), status: 'enjoined' },
    ],
  })
  test.each([
    ['before it was proposed', bill, '2025-02-28', 'absent'],
    ['in the month in which it was proposed', bill, '2025-03-15', 'proposed ?'],
    ['proposed, not yet enacted', bill, '2025-06-01', 'proposed'],
    ['on the day it was enacted', bill, '2025-12-09', 'in-effect'],
    ['enacted, not yet in force', law, '2025-12-31', 'enacted'],
    ['on its first day in force', law, '2026-01-01', 'in-effect'],
    ['enacted in some year, asked within it', struck, '2020-06-01', 'in-effect ?'],
    ['before a fall that a source of that month reports', struck, '2022-01-01', 'in-effect ?'],
    ['after that month', struck, '2024-09-01', 'struck-down'],
    ['within that month', struck, '2024-08-10', 'struck-down ?'],
    ['a fall that nothing dates', undatedFall, '2022-01-01', 'struck-down ?'],
    ['before it was enacted', undatedFall, '2019-12-31', 'absent'],
    ['a suit before its filing', filed, '2025-02-05', 'absent'],
    ['a suit after its filing and before its known status', filed, '2025-04-01', 'pending ?'],
    ['a suit at its known status', filed, '2025-07-25', 'dismissed'],
    ['by its history: before the challenge', told, '2025-03-31', 'in-effect'],
    ['by its history: challenged', told, '2025-05-01', 'challenged'],
    ['by its history: in the month of the injunction', told, '2025-06-10', 'enjoined ?'],
    ['by its history: enjoined', told, '2025-07-01', 'enjoined'],
    ['without any date', measure({ status: 'planned' }), '1990-01-01', 'planned ?'],
    ['a suit without any date', suit({ status: 'pending' }), '2025-01-01', 'pending ?'],
    [
      'a suit with a known status only, before it',
      suit({ status: 'stayed', status_as_of: edtf('2025-05-01') }),
      '2025-01-01',
      'pending ?',
    ],
    [
      'a suit with a known status only, at it',
      suit({ status: 'stayed', status_as_of: edtf('2025-05-01') }),
      '2025-05-01',
      'stayed',
    ],
    [
      'a step dated less exactly than the step before it',
      measure({ status: 'in-effect', dates: dates({ proposed: '2025-03-26', enacted: '2025' }) }),
      '2025-02-01',
      'absent',
    ],
    [
      'announced after it began: it stays in effect',
      measure({ status: 'in-effect', dates: dates({ started: '2025-01-01', announced: '2025-05-01' }) }),
      '2025-06-01',
      'in-effect',
    ],
    [
      'ended',
      measure({ status: 'defeated', dates: dates({ proposed: '2023', ended: '2023-11-07' }) }),
      '2024-01-01',
      'defeated',
    ],
  ])('%s', (_, rec, on, wanted) => expect(seen(rec, on)).toBe(wanted))
})

describe('laws of the fold', () => {
  const anyDay = fc
    .date({ min: new Date('2019-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map((date) => day(date.toISOString().slice(0, 10)))
  const anyEdtf = fc
    .tuple(anyDay, fc.constantFrom(4, 7, 10))
    .map(([text, length]) => edtf(text.slice(0, length)))
  const anyStatus = fc.constantFrom<Measure['status']>(
    'challenged',
    'enjoined',
    'partly-enjoined',
    'repealed',
  )

  test('law: it agrees with a day-by-day walk over random histories', () => {
    const entries = fc.uniqueArray(fc.record({ from: anyDay.map(edtf), status: anyStatus }), {
      selector: (e) => e.from,
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(entries, anyDay, (given, on) => {
        const history = [...given].sort((a, b) => (a.from < b.from ? -1 : 1))
        const last = history.at(-1)
        const rec = measure({ status: last?.status ?? 'challenged', history })
        // The walk: from the first day on, take up each status on the day on which it began.
        let walked: Status | 'absent' = 'absent'
        for (const entry of history) if (spanOf(entry.from).first <= on) walked = entry.status
        expect(seen(rec, on)).toBe(walked)
      }),
    )
  })

  test('law: with dates of any precision, presence never ends, and certainty means that no span straddles the day', () => {
    const anyDates = fc.record(
      { proposed: anyEdtf, enacted: anyEdtf, effective: anyEdtf, ended: anyEdtf },
      { requiredKeys: ['enacted'] },
    )
    fc.assert(
      fc.property(anyDates, anyDay, anyDay, (given, a, b) => {
        const rec = measure({ status: 'in-effect', dates: dates(given as Record<string, string>) })
        const [early, late] = a < b ? [a, b] : [b, a]
        const [before, after] = [onDay(rec, early), onDay(rec, late)]
        if (before.present) expect(after.present).toBe(true)
        const begins = Object.values(given).map((date) => spanOf(date as EdtfDate))
        if (begins.every((span) => span.first > late)) expect(after.present).toBe(false)
        if (begins.some((span) => span.last <= early)) expect(before.present).toBe(true)
      }),
    )
  })

  test('law: versions recorded one after another show each status from the day on which it became known', () => {
    const changes = fc.uniqueArray(fc.tuple(anyDay, anyStatus), {
      selector: ([on]) => on,
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(changes, anyDay, (given, on) => {
        const first = measure({ status: 'in-effect', dates: dates({ enacted: '2018-05-01' }) })
        const versions: Version[] = [versionOf(first, undefined, day('2018-06-01'))]
        let shown: Status = 'in-effect'
        for (const [from, status] of [...given].sort(([x], [y]) => (x < y ? -1 : 1))) {
          const before = versions.at(-1)
          if (before?.rec.status !== status) versions.push(versionOf({ ...first, status }, before, from))
          if (from <= on) shown = status
        }
        const newest = versions.at(-1)?.rec ?? first
        const at = onDay(newest, on, timesOf(versions))
        expect(at.present && at.status).toBe(shown)
      }),
    )
  })

  const versionOf = (rec: Rec, before: Version | undefined, on: IsoDate): Version => ({
    rec,
    version: (before?.version ?? 0) + 1,
    valid_from: validFrom(rec, before === undefined ? 'added' : 'status', before, on),
    recorded_at: `${on}T00:00:00.000Z`,
    hash: '',
    origin: 'operator',
    change: before === undefined ? 'added' : 'status',
    reason: null,
    revision: 1,
  })

  test('a correction of a status takes the corrected one out of the past', () => {
    const first = measure({ status: 'repealed', dates: dates({ enacted: '2018-05-01' }) })
    const wrong = versionOf(first, undefined, day('2024-01-01'))
    const right = {
      ...versionOf({ ...first, status: 'in-effect' }, wrong, day('2025-01-01')),
      change: 'correction' as const,
    }
    const at = onDay(
      right.rec,
      day('2024-06-01'),
      timesOf([wrong, { ...right, valid_from: edtf('2018-05-01') }]),
    )
    expect(at).toEqual({ present: true, status: 'in-effect' })
  })
})

describe('the real records', () => {
  /** A second reading of the same rules for the first set, by the plainest means: which dates have begun. */
  function walk(rec: Rec, on: IsoDate): string {
    const given = Object.entries(('dates' in rec ? rec.dates : undefined) ?? {}) as [string, EdtfDate][]
    if (rec.kind === 'playbook-type') return rec.status
    if (given.length === 0) {
      const isKnown = rec.status_as_of !== undefined && spanOf(rec.status_as_of).first <= on
      return rec.kind === 'lawsuit' && !isKnown ? 'pending' : rec.status
    }
    // A law enacted in some part of a year that was proposed in its November was not enacted before.
    const proposed = given.find(([name]) => name === 'proposed')?.[1]
    const isProposed = proposed === undefined || spanOf(proposed).first <= on
    const begun = given.filter(([, date]) => isProposed && spanOf(date).first <= on).map(([name]) => name)
    if (begun.length === 0) return 'absent'
    const lastOf = Object.fromEntries(given)
    const last = [
      'ended',
      'started',
      'effective',
      'enacted',
      'decided',
      'filed',
      'founded',
      'proposed',
      'announced',
    ].find((name) => name in lastOf)
    const isLast = last !== undefined && begun.includes(last)
    const newest = rec.sources
      .flatMap((s) => s.date ?? [])
      .sort((a, b) => (spanOf(a).last < spanOf(b).last ? -1 : 1))
      .at(-1)
    const known =
      rec.status_as_of ??
      (newest !== undefined && spanOf(newest).first >= spanOf(lastOf[last ?? ''] as EdtfDate).first
        ? newest
        : undefined)
    if (isLast && (known === undefined || spanOf(known).first <= on)) return rec.status
    return begun.join('+')
  }

  test.each([
    '1850-01-01',
    '2012-06-30',
    '2025-01-21',
    '2025-06-01',
    '2025-12-31',
    '2026-02-15',
    '2026-11-22',
  ])('on %s they are present, and have their newest status, as a plain walk over their dates finds', (on) => {
    for (const rec of records) {
      const [at, walked] = [onDay(rec, day(on)), walk(rec, day(on))]
      expect(at.present, `${rec.id} ${walked}`).toBe(walked !== 'absent')
      if (at.present && walked === rec.status) expect(at.status, rec.id).toBe(rec.status)
      if (at.present && at.status !== rec.status) expect(walked, rec.id).not.toBe(rec.status)
    }
  })

  test.each([
    ['m-il-bivens-act', '2025-12-08', 'absent'],
    ['m-il-bivens-act', '2025-12-20', 'in-effect ?'],
    ['m-il-bivens-act', '2026-01-22', 'challenged'],
    ['m-ny-protect-our-courts-act', '2020-06-01', 'in-effect ?'],
    ['m-ny-protect-our-courts-act', '2025-06-01', 'in-effect'],
    ['suit-us-v-illinois-sanctuary', '2025-03-01', 'pending ?'],
    ['suit-us-v-illinois-sanctuary', '2025-07-25', 'dismissed'],
    ['fed-omb-funding-freeze', '2025-01-26', 'absent'],
    ['doc-printz-1997', '1996-12-31', 'absent'],
    ['doc-printz-1997', '1998-01-01', 'good-law'],
    ['play-withholding-escrow', '1950-01-01', 'type'],
  ])('%s on %s: %s', (id, on, wanted) => expect(seen(real(id), on)).toBe(wanted))
})

describe('members of an alliance on a day', () => {
  const on = (id: string, date: string) =>
    membersOnDay(real<Alliance>(id), day(date)).map(
      (m) => `${m.jurisdiction.split(':').at(-1)}${m.uncertain ? ' ?' : ''}`,
    )

  test('nobody before it was founded; Hawaii joined some day of the first month', () => {
    expect(on('alliance-west-coast-health', '2025-08-31')).toEqual([])
    expect(on('alliance-west-coast-health', '2025-09-10')).toEqual(['ca', 'or', 'wa', 'hi ?'])
    expect(on('alliance-west-coast-health', '2025-10-01')).toEqual(['ca', 'or', 'wa', 'hi'])
  })

  test('one that left in January 2022 is there before, in doubt in that month, and gone after it', () => {
    expect(on('alliance-eric', '2021-12-31')).toContain('la ?')
    expect(on('alliance-eric', '2022-01-15')).toContain('la ?')
    expect(on('alliance-eric', '2022-02-01')).not.toContain('la ?')
  })
})
