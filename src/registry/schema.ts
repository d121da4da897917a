import { z } from 'zod'
import { DivisionId, EdtfDate, IsoDate } from '../base/index.ts'

/** The kinds of record, each with the prefix of its ids and its word for a person. */
export const KINDS = {
  measure: { prefix: 'm-', one: 'measure', many: 'measures' },
  'federal-action': { prefix: 'fed-', one: 'federal action', many: 'federal actions' },
  lawsuit: { prefix: 'suit-', one: 'lawsuit', many: 'lawsuits' },
  alliance: { prefix: 'alliance-', one: 'alliance', many: 'alliances' },
  doctrine: { prefix: 'doc-', one: 'doctrine', many: 'doctrine' },
  'playbook-type': { prefix: 'play-', one: 'playbook type', many: 'playbook types' },
} as const
export type Kind = keyof typeof KINDS
export const Kind = z.enum(Object.keys(KINDS) as [Kind, ...Kind[]])

export const RecordId = z
  .string()
  .regex(/^(m|fed|suit|alliance|doc|play)-[a-z0-9]+(-[a-z0-9]+)*$/, 'wanted: an id such as m-il-trust-act')
  .max(80)
export type RecordId = string

export const PolicyArea = z
  .enum([
    'abortion',
    'banking',
    'cannabis',
    'data-sharing',
    'education',
    'elections',
    'environment',
    'firearms',
    'fiscal',
    'healthcare-coverage',
    'identity-documents',
    'immigration',
    'investment',
    'policing-accountability',
    'vaccination-public-health',
    'other',
  ])
  .describe('Policy area: the one that the record is mainly about')
export type PolicyArea = z.infer<typeof PolicyArea>

export const Stance = z
  .enum([
    'noncooperation',
    'accountability',
    'fiscal-leverage',
    'substitution',
    'divestment',
    'interstate-alliance',
  ])
  .describe(
    'What the measure does toward the federal government: withholds help, holds its officers to account, uses money as leverage, provides what it no longer does, withdraws investment, or joins with other states',
  )
export type Stance = z.infer<typeof Stance>

export const Party = z
  .enum(['D', 'R', 'mixed', 'unknown'])
  .describe(
    'Party of the majority or the officer that adopted it: D Democratic, R Republican, mixed both, unknown not stated in the sources',
  )
export type Party = z.infer<typeof Party>

export const LegalTier = z
  .enum(['settled', 'contested', 'likely-preempted'])
  .describe('How sure the law is for measures of this type')
export type LegalTier = z.infer<typeof LegalTier>

export const Confidence = z
  .enum(['high', 'medium', 'low'])
  .describe('How well the sources show the record: high shown, medium in part, low weak or indirect source')
export type Confidence = z.infer<typeof Confidence>

export const STATUSES = {
  measure: [
    'floated',
    'planned',
    'announced',
    'proposed',
    'passed-legislature',
    'enacted',
    'in-effect',
    'challenged',
    'partly-enjoined',
    'enjoined',
    'struck-down',
    'defeated',
    'vetoed',
    'repealed',
    'superseded',
    'ended',
    'not-in-force',
    'historic',
  ],
  'federal-action': [
    'reported',
    'announced',
    'in-effect',
    'contested',
    'partly-blocked',
    'blocked',
    'sustained',
    'withdrawn',
    'repealed',
    'ended',
  ],
  lawsuit: [
    'pending',
    'preliminary-relief-granted',
    'preliminary-relief-denied',
    'stayed',
    'on-appeal',
    'judgment-for-plaintiffs',
    'judgment-for-defendants',
    'dismissed',
    'settled-or-closed',
  ],
  alliance: ['active', 'historic', 'not-in-force'],
  doctrine: [
    'good-law',
    'contested',
    'untested',
    'on-appeal',
    'interim',
    'dissent',
    'vacated',
    'overruled',
    'repealed',
    'concept',
  ],
  'playbook-type': ['type'],
} as const satisfies Record<Kind, readonly string[]>
export type Status = (typeof STATUSES)[Kind][number]

const Words = z
  .string()
  .min(1, 'wanted: some words')
  .max(4000, 'wanted: at most 4,000 characters')
  .refine((text) => text === text.trim(), 'wanted: no space at either end')
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'wanted: text on one line, without control characters')
const Lines = z.array(Words).min(1)
const Url = z.url({
  protocol: /^https?$/,
  hostname: /\./,
  error: 'wanted: an address such as https://example.org/page',
})
const division = (meaning: string) => DivisionId.describe(`Open Civic Data division id: ${meaning}`)
const date = (meaning: string) => EdtfDate.describe(`${meaning}; as precise as the source (EDTF level 0)`)

export const Source = z
  .strictObject({
    url: Url.describe('Address where it was read'),
    publisher: Words.describe('Who published it'),
    date: date('Date of publication').optional(),
  })
  .describe('Where a fact of the record was read')
export type Source = z.infer<typeof Source>

/** `relations:` of a file; every relation is stored on this side only and shown from both. */
const related = (meaning: string) => z.array(RecordId).min(1).describe(meaning).optional()
const Relations = z
  .strictObject({
    answers: related('Federal actions that this answers'),
    challenges: related('Federal actions or measures that this lawsuit attacks'),
    'relies-on': related('Doctrine that this rests on'),
    'limited-by': related('Doctrine that limits this or speaks against it'),
    'is-a': related('Playbook types that this measure is an instance of'),
    'member-of': related('Alliances within which this was done'),
    follows: related('Records that set this one going'),
  })
  .describe('Typed relations to other records, each stored once, on this side')
export type RelationType = keyof z.infer<typeof Relations>
export const RELATION_TYPES = Object.keys(Relations.shape) as readonly RelationType[]

const statusOf = <K extends Kind>(kind: K) =>
  z
    .enum(STATUSES[kind] as (typeof STATUSES)[K] & readonly [string, ...string[]])
    .describe('Status by the newest source')

const history = <K extends Kind>(kind: K) =>
  z
    .array(
      z.strictObject({
        from: date('First day of this status'),
        status: statusOf(kind).describe('Status from then on'),
        source: Source.optional(),
      }),
    )
    .min(1)
    .describe('Known earlier statuses, where the dates alone do not tell them')
    .optional()

const Withdrawn = z
  .strictObject({
    on: IsoDate.describe('Day of withdrawal'),
    why: Words.describe('Reason for withdrawal'),
  })
  .describe('The record is no longer held to be true or in scope; it stays readable')

const record = <K extends Kind, Own extends z.ZodRawShape>(kind: K, own: Own) =>
  z.strictObject({
    id: RecordId.describe('Stable id; the permanent link of the record is /records/ and its id'),
    kind: z.literal(kind).describe('Kind of record'),
    title: Words.max(200).describe('Name of the record'),
    jurisdictions: z.array(division('whom it concerns')).min(1).describe('Jurisdictions that it concerns'),
    policy_area: PolicyArea,
    summary: Words.describe('What it is, in our own words'),
    status: statusOf(kind),
    status_as_of: date('Date on which the status was true').optional(),
    history: history(kind),
    ...own,
    relations: Relations.optional(),
    note: Words.describe('Remark of the editors').optional(),
    confidence: Confidence,
    unverified_fields: z
      .array(z.string())
      .min(1)
      .describe('Fields whose value is not shown in the text of the sources seen')
      .optional(),
    withdrawn: Withdrawn.optional(),
    sources: z.array(Source).min(1, 'wanted: at least one source').describe('Where it was read'),
  })

export const Measure = record('measure', {
  dates: z
    .strictObject({
      announced: date('When it was announced').optional(),
      proposed: date('When the bill or text was introduced').optional(),
      enacted: date('When it was signed, adopted or ordered').optional(),
      effective: date('First day on which it is in force; may lie ahead').optional(),
      started: date('When the practice or program began').optional(),
      ended: date('When it was repealed, defeated or given up, or expired; may lie ahead').optional(),
    })
    .describe('Dated events, each a field of its own')
    .optional(),
  instrument: z
    .enum([
      'statute',
      'executive-order',
      'ordinance',
      'resolution',
      'agency-policy',
      'court-order',
      'budget',
      'ballot-measure',
      'compact',
    ])
    .describe('Legal form'),
  citation: Words.describe('Citation of the text, as lawyers in that jurisdiction write it').optional(),
  stance: Stance,
  adopted_by_party: Party,
})
export type Measure = z.infer<typeof Measure>

export const FederalAction = record('federal-action', {
  dates: z
    .strictObject({
      announced: date('When it was announced').optional(),
      enacted: date('When it was signed or adopted').optional(),
      effective: date('First day on which it is in force; may lie ahead').optional(),
      started: date('When it began').optional(),
      ended: date('When it ended; may lie ahead').optional(),
    })
    .describe('Dated events, each a field of its own')
    .optional(),
  agency: Words.describe('Federal agency or officer that acts'),
  action_type: z
    .enum([
      'funds-frozen',
      'funds-denied',
      'grant-terminated',
      'payment-stop-announced',
      'data-demand',
      'deployment',
      'investigation',
      'litigation',
      'preemption',
      'relocation',
      'veto',
      'other',
    ])
    .describe('What the action is'),
  targets: Lines.describe('Whom it is aimed at, as the sources say it'),
  amount_usd: z
    .int()
    .nonnegative()
    .describe('Money at stake by the sources, whole U.S. dollars')
    .meta({ unit: 'USD' })
    .optional(),
})
export type FederalAction = z.infer<typeof FederalAction>

const Docket = z
  .strictObject({
    court: Words.describe('Court that keeps the docket'),
    number: Words.describe(
      'Docket number as the court writes it; absent where no source gives it',
    ).optional(),
    as_given: Words.describe(
      'Court and number as the compiled source gave them, where our reading may err',
    ).optional(),
  })
  .describe('One docket of the dispute: an action, a consolidated action or an appeal')

export const Lawsuit = record('lawsuit', {
  dates: z
    .strictObject({
      filed: date('When the complaint was filed').optional(),
      decided: date('When judgment or dismissal was entered').optional(),
      ended: date('When the case was closed').optional(),
    })
    .describe('Dated events, each a field of its own')
    .optional(),
  dockets: z.array(Docket).min(1).describe('Dockets of the one dispute; the first is where it began'),
  plaintiffs: z.array(division('plaintiff')).describe('Jurisdictions that sue'),
  plaintiff_note: Words.describe('Plaintiffs as the sources say them').optional(),
  defendants: z.array(division('defendant')).min(1).describe('Jurisdictions that are sued').optional(),
  outcome: Words.describe('What the court has done so far').optional(),
  tracker_status: z
    .strictObject({
      tracker: Words.describe('Name of the tracker'),
      status: Words.describe("The tracker's own words"),
      as_of: date('Date of the last change that the tracker saw'),
    })
    .describe('Status that a litigation tracker gives')
    .optional(),
})
export type Lawsuit = z.infer<typeof Lawsuit>

export const Alliance = record('alliance', {
  dates: z
    .strictObject({
      founded: date('When it was founded').optional(),
      ended: date('When it ended; may lie ahead').optional(),
    })
    .describe('Dated events, each a field of its own')
    .optional(),
  instrument: Words.describe('Legal form of the alliance'),
  members: z
    .array(
      z.strictObject({
        jurisdiction: division('member'),
        joined: date('When it joined').optional(),
      }),
    )
    .describe('Members by the newest source'),
  former_members: z
    .array(
      z.strictObject({
        jurisdiction: division('former member'),
        joined: date('When it joined').optional(),
        left: date('When it left').optional(),
      }),
    )
    .min(1)
    .describe('Jurisdictions that have left')
    .optional(),
  membership_note: Words.describe('What the sources leave open on membership').optional(),
  purpose: Words.describe('What the members founded it for'),
  functions: Lines.describe('What it does'),
  governance: Words.describe('How it is governed'),
})
export type Alliance = z.infer<typeof Alliance>

export const Doctrine = record('doctrine', {
  doctrine_kind: z
    .enum(['case', 'constitution', 'statute', 'doctrine', 'historical', 'concept'])
    .describe('What it is: a case, a clause, a statute, a doctrine, a historical event or a concept'),
  dates: z
    .strictObject({
      decided: date('When the court decided').optional(),
      enacted: date('When it was enacted or ratified').optional(),
    })
    .describe('Dated events, each a field of its own')
    .optional(),
  citation: Words.describe('Citation, as lawyers write it'),
})
export type Doctrine = z.infer<typeof Doctrine>

export const PlaybookType = record('playbook-type', {
  stance: Stance,
  legal_tier: LegalTier,
  prerequisites: Lines.describe('What must be in place first'),
  responsible_offices: Lines.describe('Offices that carry it out'),
  steps: Lines.describe('Steps in order'),
  costs_risks: Lines.describe('Costs and risks'),
  indicators: Lines.describe('What to measure'),
})
export type PlaybookType = z.infer<typeof PlaybookType>

/** The schema of each kind, for the dictionary and the check. */
export const SCHEMAS = {
  measure: Measure,
  'federal-action': FederalAction,
  lawsuit: Lawsuit,
  alliance: Alliance,
  doctrine: Doctrine,
  'playbook-type': PlaybookType,
} as const

/** One record of the registry. Named short, since TypeScript has a `Record` of its own. */
export const Rec = z.discriminatedUnion('kind', [
  Measure,
  FederalAction,
  Lawsuit,
  Alliance,
  Doctrine,
  PlaybookType,
])
export type Rec = z.infer<typeof Rec>
export type RecOf<K extends Kind> = Extract<Rec, { kind: K }>

export const Jurisdiction = z.strictObject({
  id: DivisionId.describe('Open Civic Data division id'),
  name: Words.describe('Name'),
  type: z.enum(['nation', 'state', 'district', 'territory', 'county', 'place']).describe('What it is'),
  usps: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe('Postal code of the state, or of the state that it lies in')
    .optional(),
  fips: z
    .string()
    .regex(/^(\d{2}|\d{5}|\d{7})$/)
    .describe('FIPS code: 2 digits for a state, 5 for a county, 7 for a place (Census GEOID)')
    .optional(),
  population: z.int().positive().describe('Residents').meta({ unit: 'persons' }).optional(),
  population_year: z.int().describe('Year of the count or estimate').optional(),
  population_source: Words.describe('Who counted').optional(),
})
export type Jurisdiction = z.infer<typeof Jurisdiction>
