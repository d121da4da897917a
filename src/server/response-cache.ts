import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import type { Context, MiddlewareHandler } from 'hono'
import { chooseEncoding, type Encoding, encode, encoder, isCompressible } from './encoding.ts'
import type { ServerEnv } from './env.ts'

export interface CacheOptions {
  /** Changes whenever the data may have changed; it is asked before the answer is made. */
  readonly revision: () => Promise<string>
  /** Changes with the program. */
  readonly build: string
  /** The UTC day: a page may count days. */
  readonly today: () => string
  readonly mostBytes: number
  readonly counted: (what: 'hit' | 'miss') => void
}

/** A longer answer is sent as it is made, and not kept. */
const LONGEST_KEPT = 4_000_000

interface Kept {
  readonly headers: readonly (readonly [string, string])[]
  readonly tag: string
  readonly isText: boolean
  readonly bodies: Map<Encoding, Uint8Array>
}

/** Answers to public reads, compressed once, until the data changes. The oldest unused leave first. */
export class ResponseCache {
  readonly #kept = new Map<string, Kept>()
  readonly #mostBytes: number
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  get(key: string): Kept | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    return kept
  }

  set(key: string, kept: Kept): void {
    this.#kept.set(key, kept)
    for (const body of kept.bodies.values()) this.#bytes += body.length
    this.#shrink()
  }

  /** The body in this encoding, made when it is first asked for. */
  async body(key: string, kept: Kept, encoding: Encoding): Promise<Uint8Array> {
    const there = kept.bodies.get(encoding)
    if (there !== undefined) return there
    const made = await encode(kept.bodies.get('identity') as Uint8Array, encoding)
    if (!kept.bodies.has(encoding) && this.#kept.get(key) === kept) {
      kept.bodies.set(encoding, made)
      this.#bytes += made.length
      this.#shrink()
    }
    return made
  }

  #shrink(): void {
    for (const [key, kept] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) return
      this.#kept.delete(key)
      for (const body of kept.bodies.values()) this.#bytes -= body.length
    }
  }
}

export function responseCache(options: CacheOptions): MiddlewareHandler<ServerEnv> {
  const cache = new ResponseCache(options.mostBytes)
  const making = new Map<string, Promise<void>>()
  return async (c, next) => {
    if (!isPublicRead(c)) return next()
    const { search } = new URL(c.req.url)
    const key = [await options.revision(), options.today(), options.build, c.req.path, search].join('\n')
    await making.get(key)?.catch(() => {})
    const kept = cache.get(key)
    options.counted(kept === undefined ? 'miss' : 'hit')
    if (kept !== undefined) {
      c.res = await show(c, cache, key, kept)
      return
    }
    let done = () => {}
    making.set(key, new Promise((resolve) => (done = resolve)))
    try {
      await next()
      await keepOrPass(c, cache, key)
    } finally {
      making.delete(key)
      done()
    }
  }
}

/** A request that brings a sign of somebody is never answered from what all see. */
const isPublicRead = (c: Context): boolean =>
  (c.req.method === 'GET' || c.req.method === 'HEAD') &&
  c.req.header('authorization') === undefined &&
  c.req.header('cookie') === undefined &&
  c.req.header('range') === undefined

async function keepOrPass(c: Context<ServerEnv>, cache: ResponseCache, key: string): Promise<void> {
  const made = c.res
  const control = made.headers.get('cache-control') ?? ''
  if (
    made.status !== 200 ||
    made.body === null ||
    /no-store|private/.test(control) ||
    made.headers.has('set-cookie')
  )
    return compress(c)
  const { head, rest } = await readUpTo(made.body, LONGEST_KEPT)
  if (rest !== undefined) {
    c.res = new Response(rest, made)
    return compress(c)
  }
  const type = made.headers.get('content-type')
  const kept: Kept = {
    headers: [...made.headers].filter(([name]) => !['content-length', 'etag', 'vary'].includes(name)),
    tag: createHash('sha256').update(`${type}\n`).update(head).digest('base64url').slice(0, 22),
    isText: isCompressible(type),
    bodies: new Map([['identity', head]]),
  }
  cache.set(key, kept)
  c.res = await show(c, cache, key, kept)
}

/** One tag for one sequence of bytes (a strong ETag), so each encoding has its own. */
async function show(c: Context<ServerEnv>, cache: ResponseCache, key: string, kept: Kept): Promise<Response> {
  const encoding = kept.isText ? chooseEncoding(c.req.header('accept-encoding')) : 'identity'
  const tag = encoding === 'identity' ? `"${kept.tag}"` : `"${kept.tag}-${encoding}"`
  const headers = new Headers(kept.headers as [string, string][])
  headers.set('ETag', tag)
  headers.set('Vary', 'Accept-Encoding')
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'public, max-age=0, must-revalidate')
  if (isNamed(c.req.header('if-none-match'), tag)) return new Response(null, { status: 304, headers })
  const body = await cache.body(key, kept, encoding)
  if (encoding !== 'identity') headers.set('Content-Encoding', encoding)
  headers.set('Content-Length', String(body.length))
  return new Response(body as Uint8Array<ArrayBuffer>, { headers })
}

/** RFC 9110 § 13.1.2: weak comparison, so a W/ that a proxy put in front does not count. */
const isNamed = (names: string | undefined, tag: string): boolean =>
  (names ?? '').split(',').some((name) => name.trim() === '*' || name.trim().replace(/^W\//, '') === tag)

/** Compresses as it flows. */
export function compress(c: Context<ServerEnv>): void {
  const made = c.res
  const encoding = chooseEncoding(c.req.header('accept-encoding'))
  if (!isCompressible(made.headers.get('content-type')) || made.headers.has('content-encoding')) return
  made.headers.append('Vary', 'Accept-Encoding')
  if (encoding === 'identity' || made.body === null || c.req.method === 'HEAD') return
  const source = Readable.fromWeb(made.body as NodeStream<Uint8Array>)
  const packed = encoder(encoding)
  source.once('error', (error) => packed.destroy(error))
  const body = Readable.toWeb(source.pipe(packed)) as unknown as ReadableStream
  c.res = new Response(body, made)
  c.res.headers.delete('content-length')
  c.res.headers.set('Content-Encoding', encoding)
}

/** Reads a body whole, or, when it is longer than `most`, gives it back as a stream with its beginning. */
async function readUpTo(
  body: ReadableStream<Uint8Array>,
  most: number,
): Promise<{ readonly head: Uint8Array; readonly rest?: ReadableStream<Uint8Array> }> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { head: Buffer.concat(chunks) }
    chunks.push(value)
    length += value.length
    if (length > most) break
  }
  return {
    head: new Uint8Array(),
    rest: new ReadableStream({
      pull: async (controller) => {
        const first = chunks.shift()
        if (first !== undefined) return controller.enqueue(first)
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    }),
  }
}
