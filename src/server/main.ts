import { serve } from '@hono/node-server'
import { messageOf } from '../db/messages.ts'
import { openShell } from '../db/open.ts'
import { dataSettings } from '../db/settings.ts'
import { createApp } from './app.tsx'

const opened = await openShell(dataSettings(process.env), { role: 'server' })
if (!opened.ok) {
  process.stderr.write(`${messageOf(opened.error).words}\n`)
  process.exit(3)
}
const { shell, close } = opened.value
const port = Number(process.env.PORT ?? 4810)
const hostname = process.env.HOST ?? '127.0.0.1'
const server = serve({ fetch: createApp(shell).fetch, port, hostname }, () =>
  process.stdout.write(`Tenth is at http://${hostname}:${port}\n`),
)
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => {
    server.close(() => void close().then(() => process.exit(0)))
  })
