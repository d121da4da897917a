import type { FC } from 'hono/jsx'
import { err, type IsoDate, ok, type Result, STATES } from '../../base/index.ts'
import {
  type Column,
  ConfidenceChip,
  DataTable,
  FilterChips,
  FilterDate,
  FilterForm,
  FilterGroup,
  FilterSelect,
  FilterText,
  ListCount,
  ListTools,
  label,
  NothingFound,
  PageHead,
  Pager,
  stateName,
  statusOf,
  Tabs,
  TierChip,
  Timeline,
  TimelineKey,
  type TrackMark,
  WithFilters,
} from '../../ui/index.ts'
import { KINDS, type Kind, type Rec, STATUSES } from '../schema.ts'
import {
  FACET_NAMES,
  type Facet,
  parsePairs,
  parseSearch,
  type SearchProblem,
  searchParams,
} from '../search.ts'
import { isInForce } from '../views/force.ts'
import { instrumentName } from '../views/labels.ts'
import {
  FACETS_OF,
  LIST_SORTS,
  type ListFacts,
  type ListRequest,
  type ListSort,
  listOf,
  ROWS_PER_PAGE,
} from '../views/list.ts'
import { lastKnownDay, leadingMoment } from '../views/moments.ts'
import { statesNamed } from '../views/places.ts'
import { pointingAt } from '../views/relations.ts'
import { typesOf } from '../views/state.ts'
import { actionTrack, recordTrack } from '../views/track.ts'
import { DoctrineMap } from './doctrine-map.tsx'
import { recordsFile } from './files.ts'
import { Frame } from './frame.tsx'
import { listPath } from './links.ts'
import {
  amountText,
  DateText,
  DoubtCount,
  FileLinks,
  firstClause,
  hasDoubt,
  inEnglish,
  Joined,
  RecordLink,
  Status,
  shortCourt,
  Where,
  WorstDoubt,
} from './parts.tsx'
import { PlaybookCatalogue } from './playbook.tsx'
import type { View } from './view.ts'

export const LIST_VIEWS = ['table', 'timeline', 'map'] as const
export type ListView = (typeof LIST_VIEWS)[number]

export interface ListAsked extends ListRequest {
  readonly view: ListView
}

const OWN = ['sort', 'view', 'as-of', 'as_of', 'type'] as const

/** Reads the address of a list; every fault is named at once. */
export function readList(kind: Kind, raw: string): Result<ListAsked, readonly SearchProblem[]> {
  const pairs = parsePairs(raw)
  if (!pairs.ok) return pairs
  const own = (name: (typeof OWN)[number]) =>
    pairs.value.filter(([key, value]) => key === name && value !== '').map(([, value]) => value)
  const read = parseSearch(
    pairs.value.filter(([name]) => name !== 'sort'),
    ['sort', 'view', 'as-of', 'as_of', 'type'],
  )
  const problems: SearchProblem[] = read.ok ? [] : read.error.map((problem) => ofKind(kind, problem))
  const choose = <T extends string>(name: 'sort' | 'view', values: readonly T[]): T | undefined => {
    const [asked] = own(name)
    const value = values.find((known) => known === asked)
    if (asked !== undefined && value === undefined)
      problems.push({
        code: 'unknown_value',
        parameter: name,
        found: asked.slice(0, 120),
        wanted: `one of ${values.join(', ')}`,
      })
    return value
  }
  const sort = choose('sort', LIST_SORTS)
  const view = choose('view', viewsOf(kind)) ?? 'table'
  if (!read.ok || problems.length > 0) return err(problems)
  const filters = { ...read.value, kind: [] }
  return ok({
    kind,
    filters,
    view,
    page: read.value.page,
    type: own('type'),
    sort: sort ?? (filters.query === '' ? defaultSort(kind) : 'rank'),
  })
}

/** Of the statuses there are, those that this kind can have. */
const ofKind = (kind: Kind, problem: SearchProblem): SearchProblem =>
  problem.parameter === 'status' && problem.code === 'unknown_value'
    ? { ...problem, wanted: `one of ${STATUSES[kind].join(', ')}` }
    : problem

const defaultSort = (kind: Kind): ListSort => (kind === 'playbook-type' ? 'title' : 'newest')

const viewsOf = (kind: Kind): readonly ListView[] =>
  kind === 'doctrine' ? LIST_VIEWS : kind === 'playbook-type' ? ['table'] : ['table', 'timeline']

export interface Found {
  readonly ids: readonly string[]
  readonly matching: 'all' | 'any'
  readonly corrected: readonly { readonly from: string; readonly to: string }[]
}

interface Drawn {
  readonly v: View
  readonly request: ListAsked
  readonly facts: ListFacts
  readonly found: Found | undefined
}

export const ListPage: FC<{ v: View; request: ListAsked; found: Found | undefined }> = ({
  v,
  request,
  found,
}) => {
  const t = v.t.list
  const facts = listOf(v.book, request, found?.ids)
  const p: Drawn = { v, request, facts, found }
  const title = t.title[request.kind]
  return (
    <Frame
      v={v}
      title={title}
      current="registry"
      crumbs={[{ label: t.crumb, path: '/registry' }, { label: label(v.lang, 'kinds', request.kind) }]}
      feeds={[{ title: `${title}: ${v.t.home.feed}`, href: `/feeds/kinds/${request.kind}.atom` }]}
    >
      <PageHead title={title} lede={t.lede[request.kind](facts.all)} />
      <Tabs
        name={t.tabs}
        tabs={(Object.keys(KINDS) as Kind[]).map((kind) => ({
          label: `${label(v.lang, 'kinds', kind)} ${v.book.byKind[kind].length}`,
          href: v.to(listPath(kind)),
          current: kind === request.kind,
        }))}
      />
      <WithFilters filters={<Filters {...p} />}>
        <Head {...p} />
        {facts.total === 0 ? <Nothing {...p} /> : <Rows {...p} />}
      </WithFilters>
    </Frame>
  )
}

const FACET_TITLES: Record<
  Facet,
  'area' | 'status' | 'stance' | 'adopted_by_party' | 'legal_tier' | 'confidence' | 'kind'
> = {
  kind: 'kind',
  area: 'area',
  status: 'status',
  stance: 'stance',
  party: 'adopted_by_party',
  tier: 'legal_tier',
  confidence: 'confidence',
}

const FACET_SHOWN = 8

function facetWord(v: View, kind: Kind, facet: Facet, value: string): string {
  if (facet === 'status') return statusOf(kind, value, v.lang).word
  if (facet === 'confidence') return label(v.lang, 'confidenceShort', value)
  return label(v.lang, facet, value)
}

const Filters: FC<Drawn> = ({ v, request, facts }) => {
  const t = v.t.list
  const { filters, kind } = request
  const [jurisdiction] = filters.jurisdiction
  const asked = v.query.get('state')?.toUpperCase() ?? ''
  return (
    <FilterForm
      lang={v.lang}
      action={v.plain(listPath(kind))}
      set={facts.filtersSet}
      hidden={[
        ...(request.sort === defaultSort(kind) || request.sort === 'rank'
          ? []
          : [{ name: 'sort', value: request.sort }]),
        ...(request.view === 'table' ? [] : [{ name: 'view', value: request.view }]),
        ...request.type.map((value) => ({ name: 'type', value })),
        ...(jurisdiction !== undefined && asked === ''
          ? [{ name: 'jurisdiction', value: jurisdiction }]
          : []),
      ]}
    >
      <FilterText name="q" label={t.words} value={filters.query} />
      {FACETS_OF[kind]
        .filter((facet) => facts.facets[facet].length + filters[facet].length > 0)
        .map((facet) => (
          <FilterGroup
            lang={v.lang}
            legend={label(v.lang, 'field', FACET_TITLES[facet])}
            name={facet}
            shown={FACET_SHOWN}
            moreLabel={
              facet === 'area'
                ? v.t.common.moreAreas(Math.max(0, facts.facets[facet].length - FACET_SHOWN))
                : undefined
            }
            options={withChosen(facts.facets[facet], filters[facet]).map(({ value, count }) => ({
              value,
              count,
              label: facetWord(v, kind, facet, value),
              checked: filters[facet].includes(value),
            }))}
          />
        ))}
      <FilterSelect
        name="state"
        label={t.state}
        options={[
          { value: '', label: t.anyState, checked: asked === '' },
          { value: 'US', label: t.nation, checked: asked === 'US' },
          ...STATES.map((state) => ({
            value: state.usps,
            label: stateName(state.usps, v.lang),
            checked: asked === state.usps,
          })),
        ]}
      />
      {kind !== 'playbook-type' && (
        <>
          <FilterDate name="from" label={t.from} value={filters.from} />
          <FilterDate name="to" label={t.to} value={filters.to} />
        </>
      )}
      <FilterDate name="as-of" label={v.t.asOf.label} value={v.asOf} />
    </FilterForm>
  )
}

/** What is chosen stays in view even where nothing is left of it; the chosen stand first. */
function withChosen(counts: ListFacts['facets']['area'], chosen: readonly string[]) {
  const missing = chosen
    .filter((value) => !counts.some((entry) => entry.value === value))
    .map((value) => ({ value, count: 0 }))
  const all = [...counts, ...missing]
  return [
    ...all.filter(({ value }) => chosen.includes(value)),
    ...all.filter(({ value }) => !chosen.includes(value)),
  ]
}

/** The set filters as words, each with the list without it. */
function chipsOf({ v, request }: Drawn): readonly { readonly label: string; readonly href: string }[] {
  const { filters, kind } = request
  const without = (name: string, values: readonly string[], value: string) =>
    v.here({ [name]: values.filter((other) => other !== value), page: undefined })
  const places = filters.jurisdiction.map((id) => {
    const name = v.query.has('jurisdiction') ? 'jurisdiction' : 'state'
    const values = v.query.getAll(name)
    const state = STATES.find(({ usps }) => id.endsWith(`:${usps.toLowerCase()}`))
    return {
      label: state ? stateName(state.usps, v.lang) : (v.book.jurisdictions.get(id)?.name ?? v.t.list.nation),
      href: v.here({
        [name]: values.length > 1 ? values.filter((value) => value.toUpperCase() !== state?.usps) : undefined,
        page: undefined,
      }),
    }
  })
  return [
    ...(filters.query === ''
      ? []
      : [{ label: `“${filters.query}”`, href: v.here({ q: undefined, page: undefined }) }]),
    ...FACET_NAMES.filter((name) => name !== 'kind').flatMap((name) =>
      filters[name].map((value) => ({
        label: facetWord(v, kind, name, value),
        href: without(name, filters[name], value),
      })),
    ),
    ...places,
    ...request.type.map((value) => ({
      label: v.book.records.get(value)?.title ?? label(v.lang, 'action', value),
      href: without('type', request.type, value),
    })),
    ...(['from', 'to'] as const).flatMap((name) =>
      filters[name] === undefined
        ? []
        : [
            {
              label: `${v.t.list[name]} ${filters[name]}`,
              href: v.here({ [name]: undefined, page: undefined }),
            },
          ],
    ),
  ]
}

const SORTS_OF: Record<Kind, readonly ListSort[]> = {
  measure: ['newest', 'oldest', 'place', 'area'],
  'federal-action': ['newest', 'oldest', 'place', 'area'],
  lawsuit: ['newest', 'oldest', 'place', 'area'],
  alliance: ['newest', 'oldest', 'title', 'area'],
  doctrine: ['newest', 'oldest', 'title', 'area'],
  'playbook-type': ['title', 'area'],
}

const Head: FC<Drawn> = (p) => {
  const { v, request, facts, found } = p
  const t = v.t.list
  const chips = chipsOf(p)
  return (
    <>
      <ListCount count={t.count[request.kind](facts.total)}>
        {chips.length === 0 ? t.unfiltered : t.withFilters(chips.length)}{' '}
        {chips.length > 0 && <a href={v.to(listPath(request.kind))}>{t.clear}</a>}
      </ListCount>
      {found?.corrected.map(({ from, to }) => (
        <p class="muted">{t.corrected(from, to)}</p>
      ))}
      {found?.matching === 'any' && facts.total > 0 && <p class="muted">{t.any}</p>}
      <FilterChips lang={v.lang} chips={chips} />
      {facts.total > 0 && <ListTools left={<SortLinks {...p} />} right={<Views {...p} />} />}
    </>
  )
}

const SortLinks: FC<Drawn> = ({ v, request }) => {
  const t = v.t.list
  const others: readonly ListSort[] = [
    ...(request.filters.query === '' ? [] : (['rank'] as const)),
    ...SORTS_OF[request.kind],
  ].filter((sort) => sort !== request.sort) as readonly ListSort[]
  return (
    <>
      {t.sortedBy} {t.sort[request.sort]} ·{' '}
      <Joined items={others.map((sort) => <a href={v.here({ sort, page: undefined })}>{t.sort[sort]}</a>)} />
    </>
  )
}

const Views: FC<Drawn> = ({ v, request }) => {
  const t = v.t.list
  const params = Object.fromEntries(
    [...searchParams({ ...request.filters, page: 1, limit: 20 })].map(([name]) => [name, [] as string[]]),
  )
  for (const [name, value] of searchParams({ ...request.filters, page: 1, limit: 20, sort: 'rank' }))
    params[name]?.push(value)
  const file = (format: 'csv' | 'json') => recordsFile(v, format, { kind: request.kind, ...params })
  return (
    <>
      {t.view}{' '}
      <Joined
        items={[
          ...viewsOf(request.kind).map((view) =>
            view === request.view ? (
              <b>{t[view]}</b>
            ) : (
              <a href={v.here({ view: view === 'table' ? undefined : view, page: undefined })}>{t[view]}</a>
            ),
          ),
          request.kind === 'measure' ? <a href={v.to('/registry/matrix')}>{t.matrix}</a> : '',
          <FileLinks v={v} csv={file('csv')} json={file('json')} />,
        ]}
      />
    </>
  )
}

const Nothing: FC<Drawn> = (p) => {
  const { v, request } = p
  const t = v.t.list.nothing
  const chips = chipsOf(p)
  return (
    <NothingFound
      lang={v.lang}
      title={t.title(label(v.lang, 'kinds', request.kind).toLowerCase(), request.filters.query)}
      more={<a href={v.plain('/corrections#how')}>{t.tell}</a>}
    >
      {t.set(chips.length)}{' '}
      <Joined
        items={[
          ...chips.map((chip) => (
            <a href={chip.href}>
              {t.drop} {chip.label}
            </a>
          )),
          <a href={v.to(listPath(request.kind))}>{t.clear}</a>,
        ]}
      />
    </NothingFound>
  )
}

const Rows: FC<Drawn> = (p) => {
  const { v, request, facts } = p
  if (request.view === 'map')
    return <DoctrineMap v={v} docs={facts.sorted.filter((rec) => rec.kind === 'doctrine')} />
  if (
    request.kind === 'playbook-type' &&
    request.sort === 'title' &&
    facts.pages <= 2 &&
    facts.filtersSet === 0
  )
    return <PlaybookCatalogue v={v} types={v.book.byKind['playbook-type']} />
  const from = (facts.page - 1) * ROWS_PER_PAGE + 1
  const page = (n: number) => v.here({ page: n === 1 ? undefined : String(n) })
  return (
    <>
      {request.view === 'timeline' ? <TimelineRows {...p} /> : <TableRows {...p} />}
      <Pager
        lang={v.lang}
        from={from}
        to={from + facts.rows.length - 1}
        total={facts.total}
        {...(facts.page > 1 && { previous: page(facts.page - 1) })}
        {...(facts.page < facts.pages && { next: page(facts.page + 1) })}
      />
    </>
  )
}

const TableRows: FC<Drawn> = ({ v, request, facts }) => (
  <DataTable
    lang={v.lang}
    caption={v.t.list.title[request.kind]}
    rows={facts.rows}
    columns={columnsOf(v, request.kind)}
  />
)

type Col = Column<Rec>

const titleColumn = (v: View, kind: Kind): Col => ({
  key: 'title',
  head: label(v.lang, 'kind', kind),
  rowHead: true,
  cell: (rec) => (
    <>
      <RecordLink v={v} rec={rec} />
      <span class="note-line" lang={inEnglish(v.lang)}>
        {firstClause(rec.summary)}
      </span>
    </>
  ),
})

function columnsOf(v: View, kind: Kind): readonly Col[] {
  const t = v.t.list
  const where: Col = { key: 'where', head: t.where, cell: (rec) => <Where v={v} rec={rec} most={2} /> }
  const date: Col = {
    key: 'date',
    head: t.date,
    nowrap: true,
    cell: (rec) => <DateText v={v} date={leadingMoment(rec)?.date} />,
  }
  const status: Col = { key: 'status', head: t.status, cell: (rec) => <Status v={v} rec={rec} asOf /> }
  const doubts: Col = {
    key: 'doubts',
    head: t.doubts,
    nowrap: true,
    cell: (rec) => <DoubtCount v={v} rec={rec} />,
  }
  const title = titleColumn(v, kind)
  switch (kind) {
    case 'measure':
      return [
        title,
        where,
        date,
        status,
        { key: 'tier', head: t.tier, cell: (rec) => <TierOf v={v} rec={rec} /> },
        doubts,
      ]
    case 'federal-action':
      return [
        title,
        where,
        date,
        status,
        {
          key: 'amount',
          head: t.amount,
          align: 'right',
          cell: (rec) =>
            rec.kind === 'federal-action' && rec.amount_usd !== undefined ? (
              amountText(rec.amount_usd, v.lang)
            ) : (
              <span class="muted">–</span>
            ),
        },
        doubts,
      ]
    case 'lawsuit':
      return [
        title,
        where,
        { ...date, head: v.t.state.suits.filed },
        {
          key: 'court',
          head: t.court,
          cell: (rec) => (
            <span lang={inEnglish(v.lang)}>{rec.kind === 'lawsuit' ? shortCourt(rec) : ''}</span>
          ),
        },
        status,
        doubts,
      ]
    case 'alliance':
      return [
        title,
        {
          key: 'members',
          head: t.members,
          align: 'right',
          cell: (rec) => (rec.kind === 'alliance' ? rec.members.length : ''),
        },
        { ...date, head: v.t.state.alliances.founded },
        {
          key: 'instrument',
          head: t.instrument,
          cell: (rec) => (
            <span lang={inEnglish(v.lang)}>{rec.kind === 'alliance' ? rec.instrument : ''}</span>
          ),
        },
        status,
        doubts,
      ]
    case 'doctrine':
      return [
        title,
        {
          key: 'citation',
          head: t.citation,
          cell: (rec) => <span lang={inEnglish(v.lang)}>{rec.kind === 'doctrine' ? rec.citation : ''}</span>,
        },
        {
          key: 'kind',
          head: t.kindOf,
          cell: (rec) => (rec.kind === 'doctrine' ? label(v.lang, 'authority', rec.doctrine_kind) : ''),
        },
        { ...date, head: t.date },
        status,
        doubts,
      ]
    case 'playbook-type':
      return [
        title,
        { key: 'tier', head: t.tierOwn, cell: (rec) => <TierOf v={v} rec={rec} /> },
        {
          key: 'stance',
          head: t.stance,
          cell: (rec) => ('stance' in rec ? label(v.lang, 'stance', rec.stance) : ''),
        },
        {
          key: 'precedents',
          head: t.precedents,
          cell: (rec) => v.t.playbook.jurisdictions(inForceStates(v, rec)),
        },
        {
          key: 'confidence',
          head: v.t.state.alliances.confidence,
          cell: (rec) => <ConfidenceChip lang={v.lang} confidence={rec.confidence} />,
        },
      ]
  }
}

/** Jurisdictions in which a measure of the type is in force. */
export const inForceStates = (v: View, type: Rec): number =>
  new Set(pointingAt(v.book, type.id, 'is-a', 'measure').filter(isInForce).flatMap(statesNamed)).size

const TierOf: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const tier =
    rec.kind === 'playbook-type'
      ? rec.legal_tier
      : rec.kind === 'measure'
        ? typesOf(v.book, rec)[0]?.legal_tier
        : undefined
  return tier === undefined ? (
    <span class="muted">{v.t.common.none}</span>
  ) : (
    <TierChip lang={v.lang} tier={tier} />
  )
}

const TimelineRows: FC<Drawn> = ({ v, request, facts }) => {
  const until = lastKnownDay(v.book)
  const rows = facts.rows.map((rec) => ({
    title: <RecordLink v={v} rec={rec} />,
    note: <TimelineNote v={v} rec={rec} />,
    status: <Status v={v} rec={rec} />,
    marks: marksOf(v, rec, until),
  }))
  const days = rows.flatMap((row) => row.marks.map((mark) => ('at' in mark ? mark.at : mark.from))).sort()
  const first = `${(days[0] ?? until).slice(0, 7)}-01` as IsoDate
  const undated = facts.rows.filter((rec) => leadingMoment(rec) === undefined).length
  return (
    <>
      <TimelineKey lang={v.lang} />
      <Timeline
        lang={v.lang}
        caption={v.t.list.timelineCaption}
        head={label(v.lang, 'kind', request.kind)}
        rows={rows}
        first={first}
        last={until}
      />
      {undated > 0 && <p class="muted">{v.t.list.timelineUndated(undated)}</p>}
    </>
  )
}

const TimelineNote: FC<{ v: View; rec: Rec }> = ({ v, rec }) => (
  <Joined
    items={[
      <DateText v={v} date={leadingMoment(rec)?.date} />,
      <Where v={v} rec={rec} most={2} />,
      rec.kind === 'federal-action'
        ? label(v.lang, 'action', rec.action_type)
        : rec.kind === 'measure'
          ? instrumentName(rec.instrument, v.lang)
          : '',
      hasDoubt(rec) && <WorstDoubt v={v} rec={rec} at="t" />,
    ]}
  />
)

/** A federal action has its own track; anything else is a bar from its date to the newest known day, if it stands. */
function marksOf(v: View, rec: Rec, until: IsoDate): readonly TrackMark[] {
  return rec.kind === 'federal-action'
    ? actionTrack(v.book, rec, undefined, until).marks
    : recordTrack(rec, until)
}
