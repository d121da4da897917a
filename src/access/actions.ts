import type { Grant, Principal, Role, Usps } from '../base/index.ts'

/** Acts that need leave; what is public needs none. Each names the roles that may do it in their own jurisdiction. */
export const ACTIONS = {
  'plan.edit': ['editor', 'analyst', 'operator'],
  'plan.run': ['editor', 'analyst', 'operator'],
  'figures.write': ['editor', 'analyst', 'operator'],
  'trust.rehearse': ['analyst', 'preparer', 'approver', 'counsel', 'auditor', 'operator'],
  'trust.read': ['preparer', 'approver', 'counsel', 'auditor'],
  'trust.prepare': ['preparer'],
  'trust.sign': ['approver'],
  'trust.record': ['counsel'],
  'access.grant': ['operator'],
  'access.read': ['operator', 'auditor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>
export type Action = keyof typeof ACTIONS

/** What the person at the machine may do while nobody has an account. */
const LOCAL: ReadonlySet<Action> = new Set(['plan.edit', 'plan.run', 'figures.write', 'trust.rehearse'])

/** Whether this person may do this here. `all` asks for leave everywhere. */
export function mayDo(principal: Principal, action: Action, jurisdiction: Usps | 'all'): boolean {
  switch (principal.kind) {
    case 'anonymous':
      return false
    case 'local':
      return LOCAL.has(action)
    case 'user':
      return grantsFor(principal.grants, action, jurisdiction).length > 0
  }
}

/** The grants that give leave; an act is recorded under the one that was used. */
export const grantsFor = (
  grants: readonly Grant[],
  action: Action,
  jurisdiction: Usps | 'all',
): readonly Grant[] => {
  const roles: readonly Role[] = ACTIONS[action]
  return grants.filter(
    (grant) =>
      roles.includes(grant.role) && (grant.jurisdiction === 'all' || grant.jurisdiction === jurisdiction),
  )
}
