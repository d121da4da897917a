import { type Cents, cents, err, ok, type Result } from '../base/index.ts'
import { Fact, type FactKind } from './schema.ts'

/** Fields of a fact in the order in which a form asks for them. */
export const FACT_FIELDS = {
  'federal-action': ['record', 'amount'],
  finding: ['record', 'finding'],
  report: ['office', 'amount'],
  order: ['order', 'court', 'docket', 'member'],
  'sign-off': ['office', 'person'],
  panel: ['act', 'amount'],
  'member-exit': ['member'],
  'special-account-notice': ['act'],
  earnings: ['amount'],
  'wind-up-decided': [],
} as const satisfies Readonly<Record<FactKind, readonly string[]>>

export const FACT_KINDS = Object.keys(FACT_FIELDS) as readonly FactKind[]

/** What may be chosen where a field is a choice. */
export const FACT_CHOICES: Readonly<Record<string, readonly string[]>> = {
  finding: ['contravenes', 'does-not-contravene', 'reversed', 'stayed', 'stay-lifted'],
  order: ['stay', 'stay-lifted', 'strike', 'pay-treasury', 'not-owed', 'freeze', 'freeze-lifted'],
  'panel act': ['finds-unconstitutional', 'withdraws-finding', 'releases'],
  'special-account-notice act': ['delivered', 'relieved'],
}

/** Where a field of a form lands in the fact. */
const AMOUNTS: Readonly<Partial<Record<FactKind, string>>> = {
  'federal-action': 'unpaid_cents',
  report: 'arrears_cents',
  panel: 'cents',
  earnings: 'cents',
}

export const WANTED = ['dollars', 'day', 'state', 'choice', 'file', 'record', 'office'] as const

export interface FieldFault {
  readonly field: string
  readonly found: string
  /** One of WANTED or `missing`, which the page says in its language, or what a reader of files says. */
  readonly wanted: string
}

/** Dollars as people type them; nothing where the text is no amount. */
export function readDollars(text: string): Cents | undefined {
  const match = /^\$?(\d{1,3}(?:,\d{3}){0,5}|\d{1,15})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!match) return undefined
  return cents(BigInt((match[1] ?? '').replaceAll(',', '')) * 100n + BigInt((match[2] ?? '').padEnd(2, '0')))
}

/**
 * A fact from a form's texts, or the first field that is wrong.
 * @param more what only the registry knows: the status of a federal action
 */
export function readFact(
  kind: FactKind,
  texts: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
): Result<Fact, FieldFault> {
  const text = (name: string) => (texts[name] ?? '').trim()
  const raw: Record<string, unknown> = { kind, on: text('on'), source: text('source'), ...more }
  for (const name of FACT_FIELDS[kind]) {
    if (name !== 'amount') {
      if (text(name) !== '') raw[name] = text(name)
      continue
    }
    const amount = readDollars(text('amount'))
    if (amount === undefined && !(kind === 'panel' && text('amount') === ''))
      return err({ field: 'amount', found: text('amount'), wanted: 'dollars' })
    if (amount !== undefined) raw[AMOUNTS[kind] ?? 'cents'] = String(amount)
  }
  const read = Fact.safeParse(raw)
  if (read.success) return ok(read.data)
  const path = String(read.error.issues[0]?.path[0] ?? 'kind')
  const field = path.endsWith('cents') ? 'amount' : path
  const found = text(field)
  return err({ field, found, wanted: found === '' ? 'missing' : wantedIn(field) })
}

const wantedIn = (field: string): (typeof WANTED)[number] => {
  switch (field) {
    case 'on':
      return 'day'
    case 'member':
      return 'state'
    case 'amount':
      return 'dollars'
    case 'record':
    case 'office':
      return field
    default:
      return 'choice'
  }
}
