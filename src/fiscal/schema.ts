import { z } from 'zod'
import { DivisionId, EdtfDate } from '../base/index.ts'

/** How far a figure can be trusted, and why; shown with every figure. */
export const Grade = z.enum([
  'official',
  'published-re-read',
  'our-reconstruction',
  'illustration-only',
  'user',
])
export type Grade = z.infer<typeof Grade>

/** What a year means. Two figures of different kinds are never added. */
export const YearKind = z.enum([
  'federal-fiscal',
  'state-fiscal',
  'calendar',
  'tax-year',
  'march',
  'federal-fiscal-sum',
  'mixed',
  'unknown',
])
export type YearKind = z.infer<typeof YearKind>

/** `gives`: federal receipts from the jurisdiction; `gets`: federal spending in it. */
export const Direction = z.enum(['gives', 'gets', 'balance', 'context'])
export type Direction = z.infer<typeof Direction>

/** Who or what is counted. */
export const Basis = z.enum([
  'attributed',
  'resident',
  'filer',
  'recipient',
  'recipient-government',
  'employer-government',
  'place-of-performance',
  'place-of-work',
  'nation',
])
export type Basis = z.infer<typeof Basis>

export const Unit = z.enum([
  'usd',
  'usd_thousands',
  'usd_millions',
  'usd_billions',
  'usd_per_person',
  'usd2017_millions',
  'persons',
  'employees',
  'jobs',
  'households',
  'returns',
  'percent',
])
export type Unit = z.infer<typeof Unit>

export const SeriesId = z
  .string()
  .regex(/^[a-z0-9]+(?:[_-][a-z0-9]+)*$/, 'wanted: an id of small letters, digits, - and _')
  .max(60)
export const Decimal = z
  .string()
  .regex(/^-?\d{1,15}(?:\.\d{1,9})?$/, 'wanted: a decimal number such as -12.5, without separators')

export const Series = z.strictObject({
  id: SeriesId,
  title: z.string().min(1),
  short: z.string().min(1),
  publisher: z.string().min(1),
  grade: Grade,
  basis: Basis,
  year_kind: YearKind,
  /** How many years one value adds up; absent: one. */
  year_span: z.int().positive().optional(),
  vintage: z.string().min(1),
  source: z.string().min(1),
  allocation: z.string().min(1),
  left_out: z.string().min(1),
  sum_tolerance: z.number().nonnegative().optional(),
  nation_tolerance: z.number().nonnegative().optional(),
  nation_tolerance_of: z.record(z.string(), z.number()).optional(),
})
export type Series = z.infer<typeof Series>

const blankAsAbsent = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

export const Category = z.object({
  series: SeriesId,
  category: z.string().min(1),
  direction: Direction,
  unit: Unit,
  basis: blankAsAbsent(Basis),
  year_kind: blankAsAbsent(YearKind),
  part_of: blankAsAbsent(z.string()),
  en: z.string().min(1),
  es: z.string().min(1),
})
export type Category = z.infer<typeof Category>

export const Source = z.object({
  source_id: z.string(),
  title: z.string(),
  publisher: z.string(),
  url: z.string(),
  published: z.string(),
  notes: z.string(),
})
export type Source = z.infer<typeof Source>

/** One value of one category for one place and year, with everything that a page must say about it. */
export interface Figure {
  readonly jurisdiction: DivisionId
  readonly series: string
  readonly category: string
  readonly direction: Direction
  readonly year: number
  readonly year_kind: YearKind
  readonly basis: Basis
  readonly unit: Unit
  /** Exact, as published: a decimal in `unit`. */
  readonly value: string
  readonly grade: Grade
  readonly source: string
  readonly vintage: string
}

export const Claim = z.strictObject({
  id: z.string(),
  usps: z.string(),
  year: z.int(),
  year_kind: YearKind,
  balance_usd: Decimal,
  kind: z.enum(['quoted', 'printed']),
  who: z.string(),
  url: z.url().optional(),
  says: z.string(),
  why_it_differs: z.string(),
})
export type Claim = z.infer<typeof Claim>

export const SponsorFigure = z.strictObject({
  usps: z.string(),
  bill: z.string(),
  who: z.string(),
  said_on: z.string(),
  low_usd: Decimal,
  high_usd: Decimal,
  counts: z.string(),
  why_it_differs: z.string(),
  url: z.url(),
})
export type SponsorFigure = z.infer<typeof SponsorFigure>

/** How firmly the law holds federal money for a jurisdiction; `not_coded`: nobody has judged it yet. */
export const STRENGTHS = ['entitlement', 'formula', 'project', 'contract', 'direct', 'not_coded'] as const
export const Strength = z.enum(STRENGTHS)
export type Strength = z.infer<typeof Strength>

export const Aln = z
  .string()
  .regex(/^\d{2}\.(?:\d{3}|[A-Z]{2}\d?|UXX|RD)$/, 'wanted: a listing number such as 93.778')

/** One line of a jurisdiction's federal funds, with its place in the file it came from. */
export interface Award {
  readonly line: number
  readonly award_id: string | null
  readonly agency: string
  readonly aln: string | null
  readonly programme: string
  readonly strength: Strength
  readonly state_agency: string | null
  readonly year: number
  readonly year_kind: YearKind
  readonly amount_cents: bigint
  /** What the state must add, and what it must go on spending, to keep the money. */
  readonly match_cents: bigint | null
  readonly effort_cents: bigint | null
}

export const INVENTORY_FORMATS = ['sefa', 'usaspending', 'template'] as const
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number]

export interface Inventory {
  readonly jurisdiction: DivisionId
  readonly id: string
  readonly title: string
  readonly format: InventoryFormat | 'first'
  readonly file_name: string
  readonly sha256: string
  readonly award_count: number
  readonly total_cents: bigint
  readonly grade: Grade
  readonly imported_at: string
}

export const DISRUPTION_KINDS = ['freeze', 'denial', 'termination', 'delay', 'restoration'] as const

const money = (meaning: string) =>
  z
    .bigint()
    .nonnegative(`wanted: ${meaning} of zero or more`)
    .nullable()
    .describe(`${meaning}, whole US cents`)

/** A federal act that stopped, held back or gave back money of one jurisdiction; its versions are all kept. */
export const Disruption = z.object({
  jurisdiction: DivisionId,
  id: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'wanted: an id such as co-child-care-2026')
    .max(80),
  record_id: z
    .string()
    .regex(/^[a-z]+-[a-z0-9-]+$/, 'wanted: the id of a registry record, such as fed-omb-funding-freeze')
    .max(80)
    .describe('The registry record of the federal action'),
  kind: z.enum(DISRUPTION_KINDS),
  agency: z.string().trim().min(1, 'wanted: the federal agency').max(200),
  programme: z.string().trim().min(1, 'wanted: the programme').max(300),
  aln: Aln.nullable(),
  strength: Strength,
  awarded_cents: money('the amount awarded'),
  drawn_cents: money('the amount drawn before the stop'),
  stopped_cents: money('the amount stopped'),
  back_cents: money('the amount paid back or restored'),
  since: EdtfDate,
  until: EdtfDate.nullable().describe('When the money flowed again; empty while it is stopped'),
  affected: z.string().trim().max(1000).describe('Who is affected, in words; no names of persons'),
  court_status: z.enum(['no-suit', 'pending', 'relief-granted', 'relief-denied', 'on-appeal', 'decided']),
  source_url: z.url({ protocol: /^https?$/, error: 'wanted: an address that starts with http' }),
})
export type Disruption = z.infer<typeof Disruption>
export interface RecordedDisruption extends Disruption {
  readonly version: number
  readonly recorded_at: string
  readonly recorded_by: string
}
