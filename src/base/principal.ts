import type { Usps } from './states.ts'

/** What a person may be trusted with; `src/access` says which acts each role may do, and where. */
export const ROLES = [
  'reader',
  'editor',
  'analyst',
  'preparer',
  'approver',
  'counsel',
  'auditor',
  'records-officer',
  'investigator',
  'epidemiologist',
  'operator',
] as const
export type Role = (typeof ROLES)[number]

/** One role for one jurisdiction, or for all of them. */
export interface Grant {
  readonly role: Role
  readonly jurisdiction: Usps | 'all'
  /** The public office in which an approver signs, such as `comptroller`; agreements name offices, not persons. */
  readonly office?: string
}

/**
 * Who asks. `local` is the person at the machine itself while nobody has an account yet: they may plan and rehearse,
 * and nothing more.
 */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'local' }
  | {
      readonly kind: 'user'
      /** Opaque; what the log names. */
      readonly id: string
      readonly name: string
      readonly grants: readonly Grant[]
    }

export const ANONYMOUS: Principal = { kind: 'anonymous' }

/** How the log names who asks. */
export const actorOf = (principal: Principal): string =>
  principal.kind === 'user' ? `user ${principal.id}` : principal.kind
