import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type IsoDate, ROLES, type Role, type Usps } from '../base/index.ts'
import { PACKAGE_ROOT } from '../db/index.ts'
import { openItems } from '../trust/book.ts'
import { loadTrust } from '../trust/book-store.ts'
import { itemHash } from '../trust/items.ts'
import { agreementNamed } from '../trust/situations.testing.ts'
import { adopt, record, runTrustDay, takePayday } from '../trust/store.ts'
import { openTestSite, type Someone, someone, type TestSite, Visitor } from './site.testing.ts'

/*
 * What the rooms above show and take, asked from the outside by each role: in the jurisdiction of the object, in
 * another's, and by a duty for all. The lists say who; everybody else is refused.
 */
const PLANNERS: readonly Role[] = ['editor', 'analyst', 'operator']
const READERS: readonly Role[] = ['preparer', 'approver', 'counsel', 'auditor']
const REHEARSERS: readonly Role[] = [...READERS, 'analyst', 'operator']
const SIGNERS: readonly Role[] = ['approver']
const BY = { actor: 'test' }
const BOOK = 'sim-ny'
const day = (text: string) => text as IsoDate

let site: TestSite
let item = ''
let sha256 = ''
const people = new Map<string, Someone>()
const HOMES = ['NY', 'WY', 'all'] as const

beforeAll(async () => {
  site = await openTestSite()
  await openBook()
  for (const role of ROLES)
    for (const jurisdiction of HOMES)
      people.set(
        `${role} ${jurisdiction}`,
        await someone(site, [{ role, jurisdiction: jurisdiction as Usps }]),
      )
})
afterAll(() => site.close())

/** A simulated trust of New York in which a return to the agencies waits for signatures. */
async function openBook(): Promise<void> {
  const { shell } = site
  const agreement = agreementNamed('ny-recourse')
  const authority = { kind: 'simulation' } as const
  await adopt(shell, { book: BOOK, kind: 'simulation', agreement, authority, accounts: {} }, BY)
  const source = 'invented'
  const unpaid_cents = 9_000_000_000n
  const facts = [
    {
      kind: 'federal-action',
      on: '2026-02-01',
      record: 'fed-x',
      status: 'in-effect',
      in_force: true,
      unpaid_cents,
      source,
    },
    { kind: 'finding', on: '2026-02-02', record: 'suit-x', finding: 'contravenes', source },
    { kind: 'report', on: '2026-03-01', office: 'comptroller', arrears_cents: unpaid_cents, source },
    ...['governor', 'comptroller', 'budget-director'].map((office) => ({
      kind: 'sign-off',
      on: '2026-03-02',
      office,
      person: `signer in the office of ${office}`,
      source,
    })),
  ]
  for (const fact of facts) await record(shell, BOOK, fact as never, BY)
  const none = {
    gross_wages: 0n,
    social_security_employee: 0n,
    social_security_employer: 0n,
    medicare_employee: 0n,
    medicare_employer: 0n,
    additional_medicare: 0n,
  }
  const agencies = [{ agency: 'Corrections', federal_income_tax: 4_000_000_000n, rows: 1, ...none }]
  await takePayday(shell, BOOK, { sha256: 'a'.repeat(64), agencies } as never, day('2026-03-06'), BY)
  const stay = { kind: 'order', on: '2026-03-09', order: 'stay', court: 'S.D.N.Y.', docket: '1', source }
  await record(shell, BOOK, stay as never, BY)
  await runTrustDay(shell, BOOK, day('2026-03-10'), BY)
  const [open] = openItems((await loadTrust(shell.db, BOOK))?.rows as never)
  if (!open) throw new Error('nothing was prepared')
  item = open.id
  sha256 = itemHash(open)
}

type Ask = (visitor: Visitor) => Promise<{ readonly status: number; readonly text: string }>

/** Whom this lets through, as `role home`. */
async function admitted(ask: Ask): Promise<readonly string[]> {
  const through: string[] = []
  for (const [name, { visitor }] of people)
    if (![401, 403].includes((await ask(visitor)).status)) through.push(name)
  return through.sort()
}

const listed = (roles: readonly Role[], homes: readonly string[]): readonly string[] =>
  roles.flatMap((role) => homes.map((home) => `${role} ${home}`)).sort()

describe('a trust of New York', () => {
  test.each([
    ['statements', REHEARSERS],
    ['statements/member.csv', REHEARSERS],
    ['items/', REHEARSERS],
  ])('%s', async (what, roles) => {
    const path = `/trust/books/${BOOK}/${what}${what.endsWith('/') ? item : ''}`
    expect(await admitted((visitor) => visitor.get(path))).toEqual(listed(roles, ['NY', 'all']))
    expect((await new Visitor(site.origin).get(path)).status).toBe(403)
    expect((await new Visitor(site.origin).get(`/es${path}`)).status).toBe(403)
  })

  test('its whole record, with who signed', async () => {
    const path = `/api/v1/trust/books/${BOOK}/record`
    // A simulation is read by whoever may rehearse.
    expect(await admitted((visitor) => visitor.get(path))).toEqual(listed(REHEARSERS, ['NY', 'all']))
    expect((await new Visitor(site.origin).get(path)).status).toBe(401)
  })

  test('the file for the bank', async () => {
    const path = `/trust/books/${BOOK}/items/${item}/payment.ach`
    expect(await admitted((visitor) => visitor.get(path))).toEqual(listed(READERS, ['NY', 'all']))
    expect((await new Visitor(site.origin).get(path)).status).toBe(403)
  })

  test.each([
    ['payday', ['preparer']],
    ['prepare', ['preparer']],
    ['settle', ['preparer']],
    ['record', ['counsel']],
  ] as const)('the desk: %s', async (act, roles) => {
    const path = `/trust/books/${BOOK}/desk`
    // An empty form is refused for what it lacks where the duty is there.
    expect(await admitted((visitor) => visitor.post(path, { do: act }))).toEqual(listed(roles, ['NY', 'all']))
    expect((await new Visitor(site.origin).post(path, { do: act })).status).toBe(403)
  })

  test.each([
    ['facts', ['counsel']],
    ['paydays', ['preparer']],
    ['statements', ['preparer']],
  ] as const)('the API: %s', async (act, roles) => {
    const path = `/api/v1/trust/books/${BOOK}/${act}`
    const post = (visitor: Visitor) => visitor.put(path, '{}', site.origin, 'POST')
    expect(await admitted(post)).toEqual(listed(roles, ['NY', 'all']))
    expect((await post(new Visitor(site.origin))).status).toBe(401)
  })

  test('a signature: nobody else’s moves anything', async () => {
    const path = `/trust/books/${BOOK}/items/${item}`
    // Without having seen it: refused for that where the role may sign at all, so that nothing is signed here.
    const form = { sha256, office: 'approver' }
    expect(await admitted((visitor) => visitor.post(path, form))).toEqual(listed(SIGNERS, ['NY', 'all']))
    expect((await new Visitor(site.origin).post(path, { ...form, seen: 'yes' })).status).toBe(403)
    expect((await loadTrust(site.shell.db, BOOK))?.rows.signatures).toEqual([])
  })

  test('no page or file tells a person in it to who may not read its books', async () => {
    const paths = [
      '/trust',
      `/trust/books/${BOOK}`,
      `/trust/public/${BOOK}`,
      `/trust/public/${BOOK}/2026-03-10.json`,
      `/trust/books/${BOOK}/statements`,
      `/trust/books/${BOOK}/items/${item}`,
      `/api/v1/trust/books/${BOOK}`,
      `/api/v1/trust/books/${BOOK}/record`,
      `/api/v1/trust/books/${BOOK}/decision`,
    ]
    const auditor = await people.get('auditor NY')?.visitor.get(`/api/v1/trust/books/${BOOK}/record`)
    expect(auditor?.text).toContain('signer in the office')
    const strangers = [
      new Visitor(site.origin),
      ...['reader NY', 'editor NY', 'approver WY'].map((name) => people.get(name)?.visitor),
    ]
    for (const visitor of strangers)
      for (const path of paths) expect((await visitor?.get(path))?.text).not.toContain('signer in the office')
  })
})

describe('a plan', () => {
  const shipped = readFileSync(join(PACKAGE_ROOT, 'plans/colorado-payroll-trust.plan.yaml'), 'utf8')
  const id = 'plan-of-new-york'
  const text = shipped.replace(/^id: .*$/m, `id: ${id}`).replace(/^members: .*$/m, 'members: [NY]')
  const save = (visitor: Visitor, origin = site.origin) =>
    visitor.put(`/api/v1/plans/${id}?why=tried`, text, origin)

  test('is saved by whom the list says', async () => {
    const through = await admitted((visitor) => save(visitor))
    expect(through).toEqual(listed(PLANNERS, ['NY', 'all']))
    expect((await save(new Visitor(site.origin))).status).toBe(401)
    const cookie = people.get('editor NY')?.visitor as Visitor
    expect((await save(cookie, 'https://evil.example')).status).toBe(403)
  })

  test('is set aside by whom the list says', async () => {
    const path = `/plans/${id}/versions`
    expect(await admitted((visitor) => visitor.post(path, { do: 'aside' }))).toEqual(
      listed(PLANNERS, ['NY', 'all']),
    )
    expect((await new Visitor(site.origin).post(path, { do: 'aside', why: 'x' })).status).toBe(403)
  })

  test('is run by nobody else', async () => {
    for (const [name, { visitor }] of people)
      if (!listed(PLANNERS, ['NY', 'all']).includes(name))
        expect([
          name,
          (await visitor.put(`/api/v1/plans/${id}/runs`, '{"draws":10}', site.origin, 'POST')).status,
        ]).toEqual([name, 403])
  })
})
