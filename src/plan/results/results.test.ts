import { expect, test } from 'vitest'
import { assert } from '../../base/index.ts'
import { modelOf, parseScenario, simulate } from '../../scenario/index.ts'
import { readRunForm } from '../runs/form.ts'
import { studyRows } from '../runs/runs.ts'
import { cellText, chartUnit, count, countChange, shareText, usd, usdChange } from './format.ts'
import {
  changesAnything,
  heldOwedOf,
  monthSeries,
  monthsOf,
  ownName,
  yearPoints,
  yearsOf,
} from './results.ts'

test.each([
  [0, '$0', '$0'],
  [0.4, '$0', '$0'],
  [120, 'under $1,000', 'menos de $1,000'],
  [26_400, '$26,000', '$26,000'],
  [-999_400, '−$999,000', '−$999,000'],
  [999_600, '$1.0\u00a0m', '$1.0\u00a0millones'],
  [-21_400_000, '−$21\u00a0m', '−$21\u00a0millones'],
  [6_712_000_000, '$6.7\u00a0bn', '$6.7\u00a0mil millones'],
  [Number.NaN, '–', '–'],
])('%d dollars of a forecast', (value, en, es) =>
  expect([usd(value, 'en'), usd(value, 'es')]).toEqual([en, es]),
)

test('a difference has its side of zero, a count its decimals only where there are few', () => {
  expect([usdChange(86e6, 'en'), usdChange(-86e6, 'en'), usdChange(0, 'en')]).toEqual([
    '+$86\u00a0m',
    '−$86\u00a0m',
    '$0',
  ])
  expect([count(598.4), count(3.81), count(-0.02), countChange(12), countChange(-12), count(0)]).toEqual([
    '598',
    '3.8',
    'under 0.1',
    '+12',
    '−12',
    '0',
  ])
})

test('a cell keeps the digits of its chart, and a small minus is no minus', () => {
  const unit = chartUnit([0, -3.2e6])
  expect([1_234_500_000, -50_000, -100, 0, Number.NaN].map((value) => cellText(value, unit))).toEqual([
    '1,234.50',
    '−0.05',
    '0',
    '0',
    '–',
  ])
  expect([chartUnit([2e9]).unit, chartUnit([5e5]).unit, chartUnit([]).unit]).toEqual(['bn', 'k', 'k'])
})

test('a share with an error that would print as nothing says so', () => {
  expect(shareText({ probability: 0.0021, error: 0.0004 })).toBe('0.2% (±\u00a0<\u00a00.1)')
  expect(shareText({ probability: 0.256, error: 0.0044 })).toBe('25.6% (±\u00a00.4)')
  expect(shareText({ probability: 0, error: 0 })).toBe('0.0% (±\u00a00.0)')
})

test.each([
  [{}, { draws: 10_000, seed: 1 }],
  [
    { draws: ' 10,000 ', seed: '0' },
    { draws: 10_000, seed: 0 },
  ],
  [
    { draws: '100000', seed: '9007199254740991' },
    { draws: 100_000, seed: 9_007_199_254_740_991 },
  ],
])('the form %j is a run', (form, value) => expect(readRunForm(form)).toEqual({ ok: true, value }))

test.each([
  [{ draws: '1,00' }, ['draws']],
  [{ draws: '1e4' }, ['draws']],
  [{ draws: '', seed: '9007199254740992' }, ['draws', 'seed']],
  [{ seed: '١' }, ['seed']],
])('the form %j is none', (form, error) => expect(readRunForm(form)).toEqual({ ok: false, error }))

test('years of the axis: the first month, and few enough to be read', () => {
  expect(yearPoints(1)).toEqual([{ at: 0, minor: false }])
  expect(yearPoints(60).map(({ at }) => at)).toEqual([0, 12, 24, 36, 48])
  for (let months = 1; months <= 240; months++) expect(yearPoints(months).length).toBeLessThanOrEqual(6)
})

test('a small run has a small study', () => {
  expect([1, 2, 500, 10_000].map(studyRows)).toEqual([2, 2, 500, 1024])
})

const inputs = {
  ...{ W: 2e9, X: 8e10, Y: 5e11, R0: 1e9, tax: 0.1, jobsPerGdp: 7e-6 },
  G: {
    medicaid: 6e9,
    'formula-grants': 2e9,
    'project-grants': 1e9,
    procurement: 5e9,
    wages: 1e10,
    'direct-payments': 3e10,
  },
}
function runOf(measures: readonly object[], months: number) {
  const scenario = parseScenario({
    firstMonth: '2027-04',
    months,
    members: ['CO'],
    measures,
    parameters: {
      freezeHazard: { kind: 'fixed', value: 0.1 },
      restoreHazard: { kind: 'fixed', value: 0.2 },
    },
    underpaymentRate: 0.07,
    inputs: { CO: inputs, UT: inputs },
  })
  assert(scenario.ok, 'a scenario')
  return simulate(modelOf(scenario.value), { draws: 60, seed: 1 })
}
const TRUST = { kind: 'trust', start: 2, tier: 'contested', share: 1, holdWhen: 'while-frozen', yield: 0.03 }

test('the years add up to the whole, also where the last is short', () => {
  const results = runOf([TRUST], 30)
  const years = yearsOf(results, 'members')
  expect(years.map(({ from, to }) => [from, to])).toEqual([
    ['2027-04', '2028-03'],
    ['2028-04', '2029-03'],
    ['2029-04', '2029-09'],
  ])
  const { totals } = results.totals.find(({ place }) => place === 'members') ?? {}
  assert(totals, 'members have totals')
  for (const metric of ['cuts', 'paid', 'gdp'] as const)
    for (const view of ['with', 'without', 'difference'] as const) {
      const sum = years.reduce((all, { means }) => all + means[metric][view], 0)
      expect(sum / (totals[metric][view].mean || 1)).toBeCloseTo(totals[metric][view].mean === 0 ? 0 : 1, 9)
    }
})

test('what is held has what is owed beside it; a plan without a trust has neither', () => {
  const held = heldOwedOf(runOf([TRUST], 24))
  expect(held).toHaveLength(24)
  expect(held?.some((point) => point.held > 0 && point.owed > 0)).toBe(true)
  expect(heldOwedOf(runOf([], 24))).toBeUndefined()
})

test('a plan that does nothing changes nothing, and is told apart from one that does', () => {
  expect(changesAnything(runOf([], 12))).toBe(false)
  expect(changesAnything(runOf([TRUST], 12))).toBe(true)
})

test('months are calendar months, and a series has one value for each', () => {
  const results = runOf([TRUST], 11)
  expect(monthsOf(results)).toEqual(expect.arrayContaining(['2027-04', '2027-12', '2028-02']))
  expect(monthSeries(results, 'members', 'reserve', 'with').q50).toHaveLength(11)
})

test('one member has a name, several have none', () => {
  expect([ownName(['PA'], 'en'), ownName(['PA'], 'es'), ownName(['CO', 'WA'], 'en')]).toEqual([
    'Pennsylvania',
    'Pensilvania',
    undefined,
  ])
})
