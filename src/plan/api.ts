import { OpenAPIHono } from '@hono/zod-openapi'
import type { Shell } from '../db/index.ts'
import { DOCUMENT_PROBLEMS } from './api/document-routes.ts'
import { documentsApi } from './api/documents.ts'
import { RUN_PROBLEMS } from './api/run-routes.ts'
import { runsApi } from './api/runs.ts'

/** Codes that only this room gives. */
export const PLAN_PROBLEMS = [...DOCUMENT_PROBLEMS, ...RUN_PROBLEMS]

/** Plans as documents, and their runs. */
export function planApi(shell: Shell): OpenAPIHono {
  const api = new OpenAPIHono()
  api.route('/', documentsApi(shell))
  api.route('/', runsApi(shell))
  return api
}
