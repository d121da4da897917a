import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Action, grantsFor, leaveFor, principalOf } from '../../access/index.ts'
import {
  actorOf,
  Cents,
  IsoDate,
  ok,
  type Principal,
  type Result,
  type Usps,
  UspsCode,
} from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { loadBook } from '../../registry/store.ts'
import { type Loaded, loadTrust } from '../book-store.ts'
import { federalActionFact, findingFact, type RecordRefused } from '../fact-of-record.ts'
import { leaveForAny } from '../leave.ts'
import { priceRun } from '../payroll-files.ts'
import { Fact, Office } from '../schema.ts'
import { statementLines } from '../statement-files.ts'
import { dayOf, prepare, record, settleStatement, sign, type TrustRefused, takePayday } from '../store.ts'
import { BY_SCHEMA, plain, refuse } from './answers.ts'

const on = IsoDate.optional().describe('business date of a simulation; real money moves today')
const Prepared = z.strictObject({
  action: z.enum(['release-to-treasury', 'return-to-depositor', 'pay-member', 'wind-up']),
  member: UspsCode,
  amount_cents: Cents,
  on,
})
const Signed = z.strictObject({
  item_sha256: z.string().regex(/^[0-9a-f]{64}$/, 'wanted: the SHA-256 of the item that you saw'),
  office: Office,
  on,
})
const Open = z.record(z.string(), z.unknown())
const PARAMS = z.object({ book: z.string() })
const ITEM = PARAMS.extend({ item: z.string() })

/**
 * Acts of people with a duty: counsel records facts, a preparer takes paydays in, prepares and settles, approvers sign.
 * Each is asked for its leave first; the log names who acted and what was refused.
 */
export function actsApi(shell: Shell): OpenAPIHono {
  const api = new OpenAPIHono(BY_SCHEMA)
  const post = (
    path: string,
    summary: string,
    params: z.ZodType,
    body: { readonly type: string; readonly schema: z.ZodType },
    handle: (c: Context) => Promise<Response>,
  ) =>
    api.openapi(
      createRoute({
        method: 'post',
        path,
        summary,
        tags: ['Trust'],
        request: { params, body: { content: { [body.type]: { schema: body.schema } } } },
        responses: {
          200: { description: summary, content: { 'application/json': { schema: Open } } },
          400: { description: 'The body is not what is wanted' },
          401: { description: 'This needs an account' },
          403: { description: 'This needs another duty' },
          404: { description: 'No such book' },
          409: { description: 'Refused; nothing moved' },
        },
      } as never),
      ((c: Context) => handle(c)) as never,
    )
  const csv = { type: 'text/csv', schema: z.string() }
  const json = (schema: z.ZodType) => ({ type: 'application/json', schema })
  post('/trust/books/{book}/facts', 'Record a fact', PARAMS, json(Open), (c) => postFact(c, shell))
  post('/trust/books/{book}/paydays', 'Take in a pay run', PARAMS, csv, (c) => postPayday(c, shell))
  post('/trust/books/{book}/items', 'Prepare an act', PARAMS, json(Open), (c) => postItem(c, shell))
  post('/trust/books/{book}/items/{item}/signatures', 'Sign an act', ITEM, json(Open), (c) =>
    postSignature(c, shell),
  )
  post('/trust/books/{book}/statements', 'Settle by a bank statement', PARAMS, csv, (c) =>
    postStatement(c, shell),
  )
  return api
}

type Person = Extract<Principal, { kind: 'user' }>

interface Asked {
  readonly c: Context
  readonly trust: Loaded
  readonly person: Person
  readonly day: IsoDate
  readonly by: { readonly actor: string }
}

/** Whether who asks has the leave that can be judged before the body is read. */
type FirstLeave = (c: Context, trust: Loaded) => boolean

/** Asks for leave first; nothing is read of the body before. */
async function asPerson(
  shell: Shell,
  c: Context,
  mayAct: FirstLeave,
  act: (asked: Asked) => Promise<Response>,
): Promise<Response> {
  const name = c.req.param('book') ?? ''
  const principal = principalOf(c)
  const trust = await loadTrust(shell.db, name)
  if (principal.kind !== 'user') return refuse(401, 'sign_in_first', 'Acts of the trust need an account.')
  if (trust === undefined) return refuse(404, 'unknown_book', `No book has the name ${name}.`)
  if (!mayAct(c, trust))
    return refuse(403, 'not_allowed', 'This act needs another duty, or comes from another site.')
  const today = shell.now().slice(0, 10) as IsoDate
  return act({ c, trust, person: principal, day: dayOf(trust, today), by: { actor: actorOf(principal) } })
}

/** For acts that touch the whole book. */
const forEvery =
  (action: Action): FirstLeave =>
  (c, { agreement }) =>
    agreement.document.members.every((member) => leaveFor(c, action, member) === 'yes')

/** For acts whose member stands in the body: without leave for any member nothing of it is read. */
const forAny =
  (action: Action): FirstLeave =>
  (c, { agreement: { document } }) =>
    leaveForAny(c, [action], document.members) === 'yes'

/** An item that is not there is refused as one of every member: who may not sign does not learn which exist. */
const forItem: FirstLeave = (c, trust) => {
  const member = trust.rows.items.find(({ id }) => id === c.req.param('item'))?.member
  return member === undefined ? forEvery('trust.sign')(c, trust) : leaveFor(c, 'trust.sign', member) === 'yes'
}

function told<T>(c: Context, result: Result<T, TrustRefused>, show: (value: T) => unknown): Response {
  if (result.ok) {
    c.header('cache-control', 'private, no-store')
    return c.json(plain(show(result.value)) as never)
  }
  const { code: reason, ...facts } = result.error
  return refuse(409, 'act_refused', `Refused: ${reason}. Nothing moved.`, { reason, ...facts })
}

async function bodyOf<T extends z.ZodType>(c: Context, schema: T): Promise<z.infer<T> | Response> {
  const read = schema.safeParse(await c.req.json().catch(() => undefined))
  if (read.success) return read.data
  const [issue] = read.error.issues
  return refuse(400, 'bad_request', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'wanted: JSON'}`)
}

const postFact = (c: Context, shell: Shell): Promise<Response> =>
  asPerson(shell, c, forEvery('trust.record'), async ({ trust, by }) => {
    const asked = await bodyOf(c, Fact)
    if (asked instanceof Response) return asked
    const fact = await ofRegistry(shell, asked)
    if (!fact.ok) return refuse(400, 'bad_request', fact.error.detail)
    return told(c, await record(shell, trust.book, fact.value, by), (done) => done)
  })

/** What is said of a record is what the registry says of it on that day; a record that is not there is no fact. */
async function ofRegistry(shell: Shell, fact: Fact): Promise<Result<Fact, RecordRefused>> {
  if (fact.kind !== 'federal-action' && fact.kind !== 'finding') return ok(fact)
  const registry = await loadBook(shell.db, { asOf: fact.on })
  return fact.kind === 'finding'
    ? findingFact(registry, fact.record, fact.on, fact.finding, fact.source)
    : federalActionFact(registry, fact.record, fact.on, fact.unpaid_cents)
}

const postPayday = (c: Context, shell: Shell): Promise<Response> =>
  asPerson(shell, c, forEvery('trust.prepare'), async ({ trust, by, day }) => {
    const asked = c.req.query('on')
    const payday = asked === undefined ? day : IsoDate.safeParse(asked).data
    if (payday === undefined) return refuse(400, 'bad_request', 'on: wanted: YYYY-MM-DD')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const run = await priceRun('body', whole(bytes))
    if ('refused' in run) return refuse(400, 'bad_request', run.refused)
    return told(c, await takePayday(shell, trust.book, run, payday, by), ({ decisions, direct_cents }) => ({
      held: decisions.filter(({ decision }) => decision.allowed).map(({ deposit }) => deposit),
      missing: [...new Set(decisions.flatMap(({ decision }) => decision.missing.map(({ id }) => id)))],
      direct_cents,
    }))
  })

async function* whole(bytes: Uint8Array): AsyncGenerator<readonly [Uint8Array, boolean]> {
  yield [bytes, false]
  yield [new Uint8Array(0), true]
}

const postItem = (c: Context, shell: Shell): Promise<Response> =>
  asPerson(shell, c, forAny('trust.prepare'), async ({ trust, by, day, person }) => {
    const asked = await bodyOf(c, Prepared)
    if (asked instanceof Response) return asked
    if (leaveFor(c, 'trust.prepare', asked.member) !== 'yes')
      return refuse(403, 'not_allowed', `You may not prepare acts for ${asked.member}.`)
    const { on: date = day, ...content } = asked
    return told(c, await prepare(shell, trust.book, content, date, person.id, by), (done) => done)
  })

const postSignature = (c: Context, shell: Shell): Promise<Response> =>
  asPerson(shell, c, forItem, async ({ trust, by, day, person }) => {
    const asked = await bodyOf(c, Signed)
    if (asked instanceof Response) return asked
    const id = c.req.param('item') ?? ''
    const member = trust.rows.items.find((one) => one.id === id)?.member
    const { on: date = day, ...given } = asked
    if (member !== undefined && !holdsOffice(person, member, given.office))
      return refuse(403, 'not_allowed', `You do not approve for ${member} in the office ${given.office}.`)
    const signature = { ...given, person: person.id }
    return told(c, await sign(shell, trust.book, id, signature, date, by), (done) => done)
  })

/** A person signs in an office that they were given for this member; without one, as an approver. */
const holdsOffice = ({ grants }: Person, member: Usps, office: string): boolean =>
  grantsFor(grants, 'trust.sign', member).some((grant) => (grant.office ?? 'approver') === office)

const postStatement = (c: Context, shell: Shell): Promise<Response> =>
  asPerson(shell, c, forEvery('trust.prepare'), async ({ trust, by }) => {
    const text = await c.req.text()
    const lines = statementLines(text)
    if (!lines.ok) {
      const { line, field, found, wanted } = lines.error
      return refuse(400, 'bad_request', `line ${line}, ${field}: found ${found}; wanted: ${wanted}`)
    }
    return told(c, await settleStatement(shell, trust.book, lines.value, by), (matching) => matching)
  })
