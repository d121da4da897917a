import { z } from '@hono/zod-openapi'
import { FACET_NAMES, FACETS, PAGE_SIZE, PAGE_SIZE_MAX, QUERY_MAX, SORTS } from '../search.ts'

/**
 * Parameters as the API's description shows them. They are read by `parseSearch` and `readAsked`, which name every
 * fault at once; so here they are only described, not checked.
 */
const described = (description: string, schema: object, example?: unknown) =>
  z
    .any()
    .optional()
    .openapi({ description, ...schema, ...(example !== undefined && { example }) } as never)

const listOf = (values: readonly string[]) => ({
  type: 'array',
  items: { type: 'string', enum: [...values] },
})
const EDTF = '^\\d{4}(-\\d{2}(-\\d{2})?)?$'

const facets = Object.fromEntries(
  FACET_NAMES.map((name) => [
    name,
    described(`Only these; several are given as ${name}=a&${name}=b`, listOf(FACETS[name])),
  ]),
)

export const Filters = z.object({
  ...facets,
  state: described('Postal codes, or US for the nation; a state includes its counties and cities', {
    type: 'array',
    items: { type: 'string', pattern: '^[A-Za-z]{2}$' },
  }),
  jurisdiction: described('Open Civic Data division ids', {
    type: 'array',
    items: { type: 'string', pattern: '^ocd-division/country:us' },
  }),
  from: described('Some date of the record may lie on or after this', { type: 'string', pattern: EDTF }),
  to: described('Some date of the record may lie on or before this', { type: 'string', pattern: EDTF }),
  sort: described('Order; `rank` without words to search for is newest first', {
    type: 'string',
    enum: [...SORTS],
  }),
  page: described('Page, from 1', { type: 'integer', minimum: 1, maximum: 10_000 }),
  limit: described(`Records on a page; ${PAGE_SIZE} when not given`, {
    type: 'integer',
    minimum: 1,
    maximum: PAGE_SIZE_MAX,
  }),
})

export const Times = z.object({
  as_of: described('Valid time: the world of that day', { type: 'string', pattern: EDTF }, '2025-06-01'),
  known_at: described('Recorded time: only what the registry knew at that instant', {
    type: 'string',
    format: 'date-time',
  }),
})

export const Words = z.object({
  q: described(
    `Words to search for, at most ${QUERY_MAX} characters; the last may be a beginning`,
    { type: 'string', maxLength: QUERY_MAX },
    'courthouse arrest',
  ),
})

export const MatrixQuery = z.object({
  by: described('Columns', { type: 'string', enum: ['playbook-type', 'area'] }),
})

export const ChangesQuery = z.object({
  limit: described('Versions, newest first; 50 when not given', {
    type: 'integer',
    minimum: 1,
    maximum: 500,
  }),
  before: described('Only versions of revisions before this one', { type: 'integer', minimum: 1 }),
})

export const RecordPath = z.object({
  id: z
    .string()
    .openapi({ description: 'Id of a record', example: 'm-il-trust-act', pattern: '^[a-z]+-[a-z0-9-]+$' }),
})

export const PlacePath = z.object({
  id: z.string().openapi({ description: 'Postal code, US, or Open Civic Data division id', example: 'CO' }),
})
