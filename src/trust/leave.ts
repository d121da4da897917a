import type { Context } from 'hono'
import { type Action, type Leave, leaveFor, mayDo, principalOf } from '../access/index.ts'
import type { Usps } from '../base/index.ts'

/**
 * Whether a form may do one of these acts for any member at all; asked before the form itself is read. One question
 * alone is put to the door, so that a refusal is logged only where nothing was allowed.
 */
export function leaveForAny(c: Context, actions: readonly Action[], members: readonly Usps[]): Leave {
  const asked = actions.flatMap((action) => members.map((member) => ({ action, member })))
  const may = asked.find(({ action, member }) => mayDo(principalOf(c), action, member)) ?? asked[0]
  return may === undefined ? 'not-yours' : leaveFor(c, may.action, may.member)
}
