import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { divisionOfState, type Instant } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { balanceOf } from './balance.ts'
import type { Figures } from './figures.ts'
import { countedEstimates, type Position } from './position.ts'
import { loadLeverageTable, loadPosition } from './position-store.ts'
import { METHODS } from './rivals.ts'
import { startFiscal } from './start.ts'
import { loadFigures } from './store.ts'
import { centsOf } from './units.ts'
import { neutralFlows, ranking, viewBalance } from './view.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
let figures: Figures
let colorado: Position
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  shell = { db: database.db, dataFolder: '', now: () => '2026-11-22T01:00:00.000Z' as Instant }
  await startFiscal(shell)
  figures = await loadFigures(shell.db)
  colorado = await loadPosition(shell, 'CO')
})
afterAll(() => database.close())

const billions = (amount: bigint) => Number(amount / 10_000_000n) / 10_000
const balances = (position: Position) =>
  Object.fromEntries(position.estimates.map((one) => [one.id, Math.round(billions(one.balance) * 10) / 10]))

// By hand from the files: −511 × 5,850,935; 50,449.984 − 62,059.846 million; −51,600-odd million ÷ 25; 70.249 − 96.626.
test("Colorado's rival estimates", () => {
  expect(balances(colorado)).toEqual({
    rockefeller: -3,
    recon_2018: -11.6,
    tax_foundation: -2.1,
    irs_less_usaspending: -26.4,
  })
  expect(colorado.estimates.map((one) => one.kind)).toEqual(['published', 'own', 'published', 'illustration'])
  expect(countedEstimates(colorado.estimates).length).toBe(3)
})

test('California and New York show every estimate on record, claims marked and with their reason', async () => {
  const california = await loadPosition(shell, 'CA')
  expect(balances(california)).toMatchObject({
    rockefeller: -83.3,
    irs_less_usaspending: -280.8,
    'seven-states-2022-ca': -72,
    'usafacts-2024-ca': -275.6,
  })
  const newYork = await loadPosition(shell, 'NY')
  expect(balances(newYork)).toMatchObject({
    rockefeller: -7.1,
    'rockefeller-2022-report-ny': -19.4,
    'osc-2022-ny': 21.2,
  })
  for (const one of [...california.estimates, ...newYork.estimates])
    expect(one.why_it_differs.length).toBeGreaterThan(40)
})

test('the sign: every estimate of every place is spending minus receipts, as its own source prints it', () => {
  for (const method of METHODS)
    for (const { estimate } of ranking(figures, method.id, 'total').ranked) {
      if (!estimate.flows) continue
      const off = balanceOf(estimate.flows) - estimate.balance
      const allowed = method.id === 'rockefeller' ? 200n * 40_000_000n : 200_000_000n
      expect(off <= allowed && off >= -allowed, `${method.id} ${estimate.jurisdiction}`).toBe(true)
    }
})

test('39 of 50 states got more than they paid, FFY 2022 per resident, as the source prints it', () => {
  const { ranked } = ranking(figures, 'rockefeller', 'per-resident')
  expect(ranked.length).toBe(50)
  expect(ranked.filter((row) => row.value > 0n).length).toBe(39)
  expect(ranked[0]).toMatchObject({ value: 1_581_700n, estimate: { jurisdiction: divisionOfState('NM') } })
  for (const row of ranked) {
    const printed = figures.figure(row.estimate.jurisdiction, 'rockefeller', 'bop_balance_per_capita', 2022)
    expect(row.value).toBe(printed && centsOf(printed))
  }
})

test('views: the nation balances to the cent, real dollars of an earlier year are more, what is missing is named', () => {
  let sum = 0n
  for (const flows of neutralFlows(figures, 'rockefeller').values()) sum += balanceOf(flows)
  expect(sum).toBe(0n)
  const [rockefeller, , taxFoundation, illustration] = colorado.estimates
  if (!rockefeller || !taxFoundation || !illustration) throw new Error('Colorado has four estimates')
  const real = viewBalance(figures, rockefeller, 'real')
  expect(real.ok && real.value < rockefeller.balance).toBe(true)
  expect(viewBalance(figures, taxFoundation, 'real')).toEqual({ ok: false, missing: 'many-years' })
  expect(viewBalance(figures, taxFoundation, 'deficit-neutral')).toEqual({
    ok: false,
    missing: 'already-neutral',
  })
  expect(viewBalance(figures, illustration, 'gdp-share')).toEqual({ ok: false, missing: 'no-gdp' })
  expect(viewBalance(figures, illustration, 'per-resident')).toEqual({ ok: false, missing: 'no-population' })
})

// Census SFY 2019, in thousands: 5,785,272 welfare; 1,553,975 + 456,454 + 37,520 + 251,479 + 9,293 + 136 formula;
// 412,304 + 215,639 project; 295,612 + 12,014 not coded; 9,029,698 in all.
test("Colorado's exposure by legal strength", () => {
  expect(colorado.exposure?.total).toBe(902_969_800_000n)
  expect(colorado.exposure?.lines).toEqual([
    { strength: 'entitlement', amount: 578_527_200_000n },
    { strength: 'formula', amount: 230_885_700_000n },
    { strength: 'project', amount: 62_794_300_000n },
    { strength: 'not_coded', amount: 30_762_600_000n },
  ])
})

describe('usable leverage', () => {
  // 293,546 × 97,677 ÷ 87,844 employees; 16,458,211,860 × 7,501,387,308 ÷ 5,242,693,212 dollars of pay.
  test("Colorado's inputs by hand", () => {
    expect(colorado.leverage).toMatchObject({ employees: 326_405n, mean_pay: 7_214_612n, tax_year: 2023 })
    expect(colorado.leverage?.inputs.length).toBe(6)
  })
  test('the range lies where an own reckoning of the same tables put it: 1.74 to 2.91 billion', () => {
    expect(billions(colorado.leverage?.low ?? 0n)).toBeCloseTo(1.74, 2)
    expect(billions(colorado.leverage?.high ?? 0n)).toBeCloseTo(2.91, 1)
  })
  test('all 50 states and DC have it, with gross collections, exposure and a rank', async () => {
    const table = await loadLeverageTable(shell.db)
    expect(table.length).toBe(51)
    for (const row of table) {
      const { low = 0n, high = 0n, mean_pay = 0n } = row.leverage ?? {}
      expect(low > 0n && low < high && high * 4n < mean_pay * (row.leverage?.employees ?? 0n), row.usps).toBe(
        true,
      )
      expect([row.collected, row.exposure, row.rank].includes(undefined), row.usps).toBe(false)
    }
    expect(table.find((row) => row.usps === 'CA')?.rank).toBe(1)
    expect(table.find((row) => row.usps === 'DC')?.leverage?.grown_by).toBe('all-state-governments')
    expect(table.find((row) => row.usps === 'DC')?.balance?.id).toBe('tax_foundation')
  })
  test("New York: the sponsor's 3 to 4 billion stands beside the state-only part of our estimate", async () => {
    const newYork = await loadPosition(shell, 'NY')
    expect(newYork.sponsor).toMatchObject([{ low_usd: '3000000000', high_usd: '4000000000' }])
    const stateOnly = newYork.state_only
    expect(billions(stateOnly?.low ?? 0n)).toBeGreaterThan(1)
    expect(billions(stateOnly?.high ?? 0n)).toBeLessThan(4)
    expect(billions(newYork.leverage?.low ?? 0n)).toBeGreaterThan(6)
  })
})

// 1,738… ÷ 9,029.7 million and so on; 5,920,161 thousand etc. are in the Census file.
test('ratios with the years of their inputs; a missing reserve leaves the runway out by name', () => {
  const byId = new Map(colorado.ratios.map((ratio) => [ratio.id, ratio]))
  const leverage = byId.get('leverage-to-exposure')
  expect(leverage?.ok && [Math.round(leverage.low * 100), Math.round(leverage.high * 100)]).toEqual([19, 32])
  const dependence = byId.get('dependence')
  expect(dependence?.ok && Math.round(dependence.low * 1000)).toBe(282)
  expect(byId.get('runway')).toMatchObject({ ok: false, missing: ['reserve'] })
  expect(byId.get('exposure-to-general-fund')).toMatchObject({
    ok: true,
    inputs: [
      { name: 'Census', year: 2015, year_kind: 'state-fiscal' },
      { name: 'NASBO', year: 2015, year_kind: 'state-fiscal' },
    ],
  })
})

test('a second start loads nothing', async () => {
  expect(await startFiscal(shell)).toEqual({ loaded: 0 })
})
