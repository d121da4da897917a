import type { FC } from 'hono/jsx'
import { STATES } from '../../base/index.ts'
import {
  FilterDate,
  FilterForm,
  FilterGroup,
  FilterSelect,
  FilterText,
  label,
  stateName,
  statusOf,
} from '../../ui/index.ts'
import type { Kind } from '../schema.ts'
import { FACET_NAMES, type Facet } from '../search.ts'
import { FACETS_OF, type ListFacts } from '../views/list.ts'
import { statesByName } from '../views/places.ts'
import { listPath } from './links.ts'
import { defaultSort, type ListAsked } from './list-address.ts'
import type { View } from './view.ts'

export interface Found {
  readonly ids: readonly string[]
  readonly matching: 'all' | 'any'
  readonly corrected: readonly { readonly from: string; readonly to: string }[]
}

export interface Drawn {
  readonly v: View
  readonly request: ListAsked
  readonly facts: ListFacts
  readonly found: Found | undefined
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

export const Filters: FC<Drawn> = ({ v, request, facts }) => {
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
          ...statesByName(v.lang).map(({ usps, name }) => ({
            value: usps,
            label: name,
            checked: asked === usps,
          })),
        ]}
      />
      {kind !== 'playbook-type' && (
        <>
          <FilterDate name="from" label={t.from} value={filters.from} hint={v.t.asOf.hint} />
          <FilterDate name="to" label={t.to} value={filters.to} hint={v.t.asOf.hint} />
        </>
      )}
      <FilterDate name="as-of" label={v.t.asOf.label} value={v.asOf} hint={v.t.asOf.hint} />
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
export function chipsOf({ v, request }: Drawn): readonly { readonly label: string; readonly href: string }[] {
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
      : [{ label: v.t.common.quoted(filters.query), href: v.here({ q: undefined, page: undefined }) }]),
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
