import type { Grant, Role } from '../base/index.ts'

/**
 * Duties that one person does not hold together where they meet: who prepares, approves, says what the law holds,
 * checks, and hands out the keys are five persons.
 * Source: GAO-14-704G, Standards for Internal Control in the Federal Government, 10.12 to 10.14 (segregation of duties).
 */
const APART: readonly (readonly [Role, Role])[] = [
  ['preparer', 'approver'],
  ['operator', 'preparer'],
  ['operator', 'approver'],
  ['operator', 'counsel'],
  ['auditor', 'preparer'],
  ['auditor', 'approver'],
  ['auditor', 'counsel'],
  ['auditor', 'operator'],
]

/** Duties over money: an operator gives them to others, never to themselves. */
const MONEY: ReadonlySet<Role> = new Set(['preparer', 'approver', 'counsel'])

export type GrantRefusal =
  /** The person holds a duty there that is kept apart from this one. */
  | { readonly code: 'duties_apart'; readonly role: Role; readonly held: Role }
  | { readonly code: 'own_money_duty'; readonly role: Role }
  | { readonly code: 'office_without_approver'; readonly role: Role }
  | { readonly code: 'held_already' }

export interface GrantAsked {
  readonly grant: Grant
  /** What the person holds now. */
  readonly held: readonly Grant[]
  /** Whether who grants is the person themselves. */
  readonly isOwn: boolean
}

/** Why a duty is not given, if it is not. */
export function refuseGrant({ grant, held, isOwn }: GrantAsked): GrantRefusal | undefined {
  const { role } = grant
  if (isOwn && MONEY.has(role)) return { code: 'own_money_duty', role }
  if (grant.office !== undefined && role !== 'approver') return { code: 'office_without_approver', role }
  if (held.some((one) => isSame(one, grant))) return { code: 'held_already' }
  const other = held.find((one) => meets(one, grant) && areApart(one.role, role))
  return other && { code: 'duties_apart', role, held: other.role }
}

const areApart = (a: Role, b: Role): boolean =>
  APART.some(([x, y]) => (x === a && y === b) || (x === b && y === a))

const meets = (a: Grant, b: Grant): boolean =>
  a.jurisdiction === 'all' || b.jurisdiction === 'all' || a.jurisdiction === b.jurisdiction

const isSame = (a: Grant, b: Grant): boolean =>
  a.role === b.role && a.jurisdiction === b.jurisdiction && (a.office ?? '') === (b.office ?? '')
