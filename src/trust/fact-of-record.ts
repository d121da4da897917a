import { cents, err, type IsoDate, ok, type Result } from '../base/index.ts'
import type { Book } from '../registry/index.ts'
import { only } from './recorded.ts'
import type { Fact } from './schema.ts'

/**
 * Statuses in which a federal action may still keep money back. One that a court has blocked is among them: money that
 * is unpaid although a court has blocked the stop is the very ground of the bills.
 */
const IN_FORCE: ReadonlySet<string> = new Set([
  'in-effect',
  'contested',
  'partly-blocked',
  'blocked',
  'sustained',
])

export interface RecordRefused {
  readonly code: 'unknown_record'
  readonly detail: string
}

/**
 * A federal action as the registry has it on a day, as a fact.
 * @param unpaid_cents what it leaves unpaid, where the state knows it better than the record
 */
export function federalActionFact(
  book: Book,
  record: string,
  on: IsoDate,
  unpaid_cents: bigint | undefined,
): Result<Fact, RecordRefused> {
  const found = book.records.get(record)
  if (found?.kind !== 'federal-action') return refuse(record, 'federal action', 'fed-acf-freeze-five-states')
  const { status, amount_usd, sources } = found
  const amount = unpaid_cents ?? (amount_usd === undefined ? undefined : BigInt(amount_usd) * 100n)
  if (amount === undefined)
    return err({ code: 'unknown_record', detail: `${record} states no amount. Give it with --amount.` })
  return ok({
    kind: 'federal-action',
    on,
    record,
    status,
    in_force: IN_FORCE.has(status),
    unpaid_cents: cents(amount),
    source: sources[0]?.url ?? `registry ${record}`,
  })
}

/** Federal actions on record whose status in the registry is another by a day: each as a new fact, what is unpaid as before. */
export function changedActions(book: Book, facts: readonly Fact[], on: IsoDate): readonly Fact[] {
  const last = new Map(only(facts, 'federal-action').map((fact) => [fact.record, fact]))
  return [...last.values()].flatMap((before) => {
    const now = federalActionFact(book, before.record, on, before.unpaid_cents)
    const isSame = !now.ok || (now.value.kind === 'federal-action' && now.value.status === before.status)
    return isSame ? [] : [now.value]
  })
}

/** What a court found, about a lawsuit that the registry has. */
export function findingFact(
  book: Book,
  record: string,
  on: IsoDate,
  finding: Extract<Fact, { kind: 'finding' }>['finding'],
  source: string,
): Result<Fact, RecordRefused> {
  if (book.records.get(record)?.kind !== 'lawsuit') return refuse(record, 'lawsuit', 'suit-ny-v-acf')
  return ok({ kind: 'finding', on, record, finding, source })
}

const refuse = (record: string, what: string, such: string) =>
  err({
    code: 'unknown_record' as const,
    detail: `The registry has no ${what} ${record}. A decision stands on its records by id, such as ${such}.`,
  })
