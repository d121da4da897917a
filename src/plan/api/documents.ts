import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { leaveFor, principalOf } from '../../access/index.ts'
import { actorOf, problem } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { listedJson, type PlanDocument, type SaveError } from '../documents/documents.ts'
import { findPlan, listPlans, listPlanVersions, savePlan } from '../documents/store.ts'
import { checkedJson, judgePlan, placeOf } from '../judge.ts'
import type { PlanFault } from '../read.ts'
import { planJsonSchema } from '../schema.ts'
import { loadPlanFacts } from '../store.ts'
import { BY_SCHEMA } from './bad-request.ts'
import { DOCUMENT_PROBLEMS, DOCUMENT_ROUTES as ROUTES } from './document-routes.ts'

/** Plans as documents: listed, read, checked, saved; each version for ever. */
export function documentsApi(shell: Shell): OpenAPIHono {
  const api = new OpenAPIHono(BY_SCHEMA)
  const on = (route: object, handle: (c: Context) => Promise<Response> | Response) =>
    api.openapi(route as never, ((c: Context) => handle(c)) as never)
  on(ROUTES.list, async (c) => c.json({ plans: (await listPlans(shell)).map(listedJson) }))
  on(ROUTES.schema, (c) => c.json(planJsonSchema()))
  on(ROUTES.check, (c) => check(c, shell))
  const found = async (c: Context, show: (document: PlanDocument) => Response) => {
    const { id = '', version } = c.req.param() as { readonly id?: string; readonly version?: string }
    const document = await findPlan(shell, id, version === undefined ? undefined : Number(version))
    return document ? show(document) : unknown(id, version)
  }
  on(ROUTES.read, (c) => found(c, (document) => c.json(whole(document))))
  on(ROUTES.version, (c) => found(c, (document) => c.json(whole(document))))
  on(ROUTES.text, (c) => found(c, documentAnswer))
  on(ROUTES.versionText, (c) => found(c, documentAnswer))
  on(ROUTES.versions, (c) => versions(c, shell))
  on(ROUTES.save, (c) => save(c, shell))
  return api
}

/** The document as a file; also what the pages' download gives. */
export const documentAnswer = ({ id, version, text }: PlanDocument): Response =>
  new Response(text, {
    headers: {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="${id}${version > 0 ? `-v${version}` : ''}.plan.yaml"`,
    },
  })

const whole = (document: PlanDocument) => ({
  ...listedJson(document),
  plan: document.read.ok ? document.read.value.plan : null,
})

async function versions(c: Context, shell: Shell): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const document = await findPlan(shell, id)
  if (!document) return unknown(id)
  const rows = (await listPlanVersions(shell, id)).map(({ version, sha256, at, by, why }) => ({
    ...{ version, sha256, why },
    saved_at: at,
    saved_by: by,
  }))
  return c.json({ id, versions: rows })
}

async function check(c: Context, shell: Shell): Promise<Response> {
  const facts = await loadPlanFacts(shell)
  const judged = judgePlan('document', await c.req.text(), facts)
  return judged.ok ? c.json(checkedJson(judged.value, facts.version)) : refusedPlan(judged.error)
}

async function save(c: Context, shell: Shell): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const why = c.req.query('why') ?? ''
  const base = hashIn(c.req.header('if-match'))
  if (base === undefined && c.req.header('if-none-match') !== '*')
    return answer(
      'precondition_required',
      'Send If-None-Match: * for a new plan, or If-Match with the SHA-256 of the version that was changed.',
    )
  const text = await c.req.text()
  const judged = judgePlan('document', text, await loadPlanFacts(shell))
  if (!judged.ok) return refusedPlan(judged.error)
  const { plan, fault } = judged.value.read
  if (plan.id !== id) return refusedPlan([fault({ at: ['id'], wanted: `${id}, the id of the address` })])
  const before = await findPlan(shell, id)
  const places = [plan, ...(before?.read.ok ? [before.read.value.plan] : [])].map(placeOf)
  for (const place of new Set(places)) {
    const leave = leaveFor(c, 'plan.edit', place)
    if (leave === 'sign-in')
      return plain(401, 'sign_in_first', 'Sign in first', 'Saving a plan needs an account.')
    if (leave !== 'yes')
      return plain(403, 'not_allowed', 'Not allowed', `You may not change plans of ${place}.`)
  }
  const saved = await savePlan(shell, { text, base, why, actor: actorOf(principalOf(c)) })
  return saved.ok ? c.json(listedJson(saved.value)) : refusedSave(saved.error)
}

const hashIn = (header: string | undefined): string | undefined =>
  /^\s*(?:W\/)?"?([0-9a-f]{64})"?\s*$/.exec(header ?? '')?.[1]

function refusedSave(error: SaveError): Response {
  switch (error.code) {
    case 'plan_refused':
      return refusedPlan(error.faults)
    case 'saved_since':
      return answer(
        'saved_since',
        `Version ${error.newest.version} was saved by ${error.newest.saved?.by} since. Nothing was written over.`,
        { newest: listedJson(error.newest) },
      )
    case 'id_taken':
      return answer('plan_id_taken', `"${error.id}" is the name of ${error.by} already.`)
    case 'none_saved':
      return answer('unknown_plan', `No version of "${error.id}" was saved here.`)
    case 'no_why':
      return plain(
        400,
        'bad_parameter',
        'A parameter is not what is wanted',
        'why: wanted: 1 to 400 characters.',
      )
  }
}

const refusedPlan = (faults: readonly PlanFault[]): Response =>
  answer('plan_refused', `${faults.length} places are not as wanted. Nothing was stored.`, {
    faults: faults.map(({ path, line, found, wanted }) => ({ path, line, found, wanted })),
  })

const unknown = (id: string, version?: string): Response =>
  answer(
    'unknown_plan',
    `There is no plan "${id}"${version === undefined ? '' : ` with a version ${version}`}.`,
  )

function answer(
  code: (typeof DOCUMENT_PROBLEMS)[number]['code'],
  detail: string,
  extensions: Record<string, unknown> = {},
): Response {
  const kind = DOCUMENT_PROBLEMS.find((one) => one.code === code)
  return plain(kind?.status ?? 400, code, kind?.title ?? code, detail, extensions)
}

const plain = (
  status: number,
  code: string,
  title: string,
  detail: string,
  extensions: Record<string, unknown> = {},
): Response =>
  new Response(JSON.stringify(problem(status, code, title, detail, extensions)), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })
