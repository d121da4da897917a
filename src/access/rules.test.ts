import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Grant, ROLES } from '../base/index.ts'
import { Guard } from './guard.ts'
import { safeNext } from './next.ts'
import { passwordFault } from './password-rule.ts'
import { Patience } from './patience.ts'
import { refuseGrant } from './roles.ts'
import { Tally } from './tally.ts'

const g = (role: Grant['role'], jurisdiction: Grant['jurisdiction'] = 'CO', office?: string): Grant => ({
  role,
  jurisdiction,
  ...(office !== undefined && { office }),
})

describe('duties that are kept apart', () => {
  test.each([
    { why: 'the same place', held: g('preparer'), grant: g('approver'), code: 'duties_apart' },
    { why: 'the other way round', held: g('approver'), grant: g('preparer'), code: 'duties_apart' },
    {
      why: 'everywhere holds here too',
      held: g('preparer', 'all'),
      grant: g('approver'),
      code: 'duties_apart',
    },
    { why: 'here meets everywhere', held: g('preparer'), grant: g('approver', 'all'), code: 'duties_apart' },
    { why: 'another place', held: g('preparer'), grant: g('approver', 'WY'), code: undefined },
    { why: 'who checks does not sign', held: g('auditor'), grant: g('approver'), code: 'duties_apart' },
    {
      why: 'who hands out duties does not sign',
      held: g('operator', 'all'),
      grant: g('approver'),
      code: 'duties_apart',
    },
    { why: 'who plans may prepare', held: g('analyst'), grant: g('preparer'), code: undefined },
    { why: 'what is held', held: g('analyst'), grant: g('analyst'), code: 'held_already' },
    {
      why: 'another office',
      held: g('approver', 'CO', 'comptroller'),
      grant: g('approver', 'CO', 'treasurer'),
      code: undefined,
    },
    {
      why: 'no office but an approver’s',
      held: g('reader'),
      grant: g('analyst', 'CO', 'x'),
      code: 'office_without_approver',
    },
  ])('$why', ({ held, grant, code }) =>
    expect(refuseGrant({ grant, held: [held], isOwn: false })?.code).toBe(code),
  )

  test.each(['preparer', 'approver', 'counsel'] as const)('nobody gives themselves %s', (role) =>
    expect(refuseGrant({ grant: g(role), held: [], isOwn: true })).toEqual({ code: 'own_money_duty', role }),
  )

  test('law: whatever is given one after another, nobody prepares and approves in one place', () => {
    const anyGrant = fc.record({
      role: fc.constantFrom(...ROLES),
      jurisdiction: fc.constantFrom('CO', 'WY', 'all') as fc.Arbitrary<Grant['jurisdiction']>,
    })
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 12 }), (asked) => {
        const held: Grant[] = []
        for (const grant of asked) if (!refuseGrant({ grant, held, isOwn: false })) held.push(grant)
        const meets = (a: Grant, b: Grant) =>
          a.jurisdiction === 'all' || b.jurisdiction === 'all' || a.jurisdiction === b.jurisdiction
        for (const one of held.filter(({ role }) => role === 'preparer'))
          expect(held.some((other) => other.role === 'approver' && meets(one, other))).toBe(false)
      }),
    )
  })
})

test.each([
  ['tall ship under blue rain', undefined],
  ['k7#pQ9vz2!mXw4', undefined],
  ['una mesa, tres gatos y un tren', undefined],
  ['938475610283', undefined],
  ['shorter', 'too_short'],
  ['elevenchars', 'too_short'],
  ['x'.repeat(129), 'too_long'],
  ['abcabcabcabc', 'too_simple'],
  ['qwertyuiop12', 'too_simple'],
  ['123456789012', 'too_simple'],
  ['password1234', 'too_common'],
  ['P4$$w0rd!2026', 'too_common'],
  ['WelcomeWelcome1', 'too_common'],
  ['Contraseña2026!', 'too_common'],
  ['ana.ruiz@2026', 'about_you'],
] as const)('the password %s: %s', (password, fault) =>
  expect(passwordFault(password, ['Ana Ruiz', 'ana.ruiz@agency.example'])).toBe(fault),
)

test.each([
  ['/plans', '/plans'],
  ['/es/plans?x=1', '/es/plans?x=1'],
  ['/position/co#funds', '/position/co'],
  ['/sign-internal', '/sign-internal'],
  [undefined, undefined],
  ['', undefined],
  ['plans', undefined],
  ['//evil.example', undefined],
  ['/\\evil.example', undefined],
  ['/.//evil.example', undefined],
  ['/a/..//evil.example', undefined],
  ['/sign-in', undefined],
  ['/es/sign-out', undefined],
  ['/invite/x', undefined],
  ['/a\nb', undefined],
])('next %s leads to %s', (asked, wanted) => expect(safeNext(asked)).toBe(wanted))

test('law: next stays on our host, whatever is asked', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('/', '\\', '//', '.', '..', '@', ':', '%2f', 'https:', 'evil.example'),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const next = safeNext(`/${pieces.join('')}`)
      if (next !== undefined)
        expect(new URL(next, 'https://tenth.example').origin).toBe('https://tenth.example')
    }),
    { numRuns: 2_000 },
  )
})

describe('tries', () => {
  test('come back with time, and no number of refused ones delays them', () => {
    const patience = new Patience({ tries: 2, everyMillis: 1_000 })
    for (const at of [0, 0]) {
      expect(patience.waitFor('a', at)).toBe(0)
      patience.take('a', at)
    }
    for (let i = 0; i < 100; i++) expect(patience.waitFor('a', 10)).toBe(1)
    expect(patience.waitFor('a', 1_000)).toBe(0)
    expect(patience.waitFor('b', 10)).toBe(0)
  })

  test('law: in any hour an account is tried by strangers at most 10 + 60 times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_600_000 }), { maxLength: 400 }), (times) => {
        const guard = new Guard()
        const admitted = times
          .toSorted((a, b) => a - b)
          .filter((at, i) => guard.admit({ network: `n${i}`, account: 'a' }, at) === 0)
        expect(admitted.length).toBeLessThanOrEqual(70)
      }),
      { numRuns: 50 },
    )
  })
})

describe('telling once for many', () => {
  const tally = () => new Tally<string>({ windowMillis: 100, nameOf: (key) => key, rest: 'rest' })

  test('the first at once, the others at the end of the window', () => {
    const one = tally()
    expect(one.note('a', 0)).toEqual([{ key: 'a', times: 1, from: 0, until: 0 }])
    expect([...one.note('a', 5), ...one.note('a', 9)]).toEqual([])
    expect(one.end(99)).toEqual([])
    expect(one.end(100)).toMatchObject([{ key: 'a', times: 2, until: 9 }])
    expect(one.end(1_000)).toEqual([])
  })

  test('law: nothing that was noted is lost, and a flood of keys is few lines', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3_000), fc.nat(400)), { maxLength: 500 }), (noted) => {
        const one = tally()
        const inOrder = noted.toSorted(([, a], [, b]) => a - b)
        const told = [
          ...inOrder.flatMap(([key, at]) => one.note(String(key), at)),
          ...one.end(Number.POSITIVE_INFINITY),
        ]
        expect(told.reduce((sum, { times }) => sum + times, 0)).toBe(noted.length)
      }),
    )
    const flooded = tally()
    const lines = Array.from({ length: 5_000 }, (_, i) => flooded.note(`key ${i}`, 0)).flat().length
    expect(lines).toBe(1_001)
  })
})
