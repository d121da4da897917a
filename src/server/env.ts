import type { BlockList } from 'node:net'
import { isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import type { Principal } from '../base/index.ts'
import type { Lang } from '../ui/index.ts'

/** What the server's own middleware knows about a request. */
export interface ServerEnv {
  Bindings: HttpBindings
  Variables: {
    lang: Lang
    address: string
    isSecure: boolean
    /** Whether the person at the machine itself asks, under its own name and through no proxy that we do not know. */
    isAtMachine: boolean
    principal: Principal
  }
}

/**
 * Who asks, and whether over TLS. X-Forwarded-For is read from its end: each trusted proxy has added the address
 * that it saw, so the first address that is not a trusted proxy's is the asker's.
 */
export const asker =
  (trusted: BlockList): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    const socket = c.env?.incoming?.socket
    const direct = plain(socket?.remoteAddress ?? '127.0.0.1')
    const behindProxy = isTrusted(trusted, direct)
    const hops = behindProxy
      ? (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
      : []
    const asked = hops.reverse().find((hop) => isIP(plain(hop)) !== 0 && !isTrusted(trusted, plain(hop)))
    c.set('address', plain(asked ?? direct))
    c.set('isSecure', behindProxy && c.req.header('x-forwarded-proto') === 'https')
    c.set(
      'isAtMachine',
      isLoopback(c.get('address')) && isOwnName(c) && (behindProxy ? asked !== undefined : !isForwarded(c)),
    )
    await next()
  }

const isTrusted = (trusted: BlockList, address: string): boolean => {
  const version = isIP(address)
  return version !== 0 && trusted.check(address, version === 4 ? 'ipv4' : 'ipv6')
}

/** A page of another site can point its own name at this machine; it cannot take the machine's. */
const isOwnName = (c: Context): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(
    c.req.header('host') ?? new URL(c.req.url).host,
  )

const isForwarded = (c: Context): boolean =>
  ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => c.req.header(name) !== undefined)

const isLoopback = (address: string): boolean => /^(?:127\.|::1$)/.test(address)

/** An IPv4 address seen through an IPv6 socket is the IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '')

export const isApi = (c: Context): boolean => c.req.path === '/api' || c.req.path.startsWith('/api/')
