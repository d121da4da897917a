import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cents, type IsoDate, type Usps } from '../base/index.ts'
import { prepareItem, recordFact, runDay, settle, signItem, takeDeposits } from './acts.ts'
import {
  emptyBook,
  executedItems,
  heldDeposits,
  holdingsOf,
  openItems,
  standingOf,
  type TrustBook,
} from './book.ts'
import { heldOf, type Question, type Standing } from './context.ts'
import { decide } from './decide.ts'
import { openingEntries } from './entries.ts'
import { itemHash, newItem } from './items.ts'
import { addDays } from './liability/days.ts'
import { MemoryLedger } from './memory-ledger.ts'
import { simulatedAccount } from './payments.ts'
import type { RecordedFact } from './recorded.ts'
import type { Fact, MONEY_ACTIONS, Signature } from './schema.ts'
import { agreementNamed } from './situations.testing.ts'

/*
 * Laws for any facts and any order of acts. Failures print fast-check's seed and the smallest case.
 */

const START = '2026-03-01' as IsoDate
const day = fc.integer({ min: -40, max: 40 }).map((n) => addDays(START, n))
const amount = fc.bigInt({ min: 0n, max: 3_000n })
const officesOf: Readonly<Record<string, readonly string[]>> = {
  'ny-recourse': ['governor', 'comptroller', 'budget-director', 'deputy'],
  'wa-escrow': ['state-treasurer', 'deputy'],
  'pacific-compact': ['commission-chair', 'commission-vice-chair', 'commission-treasurer', 'deputy'],
  'special-account': ['state-treasurer', 'deputy'],
}
const membersOf: Readonly<Record<string, readonly Usps[]>> = {
  'ny-recourse': ['NY'],
  'wa-escrow': ['WA'],
  'pacific-compact': ['CA', 'OR', 'WA'],
  'special-account': ['CO'],
}
const person = fc.constantFrom('ann', 'bea', 'cy', 'dot', 'eve', 'fay', 'gil', 'pat')
const source = 'invented'

/** @param orders how often a court orders something, beside the other facts */
const factOf = (id: string, orders: number): fc.Arbitrary<Fact> => {
  const member = fc.constantFrom(...(membersOf[id] ?? []))
  const reporter = id === 'pacific-compact' ? 'commission-auditor' : 'comptroller'
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('federal-action' as const),
        on: day,
        record: fc.constant('fed-x'),
        status: fc.constant('s'),
        in_force: fc.boolean(),
        unpaid_cents: amount.map(cents),
        source: fc.constant(source),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('finding' as const),
        on: day,
        record: fc.constantFrom('suit-x', 'suit-y'),
        finding: fc.constantFrom('contravenes', 'does-not-contravene', 'reversed', 'stayed', 'stay-lifted'),
        source: fc.constant(source),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('report' as const),
        on: day,
        office: fc.constantFrom(reporter, 'someone-else'),
        arrears_cents: amount.map(cents),
        source: fc.constant(source),
      }),
    },
    {
      weight: orders,
      arbitrary: fc.record({
        kind: fc.constant('order' as const),
        on: day,
        order: fc.constantFrom(
          'stay',
          'stay-lifted',
          'strike',
          'pay-treasury',
          'not-owed',
          'freeze',
          'freeze-lifted',
        ),
        court: fc.constant('c'),
        docket: fc.constant('d'),
        source: fc.constant(source),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('sign-off' as const),
        on: day,
        office: fc.constantFrom(...(officesOf[id] ?? [])),
        person,
        source: fc.constant(source),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('panel' as const),
        on: day,
        act: fc.constantFrom('finds-unconstitutional', 'withdraws-finding', 'releases'),
        cents: amount.map(cents),
        source: fc.constant(source),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('member-exit' as const),
        on: day,
        member,
        source: fc.constant(source),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('wind-up-decided' as const),
        on: day,
        source: fc.constant(source),
      }),
    },
  ) as fc.Arbitrary<Fact>
}
const recorded = (facts: readonly Fact[]): readonly RecordedFact[] =>
  facts.map((fact, i) => ({ id: `f${i}`, recorded_at: 't', recorded_by: 'r', fact }))

interface Case {
  readonly facts: readonly Fact[]
  readonly held: bigint
  readonly asked: bigint
  readonly earnings: bigint
  readonly day: IsoDate
  readonly signed: readonly { readonly person: string; readonly office: string; readonly other: boolean }[]
}

const caseOf = (id: string): fc.Arbitrary<Case> =>
  fc.record({
    facts: fc.array(factOf(id, 1), { maxLength: 14 }),
    held: amount,
    asked: amount,
    earnings: amount,
    day: fc.integer({ min: 0, max: 40 }).map((n) => addDays(START, n)),
    signed: fc.uniqueArray(
      fc.record({
        person,
        office: fc.constantFrom(...(officesOf[id] ?? [])),
        other: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
      }),
      { selector: ({ person: who }) => who, maxLength: 4 },
    ),
  })

/** The question that a case puts, and everything it stands on. */
function put(id: string, one: Case, action: Exclude<(typeof MONEY_ACTIONS)[number], 'hold'>) {
  const member = membersOf[id]?.[0] as Usps
  const item = newItem({
    book: 'b',
    action,
    member,
    amount_cents: one.asked,
    holdings: [],
    cause: 'asked',
    prepared_on: one.day,
    prepared_by: 'pat',
    number: 1,
  })
  const signatures = one.signed.map(
    ({ person: who, office, other }): Signature => ({
      item_sha256: other ? 'e'.repeat(64) : itemHash(item),
      person: who,
      office,
      at: '2026-03-01T00:00:00.000Z',
    }),
  )
  const standing: Standing = {
    book: 'b',
    kind: 'simulation',
    authority: { kind: 'simulation' },
    facts: recorded(one.facts),
    holdings: [
      {
        id: 'h',
        member,
        depositor_class: 'state-payroll',
        payday: START,
        deposit_due: START,
        open_cents: one.held,
      },
    ].filter(({ open_cents }) => open_cents > 0n),
    earnings: new Map([[member, one.earnings]]),
    awaiting_cents: 0n,
    released_cents: 0n,
    closed: false,
  }
  const question: Question = { action, member, amount_cents: one.asked, item, signatures }
  return decide(agreementNamed(id), standing, question, one.day)
}

/**
 * What the law of each agreement asks before money leaves, told a second time and another way: no Cedar, no code of the
 * room, only the facts in order. It says what must be so; the room may ask for more, never for less.
 */
function oracle(
  id: string,
  { facts, held, asked, earnings, day: today, signed }: Case,
  action: string,
): boolean {
  const known = facts.map((fact, i) => ({ fact, i })).filter(({ fact }) => fact.on <= today)
  known.sort((a, b) => a.fact.on.localeCompare(b.fact.on) || a.i - b.i)
  const age = (on: string) => Math.round((Date.parse(today) - Date.parse(on)) / 864e5)
  let [frozen, stayed, struck, pay, notOwed, ending, released] = [
    false,
    false,
    false,
    false,
    false,
    false,
    0n,
  ]
  let report: { arrears: bigint; age: number } | undefined
  const suits: Record<string, { yes: boolean; stayed: boolean }> = {}
  let action_: { standing: boolean } | undefined
  const signOffs: Record<string, { person: string; age: number }> = {}
  let left = false
  for (const { fact: f } of known) {
    if (f.kind === 'order') {
      if (f.order === 'freeze') frozen = true
      if (f.order === 'freeze-lifted') frozen = false
      if (f.order === 'stay') stayed = true
      if (f.order === 'stay-lifted') stayed = false
      if (f.order === 'strike') struck = true
      if (f.order === 'pay-treasury') pay = true
      if (f.order === 'not-owed') notOwed = true
    }
    if (f.kind === 'report' && f.office === (id === 'pacific-compact' ? 'commission-auditor' : 'comptroller'))
      report = { arrears: f.arrears_cents, age: age(f.on) }
    if (f.kind === 'finding') {
      const so = suits[f.record] ?? { yes: false, stayed: false }
      if (f.finding === 'stayed' || f.finding === 'stay-lifted') so.stayed = f.finding === 'stayed'
      else Object.assign(so, { yes: f.finding === 'contravenes', stayed: false })
      suits[f.record] = so
    }
    if (f.kind === 'federal-action') action_ = { standing: f.in_force && f.unpaid_cents > 0n }
    if (f.kind === 'sign-off') signOffs[f.office] = { person: f.person, age: age(f.on) }
    if (f.kind === 'panel' && f.act === 'releases') released += f.cents ?? 0n
    if (f.kind === 'wind-up-decided') ending = true
    if (
      f.kind === 'member-exit' &&
      f.member === membersOf[id]?.[0] &&
      age(f.on) >= (id === 'pacific-compact' ? 90 : 0)
    )
      left = true
  }
  const good = signed.filter(({ other }) => !other)
  const two = good.filter(({ person: who }) => who !== 'pat').length >= 2
  const clean = good.length === signed.length && !good.some(({ person: who }) => who === 'pat')
  const offices = new Set(good.filter(({ person: who }) => who !== 'pat').map(({ office }) => office))
  const three =
    ['ny-recourse', 'pacific-compact'].includes(id) &&
    (officesOf[id] ?? []).slice(0, 3).every((one) => offices.has(one))
  if (frozen || !two || !clean || asked <= 0n) return false
  if (id !== 'ny-recourse') {
    const wanted = id === 'pacific-compact' ? 'commission-treasurer' : 'state-treasurer'
    if (!offices.has(wanted) && action !== 'return-to-depositor') return false
  }
  if (action === 'pay-member') return id !== 'special-account' && asked <= earnings
  if (asked > held) return false
  if (action === 'return-to-depositor') return notOwed && id !== 'special-account'
  if (id === 'special-account') return true
  const over = pay || struck || stayed || ending || left
  if (id === 'wa-escrow') return over || asked <= released
  const fresh = report !== undefined && report.age <= 31
  const voices = (officesOf[id] ?? []).slice(0, 3).flatMap((office) => {
    const one = signOffs[office]
    return one && one.age <= 31 ? [one.person] : []
  })
  const findings = Object.values(suits)
  const groundGone =
    (findings.length > 0 && !findings.some((one) => one.yes && !one.stayed)) ||
    (action_ !== undefined && !action_.standing) ||
    new Set(voices).size < 3 ||
    (fresh && report?.arrears === 0n)
  const excess = report === undefined ? 0n : held - report.arrears
  return three || over || (fresh && (groundGone || asked <= excess))
}

test.each(Object.keys(officesOf))('law: %s lets nothing leave without all of its conditions', (id) => {
  let allowed = 0
  fc.assert(
    fc.property(
      caseOf(id),
      fc.constantFrom('release-to-treasury', 'return-to-depositor', 'pay-member'),
      (one, action) => {
        const decision = put(id, one, action)
        if (decision.allowed) allowed += 1
        if (decision.allowed) expect(oracle(id, one, action), JSON.stringify(decision.context)).toBe(true)
        expect(decision.allowed).toBe(decision.missing.length === 0)
      },
    ),
    { numRuns: 3_000 },
  )
  expect(allowed).toBeGreaterThan(0)
})

type Step =
  | { readonly act: 'fact'; readonly fact: Fact }
  | { readonly act: 'deposit'; readonly cents: bigint; readonly member: Usps }
  | { readonly act: 'run' | 'settle' }
  | {
      readonly act: 'prepare'
      readonly cents: bigint
      readonly member: Usps
      readonly action: 'release-to-treasury' | 'return-to-depositor' | 'pay-member'
    }
  | { readonly act: 'sign'; readonly who: string; readonly office: string; readonly which: number }
  | { readonly act: 'wait'; readonly days: number }

const stepOf = (id: string): fc.Arbitrary<Step> => {
  const member = fc.constantFrom(...(membersOf[id] ?? []))
  const some = fc.bigInt({ min: 1n, max: 900n })
  const office = fc.constantFrom(...(officesOf[id] ?? []))
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ act: fc.constant('fact' as const), fact: factOf(id, 12) }) },
    { weight: 4, arbitrary: fc.record({ act: fc.constant('deposit' as const), cents: some, member }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('run' as const, 'settle' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        act: fc.constant('prepare' as const),
        cents: some,
        member,
        action: fc.constantFrom(
          'release-to-treasury' as const,
          'return-to-depositor' as const,
          'pay-member' as const,
        ),
      }),
    },
    {
      weight: 9,
      arbitrary: fc.record({ act: fc.constant('sign' as const), who: person, office, which: fc.nat(1) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 20 }) }),
    },
  )
}

/** Facts with which the agreement holds from the first day, so that streams move money. */
const opening = (id: string): readonly Fact[] => {
  const reporter = id === 'pacific-compact' ? 'commission-auditor' : 'comptroller'
  const offices = (officesOf[id] ?? []).slice(0, 3)
  return [
    {
      kind: 'federal-action',
      on: START,
      record: 'fed-x',
      status: 's',
      in_force: true,
      unpaid_cents: cents(5_000n),
      source,
    },
    { kind: 'finding', on: START, record: 'suit-x', finding: 'contravenes', source },
    { kind: 'report', on: START, office: reporter, arrears_cents: cents(5_000n), source },
    ...offices.map(
      (office): Fact => ({ kind: 'sign-off', on: START, office, person: `p ${office}`, source }),
    ),
  ]
}

/** A court orders what is left paid; three people sign and the bank shows it: so every stream can end in movement. */
const ending = (id: string): readonly Step[] => {
  const court = { court: 'c', docket: 'd', source }
  const orders = ['freeze-lifted', 'pay-treasury'] as const
  const offices = (officesOf[id] ?? []).slice(0, 3).reverse()
  return [
    ...orders.map((order): Step => ({ act: 'fact', fact: { kind: 'order', on: START, order, ...court } })),
    { act: 'run' },
    ...offices.map((office): Step => ({ act: 'sign', who: `h ${office}`, office, which: 0 })),
    { act: 'settle' },
  ]
}

/** Plays one stream and checks every law after every step. */
function play(id: string, steps: readonly Step[]): { readonly moved: boolean } {
  const agreement = agreementNamed(id)
  const ledger = new MemoryLedger()
  let book = emptyBook('b', 'simulation', { kind: 'simulation' })
  let today = START
  const commands = [...openingEntries(agreement.document)]
  ledger.applyOwn(commands)
  const take = (done: {
    readonly book: TrustBook
    readonly commands: Parameters<MemoryLedger['apply']>[0]
  }) => {
    ledger.applyOwn(done.commands)
    commands.push(...done.commands)
    book = done.book
  }
  const step = (one: Step, n: number) => {
    switch (one.act) {
      case 'wait':
        today = addDays(today, one.days)
        return
      case 'fact':
        return take(
          recordFact(agreement, book, {
            id: `f${book.facts.length}`,
            recorded_at: 't',
            recorded_by: 'r',
            fact: one.fact,
          }),
        )
      case 'deposit': {
        const deposit = {
          id: `d${n}`,
          book: 'b',
          member: one.member,
          depositor_class: 'state-payroll',
          agency: 'a',
          payday: today,
          tax: 'income_tax' as const,
          deposit_due: today,
          amount_cents: cents(one.cents),
          payroll_sha256: 'a'.repeat(64),
        }
        return take(takeDeposits(agreement, book, [deposit]))
      }
      case 'run':
        return take(runDay(agreement, book, today))
      case 'settle': {
        const lines = book.sent.map(({ trace, amount_cents }, i) => ({
          line: i,
          date: today,
          amount: cents(-amount_cents),
          reference: trace,
          description: '',
        }))
        return take(
          settle(
            book,
            lines.filter(({ reference }) => !book.settled.some(({ trace }) => trace === reference)),
          ),
        )
      }
      case 'prepare': {
        const done = prepareItem(agreement, book, {
          action: one.action,
          member: one.member,
          amount_cents: one.cents,
          prepared_on: today,
          prepared_by: 'pat',
        })
        return done.ok ? take(done.value) : undefined
      }
      case 'sign': {
        const open = openItems(book)
        const item = open[one.which % Math.max(1, open.length)]
        if (item === undefined) return
        const given = {
          item_sha256: itemHash(item),
          person: one.who,
          office: one.office,
          at: '2026-03-01T00:00:00.000Z',
        }
        const done = signItem(agreement, book, item.id, given, today, simulatedAccount(item.member))
        return done.ok ? take(done.value) : undefined
      }
    }
  }
  for (const [n, one] of steps.entries()) {
    step(one, n)
    const held = heldOf(holdingsOf(book))
    expect(ledger.held('principal')).toBe(held)
    expect(ledger.balance('principal')).toBe(held)
    const owed = ['to-treasury', 'to-depositor', 'to-member', 'earnings'].reduce(
      (sum, name) => sum + ledger.balance(name),
      0n,
    )
    expect(ledger.balance('cash')).toBe(held + owed)
    const { awaiting_cents } = standingOf(book, agreement.document)
    expect(ledger.balance('to-treasury') + ledger.balance('to-depositor') + ledger.balance('to-member')).toBe(
      awaiting_cents,
    )
    const inTreasuryOrHeld = heldDeposits(book).reduce((sum, { amount: whole }) => sum + whole, 0n)
    expect(inTreasuryOrHeld).toBe(book.deposits.reduce((sum, { amount_cents }) => sum + amount_cents, 0n))
  }
  for (const item of executedItems(book)) {
    const people = new Set(book.signatures.filter((one) => one.item === item.id).map((one) => one.person))
    expect(people.size).toBeGreaterThanOrEqual(2)
    expect(people.has(item.prepared_by)).toBe(false)
  }
  const before = [...ledger.accounts.values()]
  expect(ledger.apply(commands).every(({ status }) => status === 'exists')).toBe(true)
  expect([...ledger.accounts.values()]).toEqual(before)
  const again = new MemoryLedger()
  again.applyOwn(commands)
  expect([...again.accounts.values()]).toEqual(before)
  return { moved: book.executed.length > 0 }
}

test.each(Object.keys(officesOf))(
  'law: %s, any order of acts: money held is the sum of open holds, each entry takes effect once, replay gives the same',
  (id) => {
    let moved = 0
    const opened: readonly Step[] = [
      ...opening(id).map((fact): Step => ({ act: 'fact', fact })),
      { act: 'deposit', cents: 700n, member: membersOf[id]?.[0] as Usps },
    ]
    fc.assert(
      fc.property(fc.array(stepOf(id), { minLength: 5, maxLength: 40 }), (steps) => {
        if (play(id, [...opened, ...steps, ...ending(id)]).moved) moved += 1
      }),
      { numRuns: 120 },
    )
    expect(moved).toBeGreaterThan(10)
  },
)
