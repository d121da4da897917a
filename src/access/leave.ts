import type { Context } from 'hono'
import { ANONYMOUS, type Principal, type Usps } from '../base/index.ts'
import type { PageEnv } from '../ui/index.ts'
import { type Action, mayDo } from './actions.ts'

export type Leave = 'yes' | 'sign-in' | 'not-yours' | 'cross-site'

/** Who asks; set by the server before any page. */
export const principalOf = (c: Context): Principal =>
  (c.get('principal' as never) as PageEnv['Variables']['principal']) ?? ANONYMOUS

/** Whether a form may do this: by who asks, and never from a page of another site. */
export function leaveFor(c: Context, action: Action, jurisdiction: Usps | 'all'): Leave {
  if (isCrossSite(c)) return 'cross-site'
  const principal = principalOf(c)
  if (mayDo(principal, action, jurisdiction)) return 'yes'
  return principal.kind === 'user' ? 'not-yours' : 'sign-in'
}

/** Browsers say where a request comes from; a program that is none says nothing and carries no cookie. */
export function isCrossSite(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const origin = c.req.header('origin')
  if (origin === undefined) return false
  const host = c.req.header('host') ?? new URL(c.req.url).host
  return !URL.canParse(origin) || new URL(origin).host !== host
}
