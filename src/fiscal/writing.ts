import type { Context } from 'hono'

/**
 * Whether a form may change anything: only from the machine that runs the workbench, until people can sign in, and
 * never from a page of another site.
 */
export function mayWrite(c: Context): 'yes' | 'away' | 'cross-site' {
  const address = c.get('address' as never) as string | undefined
  if (address !== undefined && !isLoopback(address)) return 'away'
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'cross-site'
  const origin = c.req.header('origin')
  const host = c.req.header('host') ?? new URL(c.req.url).host
  return origin === undefined || origin === 'null' || new URL(origin).host === host ? 'yes' : 'cross-site'
}

const isLoopback = (address: string): boolean => /^(?:127\.|::1$|::ffff:127\.)/.test(address)
