import { expect, test } from 'vitest'
import { STATES } from '../base/index.ts'
import { binClass, binOf, countScale, NET_BALANCE } from './scale.ts'
import { MapLegend, MiniMap, TILE_PLACES, TileMap } from './tile-map.tsx'

const map = String(
  <TileMap
    lang="en"
    name="Net balance"
    scale={NET_BALANCE}
    values={{ CO: { value: -511, said: 'pays $511 more than it gets' }, NM: { value: 15_817 } }}
    link={(usps) => `/states/${usps.toLowerCase()}`}
  />,
)

/** What a screen reader hears for each tile, in order. */
const names = [...map.matchAll(/<a href="([^"]+)">(.*?)<\/a>/g)].map(([, link, inner]) => ({
  link,
  name: (inner ?? '').replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' '),
}))

test('56 tiles, one a jurisdiction, each a link to it', () => {
  expect(names.map((tile) => tile.link)).toEqual(STATES.map((state) => `/states/${state.usps.toLowerCase()}`))
  expect(new Set(Object.values(TILE_PLACES).map(String)).size).toBe(56)
})

test('an accessible name begins with what is printed, then says the place', () => {
  const said = new Map(names.map((tile) => [tile.link, tile.name]))
  expect(said.get('/states/co')).toBe('CO −511 Colorado: pays $511 more than it gets')
  expect(said.get('/states/nm')).toBe('NM +15,817 New Mexico')
  expect(said.get('/states/pr')).toBe('PR Puerto Rico: no figure')
})

test('a place without a figure is hatched, never coloured', () => {
  expect(map.match(/no-figure/g)).toHaveLength(54)
  expect(map).toContain('class="c2 r4 d2"')
})

test.each([
  [-2288, 'd0'],
  [-2000, 'd1'],
  [-511, 'd2'],
  [0, 'd3'],
  [2999, 'd3'],
  [3000, 'd4'],
  [9688, 'd5'],
  [15_817, 'd6'],
])('a balance of %d falls in %s', (value, bin) => expect(binClass(NET_BALANCE, value)).toBe(bin))

test.each([
  { most: 25, edges: [1, 6, 11, 16, 21] },
  { most: 3, edges: [1, 2, 3] },
  { most: 0, edges: [1] },
])('counts up to $most', ({ most, edges }) => {
  const scale = countScale([0, most])
  expect(scale.edges).toEqual(edges)
  expect(binOf(scale, 0)).toBe(0)
  if (most > 0) expect(binClass(scale, most)).toBe('n5')
})

test('every threshold is printed under the map', () => {
  const legend = String(<MapLegend lang="en" scale={NET_BALANCE} />)
  for (const edge of ['−2,000', '−1,000', '0', '+3,000', '+6,000', '+10,000'])
    expect(legend).toContain(`>${edge}<`)
})

test('a small map is one picture with one name', () => {
  const mini = String(
    <MiniMap name="Lawsuits: CA 25" scale={countScale([25])} values={{ CA: { value: 25 } }} />,
  )
  expect(mini).toContain('role="img" aria-label="Lawsuits: CA 25"')
  expect(mini.match(/<rect/g)).toHaveLength(56)
})
