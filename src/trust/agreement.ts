import { err, ok, type Result } from '../base/index.ts'
import {
  type Condition,
  type ConditionFault,
  keepConditions,
  readCondition,
  validateConditions,
} from './conditions.ts'
import { EVERY_AGREEMENT } from './every.ts'
import { sha256Of } from './items.ts'
import type { AgreementDocument } from './schema.ts'

/** An agreement that was read, checked and made ready to decide. */
export interface Agreement {
  readonly document: AgreementDocument
  /** The file as it was read: what is adopted and shown. */
  readonly text: string
  /** SHA-256 of the text and of the rules of every agreement: the name under which Cedar keeps the policies. */
  readonly sha256: string
  /** Those of every agreement first. */
  readonly conditions: readonly Condition[]
}

/** Compiles the conditions of a document together with those of every agreement. */
export function compileAgreement(
  document: AgreementDocument,
  text: string,
): Result<Agreement, readonly ConditionFault[]> {
  const every = readAll(EVERY_AGREEMENT, 'every')
  const own = readAll(document.conditions, 'agreement')
  // The rules of every agreement are code; a fault in them shows at once, in the first place of any file.
  const faults = [...every, ...own].flatMap((read) => (read.ok ? [] : [read.error]))
  if (faults.length > 0) return err(faults)
  const conditions = [...every, ...own].flatMap((read) => (read.ok ? [read.value] : []))
  const wrong = validateConditions(conditions).map((fault) => ({ ...fault, at: fault.at - every.length }))
  if (wrong.length > 0) return err(wrong)
  const sha256 = sha256Of(`${text}\n${EVERY_AGREEMENT.join('\n')}`)
  keepConditions(sha256, conditions)
  return ok({ document, text, sha256, conditions })
}

const readAll = (policies: readonly string[], of: Condition['of']) =>
  policies.map((policy, at) => readCondition(policy, at, of))
