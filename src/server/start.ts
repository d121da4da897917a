import type { ExitCode } from '../base/index.ts'

/**
 * Serves until it is asked to stop. The OpenAPI extension of zod gives its method only to schemas that are made
 * after it was loaded, and a bundle does not keep the order of imports: so it is loaded by itself, first.
 */
export async function start(env: NodeJS.ProcessEnv): Promise<ExitCode> {
  await import('@hono/zod-openapi')
  const { serveUntilStopped } = await import('./serve.tsx')
  return serveUntilStopped(env)
}
