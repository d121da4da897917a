import { type Cents, cents, err, findState, ok, type Result } from '../base/index.ts'
import type { AwardField, Columns } from './award-columns.ts'
import {
  type Award,
  type InventoryFormat,
  Strength,
  type Strength as StrengthType,
  YearKind,
} from './schema.ts'

/** What is wrong with one cell, for the person who holds the file. */
export interface RowFault {
  readonly line: number
  readonly column: string
  readonly found: string
  readonly wanted: string
}

/** What a row of a file is; headings and subtotals carry no money of their own. */
export type Row =
  | { readonly kind: 'award'; readonly award: Award }
  | { readonly kind: 'total'; readonly amount: Cents; readonly label: string }
  | { readonly kind: 'subtotal' | 'empty' | 'elsewhere' }
  | { readonly kind: 'heading'; readonly text: string }

export interface RowContext {
  readonly format: InventoryFormat
  readonly columns: Columns
  /** The state whose money is listed, for files that hold several. */
  readonly usps: string
  /** Fiscal year, where the file has no column for it. */
  readonly year: number | undefined
  /** The last heading that named an agency. */
  readonly agency: string | undefined
  readonly strengthOf: ReadonlyMap<string, StrengthType>
}

export function parseRow(line: number, cells: readonly string[], context: RowContext): Result<Row, RowFault> {
  const filled = cells.filter((cell) => cell.trim() !== '')
  const [first] = filled
  if (first === undefined) return ok({ kind: 'empty' })
  const extra = cells.slice(context.columns.names.length).find((cell) => cell.trim() !== '')
  if (extra !== undefined)
    return err({
      line,
      column: `after ${context.columns.names.at(-1) ?? 'the last'}`,
      found: extra,
      wanted: 'as many cells as headings; an amount with commas stands in quotes',
    })
  const text = (field: AwardField) => cells[context.columns.at[field] ?? -1]?.trim() ?? ''
  const label = filled.find((cell) => /[a-z]/i.test(cell)) ?? ''
  if (context.format !== 'usaspending' && /^(?:grand |sub)?total\b/i.test(label) && text('aln') === '')
    return totalRow(line, label.trim(), text('amount'), context)
  if (context.format === 'sefa' && filled.length === 1 && parseAmount(first) === undefined)
    return ok({ kind: 'heading', text: first.trim() })
  if (context.format === 'usaspending' && isElsewhere(text('place'), context.usps))
    return ok({ kind: 'elsewhere' })
  return awardRow(line, text, context)
}

/** `Total expenditures of federal awards` closes a file; `Total Department of Education` only a part of it. */
const CLOSING =
  /^(?:grand total|total)(?:[ ,:-]*(?:all|of|for|federal|expenditures?|awards?|obligations?|amount|funds?|programmes?|programs?|expended|assistance|financial|primary|government))*[ :.]*$/i

function totalRow(line: number, label: string, stated: string, context: RowContext): Result<Row, RowFault> {
  if (!CLOSING.test(label)) return ok({ kind: 'subtotal' })
  const amount = parseAmount(stated)
  return amount === undefined
    ? fault(line, context, 'amount', stated, 'the sum of the rows above')
    : ok({ kind: 'total', amount, label })
}

function awardRow(
  line: number,
  text: (field: AwardField) => string,
  context: RowContext,
): Result<Row, RowFault> {
  const bad = (field: AwardField, found: string, wanted: string) => fault(line, context, field, found, wanted)
  const amount = parseAmount(text('amount'))
  if (amount === undefined) return bad('amount', text('amount'), 'an amount in dollars such as 1,250,000.00')
  const match = optionalAmount(text('match'))
  if (match === undefined) return bad('match', text('match'), 'an amount in dollars, or nothing')
  const effort = optionalAmount(text('effort'))
  if (effort === undefined) return bad('effort', text('effort'), 'an amount in dollars, or nothing')
  const listing = readListing(text)
  if (listing === undefined) return bad('aln', text('aln'), 'a listing number such as 93.778')
  const year = readYear(text, context)
  if (year === undefined)
    return bad(
      'year',
      text('year') || text('date'),
      'a fiscal year such as 2024, in the file or given beside it',
    )
  const year_kind = YearKind.safeParse(text('year_kind') || DEFAULT_YEAR_KIND[context.format])
  if (!year_kind.success) return bad('year_kind', text('year_kind'), YearKind.options.join(', '))
  const agency = text('agency') || context.agency || agencyOfListing(listing)
  if (agency === undefined) return bad('agency', '', 'the federal agency')
  const strength = readStrength(text, listing, context)
  if (strength === undefined) return bad('strength', text('strength'), Strength.options.join(', '))
  const programme = text('programme') || listing
  if (!programme) return bad('programme', '', 'the name of the programme')
  return ok({
    kind: 'award',
    award: {
      line,
      award_id: text('award_id') || null,
      agency,
      aln: listing || null,
      programme,
      strength,
      state_agency: paysPersons(text('type_code'), context.format) ? null : text('state_agency') || null,
      year,
      year_kind: year_kind.data,
      amount_cents: amount,
      match_cents: match,
      effort_cents: effort,
    },
  })
}

const DEFAULT_YEAR_KIND = {
  sefa: 'state-fiscal',
  template: 'state-fiscal',
  usaspending: 'federal-fiscal',
} as const satisfies Record<InventoryFormat, string>

function fault(line: number, { columns }: RowContext, field: AwardField, found: string, wanted: string) {
  const at = columns.at[field]
  return err({ line, column: at === undefined ? field : (columns.names[at] ?? field), found, wanted })
}

/** Dollars as people write them: `$1,234.56`, `(500)` for a negative, `-` for zero. @returns whole cents */
export function parseAmount(text: string): Cents | undefined {
  const bare = text.trim().replace(/\s/g, '')
  if (/^[-–—]$/.test(bare)) return cents(0n)
  const match = /^(\()?(-?\$?|\$-)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{0,2}))?(\))?$/.exec(bare)
  if (!match || (match[1] === '(') !== (match[5] === ')')) return undefined
  const whole = BigInt(`${(match[3] ?? '').replaceAll(',', '')}${(match[4] ?? '').padEnd(2, '0')}`)
  return cents(match[1] || match[2]?.includes('-') ? -whole : whole)
}

const optionalAmount = (text: string): Cents | null | undefined => (text === '' ? null : parseAmount(text))

/** @returns '' where the row has none, undefined where what it has is no listing number */
function readListing(text: (field: AwardField) => string): string | undefined {
  const joined = text('aln_prefix') ? `${text('aln_prefix')}.${text('aln_extension')}` : text('aln')
  const found = joined.toUpperCase().split(/[:;,]/)[0]?.trim() ?? ''
  if (found === '' || found === 'N/A') return ''
  // A spreadsheet that took 84.010 for a number dropped its last zeros.
  if (/^\d{2}\.\d{1,2}$/.test(found)) return found.padEnd(6, '0')
  return /^\d{2}\.(?:\d{3}[A-Z]?|[A-Z][A-Z0-9]{1,3})$/.test(found) ? found : undefined
}

function readYear(text: (field: AwardField) => string, context: RowContext): number | undefined {
  const year = text('year')
  if (/^(?:19|20)\d{2}$/.test(year)) return Number(year)
  if (year !== '') return undefined
  const date = /^(\d{4})-(\d{2})-\d{2}/.exec(text('date'))
  // The federal fiscal year starts on 1 October and has the name of the year it ends in (31 U.S.C. § 1102).
  if (date) return Number(date[1]) + (Number(date[2]) >= 10 ? 1 : 0)
  return text('date') === '' ? context.year : undefined
}

/** Our judgement of the listing first; then what the file says; else nobody has judged it. */
function readStrength(
  text: (field: AwardField) => string,
  listing: string,
  { format, strengthOf }: RowContext,
): StrengthType | undefined {
  if (text('strength') !== '') return Strength.safeParse(text('strength')).data
  return (
    strengthOf.get(listing) ?? (format === 'usaspending' ? strengthOfType(text('type_code')) : 'not_coded')
  )
}

/** Type codes of USAspending's data dictionary: 02 block, 03 formula, 04 project, 05 cooperative, 06 and 10 direct. */
function strengthOfType(code: string): StrengthType {
  const first = code.trim().toUpperCase().slice(0, 2)
  if (first === '02' || first === '03') return 'formula'
  if (first === '04' || first === '05') return 'project'
  if (first === '06' || first === '10') return 'direct'
  return /^(?:[ABCD]|IDV)/.test(code.trim().toUpperCase()) ? 'contract' : 'not_coded'
}

/** Direct payments may go to one person; whom they went to is not kept. */
const paysPersons = (code: string, format: InventoryFormat): boolean =>
  format === 'usaspending' && ['06', '10', '11'].includes(code.trim().slice(0, 2))

function isElsewhere(place: string, usps: string): boolean {
  if (place === '') return false
  const own = findState(usps)?.name.toUpperCase()
  return place.toUpperCase() !== usps && place.toUpperCase() !== own
}

/** The agency by the first two digits of a listing number. Source: SAM.gov, Assistance Listings. */
const AGENCIES: Readonly<Record<string, string>> = {
  '10': 'Department of Agriculture',
  '11': 'Department of Commerce',
  '12': 'Department of Defense',
  '14': 'Department of Housing and Urban Development',
  '15': 'Department of the Interior',
  '16': 'Department of Justice',
  '17': 'Department of Labor',
  '19': 'Department of State',
  '20': 'Department of Transportation',
  '21': 'Department of the Treasury',
  '39': 'General Services Administration',
  '43': 'National Aeronautics and Space Administration',
  '45': 'National Foundation on the Arts and the Humanities',
  '47': 'National Science Foundation',
  '59': 'Small Business Administration',
  '64': 'Department of Veterans Affairs',
  '66': 'Environmental Protection Agency',
  '81': 'Department of Energy',
  '84': 'Department of Education',
  '90': 'Election Assistance Commission and others',
  '93': 'Department of Health and Human Services',
  '94': 'AmeriCorps',
  '96': 'Social Security Administration',
  '97': 'Department of Homeland Security',
}
const agencyOfListing = (listing: string): string | undefined => AGENCIES[listing.slice(0, 2)]

const AGENCY_WORDS =
  /\b(?:department|agency|administration|commission|corporation|foundation|institute|office|bureau|service|council|board|endowment|americorps|u\.?s\.?)\b/i
/** Whether a line that stands alone names an agency (and not a cluster of programmes). */
export const namesAgency = (text: string): boolean => AGENCY_WORDS.test(text) && !/\bcluster\b/i.test(text)
