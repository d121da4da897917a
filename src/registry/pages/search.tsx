import type { Child, FC } from 'hono/jsx'
import type { Result } from '../../base/index.ts'
import {
  BigSearch,
  DidYouMean,
  FilterDate,
  FilterForm,
  FilterGroup,
  FilterText,
  formatDate,
  label,
  NothingFound,
  PageHead,
  Pager,
  StatusChip,
  stateName,
  statusOf,
  WithFilters,
} from '../../ui/index.ts'
import {
  type Facet,
  type Marked,
  parsePairs,
  parseSearch,
  type SearchHit,
  type SearchProblem,
  type SearchRequest,
  type SearchResult,
} from '../search.ts'
import { nearStates } from '../views/places.ts'
import { Frame } from './frame.tsx'
import { inEnglish, Joined, Where } from './parts.tsx'
import type { View } from './view.ts'

/** Reads the address of a search; every fault is named at once. */
export function readSearchPage(raw: string): Result<SearchRequest, readonly SearchProblem[]> {
  const pairs = parsePairs(raw)
  return pairs.ok ? parseSearch(pairs.value, ['as-of', 'as_of']) : pairs
}

interface Props {
  readonly v: View
  readonly request: SearchRequest
  /** Undefined when no words were given. */
  readonly result: SearchResult | undefined
}

export const SearchPage: FC<Props> = ({ v, request, result }) => {
  const t = v.t.search
  const { query } = request
  return (
    <Frame
      v={v}
      title={query === '' ? t.title : t.titleFor(query)}
      current="registry"
      searched={query}
      noindex
      crumbs={[{ label: v.t.list.crumb, path: '/registry' }, { label: t.title }]}
    >
      <PageHead
        title={query === '' ? t.title : t.titleFor(query)}
        lede={result === undefined ? t.empty : result.total === 0 ? undefined : t.lede(result.total)}
        aside={result === undefined ? <BigSearch lang={v.lang} action={v.plain('/search')} /> : undefined}
      />
      {result !== undefined && <StatesFound v={v} query={query} />}
      {result !== undefined && (
        <WithFilters filters={<Filters v={v} request={request} result={result} />}>
          <Words v={v} result={result} />
          {result.total === 0 ? <Nothing v={v} request={request} /> : <Hits v={v} result={result} />}
        </WithFilters>
      )}
    </Frame>
  )
}

/** A state typed by name, code or nearly so stands above the records. */
const StatesFound: FC<{ v: View; query: string }> = ({ v, query }) => {
  const states = nearStates(query)
  if (states.length === 0) return <></>
  return (
    <p class="states-found">
      <b>{v.t.search.states}:</b>{' '}
      <Joined
        items={states.map(({ usps }) => (
          <a href={v.to(`/states/${usps.toLowerCase()}`)}>{stateName(usps, v.lang)}</a>
        ))}
      />
    </p>
  )
}

const Words: FC<{ v: View; result: SearchResult }> = ({ v, result }) => (
  <>
    {result.corrected?.map(({ from, to }) => (
      <p class="muted">{v.t.list.corrected(from, to)}</p>
    ))}
    {result.matching === 'any' && result.total > 0 && <p class="muted">{v.t.list.any}</p>}
  </>
)

const FACETS = [
  'kind',
  'area',
  'status',
  'stance',
  'party',
  'tier',
  'confidence',
] as const satisfies readonly Facet[]
const FACET_FIELD = {
  kind: 'kind',
  area: 'area',
  status: 'status',
  stance: 'stance',
  party: 'adopted_by_party',
  tier: 'legal_tier',
  confidence: 'confidence',
} as const

const Filters: FC<{ v: View; request: SearchRequest; result: SearchResult }> = ({ v, request, result }) => (
  <FilterForm
    lang={v.lang}
    action={v.plain('/search')}
    set={FACETS.reduce((sum, name) => sum + request[name].length, 0)}
  >
    <FilterText name="q" label={v.t.list.words} value={request.query} />
    {FACETS.filter((name) => result.facets[name].length > 0).map((name) => (
      <FilterGroup
        lang={v.lang}
        legend={label(v.lang, 'field', FACET_FIELD[name])}
        name={name}
        shown={6}
        options={result.facets[name].map(({ value, count }) => ({
          value,
          count,
          label: wordOf(v, name, value, result),
          checked: request[name].includes(value),
        }))}
      />
    ))}
    <FilterDate name="as-of" label={v.t.asOf.label} value={v.asOf} hint={v.t.asOf.hint} />
  </FilterForm>
)

/** A status may belong to several kinds; its word is that of a kind that the results hold. */
function wordOf(v: View, facet: Facet, value: string, result: SearchResult): string {
  if (facet === 'kind') return label(v.lang, 'kinds', value)
  if (facet === 'confidence') return label(v.lang, 'confidenceShort', value)
  if (facet !== 'status') return label(v.lang, facet, value)
  const kind = result.facets.kind
    .map((entry) => entry.value)
    .find((name) => statusOf(name as never, value, 'en').sign !== 'plain')
  return statusOf((kind ?? 'measure') as never, value, v.lang).word
}

const Hits: FC<{ v: View; result: SearchResult }> = ({ v, result }) => {
  const from = (result.page - 1) * result.limit + 1
  const page = (n: number) => v.here({ page: n === 1 ? undefined : String(n) })
  const last = Math.max(1, Math.ceil(result.total / result.limit))
  return (
    <>
      <ol class="hits" start={from}>
        {result.results.map((hit) => (
          <li>
            <Hit v={v} hit={hit} />
          </li>
        ))}
      </ol>
      <Pager
        lang={v.lang}
        from={Math.min(from, result.total)}
        to={Math.min(from + result.results.length - 1, result.total)}
        total={result.total}
        {...(result.page > 1 && { previous: page(Math.min(result.page - 1, last)) })}
        {...(result.page < last && { next: page(result.page + 1) })}
      />
    </>
  )
}

const Hit: FC<{ v: View; hit: SearchHit }> = ({ v, hit }) => {
  const rec = v.book.records.get(hit.id)
  return (
    <>
      <h2 class="hit-title">
        <a href={v.to(`/records/${hit.id}`)} lang={inEnglish(v.lang)}>
          <Marks marked={{ text: hit.title, matches: hit.title_matches }} />
        </a>
      </h2>
      <p class="note-line">
        <Joined
          items={[
            label(v.lang, 'kind', hit.kind),
            rec === undefined ? '' : <Where v={v} rec={rec} most={2} />,
            hit.date === null ? '' : formatDate(hit.date, v.lang),
            <StatusChip lang={v.lang} kind={hit.kind} status={rec?.status ?? hit.status} />,
          ]}
        />
      </p>
      <p lang={inEnglish(v.lang)}>
        <Marks marked={hit.snippet} />
      </p>
    </>
  )
}

/** The words that were found are marked where they stand. */
const Marks: FC<{ marked: Marked }> = ({ marked }) => {
  const parts: Child[] = []
  let at = 0
  for (const [start, end] of marked.matches) {
    parts.push(marked.text.slice(at, start), <mark>{marked.text.slice(start, end)}</mark>)
    at = end
  }
  parts.push(marked.text.slice(at))
  return <>{parts}</>
}

const Nothing: FC<{ v: View; request: SearchRequest }> = ({ v, request }) => {
  const t = v.t.list.nothing
  const set = FACETS.flatMap((name) => request[name].map((value) => ({ name, value })))
  return (
    <NothingFound
      lang={v.lang}
      title={t.title(v.t.local.records.toLowerCase(), request.query)}
      more={<a href={v.plain('/corrections#how')}>{t.tell}</a>}
    >
      {set.length > 0 && t.set(set.length)}{' '}
      <Joined
        items={[
          ...set.map(({ name, value }) => (
            <a href={v.here({ [name]: request[name].filter((other) => other !== value), page: undefined })}>
              {t.drop} {name === 'status' ? value : label(v.lang, name === 'kind' ? 'kinds' : name, value)}
            </a>
          )),
          set.length > 0 ? <a href={v.to('/search', { q: request.query })}>{t.clear}</a> : '',
        ]}
      />
      <DidYouMean
        lang={v.lang}
        near={nearStates(request.query).map(({ usps }) => ({
          label: stateName(usps, v.lang),
          href: v.to(`/states/${usps.toLowerCase()}`),
        }))}
        all={{ label: v.t.errors.allRecords, href: v.to('/registry') }}
      />
    </NothingFound>
  )
}
