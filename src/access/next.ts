/** Where to go after signing in: a page of ours, never another site and never what signs in or out again. */
export function safeNext(asked: string | undefined): string | undefined {
  if (asked === undefined || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(asked)) return undefined
  const { origin, pathname, search } = new URL(asked, 'http://here.invalid')
  if (origin !== 'http://here.invalid' || pathname.startsWith('//')) return undefined
  if (/^\/(?:es\/)?(?:sign-in|sign-out|invite)(?:\/|$)/.test(pathname)) return undefined
  return pathname + search
}
