import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import type { PageEnv } from '../ui/index.ts'
import { ApiPage, ProblemsPage } from './api-page.tsx'
import { describeApi, type OpenApi } from './openapi.ts'
import type { ProblemKind } from './problems.ts'

/** The API's description: for people at /api and /api/problems, for programs the same as JSON. */
export function apiDocuments(
  api: OpenAPIHono,
  problems: readonly ProblemKind[],
): { readonly data: Hono; readonly pages: Hono<PageEnv> } {
  let made: OpenApi | undefined
  const document = (): OpenApi => {
    made ??= describeApi(api)
    return made
  }
  return {
    data: new Hono()
      .get('/api/openapi.json', (c) => c.json(document() as never))
      .get('/api/problems.json', (c) => c.json({ problems } as never)),
    pages: new Hono<PageEnv>()
      .get('/api', (c) => c.html(<ApiPage document={document()} lang={c.var.lang} />))
      .get('/api/problems', (c) => c.html(<ProblemsPage problems={problems} lang={c.var.lang} />)),
  }
}
