import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { DumpArray, DumpHeader } from './dump.ts'
import { writeDump } from './dump-files.ts'
import { anyInputs, anyNumbers, sevenStateTrust } from './example.testing.ts'
import { modelOf } from './model.ts'
import { parseScenario } from './parse.ts'
import { simulate } from './run.ts'
import type { ScenarioDocument } from './schema.ts'

/*
 * A stranger's program: it reads header.json and the arrays, and computes every figure of every draw again from the
 * model's own words (docs/methods/scenario.md), with lists and records and nothing of the engine.
 */

type Table = Record<string, number[]>

interface Account {
  P: number
  B: number
  queue: { month: number; amount: number }[]
  I: number
  Q: number
  E: number
}
const newAccount = (): Account => ({ P: 0, B: 0, queue: [], I: 0, Q: 0, E: 0 })
const happens = (u: number, hazard: number) => u < 1 - Math.exp(-hazard)
const total = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

function again(header: DumpHeader, read: (name: string) => Float64Array) {
  const K = header.channels.length
  const J = header.jurisdictions.length
  const [parameters, uMeasure, uChannel] = [read('parameters'), read('uMeasure'), read('uChannel')]
  const results: Record<'with' | 'without', Table> = { with: {}, without: {} }
  const ends: Record<'with' | 'without', number[][]> = { with: [], without: [] }
  const measureU = (d: number, t: number, m: number, i: number) =>
    uMeasure[((d * header.months + t - 1) * header.measures.length + m) * 2 + i] as number
  const channelU = (d: number, t: number, j: number, k: number, i: number) =>
    uChannel[(((d * header.months + t - 1) * J + j) * K + k) * 3 + i] as number

  for (let d = 0; d < header.draws; d++) {
    const p = Object.fromEntries(
      header.parameters.map((name, i) => [name, parameters[d * header.parameters.length + i] as number]),
    ) as Record<string, number>
    for (const run of ['with', 'without'] as const)
      ends[run].push(
        oneRun(
          header,
          p,
          run,
          (t, m, i) => measureU(d, t, m, i),
          (t, j, k, i) => channelU(d, t, j, k, i),
          results[run],
        ),
      )
  }
  const net = ends.with.map((list, d) =>
    list.map((value, j) => value - ((ends.without[d] as number[])[j] as number)),
  )
  return { results, net }
}

function oneRun(
  header: DumpHeader,
  p: Record<string, number>,
  run: 'with' | 'without',
  uM: (t: number, m: number, i: number) => number,
  uC: (t: number, j: number, k: number, i: number) => number,
  out: Table,
): number[] {
  const { inputs, jurisdictions, channels } = header
  const n = (name: string) => p[name] as number
  const at = (list: readonly number[], i: number) => list[i] as number
  const everyone = jurisdictions.map((_, j) => j)
  const measures = run === 'with' ? header.measures : []
  const members = run === 'with' ? header.members : []
  const trusts = measures.flatMap((measure, m) => (measure.kind === 'trust' ? [{ ...measure, m }] : []))
  const isBudget = (k: number) =>
    ['medicaid', 'formula-grants', 'project-grants'].includes(channels[k] as string)
  const note = (name: string, value: number) => {
    out[name] = out[name] ?? []
    ;(out[name] as number[]).push(value)
  }

  const R = everyone.map((j) => at(inputs.R0, j))
  const putIn = everyone.map((j) =>
    total(trusts.map((trust) => (trust.members.includes(j) ? trust.mutualAid * at(inputs.R0, j) : 0))),
  )
  for (const j of everyone) R[j] = at(R, j) - at(putIn, j)
  let A = total(putIn)
  const cutsSoFar = everyone.map(() => 0)
  const hasAid = (j: number) => trusts.some((trust) => trust.mutualAid > 0 && trust.members.includes(j))
  const stopped = measures.map(() => false)
  const freeze = everyone.map(() => channels.map(() => ({ on: false, since: 0, unlawful: false, lost: 0 })))
  const accounts = trusts.map((trust) => Object.fromEntries(trust.members.map((j) => [j, newAccount()])))
  const accountOf = (i: number, j: number) => (accounts[i] as Record<number, Account>)[j] as Account
  const spendings = everyone.map((): number[] => [])
  let revenue = everyone.map(() => 0)
  const firstCalendarMonth = Number(header.firstMonth.split('-')[1])

  for (let t = 1; t <= header.months; t++) {
    const heldBefore = accounts.map((book) => total(Object.values(book).map((one) => one.P)))
    const collected = total(members.map((j) => at(inputs.X, j) / 12))
    const L = collected > 0 ? total(heldBefore) / collected : 0
    const owed = everyone.map(() => 0)
    const gained = everyone.map(() => 0)
    const paid = everyone.map(() => 0)
    const settle = (i: number, j: number) => {
      const book = accounts[i] as Record<number, Account>
      const { P, I, Q, E } = book[j] as Account
      const assessed = uM(t, (trusts[i] as { m: number }).m, 1) < n('penaltyAssessed')
      const due = I + (assessed ? 0.1 * P + Q : 0)
      paid[j] = at(paid, j) + due
      owed[j] = at(owed, j) + Math.max(0, due - E)
      gained[j] = at(gained, j) + Math.max(0, E - due)
      book[j] = newAccount()
    }
    // 1. Courts.
    const isActive = measures.map((measure, m) => {
      if (t < measure.start || stopped[m]) return false
      if (!happens(uM(t, m, 0), n(`courtHazard.${measure.tier}`))) return true
      stopped[m] = true
      for (const [i, trust] of trusts.entries())
        if (trust.m === m) for (const j of trust.members) settle(i, j)
      return false
    })
    // 2. Freezes.
    const arrears = everyone.map((j) =>
      channels.map((channel, k) => {
        const state = (freeze[j] as (typeof freeze)[0])[k] as (typeof freeze)[0][0]
        if (state.on) {
          if (!happens(uC(t, j, k, 2), n('restoreHazard'))) return 0
          const back = n('arrearsPaid') * state.lost
          Object.assign(state, { on: false, unlawful: false, lost: 0 })
          return back
        }
        let hazard = n('freezeHazard')
        if (members.includes(j)) {
          const byTrust = trusts.some((trust, i) => trust.members.includes(j) && at(heldBefore, i) > 0)
          const byRisk = measures.some(
            (measure, m) => isActive[m] && measure.members.includes(j) && measure.atRisk.includes(channel),
          )
          hazard *= (byTrust || byRisk ? n('escalation') : 1) * Math.exp(-n('deterrence') * L)
        }
        if (happens(uC(t, j, k, 0), hazard))
          Object.assign(state, { on: true, since: t, unlawful: uC(t, j, k, 1) < n('unlawfulShare') })
        return 0
      }),
    )
    // 3. Loss.
    const loss = everyone.map((j) =>
      channels.map((channel, k) => {
        const state = (freeze[j] as (typeof freeze)[0])[k] as (typeof freeze)[0][0]
        if (!state.on) return 0
        const lost = (n(`freezeShare.${channel}`) * at(inputs.G[j] as number[], k)) / 12
        state.lost += lost
        return lost
      }),
    )
    // 4. Trusts.
    const held = everyone.map(() => 0)
    const exposure = everyone.map(() => 0)
    const quarterMonth = (firstCalendarMonth - 1 + t - 1) % 3
    for (const [i, trust] of trusts.entries()) {
      if (!isActive[trust.m]) continue
      const frozenFor = (j: number) =>
        (freeze[j] as (typeof freeze)[0]).some(
          (one) => one.on && (trust.holdWhen !== 'while-found-unlawful' || (one.unlawful && t > one.since)),
        )
      for (const j of trust.members) {
        const holds =
          trust.holdWhen === 'always' ||
          (trust.trigger === 'own' ? frozenFor(j) : trust.members.some((other) => frozenFor(other)))
        let deposit = 0
        if (holds) {
          deposit =
            (n('compliance') * trust.share * (at(inputs.W, j) + (trust.openV ? at(inputs.V, j) : 0))) / 12
          accountOf(i, j).P += deposit
        } else if (accountOf(i, j).P > 0) settle(i, j)
        const one = accountOf(i, j)
        one.E += (one.P * trust.yield) / 12
        one.queue.push({ month: t + at([4, 3, 2], quarterMonth), amount: deposit })
        one.B += total(one.queue.filter(({ month }) => month === t).map(({ amount }) => amount))
        one.I += ((one.B + one.I) * header.underpaymentRate) / 12
        one.Q = Math.min(one.Q + 0.005 * one.B, 0.25 * one.P)
        held[j] = at(held, j) + one.P
        exposure[j] = at(exposure, j) + 0.1 * (one.P - deposit) + 0.05 * deposit + one.Q + one.I
      }
    }
    // 5. Budget.
    const cuts = everyone.map(() => 0)
    const replaced = everyone.map(() => 0)
    const change = everyone.map(() => 0)
    const money = (j: number, field: 'cost' | 'gain' | 'spending') =>
      total(
        measures.map((measure, m) => {
          if (!isActive[m] || !measure.members.includes(j)) return 0
          const row = measure.members.indexOf(j)
          const of = (streams: unknown) =>
            ((streams as number[][])[row] as number[])[t - measure.start] as number
          if (measure.kind === 'programme')
            return of({ cost: measure.cost, gain: measure.income, spending: measure.spending }[field])
          if (measure.kind === 'non-fiscal')
            return field === 'spending' ? 0 : of({ cost: measure.cost, gain: measure.saving }[field])
          return 0
        }),
      )
    for (const j of everyone) {
      const budget = channels.map((_, k) => k).filter(isBudget)
      const economy = channels.map((_, k) => k).filter((k) => !isBudget(k))
      const of = (table: number[][], ks: number[]) => total(ks.map((k) => at(table[j] as number[], k)))
      const need = total(
        budget.map((k) => {
          const raised = measures.flatMap((measure, m) =>
            measure.kind === 'replacement' &&
            isActive[m] &&
            measure.members.includes(j) &&
            (measure.channels as string[]).includes(channels[k] as string)
              ? [measure.replace]
              : [],
          )
          return at(loss[j] as number[], k) * Math.max(at(inputs.replace, j), ...raised)
        }),
      )
      const net = money(j, 'cost') - money(j, 'gain')
      const obligations = at(owed, j) + Math.max(0, net) + Math.max(0, -at(revenue, j))
      R[j] = at(R, j) + at(gained, j) + of(arrears, budget) + Math.max(0, -net) + Math.max(0, at(revenue, j))
      const obliged = Math.min(at(R, j), obligations)
      R[j] = at(R, j) - obliged
      const own = Math.min(at(R, j), need)
      R[j] = at(R, j) - own
      const aid = hasAid(j) ? Math.min(A, need - own) : 0
      A -= aid
      replaced[j] = own + aid
      cuts[j] = of(loss, budget) - at(replaced, j) + obligations - obliged
      cutsSoFar[j] = at(cutsSoFar, j) + at(cuts, j)
      change[j] = -at(cuts, j) - of(loss, economy) + of(arrears, economy) + money(j, 'spending')
    }
    // 6. Economy.
    const effects = everyone.map((j) => {
      ;(spendings[j] as number[]).push(at(change, j))
      return (n('spendingMultiplier') * total((spendings[j] as number[]).slice(-12))) / 12
    })
    const national = total(inputs.Y)
    const gdp = everyone.map((j) => {
      const fromOthers = everyone
        .filter((i) => i !== j)
        .map((i) => (n('spillover') * at(effects, i)) / (national - at(inputs.Y, i)))
      return (1 - n('spillover')) * at(effects, j) + at(inputs.Y, j) * total(fromOthers)
    })
    revenue = gdp.map((value, j) => at(inputs.tax, j) * value)
    for (const j of everyone) {
      note('held', at(held, j))
      note('exposure', at(exposure, j))
      note('loss', total(loss[j] as number[]))
      note('arrears', total(arrears[j] as number[]))
      note('replaced', at(replaced, j))
      note('cuts', at(cuts, j))
      note('reserve', at(R, j))
      note('paid', at(paid, j))
      note('gdp', at(gdp, j))
      note('revenue', at(revenue, j))
    }
  }
  return everyone.map((j) => {
    const back = at(putIn, j) > 0 ? (A * at(putIn, j)) / total(putIn) : 0
    return at(R, j) + back - at(cutsSoFar, j)
  })
}

const folder = mkdtempSync(join(tmpdir(), 'tenth-dump-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function dumped(name: string, document: ScenarioDocument, draws: number) {
  const scenario = parseScenario(document)
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.error))
  const into = join(folder, name)
  const model = modelOf(scenario.value)
  writeDump(model, { draws, seed: 20_270_101 }, into)
  const header = JSON.parse(readFileSync(join(into, 'header.json'), 'utf8')) as DumpHeader
  const read = (array: string) => {
    const { file, shape } = header.arrays[array] as DumpArray
    const bytes = readFileSync(join(into, file))
    const values = Float64Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i))
    expect(values.length).toBe(shape.reduce((size, one) => size * one, 1))
    return values
  }
  return { header, read, model }
}

/** Few states, many freezes, small reserves: everything that can happen does. */
function roughTimes(): ScenarioDocument {
  const next = anyNumbers(7)
  const document = sevenStateTrust(50)
  const [trust, ...others] = document.measures
  if (trust?.kind !== 'trust') throw new Error('the first measure is the trust')
  return {
    ...document,
    firstMonth: '2026-11',
    members: ['WA', 'CO', 'NY', 'IL'],
    measures: [
      {
        ...trust,
        members: ['WA', 'CO', 'NY'],
        holdWhen: 'while-found-unlawful',
        trigger: 'any-member',
        share: 0.6,
      },
      {
        ...trust,
        start: 10,
        members: ['CO', 'IL'],
        holdWhen: 'always',
        tier: 'likely-preempted',
        share: 0.4,
      },
      ...others.slice(1),
    ],
    parameters: {
      freezeHazard: { kind: 'lognormal', median: 0.1, sigma: 0.6 },
      restoreHazard: { kind: 'lognormal', median: 0.2, sigma: 0.5 },
      'freezeShare.wages': { kind: 'uniform', low: 0, high: 0.2 },
      'courtHazard.likely-preempted': { kind: 'fixed', value: 0.08 },
    },
    inputs: Object.fromEntries(
      ['AK', 'CO', 'IL', 'NY', 'TX', 'WA'].map((usps, i) => {
        const inputs = anyInputs(next)
        return [usps, { ...inputs, R0: i % 2 === 0 ? 0 : inputs.R0 / 20 }]
      }),
    ),
  }
}

const noPlan = (): ScenarioDocument => ({ ...roughTimes(), measures: [] })

test.each([
  ['the seven-state trust', sevenStateTrust(26), 10],
  ['rough times', roughTimes(), 60],
  ['no plan', noPlan(), 10],
] as const)('a stranger computes every number of every draw again: %s', (name, document, draws) => {
  const { header, read, model } = dumped(name, document, draws)
  const { results, net } = again(header, read)
  const off: string[] = []
  let moved = 0
  for (const run of ['with', 'without'] as const)
    for (const [metric, theirs] of Object.entries(results[run])) {
      const ours = read(`${run}.${metric}`)
      expect(ours.length).toBe(theirs.length)
      for (const [i, value] of theirs.entries()) {
        const mine = ours[i] as number
        if (value !== 0) moved++
        // A thousandth of a cent where figures of billions cancel.
        if (Math.abs(mine - value) > 1e-9 * Math.max(Math.abs(mine), Math.abs(value)) + 1e-5)
          off.push(`${run} ${metric} at ${i}: ${mine}, but ${value}`)
      }
    }
  expect(off.slice(0, 10)).toEqual([])
  expect(moved).toBeGreaterThan(1000)
  const { horizon } = simulate(model, { draws, seed: header.seed })
  for (const [j, usps] of header.jurisdictions.entries()) {
    const theirs = total(net.map((list) => list[j] as number)) / draws
    const ours = horizon.find(({ place }) => place === usps)?.netFiscal.mean ?? Number.NaN
    expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(theirs), 1e9))
  }
})

test('every kind of event comes up in rough times', () => {
  const { read } = dumped('events', roughTimes(), 60)
  for (const array of ['with.held', 'with.paid', 'with.arrears', 'with.replaced', 'with.cuts'])
    expect(read(array).some((value) => value > 0)).toBe(true)
  const reserve = read('with.reserve')
  expect(reserve.some((value) => value === 0)).toBe(true)
  expect(reserve.every((value) => value >= 0)).toBe(true)
})
