import type { Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Problem, problem } from '../base/index.ts'
import { isDatabaseAway } from '../db/away.ts'
import { isApi, type ServerEnv } from './env.ts'
import { FailurePage } from './failure-page.tsx'

/** A request that middleware refuses: the problem, and the headers that go with it. */
export class Refused extends Error {
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>
  constructor(refusal: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(refusal.detail)
    this.problem = refusal
    this.headers = headers
  }
}

/** A record of ours near to an address that leads nowhere. */
export interface Near {
  readonly path: string
  readonly title: string
}

export interface FailureOptions {
  /** Told of every failure that is our own mistake or the database's absence. */
  readonly report: (error: unknown) => void
  readonly nearMatches: (path: string) => Promise<readonly Near[]>
}

const AWAY = problem(
  503,
  'database_away',
  'The database does not answer',
  'The database does not answer for now. Nothing that was saved before is lost. Try again in a few seconds; after a change, look first whether it is there.',
)
const MISTAKE = problem(
  500,
  'internal_error',
  'Our mistake',
  'Tenth made a mistake with this request. Nothing was half saved. The operator finds it in the log.',
)

/** Every error of the API as RFC 9457 problem details, every error of a page as a page. */
export function handleFailures(app: Hono<ServerEnv>, options: FailureOptions): void {
  app.onError((error, c) => {
    const refused = refusalOf(error)
    if (refused.problem.status >= 500) options.report(error)
    return answer(c, refused.problem, [], refused.headers)
  })
  app.notFound(async (c) => {
    const trimmed = `/${c.req.path.replace(/^\/+|\/+$/g, '')}`
    if (trimmed !== c.req.path && allowedMethods(app, trimmed).includes(c.req.method))
      return c.redirect(trimmed + new URL(c.req.url).search, 301)
    const allow = allowedMethods(app, c.req.path)
    if (allow.length > 0 && !allow.includes(c.req.method)) {
      const detail = `${c.req.method} is not possible here; wanted: ${allow.join(' or ')}.`
      const refusal = problem(405, 'method_not_allowed', 'Method not allowed', detail, { allow })
      return answer(c, refusal, [], { Allow: allow.join(', ') })
    }
    const path = decodeURI(c.req.path)
    const near = isApi(c) ? [] : await options.nearMatches(path).catch(() => [])
    const detail = isApi(c)
      ? `There is nothing at ${path}. The API is described at /api.`
      : `There is no page at ${path}.`
    return answer(c, problem(404, 'not_found', 'Not found', detail), near)
  })
}

/**
 * SQLSTATE 53100: disk full; 53200: out of memory; 57014: a statement took too long; 22021, 22P05: characters that no
 * text column can hold; 25006: read-only database.
 */
function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error
  if (error instanceof HTTPException && error.status < 500)
    return new Refused(
      problem(
        error.status,
        codeOf(error.status),
        titleOf(error.status),
        error.message || titleOf(error.status),
      ),
    )
  if (isDatabaseAway(error)) return new Refused(AWAY, { 'Retry-After': '2' })
  const { code } = error as { code?: string }
  if (code === '53100' || code === 'ENOSPC')
    return new Refused(
      problem(
        503,
        'disk_full',
        'The disk is full',
        'The disk of the database is full. Nothing that was saved before is lost; this request saved nothing. The operator must make room.',
      ),
    )
  if (code === '57014')
    return new Refused(
      problem(
        503,
        'took_too_long',
        'This took too long',
        'The question took the database too long, and was given up. Narrow it.',
      ),
    )
  if (code === '22021' || code === '22P05')
    return new Refused(
      problem(400, 'not_text', 'Not text', 'A value holds characters that are not text, such as NUL.'),
    )
  return new Refused(MISTAKE)
}

const titleOf = (status: number): string =>
  ({
    400: 'Bad request',
    401: 'Sign in first',
    403: 'Not allowed',
    404: 'Not found',
    413: 'Request too large',
    415: 'Media type not supported',
  })[status] ?? 'Refused'
const codeOf = (status: number): string =>
  ({
    400: 'bad_request',
    401: 'sign_in_first',
    403: 'not_allowed',
    404: 'not_found',
    413: 'body_too_large',
    415: 'media_type',
  })[status] ?? 'refused'

export async function answer(
  c: Context<ServerEnv>,
  refusal: Problem,
  near: readonly Near[] = [],
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const status = refusal.status as ContentfulStatusCode
  c.header('Cache-Control', 'no-store')
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  if (isApi(c))
    return c.json({ ...refusal, instance: c.req.path }, status, {
      'Content-Type': 'application/problem+json',
    })
  return c.html(<FailurePage refusal={refusal} lang={langOf(c)} path={c.req.path} near={near} />, status)
}

const langOf = (c: Context<ServerEnv>) => (/^\/es(\/|$)/.test(c.req.path) ? 'es' : 'en')

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** The methods that some route takes at this path; middleware, which takes all, does not count. */
export function allowedMethods(app: Hono<ServerEnv>, path: string): readonly string[] {
  const found = METHODS.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => (route as { method: string }).method === method),
  )
  return found.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}
