import { z } from '@hono/zod-openapi'
import { Jurisdiction, Kind, RELATION_TYPES, Rec } from '../schema.ts'
import { SORTS } from '../search.ts'

/** Shapes of the answers, for the API's description. */
const Problems = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ description: 'Stable; programs switch on it' }),
    parameter: z.string().optional(),
    found: z.string().optional(),
    wanted: z.string().optional(),
    errors: z.array(z.object({ parameter: z.string(), found: z.string(), wanted: z.string() })).optional(),
    did_you_mean: z.array(z.object({ id: z.string(), title: z.string() })).optional(),
  })
  .openapi('Problem')

const jsonOf = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema }, 'text/csv': { schema: z.string() } },
})
const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problems } },
})

/** What any operation here can answer. */
export const answers = (description: string, schema: z.ZodType, hasPath = false) => ({
  200: jsonOf(description, schema),
  304: { description: 'Unchanged since the ETag given in If-None-Match' },
  400: refusal('A parameter cannot be read; the answer names it, what was found and what is wanted'),
  ...(hasPath && { 404: refusal('Not on record; the answer names near ones') }),
})

// A schema takes `openapi` only if it was made after that method was: a description makes it anew, whoever loaded it first.
const Record = (Rec as unknown as z.ZodType).describe('A record of any kind').openapi('Record')
const Place = (Jurisdiction as unknown as z.ZodType).describe('A jurisdiction').openapi('Jurisdiction')
const revision = z.int().openapi({ description: 'Number of the last change to the registry' })
const marks = z
  .array(z.tuple([z.int(), z.int()]))
  .openapi({ description: 'Start and end of each found word' })

const Corrected = z.array(z.object({ from: z.string(), to: z.string() }))
const Uncertain = z
  .array(z.object({ id: z.string(), why: z.string() }))
  .openapi({ description: 'Records shown whose presence or status on that day the dates do not settle' })

export const RecordList = z.object({
  revision,
  as_of: z.string().optional(),
  known_at: z.string().optional(),
  query: z.string().optional(),
  matching: z.enum(['all', 'any']).optional(),
  corrected: Corrected.optional(),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  records: z.array(Record),
  uncertain: Uncertain,
})

const Relations = z.array(
  z.object({
    type: z.enum(RELATION_TYPES as [string, ...string[]]),
    direction: z
      .enum(['from', 'to'])
      .openapi({ description: 'Whether this record holds the relation or is named by it' }),
    reads: z.string().openapi({ description: 'How the relation reads from here' }),
    id: z.string(),
    kind: Kind,
    title: z.string(),
    status: z.string(),
  }),
)

export const OneRecord = z.object({
  revision,
  record: Record,
  relations: Relations,
  uncertain: z.string().optional(),
})
export const RecordRelations = z.object({ revision, id: z.string(), relations: Relations })

const Version = z.object({
  id: z.string(),
  kind: Kind,
  title: z.string(),
  version: z.int(),
  valid_from: z
    .string()
    .nullable()
    .openapi({ description: 'Valid time: from when the status is known to hold' }),
  recorded_at: z.string().openapi({ description: 'Recorded time: when this version entered the registry' }),
  change: z.enum(['added', 'correction', 'status']),
  reason: z.string().nullable(),
  origin: z.enum(['file', 'operator']),
  sha256: z.string().openapi({ description: 'SHA-256 of the canonical JSON (RFC 8785) of the version' }),
  revision: z.int(),
})
export const Versions = z.object({
  revision,
  id: z.string(),
  versions: z.array(
    Version.extend({
      record: Record,
      differences: z.array(z.object({ field: z.string(), before: z.any(), after: z.any() })),
    }),
  ),
})
export const Changes = z.object({ revision, changes: z.array(Version) })

const Counts = z.array(z.object({ value: z.string(), count: z.int() }))
export const Found = z.object({
  revision,
  as_of: z.string().optional(),
  known_at: z.string().optional(),
  query: z.string(),
  corrected: Corrected.optional(),
  matching: z.enum(['all', 'any']),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  sort: z.enum(SORTS),
  results: z.array(
    z.object({
      id: z.string(),
      kind: Kind,
      title: z.string(),
      title_matches: marks,
      snippet: z.object({ text: z.string(), matches: marks }),
      jurisdictions: z.array(z.string()),
      area: z.string(),
      status: z.string(),
      stance: z.string().nullable(),
      party: z.string().nullable(),
      tiers: z.array(z.string()),
      confidence: z.string(),
      date: z.string().nullable(),
      score: z.number(),
    }),
  ),
  facets: z.record(z.string(), Counts),
  uncertain: Uncertain,
})

export const Places = z.object({ revision, jurisdictions: z.array(Place) })
export const OnePlace = z.object({
  revision,
  jurisdiction: Place,
  records: z
    .record(z.string(), z.int())
    .openapi({ description: 'Records by kind, counties and cities included' }),
  within: z.array(Place).openapi({ description: 'Counties and places in it that are on record' }),
})

const Cell = z.object({ status: z.string(), local: z.boolean(), measures: z.array(z.string()) })
export const MatrixAnswer = z.object({
  revision,
  by: z.enum(['playbook-type', 'area']),
  columns: z.array(z.object({ id: z.string(), title: z.string(), count: z.int() })),
  rows: z.array(
    z.object({ usps: z.string(), name: z.string(), cells: z.array(Cell.nullable()), count: z.int() }),
  ),
  without: z.array(z.string()),
})

export const Dictionary = z.object({
  fields: z.array(
    z.object({
      kind: z.string(),
      field: z.string(),
      type: z.string(),
      required: z.boolean(),
      meaning: z.string(),
      unit: z.string().optional(),
      values: z.array(z.string()).optional(),
    }),
  ),
})
