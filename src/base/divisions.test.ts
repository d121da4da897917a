import { expect, test } from 'vitest'
import {
  type DivisionId,
  divisionOfState,
  isDivisionId,
  isLocal,
  NATION,
  stateOfDivision,
} from './divisions.ts'
import { STATES } from './states.ts'

test('50 states, the District of Columbia and five territories, each code once', () => {
  const count = (kind: string) => STATES.filter((row) => row.kind === kind).length
  expect([count('state'), count('district'), count('territory')]).toEqual([50, 1, 5])
  expect(new Set(STATES.map((row) => row.usps)).size).toBe(56)
  expect(new Set(STATES.map((row) => row.fips)).size).toBe(56)
})

test('neighbors are neighbors of each other', () => {
  for (const row of STATES)
    for (const other of row.neighbors)
      expect(STATES.find((s) => s.usps === other)?.neighbors, `${other} and ${row.usps}`).toContain(row.usps)
})

test.each([
  ['ocd-division/country:us', undefined, false],
  ['ocd-division/country:us/state:co', 'CO', false],
  ['ocd-division/country:us/district:dc', 'DC', false],
  ['ocd-division/country:us/territory:pr', 'PR', false],
  ['ocd-division/country:us/state:il/county:cook', 'IL', true],
  ['ocd-division/country:us/state:ny/place:new_york', 'NY', true],
])('%s lies in %s', (id, usps, local) => {
  expect(isDivisionId(id)).toBe(true)
  expect(stateOfDivision(id as DivisionId)?.usps).toBe(usps)
  expect(isLocal(id as DivisionId)).toBe(local)
})

test.each([
  '',
  'CO',
  'ocd-division/country:ca',
  'ocd-division/country:us/state:xx',
  'ocd-division/country:us/state:dc',
  'ocd-division/country:us/territory:co',
  'ocd-division/country:us/state:co/',
  'ocd-division/country:us/state:co/place:Denver',
])('refuses %j', (id) => expect(isDivisionId(id)).toBe(false))

test('every state has an id that leads back to it', () => {
  for (const row of STATES) expect(stateOfDivision(divisionOfState(row.usps))).toBe(row)
  expect(stateOfDivision(NATION)).toBeUndefined()
})
