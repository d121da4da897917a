import type { MiddlewareHandler } from 'hono'
import { problem } from '../base/index.ts'
import type { ServerEnv } from './env.ts'
import { Refused } from './failures.tsx'
import type { Limits } from './settings.ts'

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Beyond so many addresses the one that has been quiet longest is forgotten. */
const MOST_ADDRESSES = 50_000

/** A bucket that holds one minute's allowance and fills evenly: a burst is served, a flood is not. */
export class Buckets {
  readonly #perMinute: number
  readonly #buckets = new Map<string, { level: number; at: number }>()

  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  /** @returns 0 when the request may pass, otherwise the whole seconds to wait */
  take(address: string, nowMillis: number): number {
    const old = this.#buckets.get(address)
    const perMilli = this.#perMinute / 60_000
    const filled = old === undefined ? this.#perMinute : old.level + (nowMillis - old.at) * perMilli
    const level = Math.min(this.#perMinute, filled)
    const passes = level >= 1
    this.#buckets.delete(address)
    this.#buckets.set(address, { level: passes ? level - 1 : level, at: nowMillis })
    if (this.#buckets.size > MOST_ADDRESSES) this.#buckets.delete(this.#buckets.keys().next().value as string)
    return passes ? 0 : perMilli === 0 ? 60 : Math.max(1, Math.ceil((1 - level) / perMilli / 1000))
  }
}

/** @param now milliseconds of a clock that never goes back */
export const rateLimit = (limits: Limits, now: () => number): MiddlewareHandler<ServerEnv> => {
  const [reads, writes] = [new Buckets(limits.readsPerMinute), new Buckets(limits.writesPerMinute)]
  return async (c, next) => {
    const isRead = READS.has(c.req.method)
    const wait = (isRead ? reads : writes).take(networkOf(c.get('address')), now())
    if (wait > 0) {
      const most = isRead ? limits.readsPerMinute : limits.writesPerMinute
      throw new Refused(
        problem(
          429,
          'too_many_requests',
          'Too many requests',
          `This address has asked more than ${most} times a minute. Try again in ${wait} seconds.`,
          { retry_after_seconds: wait },
        ),
        { 'Retry-After': String(wait) },
      )
    }
    await next()
  }
}

/** One IPv6 subscriber has a whole /64: it counts as one address. */
export const networkOf = (address: string): string => {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  if (tail !== undefined && groups.length < 4) {
    const rest = tail.split(':').filter((group) => group !== '')
    while (groups.length + rest.length < 8) groups.push('0')
    groups.push(...rest)
  }
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
