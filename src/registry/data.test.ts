import { expect, test } from 'vitest'
import { canonicalJson, type Json } from '../base/index.ts'
import { buildBook } from './book.ts'
import { checkFiles, checkJurisdictions } from './check.ts'
import { readDataFiles, readJurisdictionsFile } from './files.ts'
import { faultText } from './read.ts'
import { RELATIONS, relationsOf } from './relations.ts'
import { KINDS, Rec } from './schema.ts'

const jurisdictions = checkJurisdictions(readJurisdictionsFile())
const checked = checkFiles(readDataFiles(), { jurisdictions: jurisdictions.rows })
const records = checked.records.map(({ rec }) => rec)
const book = buildBook(records, { revision: 1, jurisdictions: jurisdictions.rows })

test('the files have no fault', () => {
  expect(jurisdictions.faults.map(faultText)).toEqual([])
  expect(checked.faults.map(faultText)).toEqual([])
})

// The counts of the first compiled set, by its six files.
test.each([
  ['measure', 216],
  ['federal-action', 57],
  ['lawsuit', 95],
  ['alliance', 23],
  ['doctrine', 48],
  ['playbook-type', 43],
] as const)('%s: at least the %i records of the first set', (kind, count) => {
  expect(book.byKind[kind].length).toBeGreaterThanOrEqual(count)
})

// Counted in the first compiled set after each pair that it stated from both sides was made one.
test.each([
  ['measure', 'answers', 88],
  ['measure', 'relies-on', 315],
  ['measure', 'limited-by', 127],
  ['measure', 'is-a', 247],
  ['measure', 'member-of', 8],
  ['lawsuit', 'challenges', 70],
  ['lawsuit', 'follows', 8],
  ['playbook-type', 'relies-on', 99],
  ['playbook-type', 'limited-by', 59],
] as const)('%s %s: at least the %i relations of the first set', (kind, type, count) => {
  const held = book.byKind[kind].flatMap((rec) => relationsOf(rec).filter((r) => r.type === type))
  expect(held.length).toBeGreaterThanOrEqual(count)
})

test('law: every relation stands once, joins kinds that it may, and is seen from both ends', () => {
  const all = records.flatMap(relationsOf)
  expect(new Set(all.map((r) => `${r.from} ${r.type} ${r.to}`)).size).toBe(all.length)
  for (const relation of all) {
    const [from, to] = [book.records.get(relation.from), book.records.get(relation.to)]
    expect(RELATIONS[relation.type].between).toContainEqual([from?.kind, to?.kind])
    expect(book.relationsFrom(relation.from)).toContainEqual(relation)
    expect(book.relationsTo(relation.to)).toContainEqual(relation)
  }
})

test('law: a record comes back from its canonical JSON as it was', () => {
  for (const rec of records) expect(Rec.parse(JSON.parse(canonicalJson(rec as Json)))).toEqual(rec)
})

test('law: files keep records in the order of their ids, each kind in its own files', () => {
  const files = new Map<string, string[]>()
  for (const { rec, file } of checked.records) {
    expect(file.startsWith(KINDS[rec.kind].many.replaceAll(' ', '-')), `${rec.id} in ${file}`).toBe(true)
    files.set(file, [...(files.get(file) ?? []), rec.id])
  }
  for (const ids of files.values()) expect(ids).toEqual([...ids].sort())
})

test('the doubts of the first set are kept', () => {
  const count = (what: (rec: Rec) => unknown) => records.filter((rec) => what(rec) !== undefined).length
  expect(count((rec) => rec.unverified_fields)).toBeGreaterThanOrEqual(205)
  expect(count((rec) => (rec.kind === 'lawsuit' ? rec.tracker_status : undefined))).toBeGreaterThanOrEqual(64)
  expect(count((rec) => (rec.kind === 'alliance' ? rec.membership_note : undefined))).toBeGreaterThanOrEqual(
    6,
  )
  expect(records.filter((rec) => rec.confidence === 'low').length).toBeGreaterThan(0)
})

test('every state, DC and territory is a jurisdiction, and Census counted 340,110,988 people in 2024', () => {
  const rows = [...book.jurisdictions.values()]
  const of = (...types: string[]) => rows.filter((row) => types.includes(row.type))
  expect([of('state').length, of('district').length, of('territory').length]).toEqual([50, 1, 5])
  const residents = of('state', 'district').reduce((sum, row) => sum + (row.population ?? 0), 0)
  expect(residents).toBe(340_110_988)
})
