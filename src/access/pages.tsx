import { Hono } from 'hono'
import type { PageEnv } from '../ui/index.ts'
import type { Access } from './access-store.ts'
import { accountPages } from './pages/account.tsx'
import { invitePages } from './pages/invite.tsx'
import { peoplePages } from './pages/people.tsx'
import { signInPages } from './pages/sign-in.tsx'

/** Signing in and out, one's own account, and who may do what. */
export const accessPages = (access: Access): Hono<PageEnv> => {
  const pages = new Hono<PageEnv>()
  for (const part of [signInPages(access), invitePages(access), accountPages(access), peoplePages(access)])
    pages.route('/', part)
  return pages
}
