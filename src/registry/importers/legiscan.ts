import { z } from 'zod'
import { divisionOfState, err, findState, ok } from '../../base/index.ts'
import { type Draft, type Service, shorten } from './service.ts'
import { readShape } from './shape.ts'

/** Shape: LegiScan API User Manual, getSearch: entries under the names "0", "1", … beside "summary". */
const Entry = z.object({
  state: z.string(),
  bill_number: z.string(),
  bill_id: z.int(),
  change_hash: z.string(),
  url: z.string(),
  last_action_date: z.string(),
  last_action: z.string(),
  title: z.string(),
})
type Entry = z.infer<typeof Entry>
const Answer = z.object({
  status: z.literal('OK', 'OK; LegiScan says ERROR with an alert when it refuses'),
  searchresult: z
    .object({
      summary: z.object({
        count: z.coerce.number(),
        page_current: z.coerce.number(),
        page_total: z.coerce.number(),
      }),
    })
    .catchall(Entry),
})

export const legiscan: Service = {
  name: 'legiscan',
  title: 'LegiScan API',
  base: 'https://api.legiscan.com',
  keyVariable: 'LEGISCAN_API_KEY',
  perMinute: 60,
  limitSource:
    'legiscan.com/legiscan: 30,000 queries a month for the public service; none a minute is stated',
  lacks: ({ query }) => (query === undefined ? '--query: LegiScan searches for words' : undefined),
  call: ({ state, query }, cursor, key) => ({
    url: `/?${new URLSearchParams({ key, op: 'getSearch', state: state ?? 'ALL', query: query ?? '', page: cursor ?? '1' })}`,
    headers: {},
  }),
  read: (body, { since }) => {
    const read = readShape(Answer, body)
    if (!read.ok) return err(read.error)
    const { summary, ...entries } = read.value.searchresult
    const rows = Object.values(entries) as readonly Entry[]
    const isOld = (entry: Entry) => since !== undefined && entry.last_action_date < since
    const drafts = rows.map((entry) => ({ entry, draft: isOld(entry) ? undefined : draftOf(entry) }))
    return ok({
      drafts: drafts.flatMap(({ draft }) => (draft === undefined ? [] : [draft])),
      skipped: drafts
        .filter(({ draft }) => draft === undefined)
        .map(({ entry }) => ({
          what: `${entry.state} ${entry.bill_number}`,
          why: isOld(entry) ? `its last action is before ${since}` : `${entry.state} is no state`,
        })),
      next: summary.page_current < summary.page_total ? String(summary.page_current + 1) : null,
      total: summary.count,
    })
  },
}

/** A search tells the last action in words only, so the status is for a person to give. */
function draftOf(entry: Entry): Draft | undefined {
  const state = findState(entry.state)
  if (state === undefined) return undefined
  return {
    id: `m-${state.usps.toLowerCase()}-legiscan-${entry.bill_id}`,
    kind: 'measure',
    fields: {
      title: shorten(entry.title, 200),
      jurisdictions: [divisionOfState(state.usps)],
      summary: shorten(`${state.name} ${entry.bill_number}: ${entry.title}`, 1000),
      ...(/^\d{4}-\d{2}-\d{2}$/.test(entry.last_action_date) && { status_as_of: entry.last_action_date }),
      instrument: /[A-Z]R\d|^[A-Z]*(?:JR|CR|R)\d/.test(entry.bill_number) ? 'resolution' : 'statute',
      citation: entry.bill_number,
      adopted_by_party: 'unknown',
      note: `Last action by LegiScan: ${shorten(entry.last_action, 500)}`,
      confidence: 'medium',
      unverified_fields: ['summary', 'instrument'],
      sources: [{ url: entry.url, publisher: 'LegiScan (CC BY 4.0)' }],
    },
    needs: ['policy_area', 'stance', 'status'],
  }
}
