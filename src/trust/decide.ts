import type { Context } from '@cedar-policy/cedar-wasm/nodejs'
import type { IsoDate, Json } from '../base/index.ts'
import type { Agreement } from './agreement.ts'
import { ask, type Condition } from './conditions.ts'
import { contextOf, type Derived, type Question, type Standing } from './context.ts'
import { factsOn, membersOn, only } from './recorded.ts'
import type { AgreementState, MoneyAction } from './schema.ts'

/** One reason why money may not move, in full: what is missing, the law's words, what it was judged on, who acts next. */
export interface MissingCondition extends Pick<Condition, 'id' | 'kind' | 'says' | 'says_es' | 'citation'> {
  readonly quote?: string | undefined
  readonly paraphrase?: string | undefined
  readonly source?: string | undefined
  readonly of: Condition['of'] | 'engine'
  readonly judged_on: { readonly fact: string; readonly value: Json }
  /** Office or role. */
  readonly next: string
}

export interface Decision {
  readonly allowed: boolean
  readonly action: MoneyAction
  readonly day: IsoDate
  readonly amount_cents: bigint
  readonly state: AgreementState
  /** The policy that decided: a permit where allowed, else the first condition that is missing. */
  readonly decided_by: string
  readonly missing: readonly MissingCondition[]
  /** What it was decided on. */
  readonly context: Context
}

/** Whether this may be done with this money on this day, and if not, everything that stands against it. */
export function decide(agreement: Agreement, standing: Standing, question: Question, day: IsoDate): Decision {
  const { state } = stateOn(agreement, standing, day)
  const ground_ended = hasGroundEnded(agreement, standing, question, day)
  return judge(agreement, standing, question, day, { state, ground_ended })
}

function judge(
  agreement: Agreement,
  standing: Standing,
  question: Question,
  day: IsoDate,
  derived: Derived,
): Decision {
  const context = contextOf(agreement.document, standing, question, day, derived)
  const { action, amount_cents } = question
  const answer = ask(agreement.sha256, action, context)
  const decision = { action, day, amount_cents, state: derived.state, context }
  if (answer.kind === 'failed') {
    const missing = [failure(answer.policy, answer.reason)]
    return { ...decision, allowed: false, decided_by: answer.policy ?? 'question', missing }
  }
  if (answer.allowed)
    return { ...decision, allowed: true, decided_by: answer.determining[0] ?? '', missing: [] }
  // An agreement's own conditions first: a state such as suspended is only their consequence.
  const against = agreement.conditions
    .filter(({ id }) => answer.determining.includes(id))
    .toSorted((a, b) => Number(a.of === 'every') - Number(b.of === 'every'))
  const missing = against.length > 0 ? against.map((one) => missingOf(one, context)) : [noPermit(action)]
  return { ...decision, allowed: false, decided_by: missing[0]?.id ?? '', missing }
}

const missingOf = (condition: Condition, context: Context): MissingCondition => {
  const { id, kind, says, says_es, citation, quote, paraphrase, source, of, fact, next } = condition
  const value = (context[fact] ?? null) as Json
  return {
    id,
    kind,
    says,
    says_es,
    citation,
    quote,
    paraphrase,
    source,
    of,
    next,
    judged_on: { fact, value },
  }
}

const ENGINE = { citation: 'Rule of every agreement, docs/agreements.md', of: 'engine' } as const

/** A question that could not be answered: a fact that must be there is not, or a policy failed on the facts. */
const failure = (policy: string | undefined, reason: string): MissingCondition => ({
  ...ENGINE,
  id: policy === undefined ? 'fact-missing' : 'policy-error',
  kind: 'order',
  says:
    policy === undefined
      ? 'Every fact that the question needs is on record and within bounds.'
      : `The condition ${policy} can be judged on the facts.`,
  says_es:
    policy === undefined
      ? 'Todos los hechos que la pregunta requiere están registrados y dentro de los límites.'
      : `La condición ${policy} puede juzgarse con los hechos.`,
  paraphrase: 'What cannot be judged does not move money.',
  judged_on: { fact: policy ?? 'question', value: reason },
  next: 'counsel',
})

const noPermit = (action: MoneyAction): MissingCondition => ({
  ...ENGINE,
  id: 'not-provided-for',
  kind: 'order',
  says: `The agreement provides for the act ${action}.`,
  says_es: `El acuerdo prevé el acto ${action}.`,
  paraphrase: 'What an agreement does not permit is not done.',
  judged_on: { fact: 'action', value: action },
  next: 'counsel',
})

export interface StateOn {
  readonly state: AgreementState
  /** Conditions or events that put it there. */
  readonly because: readonly string[]
}

/**
 * The state of an agreement follows from the facts alone; nobody sets it. Whether it is in force is asked of the
 * conditions themselves: may one cent of a member's first class be held, as far as ground, report and orders go.
 */
export function stateOn(agreement: Agreement, standing: Standing, day: IsoDate): StateOn {
  if (standing.closed) return { state: 'closed', because: ['wound-up'] }
  const facts = factsOn(standing.facts, day)
  const ended = [
    ...(only(facts, 'order').some(({ order, member }) => order === 'strike' && member === undefined)
      ? ['strike']
      : []),
    ...(membersOn(facts, agreement.document, day).length === 0 ? ['member-exit'] : []),
    ...(only(facts, 'wind-up-decided').length > 0 ? ['wind-up-decided'] : []),
  ]
  if (ended.length > 0) return { state: 'winding-up', because: ended }
  const because = groundsMissing(agreement, standing, day).map(({ id }) => id)
  return because.length > 0 ? { state: 'suspended', because } : { state: 'in-force', because: [] }
}

/** What keeps the agreement from holding anything at all, apart from limits of single deposits. */
function groundsMissing(agreement: Agreement, standing: Standing, day: IsoDate): readonly MissingCondition[] {
  const [depositor_class] = agreement.document.depositor_classes
  const [member] = membersOn(factsOn(standing.facts, day), agreement.document, day)
  const probe: Question = {
    action: 'hold',
    member: member ?? '',
    depositor_class: depositor_class?.id ?? '',
    amount_cents: 1n,
    deposit_due: day,
  }
  const { missing } = judge(agreement, standing, probe, day, { state: 'in-force', ground_ended: false })
  return missing.filter(({ kind }) => kind === 'ground' || kind === 'order')
}

/**
 * Whether facts on record show that the ground for holding is gone. A fact that is not on record, or a report that is
 * stale, shows nothing: then it is not known, and money stays where it is.
 */
function hasGroundEnded(
  agreement: Agreement,
  standing: Standing,
  { member }: Question,
  day: IsoDate,
): boolean {
  const [depositor_class] = agreement.document.depositor_classes
  const probe: Question = {
    action: 'hold',
    member,
    depositor_class: depositor_class?.id ?? '',
    amount_cents: 1n,
    deposit_due: day,
  }
  const { missing } = judge(agreement, standing, probe, day, { state: 'in-force', ground_ended: false })
  return missing.some(
    ({ id, kind, judged_on }) =>
      id === 'no-stay' ||
      (kind === 'ground' && judged_on.value !== null && !isStale(judged_on.value, judged_on.fact)),
  )
}

const isStale = (value: Json, fact: string): boolean => {
  if (fact !== 'report') return false
  const { age_days, stale_after_days } = value as { age_days: number; stale_after_days: number }
  return age_days > stale_after_days
}
