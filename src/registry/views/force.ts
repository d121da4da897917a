import type { Rec, RecOf } from '../schema.ts'

const IN_FORCE: readonly string[] = ['in-effect', 'challenged', 'partly-enjoined']
const COMING: readonly string[] = [
  'floated',
  'planned',
  'announced',
  'proposed',
  'passed-legislature',
  'enacted',
]

/** A measure that has force at least in part. */
export const isInForce = (rec: RecOf<'measure'>): boolean => IN_FORCE.includes(rec.status)

/** A measure on its way, from floated to signed. */
export const isComing = (rec: RecOf<'measure'>): boolean => COMING.includes(rec.status)

/** Of several measures the one to show first: in force, then on its way, then what was. */
const ADVANCE: readonly string[] = [
  ...IN_FORCE,
  'enjoined',
  ...[...COMING].reverse(),
  'not-in-force',
  'struck-down',
  'historic',
]
export const byAdvance = (a: Rec, b: Rec): number => step(a) - step(b)
const step = (rec: Rec) => {
  const at = ADVANCE.indexOf(rec.status)
  return at === -1 ? ADVANCE.length : at
}
