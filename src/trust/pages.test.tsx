import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ANONYMOUS,
  type Grant,
  type Instant,
  type IsoDate,
  type Principal,
  type Usps,
} from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import type { PageEnv } from '../ui/index.ts'
import { checkAch } from './bank/ach-check.ts'
import { openItems } from './book.ts'
import { loadTrust } from './book-store.ts'
import { demonstrationOf, eventfulDays } from './demonstration.ts'
import { readShippedAgreements } from './files.ts'
import { itemHash } from './items.ts'
import { trustPages } from './pages.tsx'
import { agreementNamed, enacted } from './situations.testing.ts'
import { adopt, record, runTrustDay, takePayday } from './store.ts'

let shell: Shell
let close: () => Promise<void>
let principal: Principal = ANONYMOUS
const BOOK = 'sim-ny'
const by = { actor: 'test' }
const d = (day: string) => day as IsoDate

const app = () =>
  new Hono<PageEnv>()
    .use('*', async (c, next) => {
      c.set('lang', c.req.path.startsWith('/es') ? 'es' : 'en')
      c.set('principal', principal)
      await next()
    })
    .route('/', trustPages(shell))
    .route('/es', trustPages(shell))
const get = async (path: string, who: Principal = ANONYMOUS) => {
  principal = who
  const answer = await app().request(path)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
const post = async (path: string, who: Principal, form: Record<string, string>, headers = {}) => {
  principal = who
  const answer = await app().request(path, { method: 'POST', body: new URLSearchParams(form), headers })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
const user = (id: string, grant: Partial<Grant> = {}): Principal => ({
  kind: 'user',
  id,
  name: id,
  grants: [{ role: 'approver', jurisdiction: 'NY' as Usps, ...grant }],
})

beforeAll(async () => {
  const made = await testDatabase({ empty: true })
  close = made.close
  let clock = Date.parse('2026-03-10T12:00:00Z')
  const now = () => {
    clock += 1
    return new Date(clock).toISOString() as Instant
  }
  shell = { db: made.db, now, dataFolder: '' }
  const agreement = agreementNamed('ny-recourse')
  const authority = { kind: 'simulation' } as const
  await adopt(shell, { book: BOOK, kind: 'simulation', agreement, authority, accounts: {} }, by)
  const source = 'invented'
  const facts = [
    {
      kind: 'federal-action',
      on: '2026-02-01',
      record: 'fed-x',
      status: 'in-effect',
      in_force: true,
      unpaid_cents: 9_000_000_000n,
      source,
    },
    { kind: 'finding', on: '2026-02-02', record: 'suit-x', finding: 'contravenes', source },
    { kind: 'report', on: '2026-03-01', office: 'comptroller', arrears_cents: 9_000_000_000n, source },
    ...['governor', 'comptroller', 'budget-director'].map((office) => ({
      kind: 'sign-off',
      on: '2026-03-02',
      office,
      person: `${office} p`,
      source,
    })),
  ]
  for (const fact of facts) await record(shell, BOOK, fact as never, by)
  const zero = {
    rows: 1,
    gross_wages: 0n,
    social_security_employee: 0n,
    social_security_employer: 0n,
    medicare_employee: 0n,
    medicare_employer: 0n,
    additional_medicare: 0n,
  }
  const run = {
    sha256: 'a'.repeat(64),
    agencies: [{ agency: 'Corrections', federal_income_tax: 4_000_000_000n, ...zero }],
  }
  await takePayday(shell, BOOK, run as never, d('2026-03-06'), by)
})
afterAll(() => close())

describe('pages that need no book', () => {
  test('say that no such law was found, before everything', async () => {
    for (const path of ['/trust', '/trust/agreements/ny-recourse', '/trust/rehearsals/ny-recourse']) {
      const { status, text } = await get(path)
      expect(status).toBe(200)
      expect(text).toContain('class="bar simulation"')
      expect(text).not.toContain('class="bar operating"')
    }
  })

  test.each(readShippedAgreements().map(({ document }) => document.id))(
    '%s: every condition in both languages beside its policy, and every day of its rehearsal',
    async (id) => {
      const agreement = agreementNamed(id)
      const [en, es] = [await get(`/trust/agreements/${id}`), await get(`/es/trust/agreements/${id}`)]
      for (const { id: policy } of agreement.conditions) expect(en.text).toContain(`<code>${policy}</code>`)
      expect(es.text).not.toContain(agreement.document.summary)
      expect((await get(`/trust/agreements/${id}.yaml`)).text).toBe(agreement.text)
      const days = eventfulDays(demonstrationOf(agreement))
      const list = await get(`/trust/rehearsals/${id}`)
      for (const { day } of days.filter((_, i) => i % 9 === 0)) {
        expect(list.text).toContain(`/trust/rehearsals/${id}/${day}`)
        expect((await get(`/es/trust/rehearsals/${id}/${day}`)).status).toBe(200)
      }
      const file = demonstrationOf(agreement).files[0]
      expect((await get(`/trust/rehearsals/${id}/files/${file?.name}`)).text).toBe(file?.text)
    },
  )

  test('a day on which a release is asked for tells every condition that is missing, and that nothing moved', async () => {
    const { days } = demonstrationOf(agreementNamed('ny-recourse'))
    const asked = days.find(({ events }) => events.some(({ kind }) => kind === 'asked'))
    const { text } = await get(`/trust/rehearsals/ny-recourse/${asked?.day}`)
    expect(text).toMatch(/Release refused: \d+ of \d+ conditions are missing/)
    expect(text).toContain('Nothing moved')
    expect(text.indexOf('class="refusal"')).toBeLessThan(text.indexOf('id="balance"'))
  })

  test.each([
    '/trust/agreements/none',
    '/trust/rehearsals/none',
    '/trust/rehearsals/ny-recourse/2031-01-01',
    '/trust/rehearsals/ny-recourse/files/none',
    '/trust/books/none',
    '/trust/public/none',
  ])('%s is not there', async (path) => expect((await get(path)).status).toBe(404))
})

describe('a book', () => {
  test('shows held and owed in one sentence to anyone, keeps no copy, and names no person', async () => {
    const { status, text, headers } = await get(`/trust/books/${BOOK}`)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toContain('no-store')
    expect(text).toContain('$40.0\u00a0m is held.')
    expect(text).not.toContain('governor p')
  })

  test('its acts and statements are for those with a duty in it', async () => {
    const paths = [`/trust/books/${BOOK}/statements`, `/trust/books/${BOOK}/statements/member.csv`]
    for (const path of paths) {
      expect((await get(path)).status).toBe(403)
      expect((await get(path, user('x', { role: 'reader' }))).status).toBe(403)
      expect((await get(path, user('x', { jurisdiction: 'CO' }))).status).toBe(403)
      expect((await get(path, user('x', { role: 'auditor' }))).status).toBe(200)
    }
  })

  test('statements add up, refuse a span that is none, and download as CSV that says what kind of money it is', async () => {
    const auditor = user('x', { role: 'auditor' })
    const csv = await get(
      `/trust/books/${BOOK}/statements/quarter.csv?from=2026-01-01&through=2026-03-10`,
      auditor,
    )
    expect(csv.text).toBe(
      'book_kind,book,of,from,through,opening,held,released,returned,closing,earned,paid_to_members\n' +
        `simulation,${BOOK},2026-Q1,2026-01-01,2026-03-10,0.00,40000000.00,0.00,0.00,40000000.00,0.00,0.00\n`,
    )
    expect(csv.headers.get('content-disposition')).toContain(`simulation-${BOOK}-quarter.csv`)
    expect(
      (await get(`/trust/books/${BOOK}/statements?from=2026-05-01&through=2026-01-01`, auditor)).status,
    ).toBe(400)
    expect((await get(`/trust/books/${BOOK}/statements/pie.csv`, auditor)).status).toBe(400)
  })

  test('its published day can be checked against the log', async () => {
    await runTrustDay(shell, BOOK, d('2026-03-09'), by)
    const page = await get(`/trust/public/${BOOK}`)
    const { text } = await get(`/trust/public/${BOOK}/2026-03-09.json`)
    const sha256 = createHash('sha256').update(text).digest('hex')
    expect(page.text).toContain(sha256)
    expect(page.text).toMatch(/\/audit\/events\/\d+/)
    expect((await get(`/trust/public/${BOOK}/2026-03-08.json`)).status).toBe(404)
  })
})

describe('signing', () => {
  const stay = {
    kind: 'order',
    on: d('2026-03-09'),
    order: 'stay',
    court: 'S.D.N.Y.',
    docket: '1',
    source: 'x',
  } as const
  let path = ''
  let sha256 = ''
  beforeAll(async () => {
    await record(shell, BOOK, stay, by)
    await runTrustDay(shell, BOOK, d('2026-03-10'), by)
    const trust = await loadTrust(shell.db, BOOK)
    const [item] = openItems(trust?.rows as never)
    if (!item) throw new Error('nothing was prepared')
    path = `/trust/books/${BOOK}/items/${item.id}`
    sha256 = itemHash(item)
  })
  const form = (more = {}) => ({ sha256, office: 'approver', seen: 'yes', ...more })
  const signatures = async () => (await loadTrust(shell.db, BOOK))?.rows.signatures.length

  test.each([
    ['nobody', ANONYMOUS, {}, 403],
    ['the person at the machine', { kind: 'local' } as Principal, {}, 403],
    ['an auditor', user('aud', { role: 'auditor' }), {}, 403],
    ['a preparer', user('prep', { role: 'preparer' }), {}, 403],
    ['an approver of another state', user('co', { jurisdiction: 'CO' }), {}, 403],
    ['an approver who has not read it', user('ann'), { seen: '' }, 422],
    ['an approver in an office of another', user('ann'), { office: 'governor' }, 422],
    ['an approver who saw other content', user('ann'), { sha256: 'b'.repeat(64) }, 409],
  ])('%s cannot, and nothing moves', async (_, who, more, status) => {
    expect((await post(path, who, form(more))).status).toBe(status)
    expect(await signatures()).toBe(0)
  })

  test('a form of another site is refused', async () => {
    const answer = await post(path, user('ann'), form(), { 'Sec-Fetch-Site': 'cross-site' })
    expect(answer.status).toBe(403)
    expect(await signatures()).toBe(0)
  })

  test('two approvers carry it out; the second reads who signed in which office, the public does not read who', async () => {
    expect((await get(path, user('ann'))).text).toContain('name="seen"')
    const first = await post(path, user('ann'), form())
    expect([first.status, first.headers.get('location')]).toEqual([303, `${path}?signed=signed`])
    expect((await post(path, user('ann'), form())).status).toBe(409)
    expect((await get(path, user('ann'))).text).not.toContain('name="seen"')
    expect((await get(path, user('bea'))).text).toContain('<code>ann</code>')
    const rehearser = await get(path, user('cy', { role: 'analyst' }))
    expect([rehearser.status, rehearser.text.includes('<code>ann</code>')]).toEqual([200, false])
    const second = await post(path, user('bea'), form())
    expect(second.headers.get('location')).toBe(`${path}?signed=executed`)
    expect((await post(path, user('dee'), form())).status).toBe(409)
    const book = await get(`/trust/books/${BOOK}`)
    expect(book.text).toContain('Nothing is held.')
    expect(book.text).toContain('on its way and not yet seen at the bank')
  })
})

describe('an operating book, from the desk to the bank', () => {
  const OPERATING = 'op-ny'
  const path = `/trust/books/${OPERATING}`
  const preparer = user('prue', { role: 'preparer' })
  const counsel = user('cole', { role: 'counsel' })
  const today = () => shell.now().slice(0, 10)
  const act = async (who: Principal, fields: Record<string, string>, file?: File) => {
    principal = who
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    if (file) body.set('file', file)
    const answer = await app().request(`${path}/desk`, { method: 'POST', body })
    return { status: answer.status, text: await answer.text() }
  }
  const rows = async () => {
    const trust = await loadTrust(shell.db, OPERATING)
    if (!trust) throw new Error('the book is there')
    return trust.rows
  }

  beforeAll(async () => {
    const account = {
      ein: '123456789',
      name: 'STATE OF EXAMPLE',
      bank_routing: '011000015',
      bank_name: 'BANK',
    }
    const agreement = agreementNamed('ny-recourse')
    const authority = enacted(d('2026-01-01'))
    await adopt(
      shell,
      { book: OPERATING, kind: 'operating', agreement, authority, accounts: { NY: account } },
      by,
    )
  })

  test('has the bar with its citation, never that of a simulation, and its money is not on the page of simulations', async () => {
    for (const where of [path, `/trust/public/${OPERATING}`]) {
      const { text } = await get(where)
      expect(text).toContain('class="bar operating"')
      expect(text).not.toContain('class="bar simulation"')
    }
    expect((await get('/trust')).text).toMatch(/Operating books[^$]*op-ny/)
  })

  test('the desk is for those with a duty: each sees only their own forms', async () => {
    expect((await get(`${path}/desk`)).status).toBe(403)
    const [prep, coun] = [await get(`${path}/desk`, preparer), await get(`${path}/desk`, counsel)]
    expect([prep.text.includes('id="payday"'), prep.text.includes('id="record"')]).toEqual([true, false])
    expect([coun.text.includes('id="payday"'), coun.text.includes('id="record"')]).toEqual([false, true])
    for (const [who, fields] of [
      [counsel, { do: 'run' }],
      [user('ann'), { do: 'prepare', action: 'release-to-treasury', member: 'NY', amount: '1' }],
      [preparer, { do: 'record', kind: 'earnings', amount: '1', on: today(), source: 'x' }],
      [user('far', { role: 'preparer', jurisdiction: 'CO' }), { do: 'run' }],
      [{ kind: 'local' } as Principal, { do: 'run' }],
    ] as const)
      expect((await act(who, fields)).status).toBe(403)
  })

  test('a fact that is not whole is refused with the field that is wrong', async () => {
    const report = {
      do: 'record',
      kind: 'report',
      office: 'comptroller',
      amount: '90,000,000.00',
      on: today(),
      source: 'R-1',
    }
    for (const [wrong, field] of [
      [{ amount: '-5' }, 'amount'],
      [{ on: 'soon' }, 'on'],
      [{ source: '' }, 'source'],
      [{ office: 'The Comptroller' }, 'office'],
    ] as const) {
      const { status, text } = await act(counsel, { ...report, ...wrong })
      expect(status).toBe(422)
      expect(text).toContain(`href="#${field}"`)
    }
    expect(
      (
        await act(counsel, {
          do: 'record',
          kind: 'finding',
          record: 'suit-none',
          finding: 'contravenes',
          on: today(),
          source: 'x',
        })
      ).text,
    ).toContain('href="#record"')
    expect((await act(counsel, { ...report, on: '2026-12-31' })).status).toBe(409)
    expect((await rows()).facts).toEqual([])
    expect((await act(counsel, report)).status).toBe(200)
  })

  test('a payday that may not be held says what is missing; with every condition met it is held', async () => {
    const csv =
      'employee_ref,agency,year,pay_frequency,wages,filing_status\ne1,Corrections,2026,biweekly,90000,single_or_mfs\n'
    const file = () => new File([csv], 'run.csv')
    expect((await act(preparer, { do: 'payday' }, file())).text).toContain('0 of 1 deposits held')
    expect(
      (await act(preparer, { do: 'payday' }, new File(['employee_ref,agency,ssn\n'], 'x.csv'))).status,
    ).toBe(422)
    const source = 'docket 1'
    const on = today()
    const facts = [
      {
        kind: 'federal-action',
        on,
        record: 'fed-x',
        status: 'in-effect',
        in_force: true,
        unpaid_cents: 9_000_000_000n,
        source,
      },
      { kind: 'finding', on, record: 'suit-x', finding: 'contravenes', source },
    ]
    for (const fact of facts) await record(shell, OPERATING, fact as never, by)
    for (const office of ['governor', 'comptroller', 'budget-director'])
      await act(counsel, { do: 'record', kind: 'sign-off', office, person: `P ${office}`, on, source })
    expect((await act(preparer, { do: 'payday' }, file())).text).toContain('1 of 1 deposits held')
    expect((await act(preparer, { do: 'run' })).text).toContain('in force')
  })

  test('prepared by one, signed by two others, paid by a file, settled by the statement', async () => {
    const [deposit] = (await rows()).deposits
    const order = {
      do: 'record',
      kind: 'order',
      order: 'pay-treasury',
      court: 'SDNY',
      docket: '1',
      on: today(),
      source: 'x',
    }
    expect((await act(counsel, order)).status).toBe(200)
    expect(
      (
        await act(preparer, {
          do: 'prepare',
          action: 'release-to-treasury',
          member: 'NY',
          amount: '999999999',
        })
      ).status,
    ).toBe(409)
    const amount = `${(deposit?.amount_cents ?? 0n) / 100n}`
    expect(
      (await act(preparer, { do: 'prepare', action: 'release-to-treasury', member: 'NY', amount })).status,
    ).toBe(200)
    const [item] = openItems(await rows())
    if (!item) throw new Error('prepared')
    const form = { sha256: itemHash(item), office: 'approver', seen: 'yes' }
    const both = user('prue', { role: 'approver' })
    expect((await post(`${path}/items/${item.id}`, both, form)).status).toBe(409)
    expect((await post(`${path}/items/${item.id}`, user('ann'), form)).status).toBe(303)
    expect((await post(`${path}/items/${item.id}`, user('bea'), form)).status).toBe(303)
    const file = await get(`${path}/items/${item.id}/payment.ach`, preparer)
    expect(checkAch(file.text)).toMatchObject({ ok: true, value: { total: item.amount_cents } })
    expect((await get(`${path}/items/${item.id}/payment.ach`, user('cy', { role: 'analyst' }))).status).toBe(
      403,
    )
    const [sent] = (await rows()).sent
    const line = `${today()},-${amount}.00,${sent?.trace},IRS`
    const statement = new File(
      [`date,amount,reference,description\n${line}\n${today()},-5.00,UNKNOWN,fee\n`],
      's.csv',
    )
    const matched = await act(preparer, { do: 'settle' }, statement)
    expect(matched.text).toContain('UNKNOWN')
    expect((await rows()).settled).toHaveLength(1)
    expect((await act(preparer, { do: 'settle' }, new File(['date,amount\n'], 's.csv'))).status).toBe(422)
  })
})
