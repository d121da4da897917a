import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Grant, ROLES, type Role, type Usps } from '../base/index.ts'
import { ACTIONS, type Action } from './actions.ts'
import { leaveFor } from './leave.ts'
import { openTestSite, type Someone, someone, type TestSite, Visitor } from './site.testing.ts'

/*
 * Who may do what, written down apart from the program: a row for each act, a column for each role. An `x` is leave
 * in one's own jurisdiction; there is none in another's.
 */
const COLUMNS =
  'reader editor analyst preparer approver counsel auditor records-officer investigator epidemiologist operator'
const TABLE: Readonly<Record<Action, string>> = {
  //                rea ed an pre app cou aud rec inv epi ope
  'plan.edit':      '.  x  x  .   .   .   .   .   .   .   x',
  'plan.run':       '.  x  x  .   .   .   .   .   .   .   x',
  'figures.write':  '.  x  x  .   .   .   .   .   .   .   x',
  'trust.rehearse': '.  .  x  x   x   x   x   .   .   .   x',
  'trust.read':     '.  .  .  x   x   x   x   .   .   .   .',
  'trust.prepare':  '.  .  .  x   .   .   .   .   .   .   .',
  'trust.sign':     '.  .  .  .   x   .   .   .   .   .   .',
  'trust.record':   '.  .  .  .   .   x   .   .   .   .   .',
  'access.grant':   '.  .  .  .   .   .   .   .   .   .   x',
  'access.read':    '.  .  .  .   .   .   x   .   .   .   x',
} // biome-ignore format: a table is read in columns

const isListed = (role: Role, action: Action): boolean =>
  TABLE[action].split(/\s+/)[COLUMNS.split(' ').indexOf(role)] === 'x'

let site: TestSite
const people = new Map<string, Someone>()
const keyOf = ({ role, jurisdiction }: Grant) => `${role} ${jurisdiction}`
const asked = (role: Role, jurisdiction: Usps | 'all') => people.get(keyOf({ role, jurisdiction })) as Someone

beforeAll(async () => {
  site = await openTestSite({
    probe: (app) =>
      app.post('/probe/:action/:place', (c) => {
        const leave = leaveFor(c, c.req.param('action') as Action, c.req.param('place') as Usps)
        return c.text(leave, leave === 'yes' ? 200 : 403)
      }),
  })
  for (const role of ROLES)
    for (const jurisdiction of ['CO', 'all'] as const)
      people.set(keyOf({ role, jurisdiction }), await someone(site, [{ role, jurisdiction }]))
})
afterAll(() => site.close())

test('the table names every role and every act', () => {
  expect(COLUMNS.split(' ')).toEqual([...ROLES])
  expect(Object.keys(TABLE).sort()).toEqual(Object.keys(ACTIONS).sort())
})

describe.each(Object.keys(TABLE) as Action[])('%s', (action) => {
  test.each([...ROLES])('by %s', async (role) => {
    const wanted = isListed(role, action)
    const ask = async (one: Someone, place: string) =>
      (await one.visitor.post(`/probe/${action}/${place}`)).text
    const told = (may: boolean) => (may ? 'yes' : 'not-yours')
    expect(await ask(asked(role, 'CO'), 'CO'), 'own').toBe(told(wanted))
    expect(await ask(asked(role, 'CO'), 'WY'), 'another').toBe('not-yours')
    expect(await ask(asked(role, 'CO'), 'all'), 'everywhere').toBe('not-yours')
    expect(await ask(asked(role, 'all'), 'WY'), 'by a duty for all').toBe(told(wanted))
    expect(await ask(asked(role, 'all'), 'all'), 'everywhere, by a duty for all').toBe(told(wanted))
  })

  test('by a stranger', async () => {
    expect((await new Visitor(site.origin).post(`/probe/${action}/CO`)).text).toBe('sign-in')
  })
})

/** Forms of the rooms as they stand: the act that each asks leave for. */
const FORMS: readonly (readonly [path: string, action: Action, place: Usps | 'all'])[] = [
  ['/position/co/disruptions', 'figures.write', 'CO'],
  ['/position/wy/disruptions', 'figures.write', 'WY'],
  ['/position/co/funds', 'figures.write', 'CO'],
  ['/position/co/reserve', 'figures.write', 'CO'],
  ['/position/methods', 'figures.write', 'all'],
  ['/access/invite', 'access.grant', 'all'],
  ['/access/grant', 'access.grant', 'all'],
  ['/access/revoke', 'access.grant', 'all'],
  ['/access/reset', 'access.grant', 'all'],
  ['/access/close', 'access.grant', 'all'],
  ['/access/sessions', 'access.grant', 'all'],
]

describe.each(FORMS)('%s', (path, action, place) => {
  test('takes a form from whom the table says, and from nobody else', async () => {
    for (const role of ROLES)
      for (const home of ['CO', 'all'] as const) {
        const may = isListed(role, action) && (home === 'all' || home === place)
        // An empty form is refused for what it lacks where it may be sent at all.
        const { status } = await asked(role, home).visitor.post(path)
        expect([role, home, status !== 403]).toEqual([role, home, may])
      }
    expect((await new Visitor(site.origin).post(path)).status).toBe(403)
  })
})

describe('people are seen by whom the table says', () => {
  test.each([...ROLES])('%s', async (role) => {
    const own = await asked(role, 'CO').visitor.get('/access')
    expect(own.status).toBe(isListed(role, 'access.read') ? 200 : 403)
    const everybody = [...people.values()]
    const elsewhere = await someone(site, [{ role: 'reader', jurisdiction: 'WY' }])
    if (own.status === 200) {
      expect(own.text).toContain(asked('preparer', 'CO').email)
      expect(own.text).not.toContain(elsewhere.email)
      expect(own.text).not.toContain(asked('operator', 'all').id)
    } else
      for (const { email, id } of everybody)
        expect(own.text.includes(email) || own.text.includes(id)).toBe(false)
  })

  test('a stranger sees none, in no file either', async () => {
    const stranger = new Visitor(site.origin)
    const [one] = [...people.values()]
    for (const path of [
      '/access',
      '/account',
      '/api/openapi.json',
      '/downloads',
      '/search?q=person-1',
      '/audit',
    ])
      expect((await stranger.get(path)).text).not.toContain(one?.email)
  })
})
