import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Hono } from 'hono'
import type { Access } from '../access/access-store.ts'
import { accessPages } from '../access/pages.tsx'
import { auditApi, auditProblems } from '../audit/api.ts'
import { auditPages } from '../audit/pages.tsx'
import { publish } from '../audit/publish.ts'
import { err, ok, type Result } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import type { Trouble } from '../db/messages.ts'
import { FISCAL_PROBLEMS, fiscalApi } from '../fiscal/api.ts'
import { fiscalPages } from '../fiscal/pages.tsx'
import { fiscalSlots } from '../fiscal/slots.ts'
import { startFiscal } from '../fiscal/start.ts'
import { PLAN_PROBLEMS, planApi } from '../plan/api.ts'
import { planPages } from '../plan/pages.tsx'
import { REGISTRY_PROBLEMS, registryApi } from '../registry/api.ts'
import { registryPages } from '../registry/pages.tsx'
import { faultText } from '../registry/read.ts'
import { loadBook, loadRevision, syncFiles } from '../registry/store.ts'
import { nearRecords } from '../registry/views/places.ts'
import { TRUST_PROBLEMS, trustApi } from '../trust/api.ts'
import { trustPages } from '../trust/pages.tsx'
import type { PageEnv } from '../ui/index.ts'
import { uiPages } from '../ui/parts.tsx'
import type { Near } from './failures.tsx'
import type { ProblemKind } from './problems.ts'

/** The rooms' APIs, mounted at /api/v1. */
export const apis = (shell: Shell): readonly OpenAPIHono[] => [
  registryApi(shell),
  auditApi(shell),
  fiscalApi(shell),
  planApi(shell),
  trustApi(shell),
]

/** The rooms' pages, mounted at / and at /es. */
export const pages = (shell: Shell, access: Access): readonly Hono<PageEnv>[] => [
  registryPages(shell, fiscalSlots(shell)),
  fiscalPages(shell),
  planPages(shell),
  trustPages(shell),
  auditPages(shell),
  accessPages(access),
  uiPages(),
]

/** Codes that only one room's operations give. */
export const ROOM_PROBLEMS: readonly ProblemKind[] = [
  ...REGISTRY_PROBLEMS,
  ...auditProblems,
  ...FISCAL_PROBLEMS,
  ...PLAN_PROBLEMS,
  ...TRUST_PROBLEMS,
]

/** Records whose id or title is near to the last part of an address that leads nowhere. */
export async function nearMatches(shell: Shell, path: string): Promise<readonly Near[]> {
  const typed = path.split('/').at(-1) ?? ''
  if (typed.length < 3 || typed.length > 100) return []
  const near = nearRecords(await loadBook(shell.db), typed)
  return near.slice(0, 5).map((rec) => ({ path: `/r/${rec.id}`, title: rec.title }))
}

export interface Facts {
  /** Changes with every fact: for operators, who compare servers by it. */
  readonly revision: string
}

const MOST_FAULTS = 20

/** Brings the facts of this version into the database; does nothing when they are there. */
export async function prepareFacts(shell: Shell): Promise<Result<Facts, Trouble>> {
  const synced = await syncFiles(shell.db, { at: shell.now() })
  if (!synced.ok) {
    const faults = synced.error.slice(0, MOST_FAULTS).map(faultText)
    const more = synced.error.length > MOST_FAULTS ? [`and ${synced.error.length - MOST_FAULTS} more`] : []
    return err({ code: 'facts_refused', reason: ['', ...faults, ...more].join('\n') })
  }
  await startFiscal(shell)
  return ok({ revision: String(await loadRevision(shell.db)) })
}

/** Signs the head of the log. One that cannot be signed does not keep the facts from their readers: /audit says why. */
export const signHead = async (shell: Shell): Promise<void> => void (await publish(shell))
