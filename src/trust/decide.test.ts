import { expect, test } from 'vitest'
import { decide } from './decide.ts'
import { agreementNamed, broken, situation, table } from './situations.testing.ts'

test('there are at least sixty situations, and most of them are refusals', () => {
  expect(table.situations.length).toBeGreaterThanOrEqual(60)
  const refused = table.situations.filter(({ missing }) => missing.length > 0)
  expect(refused.length * 2).toBeGreaterThan(table.situations.length)
})

test.each(table.situations)('$agreement, $action: $why', (row) => {
  const named = agreementNamed(row.agreement)
  const agreement = row.broken ? broken(named) : named
  const { standing, question, day } = situation(row)
  const decision = decide(agreement, standing, question, day)
  expect(decision.missing.map(({ id }) => id)).toEqual(row.missing)
  expect(decision.allowed).toBe(row.missing.length === 0)
  expect(decision.decided_by).toBe(
    row.missing[0]?.replace('policy-error', 'overflow').replace('fact-missing', 'question') ??
      `may-${row.action}`,
  )
})

test('every refusal says what is wanted, in whose words, judged on what, and who acts next', () => {
  for (const row of table.situations) {
    const { standing, question, day } = situation(row)
    for (const one of decide(agreementNamed(row.agreement), standing, question, day).missing) {
      expect(one.says.length * one.says_es.length * one.citation.length * one.next.length).toBeGreaterThan(0)
      expect((one.quote === undefined) !== (one.paraphrase === undefined)).toBe(true)
      expect(one.judged_on.fact).not.toBe('')
    }
  }
})
