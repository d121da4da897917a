import { z } from 'zod'
import { type DivisionId, divisionOfState, err, NATION, ok, STATES, stateOf } from '../../base/index.ts'
import { type Draft, type Question, type Service, shorten } from './service.ts'
import { readShape } from './shape.ts'

/** Shape: CourtListener REST API v4, search with type=r (dockets of RECAP); pages follow by the cursor in `next`. */
const Docket = z.object({
  docket_id: z.int(),
  docket_absolute_url: z.string(),
  caseName: z.string(),
  court: z.string(),
  docketNumber: z.string().nullable(),
  dateFiled: z.string().nullable(),
  dateTerminated: z.string().nullable(),
  suitNature: z.string().nullish(),
  cause: z.string().nullish(),
  party: z.array(z.string()).nullish(),
})
type Docket = z.infer<typeof Docket>
const Answer = z.object({ count: z.int(), next: z.string().nullable(), results: z.array(Docket) })

const SITE = 'https://www.courtlistener.com'

export const courtListener: Service = {
  name: 'courtlistener',
  title: 'CourtListener REST API v4',
  base: SITE,
  keyVariable: 'COURTLISTENER_API_TOKEN',
  perMinute: 5,
  limitSource: 'no figure could be read at the source; five a minute is our own choice, and 429 is obeyed',
  lacks: ({ state, query }) =>
    state === undefined && query === undefined
      ? '--state or --query: CourtListener searches for words'
      : undefined,
  call: (question, cursor, key) => {
    const params = new URLSearchParams({ type: 'r', q: wordsFor(question), order_by: 'dateFiled desc' })
    if (question.since !== undefined) params.set('filed_after', question.since)
    if (cursor !== null) params.set('cursor', cursor)
    return { url: `/api/rest/v4/search/?${params}`, headers: { Authorization: `Token ${key}` } }
  },
  read: (body) => {
    const read = readShape(Answer, body)
    if (!read.ok) return err(read.error)
    const { count, next, results } = read.value
    return ok({
      drafts: results.map(draftOf),
      skipped: [],
      next: next === null ? null : new URL(next, SITE).searchParams.get('cursor'),
      total: count,
    })
  },
}

const wordsFor = ({ state, query }: Question): string =>
  [query, state && `party:"State of ${stateOf(state).name}"`].filter(Boolean).join(' AND ')

function draftOf(docket: Docket): Draft {
  const [before = '', after = ''] = docket.caseName.split(/\sv\.?\s/i)
  const plaintiffs = statesIn(before)
  const defendants = statesIn(after)
  const all = [...new Set([...plaintiffs, ...defendants])]
  const isClosed = docket.dateTerminated !== null
  const parts = [
    `Docket ${docket.docketNumber ?? 'without a number'} in the ${docket.court}`,
    docket.dateFiled && `filed ${docket.dateFiled}`,
    docket.suitNature && `nature of suit: ${docket.suitNature}`,
    docket.cause && `cause: ${docket.cause}`,
  ]
  return {
    id: `suit-courtlistener-${docket.docket_id}`,
    kind: 'lawsuit',
    fields: {
      title: shorten(docket.caseName, 200),
      ...(all.length > 0 && { jurisdictions: all }),
      summary: `${parts.filter(Boolean).join(', ')}.`,
      status: isClosed ? 'settled-or-closed' : 'pending',
      dates: {
        ...(docket.dateFiled && { filed: docket.dateFiled }),
        ...(docket.dateTerminated && { ended: docket.dateTerminated }),
      },
      dockets: [{ court: docket.court, ...(docket.docketNumber && { number: docket.docketNumber }) }],
      plaintiffs,
      ...(defendants.length > 0 && { defendants }),
      plaintiff_note: shorten(before, 500),
      confidence: 'medium',
      unverified_fields: ['status', 'plaintiffs', 'plaintiff_note'],
      sources: [{ url: `${SITE}${docket.docket_absolute_url}`, publisher: 'CourtListener (RECAP)' }],
    },
    needs: ['policy_area', ...(all.length > 0 ? [] : ['jurisdictions'])],
  }
}

/** A side of a caption that is a state, as "State of Colorado" or its bare name; a city of that name is not. */
function statesIn(side: string): readonly DivisionId[] {
  const names = side
    .split(/,|;| and | et al\.?/i)
    .map((name) => name.replace(/^\s*(?:the\s+)?(?:state|commonwealth)\s+of\s+/i, '').trim())
  const states = STATES.filter((state) =>
    names.some((name) => name.toLowerCase() === state.name.toLowerCase()),
  )
  const isUnitedStates = names.some((name) => /^united states(?: of america)?$/i.test(name))
  return [...states.map(({ usps }) => divisionOfState(usps)), ...(isUnitedStates ? [NATION] : [])]
}
