import { expect, test } from 'vitest'
import { readShippedPlans } from '../files.ts'
import { readPlan } from '../read.ts'
import { documentOf, typedOf } from './form-document.ts'
import { writtenPlan } from './text.ts'
import { type Typed, typedAt, typedFrom } from './typed.ts'
import { numberIn, streamIn, streamText } from './values.ts'

const plans = readShippedPlans()

test.each([
  ['0.7', 0.7],
  ['70%', 0.7],
  ['3.5 %', 0.035],
  ['7.3%', 0.073],
  ['$1,500,000', 1_500_000],
  ['−3', -3],
  ['.5', 0.5],
  ['1e3', 1000],
  ['1,50', '1,50'],
  ['half', 'half'],
  ['', ''],
  ['Infinity', 'Infinity'],
  ['0x10', '0x10'],
])('%j is read as %j', (typed, value) => expect(numberIn(typed)).toEqual(value))

test.each([
  ['500,000', 500_000, '500,000'],
  ['12 x 500,000; 250,000', [...Array.from({ length: 12 }, () => 500_000), 250_000], '12 x 500,000; 250,000'],
  ['1 2 3', [1, 2, 3], '1; 2; 3'],
  ['1, 2, 3', [1, 2, 3], '1; 2; 3'],
  ['1 x 5', [5], '1 x 5'],
  ['ten a month', 'ten a month', 'ten a month'],
])('%j a month is read as dollars and written again', (typed, value, again) => {
  expect(streamIn(typed)).toEqual(value)
  expect(streamText(value)).toBe(again)
  expect(streamIn(again)).toEqual(value)
})

/** A browser sends what the fields hold, lines ended by CRLF. */
function sent({ fields, rows }: Typed): Typed {
  const entries: [string, string][] = []
  for (const [name, values] of fields)
    for (const value of values) entries.push([name, value.replaceAll('\n', '\r\n')])
  for (const [list, all] of Object.entries(rows))
    for (const [i, row] of all.entries())
      for (const [rest, values] of row)
        for (const value of values) entries.push([`${list}[${i * 3}]${rest === '' ? '' : `.${rest}`}`, value])
  return typedFrom(entries)
}

test.each(plans.map((one) => [one.plan.id, one] as const))(
  '%s goes through the form and comes back byte for byte',
  (_, { plan, text }) => {
    const value = documentOf(sent(typedOf(plan)))
    expect(writtenPlan(value, text)).toBe(text)
  },
)

test.each(plans.map((one) => [one.plan.id, one] as const))(
  '%s written afresh is the same plan',
  (_, { plan }) => {
    const text = writtenPlan(documentOf(typedOf(plan)), '')
    const read = readPlan('afresh', text)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    expect(read.value.plan).toEqual(plan)
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(200)
  },
)

test('a change moves no other line, and keeps the comments', () => {
  const [{ plan, text } = { plan: undefined, text: '' }] = plans
  if (!plan) throw new Error('no plan')
  const commented = text
    .replace('months: 60', 'months: 60 # five years')
    .replace('    start: 12', '    start: 12 # after the session')
    .replace('case_for:', '# Both sides were asked.\ncase_for:')
  const value = documentOf(typedOf(plan))
  const measures = (value.measures as Record<string, unknown>[]).map((measure, i) =>
    i === 0 ? { ...measure, start: 14 } : measure,
  )
  const now = writtenPlan({ ...value, months: 48, measures }, commented)
  const [a, b] = [commented.split('\n'), now.split('\n')]
  expect(b.length).toBe(a.length)
  expect(b.filter((line, i) => line !== a[i])).toEqual([
    'months: 48 # five years',
    '    start: 14 # after the session',
  ])
})

test('a field that is new stands in its place, and one that is gone leaves no trace', () => {
  const [{ plan, text } = { plan: undefined, text: '' }] = plans
  if (!plan) throw new Error('no plan')
  const value = documentOf(typedOf(plan))
  const now = writtenPlan({ ...value, staff: { Governor: 1 } }, text)
  expect(now.replace('staff:\n  Governor: 1\n', '')).toBe(text)
  expect(writtenPlan(value, now)).toBe(text)
})

test('what is no number stays what was typed, under its name', () => {
  const typed = typedFrom([
    ['measures[7].id', ' escrow '],
    ['measures[7].kind', 'trust'],
    ['measures[7].share', 'half'],
    ['measures[7].atRisk', 'medicaid'],
    ['measures[7].atRisk', 'wages'],
    ['harm[2]', 'One\r\nline'],
    ['harm[9]', '  '],
  ])
  expect(documentOf(typed)).toMatchObject({
    measures: [{ id: 'escrow', share: 'half', atRisk: ['medicaid', 'wages'] }],
    harm: ['One line'],
  })
  expect(typedAt(typed, 'measures[0].share')).toBe('half')
  expect(typedAt(typed, 'harm[0]')).toBe('One\nline')
})

test('a measure of another kind keeps no field of the old one', () => {
  const plan = plans.find(({ plan: one }) => one.id === 'colorado-payroll-trust')
  if (!plan) throw new Error('no plan')
  const value = documentOf(typedOf(plan.plan))
  const measures = (value.measures as Record<string, unknown>[]).map(
    ({ id, playbook_type, what, start, kind, ...rest }) =>
      kind === 'trust'
        ? {
            id,
            playbook_type,
            what,
            kind: 'programme',
            start,
            cost: 5,
            money_source: 'assumption, for this test',
          }
        : { id, playbook_type, what, kind, start, ...rest },
  )
  const read = readPlan('x', writtenPlan({ ...value, measures }, plan.text))
  expect(read.ok ? read.value.plan.measures[1] : read.error).toMatchObject({ kind: 'programme', cost: 5 })
})
