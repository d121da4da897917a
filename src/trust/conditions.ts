import './cedar-start.ts'
import {
  type Context,
  type DetailedError,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'
import { z } from 'zod'
import { assert, err, ok, type Result } from '../base/index.ts'
import { CEDAR_SCHEMA } from './cedar-schema.ts'
import { MONEY_ACTIONS, type MoneyAction } from './schema.ts'

const SCHEMA_NAME = 'trust'
const parsed = preparseSchema(SCHEMA_NAME, CEDAR_SCHEMA)
assert(parsed.type === 'success', 'the schema of conditions is Cedar')

/** What a condition carries beside its policy: the words of the law, where they stand, and who acts when it is missing. */
const Annotations = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** `ground`: without it the agreement is suspended; `limit`: bounds one act; `signature`; `order` of a court or law. */
  kind: z.enum(['ground', 'limit', 'signature', 'order', 'permit']),
  /** Name in the context of the fact that it is judged on. */
  fact: z.string().min(1),
  /** Office or role that can bring what is missing. */
  next: z.string().min(1),
  says: z.string().min(1),
  says_es: z.string().min(1),
  /** Words of the law or bill, exactly as they stand there. */
  quote: z.string().min(1).optional(),
  /** The sense of the law in our words, where its text was not seen or is not words of law. */
  paraphrase: z.string().min(1).optional(),
  citation: z.string().min(1),
  source: z.url().optional(),
})

export interface Condition extends z.infer<typeof Annotations> {
  readonly effect: 'permit' | 'forbid'
  readonly actions: readonly MoneyAction[]
  /** The policy, as Cedar reads it. */
  readonly policy: string
  /** Whether every agreement has it, or this one. */
  readonly of: 'every' | 'agreement'
}

/** What is wrong with a condition, before it has a place in a file. */
export interface ConditionFault {
  readonly at: number
  readonly line?: number
  readonly found: string
  readonly wanted: string
}

/**
 * Reads one policy. Only two shapes are taken: a `permit` of acts without any condition, and a `forbid … unless` that
 * stands for exactly one condition. So a refusal is the list of conditions that are missing, each by its name: Cedar
 * names every forbid that held, and permits play no part in why not.
 */
export function readCondition(
  policy: string,
  at: number,
  of: Condition['of'],
): Result<Condition, ConditionFault> {
  const fault = (found: string, wanted: string, line?: number) =>
    err({ at, found, wanted, ...(line !== undefined && { line }) })
  const read = policyToJson(policy)
  if (read.type === 'failure') {
    const [first] = read.errors
    return fault(first?.message ?? 'no policy', 'one Cedar policy', lineIn(policy, first))
  }
  const { effect, principal, action, resource, conditions, annotations } = read.json
  const words = Annotations.safeParse(annotations ?? {})
  if (!words.success) {
    const issue = words.error.issues[0]
    return fault(`annotation @${issue?.path.join('.') || 'unknown'}`, issue?.message ?? 'an annotation')
  }
  const { quote, paraphrase, kind } = words.data
  if ((quote === undefined) === (paraphrase === undefined))
    return fault(quote ? 'both @quote and @paraphrase' : 'neither @quote nor @paraphrase', 'one of them')
  if (principal.op !== 'All' || resource.op !== 'All')
    return fault('a policy about one principal or resource', 'principal and resource alone')
  const actions = actionsOf(action)
  if (actions === undefined) return fault('an unknown action', `actions among ${MONEY_ACTIONS.join(', ')}`)
  if (effect === 'permit' && (conditions.length > 0 || kind !== 'permit'))
    return fault('a permit with a condition', 'a plain permit of @kind("permit"); conditions are forbids')
  if (effect === 'forbid' && (conditions.length !== 1 || conditions[0]?.kind !== 'unless'))
    return fault('a forbid of another shape', 'forbid … unless { one condition }')
  if (effect === 'forbid' && kind === 'permit') return fault('a forbid of @kind("permit")', 'another @kind')
  return ok({ ...words.data, effect, actions, policy, of })
}

function actionsOf(action: { op: string }): readonly MoneyAction[] | undefined {
  if (action.op === 'All') return MONEY_ACTIONS
  const one = action as unknown as { entity?: { id: string }; entities?: readonly { id: string }[] }
  const ids = (one.entities ?? (one.entity ? [one.entity] : [])).map(({ id }) => id)
  const known = MONEY_ACTIONS.filter((name) => ids.includes(name))
  return known.length === ids.length && ids.length > 0 ? known : undefined
}

const lineIn = (policy: string, error: DetailedError | undefined): number | undefined => {
  const start = error?.sourceLocations?.[0]?.start
  return start === undefined ? undefined : policy.slice(0, start).split('\n').length
}

/** Holds policies against the schema, all together. */
export function validateConditions(conditions: readonly Condition[]): readonly ConditionFault[] {
  const twice = conditions.flatMap(({ id }, at) =>
    conditions.findIndex((other) => other.id === id) < at
      ? [{ at, found: `@id("${id}") a second time`, wanted: 'each condition under its own name' }]
      : [],
  )
  if (twice.length > 0) return twice
  const checked = validate({ schema: CEDAR_SCHEMA, policies: { staticPolicies: policiesOf(conditions) } })
  if (checked.type === 'failure')
    return [{ at: 0, found: checked.errors[0]?.message ?? 'no policies', wanted: 'Cedar policies' }]
  return checked.validationErrors.map(({ policyId, error }) => {
    const at = conditions.findIndex(({ id }) => id === policyId)
    const line = lineIn(conditions[at]?.policy ?? '', error)
    return {
      at,
      ...(line !== undefined && { line }),
      found: error.message,
      wanted: error.help ?? 'names and types that the schema of conditions has',
    }
  })
}

const policiesOf = (conditions: readonly Condition[]) =>
  Object.fromEntries(conditions.map(({ id, policy }) => [id, policy]))

/** Keeps a checked set of conditions ready under a name that stands for its content. */
export function keepConditions(name: string, conditions: readonly Condition[]): void {
  const kept = preparsePolicySet(name, { staticPolicies: policiesOf(conditions) })
  assert(kept.type === 'success', 'checked policies parse')
}

/** What Cedar answered. */
export type Answer =
  | { readonly kind: 'answered'; readonly allowed: boolean; readonly determining: readonly string[] }
  /** The question could not be put, or a policy failed: never an allowance. */
  | { readonly kind: 'failed'; readonly policy?: string; readonly reason: string }

/**
 * Puts one question. Cedar passes over a policy that fails while it is judged, a forbid too; here any failure at all
 * is a refusal.
 */
export function ask(name: string, action: MoneyAction, context: Context): Answer {
  const answer = statefulIsAuthorized({
    principal: { type: 'Trust', id: name },
    action: { type: 'Action', id: action },
    resource: { type: 'Money', id: 'asked' },
    context,
    entities: [],
    preparsedPolicySetId: name,
    preparsedSchemaName: SCHEMA_NAME,
    validateRequest: true,
  })
  if (answer.type === 'failure')
    return { kind: 'failed', reason: answer.errors.map(({ message }) => message).join('; ') }
  const { decision, diagnostics } = answer.response
  const [failed] = diagnostics.errors
  if (failed) return { kind: 'failed', policy: failed.policyId, reason: failed.error.message }
  return { kind: 'answered', allowed: decision === 'allow', determining: diagnostics.reason }
}
