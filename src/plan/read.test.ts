import { expect, test } from 'vitest'
import { faultText, readPlan } from './read.ts'

const CASE = 'A case of some words that stands here for the test, and for nothing else.'
const GOOD = `schema: 1
id: two-states
title: Two states
question: Should two states do this?
summary: Two states do this.
members: [CO, WA]
firstMonth: 2027-01
months: 24
measures:
  - id: law
    playbook_type: play-reserve-fund
    what: A reserve.
    kind: replacement
    start: 3
    replace: 0.8
    channels: [formula-grants]
  - id: hold
    playbook_type: play-withholding-escrow
    what: A trust.
    kind: trust
    start: 6
    after: [law]
    share: 0.5
    holdWhen: while-frozen
    yield: 0.03
    atRisk: [formula-grants]
  - id: bank
    playbook_type: play-public-bank
    what: A bank.
    kind: programme
    start: 12
    members: [WA]
    cost: 1000000
    money_source: assumption, for this test
    income: { WA: 20000 }
case_for: ${CASE}
case_against: ${CASE}
harm: [Some harm.]
would_change: [Some ruling.]
not_known: [Some figure.]
sources:
  - { title: A source, publisher: A publisher, record: play-reserve-fund }
`

const change = (from: string, to: string) => {
  expect(GOOD).toContain(from)
  return GOOD.replace(from, to)
}

test('a whole plan is read, with its defaults', () => {
  const read = readPlan('two.plan.yaml', GOOD)
  if (!read.ok) throw new Error(read.error.map(faultText).join('\n'))
  const { plan } = read.value
  expect(plan.members).toEqual(['CO', 'WA'])
  expect(plan.measures.map((m) => [m.id, m.start, m.after])).toEqual([
    ['law', 3, []],
    ['hold', 6, ['law']],
    ['bank', 12, []],
  ])
  expect(plan.measures[1]).toMatchObject({ trigger: 'own', mutualAid: 0, openV: false })
})

test('a plan with no measures is one', () => {
  expect(readPlan('x', GOOD.replace(/measures:\n[\s\S]*(?=case_for)/, 'measures: []\n')).ok).toBe(true)
})

test.each([
  {
    why: 'a start outside of the horizon',
    from: 'start: 3',
    to: 'start: 25',
    at: ['measures[0].start', 14, '25', /within the horizon: 1 to 24/],
  },
  {
    why: 'a start before the horizon',
    from: 'start: 3',
    to: 'start: 0',
    at: ['measures[0].start', 14, '0', /1 to 24/],
  },
  {
    why: 'a start that is no whole month',
    from: 'start: 3',
    to: 'start: 2.5',
    at: ['measures[0].start', 14, '2.5', /whole month/],
  },
  {
    why: 'a member that does not exist',
    from: '[CO, WA]',
    to: '[CO, ZZ]',
    at: ['members[1]', 6, '"ZZ"', /USPS code/],
  },
  {
    why: 'a member twice',
    from: '[CO, WA]',
    to: '[WA, WA]',
    at: ['members[1]', 6, '"WA"', /each member once/],
  },
  {
    why: 'a measure of a state outside of the plan',
    from: 'members: [WA]',
    to: 'members: [TX]',
    at: ['measures[2].members[0]', 32, '"TX"', /a member of the plan: CO, WA/],
  },
  {
    why: 'money of a state outside of the plan',
    from: '{ WA: 20000 }',
    to: '{ TX: 20000 }',
    at: ['measures[2].income.TX', 35, '20000', /a member of the plan/],
  },
  {
    why: 'a share over 1',
    from: 'share: 0.5',
    to: 'share: 1.5',
    at: ['measures[1].share', 23, '1.5', /a share from 0 to 1/],
  },
  {
    why: 'a share below 0',
    from: 'replace: 0.8',
    to: 'replace: -0.1',
    at: ['measures[0].replace', 15, '-0.1', /a share from 0 to 1/],
  },
  {
    why: 'negative money',
    from: 'cost: 1000000',
    to: 'cost: -5',
    at: ['measures[2].cost', 33, '-5', /zero or more/],
  },
  {
    why: 'a playbook type that is no id',
    from: 'play-public-bank',
    to: 'bank',
    at: ['measures[2].playbook_type', 28, '"bank"', /play-reserve-fund/],
  },
  {
    why: 'a kind that does not exist',
    from: 'kind: programme',
    to: 'kind: magic',
    at: ['measures[2].kind', 30, '"magic"', /trust, replacement, programme or non-fiscal/],
  },
  {
    why: 'an unknown field',
    from: 'holdWhen: while-frozen',
    to: 'holdWhen: while-frozen\n    holdwhen: always',
    at: ['measures[1].holdwhen', 25, '"always"', /no such field/],
  },
  {
    why: 'a missing field',
    from: '    yield: 0.03\n',
    to: '',
    at: ['measures[1].yield', 17, 'nothing', /number/],
  },
  {
    why: 'a channel that does not exist',
    from: 'atRisk: [formula-grants]',
    to: 'atRisk: [highways]',
    at: ['measures[1].atRisk[0]', 26, '"highways"', /medicaid/],
  },
  {
    why: 'a measure after one that is not there',
    from: 'after: [law]',
    to: 'after: [lawn]',
    at: ['measures[1].after[0]', 22, '"lawn"', /a measure of this plan: law, hold, bank/],
  },
  {
    why: 'a name twice',
    from: 'id: bank',
    to: 'id: law',
    at: ['measures[0].id', 10, '"law"', /a name of its own/],
  },
  {
    why: 'a start before what it waits for',
    from: 'start: 6',
    to: 'start: 2',
    at: ['measures[1].start', 21, '2', /3 or later, the start of law/],
  },
  { why: 'no such month', from: '2027-01', to: '2027-13', at: ['firstMonth', 7, '"2027-13"', /YYYY-MM/] },
  { why: 'too long a horizon', from: 'months: 24', to: 'months: 241', at: ['months', 8, '241', /1 to 240/] },
  {
    why: 'a case against that is shorter',
    from: `case_against: ${CASE}`,
    to: 'case_against: No.',
    at: ['case_against', 37, '3 characters beside 73 of case_for', /the same length/],
  },
  {
    why: 'an unknown assumption',
    from: 'case_for:',
    to: 'assumptions: { luck: { distribution: { kind: fixed, value: 1 }, source: assumption } }\ncase_for:',
    at: ['assumptions.luck', 36, /fixed/, /no such/],
  },
  {
    why: 'an assumption without a source',
    from: 'case_for:',
    to: 'assumptions: { compliance: { distribution: { kind: fixed, value: 1 } } }\ncase_for:',
    at: ['assumptions.compliance.source', 36, 'nothing', /some words|string/],
  },
  {
    why: 'a reserve of a stranger',
    from: 'case_for:',
    to: 'reserves: { TX: { amount: 1, source: assumption } }\ncase_for:',
    at: ['reserves.TX', 36, '{"amount":1,"source":"assumption"}', /a member of the plan/],
  },
  {
    why: 'a negative reserve',
    from: 'case_for:',
    to: 'reserves: { CO: { amount: -1, source: assumption } }\ncase_for:',
    at: ['reserves.CO.amount', 36, '-1', /zero or more/],
  },
  {
    why: 'money without a source',
    from: '    money_source: assumption, for this test\n',
    to: '',
    at: ['measures[2].money_source', 27, 'nothing', /where its amounts come from/],
  },
  { why: 'another schema', from: 'schema: 1', to: 'schema: 2', at: ['schema', 1, '2', /1/] },
])('refused: $why', ({ from, to, at: [path, line, found, wanted] }) => {
  const read = readPlan('two.plan.yaml', change(from, to))
  expect(read.ok).toBe(false)
  if (read.ok) return
  const fault = read.error.find((one) => one.path === path)
  expect(read.error.map(faultText).join('\n')).toContain(`${path}: `)
  expect(fault).toMatchObject({ file: 'two.plan.yaml', line })
  if (found instanceof RegExp) expect(fault?.found).toMatch(found)
  else expect(fault?.found).toBe(found)
  expect(fault?.wanted).toMatch(wanted as RegExp)
})

test('refused: a cyclic prerequisite, with the way round', () => {
  const text = change('start: 3', 'start: 6\n    after: [hold]')
  const read = readPlan('two.plan.yaml', text)
  expect(read.ok ? [] : read.error).toEqual([
    {
      file: 'two.plan.yaml',
      line: 15,
      path: 'measures[0].after',
      found: 'a cyclic prerequisite: law after hold after law',
      wanted: 'an order in which each measure can start',
    },
  ])
})

test.each([
  { why: 'no YAML', text: 'a: [1', found: /\[|flow/i },
  { why: 'an anchor', text: GOOD.replace('members: [CO, WA]', 'members: &m [CO, WA]'), found: /anchor/ },
  {
    why: 'an alias',
    text: GOOD.replace('members: [CO, WA]', 'members: &m [CO, WA]').replace('[WA]', '*m'),
    found: /anchor|alias/,
  },
  { why: 'a tag', text: GOOD.replace('id: two-states', 'id: !js two-states'), found: /tag|Unresolved/ },
  { why: 'a field twice', text: `${GOOD}id: again\n`, found: /the field twice/ },
  { why: 'no mapping', text: '- 1\n', found: /\[1\]/ },
  { why: 'nothing', text: '', found: /null/ },
])('refused: $why', ({ text, found }) => {
  const read = readPlan('x.plan.yaml', text)
  expect(read.ok).toBe(false)
  if (!read.ok) expect(read.error[0]?.found).toMatch(found)
})

test('an ampersand or a star in words is no anchor', () => {
  expect(readPlan('x', change('A reserve.', '"Law & order *now, see R&D."')).ok).toBe(true)
})

test.each([
  [
    'a value of one member',
    'income: { WA: 20000 }',
    'income: { WA: [1, -2] }',
    'measures[2].income.WA[1]',
    '-2',
  ],
  ['a value that is no number', 'share: 0.5', 'share: half', 'measures[1].share', '"half"'],
  ['a list that is a text', 'harm: [Some harm.]', 'harm: Some harm.', 'harm', '"Some harm."'],
])('%s is named where it stands', (_, from, to, path, found) => {
  const read = readPlan('x', change(from, to))
  expect(read.ok ? [] : read.error).toMatchObject([{ path, found }])
})

test.each([
  ['nesting', `a: ${'['.repeat(150_000)}${']'.repeat(150_000)}`],
  ['lists in lists', `${'- '.repeat(190_000)}1`],
  [
    'keys',
    Array.from({ length: 50_000 }, (_, i) => `k${i}: 1`)
      .join('\n')
      .slice(0, 399_000),
  ],
  ['aliases', `a: &a [1]\n${'b: [*a, *a]\n'.repeat(10_000)}`],
  ['characters', 'a'.repeat(1_000_000)],
])('a bomb of %s is refused with few words', (_, text) => {
  const read = readPlan('x', text)
  expect(read.ok).toBe(false)
  if (!read.ok) expect(read.error.length).toBeLessThanOrEqual(200)
})
