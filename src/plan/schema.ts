import { z } from 'zod'
import {
  Distribution,
  JURISDICTIONS,
  LONGEST_HORIZON,
  Measure as ModelMeasure,
  PARAMETER_NAMES,
} from '../scenario/index.ts'

export const PLAN_SCHEMA = 1

const Slug = z
  .string('wanted: a short name such as payroll-trust')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'wanted: small letters, figures and single hyphens')
  .max(60, 'wanted: at most 60 characters')

const words = (most: number) =>
  z
    .string('wanted: some words')
    .trim()
    .min(1, 'wanted: some words')
    .max(most, `wanted: at most ${most} characters`)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'wanted: text without control characters')

const Lines = z.array(words(400)).min(1, 'wanted: at least one line')

const Usps = z.enum(JURISDICTIONS, 'no such jurisdiction; wanted: a USPS code of a state or DC')

/** What each measure of a plan has beside the money side of its kind, which is the model's own. */
const own = {
  id: Slug.describe('Name of the measure within the plan'),
  playbook_type: z
    .string('wanted: the id of a playbook type')
    .regex(/^play-[a-z0-9-]+$/, 'wanted: the id of a playbook type, such as play-reserve-fund')
    .describe('Playbook type of the registry; its legal tier is the tier of the measure'),
  what: words(600).describe('What is done, in a sentence or two'),
  money_source: words(400)
    .optional()
    .describe('Where its amounts of money come from, or "assumption" and why; needed where it has any'),
  after: z.array(Slug).default([]).describe('Measures of this plan that must have started before it'),
}

const [Trust, Replacement, Programme, NonFiscal] = ModelMeasure.options

export const Measure = z.discriminatedUnion(
  'kind',
  [
    Trust.omit({ tier: true }).extend(own),
    Replacement.omit({ tier: true }).extend(own),
    Programme.omit({ tier: true }).extend(own),
    NonFiscal.omit({ tier: true }).extend(own),
  ],
  'no such kind; wanted: trust, replacement, programme or non-fiscal',
)
export type Measure = z.infer<typeof Measure>

const Assumption = z.strictObject({
  distribution: Distribution,
  source: words(400).describe('Where it comes from, or "assumption" and why'),
})

/** A starting balance in place of the one that the facts give. */
const Reserve = z.strictObject({
  amount: z.number('wanted: dollars').nonnegative('negative; wanted: dollars, zero or more'),
  source: words(400).describe('Where it was read, with its date; or "assumption" and why'),
})

const Source = z.strictObject({
  title: words(300),
  publisher: words(200),
  url: z.url({ protocol: /^https?$/, error: 'wanted: an address that starts with http' }).optional(),
  record: z
    .string()
    .regex(/^(m|fed|suit|alliance|doc|play)-[a-z0-9-]+$/, 'wanted: the id of a record of the registry')
    .optional(),
  date: words(20).optional(),
})

/** A plan document, `*.plan.yaml`. Names that the scenario model has are the model's. */
export const Plan = z.strictObject({
  schema: z.literal(PLAN_SCHEMA, `wanted: ${PLAN_SCHEMA}`).describe('Version of this schema'),
  id: Slug.describe('Name of the plan in links'),
  title: words(140),
  question: words(200).describe('The question that the plan answers, as a legislator would ask it'),
  summary: words(800).describe('What is proposed, in plain words'),
  members: z.array(Usps).min(1, 'wanted: at least one member'),
  firstMonth: z
    .string('wanted: a month as YYYY-MM')
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'wanted: a month as YYYY-MM')
    .describe('Calendar month of month 1'),
  months: z
    .int('wanted: a whole number of months')
    .min(1, `wanted: 1 to ${LONGEST_HORIZON} months`)
    .max(LONGEST_HORIZON, `wanted: 1 to ${LONGEST_HORIZON} months`)
    .default(60),
  measures: z.array(Measure).max(64, 'wanted: at most 64 measures'),
  assumptions: z
    .partialRecord(z.enum(PARAMETER_NAMES, 'no such assumption'), Assumption)
    .default({})
    .describe('Replaces defaults of the model'),
  reserves: z.partialRecord(Usps, Reserve).default({}).describe('Starting reserve by member'),
  staff: z
    .record(words(80), z.int().min(1, 'wanted: 1 or more').max(50, 'wanted: at most 50'))
    .default({})
    .describe('Works that an office can do at once; 2 where not given'),
  case_for: words(1600).describe('The strongest case for it'),
  case_against: words(1600).describe('The strongest case against it, as long as the case for it'),
  harm: Lines.describe('Harm to the own people, one line each'),
  would_change: Lines.describe('What would change the answer, one line each'),
  not_known: Lines.describe('What is not known'),
  sources: z.array(Source).min(1, 'wanted: at least one source'),
})
export type Plan = z.infer<typeof Plan>

/** The published JSON Schema of what a person writes. */
export const planJsonSchema = (): Record<string, unknown> => ({
  $id: SCHEMA_PATH,
  ...z.toJSONSchema(Plan, { io: 'input', unrepresentable: 'any' }),
  title: 'Tenth plan, schema 1',
})

/** Where every workbench shows it. */
const SCHEMA_PATH = '/api/v1/plans/schema.json'
