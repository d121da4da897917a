import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Io } from '../base/index.ts'
import { ROOMS } from '../cli/rooms.ts'
import { runCommandLine } from '../cli/run.ts'
import type { Shell } from '../db/index.ts'
import { commands } from './commands.ts'
import { eventsOf, newSession, openTestSite, type TestSite, Visitor } from './site.testing.ts'

let site: TestSite
beforeAll(async () => {
  site = await openTestSite()
})
afterAll(() => site.close())

/** A command on the test's own data. */
async function run(name: string, input: Readonly<Record<string, unknown>>) {
  const found = commands.find((one) => one.name === `access ${name}`)
  if (!found) throw new Error(name)
  const [out, err]: [string[], string[]] = [[], []]
  const io: Io = { out: (text) => out.push(text), err: (text) => err.push(text), isTerminal: false, cwd: '/' }
  const code = await found.run(found.input.parse(input) as never, io, async (): Promise<Shell> => site.shell)
  return { code, out: out.join('\n'), err: err.join('\n') }
}
const json = async (name: string, input: Readonly<Record<string, unknown>>) => {
  const done = await run(name, { ...input, json: true })
  return { ...done, value: JSON.parse(done.code === 0 ? done.out : done.err) }
}

test('the first operator is made on the machine, and invited people join by the link', async () => {
  const made = await json('invite', { operator: 'Ana Ruiz', email: 'Ana@Agency.example' })
  const { pathname } = new URL(made.value.link)
  const visitor = new Visitor(site.origin)
  expect((await visitor.get(pathname)).text).toContain('Ana Ruiz')
  expect((await visitor.post(pathname)).location).toBe('/account')
  const [person] = (await json('list', {})).value
  expect(person).toMatchObject({
    id: made.value.id,
    email: 'ana@agency.example',
    state: 'active',
    grants: [{ role: 'operator', jurisdiction: 'all' }],
  })
  expect((await run('list', {})).out).toContain('operator all')
})

test('duties are given and taken, by id or by address, and what stands against it is said', async () => {
  const duty = { person: 'bo@agency.example', role: 'preparer', for: 'co' }
  await run('invite', { name: 'Bo', email: 'bo@agency.example', role: 'analyst', for: 'CO' })
  expect((await json('grant', duty)).value).toMatchObject({ role: 'preparer', jurisdiction: 'CO' })
  expect(await json('grant', duty)).toMatchObject({ code: 1, value: { error: { code: 'held_already' } } })
  const approver = { ...duty, role: 'approver', office: 'comptroller' }
  expect((await json('grant', approver)).value.error.code).toBe('duties_apart')
  expect((await json('revoke', duty)).code).toBe(0)
  expect((await json('revoke', duty)).value.error.code).toBe('no_such_grant')
  expect((await json('grant', approver)).code).toBe(0)
  expect((await json('grant', { ...duty, person: 'nobody' })).value.error.code).toBe('no_such_person')
  const taken = { name: 'Bo', email: 'BO@agency.example', role: 'reader', for: 'CO' }
  expect((await json('invite', taken)).value.error.code).toBe('email_taken')
})

test('an invitation whose duties do not go together is not made at all', async () => {
  const refused = await json('invite', {
    name: 'C',
    email: 'c@a.example',
    role: 'reader',
    for: 'CO',
    office: 'x',
  })
  expect(refused.value.error.code).toBe('office_without_approver')
  expect((await run('list', {})).out).not.toContain('c@a.example')
})

test('the last operator stays', async () => {
  const chief = { person: 'ana@agency.example', role: 'operator', for: 'all' }
  expect((await json('revoke', chief)).value.error.code).toBe('last_operator')
  expect((await json('close', { person: 'ana@agency.example' })).value.error.code).toBe('last_operator')
  // An operator who has not joined yet is none.
  await run('invite', { operator: 'Di', email: 'di@agency.example' })
  expect((await json('revoke', chief)).value.error.code).toBe('last_operator')
})

test('sessions are listed and ended', async () => {
  const [{ id }] = (await json('list', {})).value
  await newSession(site, id, 'passkey')
  const before = (await json('sessions', { person: id })).value.length
  expect(before).toBeGreaterThan(0)
  expect((await json('sessions', { person: id, end: true })).value).toEqual({ ended: before })
  expect((await run('sessions', { person: id })).out).toBe('')
})

test('a closed account keeps its id in the log, and nothing of its person', async () => {
  const { value } = await json('invite', {
    name: 'Eli Doe',
    email: 'eli@a.example',
    role: 'editor',
    for: 'WY',
  })
  expect((await run('close', { person: value.id })).code).toBe(0)
  const people = (await json('list', {})).value as {
    id: string
    name: string
    email: string
    state: string
  }[]
  expect(people.find((one) => one.id === value.id)).toMatchObject({ name: '', state: 'closed', grants: [] })
  expect(JSON.stringify(people)).not.toMatch(/Eli|eli@a/)
  expect((await json('grant', { person: value.id, role: 'reader', for: 'WY' })).value.error.code).toBe(
    'person_closed',
  )
  expect((await new Visitor(site.origin).get(new URL(value.link).pathname)).status).toBe(404)
  const told = (await eventsOf(site, 'access.%')).filter(({ subject }) => subject === value.id)
  expect(told.map(({ kind }) => kind)).toEqual([
    'access.person.invited',
    'access.granted',
    'access.revoked',
    'access.person.closed',
  ])
  expect(told.every(({ actor }) => actor === 'operator at the machine')).toBe(true)
})

test.each([
  [['access', 'invite', '--email', 'a@b.example'], 'either --operator or --name'],
  [['access', 'invite', '--operator', 'A', '--email', 'nothing'], 'an address such as'],
  [['access', 'grant', 'a', '--role', 'king', '--for', 'CO'], 'one of reader'],
  [['access', 'grant', 'a', '--role', 'reader', '--for', 'Mars'], 'or all'],
])('bad use is told: %s', async (words, wanted) => {
  const said: string[] = []
  const io: Io = { out: () => {}, err: (text) => said.push(text), isTerminal: false, cwd: '/' }
  expect(await runCommandLine(words, ROOMS, io)).toBe(2)
  expect(said.join('\n')).toContain(wanted)
})
