import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { streamText } from 'hono/streaming'
import { badParameters, canonicalJson, type Json, problem } from '../base/index.ts'
import { PACKAGE_ROOT, type Shell } from '../db/index.ts'
import { EventKind } from './events.ts'
import { loadVerifier, openSigner } from './keys.ts'
import { messageOf, publicWordsOf } from './messages.ts'
import { type ProveError, prove, proveConsistency } from './prove.ts'
import { publish } from './publish.ts'
import { Envelope, Sha256Hex } from './schema.ts'
import { loadEvent, loadEvents, loadHead, streamEvents } from './store.ts'

const MOST = 1000

const whole = (wanted: string, example: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `wanted: ${wanted}, as a whole number`)
    .openapi({ example })
const number = (text: string) => Number(text)
const seq = whole('the number of an event, from 0', '0').transform(number)
const size = whole('a number of events', '1').transform(number)

const Event = Envelope.extend({
  payload: z.any().openapi({ description: 'whatever JSON the kind of event carries' }),
  leaf_hash: Sha256Hex,
}).openapi('AuditEvent')

const Events = z
  .object({
    size: z.int().openapi({ description: 'how many events the whole log holds' }),
    events: z.array(Event),
    next: z.string().nullable().openapi({ description: 'where the rest is; null at the end' }),
  })
  .openapi('AuditEvents')

const EventProof = z
  .object({
    event: Event,
    leaf: z.string().openapi({ description: 'the bytes of the leaf, as text in UTF-8' }),
    leaf_hash: Sha256Hex,
    index: z.int(),
    tree_size: z.int(),
    audit_path: z.array(Sha256Hex),
    root: Sha256Hex,
    checkpoint: z
      .string()
      .nullable()
      .openapi({ description: 'signed note; null if that size was never signed' }),
    vkey: z.string().nullable(),
  })
  .openapi('AuditProof')

const HeadProof = z
  .object({
    from: z.int(),
    to: z.int(),
    from_root: Sha256Hex,
    to_root: Sha256Hex,
    path: z.array(Sha256Hex),
    from_checkpoint: z.string().nullable(),
    to_checkpoint: z.string().nullable(),
    from_vkey: z.string().nullable(),
    to_vkey: z.string().nullable(),
  })
  .openapi('AuditConsistency')

const Filter = z.object({
  kind: z.enum(EventKind.options, 'wanted: a kind of event, as docs/audit-events.md lists them').optional(),
  subject: z.string().min(1).max(500).optional(),
  from: seq.optional().openapi({ description: 'first event to list; with order=desc the newest' }),
})

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    parameter: z.string().optional(),
    found: z.string().optional(),
    wanted: z.string().optional(),
    errors: z.array(z.object({ parameter: z.string(), found: z.string(), wanted: z.string() })).optional(),
  })
  .openapi('Problem')

const text = (description: string) => ({ description, content: { 'text/plain': { schema: z.string() } } })
const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
})
const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})
const bad = { 400: refusal('A parameter is not what is wanted') }
const absent = { 404: refusal('No such event, or a size beyond the log') }
const unsigned = { 503: refusal('The head cannot be signed now: the key is missing or the log was damaged') }
const tags = ['audit']

const routes = {
  checkpoint: createRoute({
    method: 'get',
    path: '/audit/checkpoint',
    tags,
    summary: 'The signed head of the log (C2SP tlog-checkpoint)',
    responses: { 200: text('A signed note'), ...unsigned },
  }),
  key: createRoute({
    method: 'get',
    path: '/audit/key',
    tags,
    summary: 'The public key that verifies signed heads (C2SP signed-note verifier key)',
    responses: { 200: text('name+id+key'), ...unsigned },
  }),
  events: createRoute({
    method: 'get',
    path: '/audit/events',
    tags,
    summary: 'Events, a page at a time',
    request: {
      query: Filter.extend({
        order: z.enum(['asc', 'desc'], 'wanted: asc or desc').default('asc'),
        limit: whole('how many events', '100')
          .transform(number)
          .refine((n) => n >= 1 && n <= MOST, `wanted: 1 to ${MOST}`)
          .default(100),
      }),
    },
    responses: { 200: json('Events', Events), ...bad },
  }),
  lines: createRoute({
    method: 'get',
    path: '/audit/events.jsonl',
    tags,
    summary: 'The log as JSON Lines, oldest first',
    request: { query: Filter },
    responses: {
      200: { description: 'One event a line', content: { 'application/jsonl': { schema: z.string() } } },
      ...bad,
    },
  }),
  event: createRoute({
    method: 'get',
    path: '/audit/events/{seq}',
    tags,
    summary: 'One event',
    request: { params: z.object({ seq }) },
    responses: { 200: json('The event', Event), ...bad, ...absent },
  }),
  proof: createRoute({
    method: 'get',
    path: '/audit/events/{seq}/proof',
    tags,
    summary: 'A proof that the event is in the log (RFC 6962)',
    request: { params: z.object({ seq }), query: z.object({ size: size.optional() }) },
    responses: { 200: json('The proof', EventProof), ...bad, ...absent, ...unsigned },
  }),
  verifier: createRoute({
    method: 'get',
    path: '/audit/verifier.mjs',
    tags,
    summary: 'A program of one file that checks proofs and exports; it shares nothing with this one',
    responses: {
      200: { description: 'A script for Node', content: { 'text/javascript': { schema: z.string() } } },
    },
  }),
  consistency: createRoute({
    method: 'get',
    path: '/audit/consistency',
    tags,
    summary: 'A proof that an older head is the beginning of a newer one (RFC 6962)',
    request: { query: z.object({ from: size, to: size.optional() }) },
    responses: { 200: json('The proof', HeadProof), ...bad, ...absent, ...unsigned },
  }),
}

const PROBLEM = { 'content-type': 'application/problem+json' }

const TITLES = {
  404: 'Not in the log',
  503: 'The log cannot sign now',
}

/** Codes that this room's operations give, for the page that lists them. */
export const auditProblems = [
  {
    code: 'unknown_event',
    status: 404,
    title: TITLES[404],
    advice: 'Events are numbered from 0; `size` of /api/v1/audit/events says how many there are.',
  },
  {
    code: 'size_out_of_range',
    status: 404,
    title: TITLES[404],
    advice: 'Ask for a tree of no more events than the log holds, and of more than the event’s number.',
  },
  ...['log_shorter', 'log_forked', 'key_event_gone'].map((code) => ({
    code,
    status: 503,
    title: 'The log was damaged',
    advice: 'Keep the last head that you have. The operator must restore the log from a backup.',
  })),
  ...['key_missing', 'key_unknown', 'key_unreadable', 'key_exposed', 'origin_invalid'].map((code) => ({
    code,
    status: 503,
    title: TITLES[503],
    advice: 'The operator must give the log its signing key; earlier heads and proofs stay good.',
  })),
]

const factsOf = (error: ProveError) =>
  error.code === 'unknown_event'
    ? {
        parameter: 'seq',
        found: String(error.seq),
        wanted: `the number of an event, less than ${error.size}`,
      }
    : {}

function refuse(error: ProveError) {
  const status = messageOf(error).status
  return { body: problem(status, error.code, TITLES[status], publicWordsOf(error), factsOf(error)), status }
}

const refuseInput = (issues: readonly z.core.$ZodIssue[], c: Context) => {
  const faults = issues.map(({ path, message }) => {
    const parameter = path.join('.')
    const found = c.req.query(parameter) ?? c.req.param(parameter) ?? ''
    return { parameter, found: found.slice(0, 120), wanted: message.replace(/^wanted: /, '') }
  })
  return c.json(badParameters(faults), 400, PROBLEM)
}

/** The log's public door. Reading the head signs it, if something was logged since the last signature. */
export const auditApi = (shell: Shell): OpenAPIHono => {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => (result.success ? undefined : refuseInput(result.error.issues, c)),
  })
  app.openapi(routes.checkpoint, async (c) => {
    const head = await publish(shell)
    if (head.ok) return c.text(head.value.note, 200, { 'cache-control': 'no-cache' })
    const { body } = refuse(head.error)
    return c.json(body, 503, PROBLEM)
  })
  app.openapi(routes.key, async (c) => {
    const named = await loadVerifier(shell.db)
    const key = named ? { ok: true as const, value: named } : await openSigner(shell)
    if (key.ok) return c.text(`${key.value.vkey}\n`, 200)
    return c.json(refuse(key.error).body, 503, PROBLEM)
  })
  app.openapi(routes.events, async (c) => {
    const filter = c.req.valid('query')
    const [head, found] = await Promise.all([
      loadHead(shell.db),
      loadEvents(shell.db, { ...filter, limit: filter.limit + 1 }),
    ])
    const next = found[filter.limit]?.seq
    return c.json(
      { size: head.size, events: found.slice(0, filter.limit), next: nextPage(c.req.url, next) },
      200,
    )
  })
  app.openapi(routes.lines, (c) => {
    c.header('content-type', 'application/jsonl; charset=utf-8')
    const events = streamEvents(shell.db, c.req.valid('query'))
    const response = streamText(c, async (stream) => {
      for await (const event of events) {
        if (stream.aborted) return
        await stream.write(`${canonicalJson(event as unknown as Json)}\n`)
      }
    })
    response.headers.set('content-type', 'application/jsonl; charset=utf-8')
    return response as never
  })
  app.openapi(routes.event, async (c) => {
    const asked = c.req.valid('param').seq
    const event = await loadEvent(shell.db, asked)
    if (event !== undefined) return c.json(event, 200)
    const { size: held } = await loadHead(shell.db)
    return c.json(refuse({ code: 'unknown_event', seq: asked, size: held }).body, 404, PROBLEM)
  })
  app.openapi(routes.proof, async (c) => {
    const proof = await prove(shell, c.req.valid('param').seq, c.req.valid('query').size)
    if (proof.ok) return c.json({ ...proof.value, audit_path: [...proof.value.audit_path] }, 200)
    const { body, status } = refuse(proof.error)
    return c.json(body, status, PROBLEM)
  })
  app.openapi(routes.verifier, (c) =>
    c.body(readFileSync(join(PACKAGE_ROOT, 'docs/audit-verifier.mjs'), 'utf8'), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'content-disposition': 'attachment; filename="audit-verifier.mjs"',
    }),
  )
  app.openapi(routes.consistency, async (c) => {
    const { from, to } = c.req.valid('query')
    const proof = await proveConsistency(shell, from, to)
    if (proof.ok) return c.json({ ...proof.value, path: [...proof.value.path] }, 200)
    const { body, status } = refuse(proof.error)
    return c.json(body, status, PROBLEM)
  })
  return app
}

function nextPage(url: string, next: number | undefined): string | null {
  if (next === undefined) return null
  const { pathname, searchParams } = new URL(url)
  searchParams.set('from', String(next))
  return `${pathname}?${searchParams}`
}
