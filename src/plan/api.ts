import { OpenAPIHono } from '@hono/zod-openapi'
import type { Shell } from '../db/index.ts'
import { DOCUMENT_PROBLEMS } from './api/document-routes.ts'
import { documentsApi } from './api/documents.ts'

/** Codes that only this room gives. */
export const PLAN_PROBLEMS = [...DOCUMENT_PROBLEMS]

/** Plans as documents. */
export function planApi(shell: Shell): OpenAPIHono {
  const api = new OpenAPIHono()
  api.route('/', documentsApi(shell))
  return api
}
