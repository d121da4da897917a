import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import type { Lang, PageEnv } from '../ui/index.ts'
import { auditPages } from './pages.tsx'
import { appendAll } from './store.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let shell: Shell
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  const dataFolder = mkdtempSync(join(tmpdir(), 'tenth-audit-'))
  shell = { db: database.db, dataFolder, now: () => '2026-11-22T01:02:03.456Z' as Instant }
})
afterAll(async () => {
  await database.close()
  rmSync(shell.dataFolder, { recursive: true })
})

async function get(path: string, lang: Lang = 'en') {
  const site = new Hono<PageEnv>()
    .use(async (c, next) => {
      c.set('lang', lang)
      await next()
    })
    .route('/', auditPages(shell))
  const response = await site.request(path)
  return { status: response.status, html: await response.text() }
}

test('a log with only its key is shown, signed', async () => {
  const { status, html } = await get('/audit')
  expect(status).toBe(200)
  expect(html).toContain('The log received its signing key')
  expect(html).toMatch(/— tenth\.local\/[0-9a-f]{8} /)
})

describe('with events', () => {
  beforeAll(() =>
    database.db.transaction().execute((tx) =>
      appendAll(
        tx,
        Array.from({ length: 60 }, (_, i) => ({
          at: '2026-11-22T00:00:00.000Z' as Instant,
          actor: '<b>operator</b>',
          kind: 'registry.record.added' as const,
          subject: `"><script>alert(${i})</script>`,
          payload: { record_kind: 'measure', version: 1, sha256: 'ef'.repeat(32) },
        })),
      ),
    ),
  )

  test('the newest are told in sentences, older ones are a link away', async () => {
    const { html } = await get('/audit')
    expect(html).toContain('/audit/events/60"')
    expect(html).toContain('/audit/events/36"')
    expect(html).not.toContain('/audit/events/35"')
    const older = await get('/audit?from=35')
    expect(older.html).toContain('/audit/events/35"')
    expect(older.html).not.toContain('/audit/events/36"')
  })

  test('what someone logged is text, never markup', async () => {
    for (const path of ['/audit', '/audit/events/7']) {
      const { html } = await get(path)
      expect(html).not.toContain('<script>alert')
      expect(html).not.toContain('<b>operator')
      expect(html).toContain('&lt;script&gt;alert')
    }
  })

  test('an event’s page shows its proof in the signed head', async () => {
    const { status, html } = await get('/audit/events/7')
    expect(status).toBe(200)
    expect(html).toContain('These 6 hashes join the event to the root of the signed head of 61 events.')
    expect(html.match(/<td[^>]*><div class="cell">(left|right)/g)).toHaveLength(6)
  })

  test('pages speak Spanish and link to Spanish pages', async () => {
    const { html } = await get('/audit', 'es')
    expect(html).toContain('<html lang="es">')
    expect(html).toContain('Registro de auditoría')
    expect(html).toContain('href="/es/audit/events/60"')
    expect((await get('/audit/events/7', 'es')).html).toContain('Estos 6 hashes unen el evento')
  })

  test.each([
    { path: '/audit/events/61', status: 404 },
    { path: '/audit/events/-1', status: 404 },
    { path: '/audit/events/%3Cscript%3E', status: 404 },
    { path: '/audit/events/99999999999999999999', status: 404 },
    { path: '/audit?from=x', status: 400 },
  ])('$path is refused with $status and says how many there are', async ({ path, status }) => {
    const refused = await get(path)
    expect(refused.status).toBe(status)
    expect(refused.html).toContain('The log holds 61 events')
    expect(refused.html).not.toContain('<script>')
  })

  test('without its key, the page still shows the log and says what the operator must do', async () => {
    await database.db.transaction().execute((tx) =>
      appendAll(tx, [
        {
          at: '2026-11-22T00:00:00.000Z' as Instant,
          actor: 'operator',
          kind: 'fiscal.import.loaded',
          subject: 'figures.csv',
          payload: { sha256: 'ef'.repeat(32), rows: 3 },
        },
      ]),
    )
    rmSync(join(shell.dataFolder, 'audit.key'))
    const { status, html } = await get('/audit')
    expect(status).toBe(200)
    expect(html).toContain('its key is not in place')
    expect(html).not.toContain(shell.dataFolder)
    expect((await get('/audit/events/61')).html).toContain('The head cannot be signed now')
  })
})
