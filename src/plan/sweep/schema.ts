import { z } from 'zod'
import { Distribution, JURISDICTIONS, MOST_DRAWS, PARAMETER_NAMES } from '../../scenario/index.ts'

export const SWEEP_SCHEMA = 1

/** So many runs nobody asks for by mistake. */
export const MOST_JOBS = 10_000

/** Stands for what the plan itself says. */
export const AS_WRITTEN = 'as-written'
/** One run for each state, and DC, all of whose inputs are known. */
export const EACH_STATE = 'each-state'

const Slug = z
  .string('wanted: a short name such as hard-times')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'wanted: small letters, figures and single hyphens')
  .max(60, 'wanted: at most 60 characters')

const words = (most: number) =>
  z
    .string('wanted: some words')
    .trim()
    .min(1, 'wanted: some words')
    .max(most, `wanted: at most ${most} characters`)

const list = <T extends z.ZodType>(of: T, what: string) =>
  z
    .array(of, `wanted: a list of ${what}`)
    .min(1, `wanted: at least one of ${what}`)
    .max(1000, 'wanted: at most 1000')

const AssumptionSet = z.strictObject({
  id: Slug.describe('Name of the set in file names and in the summary'),
  assumptions: z
    .partialRecord(
      z.enum(PARAMETER_NAMES, 'no such assumption'),
      z.strictObject({
        distribution: Distribution,
        source: words(400).describe('Where it comes from, or "assumption" and why'),
      }),
    )
    .describe('Replaces those of the plan and the defaults of the model'),
})

const MemberSet = z.strictObject({
  id: Slug.describe('Name of the set in file names and in the summary'),
  members: list(
    z.enum(JURISDICTIONS, 'no such jurisdiction; wanted: a USPS code of a state or DC'),
    'members',
  ),
})

/** A sweep, `*.sweep.yaml`: every plan, with every set of assumptions, for every set of members, with every seed. */
export const Sweep = z.strictObject({
  schema: z.literal(SWEEP_SCHEMA, `wanted: ${SWEEP_SCHEMA}`).describe('Version of this schema'),
  id: Slug.describe('Name of the sweep'),
  title: words(140),
  plans: list(words(400), 'plans').describe(
    'Names of plans that come with the project or were saved here, or files, from the folder of this one',
  ),
  assumptions: list(
    z.union([z.literal(AS_WRITTEN), AssumptionSet], `wanted: ${AS_WRITTEN}, or an id with assumptions`),
    'sets of assumptions',
  ).default([AS_WRITTEN]),
  members: list(
    z.union(
      [z.literal(AS_WRITTEN), z.literal(EACH_STATE), MemberSet],
      `wanted: ${AS_WRITTEN}, ${EACH_STATE}, or an id with members`,
    ),
    'sets of members',
  )
    .default([AS_WRITTEN])
    .describe('Other members than the plan’s own: only for plans none of whose measures names members'),
  draws: z
    .int('wanted: a whole number of draws')
    .min(1, `wanted: 1 to ${MOST_DRAWS}`)
    .max(MOST_DRAWS, `wanted: 1 to ${MOST_DRAWS}`)
    .default(10_000),
  seeds: list(
    z
      .int('wanted: a whole number from 0 to 2^53 - 1')
      .nonnegative('wanted: a whole number from 0 to 2^53 - 1'),
    'seeds',
  ).default([1]),
})
export type Sweep = z.infer<typeof Sweep>

/** The published JSON Schema of what a person writes. */
export const sweepJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(Sweep, { io: 'input', unrepresentable: 'any' }),
  title: 'Tenth sweep, schema 1',
})
