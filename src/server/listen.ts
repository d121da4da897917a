import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { err, ok, type Result } from '../base/index.ts'
import type { Trouble } from '../db/messages.ts'
import type { ServerEnv } from './env.ts'
import type { ServerSettings } from './settings.ts'

export interface Listener {
  readonly server: Server
  readonly port: number
  /** Requests that are being answered now. */
  readonly running: () => number
  /** Lets another app answer from the next request on. */
  readonly show: (app: Hono<ServerEnv>) => void
}

/** Time for a request's headers, and for all of it: who sends a byte a second is cut off. */
const TIMES = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
} as const
const MOST_HEADERS = 100
const MOST_CONNECTIONS = 2_000

/** Listens before the data is ready, so that an occupied port is told at once. */
export async function listen(
  first: Hono<ServerEnv>,
  settings: ServerSettings,
): Promise<Result<Listener, Trouble>> {
  let app = first
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, env as ServerEnv['Bindings']),
    serverOptions: TIMES,
  }) as Server
  server.maxHeadersCount = MOST_HEADERS
  server.maxConnections = MOST_CONNECTIONS
  refuseUnreadable(server)
  let running = 0
  server.on('request', (_request, response) => {
    running++
    response.once('close', () => running--)
  })
  const failed = await new Promise<NodeJS.ErrnoException | undefined>((done) => {
    server.once('error', done)
    server.listen(settings.port, settings.host, () => done(undefined))
  })
  if (failed !== undefined) return err(troubleOf(failed, settings))
  server.on('error', () => {})
  const { port } = server.address() as AddressInfo
  return ok({ server, port, running: () => running, show: (next) => (app = next) })
}

/** Node's parser refuses what is not HTTP before any app sees it; the answer has the API's form all the same. */
function refuseUnreadable(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy()
    const [status, code, title] =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? ['431 Request Header Fields Too Large', 'headers_too_large', 'Headers too large']
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? ['408 Request Timeout', 'request_too_slow', 'Request too slow']
          : ['400 Bad Request', 'not_http', 'Not HTTP']
    const body = JSON.stringify({
      type: `/api/problems#${code}`,
      title,
      status: Number.parseInt(status, 10),
      detail: `${title}: the connection is closed.`,
      code,
    })
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
  })
  // Expect: anything but 100-continue, and proxy requests, are nobody's here.
  server.on('connect', (_request: IncomingMessage, socket) =>
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n'),
  )
}

function troubleOf(error: NodeJS.ErrnoException, { host, port }: ServerSettings): Trouble {
  if (error.code === 'EADDRINUSE') return { code: 'port_occupied', host, port }
  if (error.code === 'EACCES') return { code: 'port_reserved', port }
  return { code: 'host_not_an_address', value: host, reason: error.code ?? error.message }
}

/** Lets running requests end, for four seconds; connections on which nobody asks anything are cut at once. */
export async function closeListener({ server, running }: Listener): Promise<void> {
  server.close()
  for (let waited = 0; waited < 4_000 && running() > 0; waited += 20) await sleep(20)
  server.closeAllConnections()
}
