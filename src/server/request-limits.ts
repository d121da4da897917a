import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { problem } from '../base/index.ts'
import type { ServerEnv } from './env.ts'
import { Refused } from './failures.tsx'
import type { Limits } from './settings.ts'

/** Refuses addresses that are too long or are no text: UTF-8 in percent-encoding, without the NUL character. */
export const readableUrl =
  (limits: Limits): MiddlewareHandler<ServerEnv> =>
  async (c, next) => {
    const url = c.env?.incoming?.url ?? c.req.url.replace(/^[a-z]+:\/\/[^/]*/, '')
    if (url.length > limits.urlCharacters)
      throw new Refused(
        problem(
          414,
          'url_too_long',
          'Address too long',
          `The address has ${url.length} characters; wanted: at most ${limits.urlCharacters}.`,
        ),
      )
    const broken = findBroken(url)
    if (broken !== undefined)
      throw new Refused(
        problem(
          400,
          'url_not_text',
          'Address is not text',
          `The address holds ${broken}; wanted: UTF-8 in percent-encoding.`,
        ),
      )
    await next()
  }

/** What in an address cannot be read as text. */
export function findBroken(url: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u007f-\uffff]/.test(url)) return 'bytes outside of ASCII that are not percent-encoded'
  if (/%00/.test(url)) return 'the NUL character (%00)'
  const encoded = /%(?![0-9a-f]{2}).{0,2}/i.exec(url)
  if (encoded) return `the broken percent-encoding "${encoded[0]}"`
  const bytes = /(?:%[89a-f][0-9a-f])+/gi
  for (const [run] of url.matchAll(bytes)) if (!isUtf8(run)) return `the bytes "${run}", which are not UTF-8`
  return undefined
}

function isUtf8(encoded: string): boolean {
  try {
    decodeURIComponent(encoded)
    return true
  } catch {
    return false
  }
}

/** A room that takes files says where and how large; everything else has the default. */
const LARGER_BODIES: readonly (readonly [prefix: string, bytes: number])[] = [
  // Lists of federal awards and own series.
  ['/position/', 41_000_000],
  ['/es/position/', 41_000_000],
  // Pay runs and bank statements.
  ['/trust/books/', 41_000_000],
  ['/es/trust/books/', 41_000_000],
  // A form that holds a whole plan, also one that is too long: it is refused with what was typed.
  ['/plans/', 4_000_000],
  ['/es/plans/', 4_000_000],
  // Pay runs and bank statements.
  ['/api/v1/trust/books/', 41_000_000],
]

export const bodySize = (limits: Limits): MiddlewareHandler<ServerEnv> => {
  const limit = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: () => {
        throw new Refused(
          problem(
            413,
            'body_too_large',
            'Request too large',
            `The request's body is larger than ${maxSize} bytes. Nothing was read into the records.`,
          ),
        )
      },
    })
  const usual = limit(limits.bodyBytes)
  const larger = LARGER_BODIES.map(([prefix, bytes]) => [prefix, limit(bytes)] as const)
  return (c, next) => (larger.find(([prefix]) => c.req.path.startsWith(prefix))?.[1] ?? usual)(c, next)
}
