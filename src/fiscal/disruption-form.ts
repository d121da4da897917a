import type { z } from 'zod'
import { type DivisionId, divisionOfState, type UspsCode } from '../base/index.ts'
import { parseAmount } from './award-row.ts'
import { Disruption } from './schema.ts'

/** A disruption as a person writes it: amounts in dollars, empty where nothing is known. */
export const DISRUPTION_FIELDS = [
  'id',
  'record_id',
  'kind',
  'agency',
  'programme',
  'aln',
  'strength',
  'awarded',
  'drawn',
  'stopped',
  'back',
  'since',
  'until',
  'affected',
  'court_status',
  'source_url',
] as const
export type DisruptionField = (typeof DISRUPTION_FIELDS)[number]
export type DisruptionForm = Readonly<Partial<Record<DisruptionField, string>>>

export interface FieldFault {
  readonly field: string
  readonly found: string
  readonly wanted: string
}

/** Reads a form into a disruption; every faulty field is named under the name it has in the form. */
export function readDisruption(
  usps: UspsCode,
  form: DisruptionForm,
):
  | { readonly ok: true; readonly value: Disruption }
  | { readonly ok: false; readonly error: readonly FieldFault[] } {
  const text = (field: DisruptionField) => form[field]?.trim() ?? ''
  const orNull = (field: DisruptionField) => text(field) || null
  const faults: FieldFault[] = []
  const amount = (field: 'awarded' | 'drawn' | 'stopped' | 'back'): bigint | null => {
    if (text(field) === '') return null
    const read = parseAmount(text(field))
    if (read === undefined || read < 0n)
      faults.push({ field, found: text(field), wanted: 'an amount in dollars of zero or more, or nothing' })
    return read ?? null
  }
  const jurisdiction: DivisionId = divisionOfState(usps)
  const read = Disruption.safeParse({
    jurisdiction,
    id: text('id') || idOf(usps, text('record_id'), text('programme')),
    record_id: text('record_id'),
    kind: text('kind'),
    agency: text('agency'),
    programme: text('programme'),
    aln: orNull('aln'),
    strength: text('strength') || 'not_coded',
    awarded_cents: positive(amount('awarded')),
    drawn_cents: positive(amount('drawn')),
    stopped_cents: positive(amount('stopped')),
    back_cents: positive(amount('back')),
    since: text('since'),
    until: orNull('until'),
    affected: text('affected'),
    court_status: text('court_status') || 'no-suit',
    source_url: text('source_url'),
  })
  if (!read.success) faults.push(...read.error.issues.map((issue) => faultOf(issue, form)))
  return read.success && faults.length === 0 ? { ok: true, value: read.data } : { ok: false, error: faults }
}

const positive = (amount: bigint | null): bigint | null => (amount !== null && amount < 0n ? null : amount)

function faultOf(issue: z.core.$ZodIssue, form: DisruptionForm): FieldFault {
  const field = String(issue.path[0] ?? '').replace(/_cents$/, '')
  const wanted =
    issue.code === 'invalid_value'
      ? `one of ${issue.values.join(', ')}`
      : issue.message.replace(/^wanted: /, '')
  return { field, found: form[field as DisruptionField] ?? '', wanted }
}

/** `co-fed-omb-funding-freeze-child-care`: one disruption for each federal action and programme of a state. */
export const idOf = (usps: string, recordId: string, programme: string): string =>
  `${usps} ${recordId} ${programme}`
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-|-$/g, '')
