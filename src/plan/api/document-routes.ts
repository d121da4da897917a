import { createRoute, z } from '@hono/zod-openapi'

/** Codes that only the documents' operations give. */
export const DOCUMENT_PROBLEMS = [
  { code: 'unknown_plan', status: 404, title: 'No such plan', advice: 'See /api/v1/plans.' },
  {
    code: 'plan_refused',
    status: 422,
    title: 'The document is not a plan that holds',
    advice: '`faults` names each place: its path and line, what was found, what is wanted.',
  },
  {
    code: 'saved_since',
    status: 412,
    title: 'Somebody has saved since',
    advice: 'Read the newest version, join your change to it, and send its SHA-256 as If-Match.',
  },
  {
    code: 'plan_id_taken',
    status: 409,
    title: 'The name is in use',
    advice: 'Choose another id, or send If-Match with the SHA-256 of the version that you changed.',
  },
  {
    code: 'precondition_required',
    status: 428,
    title: 'Say what you change',
    advice:
      'Send If-None-Match: * for a new plan, or If-Match with the SHA-256 of the version that you changed.',
  },
] as const

const tags = ['Plans']
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
const yaml = (description: string) => ({
  description,
  content: { 'application/yaml': { schema: z.string() } },
})

const Version = z
  .object({
    version: z.int().describe('from 1'),
    sha256: z.string().describe('SHA-256 of the document in UTF-8'),
    saved_at: z.string(),
    saved_by: z.string(),
    why: z.string(),
  })
  .openapi('PlanVersion')
const Listed = z
  .object({
    id: z.string(),
    origin: z.enum(['shipped', 'saved']).describe('whether it comes with the project or was saved here'),
    version: z.int().describe('newest version; 0 for a plan that comes with the project'),
    sha256: z.string(),
    title: z.string().nullable(),
    members: z.array(z.string()),
    first_month: z.string().nullable(),
    months: z.int().nullable(),
    measures: z.int(),
    saved_at: z.string().nullable(),
    saved_by: z.string().nullable(),
    why: z.string().nullable(),
    set_aside: z.boolean(),
  })
  .openapi('PlanListed')
const Whole = Listed.extend({
  plan: z.record(z.string(), z.unknown()).nullable().describe('the document by its JSON Schema'),
}).openapi('PlanDocument')
const Checked = z
  .object({
    id: z.string(),
    facts: z.string().describe('revisions of the facts that it was held against'),
    measures: z.array(z.record(z.string(), z.unknown())),
    left_out: z.array(z.object({ usps: z.string(), missing: z.array(z.string()) })),
  })
  .openapi('PlanChecked')

const Params = z.object({ id: z.string().describe('id of a plan, such as colorado-payroll-trust') })
const VersionParams = Params.extend({
  version: z.string().regex(/^\d{1,9}$/, 'wanted: a number of a version'),
})
const Body = {
  content: {
    'application/yaml': { schema: z.string() },
    'application/json': { schema: z.record(z.string(), z.unknown()) },
  },
}

export const DOCUMENT_ROUTES = {
  list: createRoute({
    method: 'get',
    path: '/plans',
    tags,
    summary: 'Every plan: those of the project, and those saved here',
    responses: { 200: json('Plans', z.object({ plans: z.array(Listed) })) },
  }),
  schema: createRoute({
    method: 'get',
    path: '/plans/schema.json',
    tags,
    summary: 'The JSON Schema of a plan document',
    responses: { 200: json('JSON Schema 2020-12', z.record(z.string(), z.unknown())) },
  }),
  check: createRoute({
    method: 'post',
    path: '/plans/check',
    tags,
    summary: 'Hold a document against the schema and the facts; nothing is stored',
    request: { body: { description: 'A plan document', ...Body } },
    responses: {
      200: json('It holds', Checked),
      ...refusals([422, 'It does not; `faults` says where and why']),
    },
  }),
  read: createRoute({
    method: 'get',
    path: '/plans/{id}',
    tags,
    summary: 'One plan in its newest version',
    request: { params: Params },
    responses: { 200: json('The plan', Whole), ...refusals([404, 'Not there']) },
  }),
  text: createRoute({
    method: 'get',
    path: '/plans/{id}/document.yaml',
    tags,
    summary: 'The document of a plan, byte for byte',
    request: { params: Params },
    responses: { 200: yaml('The document'), ...refusals([404, 'Not there']) },
  }),
  save: createRoute({
    method: 'put',
    path: '/plans/{id}',
    tags,
    summary: 'Save a document as the next version of a plan',
    request: {
      params: Params,
      query: z.object({
        why: z.string().min(1).max(400).describe('why it is saved, for those who read it later'),
      }),
      headers: z.object({
        'if-match': z.string().optional().describe('SHA-256 of the version that was changed, in quotes'),
        'if-none-match': z.string().optional().describe('* for a new plan'),
      }),
      body: { description: 'A plan document whose id is that of the address', ...Body },
    },
    responses: {
      200: json('The version that now is the newest', Listed),
      ...refusals(
        [401, 'Sign in first'],
        [403, 'Not yours to change'],
        [409, 'The name is in use'],
        [412, 'Somebody has saved since; `newest` is their version'],
        [422, 'The document does not hold'],
        [428, 'Neither If-Match nor If-None-Match'],
      ),
    },
  }),
  versions: createRoute({
    method: 'get',
    path: '/plans/{id}/versions',
    tags,
    summary: 'Versions of a saved plan, the newest first',
    request: { params: Params },
    responses: {
      200: json('Versions', z.object({ id: z.string(), versions: z.array(Version) })),
      ...refusals([404, 'Not there']),
    },
  }),
  version: createRoute({
    method: 'get',
    path: '/plans/{id}/versions/{version}',
    tags,
    summary: 'One version of a plan',
    request: { params: VersionParams },
    responses: { 200: json('The plan', Whole), ...refusals([404, 'Not there']) },
  }),
  versionText: createRoute({
    method: 'get',
    path: '/plans/{id}/versions/{version}/document.yaml',
    tags,
    summary: 'The document of one version, byte for byte',
    request: { params: VersionParams },
    responses: { 200: yaml('The document'), ...refusals([404, 'Not there']) },
  }),
} as const
