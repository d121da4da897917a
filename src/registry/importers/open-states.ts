import { z } from 'zod'
import { divisionOfState, err, findState, ok } from '../../base/index.ts'
import { type Draft, type Service, shorten, slug } from './service.ts'
import { readShape } from './shape.ts'

/** Shape: github.com/openstates/api-v3, api/schemas.py (Bill) and api/pagination.py, with `include=actions`. */
const Bill = z.object({
  id: z.string(),
  session: z.string(),
  jurisdiction: z.object({ id: z.string(), name: z.string() }),
  identifier: z.string(),
  title: z.string(),
  classification: z.array(z.string()),
  openstates_url: z.string(),
  first_action_date: z.string().nullish(),
  latest_action_date: z.string().nullish(),
  latest_action_description: z.string().nullish(),
  abstracts: z.array(z.object({ abstract: z.string() })).nullish(),
  actions: z
    .array(z.object({ date: z.string(), description: z.string(), classification: z.array(z.string()) }))
    .nullish(),
})
type Bill = z.infer<typeof Bill>
const Answer = z.object({
  results: z.array(Bill),
  pagination: z.object({ page: z.int(), max_page: z.int(), total_items: z.int() }),
})

export const openStates: Service = {
  name: 'open-states',
  title: 'Open States API v3',
  base: 'https://v3.openstates.org',
  keyVariable: 'OPENSTATES_API_KEY',
  perMinute: 10,
  limitSource: 'github.com/openstates/issues/discussions/205: default tier, 10 a minute',
  lacks: ({ state, query }) =>
    state === undefined && query === undefined
      ? '--state or --query: Open States answers neither without'
      : undefined,
  call: ({ state, since, query }, cursor, key) => {
    const params = new URLSearchParams({
      sort: 'updated_asc',
      include: 'actions',
      per_page: '20',
      page: cursor ?? '1',
    })
    params.append('include', 'abstracts')
    if (state !== undefined)
      params.set('jurisdiction', `ocd-jurisdiction/${divisionOfState(state).slice(13)}/government`)
    if (query !== undefined) params.set('q', query)
    if (since !== undefined) params.set('updated_since', since)
    return { url: `/bills?${params}`, headers: { 'X-API-KEY': key } }
  },
  read: (body) => {
    const read = readShape(Answer, body)
    if (!read.ok) return err(read.error)
    const { results, pagination } = read.value
    const drafts = results.map((bill) => ({ bill, draft: draftOf(bill) }))
    return ok({
      drafts: drafts.flatMap(({ draft }) => (draft === undefined ? [] : [draft])),
      skipped: drafts
        .filter(({ draft }) => draft === undefined)
        .map(({ bill }) => ({
          what: bill.identifier,
          why: `of ${bill.jurisdiction.name}, which is no state`,
        })),
      next: pagination.page < pagination.max_page ? String(pagination.page + 1) : null,
      total: pagination.total_items,
    })
  },
}

function draftOf(bill: Bill): Draft | undefined {
  const code = /\/(?:state|district|territory):([a-z]{2})\//.exec(bill.jurisdiction.id)?.[1]
  const state = code === undefined ? undefined : findState(code)
  if (state === undefined) return undefined
  const fate = fateOf(bill)
  const proposed = day(bill.first_action_date)
  return {
    id: `m-${state.usps.toLowerCase()}-${slug(bill.session)}-${slug(bill.identifier)}`,
    kind: 'measure',
    fields: {
      title: shorten(bill.title, 200),
      jurisdictions: [divisionOfState(state.usps)],
      summary: shorten(
        bill.abstracts?.[0]?.abstract ?? `${state.name} ${bill.identifier}: ${bill.title}`,
        1000,
      ),
      status: fate.status,
      ...(day(bill.latest_action_date) && { status_as_of: day(bill.latest_action_date) }),
      dates: { ...(proposed && { proposed }), ...(fate.enacted && { enacted: fate.enacted }) },
      instrument: bill.classification.includes('bill') ? 'statute' : 'resolution',
      citation: `${bill.identifier} (${bill.session})`,
      adopted_by_party: 'unknown',
      ...(bill.latest_action_description && {
        note: `Latest action: ${shorten(bill.latest_action_description, 500)}`,
      }),
      confidence: 'medium',
      unverified_fields: ['summary', 'status'],
      sources: [{ url: bill.openstates_url, publisher: 'Open States' }],
    },
    needs: ['policy_area', 'stance'],
  }
}

const day = (text: string | null | undefined): string | undefined =>
  /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0]

/** The bill's fate by Open States' classes of actions; the last that decides counts. */
function fateOf({ actions }: Bill): { readonly status: string; readonly enacted?: string | undefined } {
  const dated = [...(actions ?? [])].sort((a, b) => (a.date < b.date ? -1 : 1))
  const last = (...classes: readonly string[]) =>
    dated.filter(({ classification }) => classification.some((name) => classes.includes(name))).at(-1)
  const law = last('became-law', 'executive-signature', 'veto-override-passage')
  const veto = last('executive-veto')
  if (law && (!veto || law.date >= veto.date)) return { status: 'enacted', enacted: day(law.date) }
  if (veto) return { status: 'vetoed' }
  if (last('enrolled', 'executive-receipt')) return { status: 'passed-legislature' }
  return { status: 'proposed' }
}
