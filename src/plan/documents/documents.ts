import { createHash } from 'node:crypto'
import type { Instant, Result } from '../../base/index.ts'
import type { PlanFault, ReadPlan } from '../read.ts'

/** A plan as a document: one that comes with the project, or a version that was saved here. */
export interface PlanDocument {
  readonly id: string
  readonly origin: 'shipped' | 'saved'
  /** From 1; 0 for a plan that comes with the project, whose versions are the project's. */
  readonly version: number
  /** SHA-256 of the text in UTF-8. */
  readonly sha256: string
  readonly text: string
  /** Faults only where a newer schema refuses what an older one took. */
  readonly read: Result<ReadPlan, readonly PlanFault[]>
  /** Who saved it, when and why; nothing for a plan that comes with the project. */
  readonly saved: Saved | undefined
  readonly set_aside: SetAside | undefined
}

export interface Saved {
  readonly at: Instant
  readonly by: string
  readonly why: string
}

export interface SetAside {
  readonly at: Instant
  readonly by: string
  readonly why: string
}

/** A version in the list of a plan's versions. */
export interface PlanVersion extends Saved {
  readonly version: number
  readonly sha256: string
}

export const sha256Of = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** Names that stand in the place of an id in the room's addresses. */
const TAKEN: readonly string[] = [
  'agenda',
  'brief',
  'check',
  'compare',
  'edit',
  'new',
  'results',
  'run',
  'runs',
  'schema',
  'sweep',
  'sweeps',
  'text',
  'versions',
]
export const isTaken = (id: string): boolean => TAKEN.includes(id)

export type SaveError =
  /** The document is no plan; nothing was kept. */
  | { readonly code: 'plan_refused'; readonly faults: readonly PlanFault[] }
  /** Somebody has saved a version since the one that was edited; nothing was kept. */
  | { readonly code: 'saved_since'; readonly newest: PlanDocument }
  /** There is a plan of this name, and the document says that it is a new one. */
  | { readonly code: 'id_taken'; readonly id: string; readonly by: 'a plan' | 'a page' }
  | { readonly code: 'no_why' }
  | { readonly code: 'none_saved'; readonly id: string }

/** A plan in a list, for the API and the command line. */
export const listedJson = ({ id, origin, version, sha256, read, saved, set_aside }: PlanDocument) => {
  const plan = read.ok ? read.value.plan : undefined
  return {
    ...{ id, origin, version, sha256 },
    title: plan?.title ?? null,
    members: plan?.members ?? [],
    first_month: plan?.firstMonth ?? null,
    months: plan?.months ?? null,
    measures: plan?.measures.length ?? 0,
    saved_at: saved?.at ?? null,
    saved_by: saved?.by ?? null,
    why: saved?.why ?? null,
    set_aside: set_aside !== undefined,
  }
}
