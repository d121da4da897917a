import { Hono } from 'hono'
import type { Shell } from '../db/index.ts'

/** Joins every room's pages and API; decides nothing. */
export function createApp(_shell: Shell): Hono {
  return new Hono().get('/healthz', (c) => c.text('ok'))
}
