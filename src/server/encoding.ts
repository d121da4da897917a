import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip' | 'identity'

/**
 * The encoding to answer in, by RFC 9110 § 12.5.3: what is not named is refused only by `*;q=0`; of equal
 * weights ours come first.
 */
export function chooseEncoding(accept: string | undefined): Encoding {
  if (accept === undefined) return 'identity'
  const weights = new Map<string, number>()
  for (const item of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim())
    const weight = parameters.find((part) => part.startsWith('q='))
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0)
  }
  const any = weights.get('*') ?? 0
  const [br, gz] = [weights.get('br') ?? any, weights.get('gzip') ?? any]
  const identity = weights.get('identity') ?? 0
  if (br > 0 && br >= gz && br >= identity) return 'br'
  return gz > 0 && gz >= identity ? 'gzip' : 'identity'
}

/** Text of any kind; pictures, fonts and Parquet are compressed already. */
export const isCompressible = (type: string | null): boolean =>
  type !== null &&
  /^(text\/|application\/(json|[\w.+-]+\+json|xml|[\w.+-]+\+xml|javascript|x-ndjson|jsonl)|image\/svg)/.test(
    type,
  )

const brotli = promisify(brotliCompress)
const gz = promisify(gzip)

/** Quality 5 of brotli costs little more time than gzip and makes a page a fifth smaller. */
const QUALITY = { [constants.BROTLI_PARAM_QUALITY]: 5 }

export async function encode(body: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  if (encoding === 'br')
    return brotli(body, { params: { ...QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } })
  return encoding === 'gzip' ? gz(body, { level: 6 }) : body
}

export const encoder = (encoding: 'br' | 'gzip') =>
  encoding === 'br' ? createBrotliCompress({ params: QUALITY }) : createGzip({ level: 6 })
