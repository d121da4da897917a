import { z } from 'zod'
import { divisionOfState, findState, ok } from '../../base/index.ts'
import type { Series } from '../schema.ts'
import { fault, readShape } from './shape.ts'
import type { Source, Table, TableCategory, Value } from './source.ts'

/** Shape: usaspending-api, api_contracts/contracts/v2/search/spending_by_geography.md. */
const Answer = z.object({
  scope: z.string(),
  geo_layer: z.literal('state'),
  results: z.array(
    z.object({
      shape_code: z.string().nullable(),
      display_name: z.string().nullable(),
      aggregated_amount: z.number(),
    }),
  ),
})

/** Groups of award types, by the wiki page Search Filters v2. Loans are left out: their face value is no spending. */
const GROUPS = [
  { name: 'usaspending_contracts', codes: ['A', 'B', 'C', 'D'], en: 'Contracts', es: 'Contratos' },
  { name: 'usaspending_grants', codes: ['02', '03', '04', '05'], en: 'Grants', es: 'Subvenciones' },
  { name: 'usaspending_direct', codes: ['06', '10'], en: 'Direct payments', es: 'Pagos directos' },
  { name: 'usaspending_other', codes: ['09', '11'], en: 'Other assistance', es: 'Otra ayuda' },
] as const

const categories = (): readonly TableCategory[] =>
  GROUPS.map(({ name, en, es }) => ({
    category: name,
    direction: 'gets',
    unit: 'usd',
    en: `${en}, obligations`,
    es: `${es}, obligaciones`,
  }))

/** More than this, and a JSON number no longer holds its cents. */
const MOST_DOLLARS = 2 ** 53 / 100

/** One request for each group of award types; the cursor is the group. */
function tableOf(
  name: string,
  scope: string,
  basis: Series['basis'],
  title: string,
  allocation: string,
): Table {
  const groupAt = (cursor: string | null) => GROUPS.find((group) => group.name === cursor) ?? GROUPS[0]
  return {
    name,
    about: {
      title,
      short: 'USAspending, fetched',
      publisher: 'US Treasury, USAspending',
      grade: 'illustration-only',
      basis,
      year_kind: 'federal-fiscal',
      allocation,
      left_out:
        'Loans, federal pay, most Social Security. Medicare contractors and insurers are booked where they sit, which inflates some states. For illustration only.',
    },
    url: 'https://www.usaspending.gov/search',
    hasStates: true,
    categories,
    call: ({ year, state }, cursor) => ({
      url: '/api/v2/search/spending_by_geography/',
      headers: {},
      body: {
        filters: {
          time_period: [{ start_date: `${year - 1}-10-01`, end_date: `${year}-09-30` }],
          award_type_codes: groupAt(cursor).codes,
        },
        scope,
        geo_layer: 'state',
        ...(state !== undefined && { geo_layer_filters: [state] }),
      },
    }),
    read: (body, { year }, cursor) => {
      const read = readShape(Answer, body)
      if (!read.ok) return read
      if (read.value.scope !== scope) return fault('scope', read.value.scope, scope)
      const group = groupAt(cursor)
      const values: Value[] = []
      const skipped: { what: string; why: string }[] = []
      for (const [at, { shape_code, display_name, aggregated_amount }] of read.value.results.entries()) {
        const state = findState(shape_code ?? '')
        if (Math.abs(aggregated_amount) > MOST_DOLLARS)
          return fault(`results.${at}.aggregated_amount`, aggregated_amount, 'dollars of a state')
        if (state === undefined)
          skipped.push({
            what: `${display_name ?? 'no name'} (${shape_code ?? 'no code'}), ${group.name}`,
            why: 'no state or territory of this workbench',
          })
        else
          values.push({
            jurisdiction: divisionOfState(state.usps),
            category: group.name,
            year,
            value: aggregated_amount.toFixed(2),
          })
      }
      const next = GROUPS[GROUPS.indexOf(group) + 1]?.name ?? null
      return ok({ values, skipped, next })
    },
  }
}

export const usaspending: Source = {
  name: 'usaspending',
  title: 'USAspending API v2',
  base: 'https://api.usaspending.gov',
  perMinute: 30,
  limitSource: 'the service states none; thirty a minute is our own choice, and 429 is obeyed',
  tables: [
    tableOf(
      'performance',
      'place_of_performance',
      'place-of-performance',
      'Federal award obligations by place of performance (USAspending API)',
      'At the place named in the award.',
    ),
    tableOf(
      'recipient',
      'recipient_location',
      'recipient',
      'Federal award obligations by recipient (USAspending API)',
      'At the address of the recipient: head offices are overstated.',
    ),
  ],
}
