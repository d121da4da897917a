import { plainName } from './personal-columns.ts'
import type { InventoryFormat } from './schema.ts'

export type AwardField =
  | 'award_id'
  | 'agency'
  | 'aln'
  | 'aln_prefix'
  | 'aln_extension'
  | 'programme'
  | 'strength'
  | 'type_code'
  | 'state_agency'
  | 'year'
  | 'year_kind'
  | 'date'
  | 'place'
  | 'amount'
  | 'match'
  | 'effort'

interface Format {
  /** For each field the names of its column, best first, written as `plainName` gives them. */
  readonly names: Readonly<Partial<Record<AwardField, readonly string[]>>>
  /** Each group needs one of its fields. */
  readonly needed: readonly (readonly AwardField[])[]
  /** Columns that such files always carry and that are never read. */
  readonly unread: RegExp | undefined
}

export const FORMATS: Readonly<Record<InventoryFormat, Format>> = {
  // 2 CFR 200.510(b): agency, listing number, programme, pass-through entity, expenditures, subrecipients.
  sefa: {
    names: {
      agency: ['federal agency', 'federal grantor', 'federal awarding agency', 'grantor', 'agency'],
      aln: [
        'assistance listing number',
        'assistance listing',
        'aln',
        'al number',
        'federal al number',
        'cfda number',
        'cfda',
        'federal cfda number',
        'listing number',
      ],
      aln_prefix: ['federal agency prefix', 'aln prefix', 'agency prefix'],
      aln_extension: ['federal award extension', 'aln extension', 'three digit extension'],
      programme: [
        'program title',
        'federal program name',
        'program name',
        'program',
        'programme',
        'federal program',
        'program or cluster title',
        'cluster or program title',
        'federal program or cluster title',
        'program cluster',
      ],
      state_agency: ['state agency', 'department', 'administering agency'],
      award_id: [
        'award number',
        'federal award identification number',
        'additional award identification',
        'grant number',
        'award id',
        'fain',
      ],
      year: ['fiscal year', 'year'],
      amount: [
        'federal expenditures',
        'expenditures',
        'total federal expenditures',
        'total expenditures',
        'amount expended',
        'amount',
      ],
      match: ['state match', 'match'],
      effort: ['maintenance of effort'],
    },
    needed: [['amount'], ['aln', 'aln_prefix'], ['programme']],
    unread: undefined,
  },
  // USAspending award downloads: assistance and contracts, transactions and award summaries.
  usaspending: {
    names: {
      award_id: ['award id fain', 'award id piid', 'award id', 'award id uri'],
      agency: ['awarding agency name', 'funding agency name', 'awarding agency'],
      aln: [
        'cfda number',
        'assistance listing number',
        'cfda numbers and titles',
        'assistance listing numbers and titles',
      ],
      programme: [
        'cfda title',
        'assistance listing title',
        'product or service code description',
        'naics description',
        'transaction description',
        'prime award base transaction description',
        'award description',
      ],
      type_code: ['assistance type code', 'award type code', 'assistance type', 'award type'],
      state_agency: ['recipient name'],
      year: ['action date fiscal year', 'fiscal year'],
      date: ['action date', 'award latest action date', 'period of performance start date'],
      place: [
        'primary place of performance state name',
        'primary place of performance state code',
        'pop state code',
        'place of performance state',
      ],
      amount: [
        'federal action obligation',
        'total obligated amount',
        'obligated amount',
        'award amount',
        'total dollars obligated',
      ],
    },
    needed: [['amount'], ['agency'], ['award_id'], ['year', 'date']],
    unread:
      /^(?:highly compensated officer \d (?:name|amount)|recipient (?:phone|fax) number|.*(?:foreign|address|solicitation).*)$/,
  },
  template: {
    names: {
      year: ['year'],
      year_kind: ['year kind'],
      agency: ['agency'],
      aln: ['aln'],
      programme: ['programme'],
      strength: ['strength'],
      state_agency: ['state agency'],
      award_id: ['award id'],
      amount: ['amount'],
      match: ['match'],
      effort: ['maintenance of effort'],
    },
    needed: [['year'], ['agency'], ['programme'], ['amount']],
    unread: undefined,
  },
}

export interface Columns {
  readonly at: Readonly<Partial<Record<AwardField, number>>>
  readonly names: readonly string[]
}

/** Where each field stands in a row of headings, if the row is one. */
export function findColumns(format: InventoryFormat, cells: readonly string[]): Columns | undefined {
  const { names, needed } = FORMATS[format]
  const plain = cells.map(plainName)
  const at: Partial<Record<AwardField, number>> = {}
  for (const [field, spellings] of Object.entries(names) as [AwardField, readonly string[]][]) {
    const found = spellings.map((name) => plain.indexOf(name)).find((index) => index >= 0)
    if (found !== undefined) at[field] = found
  }
  return needed.every((group) => group.some((field) => at[field] !== undefined))
    ? { at, names: cells }
    : undefined
}

/** What the headings must say, in words for an error. */
export const wantedColumns = (format: InventoryFormat): readonly string[] =>
  FORMATS[format].needed.map((group) =>
    group.map((field) => FORMATS[format].names[field]?.[0] ?? field).join(' or '),
  )
