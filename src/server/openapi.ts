import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { PACKAGE_ROOT } from '../db/index.ts'

/** As much of OpenAPI 3.1 as the documentation page reads. */
export interface OpenApi {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> }
}

export interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, unknown>> }
  readonly responses?: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, unknown>> }>
  >
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: {
    readonly type?: string | readonly string[]
    readonly enum?: readonly unknown[]
    readonly default?: unknown
    readonly description?: string
    readonly pattern?: string
  }
}

/** One document over the operations of every room. */
export function describeApi(api: OpenAPIHono): OpenApi {
  const manifest = readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Tenth',
      version,
      summary: 'Facts about states and the federal government, each with its sources.',
      description:
        'Everything that a page shows, as JSON and CSV. No key is needed. Every answer has an ETag; errors are problem details (RFC 9457), whose codes are listed at /api/problems. Money is a decimal string of whole cents. Information and simulation, not legal advice.',
      license: {
        name: 'Code: Apache-2.0; compiled facts: CC BY 4.0',
        identifier: 'Apache-2.0 AND CC-BY-4.0',
      },
    },
    servers: [{ url: '/' }],
  } as never) as unknown as OpenApi
}
