import { z } from 'zod'
import { STATES } from '../base/index.ts'
import { MOST_MEASURES } from './chances.ts'
import { PARAMETER_NAMES } from './defaults.ts'

/** Federal money to a jurisdiction: the first three pass through state and local budgets, the others do not. */
export const CHANNELS = [
  'medicaid',
  'formula-grants',
  'project-grants',
  'procurement',
  'wages',
  'direct-payments',
] as const
export type Channel = (typeof CHANNELS)[number]
export const BUDGET_CHANNELS = ['medicaid', 'formula-grants', 'project-grants'] as const
export const BUDGET_CHANNEL_COUNT = BUDGET_CHANNELS.length

export const TIERS = ['settled', 'contested', 'likely-preempted'] as const
export type Tier = (typeof TIERS)[number]

export const LONGEST_HORIZON = 240

/** The 50 states and the District of Columbia. */
export const JURISDICTIONS = STATES.filter(({ kind }) => kind !== 'territory').map(({ usps }) => usps)

const finite = z.number('missing or not a number')
/** US dollars in float64: a forecast, not a ledger. */
const Dollars = finite.nonnegative('negative; wanted: dollars, zero or more')
const Share = finite
  .min(0, 'below 0; wanted: a share from 0 to 1')
  .max(1, 'above 1; wanted: a share from 0 to 1')
const Usps = z.enum(JURISDICTIONS, 'no such jurisdiction; wanted: a USPS code of a state or DC')

export const DEFAULT_REPLACE = 0.5

/** What is known of one jurisdiction, by the symbols of the model; dollars a year. */
export const JurisdictionInputs = z.strictObject({
  W: Dollars,
  V: Dollars.default(0),
  X: Dollars,
  G: z.strictObject({
    medicaid: Dollars,
    'formula-grants': Dollars,
    'project-grants': Dollars,
    procurement: Dollars,
    wages: Dollars,
    'direct-payments': Dollars,
  }),
  Y: finite.positive('zero or negative; wanted: gross domestic product in dollars a year'),
  R0: Dollars,
  tax: Share,
  jobsPerGdp: finite.nonnegative('negative; wanted: jobs per dollar of GDP a year'),
  replace: Share.default(DEFAULT_REPLACE),
})
export type JurisdictionInputs = z.infer<typeof JurisdictionInputs>

export const Distribution = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), value: finite }),
  z.strictObject({ kind: z.literal('uniform'), low: finite, high: finite }),
  z.strictObject({ kind: z.literal('triangular'), low: finite, mode: finite, high: finite }),
  z.strictObject({
    kind: z.literal('beta'),
    mean: Share,
    concentration: finite.positive('zero or negative; wanted: a positive number'),
  }),
  z.strictObject({
    kind: z.literal('lognormal'),
    median: finite.nonnegative('negative; wanted: zero or more'),
    sigma: finite.nonnegative('negative; wanted: zero or more'),
  }),
])
export type Distribution = z.infer<typeof Distribution>

/** The same each month, or month by month from the start of the measure and nothing after the last. */
const Stream = z.union(
  [Dollars, z.array(Dollars).max(LONGEST_HORIZON)],
  'wanted: dollars a month, zero or more, or a list of them',
)
/** The same for each member, or by member; a member that is not named has nothing. */
export const Amount = z.union(
  [Stream, z.partialRecord(Usps, Stream)],
  'wanted: dollars a month, zero or more; a list of them; or either by member',
)
export type Amount = z.infer<typeof Amount>

const measure = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject({
    /** Month from 1, the first month of the horizon. */
    start: z.int('wanted: a whole month, 1 for the first'),
    /** All members of the plan where not given. */
    members: z.array(Usps).optional(),
    tier: z.enum(TIERS, `wanted: ${TIERS.join(', ')}`),
    atRisk: z.array(z.enum(CHANNELS, `no such channel; wanted: ${CHANNELS.join(', ')}`)).default([]),
    ...shape,
  })

export const HOLD_WHEN = ['always', 'while-frozen', 'while-found-unlawful'] as const
export const TRIGGERS = ['own', 'any-member'] as const

export const Measure = z.discriminatedUnion(
  'kind',
  [
    measure({
      kind: z.literal('trust'),
      share: Share,
      /** Whether the trust is opened to other depositors (V). */
      openV: z.boolean().default(false),
      holdWhen: z.enum(HOLD_WHEN),
      trigger: z.enum(TRIGGERS).default('own'),
      yield: Share,
      mutualAid: Share.default(0),
    }),
    measure({
      kind: z.literal('replacement'),
      /** `replace[j]` is at least this for the named channels while the measure is active. */
      replace: Share,
      channels: z.array(z.enum(BUDGET_CHANNELS, `wanted: ${BUDGET_CHANNELS.join(', ')}`)).min(1),
    }),
    measure({
      kind: z.literal('programme'),
      cost: Amount.default(0),
      income: Amount.default(0),
      spending: Amount.default(0),
    }),
    measure({ kind: z.literal('non-fiscal'), cost: Amount.default(0), saving: Amount.default(0) }),
  ],
  'no such kind; wanted: trust, replacement, programme or non-fiscal',
)
export type Measure = z.infer<typeof Measure>

export const Scenario = z.strictObject({
  firstMonth: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'wanted: a month as YYYY-MM'),
  months: z
    .int('wanted: a whole number of months')
    .min(1, 'wanted: 1 to 240 months')
    .max(LONGEST_HORIZON, 'wanted: 1 to 240 months')
    .default(60),
  members: z.array(Usps),
  measures: z.array(Measure).max(MOST_MEASURES, `too many; wanted: at most ${MOST_MEASURES} measures`),
  /** Those that are not given are the defaults; the two hazards have none here (see `defaults.ts`). */
  parameters: z.partialRecord(z.enum(PARAMETER_NAMES, 'no such parameter'), Distribution),
  /** One annual rate for the whole horizon, 26 U.S.C. § 6621(a)(2). */
  underpaymentRate: Share,
  inputs: z.partialRecord(Usps, JurisdictionInputs),
})
export type Scenario = z.infer<typeof Scenario>
/** What a caller writes: fields with a default may be left out. */
export type ScenarioDocument = z.input<typeof Scenario>
