import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { IsoDate as Day, type IsoDate, type Usps } from '../base/index.ts'
import { PACKAGE_ROOT } from '../db/index.ts'
import { type Agreement, compileAgreement } from './agreement.ts'
import type { Question, Standing } from './context.ts'
import { readShippedAgreements } from './files.ts'
import { itemHash, newItem } from './items.ts'
import { type Authority, BOOK_KINDS, Fact, MoneyAction, type Signature } from './schema.ts'

const Amounts = z.record(z.string(), z.number().transform(BigInt))
const Row = z.strictObject({
  why: z.string(),
  agreement: z.string(),
  action: MoneyAction,
  day: Day.default('2026-03-10' as IsoDate),
  amount: z.union([z.number(), z.bigint()]).transform(BigInt).default(100000n),
  member: z.string().optional(),
  class: z.string().default('state-payroll'),
  due: Day.optional(),
  without: z.array(z.string()).default([]),
  with: z.array(z.string()).default([]),
  held: Amounts.optional(),
  earnings: Amounts.optional(),
  released: z.number().default(0),
  book: z.enum(BOOK_KINDS).default('simulation'),
  authority: Day.optional(),
  closed: z.boolean().default(false),
  broken: z.boolean().default(false),
  signed: z.array(z.string()).default([]),
  missing: z.array(z.string()).default([]),
})
const Table = z.strictObject({
  facts: z.record(z.string(), Fact),
  agreements: z.record(
    z.string(),
    z.strictObject({ member: z.string(), ready: z.array(z.string()), held: Amounts, earnings: Amounts }),
  ),
  situations: z.array(Row),
})

const file = join(PACKAGE_ROOT, 'src/trust/vectors/situations.yaml')
export const table = Table.parse(parse(readFileSync(file, 'utf8'), { intAsBigInt: false }))

export const agreementNamed = (id: string): Agreement => {
  const found = readShippedAgreements().find(({ document }) => document.id === id)
  if (found === undefined) throw new Error(`no agreement ${id}`)
  return found
}

/** The agreement with one more condition, whose arithmetic overflows: it is valid, and fails when it is judged. */
export function broken(agreement: Agreement): Agreement {
  const overflow = `@id("overflow") @kind("limit") @fact("amount_cents") @next("counsel") @says("x") @says_es("x")
@paraphrase("x") @citation("x")
forbid (principal, action, resource) unless { context.amount_cents * 9223372036854775807 < 1 };`
  const { document } = agreement
  const made = compileAgreement({ ...document, conditions: [...document.conditions, overflow] }, overflow)
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return made.value
}

export const enacted = (effective: IsoDate): Authority => ({
  kind: 'enacted',
  citation: 'Laws of 2026, ch. 1',
  effective,
  opinion: { by: 'attorney general', date: effective, title: 'Opinion 1' },
})

/** The question of a row, with everything that it stands on. */
export function situation(row: z.infer<typeof Row>) {
  const {
    member: usual,
    ready,
    held,
    earnings,
  } = table.agreements[row.agreement] ?? table.agreements[''] ?? never()
  const member = (row.member ?? usual) as Usps
  const names = [...ready.filter((name) => !row.without.includes(name)), ...row.with]
  const standing: Standing = {
    book: 'b',
    kind: row.book,
    authority: row.authority ? enacted(row.authority) : { kind: 'simulation' },
    facts: names.map((name) => ({
      id: name,
      recorded_at: '2026-01-01T00:00:00.000Z',
      recorded_by: 'rae',
      fact: table.facts[name] ?? never(name),
    })),
    holdings: Object.entries(row.held ?? held).map(([usps, open_cents]) => ({
      id: `h-${usps}`,
      member: usps,
      depositor_class: 'state-payroll',
      payday: '2026-02-20' as IsoDate,
      deposit_due: '2026-02-25' as IsoDate,
      open_cents,
    })),
    earnings: new Map(Object.entries(row.earnings ?? earnings)),
    awaiting_cents: 0n,
    released_cents: BigInt(row.released),
    closed: row.closed,
  }
  const question: Question = {
    action: row.action,
    member,
    depositor_class: row.class,
    amount_cents: row.amount,
    ...(row.due && { deposit_due: row.due }),
    ...(row.action !== 'hold' && signed(row, member)),
  }
  return { standing, question, day: row.day }
}

function signed(row: z.infer<typeof Row>, member: Usps): Pick<Question, 'item' | 'signatures'> {
  const item = newItem({
    book: 'b',
    action: row.action === 'hold' ? 'wind-up' : row.action,
    member,
    amount_cents: row.amount,
    holdings: [],
    cause: 'asked',
    prepared_on: row.day,
    prepared_by: 'pat',
    number: 1,
  })
  const signatures = row.signed.map((text): Signature => {
    const [person = '', office = ''] = text.replace('other:', '').split(' ')
    const item_sha256 = text.startsWith('other:') ? 'f'.repeat(64) : itemHash(item)
    return { item_sha256, person, office, at: `${row.day}T12:00:00.000Z` }
  })
  return { item, signatures }
}

const never = (name = ''): never => {
  throw new Error(`not in the table: ${name}`)
}
