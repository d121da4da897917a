import { BlockList } from 'node:net'
import { performance } from 'node:perf_hooks'
import { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { sql } from 'kysely'
import { Access } from '../access/access-store.ts'
import { type Shell, systemClock } from '../db/index.ts'
import type { PageEnv } from '../ui/index.ts'
import { apiDocuments } from './api-docs.tsx'
import { knowAsker } from './asker.tsx'
import { asker, type ServerEnv } from './env.ts'
import { handleFailures } from './failures.tsx'
import { healthRoutes } from './health.ts'
import { type Gauges, Metrics } from './metrics.ts'
import { SERVER_PROBLEMS } from './problems.ts'
import { rateLimit } from './rate-limit.ts'
import { bodySize, readableUrl } from './request-limits.ts'
import { compress, responseCache } from './response-cache.ts'
import { apis, nearMatches, pages, ROOM_PROBLEMS } from './rooms.ts'
import { securityHeaders } from './security-headers.ts'
import { DEFAULT_LIMITS, type Limits } from './settings.ts'
import { staticFiles } from './static-files.ts'

export interface AppOptions {
  readonly limits?: Partial<Limits>
  readonly trustedProxies?: BlockList
  readonly gauges?: Gauges
  /** Changes with the program: nothing made by an older one is shown. */
  readonly build?: string
  readonly report?: (error: unknown) => void
  /** Who knows who asks; one with the usual settings where none is given. */
  readonly access?: Access
}

const NO_GAUGES: Gauges = {
  pool: { totalCount: 0, idleCount: 0, waitingCount: 0 },
  factsRevision: () => undefined,
}

/** Joins every room's pages and API; decides nothing. */
export function createApp(shell: Shell, options: AppOptions = {}): Hono<ServerEnv> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const now = () => performance.now()
  const metrics = new Metrics()
  const access = options.access ?? new Access(shell)
  const app = new Hono<ServerEnv>({ strict: true })
  handleFailures(app, {
    report: options.report ?? (() => {}),
    nearMatches: (path) => nearMatches(shell, path),
  })
  app.use(asker(options.trustedProxies ?? new BlockList()), metrics.middleware(now), securityHeaders())
  app.use(readableUrl(limits))
  app.route('/', healthRoutes(shell.db, metrics, options.gauges ?? NO_GAUGES))
  app.use(rateLimit(limits, now), bodySize(limits))
  app.route('/assets', staticFiles())
  app.use(async (c, next) => {
    await next()
    if (c.res.status !== 200) compress(c)
  })
  app.use(
    responseCache({
      revision: () => dataRevision(shell),
      build: options.build ?? '',
      today: () => systemClock().slice(0, 10),
      mostBytes: limits.cacheBytes,
      counted: metrics.countCache,
    }),
  )
  app.use(knowAsker(access))
  const api = new OpenAPIHono()
  for (const room of apis(shell)) api.route('/api/v1', room)
  app.route('/', api)
  const documents = apiDocuments(api, [...SERVER_PROBLEMS, ...ROOM_PROBLEMS])
  app.route('/', documents.data)
  for (const [path, lang] of [
    ['/es', 'es'],
    ['/', 'en'],
  ] as const) {
    const site = new Hono<PageEnv>()
    site.use(async (c, next) => {
      c.set('lang', lang)
      await next()
    })
    for (const room of [...pages(shell, access), documents.pages]) site.route('/', room)
    app.route(path, site)
  }
  return app
}

/**
 * A PostgreSQL snapshot names exactly the transactions whose work it sees: two equal ones see the same data.
 * So it stands for the state of all tables, at the price of one query that reads none.
 */
export async function dataRevision(shell: Pick<Shell, 'db'>): Promise<string> {
  const { rows } = await sql<{ revision: string }>`select pg_current_snapshot()::text as revision`.execute(
    shell.db,
  )
  return rows[0]?.revision ?? ''
}
