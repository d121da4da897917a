import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type EdtfDate, type IsoDate, STATES, spanOf, stateOf } from '../../base/index.ts'
import { type Book, buildBook } from '../book.ts'
import { checkFiles, checkJurisdictions } from '../check.ts'
import { readDataFiles, readJurisdictionsFile } from '../files.ts'
import type { Rec } from '../schema.ts'
import { parseSearch } from '../search.ts'
import { chainOf } from './chain.ts'
import { openDoubts, worstDoubt } from './doubts.ts'
import { countMap, newestEvents } from './home.ts'
import { type ListRequest, listOf, ROWS_PER_PAGE } from './list.ts'
import { lastKnownDay, leadingMoment, momentsOf } from './moments.ts'
import { localPlaces, names, nearRecords, nearStates, peersOf } from './places.ts'
import { readingsOf } from './readings.ts'
import { measuresByArea, playbookFacts, stateFacts } from './state.ts'
import { actionTrack, axisOf } from './track.ts'

let book: Book
beforeAll(() => {
  const jurisdictions = checkJurisdictions(readJurisdictionsFile()).rows
  const { records, faults } = checkFiles(readDataFiles(), { jurisdictions })
  expect(faults).toEqual([])
  book = buildBook(
    records.map(({ rec }) => rec),
    { revision: 1, jurisdictions },
  )
})

const rec = (id: string): Rec => {
  const found = book.records.get(id)
  if (found === undefined) throw new Error(`no record ${id}`)
  return found
}

// Counted by hand in the files of the first set.
describe('Colorado', () => {
  test('is named in 14 federal actions, 2 of them blocked, since January 2025', () => {
    const facts = stateFacts(book, 'CO')
    expect(facts.actions).toHaveLength(14)
    expect(facts.blocked).toBe(2)
    expect(facts.actionsSince).toBe('2025-01')
    expect(facts.actions[0]?.id).toBe('fed-governors-exclusion-2026')
  })
  test('is in 10 suits, 9 as plaintiff and 1 as defendant of the United States', () => {
    const facts = stateFacts(book, 'CO')
    expect([facts.suits.length, facts.asPlaintiff, facts.asDefendant, facts.byUnitedStates]).toEqual([
      10, 9, 1, 1,
    ])
  })
  test('is a member of 7 active alliances and of one not in force, which comes last', () => {
    const { alliances } = stateFacts(book, 'CO')
    expect(alliances.filter(({ alliance }) => alliance.status === 'active')).toHaveLength(7)
    expect(alliances.at(-1)?.alliance.id).toBe('alliance-npvic')
  })
  test('has two measures in force on immigration; of its neighbors New Mexico has one', () => {
    const rows = measuresByArea(book, stateOf('CO'), stateOf('CO').neighbors.map(stateOf))
    const immigration = rows.find((row) => row.area === 'immigration')
    expect(immigration?.own).toBe(2)
    expect(immigration?.most).toMatchObject({ count: 1, states: [{ usps: 'NM' }] })
    expect(rows.map((row) => row.own)).toEqual([...rows.map((row) => row.own)].sort((a, b) => b - a))
  })
  test('has open first what is proposed or floated, then the safest in law and most tried elsewhere', () => {
    const { open, inForce } = playbookFacts(book, stateOf('CO'), [])
    expect(open.slice(0, 4).map((row) => row.here[0]?.status)).toEqual([
      'floated',
      'proposed',
      'proposed',
      'proposed',
    ])
    expect(open[4]?.type).toMatchObject({ id: 'play-287g-ban', legal_tier: 'settled' })
    expect(inForce.map((row) => row.type.id)).toContain('play-cannabis-legalization')
    expect(open.length + inForce.length).toBe(43)
  })
})

describe('tracks', () => {
  const until = '2026-04-29' as IsoDate
  const trackOf = (id: string) => {
    const action = rec(id)
    if (action.kind !== 'federal-action') throw new Error(id)
    return actionTrack(book, action, 'CO', until)
  }
  test('the newest source in the files is of 29 April 2026', () => expect(lastKnownDay(book)).toBe(until))
  test('the five-state freeze runs from 6 January until the order of 10 March; Colorado sued on the 8th', () => {
    expect(trackOf('fed-acf-freeze-five-states').marks).toEqual([
      { sign: 'until-blocked', from: '2026-01-06', to: '2026-03-10' },
      { sign: 'sued', at: '2026-01-08' },
      { sign: 'relief', at: '2026-03-10' },
    ])
  })
  test('a start known to the year alone is uncertain for all of that year', () => {
    expect(trackOf('fed-co-transport-energy-cuts').marks).toEqual([
      { sign: 'uncertain', from: '2025-01-01', to: '2025-12-31' },
      { sign: 'in-force', from: '2025-12-31', to: until },
    ])
  })
  test('relief given before an action began is not drawn as relief against it', () => {
    expect(trackOf('fed-sanctuary-payment-stop').marks.map(({ sign }) => sign)).toEqual(['announced'])
  })
  test('law: every mark lies on the axis', () => {
    for (const { usps } of STATES) {
      const tracks = stateFacts(book, usps).actions.map((action) => actionTrack(book, action, usps, until))
      const { first, last } = axisOf(tracks, until)
      for (const mark of tracks.flatMap(({ marks }) => marks)) {
        const days = 'at' in mark ? [mark.at] : [mark.from, mark.to]
        for (const day of days) expect(day >= first && day <= last, `${usps} ${day}`).toBe(true)
      }
    }
  })
})

describe('maps', () => {
  // From the files: 153 in effect, 5 challenged and 2 partly enjoined.
  test.each([
    ['federal-actions', 57, ['CO 14', 'IL 10', 'MN 9']],
    ['measures', 160, ['CA 18', 'IL 12', 'NY 12']],
    ['lawsuits', 95, ['CA 25', 'NY 22', 'IL 16']],
  ] as const)('%s: %i records', (name, records, most) => {
    const map = countMap(book, name)
    expect(map.records).toBe(records)
    expect(map.most.map(({ usps, count }) => `${usps} ${count}`)).toEqual(most)
  })
  test('alliances: 20 are active', () => expect(countMap(book, 'alliances').records).toBe(20))
  test('measures of one area are no more than those of all', () => {
    const [all, one] = [countMap(book, 'measures'), countMap(book, 'measures', 'firearms')]
    for (const [usps, count] of one.counts) expect(count).toBeLessThanOrEqual(all.counts.get(usps) ?? 0)
  })
  test('news holds nothing from after the day', () => {
    const day = '2025-06-30' as IsoDate
    const news = newestEvents(book, day, 50)
    expect(news).toHaveLength(50)
    for (const { date } of news) expect(spanOf(date).last <= day).toBe(true)
  })
})

describe('records', () => {
  test('the Missouri act: federal law, the act, the suit, what the court said', () => {
    const links = chainOf(book, rec('m-mo-firearm-sanctuary'))
    expect(links.map((link) => link.order?.suit.id ?? link.records[0]?.id)).toEqual([
      'fed-federal-firearm-law',
      'm-mo-firearm-sanctuary',
      'suit-us-v-missouri-sapa',
      'suit-us-v-missouri-sapa',
    ])
    expect(links.map((link) => link.next)).toEqual(['answered-by', 'challenged-by', 'ended-in', undefined])
    expect(links.at(-1)?.order?.contested?.status).toBe('struck-down')
  })
  test('the chain is the same dispute from the suit’s end', () => {
    const ids = (id: string) => chainOf(book, rec(id)).flatMap((link) => link.records.map((one) => one.id))
    expect(ids('suit-us-v-missouri-sapa')).toEqual(ids('m-mo-firearm-sanctuary'))
  })
  test('law: both readings name as many authorities, none of them twice', () => {
    for (const one of book.records.values()) {
      const readings = readingsOf(book, one)
      if (readings === undefined) continue
      const [pro, con] = [readings.for.length, readings.against.length]
      expect(pro === con || pro === 0 || con === 0, one.id).toBe(true)
      const side = [...readings.for, ...readings.alsoFor].map(({ id }) => id)
      expect(new Set(side).size).toBe(side.length)
    }
  })
  test('the Missouri readings differ by less than a third in length', () => {
    const readings = readingsOf(book, rec('m-mo-firearm-sanctuary'))
    const length = (docs: readonly Rec[] = []) => docs.reduce((sum, doc) => sum + doc.summary.length, 0)
    const [pro, con] = [length(readings?.for), length(readings?.against)]
    expect(Math.abs(pro - con)).toBeLessThan(Math.max(pro, con) / 3)
  })
  test.each([
    ['fed-acf-freeze-five-states', 'amount unverified', 'monto sin verificar'],
    ['fed-cdc-600m-cuts', 'day not known', 'día no conocido'],
    ['fed-doe-award-terminations', 'jurisdictions unverified', 'jurisdicciones sin verificar'],
    ['fed-veto-arkansas-valley-conduit', undefined, undefined],
  ])('%s: the doubt in its line', (id, en, es) => {
    expect([worstDoubt(rec(id), 'en'), worstDoubt(rec(id), 'es')]).toEqual([en, es])
  })
  test('open doubts count each unverified field of each record once', () => {
    const all = [...book.records.values()].reduce((sum, one) => sum + (one.unverified_fields?.length ?? 0), 0)
    expect(openDoubts(book).reduce((sum, doubt) => sum + doubt.records.length, 0)).toBe(all)
  })
})

describe('lists', () => {
  const asked = (query: string, more: Partial<ListRequest> = {}): ListRequest => {
    const pairs = [...new URLSearchParams(query)]
    const filters = parseSearch(pairs)
    if (!filters.ok) throw new Error(query)
    return { kind: 'measure', filters: filters.value, sort: 'newest', page: 1, type: [], ...more }
  }
  test('firearms, immigration and identity documents in five statuses: 51 measures', () => {
    const query =
      'area=firearms,immigration,identity-documents&status=in-effect,challenged,enjoined,partly-enjoined,struck-down'
    expect(listOf(book, asked(query)).total).toBe(51)
  })
  test('a state holds its counties and cities; the nation holds only what names it', () => {
    expect(listOf(book, asked('state=CO')).total).toBe(15)
    expect(listOf(book, asked('state=US', { kind: 'federal-action' })).total).toBe(25)
  })
  test('a year finds what happened in it, to the day or not', () => {
    for (const one of listOf(book, asked('from=2021&to=2021')).rows)
      expect(momentsOf(one).some(({ date }) => date.startsWith('2021'))).toBe(true)
  })
  test('words narrow to what the search found and keep its order', () => {
    const found = ['m-mo-firearm-sanctuary', 'm-co-sb25-276']
    expect(listOf(book, asked('', { sort: 'rank' }), found).rows.map(({ id }) => id)).toEqual(found)
  })
  test('law: the count beside a value is what choosing it alone shows', () => {
    const { facets } = listOf(book, asked('status=in-effect'))
    for (const { value, count } of facets.area)
      expect(listOf(book, asked(`status=in-effect&area=${value}`)).total, value).toBe(count)
  })
  test('law: the pages together hold every record once, in one order', () => {
    fc.assert(
      fc.property(fc.constantFrom('newest', 'oldest', 'place', 'area', 'title'), (sort) => {
        const first = listOf(book, asked('', { sort }))
        const rows = Array.from(
          { length: first.pages },
          (_, i) => listOf(book, asked('', { sort, page: i + 1 })).rows,
        )
        expect(rows.slice(0, -1).every((page) => page.length === ROWS_PER_PAGE)).toBe(true)
        expect(new Set(rows.flat().map(({ id }) => id)).size).toBe(216)
      }),
    )
  })
  test('newest first leaves the undated for last', () => {
    const last = listOf(book, asked('', { page: 99 })).rows.at(-1)
    expect(last && leadingMoment(last)).toBeUndefined()
  })
})

describe('near matches', () => {
  test.each([
    ['Colorodo', ['CO']],
    ['texs', ['TX']],
    ['new-mexco', ['NM']],
    ['co', ['CO']],
    ['atlantis', []],
  ])('state %s', (typed, codes) => expect(nearStates(typed).map(({ usps }) => usps)).toEqual(codes))
  test('a record by a mistyped id', () =>
    expect(nearRecords(book, 'm-mo-firearms-sanctuary').map(({ id }) => id)).toContain(
      'm-mo-firearm-sanctuary',
    ))
  test('law: a typed text gives at most three, and never fails', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (typed) => {
        expect(nearStates(typed).length).toBeLessThanOrEqual(3)
        expect(nearRecords(book, typed).length).toBeLessThanOrEqual(3)
      }),
      { numRuns: 40 },
    ))
  test('peers: neighbors, or those asked for, without the state itself', () => {
    expect(peersOf(stateOf('CO'), undefined)).toMatchObject({ ok: true, chosen: false })
    expect(peersOf(stateOf('CO'), 'ca, NY co ca')).toMatchObject({
      ok: true,
      peers: [{ usps: 'CA' }, { usps: 'NY' }],
    })
    expect(peersOf(stateOf('CO'), 'CA XX')).toEqual({ ok: false, unknown: 'XX' })
  })
  test('cities and counties with records stand under their state alone', () => {
    expect(localPlaces(book, 'CO', 'en').map(({ path }) => path)).toEqual(['/states/co/place/denver'])
    for (const { usps } of STATES)
      for (const place of localPlaces(book, usps, 'en'))
        expect(
          [...book.records.values()].some((one) => one.jurisdictions.includes(place.id) && names(one, usps)),
        ).toBe(true)
  })
  test('dates order by their first day', () => {
    const date = leadingMoment(rec('m-mo-firearm-sanctuary'))?.date as EdtfDate
    expect(date).toBe('2021-06-12')
  })
})
