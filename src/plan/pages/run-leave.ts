import type { Context } from 'hono'
import { isCrossSite, type Leave, leaveFor } from '../../access/index.ts'
import type { RunOptions } from '../../scenario/index.ts'
import type { PlanDocument } from '../documents/documents.ts'
import { placeOf } from '../judge.ts'
import { isUsual } from '../runs/form.ts'
import type { HeldPlan } from '../runs/runs.ts'

interface Asked {
  readonly document: Pick<PlanDocument, 'origin'>
  readonly held: Pick<HeldPlan, 'plan'>
}

/** The usual run of a plan of the project is the same for all, and kept: so whoever looks may ask for it. */
export function leaveToRun(c: Context, { document, held }: Asked, options: RunOptions): Leave {
  if (document.origin === 'shipped' && isUsual(options) && !isCrossSite(c)) return 'yes'
  return leaveFor(c, 'plan.run', placeOf(held.plan))
}
