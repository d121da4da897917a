import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Cents, cents, type IsoDate } from '../base/index.ts'
import { checkAch } from './bank/ach-check.ts'
import { readShippedAgreements } from './files.ts'
import { type Rehearsal, type RehearsalEvent, rehearse } from './rehearse.ts'
import { agreementNamed } from './situations.testing.ts'
import { rehearsalDays } from './views/rehearsal.ts'

const totals = (tax: bigint) => ({
  rows: 10,
  gross_wages: cents(tax * 10n),
  federal_income_tax: cents(tax),
  social_security_employee: cents(tax / 2n),
  social_security_employer: cents(tax / 2n),
  medicare_employee: cents(tax / 8n),
  medicare_employer: cents(tax / 8n),
  additional_medicare: cents(0n),
})
const FROM = '2026-01-05' as IsoDate
const TO = '2026-12-20' as IsoDate
const played = new Map<string, Rehearsal>()
const playOf = (id: string): Rehearsal => {
  const { document } = agreementNamed(id)
  const agencies = document.members.map((member, i) => ({
    agency: `${member}/state-payroll/Office ${i}`,
    ...totals(12_345_678n * BigInt(i + 1)),
  }))
  const one = played.get(id) ?? rehearse(agreementNamed(id), { sha256: 'a'.repeat(64), agencies }, FROM, TO)
  played.set(id, one)
  return one
}
const ALL = readShippedAgreements().map(({ document }) => document.id)
const events = (id: string): readonly RehearsalEvent[] => playOf(id).days.flatMap((day) => day.events)

test.each(ALL)('%s: the whole life, from the first pay run to closed books', (id) => {
  const { days, book, ledger, files } = playOf(id)
  expect(days).toHaveLength(350)
  expect(days.at(-1)?.state).toBe('closed')
  const kinds = new Set(events(id).map(({ kind }) => kind))
  for (const kind of ['fact', 'payday', 'prepared', 'signed', 'ach', 'settled'] as const)
    expect(kinds).toContain(kind)
  for (const name of ['cash', 'principal', 'earnings', 'to-treasury', 'to-member'])
    expect(ledger.balance(name)).toBe(0n)
  // What came in went to the Treasury to the cent, by what the written files say.
  const held = book.deposits.reduce((sum, { amount_cents }) => sum + amount_cents, 0n)
  const sent = files
    .filter(({ name }) => name.endsWith('.ach'))
    .reduce((sum, { text }) => {
      const read = checkAch(text)
      if (!read.ok) throw new Error(JSON.stringify(read.error))
      return sum + read.value.payments.reduce((total, { amount }) => total + amount, 0n)
    }, 0n)
  expect(sent).toBe(held)
  const traces = book.sent.map(({ trace }) => trace)
  expect(new Set(traces).size).toBe(traces.length)
})

test.each(ALL)('%s: same input, same bytes', (id) => {
  const hash = ({ days, files }: Rehearsal) =>
    createHash('sha256')
      .update(JSON.stringify([rehearsalDays({ days } as Rehearsal), files]))
      .digest('hex')
  const first = hash(playOf(id))
  played.delete(id)
  expect(hash(playOf(id))).toBe(first)
})

test('the states follow the facts: a report left out suspends, a stay suspends and orders the release, a decision winds up', () => {
  const { days } = playOf('ny-recourse')
  const changes = days
    .filter((day, i) => day.state !== days[i - 1]?.state)
    .map(({ state, because }) => [state, ...because])
  expect(changes.map(([state]) => state)).toEqual([
    'suspended',
    'in-force',
    'suspended',
    'in-force',
    'suspended',
    'winding-up',
    'closed',
  ])
  expect(changes[2]).toEqual(['suspended', 'report-fresh'])
  expect(changes[4]).toEqual(['suspended', 'no-stay'])
  expect(changes[5]).toEqual(['winding-up', 'wind-up-decided'])
})

test('the separate account pays every deposit in time and owes nothing beside it; the escrow owes most', () => {
  const owed = (id: string): Cents => playOf(id).days.at(-1)?.exposure?.owed ?? cents(-1n)
  expect(owed('special-account')).toBe(0n)
  const perHeld = (id: string) =>
    Number(owed(id)) /
    Number(playOf(id).book.deposits.reduce((sum, { amount_cents }) => sum + amount_cents, 0n))
  expect(perHeld('wa-escrow')).toBeGreaterThan(0.1)
  expect(perHeld('ny-recourse')).toBeGreaterThan(0)
})

test('halfway, the question why nothing is released names the ground that stands', () => {
  const asked = events('ny-recourse').find((event) => event.kind === 'asked')
  expect(asked?.kind === 'asked' && asked.decision.missing.map(({ id }) => id)).toEqual([
    'release-ground',
    'two-people',
  ])
})

test('nobody signs alone, and every name says that it is invented', () => {
  for (const id of ALL) {
    const { book } = playOf(id)
    for (const { item } of book.executed)
      expect(book.signatures.filter((one) => one.item === item).length).toBeGreaterThanOrEqual(2)
    for (const { person } of book.signatures) expect(person).toMatch(/^invented /)
    for (const { fact } of book.facts) expect(fact.source).toMatch(/invented/)
  }
})
