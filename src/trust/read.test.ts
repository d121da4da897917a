import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../db/index.ts'
import { readShippedAgreements } from './files.ts'
import { faultText, readAgreement } from './read.ts'
import { MONEY_ACTIONS } from './schema.ts'

const FOLDER = join(PACKAGE_ROOT, 'src/trust/agreements')
const NY = readFileSync(join(FOLDER, 'ny-recourse.yaml'), 'utf8')

test('every shipped agreement is named as its file, is a simulation and can pay the Treasury', () => {
  const names = readdirSync(FOLDER).map((name) => name.replace('.yaml', ''))
  expect(readShippedAgreements().map(({ document }) => document.id)).toEqual(names)
  for (const { document, conditions } of readShippedAgreements()) {
    expect(document.authority).toEqual({ kind: 'simulation' })
    const permitted = conditions.filter(({ effect }) => effect === 'permit').flatMap(({ actions }) => actions)
    expect(permitted).toContain('release-to-treasury')
    for (const action of permitted) expect(MONEY_ACTIONS).toContain(action)
  }
})

test('every quotation has an address where it can be read, and every rule of our own says that it is one', () => {
  for (const { conditions } of readShippedAgreements())
    for (const { id, quote, paraphrase, source, citation } of conditions) {
      if (quote !== undefined) expect(source, id).toMatch(/^https:/)
      if (paraphrase !== undefined && source === undefined)
        expect(citation, id).toMatch(/^(Rule|Article) of|§/)
    }
})

const changed = (from: string, to: string): string => {
  expect(NY).toContain(from)
  return NY.replace(from, to)
}
const REFUSED: readonly (readonly [why: string, text: string, line: RegExp])[] = [
  ['no YAML', 'a: [', /^f:\d+: \(document\): found/],
  ['an unknown field', `${NY}\nspend: all\n`, /spend: found .*; wanted: no such field/],
  ['an alias', changed('members: [NY]', 'members: &m [NY]'), /an anchor or an alias/],
  [
    'a member that is no state',
    changed('members: [NY]', 'members: [ZZ]'),
    /members\[0\]: found "ZZ"; wanted: the postal code/,
  ],
  [
    'a member twice',
    changed('members: [NY]', 'members: [NY, NY]'),
    /members\[1\]: found "NY"; wanted: each of them once/,
  ],
  [
    'a compact of one',
    changed('instrument: statute', 'instrument: compact'),
    /members: found \["NY"\]; wanted: at least two/,
  ],
  [
    'an enacted law without an opinion',
    changed(
      'authority: { kind: simulation }',
      'authority: { kind: enacted, citation: x, effective: 2026-01-01 }',
    ),
    /authority/,
  ],
  [
    'a share above all',
    changed('share_per_mille: 1000', 'share_per_mille: 1001'),
    /share_per_mille: found 1001; wanted: a whole number from 1 to 1000/,
  ],
  [
    'a cap on arrears without a report',
    NY.replace(/^report:.*\n/m, ''),
    /cap: .*wanted: a report that states the arrears/,
  ],
  [
    'a policy that is no Cedar',
    changed(
      'forbid (principal, action == Action::"hold", resource)',
      'forbid (principal, action == Action::"hold", resource',
    ),
    /conditions\[\d+\]/,
  ],
  [
    'a fact that nobody records',
    changed('context.finding.contravenes', 'context.finding.convenient'),
    /conditions\[5\]: found .*convenient/,
  ],
  [
    'an act that is none',
    changed('action == Action::"wind-up"', 'action == Action::"spend"'),
    /conditions\[\d+\]: found an unknown action/,
  ],
  [
    'a permit with a condition',
    changed(
      'permit (principal, action == Action::"hold", resource);',
      'permit (principal, action == Action::"hold", resource) when { context.is_member };',
    ),
    /found a permit with a condition/,
  ],
  [
    'a condition without words of the law',
    NY.replace(/^ {4}@paraphrase\(.*\n/m, ''),
    /found neither @quote nor @paraphrase/,
  ],
  [
    'a condition under the name of a rule of every agreement',
    changed('@id("court-decision")', '@id("two-people")'),
    /found @id\("two-people"\) a second time/,
  ],
  [
    'a condition about one principal',
    changed(
      'forbid (principal, action == Action::"hold", resource)',
      'forbid (principal == Trust::"x", action == Action::"hold", resource)',
    ),
    /wanted: principal and resource alone/,
  ],
]

test.each(REFUSED)('refuses %s, and says where', (_, text, line) => {
  const read = readAgreement('f', text)
  expect(read.ok).toBe(false)
  if (!read.ok) {
    expect(read.error.map(faultText).join('\n')).toMatch(line)
    for (const fault of read.error) expect(fault.line).toBeGreaterThan(0)
  }
})

test('a fault in a policy is named on its own line of the file', () => {
  const read = readAgreement('f', changed('context.finding.contravenes', 'context.finding.convenient'))
  const lines = NY.split('\n')
  const at = read.ok ? 0 : (read.error[0]?.line ?? 0)
  expect(lines.slice(at - 3, at + 2).join('\n')).toContain('context.finding.contravenes')
})
