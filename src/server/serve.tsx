import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { Access } from '../access/access-store.ts'
import type { ExitCode } from '../base/index.ts'
import { withFolderErrors } from '../db/folder.ts'
import { connect, migrate, PACKAGE_ROOT, type Shell, systemClock } from '../db/index.ts'
import { messageOf, type Trouble } from '../db/messages.ts'
import { type OpenDatabase, openDatabase } from '../db/open.ts'
import { dataSettings } from '../db/settings.ts'
import { createApp } from './app.tsx'
import { keepAlive } from './keeper.ts'
import { closeListener, type Listener, listen } from './listen.ts'
import { prepareFacts, signHead } from './rooms.ts'
import { type ServerSettings, serverSettings } from './settings.ts'
import { startingApp } from './starting.ts'
import { askedToStop } from './stop.ts'

/** The whole life of a server: opens the data, serves, and closes everything when it is asked to stop. */
export async function serveUntilStopped(env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const stop = askedToStop()
  const settings = serverSettings(env)
  if (!settings.ok) return complain(settings.error)
  const data = dataSettings(env)
  const opened = await openDatabase(data, { role: 'server', address: addressOf(settings.value) })
  if (!opened.ok) return complain(opened.error)
  const keeper = opened.value.cluster && keepAlive(opened.value.cluster, say)
  const { db, pool } = connect(opened.value.url, 20)
  let listener: Listener | undefined
  const shell = { db, dataFolder: data.dataFolder, now: systemClock }
  const access = new Access(shell, settings.value.access, complainOf)
  try {
    const listening = await listen(startingApp(), settings.value)
    if (!listening.ok) return complain(listening.error)
    listener = listening.value
    const ready = prepare(listener, settings.value, opened.value, { shell, pool, access })
    const guarded = await withFolderErrors(data.dataFolder, () => Promise.race([ready, stop]))
    if (!guarded.ok) return complain(guarded.error)
    const refused = guarded.value
    if (refused !== undefined) return complain(refused)
    await stop
    return 0
  } catch (error) {
    complainOf(error)
    return 3
  } finally {
    if (listener) await closeListener(listener)
    await Promise.race([access.close().catch(complainOf), sleep(500)])
    await keeper?.stop()
    await Promise.race([db.destroy(), sleep(500)])
    await opened.value.close()
  }
}

/** Brings schema and facts up to date, then lets requests in. @returns what stands against it */
async function prepare(
  listener: Listener,
  settings: ServerSettings,
  database: OpenDatabase,
  { shell, pool, access }: { readonly shell: Shell; readonly pool: pg.Pool; readonly access: Access },
): Promise<Trouble | undefined> {
  const migrated = await migrate(shell.db)
  if (!migrated.ok) return migrated.error
  const facts = await prepareFacts(shell)
  if (!facts.ok) return facts.error
  await signHead(shell)
  listener.show(
    createApp(shell, {
      limits: settings.limits,
      trustedProxies: settings.trustedProxies,
      gauges: { pool, factsRevision: () => facts.value.revision },
      build: buildId(),
      report: (error) => complainOf(error),
      access,
    }),
  )
  process.stdout.write(`Tenth is at ${addressOf({ ...settings, port: listener.port })}\n`)
  if (database.cluster === undefined) say(`It uses PostgreSQL ${database.postgresVersion} at DATABASE_URL.`)
  return undefined
}

/** The programs' stamp that the build left; two builds never share it. */
function buildId(): string {
  try {
    return createHash('sha256')
      .update(readFileSync(join(PACKAGE_ROOT, 'dist/.programs-stamp')))
      .digest('hex')
      .slice(0, 12)
  } catch {
    return ''
  }
}

function addressOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

const say = (words: string): void => void process.stderr.write(`${words}\n`)

function complain(trouble: Trouble): ExitCode {
  const { exit, words } = messageOf(trouble)
  say(words)
  return exit
}

/** Once a second at most: a database that is away fails every request. */
let silentUntil = 0
function complainOf(error: unknown): void {
  if (Date.now() < silentUntil) return
  silentUntil = Date.now() + 1000
  const { stack, message } = error as Error
  say(`${systemClock()} ${stack ?? message}`)
}
