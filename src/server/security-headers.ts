import type { MiddlewareHandler } from 'hono'
import type { ServerEnv } from './env.ts'

/** Nothing from elsewhere, nothing inline: a page is our own files and itself. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "script-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
} as const

/** On every answer, errors too. HSTS only where TLS is known to be in front. */
export const securityHeaders = (): MiddlewareHandler<ServerEnv> => async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
  // Facts are for everyone: other sites may read the API and embed our pictures. What somebody sees is theirs.
  const isTheirs = c.get('principal')?.kind === 'user'
  c.res.headers.set('Cross-Origin-Resource-Policy', isTheirs ? 'same-origin' : 'cross-origin')
  if (c.get('isSecure')) c.res.headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
}
