import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { mayDo, principalOf } from '../access/index.ts'
import { IsoDate, type Json, type Usps } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { actsApi } from './api/acts.ts'
import { BY_SCHEMA, plain, refuse } from './api/answers.ts'
import { standingOf } from './book.ts'
import { bookOn } from './book-on.ts'
import { type Loaded, listAdopted, loadTrust } from './book-store.ts'
import { decide } from './decide.ts'
import { readShippedAgreements } from './files.ts'
import { MONEY_ACTIONS } from './schema.ts'
import { dayOf, loadDays } from './store.ts'
import { agreementView } from './views/agreement.ts'
import { type BookView, bookView } from './views/book.ts'
import { decisionView } from './views/decision.ts'
import { personsFor } from './views/persons.ts'

export { TRUST_PROBLEMS } from './api/answers.ts'

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
})
const problems = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})
const Named = z.object({ book: z.string().describe('name of a book') })
const OnDay = z.object({
  on: z.string().optional().describe('YYYY-MM-DD; the last day of the book by default'),
})
const Question = OnDay.extend({
  action: z.string().describe(MONEY_ACTIONS.join(', ')),
  member: z.string().optional().describe('postal code; the first member by default'),
  class: z.string().optional().describe('depositor class; the first by default'),
  amount_cents: z.string().optional().describe('one cent by default'),
})
const Open = z.record(z.string(), z.unknown())

/**
 * Reading for everyone: the agreements with their conditions, what each book holds and what that could cost, and why
 * something may or may not move. Who signed what is read by those who have a duty in the trust.
 */
export function trustApi(shell: Shell): OpenAPIHono {
  const api = new OpenAPIHono(BY_SCHEMA)
  const get = (
    path: string,
    summary: string,
    request: object,
    schema: z.ZodType,
    handle: (c: Context) => Promise<Response> | Response,
  ) =>
    api.openapi(
      createRoute({
        method: 'get',
        path,
        summary,
        tags: ['Trust'],
        request,
        responses: {
          200: { description: summary, content: { 'application/json': { schema } } },
          400: problems('A parameter is not understood'),
          401: problems('This needs an account'),
          403: problems('This needs another duty'),
          404: problems('Not there'),
        },
      } as never),
      ((c: Context) => handle(c)) as never,
    )
  get(
    '/trust/agreements',
    'Agreements that come with the project',
    {},
    z.object({ agreements: z.array(Open) }),
    (c) => c.json(plain({ agreements: readShippedAgreements().map(agreementView) }) as never),
  )
  get(
    '/trust/agreements/{agreement}',
    'One agreement: its terms, and for each act every condition with its words and policy',
    { params: z.object({ agreement: z.string() }) },
    Open,
    (c) => {
      const id = c.req.param('agreement') ?? ''
      const found = readShippedAgreements().find(({ document }) => document.id === id)
      if (found === undefined) return refuse(404, 'unknown_agreement', `No agreement has the name ${id}.`)
      return c.json(plain(agreementView(found)) as never)
    },
  )
  get(
    '/trust/books',
    'Books of the trust in public: balance, liability beside it, state',
    {},
    z.object({ books: z.array(Open) }),
    async (c) => {
      const books = await Promise.all(
        (await listAdopted(shell.db)).map(({ book }) => summary(shell, book, undefined)),
      )
      return c.json({ books } as never)
    },
  )
  get('/trust/books/{book}', 'One book in public, on a day', { params: Named, query: OnDay }, Open, (c) =>
    withBook(shell, c, async (trust, on) => c.json((await summary(shell, trust.book, on)) as never)),
  )
  get(
    '/trust/books/{book}/record',
    'Everything of a book: facts, items, signatures. For those with a duty in it; of a simulation without names for whoever may rehearse',
    { params: Named, query: OnDay },
    Open,
    (c) =>
      withBook(shell, c, async (trust, on) => {
        const refused = unlessReader(c, trust)
        if (refused !== undefined) return refused
        c.header('cache-control', 'private, no-store')
        const view = bookView(trust, trust.rows, await loadDays(shell.db, trust.book), on)
        const reads = (member: string) => mayDo(principalOf(c), 'trust.read', member as Usps)
        return c.json(plain(personsFor(view, reads)) as never)
      }),
  )
  get(
    '/trust/books/{book}/decision',
    'Why this may or may not be done with money on a day',
    { params: Named, query: Question },
    Open,
    (c) => withBook(shell, c, async (trust, on) => decision(c, trust, on)),
  )
  api.route('/', actsApi(shell))
  return api
}

/** What everyone may see of a book: no names, no items, no documents. */
async function summary(shell: Shell, name: string, on: IsoDate | undefined): Promise<Json> {
  const trust = await loadTrust(shell.db, name)
  if (trust === undefined) return null
  const day = on ?? dayOf(trust, shell.now().slice(0, 10) as IsoDate)
  const days = await loadDays(shell.db, name)
  const view = bookView(trust, trust.rows, days, day)
  return plain({ simulation: trust.kind === 'simulation', ...publicPart(view) })
}

function publicPart({ items, facts, adopted_by: _, ...view }: BookView) {
  const waiting = items.filter(({ status }) => status === 'waiting')
  return {
    ...view,
    waiting_items: waiting.length,
    next: [...new Set(waiting.flatMap(({ next }) => next))],
    facts: facts.map(({ id, recorded_at, fact }) => {
      const { kind, on } = fact as { kind: string; on: string }
      return { id, recorded_at, kind, on }
    }),
  }
}

async function withBook(
  shell: Shell,
  c: Context,
  answer: (trust: Loaded, on: IsoDate) => Promise<Response> | Response,
): Promise<Response> {
  const name = c.req.param('book') ?? ''
  const trust = await loadTrust(shell.db, name)
  if (trust === undefined) return refuse(404, 'unknown_book', `No book has the name ${name}.`)
  const asked = c.req.query('on')
  if (asked === undefined) return answer(trust, dayOf(trust, shell.now().slice(0, 10) as IsoDate))
  const on = IsoDate.safeParse(asked)
  return on.success
    ? answer(trust, on.data)
    : refuse(400, 'question_refused', `on: found ${asked}; wanted: YYYY-MM-DD.`)
}

/** Acts and documents are for those with a duty in the book; a simulation may be read by whoever may rehearse. */
function unlessReader(c: Context, { agreement, kind }: Loaded): Response | undefined {
  const principal = principalOf(c)
  const has = (action: 'trust.read' | 'trust.rehearse') =>
    agreement.document.members.some((member) => mayDo(principal, action, member))
  if (has('trust.read') || (kind === 'simulation' && has('trust.rehearse'))) return undefined
  return principal.kind === 'user'
    ? refuse(403, 'not_allowed', 'Who signed what is read by those who have a duty in the trust.')
    : refuse(401, 'sign_in_first', 'Who signed what is read by those who have a duty in the trust.')
}

function decision(c: Context, { agreement, rows }: Loaded, on: IsoDate): Response {
  const action = MONEY_ACTIONS.find((one) => one === c.req.query('action'))
  const cents = c.req.query('amount_cents') ?? '1'
  if (action === undefined)
    return refuse(400, 'question_refused', `action: wanted: one of ${MONEY_ACTIONS.join(', ')}.`)
  if (!/^\d{1,15}$/.test(cents))
    return refuse(400, 'question_refused', `amount_cents: found ${cents}; wanted: whole cents.`)
  const { members, depositor_classes } = agreement.document
  const question = {
    action,
    member: (c.req.query('member')?.toUpperCase() ?? members[0] ?? '') as Usps,
    depositor_class: c.req.query('class') ?? depositor_classes[0]?.id ?? '',
    amount_cents: BigInt(cents),
    deposit_due: on,
  }
  const standing = standingOf(bookOn(rows, on), agreement.document)
  return c.json(plain(decisionView(decide(agreement, standing, question, on))) as never)
}
