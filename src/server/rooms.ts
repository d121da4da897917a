import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Hono } from 'hono'
import type { Shell } from '../db/index.ts'
import type { PageEnv } from '../ui/index.ts'
import type { Near } from './failures.tsx'
import type { ProblemKind } from './problems.ts'

/** The rooms' APIs, mounted at /api/v1. */
export const apis = (_shell: Shell): readonly OpenAPIHono[] => []

/** The rooms' pages, mounted at / and at /es. */
export const pages = (_shell: Shell): readonly Hono<PageEnv>[] => []

/** Records whose address or name is near to one that leads nowhere. */
export const nearMatches = async (_shell: Shell, _path: string): Promise<readonly Near[]> => []

/** Brings the facts of this version into the database; does nothing when they are there. */
export const prepareFacts = async (_shell: Shell): Promise<void> => {}

/** Codes that only one room's operations give. */
export const ROOM_PROBLEMS: readonly ProblemKind[] = []
