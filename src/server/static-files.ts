import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Hono } from 'hono'
import { ASSETS_FOLDER } from '../ui/index.ts'
import { chooseEncoding, type Encoding, encode, isCompressible } from './encoding.ts'
import type { ServerEnv } from './env.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** The built look. Its names carry a hash of the content, so a reader may keep them for a year. */
export function staticFiles(): Hono<ServerEnv> {
  const files = new Set(
    existsSync(ASSETS_FOLDER)
      ? readdirSync(ASSETS_FOLDER, { recursive: true, encoding: 'utf8' }).map((path) =>
          path.replaceAll('\\', '/'),
        )
      : [],
  )
  const packed = new Map<string, Promise<Uint8Array>>()
  const read = (name: string, encoding: Encoding): Promise<Uint8Array> => {
    const key = `${encoding} ${name}`
    const made = packed.get(key) ?? encode(readFileSync(join(ASSETS_FOLDER, name)), encoding)
    packed.set(key, made)
    return made
  }
  return new Hono<ServerEnv>().get('/*', async (c) => {
    const name = decodeURIComponent(c.req.path.slice('/assets/'.length))
    const type = TYPES[extname(name)]
    // Only names that the folder's listing holds: no path leads out of it.
    if (type === undefined || !files.has(name)) return c.notFound()
    const encoding = isCompressible(type) ? chooseEncoding(c.req.header('accept-encoding')) : 'identity'
    const body = await read(name, encoding)
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    c.header('ETag', tag)
    c.header(
      'Cache-Control',
      isHashed(name) ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
    )
    if (isCompressible(type)) c.header('Vary', 'Accept-Encoding')
    if (c.req.header('if-none-match')?.includes(tag)) return c.body(null, 304)
    if (encoding !== 'identity') c.header('Content-Encoding', encoding)
    c.header('Content-Type', type)
    c.header('Content-Length', String(body.length))
    return c.body(body as Uint8Array<ArrayBuffer>)
  })
}

const isHashed = (name: string): boolean => /[.-][A-Za-z0-9_-]{6,}\.\w+$/.test(name)
