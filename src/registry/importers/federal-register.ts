import { z } from 'zod'
import { err, NATION, ok, stateOf } from '../../base/index.ts'
import { type Draft, type Service, shorten, slug } from './service.ts'
import { readShape } from './shape.ts'

/** Shape: federalregister.gov API v1, documents.json; absent `results` means none were found. */
const Document = z.object({
  document_number: z.string(),
  title: z.string(),
  type: z.string(),
  abstract: z.string().nullish(),
  html_url: z.string(),
  publication_date: z.string(),
  signing_date: z.string().nullish(),
  effective_on: z.string().nullish(),
  executive_order_number: z.union([z.string(), z.int()]).nullish(),
  agencies: z.array(z.object({ name: z.string().optional(), raw_name: z.string() })),
})
type Document = z.infer<typeof Document>
const Answer = z.object({
  count: z.int(),
  total_pages: z.int().optional(),
  results: z.array(Document).default([]),
})

const FIELDS = Object.keys(Document.shape)

export const federalRegister: Service = {
  name: 'federal-register',
  title: 'Federal Register API v1',
  base: 'https://www.federalregister.gov',
  perMinute: 30,
  limitSource: 'the service states none; thirty a minute is our own choice, and 429 is obeyed',
  lacks: ({ query, state }) =>
    query === undefined && state === undefined
      ? '--query or --state: without, it is the whole register'
      : undefined,
  call: ({ state, since, query }, cursor) => {
    const params = new URLSearchParams({ per_page: '100', order: 'oldest', page: cursor ?? '1' })
    const words = [query, state && `"${stateOf(state).name}"`].filter(Boolean).join(' ')
    params.set('conditions[term]', words)
    if (since !== undefined) params.set('conditions[publication_date][gte]', since)
    for (const field of FIELDS) params.append('fields[]', field)
    return { url: `/api/v1/documents.json?${params}`, headers: {} }
  },
  read: (body, _, cursor) => {
    const read = readShape(Answer, body)
    if (!read.ok) return err(read.error)
    const { count, total_pages = 1, results } = read.value
    const page = Number(cursor ?? '1')
    return ok({
      drafts: results.map(draftOf),
      skipped: [],
      next: page < total_pages ? String(page + 1) : null,
      total: count,
    })
  },
}

function draftOf(document: Document): Draft {
  const agency = document.agencies.map(({ name, raw_name }) => name ?? raw_name).join('; ')
  const order = document.executive_order_number
  return {
    id: `fed-fr-${slug(document.document_number)}`,
    kind: 'federal-action',
    fields: {
      title: shorten(document.title, 200),
      jurisdictions: [NATION],
      summary: shorten(
        document.abstract ?? `${document.type}${order ? ` ${order}` : ''}: ${document.title}`,
        1000,
      ),
      status: statusOf(document),
      status_as_of: document.publication_date,
      dates: {
        announced: document.publication_date,
        ...(document.signing_date && { enacted: document.signing_date }),
        ...(document.effective_on && { effective: document.effective_on }),
      },
      agency: agency || 'President',
      confidence: 'high',
      unverified_fields: ['status', 'jurisdictions'],
      sources: [{ url: document.html_url, publisher: 'Federal Register', date: document.publication_date }],
    },
    needs: ['policy_area', 'action_type', 'targets'],
  }
}

/** A rule in the register says when it takes effect, and only a person can say whether it did. */
const statusOf = ({ type, signing_date }: Document): string =>
  type === 'Presidential Document' && signing_date ? 'in-effect' : 'announced'
