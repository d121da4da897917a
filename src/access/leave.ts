import type { Context } from 'hono'
import { ANONYMOUS, type Principal, type Usps } from '../base/index.ts'
import type { PageEnv } from '../ui/index.ts'
import { type Action, mayDo } from './actions.ts'

export type Leave = 'yes' | 'sign-in' | 'not-yours' | 'cross-site'

/** An act that was refused, for the log. */
export interface RefusedAct {
  readonly action: Action | 'account'
  readonly jurisdiction: Usps | 'all'
  readonly reason: Exclude<Leave, 'yes' | 'sign-in'>
}

/** Who asks; set by the server before any page. */
export const principalOf = (c: Context): Principal =>
  (c.get('principal' as never) as PageEnv['Variables']['principal']) ?? ANONYMOUS

/**
 * Whether a form may do this: by who asks, and never from a page of another site. A refusal is noted on the request;
 * the server logs it when the answer is made.
 */
export function leaveFor(c: Context, action: Action, jurisdiction: Usps | 'all'): Leave {
  const leave = judge(c, action, jurisdiction)
  if (leave === 'not-yours' || leave === 'cross-site')
    c.set('refusedAct' as never, { action, jurisdiction, reason: leave } satisfies RefusedAct as never)
  return leave
}

function judge(c: Context, action: Action, jurisdiction: Usps | 'all'): Leave {
  if (isCrossSite(c)) return 'cross-site'
  const principal = principalOf(c)
  if (mayDo(principal, action, jurisdiction)) return 'yes'
  return principal.kind === 'user' ? 'not-yours' : 'sign-in'
}

/** Whether a form about one's own account comes from our own page; if not, that is noted too. */
export function isOwnForm(c: Context): boolean {
  const isOwn = !isCrossSite(c)
  if (!isOwn)
    c.set(
      'refusedAct' as never,
      {
        action: 'account',
        jurisdiction: 'all',
        reason: 'cross-site',
      } satisfies RefusedAct as never,
    )
  return isOwn
}

/** What was refused in this request. */
export const refusedActOf = (c: Context): RefusedAct | undefined => c.get('refusedAct' as never)

/** Browsers say where a request comes from; a program that is none says nothing and carries no cookie. */
export function isCrossSite(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const origin = c.req.header('origin')
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== hostOf(c)
}

/** The host that the asker named. */
export const hostOf = (c: Context): string => c.req.header('host') ?? new URL(c.req.url).host
