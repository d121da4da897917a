import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Instant } from '../base/index.ts'
import { holdCluster } from '../db/embedded.ts'
import { connect, migrate } from '../db/index.ts'
import { messageOf } from '../db/messages.ts'
import { prepareFacts } from './rooms.ts'

/** One real PostgreSQL for the whole run, with two templates: the bare schema, and the schema with the facts. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'tenth-test-'))
  const started = await holdCluster(folder, { role: 'command' }, { isThrowaway: true })
  if (!started.ok) throw new Error(JSON.stringify(started.error))
  process.env.TENTH_TEST_SERVER = started.value.url('').replace(/\/$/, '')
  const admin = connect(started.value.url('postgres'), 1)
  await sql.raw('create database template_empty').execute(admin.db)
  const template = connect(started.value.url('template_empty'), 1)
  const migrated = await migrate(template.db)
  if (!migrated.ok) throw new Error(JSON.stringify(migrated.error))
  await template.db.destroy()
  await sql.raw('create database template_full template template_empty').execute(admin.db)
  const full = connect(started.value.url('template_full'), 1)
  const now = () => '2026-11-22T00:00:00.000Z' as Instant
  const facts = await prepareFacts({ db: full.db, dataFolder: folder, now })
  if (!facts.ok) throw new Error(messageOf(facts.error).words)
  await full.db.destroy()
  await admin.db.destroy()
  return async () => {
    await started.value.release()
    rmSync(folder, { recursive: true, force: true })
  }
}
