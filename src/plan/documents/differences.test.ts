import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editorWords } from '../editor/words.ts'
import { readShippedPlans } from '../files.ts'
import { differencesOf } from './differences.ts'
import { hunksOf, lineDiff } from './line-diff.ts'

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })

test('law: without the added lines a difference is the old text, without the removed ones the new', () =>
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const [before, after] = [`${a.join('\n')}\n`, `${b.join('\n')}\n`]
      const diff = lineDiff(before, after)
      const without = (is: string) =>
        `${diff
          .filter((line) => line.is !== is)
          .map(({ text }) => text)
          .join('\n')}\n`
      expect(without('added')).toBe(before)
      expect(without('removed')).toBe(after)
      const shown = hunksOf(diff).flatMap((hunk) => hunk.lines)
      expect(shown.filter(({ is }) => is !== 'same')).toEqual(diff.filter(({ is }) => is !== 'same'))
    }),
  ))

// Worked by hand: c and x change places with b in between; the common lines are a, b, d.
test('the least number of lines is taken away and added', () =>
  expect(lineDiff('a\nb\nc\nd\n', 'a\nx\nb\nd\n').map(({ is, text }) => `${is} ${text}`)).toEqual([
    'same a',
    'added x',
    'same b',
    'removed c',
    'same d',
  ]))

test('two long texts without a line in common are compared in no time', () => {
  const text = (sign: string) => Array.from({ length: 20_000 }, (_, i) => `${sign}${i}`).join('\n')
  expect(lineDiff(text('a'), text('b'))).toHaveLength(40_000)
})

test('each change is told once, under its field, in words', () => {
  const plan = readShippedPlans().find(({ plan: one }) => one.id === 'colorado-payroll-trust')?.plan
  if (!plan) throw new Error('no plan')
  const w = editorWords('en')
  expect(differencesOf(plan, plan, w)).toEqual([])
  const after = {
    ...plan,
    months: 48,
    measures: plan.measures
      .toReversed()
      .map((measure) =>
        measure.kind === 'trust' ? { ...measure, share: 0.5, holdWhen: 'always' as const } : measure,
      ),
    assumptions: {
      compliance: { distribution: { kind: 'fixed' as const, value: 0.5 }, source: 'assumption' },
    },
    harm: [...plan.harm.slice(1), 'A new harm.'],
  }
  const told = differencesOf(plan, after, w).map(
    ({ what, field, of, before, after: now }) => `${what} ${of ?? ''} ${field}: ${before} > ${now}`,
  )
  expect(told).toEqual([
    'changed  months: 60 > 48',
    'changed  measures: reserve, escrow > escrow, reserve',
    'changed escrow measure.share: 1 > 0.5',
    'changed escrow measure.holdWhen: Federal money is frozen > Always',
    'added Share of what should be deposited that is distribution.kind:  > 0.5, fixed',
    'added Share of what should be deposited that is assumption.source:  > assumption',
    'added  harm:  > A new harm.',
    `removed  harm: ${plan.harm[0]} > `,
  ])
})
