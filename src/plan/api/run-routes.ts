import { createRoute, z } from '@hono/zod-openapi'
import { MOST_DRAWS } from '../../scenario/index.ts'

/** Codes that only the runs' operations give. */
export const RUN_PROBLEMS = [
  {
    code: 'unknown_run',
    status: 404,
    title: 'No such run',
    advice: 'It may have left for want of room: POST /api/v1/plans/{id}/runs makes it again.',
  },
  {
    code: 'run_not_done',
    status: 409,
    title: 'The run is not done',
    advice: 'See its state under /api/v1/plans/{id}/runs/{key}.',
  },
  {
    code: 'runs_waiting',
    status: 503,
    title: 'Too many runs are waiting',
    advice: 'Try again in a minute.',
  },
] as const

const tags = ['Runs']
const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
})
const refusals = (...statuses: readonly (readonly [number, string])[]) =>
  Object.fromEntries(
    statuses.map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema: Problem } } },
    ]),
  )
const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
})
const csv = (description: string) => ({ description, content: { 'text/csv': { schema: z.string() } } })

const Entry = z
  .object({
    key: z.string().describe('SHA-256 of all that the figures follow from'),
    draws: z.int(),
    seed: z.int(),
    engine: z.string(),
    facts: z.string(),
    made_at: z.string(),
    has_sensitivity: z.boolean().describe('whether it was studied what decides the result'),
  })
  .openapi('RunEntry')
const Status = z
  .object({
    key: z.string(),
    plan: z.string(),
    draws: z.int().nullable(),
    seed: z.int().nullable(),
    state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
    ahead: z.int().describe('runs that are done before this one begins'),
    progress: z
      .object({ stage: z.enum(['futures', 'sensitivity']), done: z.int(), of: z.int() })
      .nullable()
      .describe('months of all futures, then rows of the study'),
    has_figures: z.boolean(),
  })
  .openapi('RunStatus')

const Params = z.object({ id: z.string().describe('id of a plan, such as colorado-payroll-trust') })
const RunParams = Params.extend({ key: z.string().describe('key of a run') })
const NotThere = [404, 'Not there'] as const

const file = (name: string, summary: string, query?: z.ZodObject) =>
  createRoute({
    method: 'get',
    path: `/plans/{id}/runs/{key}/${name}`,
    tags,
    summary,
    request: { params: RunParams, ...(query && { query }) },
    responses: {
      200: csv(summary),
      ...refusals(...(query ? ([[400, 'A parameter is not understood']] as const) : []), NotThere),
    },
  })

export const RUN_ROUTES = {
  list: createRoute({
    method: 'get',
    path: '/plans/{id}/runs',
    tags,
    summary: 'Runs of a plan that are kept, the newest first',
    request: { params: Params },
    responses: { 200: json('Runs', z.object({ runs: z.array(Entry) })), ...refusals(NotThere) },
  }),
  start: createRoute({
    method: 'post',
    path: '/plans/{id}/runs',
    tags,
    summary: 'Ask for a run; one that is kept or going on is joined',
    request: {
      params: Params,
      body: {
        description: 'How many futures, and by which seed',
        content: {
          'application/json': {
            schema: z.object({
              draws: z.int().min(1).max(MOST_DRAWS).default(10_000),
              seed: z.int().nonnegative().default(1),
            }),
          },
        },
      },
    },
    responses: {
      202: json('It waits, goes on or is done; Location leads to its state', Status),
      ...refusals(
        [400, 'The body is not what is wanted'],
        [401, 'Sign in first'],
        [403, 'Not yours to run'],
        NotThere,
        [422, 'The plan does not hold against the facts'],
        [503, 'Too many runs are waiting'],
      ),
    },
  }),
  status: createRoute({
    method: 'get',
    path: '/plans/{id}/runs/{key}',
    tags,
    summary: 'How far a run is',
    request: { params: RunParams },
    responses: { 200: json('State', Status), ...refusals(NotThere) },
  }),
  results: createRoute({
    method: 'get',
    path: '/plans/{id}/runs/{key}/results',
    tags,
    summary: 'A run whole: every figure, what it stands on, and what decides it',
    request: { params: RunParams },
    responses: {
      200: json('The run', z.record(z.string(), z.unknown())),
      ...refusals(NotThere, [409, 'It is not done']),
    },
  }),
  figures: file(
    'figures.csv',
    'Figures by place, metric, view and month',
    z.object({
      place: z.string().optional().describe('codes of states, members, non-members, nation; with commas'),
      metric: z.string().optional().describe('held, exposure, cuts, reserve …; with commas'),
    }),
  ),
  totals: file('totals.csv', 'What the months add up to, by group'),
  outcomes: file('outcomes.csv', 'What the horizon changes in each draw, by group'),
  decides: file('decides.csv', 'What decides the result: swings, and shares of the spread'),
} as const
