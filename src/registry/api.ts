import { OpenAPIHono } from '@hono/zod-openapi'
import type { Shell } from '../db/index.ts'
import { recordRoutes } from './api/record-routes.ts'
import { registryRoutes } from './api/registry-routes.ts'

export { REGISTRY_PROBLEMS } from './api/answers.ts'

/** The registry's operations, mounted at /api/v1. All of them read; records change through files and commands. */
export function registryApi(shell: Shell): OpenAPIHono {
  const api = new OpenAPIHono()
  recordRoutes(api, shell)
  registryRoutes(api, shell)
  return api
}
