import type { IsoDate } from '../base/index.ts'
import { daysBetween } from './liability/days.ts'
import type { AgreementDocument, Fact, FactKind } from './schema.ts'

/** A fact as it was recorded: who did, when, and its place in the order of recording. */
export interface RecordedFact {
  readonly id: string
  readonly recorded_at: string
  readonly recorded_by: string
  readonly fact: Fact
}

export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>

/** The facts that hold on a day, oldest first; of one day, in the order in which they were recorded. */
export const factsOn = (facts: readonly RecordedFact[], day: IsoDate): readonly Fact[] =>
  facts
    .filter(({ fact }) => fact.on <= day)
    .map(({ fact }, order) => ({ fact, order }))
    .toSorted((a, b) => (a.fact.on < b.fact.on ? -1 : a.fact.on > b.fact.on ? 1 : a.order - b.order))
    .map(({ fact }) => fact)

export const only = <K extends FactKind>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] =>
  facts.filter((fact): fact is FactOf<K> => fact.kind === kind)

/** Federal actions still in force and what they leave unpaid; each record counts as it stands last. */
export function federalActionOn(facts: readonly Fact[]) {
  const last = new Map(only(facts, 'federal-action').map((fact) => [fact.record, fact]))
  if (last.size === 0) return undefined
  const standing = [...last.values()].filter(({ in_force }) => in_force)
  return {
    in_force: standing.length > 0,
    unpaid_cents: standing.reduce((sum, { unpaid_cents }) => sum + unpaid_cents, 0n),
  }
}

/** Whether a court's finding that the federal side does not comply stands, in any of the suits on record. */
export function findingOn(facts: readonly Fact[]) {
  const suits = new Map<string, { contravenes: boolean; stayed: boolean }>()
  for (const { record, finding } of only(facts, 'finding')) {
    const now = suits.get(record) ?? { contravenes: false, stayed: false }
    if (finding === 'stayed' || finding === 'stay-lifted')
      suits.set(record, { ...now, stayed: finding === 'stayed' })
    else suits.set(record, { contravenes: finding === 'contravenes', stayed: false })
  }
  if (suits.size === 0) return undefined
  const found = [...suits.values()].filter(({ contravenes }) => contravenes)
  return { contravenes: found.length > 0, stayed: found.length > 0 && found.every(({ stayed }) => stayed) }
}

/** The newest report of the office that the agreement names; a report of another office is none. */
export function reportOn(facts: readonly Fact[], { report }: AgreementDocument, day: IsoDate) {
  const newest = only(facts, 'report')
    .filter(({ office }) => office === report?.office)
    .at(-1)
  if (report === undefined || newest === undefined) return undefined
  return {
    age_days: daysBetween(newest.on, day),
    stale_after_days: report.stale_after_days,
    arrears_cents: newest.arrears_cents,
  }
}

/** Offices whose sign-off of the holding has not lapsed. */
export function signOffsOn(facts: readonly Fact[], { retest }: AgreementDocument, day: IsoDate) {
  if (retest === undefined) return []
  const last = new Map(only(facts, 'sign-off').map(({ office, on, person }) => [office, { on, person }]))
  const fresh = [...last].filter(
    ([office, { on }]) => retest.offices.includes(office) && daysBetween(on, day) <= retest.valid_days,
  )
  // One person in two offices is one voice: the later office counts, the earlier does not.
  const voices = new Map(fresh.map(([office, { person }]) => [person, office]))
  return [...voices.values()].sort()
}

export function ordersOn(facts: readonly Fact[], member: string | undefined) {
  const orders = { stayed: false, struck: false, pay_treasury: false, not_owed: false, frozen: false }
  for (const { order, member: whose } of only(facts, 'order')) {
    if (whose !== undefined && whose !== member) continue
    if (order === 'stay' || order === 'stay-lifted') orders.stayed = order === 'stay'
    if (order === 'freeze' || order === 'freeze-lifted') orders.frozen = order === 'freeze'
    if (order === 'strike') orders.struck = true
    if (order === 'pay-treasury') orders.pay_treasury = true
    if (order === 'not-owed') orders.not_owed = true
  }
  return orders
}

/** @param paid_cents what was already paid to the Treasury under the panel's releases */
export function panelOn(facts: readonly Fact[], paid_cents: bigint) {
  let finds = false
  let released = 0n
  for (const { act, cents } of only(facts, 'panel')) {
    if (act === 'releases') released += cents ?? 0n
    else finds = act === 'finds-unconstitutional'
  }
  const left = released - paid_cents
  return { finds_unconstitutional: finds, released_cents: left > 0n ? left : 0n }
}

export function exitOn(facts: readonly Fact[], { exit }: AgreementDocument, member: string, day: IsoDate) {
  const [notice] = only(facts, 'member-exit').filter((fact) => fact.member === member)
  if (notice === undefined) return undefined
  return { days_since_notice: daysBetween(notice.on, day), notice_days: exit.notice_days }
}

/** Members on a day: those of the agreement whose notice, if they gave one, has not run out. */
export const membersOn = (facts: readonly Fact[], document: AgreementDocument, day: IsoDate) =>
  document.members.filter((member) => {
    const exit = exitOn(facts, document, member, day)
    return exit === undefined || exit.days_since_notice < exit.notice_days
  })

export const noticeOn = (facts: readonly Fact[]): boolean =>
  only(facts, 'special-account-notice').at(-1)?.act === 'delivered'
