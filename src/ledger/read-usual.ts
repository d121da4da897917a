import { ID, KINDS, type SentTransfer, type TransferCommand, transferOf } from './schema.ts'

/*
 * Files hold millions of transfers, nearly all of them plain. Those are known at a glance here, several times faster
 * than by the schema; whatever looks in any way unusual is left to it, and so is every refusal. What is taken here is
 * exactly what the schema would have made of it: `read-line.test.ts` holds them together.
 */

const PLAIN_CODE = /^[\x20-\x7e]{1,64}$/
const PLAIN_WHY = /^[\x20-\x7e]{1,500}$/
const AMOUNT = /^\d{1,39}$/
/** Every day of 1900 to 2099 but February 29. */
const DAY =
  /^(?:19|20)\d\d-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)$/

const is = (pattern: RegExp, value: unknown): boolean => typeof value === 'string' && pattern.test(value)
const isAbsent = (value: unknown): boolean => value === undefined || value === null
const isAbsentOr = (pattern: RegExp, value: unknown): boolean => isAbsent(value) || is(pattern, value)
const kinds = new Set<unknown>(KINDS)

const CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  op: (value) => value === 'transfer',
  id: (value) => is(ID, value),
  debit: (value) => is(ID, value),
  credit: (value) => is(ID, value),
  amount: (value) => isAbsentOr(AMOUNT, value),
  kind: (value) => kinds.has(value),
  pending: (value) => isAbsentOr(ID, value),
  linked: (value) => isAbsent(value) || typeof value === 'boolean',
  expires: (value) => isAbsentOr(DAY, value),
  date: (value) => is(DAY, value),
  code: (value) => isAbsentOr(PLAIN_CODE, value),
  reverses: (value) => isAbsentOr(ID, value),
  why: (value) => isAbsentOr(PLAIN_WHY, value),
  documents: isAbsent,
}
const REQUIRED = ['op', 'id', 'debit', 'credit', 'kind', 'date'] as const

/** @param sent an object that was read from JSON */
export function usualTransfer(sent: object): TransferCommand | undefined {
  for (const key in sent) {
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key] : undefined
    if (check === undefined || !check((sent as Record<string, unknown>)[key])) return undefined
  }
  for (const key of REQUIRED) if (!(key in sent)) return undefined
  return transferOf(sent as SentTransfer)
}
