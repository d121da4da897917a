import { afterAll, expect, test } from 'vitest'
import { divisionOfState, type Instant } from '../base/index.ts'
import { testDatabase } from '../db/testing.ts'
import { saveReserve } from '../fiscal/store.ts'
import { JurisdictionInputs } from '../scenario/index.ts'
import { bringFacts, loadPlanFacts } from './store.ts'

const database = await testDatabase()
afterAll(database.close)
const shell = { db: database.db, now: () => '2026-11-22T10:00:00.000Z' as Instant, dataFolder: '' }
await bringFacts(shell)
const facts = await loadPlanFacts(shell)
const of = (usps: string) => facts.places.find((place) => place.usps === usps)

test('51 places, each with all inputs or left out with what is missing', () => {
  expect(facts.places.length).toBe(51)
  for (const { usps, inputs, missing } of facts.places) {
    expect([usps, inputs === undefined]).toEqual([usps, missing.length > 0])
    if (inputs) expect([usps, JurisdictionInputs.safeParse(inputs).error]).toEqual([usps, undefined])
  }
  const out = facts.places.filter((place) => place.inputs === undefined)
  expect(out.map(({ usps, missing }) => [usps, missing])).toEqual([
    ['DC', ['G.procurement: no figure of dod_contracts for dod_contract_obligations']],
  ])
})

// Added up by hand from src/fiscal/data/flows: grants of SFY 2019 in thousands, collections of FFY 2025 in billions, GDP in
// millions. W is an estimate: between all joint and all single filers, $1.7 bn and $2.9 bn.
test('by hand from the files: Colorado', () => {
  const inputs = of('CO')?.inputs
  expect(inputs?.G.medicaid).toBe(5_785_272_000)
  expect(inputs?.X).toBeCloseTo(89_328_800_000, -3)
  expect(inputs?.Y).toBe(553_322_500_000)
  expect(inputs?.W).toBeGreaterThan(1.7e9)
  expect(inputs?.W).toBeLessThan(2.9e9)
  const grants = inputs ? inputs.G.medicaid + inputs.G['formula-grants'] + inputs.G['project-grants'] : 0
  const total = of('CO')?.lines.find((line) => line.symbol === 'G.medicaid')?.figures[0]?.year
  expect([grants, total]).toEqual([9_029_698_000, 2019])
})

test('every line says how it was made, and of what years unless it is an assumption without any', () => {
  for (const { usps, lines } of facts.places)
    for (const { symbol, how, years, basis, value } of lines) {
      expect([usps, symbol, how.length > 10, Number.isFinite(value) && value >= 0]).toEqual([
        usps,
        symbol,
        true,
        true,
      ])
      if (basis !== 'assumption') expect([usps, symbol, years.length > 0]).toEqual([usps, symbol, true])
    }
})

// Counted by hand in src/registry/data: pairs of an action and a state that it names, and ends by relief or withdrawal.
test('hazards: the query of docs/methods/plan.md', () => {
  const { spells, named_pairs, months, freezeMedian, restoreMedian, ended, frozen_months, newest } =
    facts.hazards
  expect(newest).toBe('2026-04-29')
  expect(named_pairs).toBe(37)
  expect(months).toBeCloseTo(483 / 30.4375, 10)
  expect(freezeMedian).toBeCloseTo(37 / (51 * 4 * months), 12)
  expect(restoreMedian).toBeCloseTo(ended / frozen_months, 12)
  const spell = (id: string) => spells.find((one) => one.action === id)
  expect(spell('fed-acf-freeze-five-states')).toEqual({
    action: 'fed-acf-freeze-five-states',
    from: '2026-01-06',
    to: '2026-03-10',
    ended_by: 'relief',
    named: ['CA', 'CO', 'IL', 'MN', 'NY'],
    suit: 'suit-ny-v-acf',
  })
  // Relief was denied: it goes on.
  expect(spell('fed-cms-minnesota-deferral')).toMatchObject({
    ended_by: undefined,
    to: newest,
    named: ['MN'],
  })
  // A freeze of a city's money names its state.
  expect(spell('fed-chicago-transit-freeze')?.named).toEqual(['IL'])
  // Not begun by the newest source, or only threatened.
  expect(spell('fed-ncar-breakup')).toBeUndefined()
  expect(spell('fed-sanctuary-payment-stop')).toBeUndefined()
})

test('a reserve that a state reports takes the place of the assumption', async () => {
  await saveReserve(shell, 'test', divisionOfState('CO'), {
    as_of: '2026-06-30',
    amount_cents: 123_456_789_00n,
    source_url: 'https://example.org/acfr',
  })
  const place = (await loadPlanFacts(shell)).places.find((one) => one.usps === 'CO')
  expect(place?.inputs?.R0).toBe(123_456_789)
  expect(place?.lines.find((line) => line.symbol === 'R0')).toMatchObject({ basis: 'figures', years: [2026] })
})
