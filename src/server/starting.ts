import { Hono } from 'hono'
import { problem } from '../base/index.ts'
import type { ServerEnv } from './env.ts'
import { answer } from './failures.tsx'

/** What answers while the schema and the facts are brought up to date. */
export function startingApp(): Hono<ServerEnv> {
  const starting = problem(503, 'starting', 'Starting', 'Tenth is starting. Try again in a second.')
  return new Hono<ServerEnv>()
    .get('/healthz', (c) => c.text('ok'))
    .get('/readyz', (c) => c.json({ ready: false, database: 'starting' }, 503))
    .all('*', (c) => answer(c, starting, [], { 'Retry-After': '1' }))
}
