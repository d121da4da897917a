import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { ServerEnv } from './env.ts'

/** Upper bounds in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export interface Gauges {
  readonly pool: { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number }
  readonly factsRevision: () => string | undefined
}

/** Counts for operators, in Prometheus' text format: which route, how often, how fast; never who. */
export class Metrics {
  readonly #requests = new Map<string, number>()
  readonly #durations = new Map<string, { readonly buckets: number[]; sum: number; count: number }>()
  readonly #cache = { hit: 0, miss: 0 }
  readonly #delay = monitorEventLoopDelay({ resolution: 20 })

  constructor() {
    this.#delay.enable()
  }

  readonly countCache = (what: 'hit' | 'miss'): void => {
    this.#cache[what]++
  }

  /** @param now milliseconds of a clock that never goes back */
  middleware(now: () => number): MiddlewareHandler<ServerEnv> {
    return async (c, next) => {
      const start = now()
      await next()
      const matched = matchedRoutes(c).findLast((route) => route.method !== 'ALL')
      const route = c.res.status === 404 ? 'none' : (matched?.path ?? 'none')
      this.#count(c.req.method, route, c.res.status, (now() - start) / 1000)
    }
  }

  #count(method: string, route: string, status: number, seconds: number): void {
    const known = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) ? method : 'other'
    const labels = `method="${known}",route="${quoted(route)}"`
    const key = `${labels},status="${status}"`
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1)
    const duration = this.#durations.get(labels) ?? { buckets: BOUNDS.map(() => 0), sum: 0, count: 0 }
    this.#durations.set(labels, duration)
    duration.sum += seconds
    duration.count++
    BOUNDS.forEach((bound, i) => {
      if (seconds <= bound) duration.buckets[i] = (duration.buckets[i] ?? 0) + 1
    })
  }

  text(gauges: Gauges): string {
    const lines = [
      head('tenth_requests_total', 'counter', 'Requests answered.'),
      ...[...this.#requests].map(([labels, n]) => `tenth_requests_total{${labels}} ${n}`),
      head('tenth_request_seconds', 'histogram', 'Time to answer.'),
      ...[...this.#durations].flatMap(([labels, d]) => [
        ...BOUNDS.map((bound, i) => `tenth_request_seconds_bucket{${labels},le="${bound}"} ${d.buckets[i]}`),
        `tenth_request_seconds_bucket{${labels},le="+Inf"} ${d.count}`,
        `tenth_request_seconds_sum{${labels}} ${d.sum.toFixed(6)}`,
        `tenth_request_seconds_count{${labels}} ${d.count}`,
      ]),
      head('tenth_cache_requests_total', 'counter', 'Public reads found in the response cache, or not.'),
      ...Object.entries(this.#cache).map(([what, n]) => `tenth_cache_requests_total{result="${what}"} ${n}`),
      head('tenth_database_connections', 'gauge', 'Connections of this process to the database.'),
      `tenth_database_connections{state="open"} ${gauges.pool.totalCount}`,
      `tenth_database_connections{state="idle"} ${gauges.pool.idleCount}`,
      `tenth_database_connections{state="awaited"} ${gauges.pool.waitingCount}`,
      head('tenth_event_loop_delay_seconds', 'gauge', 'Delay of the event loop since the last look.'),
      ...[0.5, 0.99].map(
        (q) => `tenth_event_loop_delay_seconds{quantile="${q}"} ${nanos(this.#delay.percentile(q * 100))}`,
      ),
      head('process_resident_memory_bytes', 'gauge', 'Memory of this process.'),
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      head('process_cpu_seconds_total', 'counter', 'Processor time of this process.'),
      `process_cpu_seconds_total ${cpuSeconds()}`,
      head('tenth_uptime_seconds', 'gauge', 'Time since this process began.'),
      `tenth_uptime_seconds ${process.uptime().toFixed(1)}`,
      head('tenth_facts_info', 'gauge', 'The revision of the facts that are served.'),
      `tenth_facts_info{revision="${quoted(gauges.factsRevision() ?? 'none')}"} 1`,
    ]
    this.#delay.reset()
    return `${lines.join('\n')}\n`
  }
}

const head = (name: string, type: string, help: string): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}`
const quoted = (text: string): string =>
  text.replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`))
const nanos = (n: number): string => (Number.isFinite(n) ? (n / 1e9).toFixed(6) : '0')
const cpuSeconds = (): string => {
  const { user, system } = process.cpuUsage()
  return ((user + system) / 1e6).toFixed(3)
}
