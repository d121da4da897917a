import { Hono } from 'hono'
import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import { findMigrations } from '../db/migrate.ts'
import type { ServerEnv } from './env.ts'
import type { Gauges, Metrics } from './metrics.ts'

/** A database that does not answer in this time is not ready. */
const PATIENCE_MILLIS = 2_000

/** For those who watch the server: `/healthz` the process lives, `/readyz` it can answer, `/metrics` how it fares. */
export function healthRoutes(db: Db, metrics: Metrics, gauges: Gauges): Hono<ServerEnv> {
  return new Hono<ServerEnv>()
    .get('/healthz', (c) => c.text('ok', 200, { 'Cache-Control': 'no-store' }))
    .get('/readyz', async (c) => {
      const state = await withPatience(look(db))
      return c.json({ ready: state === 'ready', database: state }, state === 'ready' ? 200 : 503, {
        'Cache-Control': 'no-store',
      })
    })
    .get('/metrics', (c) =>
      c.body(metrics.text(gauges), 200, {
        'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
        'Cache-Control': 'no-store',
      }),
    )
}

type State = 'ready' | 'away' | 'migrations_pending' | 'newer_than_this_version'

async function look(db: Db): Promise<State> {
  try {
    const { rows } = await sql<{ name: string }>`select name from migration`.execute(db)
    const known = new Set(findMigrations().map((m) => m.name))
    if (rows.some((row) => !known.has(row.name))) return 'newer_than_this_version'
    return rows.length === known.size ? 'ready' : 'migrations_pending'
  } catch {
    return 'away'
  }
}

const withPatience = (state: Promise<State>): Promise<State> =>
  Promise.race([state, new Promise<State>((done) => setTimeout(() => done('away'), PATIENCE_MILLIS).unref())])
