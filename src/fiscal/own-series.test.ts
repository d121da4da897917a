import { expect, test } from 'vitest'
import { type OwnSeries, readOwnSeries } from './own-series.ts'

const about: OwnSeries = {
  id: 'mine',
  title: 'Mine',
  publisher: 'Me',
  url: 'https://example.org/',
  year_kind: 'calendar',
  basis: 'resident',
  allocation: 'By hand.',
  left_out: 'Nothing.',
}
const HEAD = 'usps,year,direction,category,unit,value'
const read = (...rows: string[]) => readOwnSeries(about, [HEAD, ...rows].join('\n'))

test('rows become flows of one series, a category for each name', () => {
  const done = read('CO,2024,gives,Taxes,usd_millions,10.5', 'us,2024,context,People,persons,5')
  expect(done).toMatchObject({
    ok: true,
    value: {
      categories: [
        { category: 'Taxes', direction: 'gives' },
        { category: 'People', unit: 'persons' },
      ],
      rows: [
        { jurisdiction: 'ocd-division/country:us/state:co', value: '10.5' },
        { jurisdiction: 'ocd-division/country:us' },
      ],
    },
  })
})

test.each([
  ['ZZ,2024,gives,Taxes,usd,1', 'usps'],
  ['CO,24,gives,Taxes,usd,1', 'year'],
  ['CO,2024,sends,Taxes,usd,1', 'direction'],
  ['CO,2024,gives,Taxes,euro,1', 'unit'],
  ['CO,2024,gives,Taxes,percent,1', 'unit'],
  ['CO,2024,gives,=cmd(),usd,1', 'category'],
  ['CO,2024,gives,Taxes,usd,"1,5"', 'value'],
])('%s: the fault is in %s, line 3', (row, column) => {
  expect(read('CO,2023,gives,Taxes,usd,1', row)).toMatchObject({ ok: false, error: [{ line: 3, column }] })
})

test('twice the same value, a unit that changes, no rows, no columns', () => {
  expect(read('CO,2024,gives,Taxes,usd,1', 'CO,2024,gives,Taxes,usd,2')).toMatchObject({
    ok: false,
    error: [{ line: 3, column: 'category' }],
  })
  expect(read('CO,2024,gives,Taxes,usd,1', 'CO,2023,gives,Taxes,usd_millions,2')).toMatchObject({
    ok: false,
    error: [{ line: 3, column: 'unit' }],
  })
  expect(read()).toMatchObject({ ok: false, error: [{ column: 'file' }] })
  expect(readOwnSeries(about, 'a,b\n1,2\n')).toMatchObject({
    ok: false,
    error: [{ wanted: expect.stringContaining('usps') }],
  })
})
