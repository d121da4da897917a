import { z } from 'zod'
import { type Command, command, type ExitCode, type Grant, type Io, type Result } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { Email, Jurisdiction, Office, type Person, PersonName, RoleName } from './schema.ts'
import { endSessions, listSessions } from './session-store.ts'
import {
  type AccessError,
  close,
  grant,
  type Invited,
  invite,
  listPeople,
  loadGrants,
  reset,
  revoke,
} from './store.ts'
import { accessWords } from './words.ts'

const json = z.boolean().default(false)
const JSON_FLAG = ['--json', 'print JSON'] as const
const PERSON = z.string().trim().toLowerCase()
const DUTY = { role: RoleName, for: Jurisdiction, office: Office.optional() }
const DUTY_FLAGS = [
  ['--role <role>', 'reader, editor, analyst, preparer, approver, counsel, auditor, records-officer …'],
  ['--for <code>', 'the jurisdiction: a USPS code such as CO, or all'],
  ['--office <office>', 'the public office in which an approver signs, such as comptroller'],
] as const

/** Whoever has the machine has the data; the log says that it was done there. */
const BY = { actor: 'operator at the machine' }

export const commands: readonly Command<Shell>[] = [
  command({
    name: 'access invite',
    summary: 'invite a person; prints a one-time link, once',
    options: [
      ['--operator <name>', 'the name of a first or further operator for all jurisdictions'],
      ['--name <name>', 'the name of a person with another duty, given by --role and --for'],
      ['--email <address>', 'their address; nothing is sent there'],
      ...DUTY_FLAGS,
      JSON_FLAG,
    ],
    input: z
      .object({
        operator: PersonName.optional(),
        name: PersonName.optional(),
        email: Email,
        role: RoleName.optional(),
        for: Jurisdiction.optional(),
        office: Office.optional(),
        json,
      })
      .superRefine((input, ctx) => {
        const isOperator = input.operator !== undefined
        if (isOperator === (input.name !== undefined))
          ctx.addIssue({ code: 'custom', path: ['name'], message: 'wanted: either --operator or --name' })
        if (!isOperator && (input.role === undefined || input.for === undefined))
          ctx.addIssue({ code: 'custom', path: ['role'], message: 'wanted: --role and --for with --name' })
        if (isOperator && (input.role !== undefined || input.for !== undefined))
          ctx.addIssue({ code: 'custom', path: ['role'], message: 'wanted: no --role with --operator' })
      }),
    run: async ({ operator, name, email, role, for: place, office, json: isJson }, io, open) => {
      const shell: Shell = await open()
      const duty: Grant =
        operator === undefined && role !== undefined && place !== undefined
          ? { role, jurisdiction: place, ...(office !== undefined && { office }) }
          : { role: 'operator', jurisdiction: 'all' }
      const made = await invite(shell, { name: operator ?? name ?? '', email, grants: [duty] }, BY)
      return made.ok ? printLink(io, made.value, isJson) : refuse(io, made.error, isJson)
    },
  }),
  command({
    name: 'access list',
    summary: 'everyone with their duties and how they sign in',
    options: [JSON_FLAG],
    input: z.object({ json }),
    run: async (input, io, open) => {
      const { db }: Shell = await open()
      const people = await listPeople(db)
      if (input.json) io.out(JSON.stringify(people, null, 2))
      else for (const one of people) io.out(personText(one))
      return 0
    },
  }),
  command({
    name: 'access grant',
    summary: 'give a person a duty; their sessions end',
    args: '<person>',
    options: [...DUTY_FLAGS, JSON_FLAG],
    input: z.object({ person: PERSON, ...DUTY, json }),
    run: async ({ person, role, for: place, office, json: isJson }, io, open) => {
      const shell: Shell = await open()
      const id = await idOf(shell, person)
      const duty = { role, jurisdiction: place, ...(office !== undefined && { office }) }
      return print(io, await grant(shell, id, duty, BY), isJson, 'given')
    },
  }),
  command({
    name: 'access revoke',
    summary: 'take a duty from a person; their sessions end',
    args: '<person>',
    options: [...DUTY_FLAGS, JSON_FLAG],
    input: z.object({ person: PERSON, ...DUTY, json }),
    run: async ({ person, role, for: place, office, json: isJson }, io, open) => {
      const shell: Shell = await open()
      const held = await loadGrants(shell.db, await idOf(shell, person))
      const found = held.find(
        (one) => one.role === role && one.jurisdiction === place && one.office === office,
      )
      return print(io, await revoke(shell, found?.id ?? '', BY), isJson, 'taken')
    },
  }),
  command({
    name: 'access sessions',
    summary: 'list the sessions of a person, or end them',
    args: '<person>',
    options: [['--end', 'end them all'], JSON_FLAG],
    input: z.object({ person: PERSON, end: z.boolean().default(false), json }),
    run: async (input, io, open) => {
      const shell: Shell = await open()
      const id = await idOf(shell, input.person)
      const now = shell.now()
      if (input.end) {
        const ended = { person: id, reason: 'by-operator', by: BY.actor, now } as const
        const sessions = await shell.db.transaction().execute((tx) => endSessions(tx, ended))
        io.out(input.json ? JSON.stringify({ ended: sessions }) : `${sessions} sessions ended`)
        return 0
      }
      const sessions = await listSessions(shell.db, id, now)
      if (input.json) io.out(JSON.stringify(sessions, null, 2))
      else for (const one of sessions) io.out(`${one.created_at}  ${one.method}  last seen ${one.seen_at}`)
      return 0
    },
  }),
  command({
    name: 'access reset',
    summary: 'take away all ways to sign in of a person; prints a new one-time link',
    args: '<person>',
    options: [JSON_FLAG],
    input: z.object({ person: PERSON, json }),
    run: async (input, io, open) => {
      const shell: Shell = await open()
      const made = await reset(shell, await idOf(shell, input.person), BY)
      return made.ok ? printLink(io, made.value, input.json) : refuse(io, made.error, input.json)
    },
  }),
  command({
    name: 'access close',
    summary: 'close an account for good: duties, ways to sign in, name and address go',
    args: '<person>',
    options: [JSON_FLAG],
    input: z.object({ person: PERSON, json }),
    run: async (input, io, open) => {
      const shell: Shell = await open()
      return print(io, await close(shell, await idOf(shell, input.person), BY), input.json, 'closed')
    },
  }),
]

/** A person is named by id or by address. */
async function idOf({ db }: Shell, person: string): Promise<string> {
  const people = await listPeople(db)
  return people.find(({ id, email }) => id === person || email === person)?.id ?? ''
}

const originOfServer = (): string =>
  process.env.TENTH_ORIGIN?.trim() || `http://localhost:${process.env.PORT?.trim() || '4810'}`

function printLink(io: Io, { id, token, expires_at }: Invited, isJson: boolean): ExitCode {
  const link = `${originOfServer()}/invite/${token}`
  io.out(
    isJson
      ? JSON.stringify({ id, link, expires_at })
      : `${id}\n${link}\nThe link works once, until ${expires_at}. It is not shown again.`,
  )
  return 0
}

function print<T>(io: Io, done: Result<T, AccessError>, isJson: boolean, what: string): ExitCode {
  if (!done.ok) return refuse(io, done.error, isJson)
  io.out(isJson ? JSON.stringify(done.value) : what)
  return 0
}

function refuse(io: Io, error: AccessError, isJson: boolean): ExitCode {
  const pair = error.code === 'duties_apart' ? ` ${error.held}, ${error.role}` : ''
  const detail = accessWords('en').people.refused[error.code] + pair
  io.err(isJson ? JSON.stringify({ error: { code: error.code, detail, exit: 1 } }) : detail)
  return 1
}

const personText = ({ id, name, email, state, grants }: Person): string => {
  const duties = grants.map(({ role, jurisdiction, office }) =>
    [role, jurisdiction, ...(office === undefined ? [] : [office])].join(' '),
  )
  return `${id}  ${state}  ${name} <${email}>\n  ${duties.join('; ') || 'no duties'}`
}
