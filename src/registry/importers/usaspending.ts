import { z } from 'zod'
import { divisionOfState, err, NATION, ok, stateOf } from '../../base/index.ts'
import { type Draft, type Question, type Service, shorten, slug } from './service.ts'
import { readShape } from './shape.ts'

/** Shape: usaspending-api, api_contracts/contracts/v2/search/spending_by_transaction.md. */
const Transaction = z.object({
  'Award ID': z.string(),
  Mod: z.string().nullable(),
  'Recipient Name': z.string().nullable(),
  'Action Date': z.string(),
  'Transaction Amount': z.coerce.number(),
  'Awarding Agency': z.string().nullable(),
  'Awarding Sub Agency': z.string().nullable(),
  generated_internal_id: z.string(),
})
type Transaction = z.infer<typeof Transaction>
const Answer = z.object({
  results: z.array(Transaction),
  page_metadata: z.object({ page: z.int(), hasNext: z.boolean() }),
})

/** Grants: block, formula, project, cooperative agreement. */
const GRANTS = ['02', '03', '04', '05']
/** Smaller reductions are the everyday closing of books. */
const SMALLEST_USD = 1_000_000

/**
 * Money taken back from grants, largest first. A reduction is no termination by itself, so what kind of action it is
 * is for a person to say.
 */
export const usaspending: Service = {
  name: 'usaspending',
  title: 'USAspending API v2',
  base: 'https://api.usaspending.gov',
  perMinute: 30,
  limitSource: 'the service states none; thirty a minute is our own choice, and 429 is obeyed',
  lacks: ({ since }) => (since === undefined ? '--since: the first day of the transactions' : undefined),
  call: ({ state, since, query }, cursor, _, today) => ({
    url: '/api/v2/search/spending_by_transaction/',
    headers: {},
    body: {
      filters: {
        time_period: [{ start_date: since, end_date: today }],
        award_type_codes: GRANTS,
        ...(state !== undefined && { recipient_locations: [{ country: 'USA', state }] }),
        ...(query !== undefined && { keywords: [query] }),
      },
      fields: Object.keys(Transaction.shape),
      sort: 'Transaction Amount',
      order: 'asc',
      limit: 100,
      page: Number(cursor ?? '1'),
    },
  }),
  read: (body, question) => {
    const read = readShape(Answer, body)
    if (!read.ok) return err(read.error)
    const { results, page_metadata } = read.value
    const large = results.filter((row) => row['Transaction Amount'] <= -SMALLEST_USD)
    const isThrough = large.length < results.length
    return ok({
      drafts: large.map((row) => draftOf(row, question)),
      skipped: results
        .filter((row) => !large.includes(row))
        .map((row) => ({ what: row['Award ID'], why: 'takes back less than $1,000,000' })),
      next: page_metadata.hasNext && !isThrough ? String(page_metadata.page + 1) : null,
    })
  },
}

function draftOf(row: Transaction, { state }: Question): Draft {
  const amount = Math.round(-row['Transaction Amount'])
  const recipient = row['Recipient Name'] ?? 'a recipient not named'
  const agency = row['Awarding Sub Agency'] ?? row['Awarding Agency'] ?? 'Agency not named'
  const place = state === undefined ? '' : ` in ${stateOf(state).name}`
  return {
    id: `fed-usaspending-${slug(row['Award ID']).slice(0, 40)}-${slug(row.Mod ?? '0') || '0'}`,
    kind: 'federal-action',
    fields: {
      title: shorten(`${agency} takes back money of award ${row['Award ID']}`, 200),
      jurisdictions: [state === undefined ? NATION : divisionOfState(state)],
      summary: `A transaction of ${row['Action Date']} reduces award ${row['Award ID']} to ${recipient}${place} by $${amount.toLocaleString('en-US')}. USAspending does not say why.`,
      status: 'reported',
      status_as_of: row['Action Date'],
      dates: { started: row['Action Date'] },
      agency,
      targets: [recipient],
      amount_usd: amount,
      confidence: 'medium',
      unverified_fields: ['jurisdictions', 'status'],
      sources: [
        {
          url: `https://www.usaspending.gov/award/${encodeURIComponent(row.generated_internal_id)}`,
          publisher: 'USAspending (Department of the Treasury)',
        },
      ],
    },
    needs: ['policy_area', 'action_type'],
  }
}
